"""`w`: asks what to write and where, then writes or prints it, and says where it is."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Mapping
from contextvars import copy_context
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import monotonic
from typing import Any, Final, TypeVar

from data.citizens import hint_of
from data.documents.files import NotWritten, write_document
from data.documents.given import give, take_back
from data.documents.kinds import ALL
from data.documents.kinds.leader import is_agreed
from data.documents.model.document import Document
from data.documents.names import folder_name
from data.documents.preparing import prepared
from data.documents.printing import NotPrinted, print_document, printers, why_no_printer
from data.documents.whole_folder import (
    documents_about,
    folder_path,
    give_all,
    number_about,
    take_all_back,
    write_all,
)
from data.documents.writers.formats import FORMATS, USUAL, FormatError, formats_for
from data.documents.written_files import note_files
from data.i18n import _
from data.method.visibility import Reader, seen
from data.paths import documents_folder, shown_path
from data.queries.views import mentee_view
from screens.dialogs.form import Filled
from screens.documents.choices import Choices
from screens.documents.write_form import (
    FILE,
    PRINTER,
    WriteForm,
    is_to_printer,
    printed_format,
    printer_name,
)
from screens.frame.base import BaseScreen
from screens.frame.proposed import SHOWN, Proposed, proposed_on

_LAST_FORMAT: Final = "document-format"
"""Where the context remembers the last format; the others are remembered for this run only."""
_LAST_FOLDER: Final = "document-folder"
_LAST_PLACE: Final = "document-place"
SLOW: Final = 0.5
"""After how many seconds of writing a folder the user is told how far it is."""
T = TypeVar("T")


async def write_here(
    screen: BaseScreen[Any], wanted: Proposed | None = None, *, prints: bool = False
) -> None:
    """Ask what to write, in which format and where, and write it. Call it from a worker.

    Args:
        screen: The screen in front.
        wanted: What the form proposes; None for what the screen shows.
        prints: Whether the form proposes to print it.
    """
    writing = _Writing(screen, wanted or proposed_on(screen))
    form = writing.form(prints=prints)
    asked = asyncio.create_task(_tell_printers(form))
    try:
        texts = await screen.app.push_screen_wait(form)
    finally:
        asked.cancel()
    if texts is not None:
        await writing.write(texts)


async def _tell_printers(form: WriteForm) -> None:
    form.know_printers(await asyncio.to_thread(printers))


@dataclass
class _Writing:
    """Writes what was chosen in the form of a screen."""

    screen: BaseScreen[Any]
    proposed: Proposed

    def __post_init__(self) -> None:
        self.choices = Choices(self.screen, self.proposed)
        self._store = self.screen.store
        self._context = self.screen.context

    def form(self, *, prints: bool) -> WriteForm:
        """Return the form, with what was chosen last."""
        kept, _column = self._context.positions.get(_LAST_FORMAT, (USUAL, ""))
        last = self._context.of_this_run
        place = last.get(_LAST_PLACE, FILE)
        if prints and not is_to_printer(place):
            place = PRINTER
        only = self.choices.document(SHOWN, "") if self.proposed.what == SHOWN else None
        formats = tuple(FORMATS) if only is None else tuple(one.key for one in formats_for(only))
        folder = last.get(_LAST_FOLDER) or f"{shown_path(self._documents, os.environ)}/"
        return WriteForm(
            self.choices.offered(),
            self.proposed.what,
            format=kept if kept in formats else formats[0],
            to=place,
            folder=folder,
            formats=formats,
            validate=self._problem,
        )

    @property
    def _documents(self) -> Path:
        return documents_folder(self._context.settings.documents, os.environ)

    def _problem(self, texts: Mapping[str, str]) -> str:
        """Return why these texts give no document, or ""."""
        what, format = texts["what"], texts["format"]
        document = self.choices.document(what, format)
        if document is None:
            return self.choices.missing(what)
        if is_to_printer(texts["to"]):
            if what == ALL:
                return _("All documents are a folder: print them one at a time.")
            return why_no_printer()
        if what == ALL:
            return ""
        fits = [one.key for one in formats_for(document)]
        if format not in fits:
            others = ", ".join(FORMATS[key].name for key in fits)
            return _("This document cannot have that format. Choose: {others}.").format(
                others=others
            )
        return ""

    async def write(self, texts: Filled) -> None:
        """Write or print what was chosen, and say where it is."""
        what, format, to, where = (
            texts["what"],
            texts["format"],
            texts["to"],
            texts["where"].strip(),
        )
        document = self.choices.document(what, format)
        if document is None:
            self.screen.say(self.choices.missing(what), problem=True)
            return
        self._context.of_this_run[_LAST_PLACE] = to
        if is_to_printer(to):
            done = await self._print(what, document, printed_format(format), printer_name(to))
        elif what == ALL and format != "json":
            done = await self._write_all(format, where)
        else:
            done = await self._write_one(what, document, format, where)
        if not done:
            return
        if not is_to_printer(to) or printed_format(format):
            self._context.positions[_LAST_FORMAT] = (format, "")
        if not is_to_printer(to) and where.endswith("/"):
            self._context.of_this_run[_LAST_FOLDER] = where
        self._note_prepared(what)
        self.screen.say(" ".join(filter(None, (done, self._to_agree_on(what)))))

    # -- one document -------------------------------------------------------------------------

    async def _print(self, what: str, document: Document, format: str, printer: str) -> str:
        """Print a document, and return what is said of it; "" if it was not printed."""
        send = partial(print_document, printer=printer, format=format)
        self.screen.say(_("Printing {name} …").format(name=document.title))
        sent = await self._given_out(what, document, send)
        if not sent:
            return ""
        name, format_name = printer, FORMATS[sent].name
        if not name:
            return _("Sent to the printer as {format}").format(format=format_name)
        return _("Sent to {name} as {format}").format(name=name, format=format_name)

    async def _write_one(self, what: str, document: Document, format: str, where: str) -> str:
        """Write a document to a file, and return what is said of it; "" if it was not written."""
        name = self.choices.file_name(what, document)
        self.screen.say(_("Writing {name} …").format(name=document.title))

        def write(given: Document) -> Path:
            return write_document(given, name, self._documents, where=where, format=format)

        path = await self._given_out(what, document, write)
        mentee = self.choices.mentee_of(what)
        if path and (mentee is not None or self.choices.is_about_everybody(what)):
            note_files(self._store, mentee, [path], what)
        said = _("Written: {path}").format(path=shown_path(path, os.environ)) if path else ""
        return _with_hint(said, document)

    async def _given_out(
        self, what: str, document: Document, send: Callable[[Document], T]
    ) -> T | None:
        """Do it with the document as it is given out, outside the event loop; None if refused."""
        mentee = self.choices.mentee_of(what)
        if mentee is not None and what != ALL:
            document = give(self._store, mentee, document)
        try:
            return await asyncio.to_thread(send, document)
        except (NotWritten, NotPrinted, FormatError) as problem:
            take_back(self._store, document)
            self.screen.say(str(problem), problem=True)
            return None

    def _note_prepared(self, what: str) -> None:
        """A talk counts as prepared once its sheet has been written to a file, or printed."""
        talk = self.choices.talk(what) if what == "prep" else None
        if talk is not None and talk.prepared_on is None:
            self.screen.commit(*prepared(talk))

    def _to_agree_on(self, what: str) -> str:
        """Return how a status that the mentee has not agreed on is agreed on; "" for all else."""
        mentee = self.choices.mentee_of(what)
        if what != "leader" or self.proposed.what == what or mentee is None:
            return ""  # its own page says so itself
        if is_agreed(seen(mentee_view(self._store, mentee), Reader.WRITTEN)):
            return ""
        return _("Not agreed on yet: Ctrl+P, Status for the manager, d.")

    # -- all of them --------------------------------------------------------------------------

    async def _write_all(self, format: str, where: str) -> str:
        """Write all documents to a folder, and return what is said of it; "" if it was not done."""
        mentee = self.choices.mentee_of(ALL)
        if mentee is None:
            return ""
        documents = give_all(self._store, mentee, documents_about(self._store, mentee, format))
        path = folder_path(folder_name(self._store, mentee), self._documents, where)
        write = partial(
            write_all,
            path,
            documents,
            format,
            make_folder=not where or where.endswith("/"),
            tell=self._progress(len(documents)),
        )
        self.screen.say(_("Writing all documents …"))
        try:
            made = await asyncio.to_thread(write)
        except (NotWritten, FormatError) as problem:
            take_all_back(self._store, documents)
            self.screen.say(str(problem), problem=True)
            return ""
        note_files(self._store, mentee, made.iterdir(), ALL)
        written = tuple(document for _name, document in documents)
        shown, total = f"{shown_path(made, os.environ)}/", number_about(self._store, mentee)
        if len(documents) == total:
            return _with_hint(_("Written: {path}").format(path=shown), *written)
        said = _("Written: {path} ({number} of {total} documents; {format} cannot hold the others)")
        name = FORMATS[format].name
        said = said.format(path=shown, number=len(documents), total=total, format=name)
        return _with_hint(said, *written)

    def _progress(self, total: int) -> Callable[[int], None]:
        """Return what says how far it is, from another thread, once it has taken a while."""
        began, loop, surroundings = monotonic(), asyncio.get_running_loop(), copy_context()

        def tell(number: int) -> None:
            if monotonic() - began >= SLOW:
                said = _("Writing document {number} of {total} …")
                said = said.format(number=number, total=total)
                loop.call_soon_threadsafe(self.screen.say, said, context=surroundings)

        return tell


def _with_hint(said: str, *documents: Document) -> str:
    """Return what is said of written documents, and what to look at in them."""
    hint = hint_of(text for document in documents for text in document.texts())
    return f"{said}. {hint}" if said and hint else said
