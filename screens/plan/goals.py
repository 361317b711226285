"""The learning goals of one task: a small grid, and the history of the goal under the cursor."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import ClassVar

from textual import events, on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from data.clock import today
from data.dates import show_date, show_near
from data.i18n import N_, _
from data.method.plan.changes import delete_goal, new_goal, set_goal_status
from data.method.view import MenteeView
from data.method.visibility import Reader, seen
from data.method.words import word
from data.records import Goal, GoalKind, GoalStatus, Mentee, Task
from data.store.change import Change
from data.text import line
from screens.dialogs.ask import AskDialog
from screens.dialogs.edit_record import Asker, delete_together
from screens.frame.entries import choices, dates_from
from widgets.detail_pane import DetailPane, LabelledText
from widgets.glyphs import dotted
from widgets.grid import Column, Grid, Row


def goal_columns(mentee: Mentee) -> tuple[Column, ...]:
    """Return the columns of the grid of learning goals.

    The keys do not step through the statuses: each step would be noted in the goal's history.
    """
    kinds, stands = choices(GoalKind), choices(GoalStatus)
    day = dates_from(mentee.start).check
    return (
        Column("text", _("Learning goal"), 18, 1, fixed=True, edit="text"),
        Column("status", _("Status"), 16, edit="choice", choices=stands, quick=False),
        Column("kind", _("Kind"), 10, edit="choice", choices=kinds),
        Column("due", _("Due"), 11, edit="text", check=day),
    )


def goal_row(goal: Goal) -> Row:
    """Return the row of a learning goal."""
    cells = {
        "text": goal.text,
        "status": word(goal.status),
        "kind": word(goal.kind),
        "due": show_near(goal.due, today()) if goal.due else "",
    }
    values = {"status": goal.status, "kind": goal.kind, "due": show_date(goal.due)}
    return Row(goal.id, cells, values=values)


def goal_parts(view: MenteeView, goal: Goal) -> Iterator[LabelledText]:
    """Yield the whole text of a goal, its history and the feedback on it, the oldest first.

    See R12 and R18. `view` must hold only records that the reader may see.
    """
    yield LabelledText(_("Full text"), goal.text)
    steps = []
    for entry in goal.log:
        talk = view.talk(entry.talk_id)
        said = _("talk {number}").format(number=talk.number) if talk else ""
        steps.append(dotted(f"{show_date(entry.on)} {word(entry.status)}", said))
    if steps:
        yield LabelledText(_("History"), "\n".join(steps))
    notes = view.notes_on_goal(goal.id)
    if notes:
        lines = [
            dotted(show_date(note.at.date()) if note.at else "", note.text.strip())
            for note in notes
        ]
        yield LabelledText(_("Feedback"), "\n".join(lines))


class GoalPane(Vertical):
    """The learning goals of one task, to be added, edited, ordered and deleted.

    It takes the place of the task's details while it is open.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("a", "add", N_("Add goal")),
        Binding("x", "delete", N_("Delete")),
        Binding("J", "move(1)", N_("Down"), show=False),
        Binding("K", "move(-1)", N_("Up"), show=False),
        Binding("escape,m", "done", N_("Back")),
        # Keys of commands about the task do nothing while its goals are open.
        Binding("e,i,s,q,c,v,r,f3", "nothing", show=False),
    ]

    DEFAULT_CSS = """
    GoalPane { height: 1fr; }
    GoalPane > Static { height: 1; padding: 0 1; text-style: bold; }
    """

    class Done(Message):
        """Posted when the user has left the goals."""

    def __init__(self, asker: Asker) -> None:
        """Make an empty pane; `asker` commits what is changed in it."""
        super().__init__()
        self._asker = asker
        self.talk_id = ""
        """The talk in which the goals are set, noted in their history; "" outside talks (R34)."""
        self.label = Static(Content(""))
        self.grid = Grid(cells=True)
        self.grid.body.nothing = _("There is no learning goal here: a adds one")
        self.detail = DetailPane()
        self.task_id = ""
        self._view: MenteeView | None = None
        self._reader = Reader.SHARED
        self._draft: Goal | None = None
        """A new goal that is not stored yet, because its text is still being typed."""
        self._draft_text = ""
        """The text with which the edit of the new goal begins."""
        self._columns: tuple[Column, ...] = ()

    def compose(self) -> ComposeResult:
        """Put the goals above the history of the one under the cursor."""
        yield self.label
        yield self.grid
        yield self.detail

    def on_resize(self, event: events.Resize) -> None:
        """Keep the goals within the pane: they scroll where there are too many."""
        self.grid.styles.max_height = max(event.size.height - 1, 2)

    # -- showing ------------------------------------------------------------------------------

    async def go_on(self, goal: Goal | None, column: str, text: str) -> None:
        """Edit a cell with `text` in it, to go on with what a crashed session had typed.

        Args:
            goal: The goal; None for a new one.
            column: Key of the cell's column.
            text: What was typed.
        """
        if goal is None:
            self._draft_text = text
            if self._draft is None:  # `open` has already begun one if the task has no goals.
                self.action_add()
        elif self.grid.go_to(goal.id, column):
            await self.grid.edit(text)

    def open(self, view: MenteeView, task: Task, reader: Reader) -> None:
        """Show the goals of a task. If it has none, begin to edit the first one at once."""
        self.task_id = task.id
        self._draft = None
        self._columns = goal_columns(view.mentee)
        self.show(view, reader)
        self.grid.focus()
        if not view.goals_of(task.id):
            self.action_add()

    def show(self, view: MenteeView, reader: Reader) -> None:
        """Show the goals as they are in `view`, with the details that `reader` may see."""
        self._view, self._reader = view, reader
        task = view.task(self.task_id)
        title = task.title if task else ""
        self.label.update(Content(f"{_('Learning goals')}: {title}"), layout=False)
        goals = [*self.goals, self._draft] if self._draft else self.goals
        self.grid.show([goal_row(goal) for goal in goals], self._columns, seen=view)
        self.grid.styles.height = len(goals) + 1
        self._show_detail()

    def _show_detail(self) -> None:
        goal = next((goal for goal in self.goals if goal.id == self.grid.row_id), None)
        texts = (
            list(goal_parts(seen(self._view, self._reader), goal)) if self._view and goal else []
        )
        self.detail.show("", texts)

    @property
    def goals(self) -> list[Goal]:
        """The goals of the task, in order."""
        return list(self._view.goals_of(self.task_id)) if self._view else []

    @on(Grid.Moved)
    def _moved(self, event: Grid.Moved) -> None:
        event.stop()
        self._show_detail()

    # -- editing ------------------------------------------------------------------------------

    @on(Grid.Edited)
    def _edited(self, event: Grid.Edited) -> None:
        event.stop()
        if self._draft is not None and event.row_id == self._draft.id:
            self._add_draft(line(event.text))
            return
        goal = _goal_of(event.seen, event.row_id)
        if goal is None:
            return
        if event.column == "due":
            start = event.seen.mentee.start
            change = Change.edited(goal, due=dates_from(start).read(event.text))
        else:
            change = Change.edited(goal, text=line(event.text) or goal.text)
        self._asker.commit([change], _("learning goal: {goal}").format(goal=goal.text))

    def _add_draft(self, text: str) -> None:
        draft, self._draft = self._draft, None
        if draft is None or self._view is None:
            return
        if text:
            what = _("new learning goal: {goal}").format(goal=text)
            self._asker.commit([Change.created(replace(draft, text=text))], what)
        else:
            self.show(self._view, self._reader)

    @on(Grid.Chosen)
    def _chosen(self, event: Grid.Chosen) -> None:
        event.stop()
        goal = _goal_of(event.seen, event.row_id)
        if goal is None:
            return
        if event.column == "status":
            change = set_goal_status(goal, GoalStatus(event.value), today(), self.talk_id)
        else:
            change = Change.edited(goal, kind=GoalKind(event.value))
        self._asker.commit([change], _("learning goal: {goal}").format(goal=goal.text))

    def _goal(self, id: str) -> Goal | None:
        return next((goal for goal in self.goals if goal.id == id), None)

    @on(Grid.Hint)
    def _remove_empty_draft(self, event: Grid.Hint) -> None:
        """Remove the row of a new goal when its edit has ended without a text."""
        if self._draft is not None and not event.text:
            self.call_later(self._drop_draft)

    def _drop_draft(self) -> None:
        if self._draft is not None and not self.grid.editing and self._view is not None:
            self._draft = None
            self.show(self._view, self._reader)

    # -- commands -----------------------------------------------------------------------------

    def action_add(self) -> None:
        """Add a row for a new goal and begin to edit it."""
        if self._view is None or self.grid.editing:
            return
        self._draft = new_goal(self._view, self.task_id, "")
        self.show(self._view, self._reader)
        self.grid.go_to(self._draft.id, "text")
        self.call_after_refresh(self._edit_draft)

    async def _edit_draft(self) -> None:
        text, self._draft_text = self._draft_text, ""
        await self.grid.edit(text or None)

    @work
    async def action_delete(self) -> None:
        """Ask, and delete the goal under the cursor. Notes about it stay."""
        goal = self._goal(self.grid.row_id)
        if goal is None:
            self._asker.say(_("There is no learning goal here: a adds one"))
            return
        if self.talk_id:
            self._asker.say(_("Nothing is deleted during a talk; x deletes on the plan screen (2)"))
            return
        id = goal.id

        def deletion() -> Sequence[Change]:
            there = _goal_of(self._view, id) if self._view else None
            return delete_goal(self._view, there) if self._view and there else ()

        question = AskDialog(_("Delete the learning goal “{goal}”?").format(goal=goal.text))
        what = _("delete learning goal: {goal}").format(goal=goal.text)
        await delete_together(self._asker, question, deletion, what)

    def action_move(self, way: int) -> None:
        """Move the goal under the cursor down (`way` is 1) or up (-1)."""
        goals = self.goals
        at = next((i for i, goal in enumerate(goals) if goal.id == self.grid.row_id), None)
        if at is None or not 0 <= at + way < len(goals):
            said = _("It is already first") if way < 0 else _("It is already last")
            self._asker.say(said)
            return
        goals[at], goals[at + way] = goals[at + way], goals[at]
        changes = [
            Change.edited(goal, order=float(place))
            for place, goal in enumerate(goals, 1)
            if goal.order != place
        ]
        self._asker.commit(changes, _("order of learning goals"))

    async def finish_edit(self) -> bool:
        """Save what is being edited. False where it cannot be saved as it is."""
        if not self.grid.may_save:
            return False
        result = await self.grid.save_edit()
        if isinstance(result, Grid.Edited):
            self._edited(result)
        elif isinstance(result, Grid.Chosen):
            self._chosen(result)
        return True

    def action_done(self) -> None:
        """Post that the user leaves the goals."""
        self.post_message(self.Done())

    def action_nothing(self) -> None:
        """Do nothing: a command about the task must not run while the task is out of sight."""


def _goal_of(view: MenteeView, id: str) -> Goal | None:
    return next((goal for goal in view.goals if goal.id == id), None)
