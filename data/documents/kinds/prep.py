"""The sheet that the mentee prepares a talk with: the questions, and room to answer (story 3)."""

from __future__ import annotations

from typing import Final

from data.documents.model.document import Block, Document, Heading, Paragraph, Room
from data.documents.model.parts import listed
from data.documents.model.source import About, DocumentKind, Source
from data.documents.model.talks import head, title_of
from data.i18n import N_, _, language
from data.library import QUESTIONS
from data.method.actions import open_actions
from data.method.talk.flow import FlowStep, TalkFlow
from data.method.talk.outcomes import action_text
from data.method.talk.questions import FURTHER
from data.method.view import TO_COME, MenteeView
from data.records import Answer, Mentee, Talk, TalkState
from data.text import small_first

INTRODUCTIONS: Final = (N_("Think about these questions beforehand. You speak first."),)
"""Msgids of what stands above the questions: as sheets say it now, then as older ones said it.

A sheet that comes back is told by it from what the mentee wrote.
"""
LINES: Final = 4
"""How many lines there are to answer a question."""


def asked_steps(flow: TalkFlow) -> list[tuple[FlowStep, str]]:
    """Return the steps with a question for the mentee, and the question as the sheet puts it."""
    found = []
    for step in flow.steps:
        if step.base in (*QUESTIONS, *FURTHER):
            task = flow.view.task(step.task_id)
            question = step.words.to_mentee(task.title if task else "") or step.question
            found.append((step, question))
    return found


def _introduction() -> Paragraph:
    return Paragraph(_(INTRODUCTIONS[0]))


def _questions(flow: TalkFlow) -> list[Block]:
    blocks: list[Block] = []
    for number, (step, question) in enumerate(asked_steps(flow), 1):
        blocks += [Heading(f"{number}. {question}"), Room(step.key, _("Your thoughts"), LINES)]
    return blocks


def _build(source: Source) -> Document:
    view, talk = source.of_mentee, source.of_talk
    actions = [action_text(view, one) for one in open_actions(view)]
    blocks: list[Block] = [
        head(view, talk),
        _introduction(),
        *listed(_("What we agreed, and is still to be done"), actions),
        *_questions(TalkFlow(view, talk, source.words)),
    ]
    return Document(
        what="prep",
        title=_("Preparation: {talk}").format(talk=small_first(title_of(view, talk))),
        blocks=tuple(blocks),
        language=language(),
    )


def _blank(source: Source) -> Document:
    nobody = MenteeView.of(Mentee(name=""), ())
    flow = TalkFlow(nobody, Talk(mentee_id=nobody.mentee.id, number=1), source.words)
    return Document(
        what="prep",
        title=_("Preparation for a talk"),
        blocks=(_introduction(), *_questions(flow)),
        language=language(),
    )


KIND: Final = DocumentKind(
    key="prep",
    word=N_("Preparation sheet"),
    file_word=N_("preparation"),
    order=4,
    about=About.TALK,
    build=_build,
    blank=_blank,
    talks=(*TO_COME, TalkState.RUNNING),
    records={Talk: "talks", Answer: "answers"},
)
