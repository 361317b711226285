"""The rows of the series of talks, and the line about its rhythm (R41)."""

from __future__ import annotations

from data.clock import today
from data.dates import show_date, show_distance, show_weekday
from data.i18n import _, language, ngettext
from data.library.talk_rhythms import rhythm
from data.method.talk.rhythm import minutes_spent, series_counts
from data.method.view import TO_COME, MenteeView, held_on, is_missed
from data.method.words import word
from data.records import Talk, TalkState
from widgets.glyphs import glyphs
from widgets.grid import Column, Row, Tone


def columns() -> tuple[Column, ...]:
    """Return the columns in the language of the interface."""
    return (
        Column("number", _("No."), 3, right=True),
        Column("when", _("When"), 20),
        Column("distance", "", 12),
        Column("state", _("Status"), 10),
        Column("minutes", _("Minutes"), 8, right=True),
        Column("about", _("Tasks"), 12, flex=1),
    )


def rows(view: MenteeView) -> list[Row]:
    """Return a row for each talk, in the order of their numbers; its id is the talk's."""
    return [_row(view, talk) for talk in view.talks]


def nearest(view: MenteeView) -> str:
    """Return the id of the talk under way, else of the next one, else of the last one; or ""."""
    talk = view.running or next(iter(view.to_come), None) or next(reversed(view.talks), None)
    return talk.id if talk is not None else ""


def rhythm_line(view: MenteeView) -> str:
    """Return the rhythm, and how much of what was planned has been kept to; or how to begin."""
    if not view.talks:
        return _("No talks yet. a adds one, t starts one now, r plans a whole series.")
    counts = series_counts(view, today())
    lines = [
        rhythm(view.mentee.rhythm).title(language()),
        _("{held} held, {cancelled} cancelled, {to_come} planned").format(
            held=counts.held, cancelled=counts.cancelled, to_come=counts.to_come
        ),
    ]
    if counts.missed:
        missed = ngettext("{n} not held", "{n} not held", counts.missed).format(n=counts.missed)
        lines[-1] += f", {missed}"
    if counts.minutes_planned and counts.minutes_held:
        lines[-1] += glyphs(" · ") + _("{spent} of {planned} min set aside were used").format(
            spent=counts.minutes_held, planned=counts.minutes_planned
        )
    return "\n".join(lines)


def _row(view: MenteeView, talk: Talk) -> Row:
    to_come = talk.state in TO_COME or talk.state is TalkState.RUNNING
    day = talk.planned_on if talk.state in TO_COME else held_on(talk)
    missed = is_missed(talk, today())
    when = f"{show_weekday(day)} {show_date(day)}" if day else _("no date")
    if day and talk.planned_time and talk.state in TO_COME:
        when += f" {talk.planned_time}"
    tones: dict[str, Tone] = {"distance": "muted", "about": "muted"}
    if talk.state in (TalkState.CANCELLED, TalkState.ARCHIVED):
        tones |= dict.fromkeys(("when", "state", "number"), "muted")
    elif to_come and day and day <= today():
        tones |= dict.fromkeys(("when", "state"), "strong")
    cells = {
        "number": str(talk.number),
        "when": when,
        "distance": show_distance(day, today()) if day and to_come else "",
        "state": _("not held") if missed else word(talk.state),
        "minutes": _minutes(view, talk),
        "about": ", ".join(task.title for id in talk.task_ids if (task := view.task(id))),
    }
    return Row(talk.id, cells, tones=tones)


def _minutes(view: MenteeView, talk: Talk) -> str:
    """Return how long a talk took of the minutes planned for it, or how many are planned."""
    planned = talk.minutes or (view.agreement.minutes if view.agreement else None)
    spent = minutes_spent(talk) if talk.state is TalkState.HELD else None
    if spent is not None:
        return f"{spent}/{planned}" if planned else str(spent)
    return str(planned) if planned and talk.state in TO_COME else ""
