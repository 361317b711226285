"""Beginning a plan from a template: which one, and which of its rows."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from typing import ClassVar, Final

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from data.clock import today
from data.dates import show_near
from data.durations import show_duration
from data.i18n import N_, _, ngettext
from data.library.offsets import write_offset
from data.library.templates import PlanTemplate, TemplateRow
from data.method.plan.template import due_day, from_template, missing_rows
from data.method.view import MenteeView
from data.method.visibility import shows_all
from data.method.words import word
from data.queries.views import mentee_view
from data.templates.offered import Offered, Offers, offers
from data.templates.own import TemplateProblem
from screens.dialogs.base import Dialog
from screens.dialogs.edit_record import Asker
from screens.dialogs.pick import Item, PickDialog
from screens.plan.view import PlanView
from widgets.detail_pane import DetailPane, LabelledText
from widgets.glyphs import dotted, glyphs
from widgets.grid import Column, Grid, Row
from widgets.keys import DONE

_EMPTY: Final = "empty"
"""Id of the item that is no template but an empty row."""
_ONWARD: Final = frozenset({"tab", "f10", "ctrl+s"})
"""The keys that go on in the plan, and do nothing before something is picked to begin from."""
_MOST: Final = 20
"""How many rows are in sight at most."""
_DETAILS: Final = 5
"""How many lines say more about the row under the cursor, where there is room."""


class TemplatesDialog(PickDialog):
    """The templates to begin from. It says at first what is wrong with own ones."""

    def __init__(self, found: Offers, *, empty_row: bool) -> None:
        """Make a dialog.

        Args:
            found: What there is to begin from.
            empty_row: Whether a plan without tasks may also begin with an empty row.
        """
        items = [
            Item(one.id, one.name, dotted(one.count, one.where), one.key) for one in found.found
        ]
        if empty_row:
            items.append(Item(_EMPTY, _("An empty row"), _("a new task")))
        super().__init__(
            _("Begin the plan from") if empty_row else _("Add rows of a template"),
            items,
            placeholder=_("Type part of a name, or the title of a new task")
            if empty_row
            else _("Type part of the name"),
            new=_("New task: {name}") if empty_row else "",
        )
        self.problem = found.problem

    def on_mount(self) -> None:
        """Say what is wrong with own templates, once the list is there."""
        super().on_mount()
        if self.problem:
            self.call_after_refresh(self.say, self.problem, problem=True)

    @on(events.Key)
    def _say_how(self, event: events.Key) -> None:
        """Say what to do first: who types a task as in the plan goes on to its next cell."""
        if event.key in _ONWARD:
            event.stop()
            event.prevent_default()
            self.say(_("Enter takes the line under the cursor first; then the rest is filled in"))


class RowsDialog(Dialog[tuple[TemplateRow, ...]]):
    """The rows of a template, all chosen at first but for those that the plan has already."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f10,ctrl+s", "take", N_("Add to the plan"), priority=True, key_display=DONE),
        Binding("space", "tick", N_("Tick"), priority=True),
        Binding("s", "all", N_("All, or none")),
    ]
    DEFAULT_CSS = """
    RowsDialog Grid, RowsDialog GridBody { height: auto; }
    RowsDialog DetailPane { height: 3; }
    """

    def __init__(self, title: str, rows: Iterable[TemplateRow], view: MenteeView) -> None:
        """Make a dialog.

        Args:
            title: What the rows come from.
            rows: The rows of the template.
            view: The mentee, for the dates, and the plan as it is.
        """
        super().__init__(title)
        self.rows = tuple(rows)
        self.plan = view
        new = missing_rows(view, self.rows)
        self._there = {place for place, row in enumerate(self.rows) if row not in new}
        self._chosen = set(range(len(self.rows))) - self._there
        columns = (
            Column("mark", "", 2),
            Column("title", _("Task"), 20, flex=1, names=True),
            Column("sparring", _("Sparring"), 11),
            Column("goals", _("Goals"), 6),
        )
        self.grid = Grid(columns)
        self.detail = DetailPane()
        self.detail.can_focus = False

    def body(self) -> ComposeResult:
        """Put the rows above what there is to say about the one under the cursor."""
        yield self.grid
        yield self.detail

    def on_mount(self) -> None:
        """Show the rows, with the cursor on the first."""
        super().on_mount()
        self._show()
        self.grid.focus()
        self._show_detail()
        self._say_chosen()

    def fit(self) -> None:
        """Share the room between the rows and what is said about one; both scroll."""
        wanted = min(len(self.rows) + 1, _MOST)
        detail = max(min(_DETAILS, self.room - min(wanted, self.room - 2)), 1)
        self.detail.styles.height = detail
        self.give_room(self.grid, self.room - detail, wanted, least=3)

    @property
    def chosen(self) -> tuple[TemplateRow, ...]:
        """The rows that are chosen, in their order."""
        return tuple(row for place, row in enumerate(self.rows) if place in self._chosen)

    def _show(self) -> None:
        self.grid.show([self._row(place, row) for place, row in enumerate(self.rows)])

    def _row(self, place: int, row: TemplateRow) -> Row:
        chosen = place in self._chosen
        cells = {
            "mark": glyphs("●") if chosen else glyphs("○"),
            "title": row.title,
            "sparring": self._day(row.sparring),
            "goals": str(len(row.goals)) if row.goals else glyphs("–"),
        }
        mark = _("chosen") if chosen else _("not chosen")
        there = _("in the plan already") if place in self._there else ""
        words = {"mark": ", ".join(filter(None, (mark, there)))}
        return Row(str(place), cells, tones={} if chosen else {"title": "muted"}, words=words)

    def _day(self, offset: int | None) -> str:
        """Return the date of an offset; the offset itself where there is no first day at work."""
        if offset is None:
            return ""
        day = due_day(self.plan.mentee.start, offset)
        return show_near(day, today()) if day else write_offset(offset)

    @on(Grid.Moved)
    def _show_detail(self) -> None:
        place = int(self.grid.row_id or 0)
        row = self.rows[place]
        said = _("in the plan already") if place in self._there else ""
        self.detail.show(dotted(row.title, row.type, said), list(self._details(row)))

    def _details(self, row: TemplateRow) -> Iterator[LabelledText]:
        facts = dotted(
            word(row.priority) if row.priority else "",
            show_duration(row.estimate_min),
            _("Needs quality check") if row.needs_check else "",
        )
        if row.description:
            yield LabelledText(_("Description"), row.description)
        goals = "\n".join(
            dotted(f"{goal.text} ({word(goal.kind)})", self._day(goal.due)) for goal in row.goals
        )
        if goals:
            yield LabelledText(_("Learning goals"), goals)
        if facts:
            yield LabelledText("", facts)

    def _say_chosen(self) -> None:
        text = ngettext("{number} of {all} chosen", "{number} of {all} chosen", len(self._chosen))
        counted = text.format(number=len(self._chosen), all=len(self.rows))
        self.say(dotted(counted, from_template(self.plan, self.chosen, today()).sentence))

    @on(Grid.Opened)
    def _opened(self, event: Grid.Opened) -> None:
        event.stop()
        self.action_tick()

    def action_tick(self) -> None:
        """Choose the row under the cursor, or leave it out."""
        if self.grid.row_id:
            self._chosen ^= {int(self.grid.row_id)}
            self._changed()

    def action_all(self) -> None:
        """Choose all rows; where all are chosen, none."""
        every = set(range(len(self.rows)))
        self._chosen = set() if self._chosen == every else every
        self._changed()

    def _changed(self) -> None:
        self._show()
        self._say_chosen()

    def action_take(self) -> None:
        """Answer with the chosen rows."""
        if self._chosen:
            self.dismiss(self.chosen)
        else:
            self.say(_("Nothing is chosen: Space chooses a row"), problem=True)


async def begin_plan(plan: PlanView, asker: Asker) -> str | None:
    """Ask what an empty plan begins from, and add the rows that are chosen, as one step of undo.

    Returns:
        The title of a task to add instead, "" for one without a title; None if nothing more is to
        be done.
    """
    found = _offers(plan)
    if not found.found:
        if found.problem:
            asker.say(found.problem)
        return ""
    picked = await plan.app.push_screen_wait(TemplatesDialog(found, empty_row=True))
    if picked is None:
        return None
    if picked.id in ("", _EMPTY):
        return picked.text if not picked.id else ""
    await _from(plan, asker, found.by_id(picked.id))
    return None


async def add_from_template(plan: PlanView, asker: Asker) -> None:
    """Ask for a template, and add the rows that are chosen to a plan, as one step of undo."""
    found = _offers(plan)
    if not found.found:
        none = _("There is no template yet: Ctrl+P, Save as template, makes one of a plan")
        asker.say(found.problem or none)
        return
    picked = await plan.app.push_screen_wait(TemplatesDialog(found, empty_row=False))
    if picked is not None:
        await _from(plan, asker, found.by_id(picked.id))


def _offers(plan: PlanView) -> Offers:
    store = plan.context.store
    # Names of other mentees are for the mentor alone.
    return offers(store, os.environ, plan.mentee_id, plans=shows_all(plan.reader))


async def _from(plan: PlanView, asker: Asker, offered: Offered | None) -> None:
    """Ask for rows of what was picked, and add them."""
    if offered is None:
        return
    try:
        template = offered.read()
    except TemplateProblem as problem:
        asker.say(str(problem))
        return
    view = _view(plan)
    if view is None:
        return
    rows = await plan.app.push_screen_wait(_dialog(offered, template, view))
    view = _view(plan)
    if not rows or view is None:
        return
    made = from_template(view, rows, today())
    asker.commit(made.changes, offered.step)
    plan.show_records()
    plan.go_to(made.changes[0].id, "title")
    text = ngettext("{number} task added", "{number} tasks added", made.tasks)
    added = text.format(number=made.tasks)
    asker.say(
        " ".join(filter(None, (_("{added}. u undoes it.").format(added=added), made.sentence)))
    )


def _dialog(offered: Offered, template: PlanTemplate, view: MenteeView) -> RowsDialog:
    return RowsDialog(dotted(offered.name, offered.count), template.rows, view)


def _view(plan: PlanView) -> MenteeView | None:
    mentee = plan.context.mentee(plan.mentee_id)
    return mentee_view(plan.context.store, mentee) if mentee is not None else None
