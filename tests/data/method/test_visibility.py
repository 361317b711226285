"""Who may see a text: what private means for each kind of record, and for each who looks."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest

from data.method.visibility import (
    Reader,
    hidden,
    is_private,
    may_see,
    seen,
    starts_private,
    stays_private,
    visible,
    without_private,
)
from data.records import (
    KINDS,
    Action,
    Answer,
    Conflict,
    Need,
    Note,
    NoteKind,
    Record,
    Task,
    Tip,
    Unfinished,
)
from tests.data.method.build import bare, make

OTHERS = (Reader.SHARED, Reader.WRITTEN)


def note(**values: object) -> Note:
    return make(Note, text="KANARIE", **values)


def answer(key: str = "help", **values: object) -> Answer:
    return make(Answer, talk_id="3", key=key, mentee="KANARIE", **values)


CLASH = Conflict(of_table="tasks", of_id="1", of_field="title", mine="KANARIE")
FORM = Unfinished(key="form", texts='{"text": "KANARIE"}')
PRIVATE: dict[str, Record] = {
    "a note until it is shared": note(),
    "a doubt": note(kind=NoteKind.DOUBT),
    "a doubt that is shared": note(kind=NoteKind.DOUBT, private=False),
    "an answer that is marked": answer(private=True),
    "wellbeing": answer("wellbeing", private=True),
    "wellbeing that is not marked": answer("wellbeing", private=False),
    "a part of wellbeing": answer("wellbeing:more", private=False),
    "a text that clashed": CLASH,
    "a form that was left": FORM,
}
OPEN: dict[str, Record] = {
    "a note that is shared": note(private=False),
    "a tip among the notes that is shared": note(kind=NoteKind.TIP, private=False),
    "an answer": answer(),
    "an agreement": make(Action, what="KANARIE"),
    "a task": make(Task, title="KANARIE"),
    "a need": make(Need, area="KANARIE"),
    "a tip": Tip(text="KANARIE"),
    "a form that both saw filled in": replace(FORM, private=False),
}


@pytest.mark.parametrize("reader", OTHERS)
@pytest.mark.parametrize("what", PRIVATE)
def test_what_is_private_is_the_mentors_alone(what: str, reader: Reader) -> None:
    record = PRIVATE[what]
    assert may_see(record, Reader.MENTOR)
    assert not may_see(record, reader)
    assert visible([record], reader) == ()
    assert hidden([record], reader) == (record,)
    assert hidden([record], Reader.MENTOR) == ()


@pytest.mark.parametrize("reader", Reader)
@pytest.mark.parametrize("what", OPEN)
def test_what_is_shared_is_seen_by_all(what: str, reader: Reader) -> None:
    record = OPEN[what]
    assert may_see(record, reader)
    assert visible([record], reader) == (record,)
    assert hidden([record], reader) == ()


def test_every_record_with_a_mark_obeys_it() -> None:
    marked = {kind for kind in KINDS if "private" in {one.name for one in fields(kind)}}
    marked_here = {Note, Answer, Unfinished}
    assert marked == marked_here, "the rule must know each kind that can be marked"
    for record in (note(private=False), answer(), replace(FORM, private=False)):
        assert not is_private(record)
        assert is_private(replace(record, private=True))


def test_some_kinds_stay_private_whatever_they_are_marked() -> None:
    assert stays_private(note(kind=NoteKind.DOUBT, private=False))
    assert stays_private(answer("wellbeing", private=False))
    assert not stays_private(note())
    assert not stays_private(answer(private=True))


@pytest.mark.parametrize("reader", OTHERS)
def test_the_three_words_are_never_seen_by_others(reader: Reader) -> None:
    said = answer(pulse={"role": "not_yet"})
    assert not may_see(said, reader, "pulse")
    (shown,) = without_private([said], reader)
    assert (shown.pulse, shown.mentee) == ({}, "KANARIE")
    assert without_private([said], Reader.MENTOR) == (said,)


@pytest.mark.parametrize("reader", OTHERS)
def test_the_mentors_view_of_a_need_waits_for_the_mentees(reader: Reader) -> None:
    alone = make(Need, area="Samtaler", mentor_view="KANARIE", mentee_view=" ")
    both = replace(alone, mentee_view="Jeg er i tvivl")
    assert may_see(alone, Reader.MENTOR, "mentor_view")
    assert not may_see(alone, reader, "mentor_view")
    assert may_see(alone, reader, "mentee_view")
    assert may_see(both, reader, "mentor_view")
    assert [one.mentor_view for one in without_private([alone, both], reader)] == ["", "KANARIE"]


@pytest.mark.parametrize("reader", OTHERS)
def test_a_view_holds_what_may_be_seen_and_changes_come_from_the_whole(reader: Reader) -> None:
    need = make(Need, area="Samtaler", mentor_view="KANARIE")
    view = bare(note(), note(private=False, task_id="1"), answer("wellbeing"), answer(), need)
    shown = seen(view, reader)
    assert [len(shown.notes), len(shown.answers), len(shown.needs)] == [1, 1, 1]
    assert not any(one.mentor_view for one in shown.needs)
    assert seen(view, Reader.MENTOR) is view


def test_of_several_mentees_only_the_mentor_alone_sees_any() -> None:
    shared = note(private=False)
    assert visible([shared], Reader.MENTOR, of_several=True) == (shared,)
    assert visible([shared], Reader.SHARED, of_several=True) == ()


def test_a_note_begun_before_both_is_not_private() -> None:
    assert starts_private(Reader.MENTOR)
    assert not starts_private(Reader.SHARED)
