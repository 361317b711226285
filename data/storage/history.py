"""Who changed what and when: a file beside the record file, and the journal.

The journal tells it of each commit, but is folded into the record file and deleted. So each fold
first adds what it has to tell to the end of the history file, in lines with checksums like those of
the journal: `{"g":id of the journal's record file,"u":number of the commit,"at":,"by":,"t":table,
"i":id,"m":id of the mentee,"k":"new", "set" or "del","c":{field: [before, after], or null}}`.

Values are kept where they are short: dates, numbers, choices, names. Of a longer text it is only
kept that it was changed. Edits of one document by one user within half an hour are one line, so
that typing is one. There is a history of the tables in `TABLES` alone: what is made together. Notes
and answers have none.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from data.frozen import immutable
from data.storage import ops, purge_list
from data.storage.disk import REAL, Disk
from data.storage.folder import Folder, open_folder, read_all, write_all
from data.storage.journal import frame, scan, to_json
from data.storage.lock import Lock
from data.storage.names import Names
from data.storage.problems import StorageError
from data.storage.protocol import BOOKKEEPING, Doc, DocChange, Happening, Tables
from data.storage.snapshot import Unsound, check_header, read_record

TABLES: Final = frozenset(
    {"mentees", "tasks", "goals", "agreements", "talks", "roles", "duties", "knowledge", "actions"}
)
"""The tables whose documents have a history."""
OWNER: Final = "mentee_id"
"""The field that names the mentee whose document it is."""
TOGETHER_SECONDS: Final = 30 * 60
"""Edits that are not further apart than this are told as one."""
MADE_SECONDS: Final = 60
"""What is filled in so soon after a document was made belongs to its making."""
NOT_TOLD: Final = (LookupError, TypeError, ValueError, AttributeError)
"""What is raised for a line of the history that no program has written."""
KNOWN_BY: Final = ("title", "text", "what", "name", "number", "task_id")
"""The fields by which a document is known that is not there any more."""
_SHORT: Final = 80
"""Texts of at most so many characters are kept."""
_KEYS: Final = 8
"""Of a field with several entries it is kept which of them changed, if they are no more."""
_END: Final = 64 << 10
"""How much of the file is read to find its last line."""


def changed_fields(before: Doc | None, after: Doc | None) -> dict[str, tuple[Any, Any] | None]:
    """Return what differs between two states of a document: field -> before and after.

    None stands for values that are too long to be kept. Of a document that is new or deleted only
    those fields count by which it is known.
    """
    old, new = before or {}, after or {}
    found: dict[str, tuple[Any, Any] | None] = {}
    for name in {**old, **new} if before and after else KNOWN_BY:
        if name not in BOOKKEEPING and name != OWNER:
            found.update(_differences(name, old.get(name), new.get(name)))
    return found


def _differences(name: str, before: Any, after: Any) -> dict[str, tuple[Any, Any] | None]:
    """Return what differs in a field; of one with entries, as in "extra.Colour", which of them."""
    if before == after:
        return {}
    values = before or {}, after or {}
    if all(isinstance(one, dict) for one in values):
        keys = [
            key for key in {**values[0], **values[1]} if values[0].get(key) != values[1].get(key)
        ]
        if len(keys) <= _KEYS:
            parts = (
                _differences(f"{name}.{key}", *(one.get(key) for one in values)) for key in keys
            )
            return {key: one for part in parts for key, one in part.items()}
    return {name: (before, after) if _is_short(before) and _is_short(after) else None}


def _is_short(value: Any) -> bool:
    if isinstance(value, str):
        return len(value) <= _SHORT and "\n" not in value
    return value is None or isinstance(value, bool | int | float)


def happening(change: DocChange, at: str, by: str) -> Happening | None:
    """Return what a change did to a document; None if it has no history, or nothing happened.

    Args:
        change: The change.
        at: When it was made.
        by: Who made it: a login name.
    """
    table, id, before, after, *_ = change
    fields = changed_fields(before, after)
    if table not in TABLES or (not fields and before is not None and after is not None):
        return None
    doc = after or before or {}
    owner = id if table == "mentees" else str(doc.get(OWNER, ""))
    kind = "del" if after is None else "new" if before is None else "set"
    return Happening(table, id, owner, at, by, kind, fields)


def happenings(
    commits: Iterable[Doc], tables: Mapping[str, Mapping[str, Doc]], seq: int
) -> Iterator[tuple[int, Happening]]:
    """Yield what commits did to documents that have a history, with the number of each commit.

    Args:
        commits: Commits of a journal in their order.
        tables: The documents as they were after commit `seq`. They are not changed.
        seq: Commits up to this one are in `tables` already.

    Raises:
        KeyError: Something among them is no commit. Likewise TypeError, ValueError, AttributeError.
    """
    now: dict[tuple[str, str], Doc | None] = {}
    for commit in commits:
        number = commit["s"]
        if number <= seq:
            continue
        for op in commit["ops"]:
            key = op["t"], op["i"]
            if key[0] not in TABLES:
                continue
            before = now[key] if key in now else tables.get(key[0], {}).get(key[1])
            after, _fits = ops.result(op, before)
            now[key] = after
            change = DocChange(*key, before, after)
            one = happening(change, str(commit.get("at", "")), str(commit.get("by", "")))
            if one is not None:
                yield number, one


def joined(found: Iterable[Happening]) -> list[Happening]:
    """Return happenings with those joined that are one edit, in the order of their beginnings."""
    return [one for _number, one in _joined((0, one) for one in found)]


def _joined(found: Iterable[tuple[int, Happening]]) -> list[tuple[int, Happening]]:
    """Join happenings, each with the number of its last commit."""
    lines: list[tuple[int, Happening]] = []
    last: dict[tuple[str, str], int] = {}
    for number, one in found:
        at = last.get((one.table, one.id))
        if at is not None and _are_one(lines[at][1], one):
            lines[at] = number, _join(lines[at][1], one)
        else:
            last[one.table, one.id] = len(lines)
            lines.append((number, one))
    return [line for line in lines if line[1].kind != "set" or line[1].fields]


def _are_one(earlier: Happening, later: Happening) -> bool:
    if later.kind != "set" or earlier.kind == "del" or earlier.by != later.by:
        return False
    try:
        apart = datetime.fromisoformat(later.at) - datetime.fromisoformat(earlier.at)
    except (ValueError, TypeError):
        return False
    limit = MADE_SECONDS if earlier.kind == "new" else TOGETHER_SECONDS
    return 0 <= apart.total_seconds() <= limit


def _join(earlier: Happening, later: Happening) -> Happening:
    fields = dict(earlier.fields)
    for name, values in later.fields.items():
        old = fields.get(name, values)
        both = (old[0], values[1]) if old is not None and values is not None else None
        if both is not None and both[0] == both[1] and earlier.kind == "set":
            fields.pop(name, None)  # it is again what it was
        else:
            fields[name] = both
    return replace(earlier, fields=fields)


# Writing


@immutable
class Telling:
    """What a journal has to tell, ready to be added to the history file."""

    journal: str
    """The id of the record file that the journal was made for."""
    upto: int
    """The number of the last commit that is told of."""
    lines: Sequence[tuple[int, Happening]]
    """The number of the last commit of each, and what happened, in the order of the beginnings."""


def told_by(head: Doc, commits: Sequence[Doc], tables: Mapping[str, Any], seq: int) -> Telling:
    """Return what a journal has to tell; see `happenings` for the arguments and errors."""
    found = list(happenings(commits, tables, seq))
    upto = found[-1][0] if found else seq
    return Telling(str(head.get("of", "")), upto, _joined(found))


def add(folder: Folder, names: Names, telling: Telling) -> None:
    """Add to the history file what it does not tell yet, and sync it. The lock must be held.

    Of what was deleted for good it tells nothing.

    Raises:
        OSError: It could not be written.
        StorageError: The file must not be used.
    """
    gone = purge_list.read(folder, names)
    lines = [
        one
        for one in telling.lines
        if not any(d.knows(id) for d in gone for id in (one[1].id, one[1].mentee_id))
    ]
    if not lines:
        return
    try:
        fd = folder.open(names.history)
    except FileNotFoundError:
        fd = folder.create(names.history)
    try:
        size = folder.disk.fstat(fd).st_size
        start = max(0, size - _END)
        end = scan(folder.disk.pread(fd, _END, start), start)
        told = (one for one in reversed(end.records) if one.get("g") == telling.journal)
        upto = next(told, {}).get("u", 0)
        data = b"".join(frame(_as_doc(telling, one)) for number, one in lines if number > upto)
        if data:
            gap = b"\n" if end.unended or end.torn else b""  # a write was cut off
            write_all(fd, gap + data, size, folder.disk)
            folder.disk.fsync(fd)
    finally:
        os.close(fd)


def add_of_files(folder: Folder, names: Names) -> None:
    """Add what the present journal has to tell, before another one takes its place.

    The lock must be held. What cannot be read tells nothing, and must not keep anybody from
    mending it.
    """
    with suppress(OSError, StorageError, Unsound, LookupError, TypeError, ValueError):
        base, head, commits = _present(folder, names)
        add(folder, names, told_by(head, commits, base[0], base[1]))


def _as_doc(telling: Telling, one: Happening) -> Doc:
    about = {"t": one.table, "i": one.id, "m": one.mentee_id, "k": one.kind, "c": one.fields}
    return {"g": telling.journal, "u": telling.upto, "at": one.at, "by": one.by, **about}


def take_in(path: Path, key: str, found: Sequence[Happening], disk: Disk = REAL) -> None:
    """Add what happened elsewhere, as a hand-over brings it. Told once, it is not told again.

    Args:
        path: The record file.
        key: What identifies the hand-over.
        found: What happened, oldest first.
        disk: The calls to the operating system.

    Raises:
        OSError: It could not be written.
        StorageError: The files must not be used.
    """
    folder, name = open_folder(path, disk)
    with closing(folder):
        names = Names(name)
        lock = Lock(folder, names.lock)
        with closing(lock), lock:
            if not _is_told(folder, names, key):
                add(folder, names, Telling(key, len(found), list(enumerate(found, 1))))


def _is_told(folder: Folder, names: Names, key: str) -> bool:
    """Whether the history has lines of a journal, or of a hand-over."""
    try:
        fd = folder.open(names.history, os.O_RDONLY)
    except FileNotFoundError:
        return False
    try:
        return b'"g":%s,' % to_json(key) in read_all(fd, folder.disk)
    finally:
        os.close(fd)


# Reading


def read_history(path: Path, mentee_id: str, disk: Disk = REAL) -> list[Happening]:
    """Return what happened to a mentee and what belongs to them, oldest first.

    It is read from the disk without a lock, and nothing is changed there.

    Raises:
        OSError: A file cannot be read.
        StorageError: A file must not be used.
    """
    folder, name = open_folder(path, disk)
    folder.mending = False
    with closing(folder):
        names = Names(name)
        told = list(_of_file(folder, names, mentee_id))
        found = [one for _line, one in told]
        with suppress(Unsound, KeyError, TypeError, AttributeError, ValueError):
            (tables, seq), head, commits = _present(folder, names)
            # a fold that was cut off has told of some of them
            own = (number for (journal, number), _one in told if journal == head.get("of"))
            after = max(own, default=0)
            found += [
                one
                for number, one in happenings(commits, tables, seq)
                if number > after and one.mentee_id == mentee_id
            ]
    return joined(found)


def _of_file(
    folder: Folder, names: Names, mentee_id: str
) -> Iterator[tuple[tuple[str, int], Happening]]:
    """Yield what the history file tells of a mentee, each with its journal and number."""
    try:
        fd = folder.open(names.history, os.O_RDONLY)
    except FileNotFoundError:
        return
    try:
        data = read_all(fd, folder.disk)
    finally:
        os.close(fd)
    id = mentee_id.encode()
    for record in scan(b"\n".join(line for line in data.split(b"\n") if id in line)).records:
        with suppress(*NOT_TOLD):
            fields = fields_told(record["c"])
            if record["m"] == mentee_id:
                one = Happening(
                    str(record["t"]),
                    str(record["i"]),
                    mentee_id,
                    str(record["at"]),
                    str(record["by"]),
                    str(record["k"]),
                    fields,
                )
                yield (str(record["g"]), int(record["u"])), one


def fields_told(told: Any) -> dict[str, tuple[Any, Any] | None]:
    """Return field -> the values before and after, or None, as a line of the history has them.

    It raises one of `NOT_TOLD` for something else.
    """
    return {
        str(name): None if values is None else (values[0], values[1])
        for name, values in told.items()
    }


def _present(folder: Folder, names: Names) -> tuple[tuple[Tables, int], Doc, list[Doc]]:
    """Return documents and number of the record file, and header and commits of the journal."""
    try:
        fd = folder.open(names.journal, os.O_RDONLY)
    except FileNotFoundError as error:
        raise ValueError from error
    try:
        found = scan(read_all(fd, folder.disk))
    finally:
        os.close(fd)
    head = check_header(found, names.journal)
    content, _who = read_record(folder, names, whole=False)
    if head is None or content.meta is None:
        raise ValueError
    return (content.tables, content.meta.seq), head, found.records[1:]
