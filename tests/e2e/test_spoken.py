"""Speech mode says of every screen what is stored, in both languages, on a real pty."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tools.spoken import LANGUAGES, differences


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_screen_says_what_is_stored(language: str, tmp_path: Path) -> None:
    found = differences(language, tmp_path / "records")

    assert not found, "\n".join([f"{len(found)} lines differ (make golden stores them)", *found])
