"""A piece of knowledge, line by line: when it was learned and used, and in which tasks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from data.clock import today
from data.date_parts import Lean
from data.dates import EntryError, show_date
from data.i18n import N_, _
from data.method.plan.knowledge import use_delay, use_doubt
from data.method.view import MenteeView
from data.records import Knowledge, KnowledgeKind
from data.store.change import Change
from tui.cli.base import say_wrapped
from tui.cli.plain.desk import Desk
from tui.cli.plain.dialogue import as_number, begins
from tui.cli.plain.field import Field
from tui.cli.plain_job.record import RecordSheet


class KnowledgeSheet(RecordSheet[Knowledge]):
    """A piece of knowledge that is open."""

    KIND = Knowledge
    COMMANDS: ClassVar = {"used": N_("used")}

    def title(self, record: Knowledge) -> str:
        """Return its name."""
        return record.title

    def fields(self) -> Sequence[Field]:
        """Return its fields, and the tasks that it is used in."""
        return [
            self.text("title", required=_("Name it")),
            self.choice("kind", KnowledgeKind),
            self._doubting(self.day("learned_on", Lean.PAST)),
            self.day("use_planned_on"),
            self._doubting(self.day("used_on", Lean.PAST)),
            self._tasks(),
        ]

    def _doubting(self, field: Field) -> Field:
        """Return a field of a day that says what is odd about what was typed."""

        def write(typed: str) -> str:
            said = field.write(typed)
            item = self.record
            doubt = use_doubt(item.learned_on, item.used_on, self.view.mentee.start)
            return f"{said}. {doubt}" if doubt else said

        return replace(field, write=write)

    def _tasks(self) -> Field:
        """Return the field of its tasks: the name of a task links it, or removes that link."""
        seen = [self.record]
        tasks = self.view.tasks
        names = [task.title for task in tasks]

        def write(typed: str) -> str:
            ids = set(seen[0].task_ids)
            if typed:
                place = as_number(typed, len(names))
                found = [place] if place is not None else begins(names, typed)
                if len(found) != 1:
                    raise EntryError(_("Write a number, or the start of the name of a task."))
                ids ^= {tasks[found[0]].id}
            else:
                ids = set()
            in_order = tuple(task.id for task in tasks if task.id in ids)
            what = _("Tasks of {title}").format(title=seen[0].title)
            self.desk.commit([Change.edited(seen[0], task_ids=in_order)], what)
            seen[0] = self.record
            return f"{_('Tasks')}: {_tied(self.view, seen[0]) or '–'}"

        takes = _(
            "The start of the name of a task, or its number in the plan, links it; once more "
            "removes the link."
        )
        return Field(_("Tasks"), _tied(self.view, seen[0]), write, takes)

    def more(self) -> list[str]:
        """Return how long it waits to be used."""
        delay = use_delay(self.record, today(), self.desk.limits.unused_days).text
        return [f"{delay}."] if delay else []

    def do(self, command: str, rest: str) -> None:
        """Note the first use of today, or remove that note."""
        if rest:
            self.desk.keep(rest)
        use_today(self.desk, self.record)


def use_today(desk: Desk, item: Knowledge) -> None:
    """Note that the knowledge was used today for the first time; or remove that note."""
    day = None if item.used_on else today()
    what = _("First use of {title}").format(title=item.title)
    desk.commit([Change.edited(item, used_on=day)], what)
    said = _("{title}: used today.") if day else _("{title}: not used yet.")
    say_wrapped(said.format(title=item.title))


def _tied(view: MenteeView, item: Knowledge) -> str:
    return ", ".join(task.title for task in view.tasks_among(item.task_ids))


def knowledge_said(view: MenteeView, item: Knowledge, limit: int) -> str:
    """Return a piece of knowledge in a line: what waits, its days, and its tasks."""
    days = (
        (_("learned {date}"), item.learned_on),
        (_("to be used {date}"), item.use_planned_on if not item.used_on else None),
        (_("used {date}"), item.used_on),
    )
    facts = [
        use_delay(item, today(), limit).short if not item.used_on else "",
        *(text.format(date=show_date(day)) for text, day in days if day),
        _tied(view, item) or _("no task"),
    ]
    return f"{item.title}: {'; '.join(filter(None, facts))}"
