"""What tests of the form of `w` share: pressing keys, and waiting for the file."""

from __future__ import annotations

import os
from pathlib import Path

from textual.pilot import Pilot

from data.i18n import _
from screens.documents.write_form import WriteForm
from tests.screens.conftest import screen_text
from tui.app import MentorApp

SIZE = (100, 40)


def folder() -> Path:
    """Return the folder of documents."""
    return Path(os.environ["HOME"]) / "mentorrollen"


def files() -> list[Path]:
    """Return what is in it, by name."""
    return sorted(folder().iterdir()) if folder().is_dir() else []


async def press(pilot: Pilot[int], *keys: str) -> None:
    """Press keys, and let what they begin be done."""
    await pilot.press(*keys)
    for _n in range(4):
        await pilot.pause()


_BEGUN = ("Writing {name} …", "Printing {name} …", "Writing all documents …")
_GOES_ON = "Writing document {number} of {total} …"


async def written(app: MentorApp, pilot: Pilot[int]) -> None:
    """Wait until it has been written, or printed: that is done outside the event loop."""
    begun = [_(text).partition("{")[0] for text in (*_BEGUN, _GOES_ON)]
    for _n in range(500):
        if not any(text in screen_text(app) for text in begun):
            return
        await pilot.pause(0.02)


def form(app: MentorApp) -> WriteForm:
    """Return the form that is open."""
    assert isinstance(app.screen, WriteForm)
    return app.screen
