"""The forms of the plan: the fields that they ask for, and the changes that they result in."""

from __future__ import annotations

from collections.abc import Mapping

from data.clock import today
from data.dates import show_date
from data.i18n import _
from data.method.plan.agreed import agree, changed_since_agreed, initials_check
from data.method.plan.changes import add_check, new_goal, set_step
from data.method.plan.fields import Kind, field_of, fields_of
from data.method.plan.knowledge import use_doubt
from data.method.view import MenteeView
from data.queries.own_person import both_names, mentor_name
from data.queries.persons import person_of
from data.queries.typed_task import typed_fields
from data.records import CheckResult, Step, Task
from data.store.change import Change
from data.store.store import Store
from data.text import line
from screens.dialogs.ask_again import asking
from screens.dialogs.edit_record import Form
from screens.dialogs.form import Field, Filled
from screens.frame.entries import choices, dates_from, person_check, person_suggest
from screens.plan.asked import Asked
from screens.plan.columns import own_columns

SPARE_COLUMNS = 3
"""How many empty fields the form of own columns has for new ones."""
_OF_NEW = ("title", "type", "sparring_on", "sparring_with")
"""Keys of the fields in the form of a new task. It also asks for the first learning goal."""


def initials_field(mentee: str) -> Field:
    """Return the field in which the mentee types initials at the mentor's keyboard (R15)."""
    first = mentee.split(maxsplit=1)[0] if mentee.split() else mentee
    required = _("{name} agrees by typing initials here").format(name=first)
    label = _("Initials of {name}").format(name=first)
    return Field(
        "initials", label, check=initials_check, required=required, hint=required, kept=False
    )


class PlanForms:
    """The forms of one mentee's plan.

    Each form has a second method, which returns the changes that its texts call for. They begin
    with the records as the forms showed them.
    """

    def __init__(self, store: Store, view: MenteeView) -> None:
        """Make the forms for the plan in `view`."""
        self.store = store
        self.view = view
        self.asked = Asked(store, view.mentee)
        self._dates = dates_from(view.mentee.start).done

    # -- fields -------------------------------------------------------------------------------

    def _proposed_person(self, key: str, label: str, person_id: str) -> Field:
        name = self.view.name_of(person_id)
        check, suggest = person_check(self.store), person_suggest(self.store)
        return Field(key, label, name, check=check, suggest=suggest, proposed=True)

    def _today(self, key: str, label: str) -> Field:
        return Field(key, label, show_date(today()), check=self._dates.check, proposed=True)

    # -- a new task ---------------------------------------------------------------------------

    def new_task(self, task: Task) -> Form:
        """Return the form of a new task. Only its name must be filled in."""
        shown = {key: self.asked.field(field_of(key), task, self.view) for key in _OF_NEW}
        first_goal = Field(
            "goal", _("Learning goal"), hint=_("what the mentee is to know or be able to do")
        )
        fields = list(shown.values())
        fields.insert(2, first_goal)
        return Form("task", _("New task"), fields)

    def added(self, task: Task, texts: Filled) -> list[Change]:
        """Return the changes that create the task, its first goal, and persons that are new."""
        typed = {key: texts[key] for key in _OF_NEW}
        *changes, whole = typed_fields(self.store, self.view, task, typed)
        changes.append(Change.created(whole.record))
        goal = line(texts["goal"])
        if goal:
            changes.append(Change.created(new_goal(self.view, task.id, goal)))
        return changes

    # -- all fields ---------------------------------------------------------------------------

    def all_fields(self, task: Task, first: str) -> Form:
        """Return the form with all fields of a task, with the cursor in the field `first`."""
        table = fields_of(self.view.mentee.columns)
        fields = [
            self.asked.field(one, task, self.view) for one in table if one.kind is not Kind.LOG
        ]

        def doubt(texts: Mapping[str, str]) -> str:
            learned, used = (
                self._dates.read(texts[key]) for key in ("learned_on", "first_used_on")
            )
            unchanged = (learned, used) == (task.learned_on, task.first_used_on)
            return "" if unchanged else use_doubt(learned, used, self.view.mentee.start)

        return Form("task", _("All fields"), fields, asking(doubt), first=first)

    def edited(self, task: Task, texts: Filled) -> list[Change]:
        """Return the changes for the fields that differ: one of the task, others of its goals."""
        changed = {key: text for key, text in texts.items() if key in texts.changed}
        return typed_fields(self.store, self.view, task, changed)

    # -- training and quality -----------------------------------------------------------------

    def step(self, task: Task) -> Form:
        """Return the form that notes a training step. Its day is today unless changed (R64)."""
        following = list(Step)
        at = following.index(task.step) + 1 if task.step else 0
        offered = following[min(at, len(following) - 1)]
        fields = [
            Field("step", _("Training step"), offered, "choice", choices(Step), proposed=True),
            self._today("on", _("Date")),
            self._proposed_person("with", _("Trained by"), task.sparring_with),
        ]
        return Form("step", _("Training step: {task}").format(task=task.title), fields)

    def stepped(self, task: Task, texts: Filled) -> list[Change]:
        """Return the changes that note the training step."""
        with_id, new = person_of(self.store, self.view, task.sparring_with, texts["with"])
        day = self._dates.read(texts["on"]) or today()
        by = mentor_name(self.store, self.view)
        return [*new, set_step(task, Step(texts["step"]), day, by, with_id)]

    def check(self, task: Task) -> Form:
        """Return the form that notes a quality check (R65)."""
        name = mentor_name(self.store, self.view)
        fields = [
            Field("result", _("Result"), CheckResult.FINE, "choice", choices(CheckResult)),
            Field("note", _("What was corrected"), hint=_("optional")),
            Field("by", _("Checked by"), name, suggest=person_suggest(self.store), proposed=True),
            self._today("on", _("Date")),
        ]
        return Form("check", _("Quality check: {task}").format(task=task.title), fields)

    def checked(self, task: Task, texts: Filled) -> list[Change]:
        """Return the changes that note the quality check."""
        day = self._dates.read(texts["on"]) or today()
        result = CheckResult(texts["result"])
        return [add_check(task, day, result, line(texts["by"]), line(texts["note"]))]

    # -- the plan as a whole ------------------------------------------------------------------

    def agreement(self) -> Form:
        """Return the form that notes that both have agreed on the plan (R15)."""
        required = _("Both initials are needed")
        mentee, mentor = both_names(self.store, self.view)
        fields = [
            Field("mentee", _("Mentee"), mentee, required=required, proposed=True),
            Field("mentor", _("Mentor"), mentor, required=required, proposed=True),
            self._today("on", _("Agreed on")),
            initials_field(self.view.mentee.name),
        ]
        return Form("plan_agreed", self._agreement_title(), fields, first="initials")

    def agreed(self, texts: Filled) -> list[Change]:
        """Return the changes that note it."""
        day = self._dates.read(texts["on"]) or today()
        names = [line(texts["mentee"]), line(texts["mentor"])]
        return [agree(self.view, names, day, line(texts["initials"]))]

    def _agreement_title(self) -> str:
        """Return the question: about the whole plan, or about what changed since last time."""
        since = changed_since_agreed(self.view)
        if not since:
            return _("The plan is agreed")
        titles = [task.title for task in self.view.tasks_among(since.changed + since.added)]
        return _("Plan agreed, including changes to: {tasks}").format(tasks=", ".join(titles))

    def own_columns(self) -> Form:
        """Return the form with the names of the workplace's own columns, and some empty fields."""
        names = [*self.view.mentee.columns, *[""] * SPARE_COLUMNS]
        label = _("Column {number}")
        fields = [
            Field(str(place), label.format(number=place), name)
            for place, name in enumerate(names, 1)
        ]
        return Form(
            "own_columns", _("Your workplace's own columns; an empty field removes one"), fields
        )

    def with_columns(self, texts: Filled) -> list[Change]:
        """Return the changes that rename, add and remove own columns."""
        return own_columns(self.view, [line(text) for text in texts.values()])
