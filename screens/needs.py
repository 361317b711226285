"""Needs, seen by both, then and now; and knowledge tied to tasks (screen 6: R14, R81, R82)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from data.change import Change
from data.clock import today
from data.dates import show_date
from data.i18n import N_, _
from data.method.knowledge import Timing, gap_of, tasks_without_knowledge
from data.method.plan import new_task
from data.method.view import MenteeView
from data.records import Knowledge, Need
from data.text import shorten
from data.views import mentee_view
from screens.base import MenteeScreen
from screens.context import Context
from screens.dialogs.ask import AskDialog
from screens.dialogs.form import FormDialog
from screens.dialogs.pick import Item, PickDialog
from screens.entries import date_check
from screens.needs_forms import (
    PRIORITIES,
    filled_knowledge,
    filled_need,
    knowledge_fields,
    need_fields,
    view_field,
    with_view,
)
from widgets.glyphs import glyphs
from widgets.grid import Column, Grid, Row


class NeedsScreen(MenteeScreen):
    """The map of needs above the knowledge; under them what the cursor stands on, in full."""

    PLACE = "needs"
    HELP_TOPIC = "needs"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "add", N_("Add")),
        Binding("e", "edit", N_("Edit")),
        Binding("m", "view('mentee')", N_("Mentee's view")),
        Binding("f", "view('mentor')", N_("Mentor's view")),
        Binding("r", "round", N_("New round"), show=False),
        Binding("o", "task", N_("Task/link")),
        Binding("d", "used", N_("Used today"), show=False),
        Binding("x", "delete", N_("Delete"), show=False),
    ]
    DEFAULT_CSS = """
    NeedsScreen #needs-detail { height: 7; padding: 0 1; }
    """

    def __init__(self, context: Context, mentee_id: str) -> None:
        super().__init__(context, mentee_id)
        self.grid = Grid()
        self.detail = Static(Content(""), id="needs-detail")
        self.view: MenteeView | None = None

    def body(self) -> ComposeResult:
        """Lay the lists and the detail."""
        yield self.grid
        yield self.detail

    def on_mount(self) -> None:
        """Stand where one stood last."""
        super().on_mount()
        wanted = self.context.positions.get(self.position_key, ("", ""))[0]
        for row in self.grid.body.rows:
            if wanted and (row.id == wanted or row.id.endswith(f":{wanted}")):
                self.grid.go_to(row.id)
        self.grid.focus()

    # -- showing ------------------------------------------------------------------------------

    @property
    def _round(self) -> int:
        needs = self.view.needs if self.view else ()
        return max((need.round for need in needs), default=1)

    def show_records(self) -> None:
        """Show both lists."""
        mentee = self.mentee
        if mentee is None:
            self.action_back()
            return
        self.view = view = mentee_view(self.store, mentee)
        rows = [Row("h:needs", {"what": self._needs_heading(view)}, heading=True)]
        rows += list(self._needs(view)) or [
            Row("need:", {"what": _("  No needs yet: a adds an area to look at together")})
        ]
        rows.append(
            Row("h:knowledge", {"what": _("Knowledge, tied to tasks and used soon")}, heading=True)
        )
        rows += list(self._knowledge(view)) or [
            Row("knowledge:", {"what": _("  No knowledge yet: a adds a course, a rule, a text")})
        ]
        rows += self._bare_tasks(view)
        columns = (
            Column("what", _("What"), 28, flex=1, fixed=True),
            Column("state", _("Where it stands"), 30, flex=2),
            Column("prio", _("Priority"), 8),
        )
        self.grid.show(rows, columns)
        self._show_detail()

    def _needs_heading(self, view: MenteeView) -> str:
        text = _("Development needs, round {number}").format(number=self._round)
        days = [need.on for need in view.needs if need.round == self._round and need.on]
        return f"{text}, {show_date(min(days))}" if days else text

    def _needs(self, view: MenteeView) -> Iterator[Row]:
        planned = {task.origin for task in view.tasks}
        for need in view.needs:
            if need.round != self._round:
                continue
            linked = need.id in planned or any(task.id == need.origin for task in view.tasks)
            views = ", ".join(
                name
                for name, text in (
                    (_("mentee"), need.mentee_view),
                    (_("mentor"), need.mentor_view),
                )
                if text
            )
            state = [_("views: {names}").format(names=views) if views else _("no views yet")]
            state.append(_("in the plan") if linked else _("no task yet"))
            cells = {
                "what": f"  {need.area}",
                "state": glyphs(" · ").join(state),
                "prio": _(PRIORITIES[need.priority][0]) if need.priority else "",
            }
            yield Row(f"need:{need.id}", cells, tones={"state": "muted"})

    def _knowledge(self, view: MenteeView) -> Iterator[Row]:
        limit = self.context.settings.learned_limit_days
        for item in view.knowledge:
            gap = gap_of(item, today(), limit)
            tasks = [task for task in view.tasks if task.id in item.task_ids]
            mark = "!" if gap.timing in {Timing.UNUSED, Timing.TOO_EARLY} or not tasks else " "
            tied = ", ".join(task.title for task in tasks) or _("tied to no task")
            state = glyphs(" · ").join(filter(None, (gap.text, tied)))
            yield Row(
                f"knowledge:{item.id}",
                {"what": f"{mark} {item.title}", "state": state},
                tones={"state": "muted"},
            )

    @staticmethod
    def _bare_tasks(view: MenteeView) -> list[Row]:
        bare = tasks_without_knowledge(view)
        if not bare or not view.knowledge:
            return []
        heading = Row("h:bare", {"what": _("Tasks that no knowledge points to")}, heading=True)
        return [heading, *(Row(f"task:{task.id}", {"what": f"  {task.title}"}) for task in bare)]

    def _here(self) -> tuple[str, str]:
        kind, _sep, id = self.grid.row_id.partition(":")
        return kind, id

    def _need(self) -> Need | None:
        kind, id = self._here()
        return self.store.get(Need, id) if kind == "need" and id else None

    def _item(self) -> Knowledge | None:
        kind, id = self._here()
        return self.store.get(Knowledge, id) if kind == "knowledge" and id else None

    def standing_on(self) -> tuple[str, str]:
        """Return the mentee, and the task where one stands on one."""
        kind, id = self._here()
        return self.mentee_id, id if kind == "task" else ""

    @on(Grid.Moved)
    def _moved(self, event: Grid.Moved) -> None:
        self.context.positions[self.position_key] = (event.row_id, "")
        self._show_detail()

    def _show_detail(self) -> None:
        need, item = self._need(), self._item()
        if need is not None:
            lines = self._need_lines(need)
        elif item is not None and self.view is not None:
            gap = gap_of(item, today(), self.context.settings.learned_limit_days)
            tasks = [task.title for task in self.view.tasks if task.id in item.task_ids]
            lines = [item.title, gap.text, *(f"- {title}" for title in tasks)]
        else:
            lines = []
        self.detail.update(Content("\n".join(line for line in lines if line)))

    def _need_lines(self, need: Need) -> list[str]:
        """Return the need in full: what is needed, both views, and those of the round before."""
        width = max(self.app.size.width - 4, 20)
        lines = [need.need.replace("\n", " ")]
        for one, when in ((need, _("now")), (self._before(need), _("then"))):
            if one is None:
                continue
            # The mentor's view waits until the mentee has said theirs.
            mentor_shown = not self.context.shared_view or one.mentee_view
            for label, text in (
                (_("Mentee, {when}: {text}"), one.mentee_view),
                (_("Mentor, {when}: {text}"), one.mentor_view if mentor_shown else ""),
            ):
                if text:
                    lines.append(
                        shorten(label.format(when=when, text=text.replace("\n", " ")), width)
                    )
        return lines

    def _before(self, need: Need) -> Need | None:
        earlier = [
            one
            for one in (self.view.needs if self.view else ())
            if one.area.casefold() == need.area.casefold() and one.round < need.round
        ]
        return max(earlier, key=lambda one: one.round, default=None)

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
        if self._here()[0] in {"knowledge", "task"}:
            await self._add_knowledge()
            return
        texts = await self.app.push_screen_wait(FormDialog(_("New need"), need_fields(None)))
        if texts is not None:
            need = Need(mentee_id=self.mentee_id, area="", round=self._round, on=today())
            self.commit([Change.created(filled_need(need, texts))], _("New need"))
            self.grid.go_to(f"need:{need.id}")

    async def _add_knowledge(self) -> None:
        kind, id = self._here()
        fields = knowledge_fields(None, date_check())
        texts = await self.app.push_screen_wait(FormDialog(_("New knowledge"), fields))
        if texts is not None:
            tasks = (id,) if kind == "task" else ()
            item = Knowledge(mentee_id=self.mentee_id, title="", task_ids=tasks)
            self.commit([Change.created(filled_knowledge(item, texts))], _("New knowledge"))
            self.grid.go_to(f"knowledge:{item.id}")

    @work
    async def action_edit(self) -> None:
        """Edit all fields that are filled in together."""
        need, item = self._need(), self._item()
        if need is not None:
            texts = await self.app.push_screen_wait(FormDialog(need.area, need_fields(need)))
            there = self.store.get(Need, need.id)
            if texts is not None and there is not None:
                self.commit([Change.between(there, filled_need(there, texts))], need.area)
        elif item is not None:
            fields = knowledge_fields(item, date_check())
            texts = await self.app.push_screen_wait(FormDialog(item.title, fields))
            known = self.store.get(Knowledge, item.id)
            if texts is not None and known is not None:
                self.commit([Change.between(known, filled_knowledge(known, texts))], item.title)

    @work
    async def action_view(self, side: str) -> None:
        """Write one's view of the need, without seeing the other's."""
        need = self._need()
        if need is None:
            return
        form = FormDialog(need.area, [view_field(need, side)])
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
        fresh = [
            Need(
                mentee_id=self.mentee_id,
                area=need.area,
                need=need.need,
                priority=need.priority,
                origin=need.origin,
                round=self._round + 1,
                on=today(),
            )
            for need in view.needs
            if need.round == self._round
        ]
        self.commit([Change.created(need) for need in fresh], _("New round of needs"))

    @work
    async def action_task(self) -> None:
        """Make a task of the need, or tie the knowledge to a task (again: untie it)."""
        need, item, view = self._need(), self._item(), self.view
        if view is None:
            return
        if need is not None:
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
        if record is None:
            return
        name = record.area if isinstance(record, Need) else record.title
        if await self.app.push_screen_wait(AskDialog(_("Delete {name}?").format(name=name))):
            self.commit([Change.deleted(record)], _("Deleted: {name}").format(name=name))
