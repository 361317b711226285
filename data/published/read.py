"""Reading a published file, whoever wrote it and whatever it holds.

Such a file is another user's: it may be a link, a pipe, very long, or made to mislead. It is read
for what the schema names; a file with anything else is refused with a reason in plain words.
"""

from __future__ import annotations

import errno
import json
import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from data.i18n import _, ngettext
from data.published.schema import (
    FORMAT,
    HEAD,
    MENTEE,
    MOST_MENTEES,
    Field,
    Kind,
    Published,
    PublishedMentee,
    Stage,
    day_of,
    fits,
    should_be,
)
from data.storage.reasons import reason
from data.text import line

MOST_BYTES: Final = 8 << 20
"""How long a file may be: more than twice what all mentees that it may name take."""
_OPEN: Final = os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_NOCTTY
_MENTEES: Final = "mentees"


class NotReadable(Exception):
    """A file is not what a mentor publishes, or cannot be read; `str()` is one plain sentence."""


def read(path: Path) -> Published:
    """Return what a published file holds, with the user who owns it.

    Raises:
        NotReadable: It cannot be read, or holds something else.
    """
    try:
        data, owner = _bytes_of(path)
    except ValueError as error:  # a NUL in the path
        raise NotReadable(_("There is no such file.")) from error
    except OSError as error:
        raise NotReadable(_refused(error)) from error
    return parse(data, owner)


def _bytes_of(path: Path) -> tuple[bytes, int]:
    fd = os.open(path, _OPEN)
    try:
        found = os.fstat(fd)
        if not stat.S_ISREG(found.st_mode):
            raise NotReadable(_("It is not an ordinary file."))
        if found.st_size > MOST_BYTES:
            raise NotReadable(_too_long())
        parts, left = [], MOST_BYTES + 1
        while left and (part := os.read(fd, left)):
            parts.append(part)
            left -= len(part)
        if not left:
            raise NotReadable(_too_long())
        return b"".join(parts), found.st_uid
    finally:
        os.close(fd)


def _too_long() -> str:
    return _("It is longer than {number} MB.").format(number=MOST_BYTES >> 20)


def _refused(error: OSError) -> str:
    if error.errno in {errno.ENOENT, errno.ENOTDIR}:
        return _("There is no such file.")
    if error.errno in {errno.ELOOP, errno.EMLINK}:
        return _("It is a link, and links are not followed here.")
    if error.errno in {errno.EACCES, errno.EPERM}:
        return _("You may not read it.")
    if error.errno == errno.ENXIO:
        return _("It is not an ordinary file.")
    return _("It cannot be read: {why}.").format(why=reason(error))


def parse(data: bytes, owner: int | None = None) -> Published:
    """Return what the bytes of a published file say.

    Raises:
        NotReadable: They say something else.
    """
    found = _object_of(data)
    number = found.get("format")
    if type(number) is int and number > FORMAT:
        said = _("It is of a newer version of the program (format {number}).")
        raise NotReadable(said.format(number=min(number, 10**9)))
    rows = found.pop(_MENTEES, None)
    if type(number) is not int or number != FORMAT or not isinstance(rows, list):
        raise NotReadable(_("It is not a file that a mentor publishes."))
    if len(rows) > MOST_MENTEES:
        said = ngettext(
            "It names more than {number} mentee.",
            "It names more than {number} mentees.",
            MOST_MENTEES,
        )
        raise NotReadable(said.format(number=MOST_MENTEES))
    head = _values(found, HEAD)
    if any(isinstance(row, dict) and _is_more(row) for row in rows):
        raise NotReadable(_("“steps” is more than “steps_of”."))
    mentees = tuple(PublishedMentee(**_values(row, MENTEE)) for row in rows)
    return Published(head["written"], head["capacity"], mentees, owner)


def _is_more(row: Mapping[str, Any]) -> bool:
    done, of = row.get("steps"), row.get("steps_of")
    return isinstance(done, int) and isinstance(of, int) and done > of


def _object_of(data: bytes) -> dict[str, Any]:
    """Return the one JSON object of a file; no key may be there twice."""
    try:
        found = json.loads(data.decode(), object_pairs_hook=_once, parse_constant=_no_constant)
    except (ValueError, RecursionError, MemoryError) as error:
        raise NotReadable(
            _("It is not JSON. To write it again its mentor gives: mentor publish on.")
        ) from error
    if not isinstance(found, dict):
        raise NotReadable(_("It is not a file that a mentor publishes."))
    return found


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key is there twice")
    return found


def _no_constant(word: str) -> float:
    raise ValueError(word)


def _values(found: object, fields: Mapping[str, Field]) -> dict[str, Any]:
    """Return the values of an object, dates and phases as such."""
    if not isinstance(found, dict):
        raise NotReadable(_("It is not a file that a mentor publishes."))
    if odd := found.keys() - fields.keys():
        name = line(min(odd))[:40]
        raise NotReadable(_("“{key}” does not belong in it.").format(key=name))
    if lacking := fields.keys() - found.keys():
        raise NotReadable(_("“{key}” is not in it.").format(key=min(lacking)))
    return {name: _value(name, field, found[name]) for name, field in fields.items()}


def _value(name: str, field: Field, value: Any) -> Any:
    if not fits(field, value):
        said = _("“{key}” must be {value}.")
        raise NotReadable(said.format(key=name, value=should_be(field)))
    if value is not None and field.kind is Kind.DATE:
        return day_of(value)
    return Stage(value) if field.kind is Kind.STAGE else value
