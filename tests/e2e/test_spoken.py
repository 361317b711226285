"""Speech mode says of every screen what is stored, in both languages, on a real pty."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tools.spoken import LANGUAGES, differences


def marked(language: str) -> object:
    """The English walk is for `make soak`, as it is of what screens look like."""
    return pytest.param(language, marks=[pytest.mark.soak] if language == "en" else [])


@pytest.mark.parametrize("language", list(map(marked, LANGUAGES)))
def test_every_screen_says_what_is_stored(language: str, tmp_path: Path) -> None:
    found = differences(language, tmp_path / "records")

    assert not found, "\n".join([f"{len(found)} lines differ (make golden stores them)", *found])
