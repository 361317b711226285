"""Who may see a text: the rule of what is private.

Every screen, the search, the command line and every export ask these functions. None of them
decides by itself: `tests/test_visibility_rule.py` reads the code to prove it. The rule is:

- A note is private until its author shares it. A doubt or question (R85) is private even then:
  sharing it tells the mentee, but it is never shown on a screen that others can see.
- An answer is private if it is marked so. An answer about wellbeing (R50) is always private, with
  the three words that belong to it. What stood in it while it was private stays private when the
  answer is corrected and shared.
- The mentor's view of a need is private until the mentee has given theirs (R14).
- A conflict is private, because it may hold any text. So is an unfinished form, unless it was
  filled in while both looked on: else it may quote a private note or answer that it was made from.

The shared view is shared with one mentee: the one whose screen was opened last, below the one in
front. What is about another mentee is not found in it. On the first screen nobody is in front: it
names the mentees, as the mentor may choose among them there, but a search finds nothing.

In a team file, which several mentors share, what is private lies in its author's own file and is
not in the team file at all: `open_part` says what of a record the others may have. So a session
never has the private words of somebody else, and `Reader.MENTOR` may see all that there is.

All else is the shared work of mentor and mentee. The question of an answer is not private: it is
from the library, or the mentee has heard it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from enum import Enum
from typing import Any, Final, TypeVar
from unicodedata import category

from data.method.indexed import once_for_each
from data.method.view import MenteeView
from data.records import Answer, Conflict, Need, Note, NoteKind, Record, Unfinished

R = TypeVar("R", bound=Record)

_BLANK: Final = frozenset("\u115f\u1160\u3164\uffa0\u2800")
"""Letters and signs of Unicode that are drawn as nothing."""
WELLBEING: Final = "wellbeing"
"""Key of the guide's question about wellbeing."""
_PRIVATE_FIELDS: Final[dict[type[Record], dict[str, Callable[[], object]]]] = {
    Answer: {"pulse": dict},
    Need: {"mentor_view": str},
}
"""Fields that may be private although their record is not -> what makes the empty value shown."""
PRIVATE_FIELDS: Final[dict[type[Record], tuple[str, ...]]] = {
    **{kind: tuple(fields) for kind, fields in _PRIVATE_FIELDS.items()},
    Answer: ("pulse", "corrections"),
}
"""The same fields, and those of which items may be private."""
MAY_BE_PRIVATE: Final[dict[type[Record], tuple[str, ...]]] = {
    Answer: ("key", "private", "pulse", "corrections"),
    Conflict: (),
    Need: ("mentee_view", "mentor_view"),
    Note: ("kind", "private"),
    Unfinished: ("private",),
}
"""The kinds of records that may be private, or may have a field that is, with the fields that
decide about it. All others are shared."""


class Reader(Enum):
    """Who reads a text."""

    MENTOR = "mentor"
    """The mentor alone, who may see everything that is there: what others keep for themselves is
    not, see `open_part`."""
    SHARED = "shared"
    """Mentor and mentee together, in the shared view (F6) or in a talk on the command line."""
    WRITTEN = "written"
    """Anybody who is given an exported file."""


def is_private(record: Record, field: str = "") -> bool:
    """Whether a record is for the mentor alone, or, if `field` is given, that field of it."""
    if isinstance(record, Note):
        return record.private or stays_private(record)
    if isinstance(record, Answer):
        return record.private or stays_private(record) or field == "pulse"
    if isinstance(record, Need):
        return field == "mentor_view" and not _is_seen(record.mentee_view)
    if isinstance(record, Unfinished):
        return record.private
    return isinstance(record, Conflict)


def _is_seen(text: str) -> bool:
    """Whether a text has a letter that can be seen: a letter, a number, or a sign of its own."""
    return any(category(one)[0] in "LNPS" and one not in _BLANK for one in text)


def stays_private(record: Record) -> bool:
    """Whether a record is always private, even if it is marked as shared."""
    if isinstance(record, Note):
        return record.kind is NoteKind.DOUBT
    return isinstance(record, Answer) and record.key.partition(":")[0] == WELLBEING


def shows_all(reader: Reader) -> bool:
    """Whether nothing is hidden from this reader.

    Only such a reader may be told that there is nothing to see, or how much there is in all. To
    others that would say something about what is hidden.
    """
    return reader is Reader.MENTOR


def may_see(record: Record, reader: Reader, field: str = "") -> bool:
    """Whether the reader may see a record, or, if `field` is given, that field of it."""
    return shows_all(reader) or not is_private(record, field)


def may_see_of(mentee_id: str, reader: Reader, in_front: str) -> bool:
    """Whether the reader may see records of a mentee at all.

    Args:
        mentee_id: Whose they are; "" for what belongs to no mentee, such as a person to meet.
        reader: Who reads.
        in_front: The mentee with whom the shared view is shared; "" if it is none.
    """
    return shows_all(reader) or (bool(in_front) and mentee_id == in_front)


def visible(records: Iterable[R], reader: Reader, *, of_several: bool = False) -> tuple[R, ...]:
    """Return the records that the reader may see, in the same order.

    `of_several` says that the records of several mentees are shown together. A record is shared
    only with the mentee that it is about, so then only the mentor alone may see any.
    """
    if of_several and not shows_all(reader):
        return ()
    return tuple(record for record in records if may_see(record, reader))


def hidden(records: Iterable[R], reader: Reader) -> tuple[R, ...]:
    """Return the records that the reader may not see, in the same order."""
    return tuple(record for record in records if not may_see(record, reader))


def seen(view: MenteeView, reader: Reader) -> MenteeView:
    """Return the view without what the reader may not see.

    Use it only to show records. Changes have to be made from the whole view: when a task is
    deleted, for example, the private notes about it change, too.
    """
    if shows_all(reader):
        return view
    known = _seen_by(view)
    if reader not in known:
        known[reader] = _seen(view, reader)
    return known[reader]


@once_for_each
def _seen_by(_view: MenteeView) -> dict[Reader, MenteeView]:
    """Return where the view as other readers see it is kept: screens ask at each step."""
    return {}


def _seen(view: MenteeView, reader: Reader) -> MenteeView:
    return replace(
        view,
        answers=without_private(view.answers, reader),
        notes=without_private(view.notes, reader),
        needs=without_private(view.needs, reader),
    )


def without_private(records: Iterable[R], reader: Reader) -> tuple[R, ...]:
    """Return the records that the reader may see, with their private fields empty."""
    shown = []
    for record in visible(records, reader):
        fields = _PRIVATE_FIELDS.get(type(record), {})
        hidden_fields: dict[str, Any] = {
            name: empty()
            for name, empty in fields.items()
            if getattr(record, name) and not may_see(record, reader, name)
        }
        if isinstance(record, Answer) and any(one.private for one in record.corrections):
            # What stood there while the answer was private stays so when the answer is shared.
            open_ones = tuple(one for one in record.corrections if not one.private)
            hidden_fields["corrections"] = open_ones
        shown.append(replace(record, **hidden_fields) if hidden_fields else record)
    return tuple(shown)


def private_parts(record: Record) -> bool | Mapping[str, Any]:
    """Return what of a record is private, to delete that alone.

    Returns:
        True for all of it, False for nothing; else field -> True for all of the field, or what
        those items of its list have that are private.
    """
    if is_private(record):
        return True
    names = _PRIVATE_FIELDS.get(type(record), {})
    parts: dict[str, Any] = {
        name: True for name in names if getattr(record, name) and is_private(record, name)
    }
    if isinstance(record, Answer) and any(one.private for one in record.corrections):
        parts["corrections"] = {"private": True}
    return parts or False


def open_part(record: R) -> R | None:
    """Return what others than its author may have of a record; None if that is nothing.

    It is the record itself if nothing of it is private.
    """
    found = without_private((record,), Reader.SHARED)
    return found[0] if found else None


def may_keep(record: Record, user: str) -> bool:
    """Whether a user may make a shared record private: not if somebody else wrote in it last.

    In a team file it would be gone for that one.
    """
    return record.changed_by in {"", user}


def starts_private(reader: Reader) -> bool:
    """Whether a note, or what is typed into a form, is private if this reader looks on.

    In the shared view it is not, because both see it being written.
    """
    return shows_all(reader)
