"""The workplace's own questions, and how to recognise a closed question (R43, R44).

The guide's six questions are always asked; the workplace's own come after them. Each answer stores
the question as it was asked, so that an old talk does not change when the questions do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from data.i18n import _
from data.library import QUESTIONS, QuestionSet, StepText
from data.library.questionset import SHARED, TITLE_WIDTH
from data.records import Answer, Question, Talk, new_id
from data.store.change import Change
from data.text import shorten

OWN: Final = "own"
"""First part of the key of a step that asks one of the workplace's own questions."""
ASKED: Final = "asked"
"""First part of the key of a question that was thought of in the talk itself."""
FURTHER: Final = (OWN, SHARED, ASKED)
"""First parts of the keys of all questions beside the guide's. `SHARED`: the workplace's."""

_OPENER: Final = re.compile(
    "hv(ad|ordan|ilken|ilket|ilke|ornår|em|or|orfor|orhen|ormed|orpå)"
    "|fortæl|beskriv|vis|nævn|giv|prøv|sæt|tænk|spørg"
    "|what|how|which|when|who|whom|whose|where|why"
    "|tell|describe|show|name|give|try|think"
)
"""Words that an open question or request begins with, in Danish and English."""
_LEADS: Final = ("og", "men", "så", "nu", "and", "but", "so", "now")
"""Words that may come before them."""
_SENTENCES: Final = re.compile(r"[.!?;:–\n]+|\s-\s")
_WORDS: Final = re.compile(r"[^\W\d_]+")


def with_own(words: QuestionSet, own: Iterable[Question]) -> QuestionSet:
    """Return the texts of a talk with a step for each own question that is switched on."""
    steps = [own_step(one) for one in in_order(own) if one.active and one.text.strip()]
    if not steps:
        return words
    last = max(i for i, step in enumerate(words.steps) if step.key in QUESTIONS) + 1
    while words.steps[last].key.startswith(f"{SHARED}:"):
        last += 1
    return replace(words, steps=(*words.steps[:last], *steps, *words.steps[last:]))


def in_order(own: Iterable[Question]) -> list[Question]:
    """Return the questions sorted by their order number, with those of a set together.

    The set with the lowest order number comes first.
    """
    found = sorted(own, key=lambda one: (one.order, one.id))
    sets = list(dict.fromkeys(one.set_name for one in found))
    return sorted(found, key=lambda one: sets.index(one.set_name))


def own_step(one: Question) -> StepText:
    """Return the step that asks one of the workplace's own questions."""
    return StepText(
        key=f"{OWN}:{one.id}",
        title=step_title(one.text),
        purpose=one.set_name or _("A question of your own"),
        text=one.text,
        probes=one.probes,
    )


def step_title(question: str) -> str:
    """Return the title of the step that asks a question: the question's first words."""
    return shorten(" ".join(question.split()), TITLE_WIDTH)


def is_closed(text: str, probes: Iterable[str] = ()) -> bool:
    """Whether a question can be answered with yes or no, and no open one follows it (R43).

    `probes` are the questions that follow. The user gets a hint, and may use the question anyway.
    An empty text is not closed.
    """
    sentences = [
        words
        for part in (text, *probes)
        for one in _SENTENCES.split(part)
        if (words := [word.lower() for word in _WORDS.findall(one)])
    ]
    return bool(sentences) and not any(_opens(words) for words in sentences)


def _opens(words: list[str]) -> bool:
    """Whether a sentence, given as its words in lower case, is an open question or request."""
    rest = words[1:] if words[0] in _LEADS else words
    # "På hvilken måde ...", "I what way ...": one small word may stand before.
    return any(_OPENER.fullmatch(word) for word in rest[:2])


def ask(talk: Talk, text: str) -> Change:
    """Return the change that adds a question to this talk alone, as a step of it (R44)."""
    return Change.created(
        Answer(
            mentee_id=talk.mentee_id,
            talk_id=talk.id,
            key=f"{ASKED}:{new_id()}",
            question=" ".join(text.split()),
        )
    )
