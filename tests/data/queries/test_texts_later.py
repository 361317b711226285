"""A list of all mentees reads no notes and answers that it does not need."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from data.clock import now, today
from data.method.later import Later
from data.method.limits import Limits
from data.method.today.due import DueKind, due_items
from data.queries.views import mentee_view, view_with_texts_later
from data.records import Answer, Mentee, MenteeRecord, Note, Task, TaskStatus
from data.store.change import Change
from data.store.store import Store
from tests.data.backend import Disk
from tests.data.store.store_tools import direct


@pytest.fixture
def store(disk: Disk) -> Store:
    return direct(disk)


def _read(store: Store, monkeypatch: pytest.MonkeyPatch) -> list[type[MenteeRecord]]:
    """The kinds of records that are read from now on."""
    kinds: list[type[MenteeRecord]] = []
    of = store.of

    def counted(kind: type[MenteeRecord], mentee_id: str) -> list[MenteeRecord]:
        kinds.append(kind)
        return of(kind, mentee_id)

    monkeypatch.setattr(store, "of", counted)
    return kinds


def test_notes_are_read_only_for_a_task_that_may_be_quiet(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    mentee = Mentee(name="Maja", start=today() - timedelta(days=60))
    task = Task(mentee_id=mentee.id, title="Afgørelse", status=TaskStatus.ACTIVE)
    note = Note(mentee_id=mentee.id, task_id=task.id, text="noget", at=now())
    store.commit([Change.created(one) for one in (mentee, task, note)])
    stored = store.get(Mentee, mentee.id)
    assert stored is not None

    kinds = _read(store, monkeypatch)
    recent = view_with_texts_later(store, stored, {})
    due_items(recent, today(), Limits())  # the task was stored today
    assert not {Note, Answer} & set(kinds)

    quiet = replace(recent, tasks=(replace(task, changed_at=now() - timedelta(days=50)),))
    assert DueKind.STALE not in [one.kind for one in due_items(quiet, today(), Limits())]
    assert Note in kinds  # the note on it is what keeps it from being quiet
    without = replace(quiet, notes=())
    assert DueKind.STALE in [one.kind for one in due_items(without, today(), Limits())]


def test_a_view_whose_texts_are_read_later_is_the_same_view(store: Store) -> None:
    mentee = Mentee(name="Maja")
    notes = [
        Note(mentee_id=mentee.id, text=f"note {at}", at=now() - timedelta(days=at))
        for at in range(4)
    ]
    store.commit([Change.created(one) for one in (mentee, *notes)])
    stored = store.get(Mentee, mentee.id)
    assert stored is not None
    later = view_with_texts_later(store, stored, {})
    assert isinstance(later.notes, Later)
    assert later == mentee_view(store, stored)
    assert [one.text for one in later.notes[1:3]] == ["note 2", "note 1"]
    assert later.notes[0].text == "note 3"
    assert hash(later.notes) == hash(tuple(later.notes))
