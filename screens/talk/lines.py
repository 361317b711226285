"""Commands that make something of the line at hand: an action, a next step, a goal, an example."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from data.i18n import N_, _
from data.method.plan.changes import new_goal
from data.method.talk.make_of import Thing, things_to_make
from data.method.talk.outcomes import to_example, to_goal, to_new_task, to_next_step, to_potential
from data.method.talk.placed import Way, ways
from data.method.visibility import Reader, may_see
from data.records import Action, Answer, Source, Task
from data.store.change import Change
from screens.actions.forms import action_form, action_step_name
from screens.dialogs.edit_record import create_records
from screens.dialogs.form import Filled
from screens.dialogs.make_of import ask_thing
from screens.dialogs.pick import PickDialog
from screens.frame.base import BaseScreen
from screens.frame.commands import Commands
from screens.frame.who_reads import said_of_answer, why_not
from screens.mentee.record_form import fill_in
from screens.talk.at_hand import AtHand
from screens.talk.card import ABOUT_ONE, MENTEE, MENTOR
from screens.talk.desk import TalkDesk
from screens.talk.forms import beside_next_step, goal_form, goal_of, task_items
from screens.talk.pane import StepPane

_NOT: dict[str, tuple[str, ...]] = {
    "about": ("frame", "since", "sort", "plan", "close", "skills"),
    "private": ("frame", "understand"),
}
"""Commands that are offered in all but some steps -> those steps."""


_MAKES: dict[Thing, str] = {
    Thing.ACTION: "make_action",
    Thing.NEXT_STEP: "to_next_step",
    Thing.POTENTIAL: "to_potential",
    Thing.GOAL: "goal",
    Thing.TASK: "new_row",
    Thing.EXAMPLE: "example",
    Thing.TIP: "tip",
    Thing.BOTH: "keep_both",
    Thing.OFF: "off_task",
}
"""What a line can become -> the command that makes it."""


class LineCommands(Commands):
    """What is said becomes what it is about. Those with an id work in many steps."""

    KEYS: ClassVar[list[BindingType]] = [
        Binding("f3", "do('make_of')", N_("Make …"), priority=True, id="line.make"),
        Binding(
            "f4",
            "do('private')",
            N_("Private/shared"),
            show=False,
            priority=True,
            id="line.private",
        ),
        Binding(
            "ctrl+t", "do('about')", N_("About task"), show=False, priority=True, id="line.about"
        ),
    ]

    def __init__(
        self, screen: BaseScreen[None], desk: TalkDesk, pane: StepPane, at_hand: AtHand
    ) -> None:
        """`screen` opens the forms, commits what comes of them, and says what was done."""
        self._screen = screen
        self._desk = desk
        self._pane = pane
        self._at_hand = at_hand

    def offers(self, name: str) -> bool:
        """Offer each command in the steps where it means something."""
        return self._pane.step.base not in _NOT.get(name, ())

    async def make_of(self) -> None:
        """Ask what to make of the line, the natural thing of the step first, and make it."""
        on_mentor = self._pane.side == MENTOR
        line, step = self._at_hand.words(), self._pane.step
        placed = ways(self._desk.flow, step.key)
        things = things_to_make(step.base, mentor=on_mentor, placed=placed)
        thing = await ask_thing(self._screen, things, line)
        if thing is not None:
            self._screen.action_do(_MAKES[thing])

    async def make_action(self) -> None:
        """Make an action of the line: what stands there; who and when are asked (R48)."""
        words, talk = self._at_hand.words(), self._desk.talk
        new = Action(
            mentee_id=talk.mentee_id, what=words, talk_id=talk.id, task_id=self._at_hand.task_id()
        )
        form = action_form(self._desk.store, new)
        texts = await fill_in(self._screen, form, action_step_name)
        if texts is not None:
            self._screen.say(_("Agreed: {what}").format(what=texts["what"]))

    def example(self) -> None:
        """Keep the line as an example of what went well, or take it out again (R46)."""
        line, answer = self._at_hand.line(), self._at_hand.answer()
        if not line or answer is None:
            return
        if line in answer.examples:
            rest = tuple(one for one in answer.examples if one != line)
            self._desk.commit([Change.edited(answer, examples=rest)], _("Example"))
            self._screen.say(_("No longer an example"))
        else:
            self._desk.commit([to_example(answer, line)], _("Example"))
            self._screen.say(_("Saved as an example; F3 again removes it"))

    def private(self) -> None:
        """Make the words of the step private, or share them; hidden ones are left as they are."""
        if not self._desk.flow.may_see_words(self._pane.step, self._desk.context.reader):
            self._screen.say(_("What is noted here is hidden in shared view: F6 exits it first"))
            return
        answer = self._at_hand.answer()
        if answer is None:
            self._screen.say(_("Write something first; F4 then makes it private or shared"))
            return
        new = not answer.private
        if problem := why_not(answer, self._desk.context, private=new):
            self._screen.say(problem)
            return
        self._desk.commit([Change.edited(answer, private=new)], _("Private/shared"))
        self._screen.say(said_of_answer(self._desk.context, private=new))

    # -- the task that the words are about --------------------------------------------------------

    async def about(self) -> None:
        """Link the words to a task of the plan, or undo the link."""
        await self._ask_task()

    async def _ask_task(self) -> Task | None:
        """Ask which task the words are about and link them to it; return it, None for none."""
        items = task_items(self._desk)
        if not items:
            self._screen.say(_("The plan has no tasks yet; F3 makes one of the line"))
            return None
        chosen, seen = self._at_hand.task_id(), self._at_hand.answer()
        dialog = PickDialog(_("Which task is it about?"), items, chosen=chosen)
        picked = await self._screen.app.push_screen_wait(dialog)
        task = self._desk.store.get(Task, picked.id) if picked else None
        answer = seen or self._at_hand.answer(make=task is not None)
        if task is None or answer is None:
            return None
        changes = self._linked(answer, task)
        self._desk.commit(changes, _("About {task}").format(task=task.title))
        return task

    def _linked(self, answer: Answer, task: Task) -> list[Change]:
        """Return the changes that link an answer to a task, or undo the link."""
        if self._pane.step.base in ABOUT_ONE:
            prefix = f"{answer.key}:"  # each field of a step is an answer of its own
            fields = [one for key, one in self._desk.flow.answers.items() if key.startswith(prefix)]
            return [Change.edited(one, task_id=task.id) for one in (answer, *fields)]
        if task.id in answer.task_ids:
            rest = tuple(id for id in answer.task_ids if id != task.id)
            return [Change.edited(answer, task_ids=rest)]
        return [Change.edited(answer, task_ids=(*answer.task_ids, task.id))]

    async def _line_and_task(self) -> tuple[str, Task | None]:
        """Return the line and its task, which is asked for where none is linked yet.

        There is no task where there is no line, or where the question was given up.
        """
        line = self._at_hand.line()
        if not line:
            return "", None
        known = self._desk.store.get(Task, self._at_hand.task_id())
        return line, known or await self._ask_task()

    async def to_potential(self) -> None:
        """Put the line on its task as a potential, in the voice that said it (R54, R72)."""
        if self._pane.step.base == "potential":
            await self._place(Way.ON, _("Now a potential of {task}"))
            return
        line, task = await self._line_and_task()
        if task is not None:
            what = _("Potential of {task}").format(task=task.title)
            source = Source.MENTEE if self._pane.side == MENTEE else Source.MENTOR
            self._desk.commit([to_potential(task, line, source)], what)
            self._screen.say(_("Now a potential of {task}").format(task=task.title))

    async def to_next_step(self) -> None:
        """Make the line the next step of its task (R55); ask where there is another one."""
        if self._pane.step.base == "next":
            await self._place(Way.ON, _("Now the next step of {task}"))
            return
        line, task = await self._line_and_task()
        if task is None:
            return
        text = await beside_next_step(self._screen, task, line)
        if text:
            what = _("Next step of {task}").format(task=task.title)
            self._desk.commit([to_next_step(task, text)], what)
            self._screen.say(_("Now the next step of {task}").format(task=task.title))

    async def keep_both(self) -> None:
        """Keep the next step that the words took the place of, and put them below it."""
        await self._place(Way.BOTH, _("Both are the next step of {task} now"))

    async def off_task(self) -> None:
        """Take the words off their task; they stay in the talk."""
        await self._place(Way.OFF, _("Now only in the talk, not on {task}"))

    async def _place(self, way: Way, said: str) -> None:
        """Choose what becomes of the words of the step, and say so with the name of their task."""
        line, task = await self._line_and_task()
        answer = self._at_hand.answer()
        if task is None or answer is None or not line:
            return
        if not may_see(answer, Reader.SHARED):
            self._screen.say(_("Private words stay off the plan; F4 shares them"))
            return
        self._desk.end_words(self._pane.step, way)
        self._screen.show_records()
        self._screen.say(said.format(task=task.title))

    def new_row(self) -> None:
        """Make the line a new row of the plan, which knows the talk it came from (R13)."""
        line = self._at_hand.line()
        if line:
            flow = self._desk.flow
            self._desk.commit([to_new_task(flow.view, flow.talk, line)], _("New task"))
            self._screen.say(_("Now a task in the plan: {task}").format(task=line))

    async def goal(self) -> None:
        """Make the line a learning goal of its task, with a date (R55)."""
        line, task = await self._line_and_task()
        if task is None:
            return
        title = _("Learning goal for {task}").format(task=task.title)
        new = new_goal(self._desk.flow.view, task.id, "")

        def made(texts: Filled) -> list[Change]:
            text, due = goal_of(self._desk, texts)
            return [to_goal(self._desk.flow.view, task, text, due)]

        form = goal_form(self._desk, title, line)
        if await create_records(self._screen, new, form, made, title, of=task.id):
            self._screen.say(_("Now a learning goal of {task}").format(task=task.title))
