"""Undo takes away only what nobody uses."""

from __future__ import annotations

from typing import Any

import pytest

from data.clock import today
from data.library import duties
from data.method.mentorship.roles import new_mentee_records
from data.records import (
    KINDS,
    Action,
    Duty,
    Goal,
    Mentee,
    Need,
    Note,
    Person,
    Record,
    Role,
    RoleKind,
    Step,
    StepEntry,
    Talk,
    Task,
    Written,
)
from data.store.change import Change, unstamped
from data.store.store import Store
from tests.data.backend import Disk
from tests.data.store.store_tools import direct


def everything(store: Store) -> dict[str, Record]:
    return {one.id: unstamped(one) for kind in KINDS for one in store.all(kind)}


def add(store: Store, name: str, *persons: Person) -> Mentee:
    mentee = Mentee(name=name, start=today())
    changes = new_mentee_records(mentee, persons[0].id, duties("da"), today())
    store.commit([*map(Change.created, persons), *changes], "Add")
    return mentee


@pytest.mark.parametrize("role", [RoleKind.MENTOR, RoleKind.BUDDY, RoleKind.MANAGER])
def test_a_person_whom_anothers_mentee_has_stays(disk: Disk, role: RoleKind) -> None:
    mine = direct(disk)
    ida, bo = Person(name="Ida"), Person(name="Bo")
    maja = add(mine, "Maja", ida, bo)
    theirs = direct(disk, "bo")
    nadia = add(theirs, "Nadia", Person(name="Pia"))
    has = next(one for one in theirs.of(Role, nadia.id) if one.kind is role)
    theirs.commit([Change.edited(has, person_id=ida.id)])
    assert mine.undo() == "Add"
    now = direct(disk)
    assert now.get(Mentee, maja.id) is None
    assert now.of(Role, maja.id) == []
    assert {one.name for one in now.all(Person)} == {"Ida", "Pia"}
    assert everything(mine) == everything(now)
    assert mine.redo() == "Add"
    assert mine.undo() == "Add"
    assert everything(direct(disk)) == everything(now)


def test_undone_by_its_own_session_all_of_it_goes(disk: Disk) -> None:
    store = direct(disk)
    maja = add(store, "Maja", Person(name="Ida"))
    store.commit([Change.created(Written(mentee_id=maja.id, what="plan"))], undoable=False)
    before = everything(store)
    assert store.undo() == "Add"
    assert everything(store) == {}
    assert store.redo() == "Add"
    assert everything(store) == before


def test_a_mentee_about_whom_another_has_written_stays_whole(disk: Disk) -> None:
    mine = direct(disk)
    maja = add(mine, "Maja", Person(name="Ida"))
    theirs = direct(disk, "bo")
    theirs.commit([Change.created(Note(private=False, mentee_id=maja.id, text="Godt i gang"))])
    before = everything(theirs)
    assert mine.undo() == "Add"
    assert everything(mine) == everything(direct(disk)) == before
    assert len(theirs.of(Duty, maja.id)) == len(duties("da"))


TASK = Task(mentee_id="7000000000000000001", title="A")
GOAL = Goal(mentee_id=TASK.mentee_id, task_id=TASK.id, text="Kan")
TALK = Talk(mentee_id=TASK.mentee_id, number=1)
NEED = Need(mentee_id=TASK.mentee_id, area="Jura")
PERSON = Person(name="Ida")
OF: dict[str, Any] = {"mentee_id": TASK.mentee_id}
STEP = StepEntry(step=Step.TOGETHER, on=today(), with_id=PERSON.id)
USES = [
    ([TASK, GOAL], Note(private=False, text="n", task_id=TASK.id, **OF), 2),
    ([TASK, GOAL], Note(private=False, text="n", goal_id=GOAL.id, **OF), 2),
    ([TASK], Talk(number=1, task_ids=("5", TASK.id), **OF), 1),
    ([TASK], Goal(task_id=TASK.id, text="Kan", **OF), 1),
    ([TALK], Action(what="x", talk_id=TALK.id, **OF), 1),
    ([NEED], Need(area="Jura", round=2, earlier_id=NEED.id, **OF), 1),
    ([NEED], Task(title="B", origin=NEED.id, **OF), 1),
    ([PERSON], Task(title="B", step_log=(STEP,), **OF), 1),
    ([PERSON, TASK], Action(what="x", who=PERSON.id, **OF), 1),
]


@pytest.mark.parametrize(("made", "uses", "stays"), USES)
def test_what_another_uses_stays(disk: Disk, made: list[Record], uses: Record, stays: int) -> None:
    mine = direct(disk)
    mine.commit([Change.created(Mentee(id=TASK.mentee_id, name="Maja"))])
    mine.commit([Change.created(one) for one in made], "Make")
    theirs = direct(disk, "bo")
    theirs.commit([Change.created(uses)])
    assert mine.undo() == "Make"
    left = everything(direct(disk))
    assert sum(one.id in left for one in made) == stays
    assert everything(mine) == left
    theirs.commit(
        [Change.deleted(record) for kind in [type(uses)] if (record := theirs.get(kind, uses.id))]
    )
    assert uses.id not in everything(direct(disk))
