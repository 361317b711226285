"""The texts of the guided talk: the guide's questions, and the steps around them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from data.frozen import immutable
from data.library.source import LibraryError, Section, in_use, load, with_shared
from data.text import shorten

if TYPE_CHECKING:
    from data.library.shared import Shared, SharedQuestion

QUESTIONS: Final = ("occupied", "works", "skills", "help", "sparring", "wellbeing")
"""Keys of the guide's six questions, in its order (R45-R50)."""

FEEDFORWARD: Final = ("praise", "potential")
"""Keys of the guide's two feed-forward lines (R52-R55)."""

STEPS: Final = (
    "frame",
    "since",
    *QUESTIONS,
    "sort",
    "understand",
    *FEEDFORWARD,
    "next",
    "plan",
    "close",
)
"""Keys of all steps of a talk, in the order in which they are proposed."""

AIMS: Final = ("understanding", "goals", "each_other", "own_work", "potential", "seen")
"""Keys of the guide's six aims of feedback (R33-R39)."""

TASK: Final = "{task}"
"""Is replaced in a question by the name of the chosen task (the guide's "opgave x", R47)."""

SHARED: Final = "shared"
"""First part of the key of a step that asks a question which the workplace's library adds."""

TITLE_WIDTH: Final = 14
"""The most characters in the title of a step, so that it fits the list of steps."""


@immutable
class Prompt:
    """A named line within a step: an aspect to write about, a heap to sort into, an aim to tick."""

    key: str
    text: str


@immutable
class StepText:
    """The texts of one step of the talk."""

    key: str
    title: str
    """At most `TITLE_WIDTH` characters."""
    purpose: str
    """One line: what the step is for."""
    text: str = ""
    """The question or line, word for word from the guide; "" if the step asks nothing."""
    general: str = ""
    """The same question, to ask if no task is chosen (R47)."""
    spoken: str = ""
    """How it is said to the mentee, if `text` speaks to the mentor."""
    starter: str = ""
    """The first words of an answer, ending in "…". They alone are not an answer (R52)."""
    hint: str = ""
    probes: tuple[str, ...] = ()
    """Open questions that help the mentee to say more (R43)."""
    first_title: str = ""
    """The title in the first talk of all, before which there was none; "" for the same."""
    first_purpose: str = ""
    """What the step is for then; "" for the same, and for the same hint and probes."""
    first_hint: str = ""
    first_probes: tuple[str, ...] = ()
    fields: tuple[Prompt, ...] = ()
    """Parts of the step that are each answered or chosen by themselves (R30, R33)."""
    private: bool = False
    """Whether an answer is private at first (R50)."""

    def asked(self, task: str = "") -> str:
        """Return the question with the name of the task in it; without a task, asked in general."""
        if TASK not in self.text:
            return self.text
        return self.text.replace(TASK, task) if task else self.general

    def to_mentee(self, task: str = "") -> str:
        """Return the question as it is said to the mentee."""
        return self.spoken or self.asked(task)

    def in_first(self) -> StepText:
        """Return the step as it is in the first talk of all."""
        if not self.first_purpose:
            return self
        return replace(
            self,
            title=self.first_title or self.title,
            purpose=self.first_purpose,
            hint=self.first_hint,
            probes=self.first_probes,
        )

    @property
    def opening(self) -> str:
        """The starter with a space for its "…", to type the answer after; or ""."""
        return f"{self.starter.rstrip(' .…')} " if self.starter else ""


@immutable
class QuestionSet:
    """All texts of a talk in one language."""

    steps: tuple[StepText, ...]
    aims: tuple[Prompt, ...]
    frame: tuple[str, ...]
    """The lines of the first step if nothing has been agreed with the mentee yet (R28)."""

    def step(self, key: str) -> StepText:
        """Return the step `key`. Raises KeyError if there is none."""
        for one in self.steps:
            if one.key == key:
                return one
        raise KeyError(key)

    @property
    def questions(self) -> tuple[StepText, ...]:
        """The guide's six questions."""
        return tuple(self.step(key) for key in QUESTIONS)


def questions(language: str) -> QuestionSet:
    """Return the texts of the talk in `language` ("da" or "en").

    Where the workplace has a library, they are worded as it says, with its additional questions.
    """
    return with_shared(built_in_questions(language), ("questions", language), _with_shared)


def _with_shared(built_in: QuestionSet, library: Shared) -> QuestionSet:
    """Return the texts with the wordings and the additional questions of the workplace."""
    worded = {one.key: one for one in library.questions if one.key in STEPS}
    steps = [_worded(step, worded.get(step.key)) for step in built_in.steps]
    for one in library.questions:
        if one.key in STEPS:
            continue
        added = StepText(
            key=f"{SHARED}:{one.key}",
            title=shorten(one.title or one.text, TITLE_WIDTH),
            purpose=one.purpose or library.name,
            text=one.text,
            hint=one.hint,
            probes=one.probes or (),
        )
        after = one.after or QUESTIONS[-1]
        at = next(place for place, step in enumerate(steps) if step.key == after) + 1
        while at < len(steps) and steps[at].key.startswith(f"{SHARED}:"):
            at += (
                1  # those that are asked after the same step are asked in the order of the library
            )
        steps.insert(at, added)
    return replace(built_in, steps=tuple(steps))


def begun_with() -> dict[str, str]:
    """Return what the workplace's library says of the questions now, for a talk that begins.

    Key of a question -> its fields as JSON, and "" -> the name of the library; nothing where there
    is no library. `as_begun` makes the texts of it again.
    """
    library: Shared | None = in_use()
    if library is None:
        return {}
    found = {one.key: json.dumps(_said(one), ensure_ascii=False) for one in library.questions}
    return {"": library.name, **found}


def _said(one: SharedQuestion) -> dict[str, Any]:
    names = (name for name in one.__dataclass_fields__ if name not in {"key", "file"})
    return {name: value for name in names if (value := getattr(one, name)) not in {"", None}}


def as_begun(language: str, worded: Mapping[str, str]) -> QuestionSet:
    """Return the texts of a talk as they were when it began.

    Args:
        language: That of what is built in.
        worded: What `begun_with` returned then. A question that cannot be read is left out.
    """
    from data.library.shared import Shared  # few workplaces have a library

    found = (_read(key, text) for key, text in worded.items() if key)
    questions = tuple(one for one in found if one is not None)
    library = Shared(worded.get("", ""), "", questions=questions)
    return _with_shared(built_in_questions(language), library)


def _read(key: str, text: str) -> SharedQuestion | None:
    """Return what a talk keeps of a question; None where somebody has written something else."""
    from data.library.shared import SharedQuestion  # few workplaces have a library

    try:
        said = json.loads(text)
        probes = said.pop("probes", None)
        found = SharedQuestion(key, **said, probes=None if probes is None else tuple(probes))
    except (ValueError, TypeError, AttributeError, RecursionError):
        return None
    texts = [*said.values(), *(found.probes or ())]
    is_right = all(isinstance(one, str) for one in texts) and found.after in {"", *STEPS}
    return found if is_right and (found.text or key in STEPS) else None


def _worded(step: StepText, one: SharedQuestion | None) -> StepText:
    """Return a built-in step as the workplace words it; what it does not give stays."""
    if one is None:
        return step
    text = one.text or step.text
    return replace(
        step,
        text=text,
        # a wording without a task is asked as it is, whether a task is chosen or not
        general=(one.general or step.general) if TASK in text else "",
        # what was said to the mentee goes with the wording that it was made for
        spoken=one.spoken or ("" if one.text else step.spoken),
        starter=one.starter or step.starter,
        hint=one.hint or step.hint,
        purpose=one.purpose or step.purpose,
        probes=step.probes if one.probes is None else one.probes,
    )


@cache
def built_in_questions(language: str) -> QuestionSet:
    """Return the texts of the talk as they come with the program, in `language`."""
    file = load(language, "questions")
    file.only("step", "aim", "frame")
    steps = tuple(_step(one) for one in file.sections("step"))
    _expect(file, "step", STEPS, tuple(one.key for one in steps))
    aims = tuple(_prompt(one) for one in file.sections("aim"))
    _expect(file, "aim", AIMS, tuple(one.key for one in aims))
    return QuestionSet(steps, aims, file.texts("frame"))


def _expect(file: Section, name: str, wanted: tuple[str, ...], found: tuple[str, ...]) -> None:
    if found != wanted:
        raise file.fault(name, f"the keys must be {', '.join(wanted)}; they are {', '.join(found)}")


def _step(section: Section) -> StepText:
    section.only(*StepText.__dataclass_fields__)
    step = StepText(
        key=section.text("key"),
        title=section.text("title"),
        purpose=section.text("purpose"),
        text=section.text("text", ""),
        general=section.text("general", ""),
        spoken=section.text("spoken", ""),
        starter=section.text("starter", ""),
        hint=section.text("hint", ""),
        probes=section.texts("probes"),
        first_title=section.text("first_title", ""),
        first_purpose=section.text("first_purpose", ""),
        first_hint=section.text("first_hint", ""),
        first_probes=section.texts("first_probes"),
        fields=tuple(_prompt(one) for one in section.sections("fields")),
        private=section.flag("private"),
    )
    _check(section, step)
    return step


def _check(section: Section, step: StepText) -> None:
    if max(len(step.title), len(step.first_title)) > TITLE_WIDTH:
        raise section.fault("title", f"is longer than {TITLE_WIDTH} characters")
    if (TASK in step.text) != bool(step.general):
        raise section.fault("general", f"goes with {TASK} in the text, and only with it")
    if step.key in (*QUESTIONS, *FEEDFORWARD) and not step.text:
        raise LibraryError(f"{section.place}: text: a question of the guide must not be empty")


def _prompt(section: Section) -> Prompt:
    section.only("key", "text")
    return Prompt(section.text("key"), section.text("text"))
