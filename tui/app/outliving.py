"""An open session goes on when another version is installed, and says so once."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter
from typing import Any, Final

from textual.app import App

from data import i18n
from data.i18n import N_, _
from data.library import source
from data.paths import is_stand_in, publishing_file
from data.storage.problems import StorageError
from screens.frame.base import BaseScreen
from screens.frame.context import Context
from tui.app.hiding import Hiding
from tui.start.installed import REMOVED, REPLACED, TOO_EARLY, TOO_EARLY_SAID, Installation

LOOK_SECONDS = 5.0
"""How often the installation is looked at. Nothing is sent to the terminal for it."""
STEP_SECONDS = 0.003
"""How long the program keeps code before it takes keys again."""
PAUSE_SECONDS = 0.03
"""How long it takes keys between two such steps."""
_SAID: Final = {
    REPLACED: N_(
        "The program's files have been replaced. Quit and start it again to use the new ones; until"
        " then all goes on, and is saved, as before."
    ),
    REMOVED: N_(
        "The program's files have been removed. You can go on and everything is saved, but once"
        " you have quit only another version can be started, if there is one."
    ),
    TOO_EARLY: TOO_EARLY_SAID,
}


class Outliving:
    """Keeps in memory what a session may come to need of the program's files, and watches them."""

    def __init__(
        self, app: App[Any], hiding: Hiding, installation: Installation, context: Context
    ) -> None:
        """Begin; the first screen has been shown."""
        self._app = app
        self._hiding = hiding
        self._installation = installation
        self._steps = _steps()
        self._keep()
        app.set_interval(LOOK_SECONDS, self._look)
        self._context = context
        self._publishes = False
        self._publish()
        if context.file is not None and is_stand_in(context.file) and not context.demo:
            app.run_worker(self._ask_kinds(context.file), group="kinds")

    async def _ask_kinds(self, file: Path) -> None:
        """Find out what else the user is: a coordinator, or a manager who gets documents."""
        # few have their records on a server
        from data.storage.postgres.visiting import COORDINATOR, MANAGER, kinds_at

        try:
            kinds = await asyncio.to_thread(kinds_at, file)
        except StorageError:  # the session says so itself
            return
        self._context.coordinates = COORDINATOR in kinds
        if MANAGER in kinds:
            self._context.manages = file

    def _keep(self) -> None:
        """Keep some of the files, and more of them in a moment, until there are no more."""
        end = perf_counter() + STEP_SECONDS
        for _step in self._steps:
            if perf_counter() > end:
                self._app.set_timer(PAUSE_SECONDS, self._keep)
                return
        self._installation.all_kept()

    def _publish(self) -> None:
        """Begin to renew what is published, once anything is."""
        context = self._context
        if self._publishes or context.file is None or context.demo:
            return
        if publishing_file(os.environ).exists():
            # most mentors publish nothing
            from tui.app.publishes import Publishes

            Publishes(self._app, context, context.file)
            self._publishes = True

    def _look(self) -> None:
        """Say what has become of the installation, on the screen that the user is looking at."""
        self._publish()
        if self._hiding.is_hidden:
            return
        since = self._installation.look()
        if since:
            _tell(self._app, _(_SAID[since]))


def say_lacking(app: App[Any], error: ImportError) -> None:
    """Say that a module is not there, such as that of a library that was removed."""
    said = _(
        "A part of the program is not there: {name}. It was removed while the program was open,"
        " or never installed. All the rest goes on."
    )
    _tell(app, said.format(name=error.name or error))


def _tell(app: App[Any], text: str) -> None:
    below = [one for one in app.screen_stack if isinstance(one, BaseScreen)]
    if below:
        below[-1].notices.tell(text, app.screen)


def _steps() -> Iterator[None]:
    """Keep a file at each step: code, the library, and the texts of the other language."""
    # when the first screen has been shown
    from data.documents.kinds import names
    from tui.start.kept_code import KeptCode

    names()  # which of them there are is read from a folder
    yield from KeptCode().keep()
    yield from source.keep()
    i18n.keep()
