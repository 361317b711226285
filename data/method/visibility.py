"""Who may see a text: the one rule of what is private.

Every screen, the search, the command line and every file that is written ask here, and none of
them decides by itself (`tests/test_visibility_rule.py` walks the code). In words:

- A note is private until its author shares it. A doubt or question (R85) keeps a place of its own
  even then: sharing it tells the mentee, but it never stands on a screen that others look at.
- The words of an answer are private where they are marked so. What is said about wellbeing (R50)
  always is, and so are the three words that belong to it.
- The mentor's view of a need waits until the mentee has said theirs (R14).
- A text that clashed, and a form that was left half filled in, may hold words of any sort.

All else is the shared work of mentor and mentee. The question of an answer is not private: it is
the library's, or it was put to the mentee aloud.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from enum import Enum
from typing import Any, Final, TypeVar

from data.method.view import MenteeView
from data.records import Answer, Conflict, Need, Note, NoteKind, Record, Unfinished

R = TypeVar("R", bound=Record)

WELLBEING: Final = "wellbeing"
"""Key of the guide's question about wellbeing."""
_PARTS: Final[dict[type[Record], dict[str, Callable[[], object]]]] = {
    Answer: {"pulse": dict},
    Need: {"mentor_view": str},
}
"""Fields that can be private in a record that is not, each with what stands there instead."""


class Reader(Enum):
    """Who looks.

    To let each author see only their own private texts, give `may_see` the login name of the one
    who looks as well, and have it compare that with the record's author.
    """

    MENTOR = "mentor"
    """The mentor alone, who sees everything."""
    SHARED = "shared"
    """Mentor and mentee side by side: the shared view (F6), the talk read aloud line by line."""
    WRITTEN = "written"
    """Whoever gets a file to read that was written here."""


def is_private(record: Record, field: str = "") -> bool:
    """Whether a text is for the mentor alone: all of the record, or one field of it."""
    if isinstance(record, Note):
        return record.private or stays_private(record)
    if isinstance(record, Answer):
        return record.private or stays_private(record) or field == "pulse"
    if isinstance(record, Need):
        return field == "mentor_view" and not record.mentee_view.strip()
    return isinstance(record, Conflict | Unfinished)


def stays_private(record: Record) -> bool:
    """Whether it is private by its kind, so that marking it as shared changes nothing here."""
    if isinstance(record, Note):
        return record.kind is NoteKind.DOUBT
    return isinstance(record, Answer) and record.key.partition(":")[0] == WELLBEING


def shows_all(reader: Reader) -> bool:
    """Whether nothing is hidden from this reader.

    Only then may it be said that there is nothing of a sort, or how many there are in all.
    """
    return reader is Reader.MENTOR


def may_see(record: Record, reader: Reader, field: str = "") -> bool:
    """Whether the reader may see the record's words, or those of one field of it."""
    return shows_all(reader) or not is_private(record, field)


def visible(records: Iterable[R], reader: Reader, *, of_several: bool = False) -> tuple[R, ...]:
    """Return the records that the reader may see, in the same order.

    `of_several`: they are those of several mentees side by side. What is shared is shared with the
    one mentee that it is about, so only the mentor alone sees any of them.
    """
    if of_several and not shows_all(reader):
        return ()
    return tuple(record for record in records if may_see(record, reader))


def hidden(records: Iterable[R], reader: Reader) -> tuple[R, ...]:
    """Return the records that the reader may not see, in the same order."""
    return tuple(record for record in records if not may_see(record, reader))


def seen(view: MenteeView, reader: Reader) -> MenteeView:
    """Return the mentee's records as the reader may see them.

    It is for showing only. Changes are worked out from the whole view: what takes a task away, for
    example, lets go of the private notes about it too.
    """
    if shows_all(reader):
        return view
    return replace(
        view,
        answers=without_private(view.answers, reader),
        notes=without_private(view.notes, reader),
        needs=without_private(view.needs, reader),
    )


def without_private(records: Iterable[R], reader: Reader) -> tuple[R, ...]:
    """Return the visible records, and of those the fields that may be seen; others are empty."""
    found = []
    for record in visible(records, reader):
        parts = _PARTS.get(type(record), {})
        closed: dict[str, Any] = {
            name: empty() for name, empty in parts.items() if not may_see(record, reader, name)
        }
        found.append(replace(record, **closed) if closed else record)
    return tuple(found)


def starts_private(reader: Reader) -> bool:
    """Whether a note that is begun before this reader starts out private.

    In the shared view it does not: both see it being written.
    """
    return shows_all(reader)
