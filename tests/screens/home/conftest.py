"""The app with the first screen that the program has, also on a file that it knows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from data.store.opening import OpenedStore
from screens.home.screen import HomeScreen
from tests.screens.conftest import AppOn
from tui.app import MentorApp


@pytest.fixture
def first() -> type[HomeScreen]:
    """These tests begin where a user does."""
    return HomeScreen


@pytest.fixture
def on_its_file(
    opened: OpenedStore,
    store: object,
    app_on: AppOn,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Callable[[], MentorApp]:
    """Make an app that knows which file it is on, with a home folder to write other files in."""
    monkeypatch.setenv("HOME", str(tmp_path))

    def make() -> MentorApp:
        made = app_on(opened.store)
        made.context.file = opened.path
        return made

    return make
