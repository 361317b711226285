"""An extract: all that is kept about a mentee, for a mentee who asks for it (GDPR, article 15).

It is a folder: what was looked through and by when the answer is due, everything in words, the
records as JSON, and the documents that the mentee can have any day. From the day on which they
asked, nothing about them is deleted (`data.method.hold`).
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from data.clock import today
from data.dates import show_date
from data.documents.all_in_words import all_in_words, records_about
from data.documents.files import write_folder
from data.documents.kinds import kinds
from data.documents.model.document import Block, Confidence, Document, Heading, Items, Paragraph
from data.documents.model.parts import facts
from data.documents.model.source import About
from data.documents.names import mentee_word
from data.documents.whole_folder import documents_about, folder_path
from data.documents.writers.formats import written
from data.i18n import N_, _, language, ngettext
from data.json_text import json_text
from data.logins import user_name
from data.method.hold import answer_by
from data.method.lending import lent
from data.method.parting import open_document
from data.privacy.places import Place, PlaceKind, places
from data.privacy.server_readers import OnServer, readers_on_server
from data.privacy.who_reads import in_words, who_reads
from data.queries.all_about import encoded
from data.records import Loan, Mentee
from data.storage import backups
from data.storage.folder import open_folder
from data.storage.from_backups import state_of_backups
from data.storage.names import Names
from data.storage.protocol import Doc
from data.storage.snapshot import is_team_file
from data.store.change import Change
from data.store.opening_team import own_file
from data.store.store import Store

_FOLDER: Final = N_("extract")
_READ_FIRST: Final = N_("read-this-first")
_EVERYTHING: Final = N_("everything-in-words")
_RECORDS: Final = N_("records")
_KINDS: Final = {
    PlaceKind.RECORDS: N_("data file, journal and history"),
    PlaceKind.BACKUPS: N_("backups"),
    PlaceKind.QUARANTINE: N_("what was damaged or replaced"),
    PlaceKind.TYPING: N_("what is being typed"),
    PlaceKind.DOCUMENTS: N_("documents that were written"),
    PlaceKind.TEMPLATES: N_("your own templates of plans"),
    PlaceKind.PRIVATE: N_("the private file beside the team file"),
    PlaceKind.PUBLISHED: N_("counts and dates that are published"),
    PlaceKind.STATE: N_("what the program remembers, and texts that could not be saved"),
}

_OF_FILES: Final = frozenset(
    {PlaceKind.RECORDS, PlaceKind.BACKUPS, PlaceKind.QUARANTINE, PlaceKind.PRIVATE}
)
"""What there is only where records are in a file."""
_BESIDE_SERVER: Final = N_("the address of the server, and the list of what was deleted for good")


@dataclass(frozen=True, slots=True)
class Where:
    """Where the records and all that belongs to them are."""

    path: Path
    """The record file."""
    environ: Mapping[str, str]
    documents: Path
    """The folder of documents."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What was looked through."""

    places: Sequence[Place]
    earlier: Mapping[str, Sequence[Mapping[str, object]]]
    """Table -> documents about the mentee that were deleted and are still in backups."""
    backups: int
    """How many backups could be read."""
    server: OnServer | None = None
    """Who can read the records, where they are on a server."""


def note_asked(mentee: Mentee, on: date) -> Change:
    """Return the change that notes that a mentee has asked for their data, and sets a hold."""
    return Change.edited(
        mentee,
        held_since=mentee.held_since or today(),
        held_why=mentee.held_why or _("has asked for their data"),
        extract_asked_on=on,
        extract_given_on=None,
    )


def note_given(mentee: Mentee) -> Change:
    """Return the change that notes that a mentee has got their data today."""
    return Change.edited(mentee, extract_given_on=today())


def ids_about(store: Store, mentee: Mentee) -> frozenset[str]:
    """Return the ids of all records about a mentee."""
    found = records_about(store, mentee).values()
    return frozenset(record.id for records in found for record in records)


def look(mentee_id: str, known: frozenset[str], where: Where) -> Looked:
    """Look through every place where something about a mentee may be. Any thread may call it.

    Args:
        mentee_id: The mentee.
        known: The ids of the records about the mentee that there are (`ids_about`).
        where: Where to look.

    Raises:
        StorageError: The backups cannot be looked through, or the server cannot be asked.
    """
    found = places(where.path, where.environ, where.documents)
    server = readers_on_server(where.path, mentee_id)
    if server is not None:
        return Looked(found, {}, 0, server)
    is_own = not is_team_file(where.path)
    earlier: dict[str, dict[str, Doc]] = {}
    number = 0
    own = own_file(where.path)
    for tables in (*_backups(where.path), *(_backups(own) if own is not None else ())):
        number += 1
        for table, docs in tables.items():
            for id, doc in docs.items():
                if doc.get("mentee_id") == mentee_id and id not in known:
                    shown = doc if is_own else _own_or_open(table, id, doc)
                    if shown is not None:
                        earlier.setdefault(table, {})[id] = shown
    listed = {
        table: [{"id": id, **doc} for id, doc in docs.items()] for table, docs in earlier.items()
    }
    return Looked(found, listed, number)


def _own_or_open(table: str, id: str, doc: Doc) -> Doc | None:
    """Return what the user may have of a document of an earlier state of a team file.

    Somebody else's private words may be in it, from before they were kept apart. None for nothing.
    """
    if doc.get("changed_by") == user_name(os.geteuid()):
        return doc
    return open_document(table, id, doc)


def _backups(path: Path) -> Iterator[Mapping[str, Mapping[str, Doc]]]:
    """Yield the documents of each backup that can be read, oldest first."""
    folder, name = open_folder(path)
    folder.mending = False
    with closing(folder):
        inner = folder.sub(Names(name).backups)
        if inner is None:
            return
        with closing(inner):
            for backup in backups.find(inner):
                state = state_of_backups(inner, backup.name)
                if state is not None:
                    yield state.tables


@dataclass(frozen=True, slots=True)
class Extract:
    """All that is kept about a mentee, ready to be written."""

    path: Path
    """The folder; if its name is taken, it ends with `-2`."""
    documents: Sequence[tuple[str, str, Document]]
    """Name, format and document of each file."""
    records: tuple[str, bytes]
    """The name of the file of records, and what it holds."""
    make_folder: bool
    """Whether the folder above it is made if it is not there."""


def extract_of(
    store: Store, mentee: Mentee, where: Where, looked: Looked, output: str = ""
) -> Extract:
    """Return all that is kept about a mentee.

    Args:
        store: The records. The mentee's own says when they asked (`note_asked`).
        mentee: Whom it is about.
        where: Where the records are.
        looked: What was looked through.
        output: The folder that the user named; "" for one in the folder of documents.

    Raises:
        StorageError: The history cannot be read.
    """
    first = _read_first(store, mentee, where, looked)
    title = _("Everything that is kept about {name}").format(name=mentee.name)
    whole = all_in_words(store, mentee, title)
    found = [
        (name, format, document)
        for name, document in ((_(_READ_FIRST), first), (_(_EVERYTHING), whole))
        for format in ("docx", "txt")
    ]
    about = {kind.key for kind in kinds() if kind.about in (About.MENTEE, About.TALK)}
    found += [
        (name, "docx", document)
        for name, document in documents_about(store, mentee, "docx")
        if document.what in about
    ]
    name = "-".join([_(_FOLDER), mentee_word(store, mentee), today().isoformat()])
    path = folder_path(name, where.documents, output)
    records = f"{_(_RECORDS)}.json", _as_json(store, mentee, looked)
    return Extract(path, found, records, make_folder=not output)


def write_extract(
    extract: Extract, tell: Callable[[int, int], None] = lambda _number, _of: None
) -> Path:
    """Write the folder, all of it or nothing, and return its path. Any thread may call it.

    Args:
        extract: What it holds.
        tell: Called with the number of each file before it is written, and how many there are.

    Raises:
        NotWritten: It could not be written; nothing of it is there.
    """
    total = len(extract.documents) + 1

    def files() -> Iterator[tuple[str, bytes]]:
        for number, (name, format, document) in enumerate(extract.documents, 1):
            tell(number, total)
            yield f"{name}.{format}", written(document, format)
        tell(total, total)
        yield extract.records

    return write_folder(extract.path, files(), make_folder=extract.make_folder)


def _read_first(store: Store, mentee: Mentee, where: Where, looked: Looked) -> Document:
    on = mentee.extract_asked_on or today()
    readers = who_reads(
        where.path,
        where.environ,
        where.documents,
        about=mentee_word(store, mentee),
        server=looked.server,
    )
    blocks: list[Block] = [
        facts(
            (_("Mentee"), mentee.name),
            (_("Asked for on"), show_date(on)),
            (_("To be answered by"), show_date(answer_by(on))),
            (_("Extract made on"), show_date(today())),
        ),
        Heading(_("What is in this folder")),
        Items(
            (
                _("“{name}”: every field of every record, private notes too.").format(
                    name=_(_EVERYTHING)
                ),
                _("“{name}”: the same as JSON, for programs, with the history.").format(
                    name=_(_RECORDS)
                ),
                _("The documents that can be written from it: plan, summaries and others."),
            )
        ),
        Heading(_("What was looked through")),
        Items(tuple(_looked_through(store, mentee, looked, where))),
        Heading(_("Who can read it")),
        Items(tuple(line.strip() for line in in_words(readers, store.by))),
        Paragraph(
            _(
                "Nothing about {name} is deleted in the meantime. Texts that somebody is "
                "typing at this moment are in it as soon as they are saved: make it again then."
            ).format(name=mentee.name)
        ),
    ]
    title = _("Extract for {name}").format(name=mentee.name)
    return Document("extract", title, tuple(blocks), language(), Confidence.PRIVATE)


def _copy(loan: Loan) -> str:
    text = _("A copy is lent to {name} until {date}, who may keep private notes of their own: ask")
    name = loan.who or _("another mentor")
    return text.format(name=name, date=show_date(loan.until))


def _looked_through(store: Store, mentee: Mentee, looked: Looked, where: Where) -> Iterator[str]:
    numbers = Counter(place.kind for place in looked.places)
    on_server = looked.server is not None
    for kind, what in _KINDS.items():
        count = numbers[kind]
        if on_server and kind in _OF_FILES and not count:
            continue
        word = _(_BESIDE_SERVER if on_server and kind is PlaceKind.RECORDS else what)
        text = ngettext("{what}: 1 file", "{what}: {count} files", count)
        yield (
            text.format(what=word, count=count) if count else _("{what}: none").format(what=word)
        )
    if looked.server is not None:
        yield from _on_server(looked.server)
    else:
        yield _("Data file: {path}").format(path=where.path)
    if is_team_file(where.path):
        yield _(
            "Colleagues who share the data file may each keep private notes in a file of their "
            "own: ask them too"
        )
    yield from map(_copy, lent(store.of(Loan, mentee.id)))
    yield _("Folder of documents: {path}").format(path=where.documents)
    deleted = sum(map(len, looked.earlier.values()))
    if looked.server is not None:
        return
    if deleted:
        yield ngettext(
            "In backups: 1 record that was deleted since (under “earlier” in the JSON file)",
            "In backups: {count} records that were deleted since (under “earlier” in the JSON "
            "file)",
            deleted,
        ).format(count=deleted)
    else:
        yield _("In backups: nothing that was deleted since")


def _on_server(server: OnServer) -> Iterator[str]:
    yield _("Server: {server}, all that your login may see").format(server=server.shown)
    others = [name for login, name, _until in server.mentors if login != server.login]
    if others:
        text = _("What {names} may keep private there cannot be seen from here: ask them too")
        yield text.format(names=", ".join(others))
    yield _(
        "Others who had a role before may keep private notes there, too, and its backups may hold"
        " what was deleted: ask those who look after the server"
    )


def _as_json(store: Store, mentee: Mentee, looked: Looked) -> bytes:
    tables = {
        table: [encoded(record) for record in records]
        for table, records in records_about(store, mentee).items()
    }
    history = [
        {
            "at": one.at,
            "by": one.by,
            "table": one.table,
            "id": one.id,
            "kind": one.kind,
            "fields": {name: pair and list(pair) for name, pair in one.fields.items()},
        }
        for one in store.history(mentee.id)
    ]
    value = {
        "confidential": True,
        "private": True,
        **tables,
        "earlier": looked.earlier,
        "history": history,
        "places": [{"kind": one.kind.value, "path": str(one.path)} for one in looked.places],
    }
    return (json_text(value, indent=1) + "\n").encode()
