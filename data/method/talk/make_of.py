"""What can be made of a line that somebody has written, and which of it is natural where."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from data.library import QUESTIONS
from data.method.talk.placed import Way
from data.method.talk.questions import FURTHER


class Thing(StrEnum):
    """What a line becomes."""

    ACTION = "action"
    NEXT_STEP = "next_step"
    POTENTIAL = "potential"
    GOAL = "goal"
    TASK = "task"
    EXAMPLE = "example"
    TIP = "tip"
    NEED = "need"
    BOTH = "both"
    """The words and the next step that they took the place of, one below the other (R55)."""
    OFF = "off"
    """The words come off the task on which they stand, and stay in the talk."""


_ASKING = (*(key for key in QUESTIONS if key != "wellbeing"), *FURTHER)
"""Steps that ask the mentee; wellbeing has no list of examples, since it is private."""
_OF_A_LINE = (
    Thing.ACTION,
    Thing.NEXT_STEP,
    Thing.POTENTIAL,
    Thing.GOAL,
    Thing.TASK,
    Thing.TIP,
)
_PRIVATE = ("wellbeing", "understand")
"""Steps whose words stay private: they go onto no plan."""
OF_A_NOTE = (Thing.ACTION, Thing.NEXT_STEP, Thing.POTENTIAL, Thing.TIP)
"""What can be made of a line of a note."""


def things_to_make(step: str, *, mentor: bool, placed: Sequence[Way] = ()) -> tuple[Thing, ...]:
    """Return what can be made of a line written at a step of a talk, the natural thing first.

    Args:
        step: The first part of the key of the step, such as "potential" or "close".
        mentor: Whether the line stands among the mentor's words. At the last step these are what
            the mentor learned, of which a tip for others is made (R35, R63).
        placed: What else can become of words that are the potential or the next step of their task
            already, the natural one first (`data.method.talk.placed.ways`).
    """
    if step in _PRIVATE:
        return (Thing.ACTION,)
    first = {"potential": Thing.POTENTIAL, "next": Thing.NEXT_STEP}.get(step, Thing.ACTION)
    if step == "close" and mentor:
        first = Thing.TIP
    examples = (Thing.EXAMPLE,) if step in _ASKING else ()
    everything = (*_OF_A_LINE[:-1], *examples, Thing.TIP)
    # Only what the mentor learned is told to others; what the mentee says is not.
    offered = [one for one in everything if one is not Thing.TIP or step == "close"]
    if placed:
        changed = [{Way.ON: first, Way.BOTH: Thing.BOTH, Way.OFF: Thing.OFF}[way] for way in placed]
        return (*changed, *(one for one in offered if one is not first))
    return (first, *(one for one in offered if one is not first))
