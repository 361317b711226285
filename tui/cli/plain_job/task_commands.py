"""What can be done with one task of the plan beside filling in its fields."""

from __future__ import annotations

from collections.abc import Sequence

from data.clock import today
from data.date_parts import Lean
from data.dates import show_near
from data.i18n import _, ngettext
from data.method.plan.changes import delete_task, send_potential_to_need, set_step
from data.method.plan.recall import recall
from data.method.sparring import hold
from data.method.visibility import Reader, seen
from data.method.words import word
from data.queries.own_person import mentor_name
from data.queries.persons import names_of, people, person_of
from data.queries.recalled import recall_choices
from data.queries.typed_task import step_name
from data.records import Step, Task
from data.store.change import Change
from tui.cli.base import say_wrapped
from tui.cli.plain.desk import Desk
from tui.cli.plain_job.who import whole_name


def hold_today(desk: Desk, task: Task) -> None:
    """Note that the sparring about a task was held today."""
    desk.commit([hold(task, today())], step_name("sparring_held_on", task))
    say_wrapped(_("{task}: sparring held today.").format(task=task.title))


def note_step(desk: Desk, task: Task) -> None:
    """Ask for a training step, its day, and who trained with the mentee; and note it (R64)."""
    view, steps = desk.view_of(task.mentee_id), list(Step)
    say_wrapped(", ".join(f"{number} {word(step)}" for number, step in enumerate(steps, 1)))
    place = desk.choose(_("Training step"), len(steps))
    if place is None:
        return
    offered = show_near(today(), today())
    prompt = _("Date (leave empty for {date})").format(date=offered)
    day = desk.ask_date(prompt, Lean.PAST) or today()
    by, with_id = mentor_name(desk.store, view), task.sparring_with
    prompt = _("Trained by (leave empty for {name})")
    name = desk.ask(prompt.format(name=view.name_of(with_id) or _("nobody")))
    new: list[Change] = []
    if name:
        name = whole_name(desk, name, names_of(desk.store, people))
        with_id, new = person_of(desk.store, view, with_id, name, whole=True)
    change = set_step(task, steps[place], day, by, with_id)
    desk.commit([*new, change], step_name("step", task))
    if change.is_empty:
        say_wrapped(_("That step is noted already."))


def known_of(desk: Desk, task: Task) -> str:
    """Return how much earlier tasks of its type have taught that both may hear; "" for nothing."""
    number = len(_recalled(desk, task))
    text = ngettext(
        "Saved. {number} thing is known from earlier tasks of this type: .recall says it.",
        "Saved. {number} things are known from earlier tasks of this type: .recall says them.",
        number,
    )
    return text.format(number=number) if number else ""


def recall_for(desk: Desk, task: Task) -> None:
    """Say what earlier tasks of its type have taught, and make a next step of what is chosen."""
    offered = _recalled(desk, task)
    if not offered:
        say_wrapped(f"{_('Nothing shared from earlier tasks of this type')}.")
        return
    for number, (text, _step) in enumerate(offered, 1):
        say_wrapped(f"{number}. {' '.join(text.split())}")
    place = desk.choose(_("Which becomes the next step (leave empty for none)"), len(offered))
    if place is not None:
        text = "\n".join(filter(None, (task.next_step.strip(), offered[place][1])))
        desk.commit([Change.edited(task, next_step=text)], step_name("next_step", task))


def _recalled(desk: Desk, task: Task) -> list[tuple[str, str]]:
    view = seen(desk.view_of(task.mentee_id), Reader.SHARED)
    return recall_choices(recall(view, task.type, task.id))


def copy_to_needs(desk: Desk, task: Task) -> None:
    """Copy the task's potential to the needs map, as a need (R24)."""
    changes = send_potential_to_need(desk.view_of(task.mentee_id), task, today())
    if changes:
        desk.commit(changes, _("potential copied to needs"))
        say_wrapped(_("The potential is now among the needs: .needs"))
    elif task.potential.strip():
        say_wrapped(_("The potential is already among the needs: .needs"))
    else:
        say_wrapped(f"{_('The task has no potential yet; write it under Potential')}.")


def ask_to_delete(desk: Desk, mentee_id: str, task: Task) -> bool:
    """Ask, and delete a task; the question says what goes with it. Whether it was deleted."""

    def deletion() -> Sequence[Change]:
        view = desk.view_of(mentee_id)
        there = view.task(task.id)
        return delete_task(view, there).changes if there else ()

    question = _("Delete the task “{task}”?").format(task=task.title)
    goes = delete_task(desk.view_of(mentee_id), task).sentence
    what = _("delete task: {task}").format(task=task.title)
    return desk.delete(f"{question} {goes}".strip(), deletion, what)
