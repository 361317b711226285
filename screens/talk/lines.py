"""What is said becomes what it is about: keys that make something of the line at hand."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType

from data.i18n import N_, _
from data.library import QUESTIONS
from data.method.plan.changes import new_goal
from data.method.talk.flow import said
from data.method.talk.outcomes import to_example, to_goal, to_new_task, to_next_step, to_potential
from data.method.visibility import stays_private
from data.records import Action, Answer, Task
from data.store.change import Change
from screens.dialogs.edit_record import create_records
from screens.dialogs.form import Filled
from screens.dialogs.pick import PickDialog
from screens.frame.base import BaseScreen
from screens.frame.unfinished import forget_saved
from screens.people.forms import action_form, agreement_name, fill_in
from screens.talk.card import ABOUT_ONE, tasks_of
from screens.talk.desk import TalkDesk
from screens.talk.forms import goal_form, goal_of, task_items
from screens.talk.pane import StepPane

_ONLY: dict[str, tuple[str, ...]] = {
    "to_potential": ("potential",),
    "to_next_step": ("next",),
    "example": QUESTIONS,
    "new_row": ("potential", "next"),
    "goal": ("potential", "next"),
}
"""Steps in which alone a key means something."""
_NOT: dict[str, tuple[str, ...]] = {
    "about": ("frame", "since", "sort", "plan", "close", "skills"),
    "private": ("frame", "understand"),
}
"""Steps in which a key means nothing."""


class TalkLines(BaseScreen[None]):
    """The part of the talk's screen that makes actions, steps, goals and examples of words."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f3", "make_action", N_("Action"), priority=True),
        Binding("f4", "private", N_("Private/shared"), show=False, priority=True),
        Binding("ctrl+t", "about", N_("About task"), show=False, priority=True),
        Binding("ctrl+n", "new_row", N_("New row"), priority=True),
        Binding("ctrl+l", "goal", N_("Goal"), priority=True),
    ]

    desk: TalkDesk
    pane: StepPane

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer each key in the steps where it means something."""
        base = self.pane.step.base
        only = _ONLY.get(action)
        return base in only if only is not None else base not in _NOT.get(action, ())

    def commit(self, changes: Iterable[Change], what: str) -> None:
        """Commit changes as one step of undo, which begins the talk where it has not begun."""
        self.desk.commit(changes, what)
        forget_saved(self.app)

    # -- what the line is -----------------------------------------------------------------------

    def _words(self) -> str:
        """Return the line at hand without an untouched starter; says so where there is none."""
        self.pane.take_words()
        line = said(self.pane.line, self.pane.step.words)
        if not line:
            self.say(_("Write something first; it is made of the line you stand on"))
        return line

    def _answer(self, *, make: bool = False) -> Answer | None:
        """Return the answer at hand; `make` an empty one where there is none."""
        self.pane.take_words()
        self.desk.forget()
        step = self.pane.step
        answer = self.desk.flow.answer(step.key)
        if answer is None and make:
            answer = self.desk.flow.new_answer(step)
            self.desk.commit(
                [Change.created(answer)], _("Words in “{step}”").format(step=step.title)
            )
        return self.desk.store.get(Answer, answer.id) if answer else None

    def _linked_task(self) -> str:
        """Return the task that the words or the row are about, or ""."""
        self.pane.take_words()
        tasks = tasks_of(self.desk.flow, self.pane.step)
        if tasks:
            return tasks[0].id
        return self.pane.list.task_id if self.pane.list is not None else ""

    # -- actions --------------------------------------------------------------------------------

    @work
    async def action_make_action(self) -> None:
        """Make an agreement of the line: what stands there; who and when are asked (R48)."""
        self.pane.take_words()
        talk = self.desk.talk
        new = Action(
            mentee_id=talk.mentee_id,
            what=said(self.pane.line, self.pane.step.words),
            talk_id=talk.id,
            task_id=self._linked_task(),
        )
        form = action_form(self.store, new, first="who" if new.what else "what")
        texts = await fill_in(self, form, agreement_name)
        if texts is not None:
            self.say(_("Agreed: {what}").format(what=texts["what"]))

    def action_example(self) -> None:
        """Keep the line as an example of what went well, or take it out again (R46)."""
        line, answer = self._words(), self._answer()
        if not line or answer is None:
            return
        if line in answer.examples:
            rest = tuple(one for one in answer.examples if one != line)
            self.desk.commit([Change.edited(answer, examples=rest)], _("Example"))
            self.say(_("No longer an example"))
        else:
            self.desk.commit([to_example(answer, line)], _("Example"))
            self.say(_("Kept as an example; F9 again takes it out"))

    def action_private(self) -> None:
        """Make the step's words private, or share them."""
        answer = self._answer()
        if answer is None:
            self.say(_("Write something first; F4 then makes it private or shared"))
            return
        if stays_private(answer):
            self.say(_("What is said about wellbeing is always private"))
            return
        new = not answer.private
        self.desk.commit([Change.edited(answer, private=new)], _("Private/shared"))
        self.say(_("Private: only you see it") if new else _("Shared with the mentee"))

    # -- the task that the words are about --------------------------------------------------------

    @work
    async def action_about(self) -> None:
        """Tie the words to a task of the plan, or let go of it."""
        await self._ask_task()

    async def _ask_task(self) -> Task | None:
        items = task_items(self.desk)
        if not items:
            self.say(_("The plan has no tasks yet; Ctrl+N makes one of the line"))
            return None
        chosen, seen = self._linked_task(), self._answer()
        dialog = PickDialog(_("Which task is it about?"), items, chosen=chosen)
        picked = await self.app.push_screen_wait(dialog)
        task = self.store.get(Task, picked.id) if picked else None
        answer = seen or self._answer(make=task is not None)
        if task is None or answer is None:
            return None
        more: list[Change] = []
        if self.pane.step.base in ABOUT_ONE:
            change = Change.edited(answer, task_id=task.id)
            parts = f"{answer.key}:"  # the fields of a step are answers of their own
            more = [
                Change.edited(one, task_id=task.id)
                for key, one in self.desk.flow.answers.items()
                if key.startswith(parts)
            ]
        elif task.id in answer.task_ids:
            rest = tuple(id for id in answer.task_ids if id != task.id)
            change = Change.edited(answer, task_ids=rest)
        else:
            change = Change.edited(answer, task_ids=(*answer.task_ids, task.id))
        self.desk.commit([change, *more], _("About {task}").format(task=task.title))
        return task

    async def _task_for_line(self) -> Task | None:
        """Return the task that the words are about; ask where none is chosen yet."""
        return self.store.get(Task, self._linked_task()) or await self._ask_task()

    @work
    async def action_to_potential(self) -> None:
        """Put the line on its task as a potential (R54)."""
        line = self._words()
        task = await self._task_for_line() if line else None
        if task is not None:
            self.desk.commit(
                [to_potential(task, line)], _("Potential of {task}").format(task=task.title)
            )
            self.say(_("Now a potential of {task}").format(task=task.title))

    @work
    async def action_to_next_step(self) -> None:
        """Make the line the next step of its task (R55)."""
        line = self._words()
        task = await self._task_for_line() if line else None
        if task is not None:
            self.desk.commit(
                [to_next_step(task, line)], _("Next step of {task}").format(task=task.title)
            )
            self.say(_("Now the next step of {task}").format(task=task.title))

    def action_new_row(self) -> None:
        """Make the line a new row of the plan, which knows which talk it came from (R13)."""
        line = self._words()
        if line:
            flow = self.desk.flow
            self.desk.commit([to_new_task(flow.view, flow.talk, line)], _("New task"))
            self.say(_("Now a row of the plan: {task}").format(task=line))

    @work
    async def action_goal(self) -> None:
        """Make the line a learning goal of its task, with a day (R55)."""
        line = self._words()
        task = await self._task_for_line() if line else None
        if task is None:
            return
        title = _("Learning goal for {task}").format(task=task.title)
        form = goal_form(self.desk, title, line)
        goal = new_goal(self.desk.flow.view, task.id, "")

        def made(texts: Filled) -> list[Change]:
            text, due = goal_of(self.desk, texts)
            return [to_goal(self.desk.flow.view, task, text, due)]

        if await create_records(self, goal, form, made, title, of=task.id):
            self.say(_("Now a learning goal of {task}").format(task=task.title))
