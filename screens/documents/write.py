"""`w`: a small form with what, in which format and where; then the file, and where it is."""

from __future__ import annotations

import os
from asyncio import to_thread
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, Final, Protocol, runtime_checkable

from data.documents.files import NotWritten, write_document
from data.documents.given import give, take_back
from data.documents.kinds import kind_of, kinds
from data.documents.model.document import Document
from data.documents.model.page import page_document
from data.documents.model.source import About, DocumentKind
from data.documents.names import document_name, page_name
from data.documents.preparing import prepared
from data.documents.records import with_records
from data.documents.sources import default_talk, document_of
from data.documents.writers.formats import FORMATS, USUAL, FormatError, formats_for
from data.i18n import _
from data.method.visibility import shows_all
from data.paths import documents_folder
from data.records import Mentee, Talk
from screens.dialogs.form import Field, Filled, FormDialog
from screens.frame.base import BaseScreen
from screens.frame.proposed import PAGE, Proposed, proposed_on
from widgets.grid import Choice

_LAST_FORMAT: Final = "document-format"
"""Where the context remembers the last format; the last folder is remembered for this run only."""
_LAST_FOLDER: Final = "document-folder"
_LETTERS: Final = {"docx": "w", "pdf": "p", "md": "m", "txt": "t", "csv": "c", "json": "j"}
"""Format -> the letter that chooses it, the same in both languages."""
_ABOUT_ONE: Final = (About.MENTEE, About.TALK)


@runtime_checkable
class ShowsText(Protocol):
    """A screen with a text that is about nobody, such as the guide."""

    def page_text(self) -> tuple[str, Sequence[tuple[str, str]]]:
        """Return the title of the text, and what `ReadingPane.show` takes."""


async def write_here(screen: BaseScreen[Any]) -> None:
    """Ask what to write, in which format and where, and write it. Call it from a worker."""
    made = _Choices(screen)
    dialog = FormDialog(_("Write document"), made.fields(), validate=made.problem)
    texts = await screen.app.push_screen_wait(dialog)
    if texts is not None:
        await made.write(texts)


class _Choices:
    """What can be written on a screen."""

    def __init__(self, screen: BaseScreen[Any]) -> None:
        self._screen = screen
        self._store = screen.store
        self._context = screen.context
        self._proposed: Proposed = proposed_on(screen)

    @property
    def _mentee(self) -> Mentee | None:
        """The mentee as the store has them now; None once somebody has deleted them."""
        return self._context.mentee(self._proposed.mentee_id)

    # -- the form -----------------------------------------------------------------------------

    def fields(self) -> list[Field]:
        """Return the fields: what, format, and where."""
        kept, _column = self._context.positions.get(_LAST_FORMAT, (USUAL, ""))
        formats = tuple(Choice(one.key, one.name, _LETTERS[one.key]) for one in FORMATS.values())
        folder = self._context.of_this_run.get(_LAST_FOLDER) or self._usual_folder()
        return [
            Field("what", _("What"), self._proposed.what, "choice", tuple(self._whats())),
            Field("format", _("Format"), kept, "choice", formats),
            Field("where", _("Folder or file"), folder, required=_("Where should it be written?")),
        ]

    def _whats(self) -> list[Choice]:
        """Return the kinds of documents that can be written here."""
        found = [Choice(kind.key, self._name(kind)) for kind in kinds() if self._can_be(kind)]
        if self._proposed.what == PAGE:
            return [Choice(PAGE, _("This page")), *found]
        return found

    def _name(self, kind: DocumentKind) -> str:
        talk = self._talk(kind)
        if talk is None:
            return kind.name
        return _("{document}, talk {number}").format(document=kind.name, number=talk.number)

    def _can_be(self, kind: DocumentKind) -> bool:
        if kind.about is About.NOBODY:
            return True
        if kind.about is About.EVERYBODY:
            return shows_all(self._context.reader) and self._proposed.what == kind.key
        if self._mentee is None:
            return False
        return kind.about is not About.TALK or self._talk(kind) is not None

    def _talk(self, kind: DocumentKind) -> Talk | None:
        if kind.about is not About.TALK or self._mentee is None:
            return None
        shown = self._store.get(Talk, self._proposed.talk_id) if self._proposed.talk_id else None
        if shown is not None and shown.state in kind.talks:
            return shown
        return default_talk(self._store, kind, self._mentee)

    def problem(self, texts: Mapping[str, str]) -> str:
        """Return why these texts give no document, or ""."""
        document = self._document(texts["what"], texts["format"])
        if document is None:
            return _("What it is about has been deleted.")
        fits = [one.key for one in formats_for(document)]
        if texts["format"] not in fits:
            others = ", ".join(FORMATS[key].name for key in fits)
            return _("This document cannot have that format. Choose: {others}.").format(
                others=others
            )
        return ""

    # -- writing ------------------------------------------------------------------------------

    def _document(self, what: str, format: str) -> Document | None:
        if what == PAGE:
            screen: Any = self._screen
            assert isinstance(screen, ShowsText)  # noqa: S101 - what a screen with PAGE shows
            return page_document(*screen.page_text())
        kind = kind_of(what)
        about_one = kind.about in _ABOUT_ONE
        mentee = self._mentee if about_one else None
        if about_one and (mentee is None or (kind.about is About.TALK and not self._talk(kind))):
            return None
        talk = self._talk(kind)
        document = document_of(self._store, what, mentee, talk)
        return with_records(self._store, document, mentee, talk) if format == "json" else document

    def _usual_folder(self) -> str:
        """Return the folder of documents as it is typed."""
        return _short(f"{documents_folder(self._context.settings.documents, os.environ)}/")

    async def write(self, texts: Filled) -> None:
        """Write the document that was chosen, and say where it is."""
        what, format, where = texts["what"], texts["format"], texts["where"].strip()
        document = self._document(what, format)
        if document is None:
            self._screen.say(_("What it is about has been deleted."), problem=True)
            return
        if what == PAGE:
            name = page_name(document)
        else:
            mentee = self._mentee if kind_of(what).about in _ABOUT_ONE else None
            if mentee is not None:
                document = give(self._store, mentee, document)
            name = document_name(self._store, document, mentee, self._talk(kind_of(what)))
        screen = self._screen
        screen.say(_("Writing {name} …").format(name=document.title))
        folder = documents_folder(self._context.settings.documents, os.environ)
        write = partial(write_document, document, name, folder, where=where, format=format)
        try:
            path = await to_thread(write)
        except (NotWritten, FormatError) as problem:
            take_back(self._store, document)
            screen.say(str(problem), problem=True)
            return
        self._context.positions[_LAST_FORMAT] = (format, "")
        if where.endswith("/"):
            self._context.of_this_run[_LAST_FOLDER] = where
        self._note_prepared(what)
        screen.say(_("Written: {path}").format(path=_short(str(path))))

    def _note_prepared(self, what: str) -> None:
        """A talk counts as prepared once its sheet has been written to a file."""
        talk = self._talk(kind_of(what)) if what == "prep" else None
        if talk is not None and talk.prepared_on is None:
            self._screen.commit(*prepared(talk))


def _short(path: str) -> str:
    """Return a path as it is typed: with "~" for the home folder."""
    home = os.environ.get("HOME", "").rstrip("/")
    inside = bool(home) and path.startswith(f"{home}/")
    return f"~{path.removeprefix(home)}" if inside else path
