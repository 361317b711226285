"""The guided talk as a value: its steps, where it stands, what is filled in (R41-R56).

The order is an offer: any step can be left out, reached and returned to. Nothing here knows a
screen; a screen makes a new `TalkFlow` when records change, and commits the changes it returns.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from data.i18n import _
from data.library import FEEDFORWARD, QUESTIONS, QuestionSet, StepText
from data.method.talk.questions import ASKED, step_title
from data.method.view import MenteeView
from data.method.visibility import Reader, may_see, seen, shows_all
from data.records import Answer, Talk, part_id
from data.store.change import Change

SHORT: Final = ("frame", "occupied", "help", "next", "close")
"""The short talk: frame, two questions, next step, date."""
MENTOR_FIRST: Final = (*FEEDFORWARD, "next")
"""The steps in which the mentor speaks first, in their order."""
SKILLS: Final = "skills"
"""The question that is asked once for each chosen task (R47)."""
UNDERSTAND: Final = "understand"
"""The step whose fields are answers of their own: "understand:nature" and so on (R33)."""


@dataclass(frozen=True, slots=True)
class FlowStep:
    """One step of one talk."""

    key: str
    """Kept as `Talk.step` and `Answer.key`: a key of the library, or "skills:<task id>"."""
    words: StepText
    question: str
    """As it is asked here, or was asked where there is an answer already (R44); "" for none."""
    title: str
    task_id: str = ""
    note: str = ""
    """A line to go with the question, such as that it is asked in general."""
    filled: bool = False

    @property
    def base(self) -> str:
        """The key of the library's step, without the task."""
        return self.key.partition(":")[0]

    @property
    def number(self) -> int:
        """Which of the guide's six questions it is (1-6), or 0."""
        return QUESTIONS.index(self.base) + 1 if self.base in QUESTIONS else 0


@dataclass(frozen=True)
class TalkFlow:
    """A talk with its mentee's records and the words of the interface's language."""

    view: MenteeView
    talk: Talk
    words: QuestionSet

    @cached_property
    def answers(self) -> dict[str, Answer]:
        """What was said, by key."""
        return {answer.key: answer for answer in self.view.answers_of(self.talk.id)}

    @cached_property
    def steps(self) -> tuple[FlowStep, ...]:
        """All steps in the order proposed.

        An answer whose question is no longer asked, because its task or question is gone, keeps a
        step of its own with the words that were asked.
        """
        found = [step for words in self.words.steps for step in self._steps_of(words)]
        found = self._with_asked(found)
        known = {step.key for step in found}
        lost = [
            self._lost(answer)
            for answer in self.answers.values()
            if answer.key not in known
            and answer.key.partition(":")[0] != UNDERSTAND
            and is_said(answer)
        ]
        end = next((i for i, step in enumerate(found) if step.key == "plan"), len(found) - 1)
        return (*found[:end], *lost, *found[end:])

    def _with_asked(self, found: list[FlowStep]) -> list[FlowStep]:
        """Put the questions that were thought of in this talk before what follows questions."""
        asked = [
            FlowStep(
                key=answer.key,
                words=StepText(key=answer.key, title=step_title(answer.question), purpose=""),
                question=answer.question,
                title=step_title(answer.question),
                task_id=answer.task_id,
                filled=is_said(answer),
            )
            for answer in self.answers.values()
            if answer.key.startswith(f"{ASKED}:")
        ]
        end = next((i for i, step in enumerate(found) if step.key in ("sort", "next")), len(found))
        return [*found[:end], *asked, *found[end:]]

    def _steps_of(self, words: StepText) -> Iterator[FlowStep]:
        if self.talk.short and words.key not in SHORT and not self._is_filled(words.key, words):
            return
        if words.key != SKILLS:
            yield self._step(words.key, words)
            return
        tasks = [t for id in self.talk.task_ids if (t := self.view.task(id)) is not None]
        if not tasks:
            note = _("No task has been chosen, so the question is asked in general.")
            yield replace(self._step(SKILLS, words, words.general), note=note)
            return
        if self._is_filled(SKILLS, words):
            yield self._step(SKILLS, words, words.general)
        for task in tasks:
            key = f"{SKILLS}:{task.id}"
            step = self._step(key, words, words.asked(task.title))
            yield replace(step, task_id=task.id, note=task.title)

    def _step(self, key: str, words: StepText, question: str | None = None) -> FlowStep:
        answer = self.answers.get(key)
        asked = words.asked() if question is None else question
        if answer and answer.question and is_said(answer, words):
            asked = answer.question
        return FlowStep(
            key=key,
            words=words,
            question=asked,
            title=words.title,
            task_id=answer.task_id if answer else "",
            filled=self._is_filled(key, words),
        )

    def _lost(self, answer: Answer) -> FlowStep:
        base = answer.key.partition(":")[0]
        title = next((step.title for step in self.words.steps if step.key == base), _("Earlier"))
        words = StepText(key=answer.key, title=title, purpose="", text=answer.question)
        note = _("This question is no longer asked; the answer is kept.")
        return FlowStep(answer.key, words, answer.question, title, answer.task_id, note, True)

    def _is_filled(self, key: str, words: StepText) -> bool:
        talk = self.talk
        answer = self.answers.get(key)
        if answer and is_said(answer, words):
            return True
        if key == UNDERSTAND:
            return any(
                is_said(one) for k, one in self.answers.items() if k.startswith(f"{UNDERSTAND}:")
            )
        return {
            "frame": self.view.agreement is not None and self.view.agreement.agreed_on is not None,
            "since": bool(talk.task_ids or talk.note_ids),
            "sort": bool(talk.sorted_items),
            "plan": bool(talk.plan_edits or talk.plan_updated_on),
            "close": bool(talk.next_on or talk.no_next or talk.aims),
        }.get(key, False)

    # -- where we are ---------------------------------------------------------------------------

    @property
    def index(self) -> int:
        """Where the talk stands among the steps; the first where its step is gone."""
        keys = [step.key for step in self.steps]
        if self.talk.step in keys:
            return keys.index(self.talk.step)
        base = self.talk.step.partition(":")[0]
        return next((i for i, step in enumerate(self.steps) if step.base == base), 0)

    @property
    def current(self) -> FlowStep:
        """The step at hand."""
        return self.steps[self.index]

    @property
    def next(self) -> FlowStep | None:
        """The step after this one, or None at the end."""
        return self.steps[self.index + 1] if self.index + 1 < len(self.steps) else None

    @property
    def previous(self) -> FlowStep | None:
        """The step before this one, or None at the start."""
        return self.steps[self.index - 1] if self.index else None

    def step(self, key: str) -> FlowStep | None:
        """Return a step by its key."""
        return next((step for step in self.steps if step.key == key), None)

    def at(self, key: str, side: str = "") -> TalkFlow:
        """Return the talk as it stands at another step; unknown keys change nothing."""
        if self.step(key) is None:
            return self
        return replace(self, talk=replace(self.talk, step=key, side=side or self.talk.side))

    def go(self, key: str, side: str = "") -> list[Change]:
        """Return the change that keeps where the talk stands (R51)."""
        moved = self.at(key, side).talk
        return [] if moved == self.talk else [Change.between(self.talk, moved)]

    # -- answers --------------------------------------------------------------------------------

    def answer(self, key: str) -> Answer | None:
        """Return what is kept of a step, if anything."""
        return self.answers.get(key)

    def new_answer(self, step: FlowStep, field: str = "") -> Answer:
        """Return an empty answer to a step (or to one of its fields), with the wording asked."""
        question = step.question
        if field:
            question = next(one.text for one in step.words.fields if one.key == field)
        own = self.answer(step.key)
        only = self.talk.task_ids[0] if len(self.talk.task_ids) == 1 else ""
        about = only if step.base in (UNDERSTAND, "praise", "potential", "next") else ""
        if own is not None and own.task_id:  # a step with fields: its task was chosen before them
            about = own.task_id
        key = f"{step.key}:{field}" if field else step.key
        return Answer(
            id=part_id(self.talk.id, key),
            mentee_id=self.talk.mentee_id,
            talk_id=self.talk.id,
            key=key,
            question=question,
            task_id=step.task_id or about,
            private=step.words.private,
        )

    def ask_before_leaving(self, step: FlowStep) -> str:
        """Return a question to ask once before a step is left empty, or "" (R53)."""
        if step.base == "praise" and self.view.mentee.newly_qualified and not step.filled:
            return _("New graduates need to hear what they succeed with. Go on without it?")
        return ""

    # -- who looks ------------------------------------------------------------------------------

    def seen_by(self, reader: Reader) -> TalkFlow:
        """Return the talk as the reader may see it, to show or to write."""
        return self if shows_all(reader) else replace(self, view=seen(self.view, reader))

    def may_see_words(self, step: FlowStep, reader: Reader) -> bool:
        """Whether the reader may see what is said to a step, and what will be where nothing is."""
        own = self.answer(step.key) or self.new_answer(step)
        parts = (
            one
            for key, one in self.answers.items()
            if key.startswith(f"{step.key}:") and self.step(key) is None
        )
        return all(may_see(one, reader) for one in (own, *parts))


def said(text: str, words: StepText | None = None) -> str:
    """Return what was really said: the text without an untouched sentence starter (R52)."""
    text = text.strip()
    if words and words.starter and text.rstrip(" .…") == words.starter.rstrip(" .…"):
        return ""
    return text


def is_said(answer: Answer, words: StepText | None = None) -> bool:
    """Whether an answer holds anything but an untouched starter."""
    written = (answer.mentee, answer.mentor)
    return any(said(text, words) for text in written) or bool(answer.examples or answer.pulse)
