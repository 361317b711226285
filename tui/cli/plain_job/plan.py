"""The plan, line by line: its tasks with what matters about each first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from data.clock import today
from data.dates import show_near
from data.i18n import N_, _, ngettext
from data.method.plan.agreed import (
    agree,
    agreed_words,
    changed_since_agreed,
    rows_since_agreed,
)
from data.method.plan.changes import new_task
from data.method.plan.lacks import lacks
from data.method.sparring import is_awaited
from data.method.view import MenteeView
from data.method.words import word
from data.queries.own_person import both_names
from data.records import Task
from data.store.change import Change
from data.text import line, shorten
from tui.cli.base import say_wrapped
from tui.cli.plain.initials import ask_initials
from tui.cli.plain.listing import Item, Listing
from tui.cli.plain.moves import GoTo
from tui.cli.plain_job.task import TaskSheet
from tui.cli.plain_job.task_commands import ask_to_delete, hold_today


class PlanPlace(Listing):
    """The tasks of a plan."""

    name: ClassVar = "plan"
    COMMANDS: ClassVar = {
        "add": N_("add"),
        "held": N_("held"),
        "agree": N_("agree"),
        "delete": N_("delete"),
        "template": N_("template"),
    }
    KEYS: ClassVar = {"a": "add", "d": "held", "x": "delete", "u": "undo"}
    OF_ONE: ClassVar = frozenset({"held", "delete"})

    @property
    def prompt(self) -> str:
        """Where one is."""
        return _("Plan")

    @property
    def takes(self) -> str:
        """What can be written here."""
        return _(
            "The number of a task, or the start of its name, opens it; a adds one, d and a number "
            "notes its sparring as held today, x and a number deletes one, u undoes, .agree agrees "
            "on the plan, .template adds rows of a template, an empty line says the plan again."
        )

    def heading(self) -> list[str]:
        """Return whose plan it is, how many tasks it has, and what has been agreed."""
        view = self.view
        said = ngettext(
            "Plan for {name}: {number} task.",
            "Plan for {name}: {number} tasks.",
            len(view.tasks),
        ).format(name=view.mentee.name, number=len(view.tasks))
        since = changed_since_agreed(view)
        agreed = "; ".join(agreed_words(view.mentee, since))
        more = [f"{agreed}. {rows_since_agreed(view, since)}".rstrip()] if agreed else []
        return [said, *more, *self._templates()]

    def _templates(self) -> list[str]:
        """Return how an empty plan begins from a template, where there is something to begin from.

        Most plans have tasks: then no template is looked for.
        """
        if self.view.tasks:
            return []
        # loaded when first needed
        from tui.cli.plain_job.templates import offers_for

        found = offers_for(self.desk, self.mentee_id)
        return [_("a adds a task, .template begins from a template.")] if found.found else []

    def items(self) -> Sequence[Item]:
        """Return the tasks, in the order of the plan."""
        view = self.view
        return [Item(task.id, task.title, _line(view, task)) for task in view.tasks]

    def open(self, item: Item) -> None:
        """Open a task."""
        raise GoTo(TaskSheet(self.desk, self.mentee_id, item.id))

    def add(self, text: str) -> None:
        """Add a task at once, and open it for its other fields."""
        title = line(text or self.desk.ask(_("Name of the new task")))
        if title:
            task = new_task(self.view, title)
            what = _("new task: {task}").format(task=shorten(title, 30))
            self.desk.commit([Change.created(task)], what)
            raise GoTo(TaskSheet(self.desk, self.mentee_id, task.id))

    def do(self, command: str, rest: str) -> None:
        """Agree on the plan, begin it from a template, or what every list can do."""
        if command in ("agree", "template") and rest:
            self.desk.keep(rest)
        if command == "agree":
            self._agree()
        elif command == "template":
            # loaded when first needed
            from tui.cli.plain_job.templates import TemplatesPlace

            raise GoTo(TemplatesPlace(self.desk, self.mentee_id))
        else:
            super().do(command, rest)

    def _agree(self) -> None:
        """Let the mentee agree on the plan as it was said, with initials (R15)."""
        view = self.view
        if not view.tasks:
            say_wrapped(_("Nothing to agree on yet: a adds a task"))
            return
        initials = ask_initials(self.desk, view.mentee.name)
        if not initials:
            return
        self.desk.look()
        if (self.view.tasks, self.view.goals) != (view.tasks, view.goals):
            say_wrapped(_("Someone else has changed the plan meanwhile; it is not agreed on yet."))
            self.say()
            return
        names = both_names(self.desk.store, view)
        self.desk.commit([agree(view, names, today(), initials)], _("plan agreed"))
        say_wrapped(_("The plan was agreed on today."))

    def do_with(self, command: str, item: Item) -> None:
        """Note the sparring about a task as held today, or delete the task."""
        task = self.view.task(item.id)
        if task is None:
            say_wrapped(_("This is no longer there."))
        elif command == "held":
            hold_today(self.desk, task)
        elif ask_to_delete(self.desk, self.mentee_id, task):
            self.say()


def _line(view: MenteeView, task: Task) -> str:
    """Return a task in a line: its name, its status, sparring and step, and what it lacks."""
    facts = [word(task.status).lower()]
    if is_awaited(task) and task.sparring_on:
        sparring = _("sparring {date}").format(date=show_near(task.sparring_on, today()))
        person = view.name_of(task.sparring_with)
        facts.append(f"{sparring} ({person})" if person else sparring)
    facts += filter(None, [word(task.step).lower()])
    missing = lacks(view, task)
    if missing:
        facts.append(_("check: {missing}").format(missing=", ".join(missing)))
    return f"{task.title}: {'; '.join(facts)}"
