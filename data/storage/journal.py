"""The journal: one line for each commit, each with a checksum.

A line is `{"c":"<crc32 of r, 8 hex digits>","r":{...}}` and a newline. The first line is the header
`{"h":format,"of":id of the record file it belongs to,"gen":its generation,"base":its seq,...}`; the
others are records `{"s":seq,"at":...,"by":...,"ses":session,"ops":[...]}` with seq growing by one.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any
from zlib import crc32

from data.storage.protocol import Doc

FORMAT = 1
"""The number of the form of record file and journal. It grows with each change that an older
program could not read; `data.storage.migrations` has the way up from each earlier one."""

_BEFORE = b'{"c":"'
_BETWEEN = b'","r":'
_AFTER = b"}\n"
_START = len(_BEFORE) + 8 + len(_BETWEEN)
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode
_encode_ascii = json.JSONEncoder(separators=(",", ":"), allow_nan=False).encode


def to_json(value: Any) -> bytes:
    """Encode on one line. Raises TypeError or ValueError for what is not JSON."""
    try:
        return _encode(value).encode()
    except UnicodeEncodeError:
        # Half a character, from a broken paste: JSON can hold it as an escape only.
        return _encode_ascii(value).encode()


def frame(value: Doc) -> bytes:
    """Return the line that holds a value."""
    body = to_json(value)
    return b"%s%08x%s%s%s" % (_BEFORE, crc32(body), _BETWEEN, body, _AFTER)


def unframe(line: bytes) -> Doc | None:
    """Return the value that a line (with its newline) holds; None where it is damaged."""
    if not (line.startswith(_BEFORE) and line.endswith(_AFTER)):
        return None
    body = line[_START : -len(_AFTER)]
    if line[len(_BEFORE) : _START] != b"%08x%s" % (crc32(body), _BETWEEN):
        return None
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


@dataclass
class Scan:
    """What a stretch of a journal holds."""

    records: list[Doc] = field(default_factory=list)
    damaged: list[tuple[int, bytes]] = field(default_factory=list)
    """Lines that could not be read, and where they begin."""
    torn: bytes = b""
    """What follows the last newline."""
    end: int = 0
    """Where the last whole line ends."""


def scan(data: bytes, start: int = 0) -> Scan:
    """Read the lines of `data`, which was found at `start` in the journal."""
    found = Scan(end=start)
    for line in data.splitlines(keepends=True) if b"\r" not in data else _lines(data):
        if not line.endswith(b"\n"):
            found.torn = line
            break
        if line != b"\n":
            value = unframe(line)
            if value is None:
                found.damaged.append((found.end, line))
            else:
                found.records.append(value)
        found.end += len(line)
    return found


def _lines(data: bytes) -> list[bytes]:
    """Split at newlines only (`bytes.splitlines` splits at carriage returns too)."""
    *whole, last = data.split(b"\n")
    return [line + b"\n" for line in whole] + ([last] if last else [])


def header(of: str, gen: int, base: int, at: str, by: str) -> Doc:
    """Return the first record of a journal that belongs to a record file."""
    return {"h": FORMAT, "of": of, "gen": gen, "base": base, "at": at, "by": by}


def is_header(value: Doc) -> bool:
    """Whether it is a journal's first record, of whatever format."""
    return isinstance(value.get("h"), int) and isinstance(value.get("base"), int)
