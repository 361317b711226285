"""What every record has: an id, a revision, and when and by whom it was last changed."""

from __future__ import annotations

import os
import threading
import time
from dataclasses import field
from datetime import datetime
from typing import ClassVar

from data.digest import sha256
from data.frozen import Frozen, frozen


class _Ids:
    """Makes ids that no other session makes: the time since 1970 and random digits, 19 together.

    They are strings in the program, but of digits only, since TinyDB reads them with `int()`.
    Within one process every id is greater than the one before.
    """

    def __init__(self, digits: int, step: int = 1) -> None:
        """Begin with none.

        Args:
            digits: How many digits are random; they take the place of those of the time, which is
                in nanoseconds.
            step: How far at the most the next id is from the one before within the same time.
        """
        self._unit = 10**digits
        self._step = step
        self._last = 0
        self._lock = threading.Lock()

    def next(self) -> str:
        """Return a new id."""
        with self._lock:  # two threads must never get the same id
            now = time.time_ns() // self._unit * self._unit + _random(self._unit)
            # The computer's clock may be set back, or stand still between two calls.
            self._last = now if now > self._last else self._last + 1 + _random(self._step)
            return str(self._last)


def _random(below: int) -> int:
    """Return a random number from 0 on that nobody can work out, below one up to 10**13."""
    return int.from_bytes(os.urandom(8)) % below


_ids = _Ids(3)
_ids_of_mentees = _Ids(13, 10**12)


def new_id() -> str:
    """Return a new id: 19 digits, unique across sessions, and growing within this one."""
    return _ids.next()


def new_mentee_id() -> str:
    """Return a new id for a mentee: one that nobody finds by trying who knows when it was made.

    Whoever found it could ask a server whether there is such a mentee. Else it is like `new_id`,
    but tells the time to some three hours only: 13 digits are random.
    """
    return _ids_of_mentees.next()


def part_id(whole: str, part: str) -> str:
    """Return the id of a record that is a part of another, which is always the same for that part.

    So if two sessions make the record at the same time, they make the same one. Such an id has 20
    digits, of which the first is 9. Unlike other ids it does not say when the record was made.

    Args:
        whole: The id of the other record.
        part: A name that no other part of that record has.
    """
    number = int.from_bytes(sha256(f"{whole}:{part}".encode())[:16])
    return f"9{number % 10**19:019}"


def is_part_id(id: str) -> bool:
    """Return whether an id was made by `part_id`."""
    return len(id) == 20 and id[0] == "9"


def is_usual_id(id: str) -> bool:
    """Return whether an id looks like those of `new_id`, and so tells when its record was made."""
    return len(id) == 19 and id.isascii() and id.isdecimal() and id[0] != "0"


TEXT = {"text": True}
"""Marks a field of long text. Edits of two sessions are merged in it, so that no word is lost."""


def text_field() -> str:
    """Declare a field of long text, which is marked with `TEXT`."""
    return field(default="", metadata=TEXT)


MINUTES = frozenset({"minutes", "estimate_min", "actual_min"})
"""The names of the fields that hold a duration, in minutes."""

PASSING = {"passing": True}
"""Marks a field that only says where something is just now: the user in a talk, a row in a list.

If two sessions change it, either value will do, and nobody is asked which is right.
"""


def owner(table: str) -> dict[str, str]:
    """Mark a field with the id of the record, in the given table, that this one belongs to.

    It is not stored where that record is gone, and that record stays as long as this one is there.
    """
    return {"owner": table}


def refers(*tables: str, at: str = "") -> dict[str, object]:
    """Mark a field with the id of a record, or several, in one of the given tables.

    Undoing what made that record leaves it, as long as this one refers to it. In a field that holds
    objects, `at` is the name of the field within them; of a mapping, the keys are the ids.
    """
    return {"refers": tables, "at": at}


def decision(name: str) -> dict[str, str]:
    """Mark a field that is one decision with the others that are marked with the same name.

    Only one of them has a value. If two sessions each fill in another one, they have clashed.
    """
    return {"decision": name}


@frozen
class Record(Frozen):
    """A value of one table of the record file. It never changes: an edit makes a new one.

    The fields `rev`, `created_at`, `changed_at` and `changed_by` are set by the store alone.
    """

    table: ClassVar[str] = ""
    """The name of the table that records of this class are in."""
    UNDOABLE: ClassVar[bool] = True
    """Whether what is typed into such a record can be undone."""

    id: str = field(default_factory=new_id)
    rev: int = 0
    """How often the record has been stored; 0 if it never was."""
    created_at: datetime | None = None
    """When it was first stored: local time, with its offset from UTC."""
    changed_at: datetime | None = None
    """When it was last stored."""
    changed_by: str = ""
    """The login name of the user who stored it last."""


@frozen
class MenteeRecord(Record):
    """A record that belongs to one mentee."""

    mentee_id: str = field(metadata=refers("mentees"))
