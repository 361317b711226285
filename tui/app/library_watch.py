"""An open session notices when the folder of the workplace's library changes, or breaks."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread
from typing import Any

from textual.app import App

from data.workplace.use import InUse
from screens.frame.base import BaseScreen


def look(app: App[Any], library: InUse, call_soon: Callable[[Callable[[], None]], None]) -> None:
    """Look at the folder, in a thread that nothing waits for: its drive may not answer.

    Where the folder has changed, all screens show what is in use now; a problem is said on the
    screen in front.

    Args:
        app: The app.
        library: The library in use.
        call_soon: Has something done on the app's own thread.
    """
    if library.is_looked_at:
        return
    before = library.problem

    def in_thread() -> None:
        if library.look():
            call_soon(lambda: _show(app, library.problem if library.problem != before else ""))

    library.is_looked_at = True
    Thread(target=in_thread, name="library", daemon=True).start()


def _show(app: App[Any], problem: str) -> None:
    screens = [screen for screen in app.screen_stack if isinstance(screen, BaseScreen)]
    if screens:
        screens[0].context.bring_people()
    for screen in screens:
        screen.bring_up_to_date(everything=True)
    if problem and screens:
        screens[-1].notices.tell(problem, app.screen)
