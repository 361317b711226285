"""The commands on the needs and on the knowledge listed below them (R14, R81, R82)."""

from __future__ import annotations

from functools import partial
from typing import ClassVar, Final

from textual.binding import Binding, BindingType

from data.clock import today
from data.i18n import N_, _
from data.method.mentorship.needs import in_plan, latest_round, next_round, with_earlier
from data.method.plan.changes import new_task
from data.method.view import MenteeView
from data.method.visibility import may_see
from data.queries.views import mentee_view
from data.records import Knowledge, Need
from data.store.change import Change
from data.text import line
from screens.dialogs.ask import AskDialog
from screens.dialogs.edit_record import create_records, edit_record
from screens.dialogs.form import Filled
from screens.dialogs.pick import Item, PickDialog
from screens.frame.commands import Commands
from screens.frame.entries import Dates, dates_from
from screens.mentee.grid import GridScreen
from screens.needs.forms import (
    filled_knowledge,
    filled_need,
    knowledge_form,
    need_form,
    view_form,
    viewed,
)

_NEW: Final = "task from knowledge"
"""Id of the item that makes a new task of the knowledge."""


class NeedsCommands(Commands):
    """The commands of screen 6. They work on the need or the knowledge under the cursor."""

    KEYS: ClassVar[list[BindingType]] = [
        Binding("a", "do('add')", N_("Add"), tooltip=N_("Add need or knowledge")),
        Binding("e", "do('edit')", N_("Edit"), tooltip=N_("Edit need or knowledge")),
        Binding("i", "do('view', 'mentee')", N_("Mentee's answer")),
        Binding("I", "do('view', 'mentor')", N_("Mentor's answer")),
        Binding("r", "do('round')", N_("New round"), show=False),
        Binding("o", "do('task')", N_("Task")),
        Binding("d", "do('used')", N_("Used today"), show=False),
        Binding("x", "do('delete')", N_("Delete"), show=False),
    ]

    def __init__(self, screen: GridScreen) -> None:
        self._screen = screen
        self._store = screen.store

    def why_not(self, name: str, *arguments: object) -> str:
        """Return why the row under the cursor is not for this command; "" where it is."""
        need, item = self.need, self.item
        if name in {"edit", "delete", "task"} and need is None and item is None:
            return _("Select a need or knowledge first; a adds one")
        if name == "view" and need is None:
            return _("Select a need first; you both answer how you see it")
        if name == "used" and item is None:
            return _("Select knowledge first; its first use can then be noted")
        return ""

    # -- what the cursor is on ----------------------------------------------------------------

    @property
    def need(self) -> Need | None:
        """The need under the cursor; None if the cursor is elsewhere."""
        kind, id = self._screen.here()
        return self._store.get(Need, id) if kind == "need" and id else None

    @property
    def item(self) -> Knowledge | None:
        """The piece of knowledge under the cursor; None if the cursor is elsewhere."""
        kind, id = self._screen.here()
        return self._store.get(Knowledge, id) if kind == "knowledge" and id else None

    @property
    def _dates(self) -> Dates:
        mentee = self._screen.mentee
        return dates_from(mentee.start if mentee else None)

    # -- commands -----------------------------------------------------------------------------

    async def add(self) -> None:
        """Ask for new knowledge, if the cursor is among knowledge, or else for a new need."""
        if self._screen.here()[0] in {"knowledge", "task"}:
            await self._add_knowledge()
        else:
            await self._add_need()

    async def _add_need(self) -> None:
        screen = self._screen
        number = latest_round(screen.view) if screen.view else 1
        need = Need(mentee_id=screen.mentee_id, area="", round=number, on=today())

        def new_records(texts: Filled) -> list[Change]:
            return [Change.created(filled_need(need, texts))]

        if await create_records(
            screen, need, need_form(need, new=True), new_records, _("New need")
        ):
            screen.grid.go_to(f"need:{need.id}")

    async def _add_knowledge(self) -> None:
        screen = self._screen
        kind, id = screen.here()
        tasks = (id,) if kind == "task" else ()
        item = Knowledge(mentee_id=screen.mentee_id, title="", task_ids=tasks)

        def new_records(texts: Filled) -> list[Change]:
            return [Change.created(filled_knowledge(self._dates, item, texts))]

        form = knowledge_form(item, self._dates, new=True)
        if await create_records(screen, item, form, new_records, _("New knowledge")):
            screen.grid.go_to(f"knowledge:{item.id}")

    async def edit(self) -> None:
        """Edit the fields that mentor and mentee fill in together."""
        need, item = self.need, self.item
        view = self._screen.view
        if need is not None and view is not None:

            def with_fields(seen: Need, texts: Filled) -> Need:
                return filled_need(with_earlier(view, seen) if texts.changed else seen, texts)

            await edit_record(self._screen, need, need_form(need), with_fields, need.area)
        elif item is not None:
            form, filled = knowledge_form(item, self._dates), partial(filled_knowledge, self._dates)
            await edit_record(self._screen, item, form, filled, item.title)

    async def view(self, side: str) -> None:
        """Edit how one of the two sees the need, without showing how the other sees it.

        `side` is "mentee" or "mentor".
        """
        need, screen = self.need, self._screen
        if need is None:
            return
        if may_see(need, screen.context.reader, f"{side}_view"):
            what = _("How you see {area}").format(area=need.area)
            await edit_record(screen, need, view_form(need, side), viewed, what)
        else:
            screen.say(_("The mentee answers first; F6 exits shared view"))

    async def round(self) -> None:
        """Ask, and begin a new round: the same areas, for which both write their views anew."""
        screen = self._screen
        if screen.view is None or not screen.view.needs:
            screen.say(_("No needs to review yet"))
            return
        number = latest_round(screen.view)
        title = _("Start a new round? This round's answers are kept beside the new ones.")
        if not await screen.app.push_screen_wait(AskDialog(title)):
            return
        now = mentee_view(self._store, screen.view.mentee)
        if latest_round(now) == number:
            screen.commit(next_round(now, today()), _("New round of needs"))
        else:
            screen.say(_("Someone else has started a new round; it is shown here"))

    async def task(self) -> None:
        """Make a task of the need; or link the knowledge to a task, or remove that link."""
        need, item, view = self.need, self.item, self._screen.view
        if view is None:
            return
        if need is not None:
            self._make_task(need, view)
        elif item is not None:
            await self._link(item, view)

    def _make_task(self, need: Need, view: MenteeView) -> None:
        if in_plan(view, need):
            said = _("{title} is already in the plan (2)")
        else:
            task = new_task(view, need.area, origin=need.id)
            self._screen.commit([Change.created(task)], _("Task from a need"))
            said = _("{title} is now in the plan (2)")
        self._screen.say(said.format(title=need.area))

    async def _link(self, item: Knowledge, view: MenteeView) -> None:
        new = Item(_NEW, item.title, _("new task"))
        items = [
            Item(task.id, task.title, _("linked") if task.id in item.task_ids else "")
            for task in view.tasks
        ]
        if not item.task_ids:
            items.insert(0, new)
        dialog = PickDialog(_("Link to which task?"), items, new=_("New task: {name}"))
        picked = await self._screen.app.push_screen_wait(dialog)
        if picked is None:
            return
        what = _("Tasks of {title}").format(title=item.title)
        if picked.id not in {"", _NEW}:
            ids = set(item.task_ids) ^ {picked.id}
            in_order = tuple(task.id for task in view.tasks if task.id in ids)
            self._screen.commit([Change.edited(item, task_ids=in_order)], what)
            return
        task = new_task(view, item.title if picked.id else line(picked.text))
        tied = Change.edited(item, task_ids=(*item.task_ids, task.id))
        self._screen.commit([Change.created(task), tied], what)
        said = _("{title} is now in the plan (2)")
        self._screen.say(said.format(title=task.title))

    def used(self) -> None:
        """Note that the knowledge was used today for the first time; or remove that note."""
        item = self.item
        if item is not None:
            day = None if item.used_on else today()
            what = _("First use of {title}").format(title=item.title)
            self._screen.commit([Change.edited(item, used_on=day)], what)

    async def delete(self) -> None:
        """Ask, and delete the need or the knowledge."""
        record = self.need or self.item
        if record is not None:
            name = record.area if isinstance(record, Need) else record.title
            await self._screen.ask_delete(record, name)
