"""Beginning a plan from a template, line by line: which one, then which of its rows."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import ClassVar

from data.clock import today
from data.dates import show_near
from data.i18n import N_, _, ngettext
from data.library.offsets import write_offset
from data.library.templates import TemplateRow
from data.method.plan.template import due_day, from_template, missing_rows
from data.templates.offered import Offered, Offers, offers
from data.templates.own import TemplateProblem
from tui.cli.base import say_wrapped
from tui.cli.plain.desk import Desk
from tui.cli.plain.listing import Item, Listing
from tui.cli.plain.moves import GoTo
from tui.cli.templates import added_text


def offers_for(desk: Desk, mentee_id: str) -> Offers:
    """Return what the plan of a mentee can begin from."""
    return offers(desk.store, os.environ, mentee_id)


class TemplatesPlace(Listing):
    """What a plan can begin from."""

    @property
    def prompt(self) -> str:
        """Where one is."""
        return _("Template")

    @property
    def takes(self) -> str:
        """What can be written here."""
        return _("The number of a template, or the start of its name, says its tasks.")

    def heading(self) -> list[str]:
        """Return what the list is, and what is wrong with own templates."""
        found = offers_for(self.desk, self.mentee_id)
        number = len(found.found)
        none = _("There is no template yet. mentor plan NAME --save TEMPLATE makes one of a plan.")
        some = ngettext(
            "The plan can begin from {number} template or plan.",
            "The plan can begin from {number} templates and plans.",
            number,
        ).format(number=number)
        return [some if number else none, *found.problems]

    def items(self) -> Sequence[Item]:
        """Return the templates and the plans of others."""
        text = _("{name}: {tasks} ({where})")
        return [
            Item(one.id, one.name, text.format(name=one.name, tasks=one.count, where=one.where))
            for one in offers_for(self.desk, self.mentee_id).found
        ]

    def open(self, item: Item) -> None:
        """Say the rows of a template."""
        offered = offers_for(self.desk, self.mentee_id).by_id(item.id)
        try:
            rows = offered.read().rows if offered else ()
        except TemplateProblem as problem:
            say_wrapped(str(problem))
            return
        if offered is None:
            say_wrapped(_("This is no longer there."))
            return
        raise GoTo(RowsPlace(self.desk, self.mentee_id, offered, rows))


class RowsPlace(Listing):
    """The rows of a template: all chosen at first but for those that the plan has already."""

    COMMANDS: ClassVar = {"add": N_("add")}
    KEYS: ClassVar = {"a": "add", "u": "undo"}

    def __init__(
        self, desk: Desk, mentee_id: str, offered: Offered, rows: Sequence[TemplateRow]
    ) -> None:
        super().__init__(desk, mentee_id)
        self.offered = offered
        self.rows = tuple(rows)
        new = missing_rows(self.view, self.rows)
        self._left_out = {place for place, row in enumerate(self.rows) if row not in new}

    @property
    def prompt(self) -> str:
        """Where one is."""
        return _("Rows of the template")

    @property
    def takes(self) -> str:
        """What can be written here."""
        return _(
            "a adds the chosen rows to the plan; the number of a row, or the start of its name, "
            "leaves it out or chooses it again; .back adds nothing."
        )

    @property
    def _chosen(self) -> list[TemplateRow]:
        return [row for place, row in enumerate(self.rows) if place not in self._left_out]

    def heading(self) -> list[str]:
        """Return what the rows come from, how many are chosen, and what to know of the dates."""
        made = from_template(self.view, self._chosen, today())
        text = ngettext(
            "{name}: {number} of {all} chosen; a adds it.",
            "{name}: {number} of {all} chosen; a adds them.",
            made.tasks,
        )
        name, number = self.offered.name, made.tasks
        said = text.format(name=name, number=number, all=len(self.rows))
        return [" ".join(filter(None, (said, made.sentence)))]

    def items(self) -> Sequence[Item]:
        """Return the rows with their dates."""
        return [Item(str(at), row.title, self._line(at)) for at, row in enumerate(self.rows)]

    def _line(self, at: int) -> str:
        row = self.rows[at]
        facts = [_("left out")] if at in self._left_out else []
        if row.sparring is not None:
            day = due_day(self.view.mentee.start, row.sparring)
            when = show_near(day, today()) if day else write_offset(row.sparring)
            facts.append(_("sparring {date}").format(date=when))
        goals = len(row.goals)
        if goals:
            facts.append(ngettext("{number} goal", "{number} goals", goals).format(number=goals))
        return f"{row.title}: {'; '.join(facts)}" if facts else row.title

    def open(self, item: Item) -> None:
        """Leave a row out, or choose it again."""
        at = int(item.id)
        self._left_out ^= {at}
        say_wrapped(self._line(at))
        for line in self.heading():
            say_wrapped(line)

    def add(self, text: str) -> None:
        """Add the chosen rows to the plan, as one step of undo, and go there."""
        if text:
            self.desk.keep(text)
        made = from_template(self.view, self._chosen, today())
        if made.changes:
            self.desk.commit(made.changes, self.offered.step)
        say_wrapped(added_text(self.view.mentee.name, made))
        self.desk.go_to("plan", self.mentee_id)
