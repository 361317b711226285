"""Talks under way, for the tests."""

from __future__ import annotations

from typing import Any

from data.library import questions
from data.method.talk.flow import TalkFlow
from data.method.view import MenteeView
from data.records import (
    Answer,
    MenteeRecord,
    Record,
    Talk,
    TalkState,
)
from data.store.change import Change
from tests.data.method.build import TODAY, at, bare, make, talk

ENGLISH = questions("en")
DANISH = questions("da")


def running(**fields: Any) -> Talk:
    return talk(3, TalkState.RUNNING, started_at=at(TODAY), id="3", **fields)


def answer(key: str, **fields: Any) -> Answer:
    return make(Answer, talk_id="3", key=key, **fields)


def flow(*records: MenteeRecord, of: Talk | None = None, **fields: Any) -> TalkFlow:
    spoken = of or running()
    return TalkFlow(bare(spoken, *records, **fields), spoken, ENGLISH)


def keys(found: TalkFlow) -> list[str]:
    return [step.key for step in found.steps]


def apply(view: MenteeView, changes: list[Change]) -> MenteeView:
    """Return the view as it is after the changes."""
    records: dict[str, Record] = {
        one.id: one
        for name in MenteeView.__dataclass_fields__
        if isinstance(table := getattr(view, name), tuple)
        for one in table
    }
    for change in changes:
        if change.after is None:
            records.pop(change.id)
        else:
            records[change.id] = change.after
    return MenteeView.of(view.mentee, list(records.values()), view.people)
