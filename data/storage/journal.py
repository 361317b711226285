"""The lines of the journal: one for each commit, each with a checksum.

A line is `{"c":"<crc32 of r, 8 hex digits>","r":{...}}` and a newline. The first line is the header
`{"h":format,"of":id of the record file it belongs to,"gen":its generation,"base":its seq,...}`. The
others are commits `{"s":seq,"at":...,"by":...,"ses":session,"ops":[...]}`, whose seq grows by one.

Empty lines mean nothing. The file ends with many of them, as room for lines to come: writing there
is faster to sync than making the file longer, and does not fail when the disk is full.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import field
from typing import Any, Final
from zlib import crc32

from data.frozen import changing
from data.storage.protocol import Doc

FORMAT = 1
"""The number of the format of record file and journal.

It grows with each change that an older program could not read. `data.storage.migrations` brings
files of earlier formats to this one.
"""
TEAM_FORMAT = 2
"""The number in a team file, from which what is private is taken out (`data.storage.split`).

The files are the same but for that. A program that does not know it would write private words into
the file again, so it is to leave the file alone. The next format of all files will be number 3.
"""

_BEFORE = b'{"c":"'
_BETWEEN = b'","r":'
_AFTER = b"}"
_START = len(_BEFORE) + 8 + len(_BETWEEN)


def _encoder(*, ascii_only: bool) -> Callable[[Any], str]:
    """Return a function that encodes values. `json.dumps` would make a new encoder for each."""
    plain = json.JSONEncoder(ensure_ascii=ascii_only, separators=(",", ":"), allow_nan=False)
    make = getattr(json.encoder, "c_make_encoder", None)
    if make is None:  # An interpreter without the compiled one.
        return plain.encode
    texts = json.encoder.encode_basestring_ascii if ascii_only else json.encoder.encode_basestring
    parts = make(None, plain.default, texts, None, ":", ",", False, False, False)
    return lambda value: "".join(parts(value, 0))


_encode = _encoder(ascii_only=False)
_encode_ascii = _encoder(ascii_only=True)


def to_json(value: Any) -> bytes:
    """Return a value as JSON, on one line.

    Raises:
        TypeError: JSON has no such value.
        ValueError: Likewise.
    """
    try:
        return _encode(value).encode()
    except UnicodeEncodeError:
        # There is half a character in it, from a broken paste. JSON can hold that as an escape.
        return _encode_ascii(value).encode()


def frame(value: Doc) -> bytes:
    """Return the line of a value, with its checksum and its line end."""
    body = to_json(value)
    return b"%s%08x%s%s%s\n" % (_BEFORE, crc32(body), _BETWEEN, body, _AFTER)


def unframe(line: bytes) -> Doc | None:
    """Return the value of a line without its line end; None if the line is damaged."""
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


ROOM: Final = 64 << 10
"""How many bytes for lines to come are written behind a line when there are none left."""


def with_room(line: bytes) -> bytes:
    """Return a line with room for lines to come behind it, as line ends, which no line begins with.

    It is made each time: most sessions need it once or never.
    """
    return line.ljust(len(line) + ROOM, b"\n")


@changing
class Scan:
    """What was found in a part of a journal."""

    records: list[Doc] = field(default_factory=list)
    """The values of the lines that can be read."""
    damaged: list[bytes] = field(default_factory=list)
    """Lines that cannot be read and have a readable line after them."""
    torn: bytes = b""
    """What stands after the last readable line: a write that was cut off, or one that another
    session is just making."""
    good_end: int = 0
    """Where the last readable line ends."""
    end: int = 0
    """Where the last line that is not empty ends."""
    unended: bool = False
    """Whether that line lacks its line end."""


def scan(data: bytes, start: int = 0) -> Scan:
    """Read lines of a journal.

    Args:
        data: The bytes.
        start: Where they begin in the journal. The places that are returned count from its start.
    """
    content = data.rstrip(b"\n")
    ended = len(content) < len(data)
    found = Scan(good_end=start, end=start + len(content) + (1 if content and ended else 0))
    found.unended = bool(content) and not ended
    bad: list[bytes] = []
    at = start
    for line in content.split(b"\n"):
        at += len(line) + 1
        if not line:
            continue
        value = unframe(line.removesuffix(b"\r"))
        if value is None:
            bad.append(line)
            continue
        found.records.append(value)
        found.damaged += bad
        bad.clear()
        found.good_end = min(at, found.end)
    found.torn = b"\n".join(bad)
    return found


def newest() -> int:
    """Return the highest number of a format that this program knows."""
    return max(FORMAT, TEAM_FORMAT)


def header(form: int, of: str, *, gen: int, base: int, at: str, by: str) -> Doc:
    """Return the header of the journal that belongs to a record file of a format."""
    return {"h": form, "of": of, "gen": gen, "base": base, "at": at, "by": by}


def is_header(value: Doc) -> bool:
    """Return whether a value is the header of a journal, of whatever format."""
    return isinstance(value.get("h"), int) and isinstance(value.get("base"), int)
