"""The two lists of the first screen, as rows of text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from data.dates import course_week, show_date, show_near
from data.i18n import _, language
from data.library import text as library_text
from data.library import text_title
from data.method.mentorship.gaps import gaps
from data.method.plan.progress import Progress, professional, social
from data.method.today.due import Due
from data.method.view import MenteeView
from data.records import CourseState, Talk
from data.text import cell_width, first_line
from screens.home.names import column_width
from widgets.glyphs import glyphs
from widgets.grid import Column, Row
from widgets.progress import bar

BAR = 5
"""Cells of the bar of the plan's progress."""


def share_text(progress: Progress, *, picture: bool) -> str:
    """Return "███░░ 42 %", or a dash where there is nothing to count."""
    if progress.percent is None:
        return glyphs("–")
    words = f"{progress.percent} %"
    return f"{bar(progress.share, BAR)} {words}" if picture else words


def talk_text(talk: Talk | None, today: date) -> str:
    """Return when a talk is, in few words: "today 14:00", "Thu 27-11"; "" where there is none."""
    if talk is None or talk.planned_on is None:
        return ""
    time = talk.planned_time if (talk.planned_on - today).days <= 1 else ""
    return f"{show_near(talk.planned_on, today)} {time}".rstrip()


def missing(view: MenteeView, today: date) -> list[str]:
    """Return what is missing round a mentee, in words; first that the course is at rest."""
    words = [gap.short for gap in gaps(view, today)]
    return [_("paused"), *words] if view.mentee.state is CourseState.PAUSED else words


def mentee_row(view: MenteeView, today: date, *, picture: bool = True) -> Row:
    """Return a mentee's line, with a picture of its progress where there is room."""
    mentee = view.mentee
    closed = mentee.state is CourseState.CLOSED
    cells = {
        "name": mentee.name,
        "week": _("closed") if closed else course_week(mentee.start, today),
        "plan": share_text(professional(view.tasks), picture=picture),
        "social": glyphs(str(social(view.duties))),
        "next": show_date(mentee.closed_on) if closed else talk_text(view.next_talk(today), today),
        "missing": ", ".join(missing(view, today)),
    }
    return Row(mentee.id, cells, tones={"missing": "muted"})


def mentee_detail(view: MenteeView, today: date) -> str:
    """Return what the mentee's line has no room for."""
    mentee = view.mentee
    parts = [mentee.name, mentee.title, mentee.team]
    if mentee.newly_qualified:
        parts.append(_("newly qualified"))
    words = missing(view, today)
    lacks = _("missing: {words}").format(words=", ".join(words)) if words else _("nothing missing")
    if mentee.state is CourseState.CLOSED:
        lacks = _("closed on {date}; r takes the course up again").format(
            date=show_date(mentee.closed_on)
        )
    return glyphs(" · ").join(part for part in (*parts, lacks) if part)


def due_row(due: Due, today: date) -> Row:
    """Return a line of Today: when, who, what, why."""
    cells = {
        "when": show_near(due.on, today) if due.on else "",
        "who": due.mentee,
        "what": due_what(due),
        "why": due.why,
    }
    return Row(due.key, cells, tones={"why": "muted", "when": "strong" if due.on == today else ""})


def due_what(due: Due) -> str:
    """Return what a line of Today is about: "Sparring: child interviews"."""
    return f"{due.label}: {due.name}" if due.name else due.label


def due_columns(rows: Sequence[Row], title: str) -> list[Column]:
    """Return the columns of Today."""
    return [
        Column("when", title, column_width(rows, "when", max(cell_width(title), 6))),
        Column("who", "", min(column_width(rows, "who", 6), 15)),
        Column("what", "", 24, flex=2),
        Column("why", "", 20, flex=3),
    ]


# -- what stands outside the lists ----------------------------------------------------------------


def cut_off_text(view: MenteeView, today: date) -> str:
    """Return the offer to go on with a talk that was cut off; "" where there is none."""
    talk = view.running
    if talk is None or talk.started_at is None:
        return ""
    began = talk.started_at.astimezone()
    time = began.strftime("%H:%M")
    if began.date() != today:
        time = f"{show_near(began.date(), today)} {time}"
    text = _("The talk with {name} from {time} was cut off: t on {name} takes it up again")
    return text.format(name=view.mentee.name, time=time)


def empty_text() -> str:
    """Return what an empty first screen says."""
    return "\n".join(
        (
            _("There are no mentees yet."),
            "",
            _("a   adds the first: a name and the first day at work are enough"),
            _("d   takes in the worked example: three mentees to look round with"),
            _("?   help, and the guide that all this follows"),
            _("b   the library: texts, questions and materials to make your own"),
            "",
            _("Everything is saved as you write it, in a file that only you can read."),
            "",
            first_line(library_text(language(), "first_start")),
            _("The library says more: “{title}”").format(
                title=text_title(language(), "first_start")
            ),
        )
    )


def nobody_text(typed: str, *, closed: bool) -> str:
    """Return what stands in place of the mentees where none is to be shown."""
    if typed:
        return _("No name fits “{text}”; Enter searches everything").format(text=typed)
    return _("No course has been closed") if closed else _("All courses are closed")


def latest_cut_off(views: Iterable[MenteeView]) -> MenteeView | None:
    """Return the mentee whose talk was cut off, the latest where there are several."""
    found = [view for view in views if view.running and view.running.started_at]
    return max(found, key=_began, default=None)


def _began(view: MenteeView) -> float:
    talk = view.running
    return talk.started_at.timestamp() if talk and talk.started_at else 0.0
