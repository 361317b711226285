"""The guided talk as a value: its steps, which step is open, and what is filled in (R41-R56).

The order of the steps is a proposal: the mentor can skip any step, jump to it and return to it.
Nothing here knows a screen. A screen makes a new `TalkFlow` when records change, and commits the
changes that the functions return.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from data.frozen import immutable
from data.i18n import _
from data.library import FEEDFORWARD, QUESTIONS, QuestionSet, StepText
from data.method.plan.agreed import awaits_agreement
from data.method.talk.before import last_before
from data.method.talk.questions import ASKED, step_title
from data.method.view import MenteeView
from data.method.visibility import Reader, may_see, seen, shows_all
from data.records import Answer, Talk, part_id
from data.store.change import Change

SHORT: Final = ("frame", "occupied", "help", "praise", "next", "plan", "close")
"""Keys of the steps of the short talk: ground rules, two questions, recognition, next step, the
plan together, next date."""
MENTOR_FIRST: Final = (*FEEDFORWARD, "next")
"""Keys of the steps in which the mentor speaks first, in their order."""
SKILLS: Final = "skills"
"""Key of the question that is asked once for each chosen task (R47)."""
UNDERSTAND: Final = "understand"
"""Key of the step whose fields each have an answer: "understand:nature" and so on (R33)."""


@dataclass(frozen=True, slots=True)
class FlowStep:
    """One step of one talk."""

    key: str
    """The value of `Talk.step` and `Answer.key`: a key of the library, or "skills:<task id>"."""
    words: StepText
    question: str
    """The question as it is asked now, or as it was asked if it is answered (R44); "" if none."""
    title: str
    task_id: str = ""
    note: str = ""
    """A line that is shown with the question, such as "No task has been chosen ..."."""
    filled: bool = False
    """Whether anything has been noted in the step."""

    @property
    def base(self) -> str:
        """The key of the step in the library, without the id of a task."""
        return self.key.partition(":")[0]

    @property
    def number(self) -> int:
        """The number of the question among the guide's six (1-6); 0 for any other step."""
        return QUESTIONS.index(self.base) + 1 if self.base in QUESTIONS else 0


@immutable
class TalkFlow:
    """A talk, all records of its mentee, and the texts of the talk in the user's language."""

    view: MenteeView
    talk: Talk
    words: QuestionSet

    @cached_property
    def answers(self) -> dict[str, Answer]:
        """The answers of this talk, by the key of their step."""
        return {answer.key: answer for answer in self.view.answers_of(self.talk.id)}

    @cached_property
    def steps(self) -> tuple[FlowStep, ...]:
        """All steps, in the order in which they are proposed.

        If a question has been answered and its task or the question itself is then deleted, the
        answer gets a step that shows the question as it was asked.
        """
        texts = self.words.steps
        if last_before(self.view, self.talk) is None:
            texts = tuple(words.in_first() for words in texts)
        found = [step for words in texts for step in self._steps_of(words)]
        found = self._with_asked(found)
        known = {step.key for step in found}
        no_longer_asked = [
            self._step_no_longer_asked(answer)
            for answer in self.answers.values()
            if answer.key not in known
            and answer.key.partition(":")[0] != UNDERSTAND
            and is_said(answer)
        ]
        end = next((i for i, step in enumerate(found) if step.key == "plan"), len(found) - 1)
        return (*found[:end], *no_longer_asked, *found[end:])

    def _with_asked(self, found: list[FlowStep]) -> list[FlowStep]:
        """Return the steps with those of questions thought of in this talk, after the others."""
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
        """Yield the steps that a step of the library becomes: none, one, or one for each task.

        A short talk leaves steps out, but never one in which something has been noted.
        """
        if self.talk.short and words.key not in SHORT and not self._is_filled(words.key, words):
            return
        if words.key != SKILLS:
            yield self._step(words.key, words)
            return
        tasks = [t for id in self.talk.task_ids if (t := self.view.task(id)) is not None]
        if not tasks:
            note = _("No task chosen, so the question is general.")
            yield replace(self._step(SKILLS, words, words.general), note=note)
            return
        if self._is_filled(SKILLS, words):
            yield self._step(SKILLS, words, words.general)
        for task in tasks:
            key = f"{SKILLS}:{task.id}"
            step = self._step(key, words, words.asked(task.title))
            yield replace(step, task_id=task.id, note=task.title)

    def _step(self, key: str, words: StepText, question: str | None = None) -> FlowStep:
        """Return the step `key`, which asks `question`, or the words' own question if None."""
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
            filled=self._is_filled(key, words) and not self._is_to_be_agreed(key),
        )

    def _step_no_longer_asked(self, answer: Answer) -> FlowStep:
        """Return a step that shows an answer whose question is not asked any more."""
        base = answer.key.partition(":")[0]
        title = next((step.title for step in self.words.steps if step.key == base), _("Earlier"))
        words = StepText(key=answer.key, title=title, purpose="", text=answer.question)
        note = _("This question is no longer asked; the answer is kept.")
        return FlowStep(answer.key, words, answer.question, title, answer.task_id, note, True)

    def _is_to_be_agreed(self, key: str) -> bool:
        """Whether it is the step of a plan that has been changed and not agreed on since."""
        return key == "plan" and awaits_agreement(self.view, self.talk)

    def _is_filled(self, key: str, words: StepText) -> bool:
        talk = self.talk
        answer = self.answers.get(key)
        if answer and is_said(answer, words):
            return True
        if key == UNDERSTAND:
            return any(
                is_said(part)
                for part_key, part in self.answers.items()
                if part_key.startswith(f"{UNDERSTAND}:")
            )
        return {
            "frame": self.view.agreement is not None and self.view.agreement.agreed_on is not None,
            "since": bool(talk.task_ids)
            or any(note.id in talk.note_ids for note in self.view.notes),
            "sort": bool(talk.sorted_items),
            "plan": bool(talk.plan_edits or talk.plan_updated_on),
            "close": bool(talk.next_on or talk.no_next or talk.aims),
        }.get(key, False)

    # -- the open step -------------------------------------------------------------------------

    @property
    def index(self) -> int:
        """The index of the open step in `steps`; 0 if the step is not among them any more."""
        keys = [step.key for step in self.steps]
        if self.talk.step in keys:
            return keys.index(self.talk.step)
        base = self.talk.step.partition(":")[0]
        return next((i for i, step in enumerate(self.steps) if step.base == base), 0)

    @property
    def current(self) -> FlowStep:
        """The open step."""
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
        """Return the step with this key, or None."""
        return next((step for step in self.steps if step.key == key), None)

    def at(self, key: str, side: str = "") -> TalkFlow:
        """Return the talk with the step `key` open; the same talk if there is no such step.

        `side` is the text that is written in: "mentee" or "mentor"; "" leaves it as it is.
        """
        if self.step(key) is None:
            return self
        return replace(self, talk=replace(self.talk, step=key, side=side or self.talk.side))

    def go(self, key: str, side: str = "") -> list[Change]:
        """Return the change that opens the step `key`, as `at` does (R51); none if it is open."""
        moved = self.at(key, side).talk
        return [] if moved == self.talk else [Change.between(self.talk, moved)]

    # -- answers --------------------------------------------------------------------------------

    def asked_in(self, answer: Answer) -> str:
        """Return what an answer is the answer to: its question, or the title of its step."""
        step = self.step(answer.key) or self.step(answer.key.partition(":")[0])
        return answer.question or (step.title if step is not None else "") or answer.key

    def answer(self, key: str) -> Answer | None:
        """Return the answer that is stored for a step, or None."""
        return self.answers.get(key)

    def new_answer(self, step: FlowStep, field: str = "") -> Answer:
        """Return an empty answer to a step, or to one of its fields, with the question as asked.

        If one task was chosen for the talk, the answer is about that task in the steps about tasks.
        """
        question = step.question
        if field:
            question = next(one.text for one in step.words.fields if one.key == field)
        step_answer = self.answer(step.key)
        only = self.talk.task_ids[0] if len(self.talk.task_ids) == 1 else ""
        about = only if step.base in (UNDERSTAND, "praise", "potential", "next") else ""
        # In a step with fields, the task is chosen for the step, before the fields are written.
        if step_answer is not None and step_answer.task_id:
            about = step_answer.task_id
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
        """Return what to ask, once, when the mentor leaves this step empty; "" if nothing (R53)."""
        if step.base == "praise" and self.view.mentee.newly_qualified and not step.filled:
            return _(
                "Newly qualified colleagues need to hear what they do well. Continue without it?"
            )
        return ""

    # -- who looks ------------------------------------------------------------------------------

    def seen_by(self, reader: Reader) -> TalkFlow:
        """Return the talk without what the reader may not see, for a screen or a file."""
        return self if shows_all(reader) else replace(self, view=seen(self.view, reader))

    def filled_to(self, reader: Reader) -> frozenset[str]:
        """Return the keys of the steps of which the reader may know that something is noted."""
        return frozenset(step.key for step in self.seen_by(reader).steps if step.filled)

    def may_see_words(self, step: FlowStep, reader: Reader) -> bool:
        """Whether the reader may see all that is noted in the step, or will be if it is empty."""
        own = self.answer(step.key) or self.new_answer(step)
        parts = (
            one
            for key, one in self.answers.items()
            if key.startswith(f"{step.key}:") and self.step(key) is None
        )
        return all(may_see(one, reader) for one in (own, *parts))


def said(text: str, words: StepText | None = None) -> str:
    """Return the text, stripped; "" if it is only the sentence starter of its step (R52)."""
    text = text.strip()
    if words and words.starter and text.rstrip(" .…") == words.starter.rstrip(" .…"):
        return ""
    return text


def is_said(answer: Answer, words: StepText | None = None) -> bool:
    """Whether anything is noted in the answer. A sentence starter alone does not count."""
    written = (answer.mentee, answer.mentor)
    return any(said(text, words) for text in written) or bool(answer.examples or answer.pulse)
