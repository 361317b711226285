"""What the cursor stands on in a talk: the line, the answer to the step, and the task."""

from __future__ import annotations

from collections.abc import Callable

from data.i18n import _
from data.method.talk.flow import said
from data.method.talk.placed import tasks_of
from data.records import Answer
from data.store.change import Change
from screens.talk.desk import TalkDesk
from screens.talk.pane import StepPane


class AtHand:
    """Tells the commands of a talk what they are about, with every word typed so far."""

    def __init__(self, desk: TalkDesk, pane: StepPane, say: Callable[[str], None]) -> None:
        """`say` shows a text in the notice line of the screen."""
        self._desk = desk
        self._pane = pane
        self._say = say

    def line(self) -> str:
        """Return the words of the line; where there are none, say so and return "".

        A sentence starter that nobody has gone on from counts as no words.
        """
        words = self.words()
        if not words:
            self._say(_("Write something first; the line with the cursor is used"))
        return words

    def words(self) -> str:
        """Return the words of the line, or ""."""
        self._pane.take_words()
        return said(self._pane.line, self._pane.step.words)

    def answer(self, *, make: bool = False) -> Answer | None:
        """Return the answer to the step; where there is none, None, or with `make` a new one."""
        self._pane.take_words()
        self._desk.forget()
        step = self._pane.step
        answer = self._desk.flow.answer(step.key)
        if answer is None and make:
            answer = self._desk.flow.new_answer(step)
            what = _("Words in “{step}”").format(step=step.title)
            self._desk.commit([Change.created(answer)], what)
        return self._desk.store.get(Answer, answer.id) if answer else None

    def task_id(self) -> str:
        """Return the id of the task that the words or the row are about, or ""."""
        self._pane.take_words()
        tasks = tasks_of(self._desk.flow, self._pane.step)
        if tasks:
            return tasks[0].id
        return self._pane.list.task_id if self._pane.list is not None else ""
