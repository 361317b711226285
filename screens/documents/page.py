"""A document as a page to read: drawn from the same value that is written to paper."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType

from data.documents.kinds import kind_of
from data.documents.model.document import Document
from data.documents.model.lines import lines_of
from data.documents.model.source import About
from data.documents.sources import document_of
from data.i18n import N_
from data.records import Talk
from screens.frame.context import Context
from screens.frame.proposed import Proposed
from screens.frame.reading import BACK, MenteePage
from screens.frame.title import Title
from widgets.reading import WIDEST

WRITE = Binding("w", "do('write')", N_("Write document"))
"""For screens whose line of keys shows it."""
_MARGIN = 3
"""Cells beside the text: one at each side, and the bar."""


class DocumentScreen(MenteePage):
    """Shows a document about a mentee, about one of their talks, or about nobody."""

    HELP_TOPIC = "documents"
    BINDINGS: ClassVar[list[BindingType]] = [WRITE, BACK]

    def __init__(
        self, context: Context, mentee_id: str, what: str = "", *, talk_id: str = ""
    ) -> None:
        """Make the page; `what` is the key of a kind of document."""
        super().__init__(context, mentee_id)
        self.what = what
        self.talk_id = talk_id
        self._width = WIDEST

    def page_title(self) -> str:
        """Return what the document is called."""
        return kind_of(self.what).name

    def headline(self) -> Title:
        """Return the mentee's name and the document's; only this where it is about nobody."""
        return super().headline() if self.mentee_id else Title(self.page_title())

    @property
    def talk(self) -> Talk | None:
        """The talk that it is about, as the store has it now."""
        return self.store.get(Talk, self.talk_id) if self.talk_id else None

    @property
    def document(self) -> Document | None:
        """The document as it is now; None where the mentee or the talk has been deleted."""
        mentee, about = self.mentee, kind_of(self.what).about
        if about in (About.MENTEE, About.TALK) and mentee is None:
            return None
        if about is About.TALK and self.talk is None:
            return None
        return document_of(self.store, self.what, mentee, self.talk)

    def proposed(self) -> Proposed:
        """Return this document, for `w`."""
        return Proposed(self.what, self.mentee_id, self.talk_id)

    def above(self) -> list[tuple[str, str]]:
        """Return what the page says above the document, as `ReadingPane.show` takes it."""
        return []

    def parts(self) -> list[tuple[str, str]]:
        """Return the document in lines that fit the page."""
        document = self.document
        if document is None:
            return []
        lines = lines_of(document, min(self._width, WIDEST))
        return [*self.above(), *((line.kind.value, line.text) for line in lines)]

    def show_records(self) -> None:
        """Show the document, unless somebody else has deleted the talk that it is about."""
        if self.document is None:
            self.action_back()
        else:
            self.pane.show(self.parts())

    def on_resize(self, event: events.Resize) -> None:
        """Lay the lines out for another width."""
        width = max(event.size.width - _MARGIN, 20)
        if width != self._width:
            self._width = width
            self.bring_up_to_date(everything=True)
