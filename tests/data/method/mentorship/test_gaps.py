"""What is missing is named, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from data.method.mentorship.gaps import Gap, GapKind, gaps
from data.records import (
    CourseState,
    Duty,
    Knowledge,
    MenteeRecord,
    Need,
    Part,
    Role,
    RoleKind,
    TalkState,
    TaskStatus,
)
from tests.data.method.build import START, TODAY, bare, days, held, make, sound, talk, task


def kinds(*records: MenteeRecord, **fields: Any) -> set[GapKind]:
    return {gap.kind for gap in gaps(sound(*records, **fields), TODAY)}


def roles(mentor: str, buddy: str, manager: str) -> list[Role]:
    held_by = {RoleKind.MENTOR: mentor, RoleKind.BUDDY: buddy, RoleKind.MANAGER: manager}
    return [make(Role, kind=kind, person_id=person) for kind, person in held_by.items()]


def test_nothing_is_missing_where_nothing_is() -> None:
    assert kinds() == set()


def test_an_empty_course_lacks_all_it_can() -> None:
    found = gaps(bare(roles_seen_on=None), TODAY)
    assert [gap.kind for gap in found] == [
        GapKind.NO_MENTOR,
        GapKind.NO_BUDDY,
        GapKind.NO_MANAGER,
        GapKind.NO_NEXT_TALK,
        GapKind.NO_TASKS,
        GapKind.NO_AGREEMENT,
        GapKind.ROLES_NOT_SEEN,
    ]
    assert gaps(bare(state=CourseState.CLOSED), TODAY) == []
    paused = {gap.kind for gap in gaps(bare(state=CourseState.PAUSED), TODAY)}
    assert GapKind.NO_NEXT_TALK not in paused


@pytest.mark.parametrize(
    ("people", "missing"),
    [
        (("hanne", "bo", "lis"), set()),
        (("hanne", "", "lis"), {GapKind.NO_BUDDY}),
        (("hanne", "bo", ""), {GapKind.NO_MANAGER}),
        (("", "bo", "lis"), {GapKind.NO_MENTOR}),
        (("hanne", "hanne", "hanne"), {GapKind.ONE_PERSON}),
        (("hanne", "bo", "hanne"), {GapKind.MENTOR_IS_MANAGER}),
        (("hanne", "hanne-again", "hanne"), {GapKind.ONE_PERSON}),
        (("hanne", "bo", "hanne-again"), {GapKind.MENTOR_IS_MANAGER}),
        (("unknown", "bo", "gone"), set()),
        (("hanne", "hanne", "lis"), set()),
        (("", "", ""), {GapKind.NO_MENTOR, GapKind.NO_BUDDY, GapKind.NO_MANAGER}),
    ],
)
def test_who_holds_the_roles(people: tuple[str, str, str], missing: set[GapKind]) -> None:
    about_roles = {
        GapKind.NO_MENTOR,
        GapKind.NO_BUDDY,
        GapKind.NO_MANAGER,
        GapKind.ONE_PERSON,
        GapKind.MENTOR_IS_MANAGER,
    }
    found = {gap.kind for gap in gaps(bare(*roles(*people)), TODAY)}
    assert found & about_roles == missing


def test_one_person_with_all_roles_is_named() -> None:
    gap = next(g for g in gaps(bare(*roles("hanne", "hanne", "hanne")), TODAY) if g.names)
    assert gap.sentence == "Hanne has all three roles; the guide advises sharing them."
    assert gap.short == "one person has all roles"
    assert gap.screen == "roles"


def test_a_next_talk_may_be_declined_but_not_forgotten() -> None:
    def missing(*talks: MenteeRecord) -> bool:
        return GapKind.NO_NEXT_TALK in {gap.kind for gap in gaps(bare(*talks), TODAY)}

    assert missing(held(1, START))
    assert not missing(held(1, START, no_next=True))
    assert missing(held(1, START, no_next=True), held(2, START + days(7)))
    assert not missing(talk(2, planned_on=TODAY))
    assert not missing(talk(2, TalkState.RUNNING))
    assert not missing(talk(2, TalkState.POSTPONED, planned_on=TODAY + days(3)))
    assert missing(talk(2, TalkState.POSTPONED))
    assert missing(talk(2, TalkState.CANCELLED, planned_on=TODAY + days(3)))


def test_tasks_without_goals() -> None:
    gap = next(iter(gaps(sound(task("Notat"), task("Sag", status=TaskStatus.PARKED)), TODAY)))
    assert gap.kind is GapKind.NO_GOALS
    assert gap.names == ("Notat",)
    assert gap.sentence == "1 task has no learning goal: Notat."
    many = Gap(GapKind.NO_GOALS, ("1", "2", "3", "4"), ("a", "b", "c", "d"))
    assert many.sentence == "4 tasks have no learning goal: a, b, c …."


def test_main_responsibility_is_one() -> None:
    assert kinds(make(Duty, text="x", parts={"r": Part.TAKES_PART})) == {GapKind.NO_MAIN}
    two = make(Duty, text="x", parts={"r": Part.MAIN, "s": Part.MAIN})
    assert kinds(two) == {GapKind.SEVERAL_MAIN}


def test_knowledge_must_be_tied_to_a_task_that_is_there() -> None:
    lesson = task("Notat")
    tied = make(Knowledge, title="Barnets Lov", task_ids=(lesson.id,))
    assert GapKind.KNOWLEDGE_UNLINKED not in kinds(lesson, tied)
    assert GapKind.KNOWLEDGE_UNLINKED in kinds(tied)
    assert GapKind.KNOWLEDGE_UNLINKED in kinds(make(Knowledge, title="Kursus"))


def test_needs_of_the_latest_round_have_a_task() -> None:
    lesson = task("Notat")
    assert kinds(make(Need, area="Jura")) == {GapKind.NEED_UNPLANNED}
    assert GapKind.NEED_UNPLANNED not in kinds(lesson, make(Need, area="Jura", origin=lesson.id))
    need = make(Need, area="Jura")
    assert GapKind.NEED_UNPLANNED not in kinds(need, task("Notat", origin=need.id))
    rounds = [make(Need, area="Jura"), make(Need, area="Samtaler", round=2)]
    found = [gap for gap in gaps(sound(*rounds), TODAY) if gap.kind is GapKind.NEED_UNPLANNED]
    assert found[0].names == ("Samtaler",)


def test_every_gap_can_be_worded() -> None:
    for kind in GapKind:
        gap = Gap(kind, ("1", "2"), ("[red]x", "{y}"))
        assert gap.short
        assert gap.sentence.endswith(".")
        assert gap.screen in {"plan", "talks", "roles", "needs", "agreement"}
