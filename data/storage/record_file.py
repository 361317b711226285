"""The record file: a plain TinyDB JSON file with one document on each line.

It begins with the `_meta` table, in a head of fixed length, which has a checksum of all the file.
The file is never changed. A new one is written and renamed into its place.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from math import isfinite
from typing import Any
from zlib import crc32

from data.frozen import changing, immutable
from data.storage import raw_table
from data.storage.disk import REAL, Disk
from data.storage.folder import write_all
from data.storage.journal import FORMAT, to_json
from data.storage.protocol import Doc, Docs, Tables

HEAD = 384
"""The length of the head in bytes."""
META = "_meta"
"""The name of the table in the head. It holds no records."""
_BLOCK = 1 << 20


@immutable
class Meta:
    """What a record file says of itself."""

    format: int
    gen: int
    """The generation: grows by one each time the file is written."""
    id: str
    """A random name of the generation. The journal names the one that it belongs to."""
    prev: str
    """The `id` of the generation before it."""
    seq: int
    """Number of the last commit that is in the file."""
    at: str
    """When it was written: ISO local time with its offset."""
    bytes: int = 0
    """The length of the file behind the head."""
    crc: str = ""
    """The checksum, see `checksum`: 8 hex digits."""


def new_generation(before: Meta | None, seq: int, at: str, form: int = 0) -> Meta:
    """Return what the next generation says of itself.

    Args:
        before: The generation before it; None if there is none.
        seq: The number of the last commit that is in it.
        at: When it is written.
        form: The least number that its format has; it never has a lower one than before.
    """
    return Meta(
        format=max(FORMAT, form, before.format if before else 0),
        gen=before.gen + 1 if before else 1,
        id=os.urandom(8).hex(),
        prev=before.id if before else "",
        seq=seq,
        at=at,
    )


def meta_of(value: Any) -> Meta | None:
    """Return what a `_meta` table says; None if this program has not written it."""
    try:
        found = Meta(**value["1"])
    except (TypeError, KeyError):
        return None
    ints = (found.format, found.gen, found.seq, found.bytes)
    texts = (found.id, found.prev, found.at, found.crc)
    right = all(type(n) is int for n in ints) and all(type(t) is str for t in texts)
    return found if right else None


def format_of(value: Any) -> int:
    """Return the format number in a `_meta` table of whatever format; 0 if there is none."""
    try:
        number = value["1"]["format"]
    except (TypeError, KeyError):
        return 0
    return number if type(number) is int and number > 0 else 0


def read_head(head: bytes) -> Meta | None:
    """Return what a record file says by its first bytes; None if it is not one of ours."""
    try:
        return meta_of(json.loads(head[:HEAD] + b"}")[META])
    except (ValueError, TypeError, KeyError, RecursionError):
        return None


def format_of_head(head: bytes) -> int:
    """Return the format number in the first bytes of a record file, of whatever format.

    A head of a later format may not be JSON up to its end, so the number is looked for.

    Returns:
        The number; 0 if there is none.
    """
    start = head.find(b'"format":')
    digits = head[start + 9 : start + 15].strip().split(b",")[0] if start >= 0 else b""
    return int(digits) if digits.isdigit() else 0


@changing
class Content:
    """What a record file holds."""

    tables: Tables
    """All documents."""
    meta: Meta | None
    """What it says of itself; None if this program has not written it."""
    format: int
    """Its format number; 0 if this program has not written it."""
    sound: bool
    """Whether the checksum is right: nobody has changed it since this program wrote it."""


class NotTinyDB(ValueError):
    """The bytes are not a TinyDB file."""


def read(data: bytes) -> Content:
    """Return what the bytes of a record file hold. Its documents are decoded when asked for.

    Unless somebody else has changed the file; then all of it is looked at, as by `parse`.

    Raises:
        NotTinyDB: They are not a TinyDB file.
    """
    head = read_head(data)
    if head is not None and _is_sound(data, head):
        tables = raw_table.read_tables(data, HEAD)
        if tables is not None:
            return Content(tables, head, head.format, sound=True)
    return parse(data)


def _is_sound(data: bytes, head: Meta) -> bool:
    """Whether nobody has changed a file since this program wrote it."""
    body = memoryview(data)[HEAD:]
    return head.bytes == len(body) and head.crc == checksum(head, crc32(body))


def parse(data: bytes) -> Content:
    """Return what the bytes of a record file hold, with all documents decoded.

    Raises:
        NotTinyDB: They are not a TinyDB file.
    """
    head = read_head(data)
    sound = head is not None and _is_sound(data, head)
    try:
        found = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise NotTinyDB from error
    if not isinstance(found, dict):
        raise NotTinyDB
    if not sound:
        found = _writable(data)
    raw_meta = found.pop(META, None)
    if not sound:
        found = _checked(found)
    # a second table of that name is a record's, and says nothing of the file
    meta = head or meta_of(raw_meta)
    form = max(meta.format, 0) if meta else format_of(raw_meta)
    return Content(found, meta, form, sound)


def _writable(data: bytes) -> Any:
    """Parse JSON of another program, without those values that could not be written again."""
    return json.loads(data, parse_constant=_no_number, parse_float=_finite)


def _no_number(_name: str) -> None:
    """Return None for NaN or Infinity, which JSON does not have and some programs write."""


def _finite(digits: str) -> float | None:
    """Return a number, or None if it is too large for the machine: it would become Infinity."""
    value = float(digits)
    return value if isfinite(value) else None


def _checked(found: dict[str, Any]) -> Tables:
    """Return JSON as tables of documents. Raises `NotTinyDB` if it is something else."""
    for docs in found.values():
        if not isinstance(docs, dict):
            raise NotTinyDB
        for doc in docs.values():
            if not isinstance(doc, dict):
                raise NotTinyDB
    return found


def checksum(meta: Meta, body: int) -> str:
    """Return the checksum of a record file.

    Args:
        meta: What the head says. The checksum covers that too.
        body: The CRC-32 of what is behind the head.
    """
    head = f"{meta.format},{meta.gen},{meta.id},{meta.prev},{meta.seq},{meta.at}"
    return f"{crc32(head.encode(), body):08x}"


class Writer:
    """Writes a record file into an empty file, table by table and line by line. Syncs nothing."""

    def __init__(self, fd: int, disk: Disk = REAL) -> None:
        self._fd = fd
        self._disk = disk
        self._parts: list[bytes] = []
        self._held = 0
        self._at = HEAD
        self._crc = 0
        self._in_table = self._has_line = False

    def table(self, name: str) -> None:
        """Begin a table."""
        self._end_table()
        self._put(b",\n%s:{\n" % to_json(name))
        self._in_table, self._has_line = True, False

    def document(self, id: str, doc: Doc) -> None:
        """Write a document of the table."""
        self.line(_line(id, doc))

    def documents(self, docs: Docs) -> None:
        """Write documents of the table. Lines that stand for themselves are copied."""
        for line in lines_of(docs):
            self.line(line)

    def line(self, line: bytes) -> None:
        """Write the line of a document, without its comma and line end."""
        self._put(b",\n" + line if self._has_line else line)
        self._has_line = True

    def finish(self, meta: Meta) -> Meta:
        """Write what has been held back, and the head. Return what the head says."""
        self._end_table()
        self._put(b"\n}\n")
        self._flush()
        meta = replace(meta, bytes=self._at - HEAD, crc=checksum(meta, self._crc))
        head = b'{"%s":{"1":%s}' % (META.encode(), to_json(asdict(meta)))
        if len(head) > HEAD:
            raise ValueError("the head is too long")
        write_all(self._fd, head.ljust(HEAD), 0, self._disk)
        return meta

    def _end_table(self) -> None:
        if self._in_table:
            self._put(b"\n}" if self._has_line else b"}")
            self._in_table = False

    def _put(self, part: bytes) -> None:
        self._parts.append(part)
        self._held += len(part)
        if self._held >= _BLOCK:
            self._flush()

    def _flush(self) -> None:
        block = b"".join(self._parts)
        self._parts.clear()
        self._held = 0
        write_all(self._fd, block, self._at, self._disk)
        self._at += len(block)
        self._crc = crc32(block, self._crc)


def lines_of(docs: Docs) -> Iterator[bytes]:
    """Yield documents as lines of a record file, without their commas and line ends."""
    return (line for _id, line in lines_by_id(docs))


def lines_by_id(docs: Docs) -> Iterator[tuple[str, bytes]]:
    """Yield the ids of documents, each with the line that `lines_of` yields."""
    if isinstance(docs, raw_table.RawTable):
        for at, id in docs.walk():
            yield id, docs.base.line(at) if at is not None else _line(id, docs[id])
    else:
        yield from ((id, _line(id, doc)) for id, doc in docs.items())


def lines_matching(
    docs: Mapping[str, Doc], patterns: Sequence[re.Pattern[bytes]]
) -> list[tuple[str, bytes]]:
    """Return of what `lines_by_id` yields those lines in which one of the patterns stands."""
    if not isinstance(docs, raw_table.RawTable):
        changed = docs
        found = []
    else:
        base = docs.base
        at_lines = sorted({at for one in patterns for at in base.matching(one)})
        found = [(id, base.line(at)) for at in at_lines if (id := base.id(at)) not in docs.changed]
        changed = {id: doc for id, doc in docs.changed.items() if doc is not None}
    lines = ((id, _line(id, doc)) for id, doc in changed.items())
    return found + [(id, line) for id, line in lines if any(one.search(line) for one in patterns)]


def all_matches(docs: Docs, pattern: re.Pattern[bytes]) -> set[bytes]:
    """Return all that a pattern finds in the lines of documents."""
    if not isinstance(docs, raw_table.RawTable):
        return {one for _id, line in lines_by_id(docs) for one in pattern.findall(line)}
    found = docs.base.all_of(pattern)
    for id, doc in docs.changed.items():
        if doc is not None:
            found.update(pattern.findall(_line(id, doc)))
    return found


def _line(id: str, doc: Doc) -> bytes:
    return b"%s:%s" % (to_json(id), to_json(doc))


def write(fd: int, tables: Tables, meta: Meta, disk: Disk = REAL) -> Meta:
    """Write tables as a record file into an empty file, which is not synced.

    Returns:
        What its head says.
    """
    writer = Writer(fd, disk)
    for name, docs in tables.items():
        if docs and name != META:
            writer.table(name)
            writer.documents(docs)
    return writer.finish(meta)


class Lines:
    """The lines behind the head of a record file. They are read block by block."""

    def __init__(self, fd: int, disk: Disk = REAL) -> None:
        self._fd = fd
        self._disk = disk
        self.crc = 0
        """The CRC-32 of what is behind the head, when all lines have been read."""

    def __iter__(self) -> Iterator[bytes]:
        """Yield the lines without their line ends."""
        at, crc, rest = HEAD, 0, b""
        while block := self._disk.pread(self._fd, _BLOCK, at):
            at += len(block)
            crc = crc32(block, crc)
            *lines, rest = (rest + block).split(b"\n")
            yield from lines
        self.crc = crc
        if rest:
            yield rest


def salvage(data: bytes) -> Tables:
    """Return those documents of a damaged record file whose lines can be read."""
    tables: Tables = {}
    docs: Docs | None = None
    for line in data.split(b"\n"):
        text = line.strip().removesuffix(b",")
        if text.endswith(b":{"):
            name = _json_or_none(text[:-2])
            docs = tables.setdefault(name, {}) if isinstance(name, str) else None
        elif docs is not None and text.startswith(b'"'):
            pair = _json_or_none(b"{" + text + b"}")
            if isinstance(pair, dict):
                docs.update((id, doc) for id, doc in pair.items() if isinstance(doc, dict))
    return {name: docs for name, docs in tables.items() if docs and name != META}


def _json_or_none(text: bytes) -> Any:
    try:
        return _writable(text)
    except (ValueError, RecursionError):
        return None
