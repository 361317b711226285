"""A row of Today, and the kinds of rows (R3)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from functools import lru_cache
from sys import intern
from typing import Final, NamedTuple

from data.dates import show_date, show_distance
from data.frozen import immutable
from data.i18n import N_, _, language
from data.method.view import MenteeView


class DueKind(StrEnum):
    """Why a row is on the list."""

    TALK_BEGUN = "talk_begun"
    TALK = "talk"
    TALK_UNPLANNED = "talk_unplanned"
    ACCESS = "access"
    BEFORE_START = "before_start"
    FIRST_DAY = "first_day"
    FIRST_WEEK = "first_week"
    SPARRING = "sparring"
    ACTION = "action"
    INTRODUCTION = "introduction"
    MANAGER = "manager"
    DUTY = "duty"
    EARLIER = "earlier"
    CHECK = "check"
    UNUSED = "unused"
    STALE = "stale"
    AGREEMENT = "agreement"
    AGREEMENT_REVIEW = "agreement_review"
    ROLES = "roles"
    PERIOD = "period"
    PAUSE = "pause"
    EXTRACT = "extract"
    DELETION = "deletion"
    LOAN = "loan"
    LIBRARY = "library"
    """The only one about no mentee: a newer version of the workplace's library."""

    # Dicts of kinds are asked for each row. Enums would make their hash in Python each time.
    __hash__ = str.__hash__


class MarkAs(StrEnum):
    """What one key marks the row as, from the list; see `data.method.today.mark_done`."""

    OPEN = "open"
    """Nothing: the row has to be opened, and is dealt with there."""
    HELD = "held"
    DONE = "done"
    ACCESS = "access"
    USED = "used"
    SEEN = "seen"
    ALL = "all"
    ARCHIVE = "archive"
    GIVEN = "given"


@immutable
class _KindOfRow:
    """What all rows of one kind have; see the properties of `Due`."""

    label: str
    weight: int
    screen: str
    column: str = ""


_KINDS: Final = {
    DueKind.TALK_BEGUN: _KindOfRow(N_("Unfinished talk"), 95, "talk"),
    DueKind.TALK: _KindOfRow(N_("Talk"), 90, "talks"),
    DueKind.ACCESS: _KindOfRow(N_("Access"), 85, "actions"),
    DueKind.FIRST_DAY: _KindOfRow(N_("First day"), 80, "roles"),
    DueKind.BEFORE_START: _KindOfRow(N_("Before the start"), 75, "roles"),
    DueKind.SPARRING: _KindOfRow(N_("Sparring"), 70, "plan", "sparring_on"),
    DueKind.TALK_UNPLANNED: _KindOfRow(N_("Next talk"), 65, "talks"),
    DueKind.FIRST_WEEK: _KindOfRow(N_("First week"), 60, "roles"),
    DueKind.ACTION: _KindOfRow(N_("Action"), 55, "actions"),
    DueKind.INTRODUCTION: _KindOfRow(N_("Introduction"), 50, "people"),
    DueKind.MANAGER: _KindOfRow(N_("Manager"), 45, "roles"),
    DueKind.DUTY: _KindOfRow(N_("Duty"), 40, "roles"),
    DueKind.EARLIER: _KindOfRow(N_("Overdue at start"), 38, "roles"),
    DueKind.CHECK: _KindOfRow(N_("Quality check"), 35, "plan", "checks"),
    DueKind.PERIOD: _KindOfRow(N_("Mentorship"), 30, "overview"),
    DueKind.PAUSE: _KindOfRow(N_("Pause ends"), 29, "overview"),
    DueKind.EXTRACT: _KindOfRow(N_("Data asked for"), 88, "overview"),
    DueKind.LOAN: _KindOfRow(N_("Lent"), 60, "overview"),
    DueKind.DELETION: _KindOfRow(N_("Deletion"), 5, "closed"),
    DueKind.LIBRARY: _KindOfRow(N_("The library"), 4, "newer"),
    DueKind.AGREEMENT: _KindOfRow(N_("Expectations"), 28, "agreement"),
    DueKind.AGREEMENT_REVIEW: _KindOfRow(N_("Expectations"), 27, "agreement"),
    DueKind.ROLES: _KindOfRow(N_("Who does what"), 26, "roles"),
    DueKind.UNUSED: _KindOfRow(N_("Learned, not used"), 20, "needs"),
    DueKind.STALE: _KindOfRow(N_("No news"), 10, "plan", "step"),
}


class Due(NamedTuple):
    """A row of Today.

    It is a tuple because there are a dozen for each mentee, and a tuple is small.
    """

    kind: DueKind
    mentee_id: str
    """ "" for a row that is about no mentee."""
    mentee: str
    """The mentee's name; "" for a row about no mentee."""
    record_id: str
    """Id of the record that it is about; "" if that is the mentee."""
    on: date | None
    """The day that it is due, or that it is about; None if it has no day."""
    name: str
    """The name of the task, action, duty or person, as it was typed; "" if there is none."""
    why: str
    """Why it is on the list: one translated sentence."""
    mark_as: MarkAs
    on_task: bool = False
    """Whether a row about knowledge is about what was learned in a task of the plan."""
    dated: bool = False
    """Whether its date is part of its key."""

    @property
    def key(self) -> str:
        """What identifies the row, to keep it snoozed (`Postponed.key`).

        If the row is about a date, the date is part of the key: with another date it comes back.
        """
        key = self.kind + ":" + self.about  # takes a third of the time of formatting it
        return f"{key}:{self.on.isoformat()}" if self.dated and self.on else key

    @property
    def about(self) -> str:
        """The id of the record that it is about, be that the mentee or another one."""
        return self.record_id or self.mentee_id

    @property
    def label(self) -> str:
        """The name of its kind, in a word or two, translated."""
        return _(_KINDS[self.kind].label)

    @property
    def weight(self) -> int:
        """Of rows with the same day, those with a higher weight come first."""
        return _KINDS[self.kind].weight

    @property
    def screen(self) -> str:
        """The screen it opens, by its name; "talk" for the talk itself."""
        return "plan" if self.on_task else _KINDS[self.kind].screen

    @property
    def column(self) -> str:
        """The column of that screen in which it is seen to; "" where there is none."""
        return "first_used_on" if self.on_task else _KINDS[self.kind].column


def due_what(due: Due) -> str:
    """Return what a row is about: "Sparring: child interviews"."""
    return f"{due.label}: {due.name}" if due.name else due.label


def due_row(
    view: MenteeView,
    kind: DueKind,
    record_id: str,
    *,
    on: date | None,
    why: str,
    name: str = "",
    mark_as: MarkAs = MarkAs.OPEN,
    dated: bool = False,
    on_task: bool = False,
) -> Due:
    """Return a row about the view's mentee; for the arguments, see the fields of `Due`.

    Names and reasons that many rows have are kept once.
    """
    mentee = view.mentee
    name, why = intern(name), intern(why)
    return Due(kind, mentee.id, mentee.name, record_id, on, name, why, mark_as, on_task, dated)


def why_with_dates(text: str, on: date, today: date, **fields: object) -> str:
    """Return a translated sentence with `{date}`, `{distance}` and the other fields filled in.

    `{distance}` is how far the day `on` is from today, in words.
    """
    return _filled(text, on, today, language(), tuple(fields.items()))


@lru_cache(maxsize=1 << 10)
def _filled(
    text: str, on: date, today: date, _language: str, fields: tuple[tuple[str, object], ...]
) -> str:
    """Return the sentence. It is kept, for many mentees have rows that say the same."""
    return text.format(date=show_date(on), distance=show_distance(on, today), **dict(fields))
