"""The app with the first screen that the program has."""

from __future__ import annotations

import pytest

from screens.home.screen import HomeScreen


@pytest.fixture
def first() -> type[HomeScreen]:
    """These tests begin where a user does."""
    return HomeScreen
