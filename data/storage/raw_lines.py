"""The lines of a record file, kept as they were read, and where each is.

A session looks at few of the documents of a large file. So they stay lines of JSON until somebody
asks for one. The bytes never change, so that tables in several threads can share them.
"""

from __future__ import annotations

import json
import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import cached_property, lru_cache
from itertools import chain
from operator import eq, le
from typing import Final

from data.storage.protocol import Doc

_decode = json.JSONDecoder().raw_decode
_KEYS = (1 << 64) - 1
_LARGE = 1 << 32
"""From so many bytes on, a place in a file takes more than four."""
_LONGEST = 40
"""Ids of more digits are not this program's. To make numbers of them could take very long."""
_COMMA, _OPEN, _CLOSE, _QUOTE = b',{}"'


class TableLines:
    """The lines of one table: each has the id of a document in quotes, a colon, and the document.

    They are counted from 0, in the order of the file.
    """

    def __init__(self, data: bytes, starts: array[int], end: int, keys: array[int]) -> None:
        """Remember where the lines are.

        Args:
            data: The bytes of the file.
            starts: Where each line begins.
            end: Where the last one ends, without its line end.
            keys: `_key` of the id on each line.

        Raises:
            ValueError: Two lines have the same key.
        """
        self._data = data
        self._starts = starts
        self._end = end
        self._keys = keys
        """The keys in order."""
        self._by_key: Sequence[int] = range(len(starts))
        """The numbers of the lines that they are of."""
        if any(map(le, keys[1:], keys)):
            self._by_key = array(starts.typecode, sorted(range(len(keys)), key=keys.__getitem__))
            self._keys = array(keys.typecode, (keys[at] for at in self._by_key))
            if any(map(eq, self._keys[1:], self._keys)):
                raise ValueError("two lines have the same key")

    def __len__(self) -> int:
        return len(self._starts)

    def id(self, at: int) -> str:
        """Return the id of the document on a line."""
        start = self._starts[at] + 1
        return self._data[start : self._data.index(_QUOTE, start)].decode()

    def find(self, id: str) -> int | None:
        """Return the number of the line with a document; None if no line has it."""
        if len(id) > _LONGEST:
            return None
        try:
            key = _key(id)
        except ValueError:
            return None
        place = bisect_left(self._keys, key)
        if place == len(self._keys) or self._keys[place] != key:
            return None
        at = self._by_key[place]
        return at if self._data.startswith(b'"%s":{' % id.encode(), self._starts[at]) else None

    def line(self, at: int) -> bytes:
        """Return a line as it stands in the file, without its comma and line end."""
        return self._data[self._starts[at] : self._end_of(at)]

    def _end_of(self, at: int) -> int:
        return self._starts[at + 1] - len(b",\n") if at + 1 < len(self._starts) else self._end

    def doc(self, at: int) -> Doc:
        """Return the document on a line.

        One that cannot be read has no fields. This program has not written it so, since the
        checksum of the file was right. It stays in the file as it is until the document changes,
        and `mentor doctor`, which reads everything, says so.
        """
        start = self._data.index(b"{", self._starts[at])
        try:
            text = self._data[start : self._end_of(at)].decode()
            found, end = _decode(text)
        except (ValueError, RecursionError):
            return {}
        return found if end == len(text) and isinstance(found, dict) else {}

    def docs(self, lines: Sequence[int]) -> list[Doc]:
        """Return the documents on several lines, as `doc` does for each: decoded in one go."""
        data, starts = self._data, self._starts
        bodies = [data[data.index(b"{", starts[at]) : self._end_of(at)] for at in lines]
        try:
            found = json.loads(b"[%s]" % b",".join(bodies))
        except (ValueError, RecursionError):
            found = []
        if len(found) != len(lines) or not all(type(doc) is dict for doc in found):
            return [self.doc(at) for at in lines]
        return list(found)

    def text(self, at: int, field: str) -> str:
        """Return the value of a field; "" if the document lacks it or it is no text.

        The document is decoded only if that is not plain to see. Within a text JSON has a backslash
        before each quotation mark, so that what is looked for does not stand there.
        """
        begin, until = self._starts[at], self._end_of(at)
        name = b'"%s":' % field.encode()
        place = self._data.find(name, begin, until)
        if place < 0:
            return ""
        start = place + len(name) + 1
        end = self._data.find(b'"', start, until)
        inner = self._data.index(b"{", begin) + 1
        key_of_doc = self._data.find(b"{", inner, place) < 0
        key_of_doc = key_of_doc and self._data[place - 1] in {_COMMA, _OPEN}
        if key_of_doc and self._data[start - 1] == _QUOTE:
            value = self._data[start:end]
            if b"\\" not in value:
                return value.decode()
        found = self.doc(at).get(field)
        return found if isinstance(found, str) else ""

    def texts(self, field: str) -> Iterator[tuple[str, str]]:
        """Yield the id of the document on each line, and what `text` returns of it."""
        name = b'"%s":"' % field.encode()
        data, find, count = self._data, self._data.find, self._data.count
        ends = chain(self._starts[1:], (self._end + len(b",\n"),))
        for at, (begin, after) in enumerate(zip(self._starts, ends, strict=False)):
            id = data[begin + 1 : find(b'"', begin + 1)].decode()
            place = find(name, begin, after)
            start = place + len(name)
            value = data[start : find(b'"', start)]
            # What `text` looks at, for a plain value.
            plain = place > 0 and data[place - 1] in {_COMMA, _OPEN} and value.isalnum()
            if plain and count(b"{", begin, place) == 1:
                yield id, value.decode()
            else:
                yield id, self.text(at, field)

    def matching(self, pattern: re.Pattern[bytes]) -> set[int]:
        """Return the numbers of those lines in which a pattern stands, within one line."""
        if not self._starts:
            return set()
        found = pattern.finditer(self._data, self._starts[0], self._end)
        return {bisect_right(self._starts, match.start()) - 1 for match in found}

    def all_of(self, pattern: re.Pattern[bytes]) -> set[bytes]:
        """Return all that a pattern finds in the lines."""
        return set(pattern.findall(self._data, self._starts[0] if self._starts else 0, self._end))

    def with_text(self, text: str) -> Iterator[int]:
        """Yield the numbers of those lines that have a text of letters and digits as a value."""
        key = b'"%s"' % text.encode()
        at = 0
        while at < len(self._starts):
            place = self._data.find(key, self._starts[at], self._end)
            if place < 0:
                return
            at = bisect_right(self._starts, place)
            yield at - 1


def _key(id: str | bytes) -> int:
    """Return a number by which a line is found, which is the id itself for nearly all of them.

    Where two ids have the same, the table is decoded.
    """
    return int(id) & _KEYS


NO_LINES: Final = TableLines(b"", array("I"), 0, array("Q"))


class TableBytes:
    """The bytes of one table. Where its lines are is found out when somebody asks for one."""

    def __init__(self, data: bytes, start: int, end: int) -> None:
        """Remember where the table is in the bytes of the file: its lines, without the last end."""
        self._data = data
        self._start = start
        self._end = end

    @property
    def raw(self) -> bytes:
        """The bytes of the table alone: its lines, without the last end."""
        return self._data[self._start : self._end]

    @cached_property
    def lines(self) -> TableLines | None:
        """The lines; None if their ids are not as this program makes them.

        Then the documents are in `decoded`.
        """
        starts, keys = array("I" if len(self._data) < _LARGE else "Q"), array("Q")
        data, find, at = self._data, self._data.find, self._start
        while at < self._end:
            mark = find(b'":{', at + 1)
            id = data[at + 1 : mark]
            if mark < 0 or not id.isdigit() or len(id) > _LONGEST:
                return None
            starts.append(at)
            keys.append(_key(id))
            at = find(b"\n", mark) + 1 or self._end
        try:
            return TableLines(data, starts, self._end, keys)
        except ValueError:
            return None

    def decoded(self) -> dict[str, Doc]:
        """Return all documents. A line that cannot be read is left out; see `TableLines.doc`."""
        docs: dict[str, Doc] = {}
        for line in self._data[self._start : self._end].split(b"\n"):
            with suppress(ValueError, RecursionError):
                docs.update(json.loads(b"{%s}" % line.removesuffix(b",")))
        return docs


def read_tables(data: bytes, start: int) -> dict[str, TableBytes] | None:
    """Return where the tables are in the bytes of a record file.

    Args:
        data: The bytes of the file.
        start: Where the tables begin in it.

    Returns:
        None if the lines are not as `data.storage.record_file.Writer` writes them: each of a table
        with a document, and those but the last with a comma.
    """
    tables: dict[str, TableBytes] = {}
    at = start
    while data[at : at + 4] != b"\n}\n":
        end = data.find(b"\n", at + 2)
        head = data[at:end]
        if not head.startswith(b',\n"') or not head.endswith(b'":{'):
            return None
        try:
            name = json.loads(head[2:-2])
        except ValueError:
            return None
        first, last = end + 1, data.find(b"\n}", end)
        if last < 0 or name in tables or not _is_in_lines(data, first, last):
            return None
        tables[name], at = TableBytes(data, first, last), last + 2
    return tables


def _is_in_lines(data: bytes, start: int, end: int) -> bool:
    """Whether each line but the last ends in a brace and a comma, and each begins with a quote."""
    if end < start:
        return True  # there is none
    ends = data.count(b"\n", start, end)
    whole = data[start] == _QUOTE and data[end - 1] == _CLOSE
    return whole and data.count(b'},\n"', start, end) == ends


@lru_cache(maxsize=4)
def patterns(ids: frozenset[str]) -> tuple[re.Pattern[bytes], ...]:
    """Return what finds ids, quickly: those that begin alike together."""
    groups: dict[str, list[bytes]] = {}
    for id in sorted(ids):
        # an id of another program may be a part of any number
        name = id if len(id) in {19, 20} else f'"{id}"'
        groups.setdefault(name[:2], []).append(re.escape(name.encode()))
    return tuple(re.compile(b"|".join(group)) for group in groups.values())
