"""Apps without a terminal paint when the test has pressed its keys, not at each step on the way.

Textual paints what has changed sixty times a second, and without a terminal throws it away; a key
that a test presses was painted twice or more. Here what has changed stays marked until the pilot
has pressed all its keys or has paused, and is then painted once, as in a terminal that shows what
came of several keys together. What cannot be painted fails the test as before. A program in a real
terminal paints as ever.
"""

from __future__ import annotations

from typing import Any

from textual.pilot import Pilot
from textual.screen import Screen

_paint = Screen._compositor_refresh
_press = Pilot.press
_pause = Pilot.pause


def _mark(screen: Screen[Any]) -> None:
    """Leave what has changed marked where nobody sees it yet."""
    if not screen.app.is_headless or screen is not screen.app.screen:
        _paint(screen)
        return
    screen._dirty_widgets.clear()
    screen.app._update_mouse_over(screen)


def _paint_marked(pilot: Pilot[Any]) -> None:
    app = pilot.app
    if app.is_running and app.is_headless and app.screen_stack and not app._batch_count:
        screen = app.screen
        if screen._compositor._dirty_regions:
            _paint(screen)


async def _press_and_paint(pilot: Pilot[Any], *keys: str) -> None:
    await _press(pilot, *keys)
    _paint_marked(pilot)


async def _pause_and_paint(pilot: Pilot[Any], delay: float | None = None) -> None:
    await _pause(pilot, delay)
    _paint_marked(pilot)


def paint_after_keys() -> None:
    """Have apps without a terminal paint after keys and pauses only."""
    for owner, name, function in (
        (Screen, "_compositor_refresh", _mark),
        (Pilot, "press", _press_and_paint),
        (Pilot, "pause", _pause_and_paint),
    ):
        setattr(owner, name, function)
