"""The summary of a talk for the mentee: all that was said and may be shared (R30, story 7)."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from data.dates import show_date, show_weekday
from data.documents.model.document import Block, Document, Heading, Paragraph
from data.documents.model.parts import listed
from data.documents.model.source import About, DocumentKind, Source
from data.documents.model.talks import answers, head, title_of
from data.i18n import N_, _, language
from data.method.talk.flow import TalkFlow
from data.method.talk.heaps import Heap, heap_word, items
from data.method.talk.outcomes import action_text, if_then_text
from data.method.talk.plan_edits import edit_text
from data.method.view import MenteeView
from data.records import Action, ActionState, Answer, Intent, Note, Talk, TalkState


def _notes(flow: TalkFlow) -> list[Block]:
    found = [note.text for note in flow.view.notes if note.talk_id == flow.talk.id]
    return listed(_("Noted in the talk"), found)


def _sorted(flow: TalkFlow) -> list[Block]:
    found = items(flow.view, flow.talk)
    blocks: list[Block] = []
    for heap in Heap:
        blocks += listed(heap_word(heap), [item.text for item in found if item.heap is heap])
    return blocks


def _intents(flow: TalkFlow) -> list[Block]:
    found = [one for one in flow.view.intents if one.talk_id == flow.talk.id]
    return listed(_("Next time"), [if_then_text(one) for one in found])


def _edits(flow: TalkFlow) -> list[Block]:
    edits = [edit_text(edit, flow.view) for edit in flow.talk.plan_edits]
    return listed(_("Changes to the plan, made together"), edits)


def _actions(flow: TalkFlow) -> list[Block]:
    agreed = [
        action_text(flow.view, action)
        for action in flow.view.actions
        if action.talk_id == flow.talk.id and action.state is not ActionState.DROPPED
    ]
    return listed(_("Agreed"), agreed)


def _next(view: MenteeView, talk: Talk) -> list[Block]:
    text = _("No next talk has been agreed.")
    if talk.next_on:
        planned = next((t for t in view.talks if t.planned_on == talk.next_on), None)
        text = f"{show_weekday(talk.next_on)} {show_date(talk.next_on)}"
        if planned and planned.planned_time:
            text = f"{text}, {planned.planned_time}"
    return [Heading(_("Next talk")), Paragraph(text)]


def _build(source: Source) -> Document:
    view, talk = source.of_mentee, source.of_talk
    flow = TalkFlow(view, replace(talk, short=False), source.words)
    body: list[Block] = [
        *answers(flow),
        *_notes(flow),
        *_sorted(flow),
        *_intents(flow),
        *_edits(flow),
        *_actions(flow),
    ]
    if not body:
        body = [Paragraph(_("Nothing was written down to share this time."))]
    return Document(
        what="summary",
        title=title_of(view, talk),
        blocks=(head(view, talk), *body, *_next(view, talk)),
        language=language(),
    )


KIND: Final = DocumentKind(
    key="summary",
    word=N_("Summary of the talk"),
    file_word=N_("summary"),
    order=5,
    about=About.TALK,
    build=_build,
    talks=(TalkState.HELD, TalkState.ARCHIVED, TalkState.RUNNING),
    records={
        Talk: "talks",
        Answer: "answers",
        Note: "notes",
        Action: "actions",
        Intent: "intents",
    },
)
