"""A learning and competence plan that comes back filled in: what it changes in the plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from data.dates import EntryError
from data.documents.importing.content import CellText, Grid
from data.documents.importing.given_values import APART, NUMBER, Base, comparable, taken_as
from data.documents.importing.goals import GoalMerge, read_goals
from data.documents.importing.merging import FormField, Merging
from data.documents.importing.persons import Persons
from data.documents.importing.preview import EntryKind, Gathered, Preview, quoted
from data.documents.importing.rows import TITLE, FormRow, Matching, rows_of
from data.documents.importing.values import written_value
from data.i18n import _
from data.method.plan.changes import ROOM, new_task
from data.method.plan.fields import Kind, Reading, TaskField, fields_of, typed, value_of
from data.method.plan.fields import text_of as shown_text
from data.method.view import MenteeView
from data.records import Person, Task
from data.store.change import Change
from data.text import name_key

GOALS: Final = "goals"


def preview_plan(
    grids: Sequence[Grid], view: MenteeView, base: Base, reading: Reading, talk_id: str = ""
) -> Preview:
    """Return what a filled-in plan changes.

    Args:
        grids: The tables of the file that are of a plan.
        view: The mentee, with all records.
        base: What was in the form when it was given out.
        reading: How typed texts are read; who comes in by name is found by this module.
        talk_id: The talk in which it is taken in, for goals (R34); "" outside talks.
    """
    out = Gathered()
    rows = rows_of(grids, view, out)
    importer = _PlanImport(view, base, reading, out, talk_id)
    importer.take(rows)
    return Preview(
        form=_("Learning and competence plan: {name}").format(name=view.mentee.name),
        entries=(*out.entries, *importer.persons.entries()),
        changes=(*importer.persons.made(), *out.changes),
        step=_("plan imported from a file"),
        taken=tuple(out.taken),
    )


class _PlanImport:
    """Takes the rows of one plan in."""

    def __init__(
        self, view: MenteeView, base: Base, reading: Reading, out: Gathered, talk_id: str
    ) -> None:
        self.persons = Persons(view.people, view.roles)
        self.view, self.base, self.out = view, base, out
        self.merging = Merging(base, out)
        self.reading = replace(reading, person=lambda _before, name: self.persons.of(name).id)
        self.goals = GoalMerge(view, self.merging, self.reading, talk_id)
        self.fields = fields_of(view.mentee.columns)

    def take(self, rows: Sequence[FormRow]) -> None:
        """Take all rows in."""
        matching = Matching(rows, self.view, self.base)
        order = max((task.order for task in self.view.tasks), default=0.0)
        for row, task in zip(rows, matching.tasks, strict=True):
            if task is not None:
                self._merge(row, task)
            elif not row.title:
                cells = row.cells.items()
                is_number = row.number.isdecimal()
                words = ", ".join(
                    cell.text for key, cell in cells if key != NUMBER or not is_number
                )
                text = _("The row has no task, so it is left out: “{words}”")
                self.out.say(EntryKind.UNPLACED, text.format(words=quoted(words)), row.place)
            elif matching.was_deleted(row):
                text = _("“{task}” has been deleted here since, and stays so.")
                self.out.say(EntryKind.UNPLACED, text.format(task=quoted(row.title)), row.place)
            else:
                order += ROOM
                self._add(row, order)

    def _add(self, row: FormRow, order: float) -> None:
        task = after = replace(new_task(self.view, row.title), order=order)
        said = [row.title]
        place = len(self.out.changes)  # the task comes before its goals, which belong to it
        for field in self.fields:
            cell = row.cells.get(field.key)
            if cell is None or field.key == TITLE:
                continue
            if field.kind in APART:
                self._apart(field, task, cell)
                said.append(f"{field.name}: {quoted(cell.text)}")
                continue
            found = self._typed(after, field, cell)
            after = after if found is None else found
            if found is not None and (shown := self._shown(field, found)):
                said.append(f"{field.name}: {quoted(shown)}")
            if found is not None:
                self.out.taken.append(taken_as(task.id, field.key, self._comparable(found, field)))
        self.out.say(EntryKind.NEW, " · ".join(said), row.place)
        self.out.taken.append(taken_as(task.id, TITLE, row.title))
        self.out.changes.insert(place, Change.created(after))

    def _merge(self, row: FormRow, task: Task) -> None:
        after = task
        for field in self.fields:
            cell = row.cells.get(field.key)
            if cell is None or self._only_finds(field, task, cell):
                continue
            if field.kind in APART:
                self._apart(field, task, cell)
                continue
            found = self._typed(task, field, cell)
            if found is not None:
                after = self._merged(field, task, found, after, cell)
        self.out.change([Change.between(task, after)])

    def _only_finds(self, field: TaskField, task: Task, cell: CellText) -> bool:
        """Whether a cell only names the task, if with other capitals, in a form not given out."""
        same = field.key == TITLE and name_key(cell.text) == name_key(task.title)
        return same and not self.base.known

    def _typed(self, task: Task, field: TaskField, cell: CellText) -> Task | None:
        """Return a task with what a cell says in one field; None if it cannot be read."""
        try:
            return typed(
                task, field.key, written_value(field, cell.text, self.reading), self.reading
            )
        except EntryError as wrong:
            self.out.say(EntryKind.UNREAD, str(wrong), cell.place)
            return None

    def _merged(
        self, field: TaskField, task: Task, form: Task, after: Task, cell: CellText
    ) -> Task:
        """Return `after` with one field as the form has it, or with what becomes of both."""
        written, here = self._comparable(form, field), self._comparable(task, field)
        name = field.name if field.key == TITLE else f"{quoted(task.title)}: {field.name}"
        of_form = FormField(task, field.key, name, cell.place, field.kind is Kind.LINES)
        taken = self.merging.taken(
            of_form,
            form=written,
            here=here,
            shown=(self._shown(field, task), self._shown(field, form) or _("no")),
            kept=(self._stored(field, form), self._stored(field, task)),
        )
        if taken is None:
            return after
        text = taken if taken != written else written_value(field, cell.text, self.reading)
        return typed(after, field.key, text, self.reading)

    def _apart(self, field: TaskField, task: Task, cell: CellText) -> None:
        """Take in learning goals; quality checks have a form of their own."""
        if field.key == GOALS:
            try:
                found = read_goals(cell.text, self.reading, self.goals.known(task))
                self.goals.take(task, found)
            except EntryError as wrong:
                self.out.say(EntryKind.UNREAD, str(wrong), cell.place)
        elif cell.text != shown_text(field, task, self.view):
            text = _("{field} is noted in the program, with result and name.")
            self.out.say(EntryKind.UNPLACED, text.format(field=field.name), cell.place)

    def _comparable(self, task: Task, field: TaskField) -> str:
        return comparable(self._with_new, task, field)

    def _stored(self, field: TaskField, task: Task) -> str:
        if field.kind is Kind.PERSON:
            return task.sparring_with
        if field.kind is Kind.YES:
            return str(value_of(task, field.key))
        return self._comparable(task, field)

    def _shown(self, field: TaskField, task: Task) -> str:
        return shown_text(field, task, self._with_new)

    @property
    def _with_new(self) -> MenteeView:
        """The view, with the persons who are new."""
        if not self.persons.new:
            return self.view
        new: dict[str, Person] = {one.id: one for one in self.persons.new}
        return replace(self.view, people={**self.view.people, **new})
