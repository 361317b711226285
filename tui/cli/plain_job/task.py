"""A task of the plan, line by line: all fields that the table of fields has."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from data.clock import today
from data.dates import EntryError, echo_date
from data.durations import duration_forms
from data.i18n import N_, _, ngettext
from data.method.plan.changes import add_check, time_text
from data.method.plan.fields import Kind, TaskField, fields_of, text_of, value_of
from data.method.plan.knowledge import use_doubt
from data.method.view import MenteeView
from data.method.visibility import Reader, visible
from data.method.words import word
from data.queries.own_person import mentor_name
from data.queries.persons import names_of, people
from data.queries.typed_task import options, step_name, typed_fields
from data.records import CheckResult, QualityCheck, Task
from data.store.change import Change
from data.text import shorten
from tui.cli.base import say_wrapped
from tui.cli.plain.desk import Desk
from tui.cli.plain.field import Field
from tui.cli.plain.moves import Leave
from tui.cli.plain.sheet import Sheet
from tui.cli.plain_job.goals import GoalsPlace
from tui.cli.plain_job.record import DATE_TAKES, PERSON_TAKES
from tui.cli.plain_job.task_commands import (
    ask_to_delete,
    copy_to_needs,
    hold_today,
    known_of,
    note_step,
    recall_for,
)
from tui.cli.plain_job.who import whole_name


class TaskSheet(Sheet):
    """A task that is open. Lines that answer nothing become notes about it."""

    COMMANDS: ClassVar = {
        "held": N_("held"),
        "step": N_("step"),
        "recall": N_("recall"),
        "potential": N_("potential"),
        "delete": N_("delete"),
    }

    def __init__(self, desk: Desk, mentee_id: str, task_id: str) -> None:
        super().__init__(desk, mentee_id, task_id)

    @property
    def task(self) -> Task:
        """The task as it is now. Raises `Leave`, and says so, where somebody has deleted it."""
        found = self.view.task(self.task_id)
        if found is None:
            say_wrapped(_("This is no longer there."))
            raise Leave
        return found

    @property
    def prompt(self) -> str:
        """The name of the task, shortened."""
        return shorten(self.task.title, 30)

    def heading(self) -> list[str]:
        """Return the name, and which task of how many it is."""
        tasks, task = self.view.tasks, self.task
        said = _("{task}, task {number} of {all}.")
        return [
            said.format(task=task.title, number=tasks.index(task) + 1, all=len(tasks)),
        ]

    def fields(self) -> Sequence[Field]:
        """Return all fields of the table."""
        view, task = self.view, self.task
        return [self._field(view, task, one) for one in fields_of(view.mentee.columns)]

    def more(self) -> list[str]:
        """Return how the times compare, and how many notes there are."""
        notes = len(visible(self.view.notes_of(self.task_id), Reader.SHARED))
        found = [time_text(self.task)]
        if notes:
            said = ngettext(
                "{number} note: .notes says it.", "{number} notes: .notes says them.", notes
            )
            found.append(said.format(number=notes))
        return [line for line in found if line]

    def _field(self, view: MenteeView, task: Task, field: TaskField) -> Field:
        if field.kind is Kind.LOG:
            return self._checks(task, field)
        place = None
        if field.kind is Kind.GOALS:
            place = partial(GoalsPlace, self.desk, self.mentee_id, task.id)
        text = text_of(field, task, view)
        if field.kind is Kind.GOALS:
            text = "; ".join(text.split("\n"))
        return Field(
            field.name,
            text,
            _Writer(self, view, task, field).write,
            _takes(field),
            choices=options(field),
            is_long=field.kind is Kind.LINES,
            can_be_empty=field.may_be_none and field.key != "title" and field.kind is not Kind.YES,
            place=place,
        )

    def _checks(self, task: Task, field: TaskField) -> Field:
        last = task.checks[-1] if task.checks else None
        choices = tuple((value, word(value)) for value in CheckResult)
        write = partial(self._check, task)
        text = _check_text(last) if last else ""
        return Field(field.name, text, write, choices=choices, can_be_empty=False)

    def _check(self, task: Task, value: str) -> str:
        """Note a quality check of today; what was corrected is asked for."""
        result, by = CheckResult(value), mentor_name(self.desk.store, self.view)
        what = _("quality check of {task}").format(task=task.title)
        self.desk.commit([add_check(task, today(), result, by)], what)
        note = ""
        if result is CheckResult.ADJUSTED:
            note = self.desk.ask(_("What was corrected"))
        if note:
            seen = self.task
            *before, check = seen.checks
            noted = QualityCheck(on=check.on, by=check.by, result=check.result, note=note)
            self.desk.commit([Change.edited(seen, checks=(*before, noted))], what)
        return _check_text(self.task.checks[-1])

    # -- commands -----------------------------------------------------------------------------

    def do(self, command: str, rest: str) -> None:
        """Carry out a command on the task."""
        if rest:
            self.desk.keep(rest)
        if command == "delete":
            if ask_to_delete(self.desk, self.mentee_id, self.task):
                raise Leave
            return
        acts = {
            "held": hold_today,
            "step": note_step,
            "recall": recall_for,
            "potential": copy_to_needs,
        }
        acts[command](self.desk, self.task)


class _Writer:
    """Saves what is typed into one field, from the task as it was said."""

    def __init__(self, sheet: TaskSheet, view: MenteeView, task: Task, field: TaskField) -> None:
        self._sheet, self._view, self._task, self._field = sheet, view, task, field

    def write(self, text: str) -> str:
        """Save it; return it as it was understood. Raises `EntryError`."""
        field, task, desk = self._field, self._task, self._sheet.desk
        if field.key == "title" and not text.strip():
            raise EntryError(_("A task needs a name"))
        if field.kind is Kind.PERSON:
            text = whole_name(desk, text, names_of(desk.store, people))
        texts = {field.key: text}
        changes = typed_fields(desk.store, self._view, task, texts, whole_names=True)
        desk.commit(changes, step_name(field.key, task))
        self._view, self._task = self._sheet.view, self._sheet.task
        return self._understood(len(changes) > 1)

    def _understood(self, new_person: bool) -> str:
        field, task = self._field, self._task
        said = text_of(field, task, self._view)
        value = value_of(task, field.key)
        if field.key == "type" and (known := known_of(self._sheet.desk, task)):
            return known
        if field.kind in (Kind.LINE, Kind.LINES):
            return ""
        if field.kind is Kind.DATE and value:
            said = echo_date(value, today())
        if field.kind is Kind.YES:
            said = said or _("no")
        if new_person:
            said = _("{name}, who is new here").format(name=said)
        line = f"{field.name}: {said or '–'}"
        doubt = ""
        if field.key in {"learned_on", "first_used_on"}:
            doubt = use_doubt(task.learned_on, task.first_used_on, self._view.mentee.start)
        return f"{line}. {doubt}" if doubt else line


def _takes(field: TaskField) -> str:
    known = {
        Kind.DATE: _(DATE_TAKES),
        Kind.PERSON: _(PERSON_TAKES),
        Kind.DURATION: duration_forms(),
    }
    return known.get(field.kind, "")


def _check_text(check: QualityCheck) -> str:
    return ", ".join(filter(None, (word(check.result), echo_date(check.on, today()), check.note)))
