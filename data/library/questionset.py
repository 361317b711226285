"""The words of the guided talk: the guide's questions, and the steps round them."""

from __future__ import annotations

from functools import cache
from typing import Final

from data.frozen import immutable
from data.library.source import LibraryError, Section, load

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
"""Stands in a question where the name of the chosen task goes (the guide's "opgave x", R47)."""

TITLE_WIDTH: Final = 14
"""A step's title fits a rail of so many columns."""


@immutable
class Prompt:
    """A named line within a step: an aspect to write about, a heap to sort into, an aim to tick."""

    key: str
    text: str


@immutable
class StepText:
    """What one step of the talk is called, is for, and asks."""

    key: str
    title: str
    """At most `TITLE_WIDTH` characters."""
    purpose: str
    """One line: what the step is for."""
    text: str = ""
    """The question or line as the guide words it; "" where the step asks nothing by itself."""
    general: str = ""
    """The same question where no task is chosen (R47)."""
    spoken: str = ""
    """As it is said to the mentee, where `text` speaks to the mentor."""
    starter: str = ""
    """Opening words with an ellipsis; alone they are not an answer (R52)."""
    hint: str = ""
    probes: tuple[str, ...] = ()
    """Open questions to go on with (R43)."""
    fields: tuple[Prompt, ...] = ()
    """Parts that are written or chosen separately (R30, R33)."""
    private: bool = False
    """Whether an answer starts out private (R50)."""

    def asked(self, task: str = "") -> str:
        """Return the question as it is asked, with the task's name filled in, or in general."""
        if TASK not in self.text:
            return self.text
        return self.text.replace(TASK, f'"{task}"') if task else self.general

    def to_mentee(self, task: str = "") -> str:
        """Return the question as the mentee hears it, or reads it when preparing."""
        return self.spoken or self.asked(task)

    @property
    def opening(self) -> str:
        """The starter as it is typed on: without its ellipsis, ending in a space; or ""."""
        return f"{self.starter.rstrip(' .…')} " if self.starter else ""


@immutable
class QuestionSet:
    """All words of a talk in one language."""

    steps: tuple[StepText, ...]
    aims: tuple[Prompt, ...]
    frame: tuple[str, ...]
    """Lines of the opening card where a mentee has no agreement of its own yet (R28)."""

    def step(self, key: str) -> StepText:
        """Return the step `key`. Raises KeyError where there is none."""
        for one in self.steps:
            if one.key == key:
                return one
        raise KeyError(key)

    @property
    def questions(self) -> tuple[StepText, ...]:
        """The guide's six questions."""
        return tuple(self.step(key) for key in QUESTIONS)


@cache
def questions(language: str) -> QuestionSet:
    """Return the words of the talk in `language` ("da" or "en")."""
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
        fields=tuple(_prompt(one) for one in section.sections("fields")),
        private=section.flag("private"),
    )
    _check(section, step)
    return step


def _check(section: Section, step: StepText) -> None:
    if len(step.title) > TITLE_WIDTH:
        raise section.fault("title", f"is longer than {TITLE_WIDTH} characters")
    if (TASK in step.text) != bool(step.general):
        raise section.fault("general", f"goes with {TASK} in the text, and only with it")
    if step.key in (*QUESTIONS, *FEEDFORWARD) and not step.text:
        raise LibraryError(f"{section.place}: text: a question of the guide must not be empty")


def _prompt(section: Section) -> Prompt:
    section.only("key", "text")
    return Prompt(section.text("key"), section.text("text"))
