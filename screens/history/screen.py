"""The history of a record or of a mentee: who changed what and when, newest first."""

from __future__ import annotations

from asyncio import to_thread
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType

from data.dates import show_date, show_weekday
from data.i18n import N_, _
from data.queries.history import Told, told
from data.storage.problems import StorageError
from data.storage.protocol import Happening
from screens.frame.commands import Commands
from screens.frame.context import Context
from screens.frame.reading import BACK, MenteePage
from widgets.reading import HEADING, PLAIN, QUIET

SOON_SECONDS = 0.5
"""After this long the page says that it is being read."""
SAVE_SECONDS = 2.0
"""How long reading waits for what is being saved, which is part of the history."""


class HistoryScreen(MenteePage):
    """A page of days, each with what was changed on it. It is read from the disk in a thread."""

    PLACE = "history"
    HELP_TOPIC = "history"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("v", "do('all')", N_("Everything/only this")),
        BACK,
    ]

    def __init__(self, context: Context, mentee_id: str, of: str = "") -> None:
        """Make the page; `of` is the id of a record of the mentee, "" for all of them."""
        super().__init__(context, mentee_id)
        self.of = of
        """The record that one came from; "" for none."""
        self.whole = not of
        """Whether everything about the mentee is shown."""
        self._told: list[Told] | None = None
        """What is shown; None until it has been read."""
        self._waits = False
        self._problem = ""
        self.commands = (HistoryCommands(self), *self.commands)

    def page_title(self) -> str:
        """Return what the page is called, and of what."""
        names = (one.about for one in self._told or () if one.id == self.of)
        name = next(names, "") if not self.whole else ""
        return f"{_('History')}: {name.partition(': ')[2] or name}" if name else _("History")

    def show_records(self) -> None:
        """Read the history again."""
        super().show_records()
        self.read()

    @work(exclusive=True)
    async def read(self) -> None:
        """Read the history and show it; say so where that takes long."""
        self._waits = False
        timer = self.set_timer(SOON_SECONDS, self._say_waiting)
        try:
            found = await to_thread(self._read)
            self._problem = ""
        except StorageError as problem:
            found, self._problem = (), str(problem)
        finally:
            timer.stop()
        of_one = told(self.store, found, self.of) if self.of and not self.whole else []
        if not of_one:
            self.whole = True
        self._told = of_one or told(self.store, found)
        self.pane.show(self.parts())
        self.show_title()

    def _read(self) -> Sequence[Happening]:
        """Read it, in a thread, when what is on its way to the disk is there."""
        self.store.drain(SAVE_SECONDS)
        return self.store.history(self.mentee_id)

    def _say_waiting(self) -> None:
        self._waits = True
        self.pane.show(self.parts())

    def parts(self) -> list[tuple[str, str]]:
        """Return the days, newest first, with what was changed on each."""
        if self._told is None:
            return [(QUIET, _("Reading the history …"))] if self._waits else []
        if self._problem:
            return [(PLAIN, self._problem)]
        if not self._told:
            return [(QUIET, _("Nothing has been changed yet."))]
        return [*self._days(self._told)][1:]

    def _days(self, found: list[Told]) -> Iterator[tuple[str, str]]:
        for day, of_day in groupby(found, key=lambda one: one.at.date() if one.at else None):
            yield PLAIN, ""
            heading = f"{show_weekday(day)} {show_date(day)}" if day else _("On an unknown day")
            yield HEADING, heading
            for one in of_day:
                when = f"{one.at:%H:%M} " if one.at else ""
                about = f"{one.about}: " if one.about and (self.whole or one.id != self.of) else ""
                yield PLAIN, f"{when}{one.by} · {about}{one.what}"


class HistoryCommands(Commands):
    """What the page can do."""

    def __init__(self, screen: HistoryScreen) -> None:
        self.screen = screen

    def offers(self, name: str) -> bool:
        """Offer to change between all and one only where one came from a record."""
        return bool(self.screen.of)

    def all(self) -> None:
        """Show everything about the mentee, or only what one came from."""
        self.screen.whole = not self.screen.whole
        self.screen.read()
