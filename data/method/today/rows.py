"""What a row of Today is made of (R3)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Final

from data.dates import show_date, show_distance
from data.frozen import immutable
from data.i18n import N_, _
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


class MarkAs(StrEnum):
    """What one key does to the row from the list; see `data.method.today.mark_done`."""

    OPEN = "open"
    """Nothing: it is settled where it opens."""
    HELD = "held"
    DONE = "done"
    ACCESS = "access"
    USED = "used"
    SEEN = "seen"
    ALL = "all"
    ARCHIVE = "archive"


@immutable
class _Look:
    label: str
    weight: int
    screen: str


_LOOKS: Final = {
    DueKind.TALK_BEGUN: _Look(N_("Unfinished talk"), 95, "talk"),
    DueKind.TALK: _Look(N_("Talk"), 90, "talks"),
    DueKind.ACCESS: _Look(N_("Access"), 85, "people"),
    DueKind.FIRST_DAY: _Look(N_("First day"), 80, "roles"),
    DueKind.BEFORE_START: _Look(N_("Before the start"), 75, "roles"),
    DueKind.SPARRING: _Look(N_("Sparring"), 70, "plan"),
    DueKind.TALK_UNPLANNED: _Look(N_("Next talk"), 65, "talks"),
    DueKind.FIRST_WEEK: _Look(N_("First week"), 60, "roles"),
    DueKind.ACTION: _Look(N_("Action"), 55, "people"),
    DueKind.INTRODUCTION: _Look(N_("Introduction"), 50, "people"),
    DueKind.MANAGER: _Look(N_("Manager"), 45, "roles"),
    DueKind.DUTY: _Look(N_("Duty"), 40, "roles"),
    DueKind.EARLIER: _Look(N_("Duties from before"), 38, "roles"),
    DueKind.CHECK: _Look(N_("Quality check"), 35, "plan"),
    DueKind.PERIOD: _Look(N_("Period"), 30, "overview"),
    DueKind.AGREEMENT: _Look(N_("Alignment of expectations"), 28, "agreement"),
    DueKind.AGREEMENT_REVIEW: _Look(N_("Alignment of expectations"), 27, "agreement"),
    DueKind.ROLES: _Look(N_("Who does what"), 26, "roles"),
    DueKind.UNUSED: _Look(N_("Learned, not used"), 20, "needs"),
    DueKind.STALE: _Look(N_("Quiet task"), 10, "plan"),
}


@immutable
class Due:
    """A row of Today."""

    key: str
    """The same as long as the matter is the same; a new date is a new matter (`Postponed.key`)."""
    kind: DueKind
    mentee_id: str
    mentee: str
    """The mentee's name."""
    record_id: str
    """The record that it is about; "" where it is the mentee."""
    on: date | None
    name: str
    """The task, action, duty or person, as typed by people; "" where the kind says it all."""
    why: str
    """One translated sentence."""
    mark_as: MarkAs

    @property
    def label(self) -> str:
        """What sort of row it is, in a word or two."""
        return _(_LOOKS[self.kind].label)

    @property
    def weight(self) -> int:
        """Higher comes first on the same day."""
        return _LOOKS[self.kind].weight

    @property
    def screen(self) -> str:
        """Where it is settled: talk, talks, plan, roles, people, needs, agreement or overview."""
        return _LOOKS[self.kind].screen


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
) -> Due:
    """Return a row about the view's mentee; `dated`: another date makes it another matter."""
    parts = [kind.value, record_id or view.mentee.id]
    if dated and on:
        parts.append(on.isoformat())
    return Due(
        key=":".join(parts),
        kind=kind,
        mentee_id=view.mentee.id,
        mentee=view.mentee.name,
        record_id=record_id,
        on=on,
        name=name,
        why=why,
        mark_as=mark_as,
    )


def why_with_dates(text: str, on: date, today: date, **fields: object) -> str:
    """Return the translated sentence with `{date}`, `{distance}` and the fields filled in."""
    return text.format(date=show_date(on), distance=show_distance(on, today), **fields)
