"""A bundle: a mentorship as one file, for the next mentor (a hand-over).

It is a zip file of three. `manifest.json` has the checksum of the other two and says what the
bundle is. `records.json` has the documents by table as in the record file, nothing private among
them. `history.json` says who changed what and when. Whoever changes a byte makes it unreadable.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any, Final

from data.clock import now
from data.digest import sha256
from data.documents.records import everything
from data.i18n import _, ngettext
from data.queries.called import called
from data.queries.own_person import known_name
from data.records import BY_TABLE, DocumentFile, Loan, Mentee, MenteeRecord, Person, Postponed
from data.storage.protocol import Happening
from data.store.codec import problems_of
from data.store.store import Store
from data.stored_values import read_day
from data.text import line

FORMAT: Final = 2
"""The number of the format of a bundle: it grows with each change that an older reader misreads."""
ENDING: Final = ".mentor"
"""How the name of a bundle's file ends."""
_HANDED_OVER: Final = 1
"""The format of a hand-over, which older versions read. What is lent they would take for one."""
_KIND: Final = "mentorrollen hand-over"
_MANIFEST, _RECORDS, _HISTORY = "manifest.json", "records.json", "history.json"
LENT, RETURNED = "lent", "returned"
"""What a bundle is about, if it is no hand-over."""
_IS_ID: Final = re.compile(r"[\w-]{1,60}", re.ASCII)
"""What the id of a document may be: it stands in the names of documents, as in "tasks/123"."""
_LARGEST: Final = 200 << 20
"""A file in a bundle is at most so long: what claims more is no bundle of ours."""
_STAYS_BEHIND: Final = frozenset({DocumentFile.table, Loan.table, Postponed.table})
"""Tables that belong to the mentor's own place: Today, the files that were written there, loans.

Whoever deletes the mentee for good deletes those files: no other mentor is to know their paths.
"""
_DAY_ONE: Final = (1980, 1, 1, 0, 0, 0)


class BundleError(Exception):
    """A file is no bundle, or not one that can be taken in; `str()` says why in one line."""


@dataclass(frozen=True, slots=True)
class LoanMark:
    """What a bundle says of the loan that it lends, or gives back."""

    side: str
    """`LENT` or `RETURNED`."""
    key: str
    """`Loan.key`."""
    since: str
    """When it was lent, and until when, as ISO dates."""
    until: str
    lender: str = ""
    """The name of the one who lends."""
    gone: tuple[str, ...] = ()
    """Of what is given back: table and id of what was deleted, as in "tasks/123"."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """What a bundle holds."""

    mentee_id: str
    name: str
    """The mentee's name."""
    made_by: str
    """The name of the one who made it, as colleagues know them."""
    made_at: str
    """When: ISO local time with its offset."""
    tables: Mapping[str, Sequence[Mapping[str, Any]]]
    """Table -> documents, each with its id."""
    history: Sequence[Happening]
    loan: LoanMark | None = None
    """The loan that it is about; None for a hand-over."""

    @property
    def key(self) -> str:
        """What identifies it, whoever takes it in again."""
        return f"{self.mentee_id}/{self.made_at}"


def bundle_of(store: Store, mentee: Mentee) -> bytes:
    """Return the bundle of a mentee: everything that is shared.

    Raises:
        StorageError: The history cannot be read.
    """
    tables = without_own(everything(store, mentee).tables)
    return packed(store, mentee, tables, store.history(mentee.id))


def without_own(tables: Mapping[str, Sequence[Mapping[str, Any]]]) -> dict[str, Any]:
    """Return tables but those that belong to the mentor's own place.

    Documents with an id that no bundle can hold are not in them (`odd_text` says so).
    """
    return {
        table: [doc for doc in docs if is_id(doc["id"])]
        for table, docs in tables.items()
        if table not in _STAYS_BEHIND
    }


def is_id(id: object) -> bool:
    """Whether a bundle can hold a document with this id: another program may have made it."""
    return isinstance(id, str) and _IS_ID.fullmatch(id) is not None


def odd_text(store: Store, mentee: Mentee) -> str:
    """Say in one line what of a mentee no bundle can hold; "" if that is nothing."""
    tables = everything(store, mentee).tables
    odd = sum(
        not is_id(doc["id"])
        for table, docs in tables.items()
        for doc in docs
        if table not in _STAYS_BEHIND
    )
    text = ngettext(
        "1 record of another program stays here: no bundle can hold it.",
        "{count} records of another program stay here: no bundle can hold them.",
        odd,
    )
    return text.format(count=odd) if odd else ""


def packed(
    store: Store,
    mentee: Mentee,
    tables: Mapping[str, Sequence[Mapping[str, Any]]],
    happened: Sequence[Happening],
    loan: LoanMark | None = None,
) -> bytes:
    """Return a bundle with these records and this history.

    It names people as colleagues do: whoever takes it in may know none of their logins.

    Args:
        store: The records that they are of.
        mentee: Whom it is about.
        tables: Table -> documents, nothing private among them.
        happened: The history.
        loan: The loan that it is about; None for a hand-over.
    """
    named = (replace(one, by=called(store, one.by)) for one in happened)
    history = [_as_list(one) for one in named if _can_be_read(one)]
    files = {_RECORDS: _json(tables), _HISTORY: _json(history)}
    manifest = {
        "kind": _KIND,
        "format": FORMAT if loan else _HANDED_OVER,
        "mentee": mentee.id,
        "name": mentee.name,
        "by": known_name(store),
        "at": now().isoformat(timespec="milliseconds" if loan else "seconds"),
        "counts": {table: len(docs) for table, docs in tables.items() if docs},
        "sha256": {name: sha256(data).hex() for name, data in files.items()},
    }
    if loan is not None:
        manifest["loan"] = asdict(loan)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in ({_MANIFEST: _json(manifest)} | files).items():
            archive.writestr(zipfile.ZipInfo(name, _DAY_ONE), data, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def read_bundle(data: bytes) -> Bundle:
    """Return what a bundle holds.

    Raises:
        BundleError: It is none, it was changed or cut short, or a newer version has made it.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            files = {name: _member(archive, name) for name in (_MANIFEST, _RECORDS, _HISTORY)}
        manifest = json.loads(files[_MANIFEST])
        if manifest["kind"] != _KIND:
            raise BundleError(_("This is no hand-over bundle."))
        if manifest["format"] > FORMAT:
            raise BundleError(_("A newer version of the program made this bundle: update first."))
        sums = manifest["sha256"]
        if any(sha256(files[name]).hex() != sums[name] for name in (_RECORDS, _HISTORY)):
            raise BundleError(_("The bundle was changed or damaged on its way: ask for it again."))
        return _bundle(manifest, json.loads(files[_RECORDS]), json.loads(files[_HISTORY]))
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError) as error:
        if data[:2] == b"PK":
            text = _("The bundle was changed or damaged on its way: ask for it again.")
            raise BundleError(text) from error
        raise BundleError(_("This is no hand-over bundle.")) from error
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        text = _("The bundle was changed or damaged on its way: ask for it again.")
        raise BundleError(text) from error


def _member(archive: zipfile.ZipFile, name: str) -> bytes:
    if archive.getinfo(name).file_size > _LARGEST:
        raise ValueError(name)
    return archive.read(name)


def _bundle(manifest: Mapping[str, Any], tables: Any, history: Any) -> Bundle:
    """Return the bundle, when each document is one of the mentee or a person; or ValueError."""
    mentee_id = str(manifest["mentee"])
    for table, docs in tables.items():
        kind = BY_TABLE[table]
        for doc in docs:
            whose = doc["id"] if kind is Mentee else doc.get("mentee_id", mentee_id)
            known = kind in {Mentee, Person} or issubclass(kind, MenteeRecord)
            if not (known and is_id(doc["id"])) or whose != mentee_id or problems_of(kind, doc):
                raise ValueError(table)
    if len(tables[Mentee.table]) != 1:
        raise ValueError(Mentee.table)
    happened = [_happening(one, mentee_id) for one in history]
    name, by, at = (line(str(manifest[key])) for key in ("name", "by", "at"))
    tables = {table: docs for table, docs in tables.items() if table not in _STAYS_BEHIND}
    return Bundle(mentee_id, name, by, at, tables, happened, _loan(manifest.get("loan")))


def _loan(found: Any) -> LoanMark | None:
    """Return what a manifest says of a loan; raises one of the errors of what is no bundle."""
    if found is None:
        return None
    side, key, since, until, lender = (
        line(str(found[name])) for name in ("side", "key", "since", "until", "lender")
    )
    gone = tuple(str(one) for one in found["gone"])
    if side not in {LENT, RETURNED} or any(one.split("/")[0] not in BY_TABLE for one in gone):
        raise ValueError(side)
    for day in (since, until):
        read_day(day)
    return LoanMark(side, key, since, until, lender, gone)


def _as_list(one: Happening) -> list[Any]:
    return [one.table, one.id, one.at, one.by, one.kind, dict(one.fields)]


def _can_be_read(one: Happening) -> bool:
    """Whether a reader of the bundle can read what happened: else that would refuse it all."""
    with suppress(KeyError, TypeError, ValueError, AttributeError):
        return bool(_happening(_as_list(one), one.mentee_id))
    return False


def _happening(found: Sequence[Any], mentee_id: str) -> Happening:
    table, id, at, by, kind, fields = found
    if datetime.fromisoformat(at).tzinfo is None:
        raise ValueError(at)
    pairs = {
        str(name): None if pair is None else (pair[0], pair[1]) for name, pair in fields.items()
    }
    return Happening(str(table), str(id), mentee_id, str(at), str(by), str(kind), pairs)


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
