"""`mentor add` and `mentor note`: writing without opening the app."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TypeVar

import click

from data.clock import now, today
from data.i18n import _, language
from data.paths import state_dir, write_private
from data.records import Mentee, Note, Task, new_id
from data.storage.problems import ErrorKind, NotSaved
from data.store.change import Change
from data.store.store import Store
from data.text import clean, lines, spelling_key, text_of_bytes, words_key
from tui.cli.base import command, find_mentee, name_argument, say_wrapped
from tui.cli.call import Call, Problem, Status, complain

if TYPE_CHECKING:
    from data.library.templates import PlanTemplate
    from data.method.plan.template import FromTemplate

T = TypeVar("T")


def decoded(text: str) -> str:
    """Return an argument with bytes that are not UTF-8 read as what old terminals send."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return text_of_bytes(os.fsencode(text))
    return text


# mentor add


def add_command() -> click.Command:
    """Make `mentor add`. At a terminal it asks for what is not given."""
    asks = sys.stdin is not None and sys.stdin.isatty()
    return command(
        "add",
        _add,
        _("Add a mentee, with the default roles, duties and talks."),
        name_argument(required=not asks),
        click.Option(
            ["--start"],
            required=not asks,
            metavar=_("DATE"),
            help=_("First day at work, such as 1/8 or 2026-08-01."),
        ),
        click.Option(["--title"], default="", metavar=_("TEXT"), help=_("Job title.")),
        click.Option(["--team"], default="", metavar=_("TEXT"), help=_("Team or department.")),
        click.Option(
            ["--newly-qualified"],
            is_flag=True,
            help=_("Newly qualified (first job after graduating)."),
        ),
        click.Option(
            ["--plan"],
            metavar=_("TEMPLATE"),
            help=_("Begin the plan from a template: its name, its key, or a file."),
        ),
        click.Option(["--again"], is_flag=True, help=_("Another mentee with an existing name.")),
        click.Option(
            ["--sure"],
            is_flag=True,
            help=_(
                "Accept a first day at work that is more than a year away, or a day off to come."
            ),
        ),
    )


def _add(
    call: Call,
    *,
    name: str | None,
    start: str | None,
    title: str,
    team: str,
    newly_qualified: bool,
    plan: str | None,
    again: bool,
    sure: bool,
) -> None:
    # `mentor note` needs none of it
    from data.dates import echo_date, show_date
    from data.library import duties
    from data.method.mentorship.names import clean_name
    from data.method.mentorship.roles import new_mentee_records
    from data.method.mentorship.start import proposed_end
    from data.queries.own_person import own_person

    name = _asked(_("Name of the mentee"), name, _name)
    title, team = (clean_name(decoded(typed)) for typed in (title, team))
    day = _asked(_("First day at work, such as 1/8 or Monday"), start, _first_day)
    template = None if plan is None else _wanted(plan)
    if not sure:
        _ask_about_start(day)
    mentee = Mentee(name=name, title=title, team=team, start=day, newly_qualified=newly_qualified)
    with call.open() as store:
        if not again:
            _ask_about_namesake(store, name)
        mentor, making = own_person(store)
        changes = new_mentee_records(mentee, mentor.id, duties(language()), today())
        first = None if template is None else _first_plan(template, mentee)
        planned = first.changes if first else ()
        store.commit([*making, *changes, *planned], _("Add {name}").format(name=name))
    told = _("{name} added. First day at work: {date}. Ends on: {end}. Mentor: {mentor}.")
    end = show_date(proposed_end(day, mentee.rhythm))
    say_wrapped(told.format(name=name, date=echo_date(day, today()), end=end, mentor=mentor.name))
    if first is not None:
        # only where the plan begins from a template
        from tui.cli.templates import added_text

        say_wrapped(added_text(name, first))


def _wanted(typed: str) -> PlanTemplate:
    """Return the template that was named; raises `Problem` where there is none."""
    # only where the plan begins from a template
    from tui.cli.templates import wanted_template

    return wanted_template(decoded(typed))


def _first_plan(template: PlanTemplate, mentee: Mentee) -> FromTemplate:
    """Return what the template makes of the plan of a new mentee."""
    # only where the plan begins from a template
    from data.method.plan.template import from_template
    from data.method.view import MenteeView

    return from_template(MenteeView.of(mentee, ()), template.rows, today())


def _asked(question: str, given: str | None, read: Callable[[str], T]) -> T:
    """Return what was given on the command line as `read` reads it; ask for what was not."""
    if given is not None:
        return read(decoded(given))
    # only where something is not given
    from tui.cli.sure import asked

    return asked(question, read, _("Nothing has been added."))


def _name(typed: str) -> str:
    """Return the name; raises `Problem` where it cannot be one."""
    # `mentor note` needs none of it
    from data.method.mentorship.names import clean_name, name_problem

    name = clean_name(typed)
    if problem := _("The name is empty.") if not name else name_problem(name):
        raise Problem(problem)
    return name


def _first_day(typed: str) -> date:
    """Return the first day at work; raises `Problem` where it is no day."""
    # `mentor note` needs none of it
    from data.date_parts import Lean
    from data.dates import DateProblem
    from data.typed_dates import parse_date

    try:
        day = parse_date(typed, today(), lean=Lean.EITHER)
    except DateProblem as unread:
        raise Problem(str(unread)) from unread
    if day is None:
        raise Problem(_("The first day at work is missing: --start DATE"))
    return day


def _ask_about_start(day: date) -> None:
    """Ask about a first day that is a day off or far away; raises `Problem` where it is not so."""
    # `mentor note` needs none of it
    from data.method.mentorship.start import start_doubt
    from tui.cli.sure import sure

    doubt = start_doubt(day, today())
    if not doubt:
        return
    if not sys.stdin.isatty():
        raise Problem(_("{doubt} If it is right: --sure").format(doubt=doubt))
    if not sure(_("First day at work: {doubt} Add anyway?").format(doubt=doubt)):
        raise Problem(_("Nothing has been added."))


def _ask_about_namesake(store: Store, name: str) -> None:
    """Ask whether a mentee of that name is to be added again; raises `Problem` where not."""
    # `mentor note` needs none of it
    from data.queries.mentees import is_there_already
    from tui.cli.sure import sure

    there = is_there_already(store, name)
    if not there:
        return
    if not sys.stdin.isatty():
        raise Problem(_("{there} To add another with that name: --again").format(there=there))
    if not sure(_("{there} Add another with that name?").format(there=there)):
        raise Problem(_("Nothing has been added."))


# mentor note


def note_command() -> click.Command:
    """Make `mentor note`."""
    return command(
        "note",
        _note,
        _(
            "Write a note about a mentee. Best without TEXT: read from standard "
            "input or written in $VISUAL or $EDITOR. Others on the computer can "
            "see the words of a command while it runs."
        ),
        name_argument(),
        click.Argument(["text"], nargs=-1, metavar=_("[TEXT]...")),
        click.Option(
            ["--task"], metavar=_("TASK"), help=_("Task it is about (start of its name).")
        ),
        click.Option(
            ["--private/--shared"],
            default=True,
            help=_("Private (default) or shared with the mentee."),
        ),
        click.Option(
            ["--on"],
            metavar=_("DATE"),
            help=_("The day it is about, such as Friday or 27/11 (default: today)."),
        ),
    )


def _note(
    call: Call,
    *,
    name: str,
    text: tuple[str, ...],
    task: str | None,
    private: bool,
    on: str | None,
) -> None:
    at = now() if on is None else _moment(decoded(on))
    with call.open() as store:
        mentee = find_mentee(store, decoded(name))
        task_id = _find_task(store, mentee, decoded(task)).id if task is not None else ""
        note = Note(mentee_id=mentee.id, private=private, at=at, task_id=task_id)
        with _text(text, note, call.folder) as typed:
            written = lines(typed)
            if not written:
                raise Problem(_("Nothing was written, so nothing was saved."))
            _save(store, replace(note, text=written))
    kind = _("private") if private else _("shared")
    if on is not None:
        # a note about today needs none of it
        from data.dates import echo_date

        kind = f"{kind}, {echo_date(at.date(), today())}"
    say_wrapped(_("Note about {name} saved ({kind}).").format(name=mentee.name, kind=kind))
    _warn_of_citizens(written)


def _moment(typed: str) -> datetime:
    """Return the time that a note is about, on the day that was typed, perhaps with its time."""
    # a note about today needs none of it
    from data.date_parts import Lean
    from data.dates import DateProblem
    from data.method.notes import day_problem, on_day
    from data.typed_dates import parse_day_time

    try:
        day, time = parse_day_time(typed, today(), lean=Lean.PAST)
    except DateProblem as unread:
        raise Problem(str(unread)) from unread
    wrong = day_problem(day, today())
    if wrong or day is None:
        raise Problem(wrong)
    moment = now()
    if time:
        moment = moment.replace(hour=int(time[:2]), minute=int(time[3:]), second=0)
    return on_day(moment, day)


def _save(store: Store, note: Note) -> None:
    try:
        store.commit([Change.created(note)], _("Note"))
    except NotSaved as problem:
        put_aside(problem, note.text)


def put_aside(problem: NotSaved, text: str) -> NoReturn:
    """Keep a text that could not be saved in a file of its own, and raise what names it.

    It may have taken an hour to write.
    """
    path = state_dir(os.environ) / f"note-{new_id()}.txt"
    try:
        write_private(path, text + "\n")
    except OSError:
        raise problem from None
    said = _("{problem} What you wrote has not been saved; it is in {path}.")
    if problem.kind is ErrorKind.UNSURE:  # the problem says that it may have been
        said = _("{problem} What you wrote is in {path}, too.")
    raise Problem(said.format(problem=problem, path=path), Status.FILE) from problem


def _warn_of_citizens(text: str) -> None:
    # `mentor add` needs none of it
    from data.citizens import hint

    if said := hint(text):
        complain(f"{said}.")


def _text(words: tuple[str, ...], note: Note, folder: Path) -> AbstractContextManager[str]:
    """Return the text of a note; where an editor has it, it is kept until the note is saved."""
    if words:
        return nullcontext(" ".join(decoded(word) for word in words))
    if sys.stdin.isatty():
        # only where no text is given
        from tui.cli.in_editor import written

        return written(note, folder)
    return nullcontext(text_of_bytes(sys.stdin.buffer.read()))


def _find_task(store: Store, mentee: Mentee, title: str) -> Task:
    wanted = words_key(title)
    tasks = store.of(Task, mentee.id)
    fits = [task for task in tasks if spelling_key(task.title) == wanted] or [
        task for task in tasks if spelling_key(task.title).startswith(wanted)
    ]
    if len(fits) == 1:
        return fits[0]
    shown = clean(title, lines=False)
    if fits:
        names = ", ".join(clean(task.title, lines=False) for task in fits)
        raise Problem(
            _("“{title}” matches several tasks: {names}. Type more of it.").format(
                title=shown, names=names
            )
        )
    raise Problem(
        _("{name} has no task that begins with “{title}”.").format(
            name=clean(mentee.name, lines=False), title=shown
        )
    )
