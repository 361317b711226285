"""What a published file says, in words."""

from __future__ import annotations

from typing import Final

from data.clock import today
from data.dates import show_date
from data.i18n import N_, _, ngettext
from data.method.mentorship.gaps import Gap, GapKind
from data.method.mentorship.phases import Phase, phase_word
from data.published.schema import Published, PublishedMentee, Stage

_PHASES: Final = {
    Stage.PREPARATION: Phase.PREPARATION,
    Stage.START: Phase.START,
    Stage.LEARNING: Phase.LEARNING,
    Stage.CLOSING: Phase.CLOSING,
}
_OTHERS: Final = {Stage.NO_START: N_("No first day at work yet"), Stage.CLOSED: N_("Closed")}


def stage_word(stage: Stage) -> str:
    """Return what a phase is called, as elsewhere in the program."""
    return phase_word(_PHASES[stage]) if stage in _PHASES else _(_OTHERS[stage])


def instead_text(other: str) -> str:
    """Return that what is published of another data file is removed; "" where `other` is ""."""
    said = _("What is published of {file} is removed: it is of one data file or server at a time.")
    return other and said.format(file=other)


def lines_of(published: Published) -> list[str]:
    """Return what a file says, a paragraph for each mentee, below one about all of them."""
    number = len(published.mentees)
    said = ngettext(
        "As of {date}: {number} mentee.", "As of {date}: {number} mentees.", number
    ).format(date=show_date(published.written), number=number)
    if published.capacity is not None:
        room = _("Room for {number} at a time.")
        said += " " + room.format(number=published.capacity)
    return [said, *map(line_of, published.mentees)]


def line_of(one: PublishedMentee) -> str:
    """Return what a file says of one mentee."""
    return f"{one.who}: {' '.join(_sentences(one))}"


def _sentences(one: PublishedMentee) -> list[str]:
    when = stage_word(one.phase)
    if one.week is not None:
        when += ", " + _("week {number}").format(number=one.week)
    if one.retention_due is not None:
        is_due = one.retention_due <= today()
        due = _("due for deletion since {date}") if is_due else _("due for deletion on {date}")
        when += "; " + due.format(date=show_date(one.retention_due))
        if is_due:
            return [f"{when}."]
    talks = _("Talks held: {held}, to come: {planned}, cancelled: {cancelled}").format(
        held=one.talks_held, planned=one.talks_planned, cancelled=one.talks_cancelled
    )
    if one.last_talk is not None:
        talks += "; " + _("last {date}").format(date=show_date(one.last_talk))
    said = [when, talks]
    if one.steps_of:
        tasks = _("Tasks done alone: {number} of {of}")
        said.append(tasks.format(number=one.steps, of=one.steps_of))
    lacks = [Gap(kind).short for kind, is_so in _gaps(one) if is_so]
    if lacks:
        said.append(_("Check: {what}").format(what=", ".join(lacks)))
    return [f"{sentence}." for sentence in said]


def _gaps(one: PublishedMentee) -> tuple[tuple[GapKind, bool], ...]:
    return (
        (GapKind.NO_BUDDY, one.no_buddy),
        (GapKind.NO_TASKS, one.no_plan),
        (GapKind.NO_AGREEMENT, one.no_expectations),
    )
