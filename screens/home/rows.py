"""The two lists of the first screen, as rows of text."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from sys import intern
from types import MappingProxyType
from typing import Final

from data.cell_width import cell_width
from data.clock import seconds_of
from data.dates import mentorship_week, show_date, show_distance, show_near
from data.i18n import _, language
from data.method.mentorship.gaps import gaps
from data.method.mentorship.phases import pause_text
from data.method.plan.progress import Progress, professional, social
from data.method.today.due import Due
from data.method.today.fold import Fold
from data.method.today.rows import due_what
from data.method.view import MenteeView
from data.method.words import show_percent
from data.records import CourseState, Talk
from widgets.glyphs import glyphs
from widgets.grid import Column, Row, Tone
from widgets.progress import bar

BAR = 5
"""Cells of the picture of the plan's progress."""


# -- the mentees ----------------------------------------------------------------------------------


def mentee_row(view: MenteeView, today: date, *, picture: bool = True) -> Row:
    """Return a mentee's line, with a picture of its progress where there is room."""
    mentee = view.mentee
    closed = mentee.state is CourseState.CLOSED
    cells = {
        "name": mentee.name,
        "week": _("closed") if closed else mentorship_week(mentee.start, today),
        "plan": share_text(professional(view.tasks), picture=picture),
        "social": glyphs(str(social(view.duties))),
        "next": show_date(mentee.closed_on) if closed else talk_text(view.next_talk(today), today),
        "missing": ", ".join(filter(None, (pause_text(mentee), *missing(view, today)))),
    }
    words = {"plan": share_text(professional(view.tasks), picture=False)}
    return Row(mentee.id, cells, tones=_TONES_MENTEE, words=words)


def share_text(progress: Progress, *, picture: bool) -> str:
    """Return "███░░ 42 %", without the picture "42 %", and a dash where nothing is counted."""
    if progress.percent is None:
        return glyphs("–")
    words = show_percent(progress.percent)
    return f"{bar(progress.share, BAR)} {words}" if picture else words


def talk_text(talk: Talk | None, today: date) -> str:
    """Return when a talk is, in few words: "today 14:00", "Thu 27-11"; "" where there is none."""
    if talk is None or talk.planned_on is None:
        return ""
    time = talk.planned_time if (talk.planned_on - today).days <= 1 else ""
    return f"{show_near(talk.planned_on, today)} {time}".rstrip()


def missing(view: MenteeView, today: date) -> list[str]:
    """Return in few words what is missing."""
    return [gap.short for gap in gaps(view, today)]


def cut_off_at(view: MenteeView) -> float | None:
    """Return when a talk began that was cut off, in seconds; None where none was."""
    talk = view.running
    return seconds_of(talk.started_at) if talk and talk.started_at else None


# -- Today ----------------------------------------------------------------------------------------


def due_row(due: Due | Fold, today: date, *, inside: bool = False) -> Row:
    """Return a line of Today: when, who, what, why; `inside` an opened fold it stands in a bit."""
    if isinstance(due, Fold):
        on, what = due.first.on, due.what
        who, why = due.who, due.why
    else:
        on, what = due.on, due_what(due)
        who, why = due.mentee, due.why
        what = intern(f"  {what}" if inside else what)
    when, short = _when(on, today, language())
    is_now = on == today and not isinstance(due, Fold)
    cells = {"when": when, "who": who, "what": what, "why": why}
    return Row(due.key, cells, tones=_TONES_TODAY if is_now else _TONES, short=short)


@lru_cache(maxsize=512)
def _when(on: date | None, today: date, _language: str) -> tuple[str, Mapping[str, str]]:
    """Return when a line is, and what of why there is room for where little is.

    Many lines have the same day, and share both.
    """
    near = show_near(on, today) if on else ""
    far = show_distance(on, today) if on else ""
    # The cell before may tell it already.
    return near, MappingProxyType({"why": far if far != near else ""})


_TONES_MENTEE: Final[Mapping[str, Tone]] = MappingProxyType({"missing": "muted"})
_TONES: Final[Mapping[str, Tone]] = MappingProxyType({"why": "muted"})
_TONES_TODAY: Final[Mapping[str, Tone]] = MappingProxyType({"why": "muted", "when": "strong"})


def due_columns(when: int, who: int, why: int, title: str) -> list[Column]:
    """Return the columns of Today; `title` stands above the first, and names the list.

    `when`, `who` and `why` are the widths of the widest texts in them.
    """
    return [
        Column("when", title, max(when, cell_width(title), 6), lists=True),
        Column("who", "", min(max(who, 6), 15)),
        Column("what", "", 24, flex=2),
        Column("why", "", 20, flex=3, below="what", whole_from=why),
    ]
