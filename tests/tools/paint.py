"""Apps without a terminal paint what a screen shows last, not each step on the way to it.

Textual paints what has changed sixty times a second, and without a terminal throws it away. Here
what has changed stays marked until another screen comes into the place of this one or the test is
over, and is then painted once, as in a terminal that shows what came of several keys together. What
cannot be painted fails the test as before, and a test that reads the screen has it painted. A test
about what is painted on the way says so with `painted_at_once`. A program in a real terminal paints
as ever.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

from textual.app import App
from textual.pilot import Pilot
from textual.screen import Screen

_paint = Screen._compositor_refresh
_suspend = Screen._on_screen_suspend
_run_test = App.run_test
_at_once = False


def _mark(screen: Screen[Any]) -> None:
    """Leave what has changed marked where nobody sees it yet."""
    if _at_once or not screen.app.is_headless or screen is not screen.app.screen:
        _paint(screen)
        return
    screen._dirty_widgets.clear()
    screen.app._update_mouse_over(screen)


def _paint_marked(screen: Screen[Any]) -> None:
    if screen.app.is_headless and screen._compositor._dirty_regions:
        screen._compositor.render_update()


def _suspend_painted(screen: Screen[Any]) -> None:
    _paint_marked(screen)
    _suspend(screen)


@asynccontextmanager
async def _run_test_and_paint(
    app: App[Any], *args: Any, **options: Any
) -> AsyncIterator[Pilot[Any]]:
    async with _run_test(app, *args, **options) as pilot:
        yield pilot
        if app.is_running and app.screen_stack and not app._batch_count:
            _paint_marked(app.screen)


@contextmanager
def painted_at_once(app: App[Any] | None = None) -> Iterator[None]:
    """Paint each change as soon as a terminal would; first what an app has marked so far."""
    global _at_once  # noqa: PLW0603 - one for each process
    if app is not None:
        _paint_marked(app.screen)
    _at_once = True
    try:
        yield
    finally:
        _at_once = False


def paint_at_last() -> None:
    """Have apps without a terminal paint a screen when it goes and when the test is over."""
    for owner, name, function in (
        (Screen, "_compositor_refresh", _mark),
        (Screen, "_on_screen_suspend", _suspend_painted),
        (App, "run_test", _run_test_and_paint),
    ):
        setattr(owner, name, function)
