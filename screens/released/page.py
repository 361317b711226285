"""A document that was released to the user, as a page to read."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar, Final

from textual import events
from textual.binding import Binding, BindingType

from data.documents.model.document import Document
from data.documents.model.lines import lines_of
from data.i18n import N_
from data.released.on_server import Received
from data.released.words import released_text
from screens.frame.context import Context
from screens.frame.proposed import SHOWN
from screens.frame.reading import BACK, ReadingScreen
from screens.frame.title import Title
from widgets.reading import QUIET, WIDEST

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

    def __init__(self, context: Context, received: Received, document: Document) -> None:
        super().__init__(context)
        self._received = received
        self.document = document
        self._width = WIDEST

    def shown_document(self) -> Document:
        """Return the document, for `w`."""
        return self.document

    def headline(self) -> Title:
        """Return what the document is called."""
        return Title(self.document.title)

    def parts(self) -> list[tuple[str, str]]:
        """Return the document in lines that fit the page, below who has released it.

        What it is called is the page's headline.
        """
        blocks = replace(self.document, title="")
        _title, *lines = lines_of(blocks, min(self._width, WIDEST))
        return [
            (QUIET, released_text(self._received)),
            *((line.kind.value, line.text) for line in lines),
        ]

    def on_resize(self, event: events.Resize) -> None:
        """Lay the lines out for another width."""
        super().on_resize(event)
        width = max(event.size.width - _MARGIN, 20)
        if width != self._width:
            self._width = width
            self.bring_up_to_date(everything=True)
