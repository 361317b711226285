"""What every record has: an id, a revision, and when and by whom it was last changed."""

from __future__ import annotations

import os
import threading
import time
from dataclasses import field
from datetime import datetime
from typing import ClassVar

from data.frozen import Frozen, frozen


class _Ids:
    """Ids that two sessions never give alike: microseconds since 1970 and three random digits.

    They are digits only, since a plain `tinydb.TinyDB` reads document ids with `int()`; in the
    program they are always strings. Within one process they grow.
    """

    def __init__(self) -> None:
        self._last = 0
        self._lock = threading.Lock()

    def next(self) -> str:
        with self._lock:
            now = time.time_ns() // 1000 * 1000 + int.from_bytes(os.urandom(4)) % 1000
            self._last = max(self._last + 1, now)
            return str(self._last)


_ids = _Ids()


def new_id() -> str:
    """Return a new id: a string of 19 digits, unique across processes and growing within one."""
    return _ids.next()


def part_id(whole: str, part: str) -> str:
    """Return the id of a record that is a part of another one: always the same for the same part.

    So two sessions that make it at the same time make one record. `whole` is the other's id, and
    `part` a name that no other part of it has. Such an id has 20 digits, the first of them a 9, and
    does not tell when the record was made.
    """
    from hashlib import sha256  # loads OpenSSL, which a start need not wait for

    number = int.from_bytes(sha256(f"{whole}:{part}".encode()).digest()[:16])
    return f"9{number % 10**19:019}"


def is_part_id(id: str) -> bool:
    """Whether an id comes from `part_id`."""
    return len(id) == 20 and id[0] == "9"


TEXT = {"text": True}
"""Field metadata: text written at length. Two sessions' edits of it are merged, never dropped."""


def text_field() -> str:
    """Declare a field of long text (see `TEXT`)."""
    return field(default="", metadata=TEXT)


PASSING = {"passing": True}
"""Field metadata: where somebody stands just now. Of two sessions' values one stays, and nobody is
asked about the other."""


@frozen
class Record(Frozen):
    """One document in one table. Values never change; a new state is a new record.

    The store alone sets `rev`, `created_at`, `changed_at` and `changed_by`.
    """

    table: ClassVar[str] = ""
    """The name of the TinyDB table."""
    UNDOABLE: ClassVar[bool] = True
    """Whether typing in it is a step of undo."""

    id: str = field(default_factory=new_id)
    rev: int = 0
    """0 while not stored; each stored change adds one."""
    created_at: datetime | None = None
    """Local time of the computer, with its offset."""
    changed_at: datetime | None = None
    changed_by: str = ""
    """Login name of the one who changed it last."""


@frozen
class MenteeRecord(Record):
    """A record that belongs to one mentee."""

    mentee_id: str
