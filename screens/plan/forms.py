"""The forms of the plan: which fields they ask for, and what the filled-in texts change."""

from __future__ import annotations

from dataclasses import replace

from data.clock import today
from data.dates import show_date
from data.durations import show_duration
from data.i18n import _
from data.method.plan.agreed import agree, changed_since_agreed
from data.method.plan.changes import add_check, new_goal, set_step
from data.method.plan.fields import field_label
from data.method.plan.recall import task_types
from data.method.view import MenteeView
from data.queries.own_person import both_names, mentor_name
from data.records import CheckResult, Priority, Source, Step, Task, TaskStatus
from data.store.change import Change
from data.store.store import Store
from data.text import line, match_names
from screens.dialogs.edit_record import Form
from screens.dialogs.form import Field, Filled, yes_no
from screens.frame.entries import choices, dates_from, duration_check, person_check, person_suggest
from screens.plan.columns import EXTRA, own_columns, person_of, typed

SPARE_COLUMNS = 3
"""Empty fields for new columns."""


class PlanForms:
    """Forms about one mentee's plan as it is now."""

    def __init__(self, store: Store, view: MenteeView) -> None:
        """Make the forms for the plan in `view`."""
        self.store = store
        self.view = view
        self._dates = dates_from(view.mentee.start)

    # -- fields -------------------------------------------------------------------------------

    def _person(self, key: str, label: str, person_id: str = "") -> Field:
        name = self.view.name_of(person_id)
        check, suggest = person_check(self.store), person_suggest(self.store)
        return Field(key, label, name, check=check, suggest=suggest)

    def _date(self, key: str, label: str, value: str = "") -> Field:
        return Field(key, label, value, check=self._dates.check)

    def _title(self, value: str = "") -> Field:
        required = _("A task needs a name")
        return Field("title", _("Task"), value, required=required)

    def _type(self, value: str = "") -> Field:
        types = task_types(self.view.tasks)

        def suggest(text: str) -> list[str]:
            return [types[i] for i in match_names(types, text)] if text.strip() else types

        hint = _("↓ shows the types in use") if types else _("for example: talk, visit, decision")
        return Field("type", _("Task type"), value, suggest=suggest, hint=hint)

    # -- a new task ---------------------------------------------------------------------------

    def new_task(self, type: str = "") -> Form:
        """Return the form of a new task; all but the name may stay empty."""
        fields = [
            self._title(),
            self._type(type),
            Field(
                "goal", _("Learning goal"), hint=_("what the mentee is to know or be able to do")
            ),
            self._date("sparring_on", field_label("sparring_on")),
            self._person("sparring_with", field_label("sparring_with")),
        ]
        return Form("task", _("New task"), fields)

    def added(self, task: Task, texts: Filled) -> list[Change]:
        """Return what makes the new task, with its first goal and a new person."""
        person, changes = person_of(self.store, self.view, "", texts["sparring_with"])
        task = replace(task, title=line(texts["title"]), type=line(texts["type"]))
        day = self._dates.read(texts["sparring_on"])
        task = replace(task, sparring_on=day, sparring_with=person)
        changes.append(Change.created(task))
        goal = line(texts["goal"])
        if goal:
            changes.append(Change.created(new_goal(self.view, task.id, goal)))
        return changes

    # -- all fields ---------------------------------------------------------------------------

    def all_fields(self, task: Task, first: str) -> Form:
        """Return the form of a task with all but the long texts, which are kept as they are typed.

        The cursor begins in the field `first`.
        """
        time, day = duration_check, show_date
        fields = [
            self._title(task.title),
            self._type(task.type),
            Field("priority", field_label("priority"), task.priority or "", "choice",
                  choices(Priority, none=_("none"))),
            Field("status", field_label("status"), task.status, "choice", choices(TaskStatus)),
            self._date("sparring_on", field_label("sparring_on"), day(task.sparring_on)),
            self._person("sparring_with", field_label("sparring_with"), task.sparring_with),
            self._date("sparring_held_on", field_label("sparring_held_on"),
                       day(task.sparring_held_on)),
            Field("estimate_min", field_label("estimate_min"), show_duration(task.estimate_min),
                  check=time, hint=_("for example 3h, 1.5h, 2d, 1w")),
            Field("actual_min", field_label("actual_min"), show_duration(task.actual_min),
                  check=time),
            Field("potential_source", _("Potential seen by"), task.potential_source or "",
                  "choice", choices(Source, none=_("none"))),
            yes_no("needs_check", field_label("needs_check"), task.needs_check),
            self._date("learned_on", field_label("learned_on"), day(task.learned_on)),
            self._date("first_used_on", field_label("first_used_on"), day(task.first_used_on)),
        ]  # fmt: skip
        own = self.view.mentee.columns
        fields += [Field(EXTRA + name, name, task.extra.get(name, "")) for name in own]
        return Form("task", _("All fields"), fields, first=first)

    def edited(self, task: Task, texts: Filled) -> list[Change]:
        """Return what the changed fields change on the task, as one change of it."""
        chosen = texts.read(
            priority=_priority, status=TaskStatus, potential_source=_source, needs_check=bool
        )
        after: Task = replace(task, **chosen)
        others: list[Change] = []
        for key in texts:
            if key not in texts.changed or key in chosen:
                continue
            for change in typed(self.store, self.view, after, key, texts[key]):
                if isinstance(change.after, Task):
                    after = change.after
                else:
                    others.append(change)
        return [*others, Change.between(task, after)]

    # -- training and quality -----------------------------------------------------------------

    def step(self, task: Task) -> Form:
        """Return the form of a training step; today where no other day is given (R64)."""
        following = list(Step)
        at = following.index(task.step) + 1 if task.step else 0
        offered = following[min(at, len(following) - 1)]
        fields = [
            Field("step", _("Step"), offered, "choice", choices(Step)),
            self._date("on", _("Date"), show_date(today())),
            self._person("with", _("Trained with"), task.sparring_with),
        ]
        return Form("step", _("Training step: {task}").format(task=task.title), fields)

    def stepped(self, task: Task, texts: Filled) -> list[Change]:
        """Return what notes the training step."""
        with_id, new = person_of(self.store, self.view, task.sparring_with, texts["with"])
        day = self._dates.read(texts["on"]) or today()
        by = mentor_name(self.store, self.view)
        return [*new, set_step(task, Step(texts["step"]), day, by, with_id)]

    def check(self, task: Task) -> Form:
        """Return the form of a quality check (R65)."""
        name = mentor_name(self.store, self.view)
        fields = [
            Field("result", _("Outcome"), CheckResult.FINE, "choice", choices(CheckResult)),
            Field("note", _("What was put right"), hint=_("may stay empty")),
            Field("by", _("Checked by"), name, suggest=person_suggest(self.store)),
            self._date("on", _("Date"), show_date(today())),
        ]
        return Form("check", _("Quality check: {task}").format(task=task.title), fields)

    def checked(self, task: Task, texts: Filled) -> list[Change]:
        """Return what notes the quality check."""
        day = self._dates.read(texts["on"]) or today()
        result = CheckResult(texts["result"])
        return [add_check(task, day, result, line(texts["by"]), line(texts["note"]))]

    # -- the plan as a whole ------------------------------------------------------------------

    def agreement(self) -> Form:
        """Return the form of the stamp that the plan is agreed (R15)."""
        required = _("Both names belong to the agreement")
        mentee, mentor = both_names(self.store, self.view)
        fields = [
            Field("mentee", _("Mentee"), mentee, required=required),
            Field("mentor", _("Mentor"), mentor, required=required),
            self._date("on", _("Agreed on"), show_date(today())),
        ]
        return Form("plan_agreed", self._agreement_title(), fields, first="on")

    def agreed(self, texts: Filled) -> list[Change]:
        """Return what stamps the plan as agreed."""
        day = self._dates.read(texts["on"]) or today()
        return [agree(self.view, [line(texts["mentee"]), line(texts["mentor"])], day)]

    def _agreement_title(self) -> str:
        """Return what the stamp is about: the plan as it is, or what changed since last time."""
        since = changed_since_agreed(self.view)
        if not since:
            return _("The plan is agreed")
        titles = [task.title for task in self.view.tasks if task.id in since.changed + since.added]
        return _("The plan is agreed, with what changed: {tasks}").format(tasks=", ".join(titles))

    def own_columns(self) -> Form:
        """Return a form with the name of each of the workplace's own columns, and spare fields."""
        names = [*self.view.mentee.columns, *[""] * SPARE_COLUMNS]
        label = _("Column {number}")
        fields = [
            Field(str(place), label.format(number=place), name)
            for place, name in enumerate(names, 1)
        ]
        return Form("own_columns", _("The workplace's own columns; empty removes one"), fields)

    def with_columns(self, texts: Filled) -> list[Change]:
        """Return what renames, adds and removes own columns."""
        return own_columns(self.view, [line(text) for text in texts.values()])


def _priority(text: str) -> Priority | None:
    return Priority(text) if text else None


def _source(text: str) -> Source | None:
    return Source(text) if text else None
