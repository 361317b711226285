"""What all mentors share, in Danish and English: questions, duties, rhythms, example, guide.

from data.library import duties, questions

Importing reads no file; each file is read once, when first asked for.
"""

from __future__ import annotations

from data.library.questionset import (
    AIMS,
    FEEDFORWARD,
    QUESTIONS,
    STEPS,
    Prompt,
    QuestionSet,
    StepText,
    questions,
)
from data.library.rhythms import Rhythm, Stretch, TouchPoint, rhythm, rhythms, touch_points
from data.library.rolematrix import DefaultDuty, duties
from data.library.source import LibraryError

__all__ = [
    "AIMS",
    "FEEDFORWARD",
    "QUESTIONS",
    "STEPS",
    "DefaultDuty",
    "LibraryError",
    "Prompt",
    "QuestionSet",
    "Rhythm",
    "StepText",
    "Stretch",
    "TouchPoint",
    "duties",
    "questions",
    "rhythm",
    "rhythms",
    "touch_points",
]
