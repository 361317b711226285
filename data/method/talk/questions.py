"""Questions of one's own among the guide's, and a soft word about closed ones (R43, R44).

The guide's six are always there; own questions come after them, in their order. What was asked is
kept with the answer, so that a talk reads as it was held whatever becomes of the questions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from data.i18n import _
from data.library import QUESTIONS, QuestionSet, StepText
from data.library.questionset import TITLE_WIDTH
from data.records import Answer, Question, Talk, new_id
from data.store.change import Change
from data.text import shorten

OWN: Final = "own"
"""First part of the key of a step that asks a question of the workplace's own."""
ASKED: Final = "asked"
"""First part of the key of a question that was thought of in the talk itself."""

_OPENER: Final = re.compile(
    "hv(ad|ordan|ilken|ilket|ilke|ornår|em|or|orfor|orhen|ormed|orpå)"
    "|fortæl|beskriv|vis|nævn|giv|prøv|sæt|tænk|spørg"
    "|what|how|which|when|who|whom|whose|where|why"
    "|tell|describe|show|name|give|try|think"
)
"""Words that an open question, or an open request, begins with."""
_LEADS: Final = ("og", "men", "så", "nu", "and", "but", "so", "now")
_SENTENCES: Final = re.compile(r"[.!?;:–\n]+|\s-\s")
_WORDS: Final = re.compile(r"[^\W\d_]+")


def with_own(words: QuestionSet, own: Iterable[Question]) -> QuestionSet:
    """Return the words of a talk with the questions of one's own that are switched on."""
    steps = [own_step(one) for one in in_order(own) if one.active and one.text.strip()]
    if not steps:
        return words
    last = max(i for i, step in enumerate(words.steps) if step.key in QUESTIONS) + 1
    return replace(words, steps=(*words.steps[:last], *steps, *words.steps[last:]))


def in_order(own: Iterable[Question]) -> list[Question]:
    """Return the questions by their order, set by set as the sets first appear."""
    found = sorted(own, key=lambda one: (one.order, one.id))
    sets = list(dict.fromkeys(one.set_name for one in found))
    return sorted(found, key=lambda one: sets.index(one.set_name))


def own_step(one: Question) -> StepText:
    """Return the step that asks a question."""
    return StepText(
        key=f"{OWN}:{one.id}",
        title=step_title(one.text),
        purpose=one.set_name or _("A question of your own"),
        text=one.text,
        probes=one.probes,
    )


def step_title(question: str) -> str:
    """Return what a question's step is called: its first words."""
    return shorten(" ".join(question.split()), TITLE_WIDTH)


def is_closed(text: str, probes: Iterable[str] = ()) -> bool:
    """Whether a question can be answered with yes or no, and nothing open follows it (R43).

    Only for a soft word: a closed question is saved and asked all the same. No question at all is
    not closed.
    """
    sentences = [
        words
        for part in (text, *probes)
        for one in _SENTENCES.split(part)
        if (words := [word.lower() for word in _WORDS.findall(one)])
    ]
    return bool(sentences) and not any(_opens(words) for words in sentences)


def _opens(words: list[str]) -> bool:
    rest = words[1:] if words[0] in _LEADS else words
    # "På hvilken måde ...", "I what way ...": one small word may stand before.
    return any(_OPENER.fullmatch(word) for word in rest[:2])


def ask(talk: Talk, text: str) -> Change:
    """Ask a question that was thought of in the talk: it gets a step of its own there (R44)."""
    return Change.created(
        Answer(
            mentee_id=talk.mentee_id,
            talk_id=talk.id,
            key=f"{ASKED}:{new_id()}",
            question=" ".join(text.split()),
        )
    )
