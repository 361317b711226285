"""What mentors have released to the user, a manager of the team: a list, the newest first."""

from __future__ import annotations

from pathlib import Path
from threading import Thread
from typing import ClassVar, Final

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from data.clock import today
from data.dates import show_near
from data.documents.model.document import Document
from data.i18n import N_, _
from data.method.visibility import shows_all
from data.released.on_server import Received
from data.released.words import nothing_text, released_text
from screens.frame.base import BaseScreen
from screens.frame.context import Context
from screens.frame.giving_way import end_dialogs
from screens.frame.keys import leads_back
from screens.frame.proposed import SHOWN, Proposed
from screens.frame.title import Title
from screens.released.page import ReceivedScreen
from screens.released.reading import Releases
from widgets.glyphs import glyphs
from widgets.grid import Column, Grid, Row
from widgets.marked import Instead
from widgets.reading import Footnote
from widgets.spoken import Spoken

LOOK_SECONDS: Final = 2.0
"""How often it is looked whether the server has told of something. It is asked nothing for that."""


class ReceivedListScreen(BaseScreen[None]):
    """A line for each document; Enter reads it, `w` writes it."""

    HELP_TOPIC = "released"
    OF_RECORDS = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("w", "do('write')", N_("Write document"), id="write"),
        Binding("escape", "back", N_("Back")),
    ]

    def __init__(self, context: Context, path: Path) -> None:
        """Make the list of what is released on the server that `path` stands in for."""
        super().__init__(context)
        self._releases = Releases(path)
        self._releases.heard.append(self._read_again)
        self.empty = Instead(id="received-empty")
        self.grid = Grid()
        self.detail = Footnote()

    def body(self) -> ComposeResult:
        """Lay the list above the lines about what the cursor is on."""
        yield self.empty
        yield self.grid
        yield self.detail

    def on_mount(self) -> None:
        """Ask the server, and look now and then whether it has told of something."""
        super().on_mount()
        self.look()
        self.set_interval(LOOK_SECONDS, self.look)

    def on_unmount(self) -> None:
        """Let go of the server: in a thread, which may have to wait for it."""
        super().on_unmount()
        Thread(target=self._releases.close, daemon=True).start()

    @work
    async def look(self) -> None:
        """Read what has been released, if it may be something else by now."""
        await self._releases.look()

    def _read_again(self) -> None:
        if self.grid.display and self._under_cursor is None:
            end_dialogs(self)  # `w` would write what is released no more
        self.bring_up_to_date(everything=True)
        self.notices.look_again()
        why = self._releases.why
        if why and not self.empty.display:  # else it is said in place of the list
            self.say(why, problem=True, still=lambda: self._releases.why == why)

    def headline(self) -> Title:
        """Return the screen's name."""
        return Title(_("Released to you"))

    def _instead(self) -> str:
        """Return what is said in place of the list; "" where there is one."""
        if not shows_all(self.context.reader):
            return _("Other mentees are hidden in shared view: F6 exits it first")
        if self._releases.found is None:
            return _("Reading …")
        if self._releases.found:
            return ""
        return self._releases.why or nothing_text()

    def show_records(self) -> None:
        """Show what has been released."""
        said = self._instead()
        self.empty.show(said)
        had = self.grid.display
        self.empty.display = bool(said)
        self.grid.display = self.detail.display = not said
        if said:
            return
        columns = (
            Column("title", _("Document"), 20, flex=8, names=True),
            Column("by", _("Mentor"), 10, flex=1),
            Column("at", _("Released"), 10),
        )
        self.grid.show([_row(number, one) for number, one in self._numbered()], columns)
        self.show_detail()
        if not had:
            self.call_after_refresh(self.grid.focus)

    def _numbered(self) -> list[tuple[str, Received]]:
        """Return the documents, each with the id of its row: there is one about a mentee."""
        return [(one.mentee_id, one) for one in self._releases.found or ()]

    @property
    def _under_cursor(self) -> Received | None:
        if self.empty.display:
            return None
        return dict(self._numbered()).get(self.grid.row_id)

    def shown_document(self, mentee_id: str) -> Document | None:
        """Return the document about a mentee, for `w`; None where it is not here any more."""
        one = self._releases.about(mentee_id)
        return one.document if one is not None and not self.empty.display else None

    def proposed(self) -> Proposed:
        """Return the document under the cursor, for `w`; none where there is none."""
        one = self._under_cursor
        if one is None or one.document is None:
            return Proposed()
        return Proposed(SHOWN, one.mentee_id)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer no way back where this is all that there is."""
        return leads_back(self) if action == "back" else super().check_action(action, parameters)

    def names(self, spoken: Spoken) -> Spoken:
        """Return what is said in place of the list, where it is."""
        return Spoken(self.empty.plain) if self.empty.display else spoken

    @on(Grid.Moved)
    def show_detail(self) -> None:
        """Say in full what the cursor stands on."""
        one = self._under_cursor
        self.detail.show(one.title if one else "", *([released_text(one)] if one else []))
        self.refresh_bindings()

    @on(Grid.Opened)
    def _open(self) -> None:
        one = self._under_cursor
        if one is not None and one.document is not None:
            self.app.push_screen(ReceivedScreen(self.context, self._releases, one.mentee_id))
        elif one is not None:
            self.say(one.why, problem=True)


def _row(id: str, one: Received) -> Row:
    when = show_near(one.at.date(), today()) if one.at is not None else glyphs("–")
    _what, _colon, whose = one.title.partition(": ")
    short = {"title": whose} if whose else {}  # all of them are of one kind
    return Row(id, {"title": one.title, "by": one.by, "at": when}, short=short)
