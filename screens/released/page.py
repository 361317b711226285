"""A document that was released to the user, as a page to read."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar, Final

from textual import events
from textual.binding import Binding, BindingType

from data.documents.model.document import Document
from data.documents.model.lines import lines_of
from data.i18n import N_, _
from data.released.words import released_text
from screens.frame.context import Context
from screens.frame.giving_way import end_dialogs
from screens.frame.proposed import SHOWN, Proposed
from screens.frame.reading import BACK, ReadingScreen
from screens.frame.title import Title
from screens.released.reading import Releases
from widgets.reading import PLAIN, QUIET, WIDEST

_MARGIN: Final = 3
"""Cells beside the text: one at each side, and the bar."""


class ReceivedScreen(ReadingScreen):
    """Shows the document as the mentor has released it; `w` writes it to a file."""

    HELP_TOPIC = "released"
    DOCUMENT = SHOWN
    OF_RECORDS = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("w", "do('write')", N_("Write document"), id="write"),
        BACK,
    ]

    def __init__(self, context: Context, releases: Releases, mentee_id: str) -> None:
        """Make the page of what is released about a mentee."""
        super().__init__(context)
        self._releases = releases
        self._mentee_id = mentee_id
        self._width = WIDEST
        self._is_there = True
        """Whether it was released yet when that was read last."""

    def on_mount(self) -> None:
        """Show what is released, and that it is no more."""
        super().on_mount()
        self._releases.heard.append(self._read_again)

    def on_unmount(self) -> None:
        """Hear no more of what is read."""
        super().on_unmount()
        self._releases.heard.remove(self._read_again)

    def _read_again(self) -> None:
        was_there, self._is_there = self._is_there, bool(self.proposed().what)
        if was_there and not self._is_there:
            end_dialogs(self)  # `w` would write what is released no more
        self.bring_up_to_date(everything=True)

    def shown_document(self, mentee_id: str) -> Document | None:
        """Return the document, for `w`; None where it is released no more."""
        one = self._releases.about(mentee_id)
        return one.document if one is not None else None

    def proposed(self) -> Proposed:
        """Return the document, for `w`; none where it is released no more."""
        there = self.shown_document(self._mentee_id) is not None
        return Proposed(SHOWN, self._mentee_id) if there else Proposed()

    def headline(self) -> Title:
        """Return what the document is called."""
        document = self.shown_document(self._mentee_id)
        return Title(document.title if document is not None else _("Released to you"))

    def parts(self) -> list[tuple[str, str]]:
        """Return the document in lines that fit the page, below who has released it.

        What it is called is the page's headline.
        """
        one = self._releases.about(self._mentee_id)
        if one is None:
            gone = _("This is released to you no more: Esc goes back to the list.")
            return [(PLAIN, self._releases.why or gone)]
        if one.document is None:
            return [(PLAIN, one.why)]
        blocks = replace(one.document, title="")
        _title, *lines = lines_of(blocks, min(self._width, WIDEST))
        return [
            (QUIET, released_text(one)),
            *((line.kind.value, line.text) for line in lines),
        ]

    def on_resize(self, event: events.Resize) -> None:
        """Lay the lines out for another width."""
        super().on_resize(event)
        width = max(event.size.width - _MARGIN, 20)
        if width != self._width:
            self._width = width
            self.bring_up_to_date(everything=True)
