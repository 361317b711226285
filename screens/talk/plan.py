"""The plan brought up to date together: the plan's own editor, within the talk (R56)."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message

from data.method.plan.agreed import note_edits
from data.store.change import Change
from screens.plan.editor import PlanEditor
from screens.talk.desk import TalkDesk
from widgets.grid import Grid


class TalkPlan(Vertical):
    """The plan as a step of a talk: it has what a `StepList` has for the pane.

    Both look at the screen. What is changed here is kept with the talk as well.
    """

    class Left(Message):
        """Posted when Tab goes on from the details of the plan."""

    DEFAULT_CSS = """
    TalkPlan { height: 1fr; min-height: 4; }
    """

    def __init__(self, desk: TalkDesk) -> None:
        """Make the plan of a talk's mentee; `show_records` fills it."""
        super().__init__()
        self.desk = desk
        self.editor = PlanEditor(
            desk.context, desk.mentee_id, shared=True, talk_id=desk.talk.id, also=self._also
        )
        self.editor.after_details = lambda: self.post_message(self.Left())
        self._stood = False
        """Whether the cursor was put on a task that was talked about."""

    def compose(self) -> ComposeResult:
        """Lay the editor."""
        yield self.editor

    def _also(self, changes: Sequence[Change]) -> Sequence[Change]:
        """Return the change that keeps with the talk what is changed in the plan.

        The editor commits it with its own changes, so that they are one step of undo.
        """
        self.desk.begin()
        return note_edits(self.desk.talk, changes, self.desk.flow.view.tasks)

    @property
    def grid(self) -> Grid:
        """The rows."""
        return self.editor.grid

    def show_records(self) -> None:
        """Bring the rows up to date; at first the cursor stands on a task that was talked about."""
        if not self.editor.is_attached:
            return
        self.editor.show_records()
        chosen = self.desk.talk.task_ids
        if not self._stood and chosen:
            self._stood = self.editor.go_to(chosen[0], "title")

    @property
    def editing(self) -> bool:
        """Whether something is being written, which Esc or Enter has to end first."""
        return self.grid.editing or self.editor.long.display or self.editor.goals.display

    async def finish_edit(self) -> bool:
        """Save and close what is being written. False where a cell cannot be saved as it is."""
        return await self.editor.finish_edit()

    @property
    def line(self) -> str:
        """The name of the task under the cursor, or "": something can be made of it."""
        task = self.editor.current_task
        return task.title if task else ""

    @property
    def task_id(self) -> str:
        """The id of the task under the cursor, or ""."""
        return self.editor.task_id

    def take_focus(self) -> None:
        """Give the grid the focus."""
        self.editor.focus()
