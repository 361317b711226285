"""Needs, seen by both, then and now; and knowledge tied to tasks (screen 6: R14, R81, R82)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on, work
from textual.binding import Binding, BindingType

from data.clock import today
from data.i18n import N_, _
from data.method.mentorship.needs import in_plan, latest_round, next_round
from data.method.plan.changes import new_task
from data.method.view import MenteeView
from data.method.visibility import may_see
from data.queries.views import mentee_view
from data.records import Knowledge, Need
from data.store.change import Change
from screens.dialogs.ask import AskDialog
from screens.dialogs.form import FormDialog
from screens.dialogs.pick import Item, PickDialog
from screens.frame.context import Context
from screens.frame.entries import Dates, dates_from
from screens.mentee.grid import GridScreen
from screens.needs.forms import (
    filled_knowledge,
    filled_need,
    knowledge_fields,
    need_fields,
    view_field,
    with_view,
)
from screens.needs.rows import columns, knowledge_in_full, need_in_full, rows
from widgets.grid import Grid


class NeedsScreen(GridScreen):
    """The map of needs above the knowledge; under them what the cursor stands on, in full."""

    PLACE = "needs"
    HELP_TOPIC = "needs"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "add", N_("Add")),
        Binding("e", "edit", N_("Edit")),
        Binding("m", "view('mentee')", N_("Mentee's view")),
        Binding("f", "view('mentor')", N_("Mentor's view")),
        Binding("r", "round", N_("New round"), show=False),
        Binding("o", "task", N_("Task")),
        Binding("d", "used", N_("Used today"), show=False),
        Binding("x", "delete", N_("Delete"), show=False),
    ]
    DEFAULT_CSS = """
    NeedsScreen Footnote { height: 6; text-wrap: nowrap; text-overflow: ellipsis; }
    """

    def __init__(self, context: Context, mentee_id: str) -> None:
        super().__init__(context, mentee_id, Grid())

    # -- showing ------------------------------------------------------------------------------

    @property
    def _limit(self) -> int:
        return self.context.settings.learned_limit_days

    def show_view(self, view: MenteeView) -> None:
        """Show the lists."""
        self.grid.show(rows(view, self._limit), columns())

    def _need(self) -> Need | None:
        kind, id = self.here()
        return self.store.get(Need, id) if kind == "need" and id else None

    def _item(self) -> Knowledge | None:
        kind, id = self.here()
        return self.store.get(Knowledge, id) if kind == "knowledge" and id else None

    def standing_on(self) -> tuple[str, str]:
        """Return the mentee, and the task where one stands on one."""
        kind, id = self.here()
        return self.mentee_id, id if kind == "task" else ""

    def in_full(self, view: MenteeView) -> Sequence[str]:
        """Return the need or knowledge; long views are cut, `m` and `f` show them whole."""
        need, item = self._need(), self._item()
        if need is not None:
            return need_in_full(view, need, self.context.reader)
        return knowledge_in_full(view, item, self._limit) if item else ()

    # -- changing -----------------------------------------------------------------------------

    @on(Grid.Opened)
    def _opened(self, event: Grid.Opened) -> None:
        if event.row_id in {"need:", "knowledge:"}:
            self.action_add()
        else:
            self.action_edit()

    @work
    async def action_add(self) -> None:
        """Add a need, or knowledge where the cursor stands among it."""
        if self.here()[0] in {"knowledge", "task"}:
            await self._add_knowledge()
            return
        texts = await self.app.push_screen_wait(FormDialog(_("New need"), need_fields(None)))
        if texts is not None:
            number = latest_round(self.view) if self.view else 1
            need = Need(mentee_id=self.mentee_id, area="", round=number, on=today())
            self.commit([Change.created(filled_need(need, texts))], _("New need"))
            self.grid.go_to(f"need:{need.id}")

    @property
    def _dates(self) -> Dates:
        return dates_from(self.mentee.start if self.mentee else None)

    async def _add_knowledge(self) -> None:
        kind, id = self.here()
        fields = knowledge_fields(None, self._dates)
        texts = await self.app.push_screen_wait(FormDialog(_("New knowledge"), fields))
        if texts is not None:
            tasks = (id,) if kind == "task" else ()
            item = Knowledge(mentee_id=self.mentee_id, title="", task_ids=tasks)
            self.commit(
                [Change.created(filled_knowledge(item, texts, self._dates))], _("New knowledge")
            )
            self.grid.go_to(f"knowledge:{item.id}")

    @work
    async def action_edit(self) -> None:
        """Edit all fields that are filled in together."""
        need, item = self._need(), self._item()
        if need is not None:
            texts = await self.app.push_screen_wait(
                FormDialog(need.area, need_fields(need), about=need.id)
            )
            there = self.store.get(Need, need.id)
            if texts is not None and there is not None:
                self.commit([Change.between(there, filled_need(there, texts))], need.area)
        elif item is not None:
            fields = knowledge_fields(item, self._dates)
            texts = await self.app.push_screen_wait(FormDialog(item.title, fields, about=item.id))
            known = self.store.get(Knowledge, item.id)
            if texts is not None and known is not None:
                self.commit(
                    [Change.between(known, filled_knowledge(known, texts, self._dates))], item.title
                )

    @work
    async def action_view(self, side: str) -> None:
        """Write one's view of the need, without seeing the other's."""
        need = self._need()
        if need is None:
            return
        if not may_see(need, self.context.reader, f"{side}_view"):
            self.say(_("The mentor's view waits for the mentee's; F6 leaves the shared view"))
            return
        form = FormDialog(need.area, [view_field(need, side)], about=f"{need.id}:{side}")
        texts = await self.app.push_screen_wait(form)
        there = self.store.get(Need, need.id)
        if texts is not None and there is not None:
            what = _("View of {area}").format(area=need.area)
            self.commit([Change.between(there, with_view(there, side, texts))], what)

    @work
    async def action_round(self) -> None:
        """Begin a new round: the same areas, with both views to be said anew."""
        view = self.view
        if view is None or not view.needs:
            self.say(_("There are no needs to look at again yet"))
            return
        title = _("Look at the needs again? The views of this round are kept beside the new ones.")
        if not await self.app.push_screen_wait(AskDialog(title)):
            return
        now = mentee_view(self.store, view.mentee)
        self.commit(next_round(now, today()), _("New round of needs"))

    @work
    async def action_task(self) -> None:
        """Make a task of the need, or tie the knowledge to a task (again: untie it)."""
        need, item, view = self._need(), self._item(), self.view
        if view is None:
            return
        if need is not None and in_plan(view, need):
            self.say(_("{title} is in the plan already (2 shows it)").format(title=need.area))
        elif need is not None:
            task = new_task(view, need.area, origin=need.id)
            self.commit([Change.created(task)], _("Task from a need"))
            self.say(_("{title} is in the plan now (2 shows it)").format(title=need.area))
        elif item is not None:
            await self._link(item, view)

    async def _link(self, item: Knowledge, view: MenteeView) -> None:
        items = [
            Item(task.id, task.title, _("tied") if task.id in item.task_ids else "")
            for task in view.tasks
        ]
        picked = await self.app.push_screen_wait(PickDialog(_("Tie to which task?"), items))
        there = self.store.get(Knowledge, item.id)
        if picked is None or there is None:
            return
        ids = set(there.task_ids) ^ {picked.id}
        kept = tuple(task.id for task in view.tasks if task.id in ids)
        self.commit(
            [Change.edited(there, task_ids=kept)], _("Tasks of {title}").format(title=item.title)
        )

    def action_used(self) -> None:
        """Note that the knowledge was used today for the first time."""
        item = self._item()
        if item is not None:
            day = None if item.used_on else today()
            self.commit(
                [Change.edited(item, used_on=day)],
                _("First use of {title}").format(title=item.title),
            )

    @work
    async def action_delete(self) -> None:
        """Delete what the cursor stands on."""
        record = self._need() or self._item()
        if record is not None:
            name = record.area if isinstance(record, Need) else record.title
            await self.ask_delete(record, name)
