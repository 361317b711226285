"""Forms of the talk that more than one command opens, and the tasks to choose from in it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial

from data.clock import today
from data.dates import show_date
from data.i18n import N_, _
from data.method.talk.lifecycle import first_time_tasks, next_date
from data.method.talk.rhythm import move, postpone
from data.method.talk.wellbeing import ITEMS, WORDS, item_text, word_text
from data.method.view import MenteeView
from data.records import Answer, Mentee, Talk, TalkState, Task
from data.store.change import Change
from data.text import first_line, line
from data.typed_dates import parse_time
from screens.dialogs.edit_record import Asker, Form, edit_records
from screens.dialogs.form import Field, yes_no
from screens.dialogs.pick import Item, PickDialog
from screens.frame.base import BaseScreen
from screens.frame.entries import dates_from
from screens.talk.desk import TalkDesk
from widgets.grid import Choice, lettered


def goal_form(desk: TalkDesk, title: str, text: str) -> Form:
    """Return the form of a learning goal: what and by when (R55)."""
    check = dates_from(desk.flow.view.mentee.start).check
    fields = [
        Field("text", _("Learning goal"), text, required=_("Say what is to be learned")),
        Field("due", _("Due"), check=check),
    ]
    return Form("goal", title, fields, first="due")


def goal_of(desk: TalkDesk, texts: Mapping[str, str]) -> tuple[str, date | None]:
    """Return the text of a learning goal and its date, as they were filled in."""
    day = dates_from(desk.flow.view.mentee.start).read(texts["due"])
    return line(texts["text"]), day


def task_items(desk: TalkDesk) -> list[Item]:
    """Return all tasks to pick from: those chosen first, then those done for the first time."""
    view, talk = desk.flow.view, desk.talk
    fresh = {task.id for task in first_time_tasks(view)}

    def rank(task: Task) -> int:
        return 0 if task.id in talk.task_ids else 1 if task.id in fresh else 2

    ordered = sorted(view.tasks, key=lambda task: (rank(task), task.order, task.id))
    return [
        Item(task.id, task.title, _("for the first time") if task.id in fresh else task.type)
        for task in ordered
    ]


def next_talk_form(view: MenteeView, seen: Talk) -> Form:
    """Return the form of the date of the next talk, which the rhythm proposes (R27)."""
    dates = dates_from(view.mentee.start)
    day = seen.next_on or next_date(view, today())
    fields = [
        Field("day", _("Date"), show_date(day), check=dates.check, proposed=seen.next_on is None),
        yes_no("none", _("No next talk"), seen.no_next),
    ]

    def problem(texts: Mapping[str, str]) -> str:
        chosen = dates.read(texts["day"])
        if texts["none"]:
            return ""
        if chosen is None:
            return _("Agree on a date for the next talk, or choose that there is none.")
        return _("The date of the next talk has passed.") if chosen < today() else ""

    return Form("next_talk", _("Next talk"), fields, problem)


def next_talk_changes(view: MenteeView, seen: Talk, texts: Mapping[str, str]) -> list[Change]:
    """Return the changes that the form of the next talk calls for."""
    none = bool(texts["none"])
    chosen = None if none else dates_from(view.mentee.start).read(texts["day"])
    return [Change.edited(seen, next_on=chosen, no_next=none)]


async def ask_next(desk: TalkDesk, asker: Asker) -> bool:
    """Ask for the date of the next talk.

    Returns False where the question was given up, so that the talk cannot end yet.
    """
    seen, view = desk.talk, desk.flow.view
    form, changes = next_talk_form(view, seen), partial(next_talk_changes, view, seen)
    return await edit_records(asker, seen, form, changes, _("Next date")) is not None


async def beside_next_step(screen: BaseScreen[None], task: Task, line: str) -> str:
    """Return what the next step of a task is to be: the line, or both, where there is one already.

    It shows what the line would take the place of. Returns "" where the question was given up.
    """
    before = task.next_step.strip()
    if not before or before == line:
        return line
    title = _("{task} already has a next step").format(task=task.title)
    items = [
        Item("both", _("Keep both"), first_line(before)),
        Item("line", _("Replace it"), first_line(before)),
    ]
    picked = await screen.app.push_screen_wait(PickDialog(title, items))
    if picked is None:
        return ""
    return f"{before}\n{line}" if picked.id == "both" else line


# -- the day of a talk ----------------------------------------------------------------------------


def when_fields(mentee: Mentee, day: str, time: str, required: str) -> list[Field]:
    """Return the fields for a day and a time; `required` is said where the day is left empty."""
    dates = dates_from(mentee.start).with_time
    return [
        Field("day", _("Date"), day, check=dates.check, required=required),
        Field("time", _("Time"), time, check=parse_time),
    ]


def when_filled(mentee: Mentee, texts: Mapping[str, str]) -> tuple[date | None, str]:
    """Return the day and the time; one written with the day counts more than its own field."""
    dates = dates_from(mentee.start).with_time
    return dates.read(texts["day"]), dates.time(texts["day"]) or parse_time(texts["time"])


def move_form(talk: Talk, mentee: Mentee) -> Form:
    """Return the form that moves a talk to another day."""
    title = _("Move talk {number}").format(number=talk.number)
    day, time = show_date(talk.planned_on), talk.planned_time
    fields = when_fields(mentee, day, time, _("Enter the new date"))
    return Form("move", title, fields, done=N_("Move"))


def talk_moved(talk: Talk, mentee: Mentee, texts: Mapping[str, str]) -> list[Change]:
    """Return the changes that the form calls for; none where it was only looked at."""
    day, time = when_filled(mentee, texts)
    stays = (day, time) == (talk.planned_on, talk.planned_time)
    if day is None or (stays and talk.state is TalkState.PLANNED):
        return []
    return [move(talk, day, time)]


def postpone_form(talk: Talk, mentee: Mentee) -> Form:
    """Return the form that puts a talk off."""
    check, hint = dates_from(mentee.start).check, _("empty: no day yet")
    title = _("Postpone talk {number}").format(number=talk.number)
    fields = [Field("day", _("Until"), check=check, hint=hint, proposed=True)]
    return Form("postpone", title, fields, done=N_("Postpone"))


def talk_postponed(talk: Talk, mentee: Mentee, texts: Mapping[str, str]) -> list[Change]:
    """Return the changes that the form calls for."""
    return [postpone(talk, dates_from(mentee.start).read(texts["day"]))]


# -- three words ----------------------------------------------------------------------------------


def pulse_form(said: Mapping[str, str]) -> Form:
    """Return the form of the mentee's words on wellbeing; `said` are those chosen so far (R50)."""
    words = lettered(*((key, word_text(key)) for key in WORDS))
    choices = (Choice("", _("nothing"), "-"), *words)
    fields = [Field(key, item_text(key), said.get(key, ""), "choice", choices) for key in ITEMS]
    return Form("three_words", _("Three short answers, if the mentee wants to (private)"), fields)


def pulse_in(texts: Mapping[str, str]) -> dict[str, str]:
    """Return the words that were chosen in the form."""
    return {key: texts[key] for key in ITEMS if texts[key]}


def pulse_changes(answer: Answer, texts: Mapping[str, str]) -> list[Change]:
    """Return the changes of an answer that the form calls for."""
    return [Change.edited(answer, pulse=pulse_in(texts))]
