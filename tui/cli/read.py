"""`mentor list`, `mentor due`, and `mentor` without a terminal: who, and what needs attention."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

import click

from data.clock import today
from data.dates import mentorship_week, show_date
from data.i18n import _, ngettext
from data.method.lending import loan_text
from data.method.mentors import is_for
from data.method.mentorship.gaps import gaps
from data.method.plan.progress import Progress, professional, social
from data.method.today.due import all_due
from data.method.today.fold import Fold, folded_for_all
from data.method.today.reminder import heading
from data.method.today.rows import Due, DueKind
from data.method.view import MenteeView
from data.method.words import show_percent, word
from data.queries.mentees import numbers, told_apart
from data.queries.own_person import whose_today
from data.queries.views import due_limits, mentee_view, mentee_views, mentees
from data.records import CourseState, Mentee
from data.store.store import Store
from tui.cli.base import command, say_json, say_wrapped
from tui.cli.call import Call

if TYPE_CHECKING:
    from data.workplace.taken import Copy

MOST_DAYS = 366


def list_command() -> click.Command:
    """Make `mentor list`."""
    option = click.Option(["--all"], is_flag=True, help=_("Include closed mentorships."))
    return command("list", _list, _("List the mentees, one per line."), option, reading=True)


def _list(call: Call, all: bool) -> None:
    day = today()
    with call.read() as store:
        found = mentees(store) + (mentees(store, closed=True) if all else ())
        views = [mentee_view(store, one) for one in found]
        nobody = "" if views else no_mentees(store)
        names = [told_apart(store, one) for one in found]
        number = numbers(store)
    if call.as_json:
        say_json([{"number": number[view.mentee.id], **_summary(view, day)} for view in views])
        return
    if nobody:
        say_wrapped(nobody)
    for name, view in zip(names, views, strict=True):
        say_wrapped(mentee_line(name, view, day))


def no_mentees(store: Store) -> str:
    """Say that nobody has a mentor now; not that nobody ever had one, where some are closed."""
    if not store.all(Mentee):
        return _("No mentees yet. Add the first: mentor add NAME --start DATE")
    from data.queries.counts import closed_mentees  # loads TinyDB, seldom needed here

    closed = closed_mentees(store.tables())
    text = ngettext(
        "No active mentorship; {number} is closed: mentor list --all",
        "No active mentorships; {number} are closed: mentor list --all",
        closed,
    )
    return text.format(number=closed)


def mentee_line(name: str, view: MenteeView, day: date) -> str:
    """Say one mentee in a sentence that reads well aloud."""
    mentee, talk = view.mentee, view.next_talk(day)
    parts = [mentorship_week(mentee.start, day)]
    if mentee.state is not CourseState.ACTIVE:
        parts.insert(0, word(mentee.state))
    parts.append(loan_text(view.loans))
    parts.append(_("plan {progress}").format(progress=percent(professional(view.tasks).percent)))
    parts.append(_("social {progress}").format(progress=counted(social(view.duties))))
    if talk is not None and talk.planned_on is not None:
        parts.append(_("next talk {date}").format(date=show_date(talk.planned_on)))
    missing = [gap.short for gap in gaps(view, day)]
    if missing:
        parts.append(_("check: {what}").format(what=", ".join(missing)))
    return f"{name}: {'; '.join(filter(None, parts))}"


def percent(value: int | None) -> str:
    """Say a share; "–" where there is nothing to share."""
    return "–" if value is None else show_percent(value)


def counted(progress: Progress) -> str:
    """Say how many of how many."""
    if progress.share is None:
        return "–"
    return _("{done} of {all}").format(done=progress.done, all=progress.of)


def _summary(view: MenteeView, day: date) -> dict[str, object]:
    mentee, talk = view.mentee, view.next_talk(day)
    return {
        "id": mentee.id,
        "name": mentee.name,
        "title": mentee.title,
        "team": mentee.team,
        "start": mentee.start and mentee.start.isoformat(),
        "state": mentee.state.value,
        "plan_percent": professional(view.tasks).percent,
        "social_done": social(view.duties).done,
        "social_of": social(view.duties).of,
        "next_talk": talk and talk.planned_on and talk.planned_on.isoformat(),
        "missing": [gap.kind.value for gap in gaps(view, day)],
        "loan": loan_text(view.loans),
    }


def due_command() -> click.Command:
    """Make `mentor due`."""
    text = _("Show what needs attention.")
    days = days_option(_("How many days ahead to look."))
    quiet = click.Option(
        ["--quiet"],
        is_flag=True,
        help=_("Print nothing where nothing needs attention, or where you have no records."),
    )
    return command("due", _due, text, days, quiet, reading=True)


def days_option(help: str) -> click.Option:
    """Make the option `--days`: how far ahead a command looks, as `help` says."""
    return click.Option(
        ["--days"],
        metavar="N",
        callback=_days,
        help=help,
    )


def _days(_ctx: click.Context, _param: click.Parameter, value: str | None) -> int | None:
    if value is None:
        return None
    if not value.isascii() or not value.isdigit() or int(value[:9]) > MOST_DAYS:
        raise click.BadParameter(
            _("must be a whole number of days from 0 to {most}.").format(most=MOST_DAYS)
        )
    return int(value)


def everybody(store: Store) -> Iterator[MenteeView]:
    """Yield the views of all mentees; of closed mentorships only their data can be due."""
    yield from mentee_views(store)
    yield from mentee_views(store, closed=True)


def in_today(store: Store) -> Iterator[MenteeView]:
    """Yield the views of those whose rows the user has in Today."""
    whose, day = whose_today(store), today()
    return (view for view in everybody(store) if is_for(view, whose, day))


def rows_of_today(call: Call, store: Store, days: int | None = None) -> list[Due]:
    """Return the rows of Today, that about a newer version of the workplace's library last.

    Args:
        call: What was asked for.
        store: The records.
        days: How many days ahead to look; None for what the settings say.
    """
    rows = all_due(in_today(store), today(), due_limits(call.settings, days))
    if call.library is not None:
        # few workplaces have one
        from data.queries.entry_words import library_due

        if (due := library_due(_library(call))) is not None:
            rows.append(due)
    return rows


def library_news(call: Call) -> str:
    """Return what is offered of the workplace's library and what to do; "" where nothing is."""
    if call.library is None:
        return ""
    # as above
    from data.queries.entry_words import news_of

    said = news_of(_library(call))
    return said and _with_what_to_do(said)


def _library(call: Call) -> Copy | None:
    # as above
    from data.workplace.begin import looked_at

    return looked_at(call.library, os.environ) if call.library is not None else None


def _with_what_to_do(said: str) -> str:
    how = _("mentor library diff shows them, and mentor library take takes them.")
    return f"{said}: {how}"


def _due(call: Call, days: int | None, quiet: bool) -> None:
    call.quiet = quiet
    with call.read() as store:
        rows = rows_of_today(call, store, days)
    if call.as_json and (rows or not quiet):
        say_json([_as_json(row) for row in rows])
    if call.as_json:
        return
    if not rows and not quiet:
        say_wrapped(_("Nothing needs attention."))
    for row in folded_for_all(rows):
        say_wrapped(_of_several(row) if isinstance(row, Fold) else sentence(row))


def print_today(call: Call) -> None:
    """Print Today as text: what `mentor` does where there is no terminal."""
    day = today()
    with call.read() as store:
        rows = rows_of_today(call, store)
        heading = _heading(store, rows, day)
    if call.as_json:
        say_json([_as_json(row) for row in rows])
        return
    say_wrapped(heading)
    for row in folded_for_all(rows):
        say_wrapped(_of_several(row) if isinstance(row, Fold) else sentence(row))


def _heading(store: Store, rows: list[Due], day: date) -> str:
    if not mentees(store):
        return no_mentees(store)
    if not rows:
        return _("Today, {date}: nothing needs attention.").format(date=show_date(day))
    return heading(rows, day)


def _of_several(fold: Fold) -> str:
    """Say what a line for several mentees stands for: "3 mentees: Duties from before. Bo, …"."""
    return f"{fold.who}: {fold.first.label}. {', '.join(row.mentee for row in fold.dues)}."


def sentence(row: Due) -> str:
    """Say one row of Today."""
    if row.kind is DueKind.LIBRARY:
        return _with_what_to_do(row.why)
    what = f"{row.label}, {row.name}" if row.name else row.label
    return f"{row.mentee}: {what}. {row.why}"


def _as_json(row: Due) -> dict[str, object]:
    return {
        "key": row.key,
        "kind": row.kind.value,
        "mentee_id": row.mentee_id,
        "mentee": row.mentee,
        "record_id": row.record_id,
        "on": row.on and row.on.isoformat(),
        "name": row.name,
        "why": row.why,
    }
