"""What can be written on a screen: documents, all of them in one folder, and blank forms."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, Protocol, runtime_checkable

from data.documents.kinds import ALL, kind_of, kinds
from data.documents.model.document import Document
from data.documents.model.page import page_document
from data.documents.model.source import About, DocumentKind
from data.documents.names import document_name, folder_name, form_name, page_name
from data.documents.records import everything, with_records
from data.documents.sources import blank_form, default_talk, document_of
from data.i18n import _
from data.method.visibility import shows_all
from data.published.overview import Overview
from data.records import Mentee, Talk
from screens.frame.base import BaseScreen
from screens.frame.proposed import BLANK, PAGE, SHOWN, Proposed, proposed_on
from widgets.grid import Choice

_ABOUT_ONE: Final = (About.MENTEE, About.TALK)


@runtime_checkable
class ShowsText(Protocol):
    """A screen with a text that is about nobody, such as the guide."""

    def page_text(self) -> tuple[str, Sequence[tuple[str, str]]]:
        """Return the title of the text, and what `ReadingPane.show` takes."""


@runtime_checkable
class ShowsWorkplace(Protocol):
    """A screen with what the mentors of a workplace publish."""

    def workplace(self) -> Overview:
        """Return the page of all mentors, as it is now."""


@runtime_checkable
class ShowsDocument(Protocol):
    """A screen with a document that is made of no record here: a mentor has released it."""

    def shown_document(self, mentee_id: str) -> Document | None:
        """Return the document about a mentee; None where the screen has it no more."""


class Choices:
    """What can be written on a screen, and the document that each choice stands for.

    A choice is the key of a kind, or `ALL`, or `PAGE`, or `SHOWN`, or `BLANK` with the key of a
    kind.
    """

    def __init__(self, screen: BaseScreen[Any], proposed: Proposed) -> None:
        self._screen = screen
        self._store = screen.store
        self._context = screen.context
        self.proposed = proposed

    @property
    def mentee(self) -> Mentee | None:
        """The mentee as the store has them now; None once somebody has deleted them."""
        return self._context.mentee(self.proposed.mentee_id)

    def mentee_of(self, what: str) -> Mentee | None:
        """Return the mentee that a choice is about; None for one that is about nobody."""
        if what == ALL:
            return self.mentee
        kind = _kind(what)
        return self.mentee if kind is not None and kind.about in _ABOUT_ONE else None

    def is_about_everybody(self, what: str) -> bool:
        """Return whether a choice is about all mentees."""
        kind = _kind(what)
        return kind is not None and kind.about is About.EVERYBODY

    def offered(self) -> list[Choice]:
        """Return what can be chosen here: documents first, then all of them, then blank forms.

        Where no data file is open, that is what the screen itself shows, and nothing else.
        """
        if self.proposed.what == SHOWN:
            document = self.document(SHOWN, "")
            return [Choice(SHOWN, document.title)] if document is not None else []
        kinds_here = [kind for kind in kinds() if self._can_be(kind)]
        found = [Choice(kind.key, self._name(kind)) for kind in kinds_here]
        if self.proposed.what == PAGE:
            found.insert(0, Choice(PAGE, _("This page")))
        if self.mentee is not None:
            found.append(Choice(ALL, _("All documents, in one folder")))
        return [*found, *(blank_choices() if self._context.has_records else ())]

    def _name(self, kind: DocumentKind) -> str:
        talk = self._talk_of(kind)
        if talk is None:
            return kind.name
        return _("{document}, talk {number}").format(document=kind.name, number=talk.number)

    def _can_be(self, kind: DocumentKind) -> bool:
        if kind.about is About.NOBODY:
            return self._context.has_records
        if kind.about is About.WORKPLACE:
            return shows_all(self._context.reader) and isinstance(self._screen, ShowsWorkplace)
        if kind.about is About.EVERYBODY:
            return shows_all(self._context.reader) and self.proposed.what == kind.key
        if self.mentee is None:
            return False
        return kind.about is not About.TALK or self._talk_of(kind) is not None

    def _talk_of(self, kind: DocumentKind) -> Talk | None:
        if kind.about is not About.TALK or self.mentee is None:
            return None
        shown = self._store.get(Talk, self.proposed.talk_id) if self.proposed.talk_id else None
        if shown is not None and shown.state in kind.talks:
            return shown
        return default_talk(self._store, kind, self.mentee)

    def talk(self, what: str) -> Talk | None:
        """Return the talk that a choice is about; None for one that is about no talk."""
        kind = _kind(what)
        return self._talk_of(kind) if kind is not None else None

    def document(self, what: str, format: str) -> Document | None:
        """Return the document of a choice as it is now; None where `missing` says why.

        For `ALL` that is the file with all records: else it is a folder of documents.
        """
        if what == PAGE:
            screen: Any = self._screen
            assert isinstance(screen, ShowsText)  # noqa: S101 - what a screen with PAGE shows
            return page_document(*screen.page_text())
        if what == SHOWN:
            front: Any = self._screen
            of = self.proposed.mentee_id
            return front.shown_document(of) if isinstance(front, ShowsDocument) else None
        if what.startswith(BLANK):
            return blank_form(self._store, what.removeprefix(BLANK))
        mentee, talk = self.mentee_of(what), self.talk(what)
        if what == ALL:
            return everything(self._store, mentee) if mentee is not None else None
        kind = kind_of(what)
        workplace = self._workplace()
        is_gone = mentee is None or (kind.about is About.TALK and not talk)
        if is_gone if kind.about in _ABOUT_ONE else kind.about is About.WORKPLACE and not workplace:
            return None
        document = document_of(self._store, what, mentee, talk, workplace=workplace)
        return with_records(self._store, document, mentee, talk) if format == "json" else document

    def _workplace(self) -> Overview | None:
        """Return the page of all mentors; None where the screen shows none of it (any more)."""
        shown: Any = self._screen
        if not isinstance(shown, ShowsWorkplace) or not proposed_on(self._screen).what:
            return None
        return shown.workplace()

    def missing(self, what: str) -> str:
        """Say why there is no document of a choice any more."""
        kind = _kind(what)
        if what == SHOWN or (kind is not None and kind.about is About.WORKPLACE):
            return _("This is not shown to you any more.")
        return _("What it is about has been deleted.")

    def file_name(self, what: str, document: Document) -> str:
        """Return what the file of a choice is called, without its ending."""
        if what in (PAGE, SHOWN):
            return page_name(document)
        if what.startswith(BLANK):
            return form_name(what.removeprefix(BLANK))
        mentee = self.mentee_of(what)
        if what == ALL and mentee is not None:
            return folder_name(self._store, mentee)
        return document_name(self._store, document, mentee, self.talk(what))


def blank_choices() -> list[Choice]:
    """Return the blank forms that can be chosen, on every screen."""
    return [Choice(f"{BLANK}{kind.key}", kind.blank_name) for kind in kinds() if kind.blank]


def _kind(what: str) -> DocumentKind | None:
    """Return the kind of a choice; None for one that is none of a kind's own documents."""
    return None if what in (PAGE, SHOWN, ALL) or what.startswith(BLANK) else kind_of(what)
