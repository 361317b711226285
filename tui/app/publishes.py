"""What is published is renewed while a session is open: when it rests, and at once where it must.

It rests when nothing has been changed for a while, as when the journal is folded. What is deleted
for good, and a mentorship that is closed, is out of it at once. The records are counted on the
app's own thread, which has them, some at a time between keys; all that waits for the disk is in
another one.
"""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from time import perf_counter
from typing import Any, Final

from textual.app import App
from textual.timer import Timer

from data.clock import today
from data.published.schema import Published
from data.records import Mentee
from data.settings import Settings
from data.store.events import Event
from screens.frame.base import BaseScreen
from screens.frame.context import Context

REST_SECONDS: Final = 5.0
"""How long nothing must have been changed: as long as before the journal is folded."""
AT_ONCE: Final = 0.1
"""How long it takes to be at once: several changes of one step are one."""
STEP_SECONDS: Final = 0.003
"""How long the app counts before it takes keys again."""
PAUSE_SECONDS: Final = 0.01
"""How long it takes keys between two such steps."""


class Publishes:
    """Renews what is published of the data file that is open."""

    def __init__(self, app: App[Any], context: Context, file: Path) -> None:
        """Begin. What is of an earlier day is renewed now."""
        self._app = app
        self._context = context
        self._file = file
        self._timer: Timer | None = None
        self._is_urgent = False
        self._told = ""
        """What has been said of a failure: it is said once."""
        context.store.subscribe(self._heard)
        self._soon(urgent=True)

    def _heard(self, event: Event) -> None:
        if event.for_good or event.replaced or Mentee.table in event.tables:
            self._soon(urgent=True)
        elif event.tables:
            self._soon(urgent=False)

    def _soon(self, *, urgent: bool) -> None:
        if self._timer is not None:
            if self._is_urgent and not urgent:
                return
            self._timer.stop()
        self._is_urgent = urgent
        self._timer = self._app.set_timer(AT_ONCE if urgent else REST_SECONDS, self._begin)

    def _begin(self) -> None:
        self._timer, self._is_urgent = None, False
        self._app.run_worker(self._renew(), group="publish", exclusive=True)

    async def _renew(self) -> None:
        settings = await asyncio.to_thread(_wanted, self._file)
        if settings is None:
            return
        # loaded by now
        from data.published.renew import prepared_of

        made = prepared_of(await self._counted(settings), self._file, settings)
        said = await asyncio.to_thread(made.put, os.environ)
        if said and said != self._told:
            self._tell(said)
        self._told = said
        for screen in self._app.screen_stack:
            if isinstance(screen, BaseScreen) and screen.HELP_TOPIC == "published":
                screen.bring_up_to_date(everything=True)

    async def _counted(self, settings: Settings) -> Published:
        """Count, and take keys meanwhile."""
        # loaded by now
        from data.published.counted import counting

        steps, end = counting(self._context.store, settings, today()), 0.0
        while True:
            if perf_counter() > end:
                await asyncio.sleep(PAUSE_SECONDS)
                end = perf_counter() + STEP_SECONDS
            try:
                next(steps)
            except StopIteration as done:
                found: Published = done.value
                return found

    def _tell(self, text: str) -> None:
        below = [one for one in self._app.screen_stack if isinstance(one, BaseScreen)]
        if below:
            below[-1].notices.tell(text, self._app.screen)


def _wanted(file: Path) -> Settings | None:
    """Return the settings by which the file is published; None if it is not. Waits for the disk."""
    # most mentors publish nothing
    from data.published.kept import kept

    if not kept(os.environ).is_of(file):
        return None
    # here, where nobody waits: it loads what counts
    import tinydb  # noqa: F401 - loaded for the app's own thread

    # likewise
    from data.published.renew import wanted

    return wanted(file, os.environ)
