"""What all mentors share, in Danish and English: questions, duties, rhythms, example, guide.

from data.library import duties, questions

To import this package reads no file. Each file is read once, when it is first asked for. The
example data is in `data.example`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from data.library.guidetext import (
        SCREENS,
        SECTIONS,
        GuideSection,
        guide,
        guide_source,
        screen_help,
        screen_sections,
    )
    from data.library.prose import Block, BlockKind
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
    from data.library.rolematrix import DefaultDuty, due_days, duties
    from data.library.source import LibraryError
    from data.library.talk_rhythms import Rhythm, Stretch, TouchPoint, rhythm, rhythms, touch_points
    from data.library.texts import (
        TEXTS,
        AgreementDefaults,
        Material,
        agreement_defaults,
        materials,
        text,
        text_title,
    )

_NAMES: Final = {
    "guidetext": (
        "GuideSection",
        "SCREENS",
        "SECTIONS",
        "guide",
        "guide_source",
        "screen_help",
        "screen_sections",
    ),
    "prose": ("Block", "BlockKind"),
    "questionset": (
        "AIMS",
        "FEEDFORWARD",
        "Prompt",
        "QUESTIONS",
        "QuestionSet",
        "STEPS",
        "StepText",
        "questions",
    ),
    "talk_rhythms": ("Rhythm", "Stretch", "TouchPoint", "rhythm", "rhythms", "touch_points"),
    "rolematrix": ("DefaultDuty", "due_days", "duties"),
    "source": ("LibraryError",),
    "texts": (
        "AgreementDefaults",
        "Material",
        "TEXTS",
        "agreement_defaults",
        "materials",
        "text",
        "text_title",
    ),
}
"""Module -> its names. For lazy loading: it is imported when one of them is first asked for."""
_MODULES: Final = {name: module for module, names in _NAMES.items() for name in names}

__all__ = [
    "AIMS",
    "FEEDFORWARD",
    "QUESTIONS",
    "SCREENS",
    "SECTIONS",
    "STEPS",
    "TEXTS",
    "AgreementDefaults",
    "Block",
    "BlockKind",
    "DefaultDuty",
    "GuideSection",
    "LibraryError",
    "Material",
    "Prompt",
    "QuestionSet",
    "Rhythm",
    "StepText",
    "Stretch",
    "TouchPoint",
    "agreement_defaults",
    "due_days",
    "duties",
    "guide",
    "guide_source",
    "materials",
    "questions",
    "rhythm",
    "rhythms",
    "screen_help",
    "screen_sections",
    "text",
    "text_title",
    "touch_points",
]


def __getattr__(name: str) -> Any:
    module = _MODULES.get(name)
    if module is None:
        raise AttributeError(name)
    found = getattr(import_module(f"data.library.{module}"), name)
    globals()[name] = found
    return found
