from __future__ import annotations

from data.queries.counts import Counts, counts
from data.records import Conflict, CourseState, Mentee, Note, Person, Talk, TalkState
from data.store.change import Change
from tests.data.backend import Disk
from tests.data.store.store_tools import direct


def test_what_there_is_is_counted() -> None:
    store = direct(Disk())
    assert counts(store.tables()) == Counts(0, 0, 0, 0, 0, 0)
    records = [
        Mentee(name="Maja"),
        Mentee(name="Bo", state=CourseState.CLOSED),
        Talk(mentee_id="1", number=1, state=TalkState.HELD),
        Talk(mentee_id="1", number=2),
        Note(mentee_id="1", text="a"),
        Person(name="Karin"),
        Person(name="Lis"),
        Conflict(of_table="notes", of_id="1", of_field="text", mine="a"),
        Conflict(of_table="notes", of_id="1", of_field="text", mine="b", settled=True),
    ]
    store.commit([Change.created(one) for one in records])
    assert counts(store.tables()) == Counts(
        mentees=2, closed=1, talks_held=1, notes=1, people=2, conflicts=1
    )
