"""Forms of the talk that more than one command opens, and the tasks to choose from in it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from data.clock import today
from data.dates import show_date
from data.i18n import _
from data.method.talk.lifecycle import first_time_tasks, next_date
from data.records import Task
from data.store.change import Change
from data.text import line
from screens.dialogs.edit_record import Asker, Form, edit_records
from screens.dialogs.form import Field, Filled, yes_no
from screens.dialogs.pick import Item
from screens.frame.entries import dates_from
from screens.talk.desk import TalkDesk


def goal_form(desk: TalkDesk, title: str, text: str) -> Form:
    """Return the form of a learning goal: what and by when (R55)."""
    check = dates_from(desk.flow.view.mentee.start).check
    fields = [
        Field("text", _("Learning goal"), text, required=_("Say what is to be learned")),
        Field("due", _("By when"), check=check),
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


async def ask_next(desk: TalkDesk, asker: Asker) -> bool:
    """Ask for the date of the next talk, which the rhythm proposes (R27).

    Returns False where the question was given up, so that the talk cannot end yet.
    """
    seen, dates = desk.talk, dates_from(desk.flow.view.mentee.start)
    day = seen.next_on or next_date(desk.flow.view, today())
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

    def changes(texts: Filled) -> list[Change]:
        none = bool(texts["none"])
        chosen = None if none else dates.read(texts["day"])
        return [Change.edited(seen, next_on=chosen, no_next=none)]

    form = Form("next_talk", _("Next talk"), fields, problem)
    return await edit_records(asker, seen, form, changes, _("Next date")) is not None
