"""`mentor export` and `mentor template`: documents as files, on the output, or to the printer."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

import click

from data.citizens import hint_of
from data.documents.files import NotWritten, target, write_new
from data.documents.given import give, take_back
from data.documents.kinds import ALL, kind_of, kinds
from data.documents.kinds.leader import agreed_text, is_agreed
from data.documents.model.document import Document
from data.documents.model.source import About, DocumentKind
from data.documents.names import document_name, folder_name, form_name
from data.documents.preparing import prepared
from data.documents.printing import NotPrinted, print_document
from data.documents.records import everything, with_records
from data.documents.sources import blank_form, default_talk, document_of
from data.documents.whole_folder import (
    documents_about,
    folder_path,
    give_all,
    take_all_back,
    write_all,
)
from data.documents.writers.formats import FORMATS, USUAL, FormatError, written
from data.documents.written_files import note_files
from data.i18n import _
from data.method.visibility import Reader, seen
from data.paths import documents_folder
from data.privacy.here import note_here
from data.queries.views import mentee_view
from data.records import Mentee, Talk
from data.storage.problems import NotSaved, StorageError
from data.store.opening import empty_store
from data.store.store import Store
from tui.cli.base import WholeNumber, command, find_mentee, say_whole, say_wrapped
from tui.cli.call import Call, Problem, Status, complain

if TYPE_CHECKING:
    from data.published.overview import Overview

OUTPUT: Final = "-"
"""What stands for the standard output in place of a file."""
_TEXT: Final = frozenset({"md", "txt", "csv", "json"})
"""Formats that a terminal can show."""
T = TypeVar("T")


def export_command() -> click.Command:
    """Make `mentor export`."""
    options = (
        click.Argument(["words"], nargs=-1, required=True, metavar=_("[NAME] WHAT")),
        *_format_options(),
        click.Option(
            ["--talk"],
            type=WholeNumber(),
            metavar=_("N"),
            help=_("The number of the talk (default: the next one, or the one held last)."),
        ),
        click.Option(
            ["--private"],
            is_flag=True,
            help=_("Include what is private; only with all, or as json."),
        ),
        click.Option(
            ["--print", "printer"],
            is_flag=False,
            flag_value="",
            metavar=_("[PRINTER]"),
            help=_("Send it to the printer instead of a file."),
        ),
    )
    return command("export", _export, _help(), *options)


def template_command() -> click.Command:
    """Make `mentor template`."""
    blank = [kind.key for kind in kinds() if kind.blank is not None]
    what = click.Argument(["what"], type=click.Choice(blank), metavar=_("[WHAT]"), required=False)
    listed = click.Option(
        ["--list", "listed"],
        is_flag=True,
        help=_("List the templates that a plan can begin from: mentor plan NAME --from TEMPLATE"),
    )
    text = _("Write a blank form: {kinds}.").format(kinds=", ".join(blank))
    return command("template", _template, text, what, *_format_options(), listed)


def _format_options() -> tuple[click.Option, ...]:
    return (
        click.Option(
            ["--to", "format"],
            type=click.Choice(list(FORMATS)),
            help=_("The format (default: by the ending of FILE, else docx)."),
        ),
        click.Option(
            ["-o", "--output", "where"],
            default="",
            metavar=_("FILE"),
            help=_("A file, a folder, or - for the output (default: the folder of documents)."),
        ),
    )


def _help() -> str:
    about = [kind.key for kind in kinds() if kind.about in (About.MENTEE, About.TALK)]
    others = [kind.key for kind in kinds() if kind.key not in about]
    text = _(
        "Write a document and print where it is. WHAT about the mentee NAME is one of {about}, or "
        "all for a folder with each of them; without NAME it is one of {others}."
    )
    return text.format(about=", ".join(about), others=", ".join(others))


# mentor template


def _template(call: Call, what: str | None, format: str | None, where: str, listed: bool) -> None:
    if listed:
        # only where they are asked for
        from tui.cli.templates import list_templates

        list_templates()
        return
    if what is None:
        text = _("Name a form ({kinds}), or use --list for the templates of plans.")
        blank = [kind.key for kind in kinds() if kind.blank is not None]
        raise Problem(text.format(kinds=", ".join(blank)))
    with ExitStack() as stack:
        is_there = call.path.exists()
        store = stack.enter_context(call.read()) if is_there else empty_store()
        document = blank_form(store, what)
    _put_out(call, document, form_name(what), where, format or "")


# mentor export


def _export(
    call: Call,
    *,
    words: tuple[str, ...],
    format: str | None,
    where: str,
    talk: int | None,
    private: bool,
    printer: str | None,
) -> None:
    *names, what = words
    if what not in (ALL, *(kind.key for kind in kinds())):
        raise Problem(_no_such(what))
    as_json = format == "json" or (not format and where.lower().endswith(".json"))
    if private and what != ALL and not as_json:
        raise Problem(_("--private can only be used with all, or with --to json."))
    with ExitStack() as stack:
        store = _store_for(call, what, stack)
        note_here(call.path, call.settings)
        mentee = _mentee(store, " ".join(names), what)
        if what == ALL and mentee is not None:
            if printer is not None:
                raise Problem(_("Print one document at a time: all is a folder."))
            _export_all(call, store, mentee, format or "", where, private=private)
            return
        kind = kind_of(what)
        its_talk = _talk(store, kind, mentee, talk)
        document = document_of(store, what, mentee, its_talk, workplace=_workplace(call, kind))
        if as_json:
            document = with_records(store, document, mentee, its_talk, private=private)
        if mentee is not None:
            document = give(store, mentee, document)
        name = document_name(store, document, mentee, its_talk)
        try:
            if printer is not None:
                _print(document, printer, format or "")
            else:
                path = _put_out(call, document, name, where, format or "")
                if path is not None and (mentee is not None or kind.about is About.EVERYBODY):
                    note_files(store, mentee, [path], what, whole=private)
        except Problem:
            take_back(store, document)
            raise
        _point_out(document)
        _note_prepared(store, what, its_talk)
        if what == "leader" and mentee is not None:
            view = seen(mentee_view(store, mentee), Reader.WRITTEN)
            if not is_agreed(view):
                complain(agreed_text(view))


def _store_for(call: Call, what: str, stack: ExitStack) -> Store:
    """Open the records that a document is made of, if it is made of any."""
    if what != ALL and kind_of(what).about is About.WORKPLACE:
        return empty_store()
    return stack.enter_context(call.read()) if _only_reads(what) else _opened(call, stack)


def _only_reads(what: str) -> bool:
    """Whether nothing is kept about a document that leaves the program."""
    return what not in ("plan", "roles", "expectations", "prep", ALL)


def _opened(call: Call, stack: ExitStack) -> Store:
    """Open the records to note what leaves the program; to read them, where that is refused."""
    if not call.path.exists():
        return stack.enter_context(call.read())
    try:
        return stack.enter_context(call.open())
    except StorageError:
        return stack.enter_context(call.read())


def _no_such(what: str) -> str:
    # only where the word is misspelt
    import difflib

    known = [ALL, *(kind.key for kind in kinds())]
    near = difflib.get_close_matches(what, known, n=1)
    text = _("There is no document “{what}”.").format(what=what)
    if near:
        return text + " " + _("Did you mean {name!r}?").format(name=near[0])
    return text + " " + _("There are: {names}.").format(names=", ".join(known))


def _mentee(store: Store, name: str, what: str) -> Mentee | None:
    """Return the mentee that the document is about; None for one that is about no one mentee."""
    about = About.MENTEE if what == ALL else kind_of(what).about
    if about in (About.NOBODY, About.EVERYBODY, About.WORKPLACE):
        return None
    if not name:
        text = _("Whom is it about? mentor export NAME {what}")
        raise Problem(text.format(what=what))
    return find_mentee(store, name)


def _talk(
    store: Store, kind: DocumentKind, mentee: Mentee | None, number: int | None
) -> Talk | None:
    """Return the talk that the document is about; None for one that is about no talk."""
    if kind.about is not About.TALK or mentee is None:
        return None
    if number is None:
        found = default_talk(store, kind, mentee)
        text = _("{name} has no talk that “{document}” can be about.")
    else:
        talks = (one for one in store.of(Talk, mentee.id) if one.number == number)
        found = next((one for one in talks if one.state in kind.talks), None)
        text = _("{name} has no talk {number} that “{document}” can be about.")
    if found is None:
        raise Problem(text.format(name=mentee.name, number=number, document=kind.name))
    return found


def _workplace(call: Call, kind: DocumentKind) -> Overview | None:
    """Return what is published in the folder of the settings, for a document about that."""
    if kind.about is not About.WORKPLACE:
        return None
    # only two of the documents are made of it
    from tui.cli.overview import places, published

    return published(places(call, ()))


def _note_prepared(store: Store, what: str, talk: Talk | None) -> None:
    """Note that a talk is prepared once its sheet is out, as the screen does."""
    if what != "prep" or talk is None:
        return
    changes, text = prepared(talk)
    try:
        store.commit(changes, text)
    except (NotSaved, StorageError) as refused:
        complain(str(refused))


# All documents about a mentee


def _export_all(
    call: Call, store: Store, mentee: Mentee, format: str, where: str, *, private: bool
) -> None:
    """Write all documents about a mentee: a folder, or one file of records as JSON."""
    name = folder_name(store, mentee, private=private)
    if format == "json" or (not format and where.lower().endswith(".json")):
        path = _put_out(call, everything(store, mentee, private=private), name, where, "json")
        if path is not None:
            note_files(store, mentee, [path], ALL, whole=private)
        return
    if where == OUTPUT:
        raise Problem(_("Only --to json can print all of it: else it is a folder of files."))
    format = format or USUAL
    documents = give_all(store, mentee, documents_about(store, mentee, format, private=private))
    folder = folder_path(name, documents_folder(_chosen(call), os.environ), where)
    make_folder = not where or where.endswith("/")
    try:
        made = _told(lambda: write_all(folder, documents, format, make_folder=make_folder))
    except Problem:
        take_all_back(store, documents)
        raise
    note_files(store, mentee, made.iterdir(), ALL, whole=private)
    say_whole(str(made))
    _point_out(*(document for _name, document in documents))


# Where it goes


def _point_out(*documents: Document) -> None:
    """Say where something in documents looks like a CPR number or a citizen's name."""
    if said := hint_of(text for document in documents for text in document.texts()):
        complain(f"{said}.")


def _print(document: Document, printer: str, format: str) -> None:
    """Send a document to a printer ("" for the usual one), and say so."""
    try:
        print_document(document, printer, format)
    except NotPrinted as refused:
        raise Problem(str(refused), Status.FILE) from refused
    except FormatError as refused:
        raise Problem(str(refused)) from refused
    say_wrapped(
        _("Sent to the printer.") if not printer else _("Sent to {name}.").format(name=printer)
    )


def _chosen(call: Call) -> str:
    return call.settings.documents


def _put_out(call: Call, document: Document, name: str, where: str, format: str) -> Path | None:
    """Write a document to a file and print its path; or print the document itself.

    Returns:
        The file; None where the document was printed.
    """
    if where == OUTPUT:
        format = format or USUAL
        if format not in _TEXT and sys.stdout.isatty():
            text = _("A {format} file is not for the terminal. Name a file, or use --to txt.")
            raise Problem(text.format(format=format))
        content = _told(lambda: written(document, format))
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return None
    folder = documents_folder(_chosen(call), os.environ)
    path, format = _told(lambda: target(name, folder, where=where, format=format))
    content = _told(lambda: written(document, format))
    make_folder = not where or where.endswith("/")
    made = _told(lambda: write_new(path, content, make_folder=make_folder))
    say_whole(str(made))
    return made


def _told(write: Callable[[], T]) -> T:
    """Do it; what hinders it becomes a line of the command line, with its status."""
    try:
        return write()
    except NotWritten as refused:
        raise Problem(str(refused), Status.FILE) from refused
    except FormatError as refused:
        raise Problem(str(refused)) from refused
