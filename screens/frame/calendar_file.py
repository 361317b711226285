"""The command that writes a calendar file: of one mentee, or of all."""

from __future__ import annotations

import os
from typing import ClassVar, Final

from textual.binding import Binding, BindingType

from data.i18n import N_, _
from data.paths import documents_folder, shown_path
from data.storage.problems import NotSaved
from screens.frame.base import BaseScreen
from screens.frame.commands import Commands

PATIENCE: Final = 1.0
"""How long the records may take to be saved, in seconds, before nothing is written."""


class CalendarCommand(Commands):
    """Writes talks and other dates to the calendar file in the folder of documents."""

    KEYS: ClassVar[list[BindingType]] = [
        Binding("C", "do('calendar')", N_("Calendar file"), show=False),
    ]
    KEYS_FOR_ALL: ClassVar[list[BindingType]] = [
        Binding(
            "C",
            "do('calendar')",
            N_("Calendar file"),
            show=False,
            tooltip=N_("Calendar file of all mentees"),
        ),
    ]

    def __init__(self, screen: BaseScreen[None], mentee_id: str = "") -> None:
        """`mentee_id` is whose calendar it is; "" for that of all mentees."""
        self._screen = screen
        self._mentee_id = mentee_id

    def calendar(self) -> None:
        """Write the file, and say where it is."""
        # loaded when a calendar is written
        from data.documents.calendars import has_nobody, write_calendar
        from data.documents.files import NotWritten

        context = self._screen.context
        mentee = context.mentee(self._mentee_id) if self._mentee_id else None
        if mentee is None and self._mentee_id:
            return  # somebody has deleted the mentee
        if mentee is None and has_nobody(context.store):
            self._screen.say(_("There are no mentees yet"))
            return
        folder = documents_folder(context.settings.documents, os.environ)
        try:
            path = write_calendar(context.store, mentee, folder, patience=PATIENCE)
        except (NotSaved, NotWritten) as refused:
            self._screen.say(str(refused), problem=True)
            return
        self._screen.say(_("Calendar written: {path}").format(path=shown_path(path, os.environ)))
