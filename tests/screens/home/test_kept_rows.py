"""The rows of the first screen are kept, and are what they would be if made anew."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from data.cell_width import cell_width
from data.clock import today
from data.method.limits import Limits
from data.method.today.due import Due, all_due, due_items
from data.method.today.fold import Fold, folded
from data.method.view import MenteeView
from data.queries.kept import KeptOfMentees
from data.queries.views import mentee_view, mentees
from data.records import (
    Action,
    CourseState,
    Mentee,
    MenteeRecord,
    Note,
    Person,
    Record,
    Role,
    RoleKind,
    Talk,
    TalkState,
    Task,
    TaskStatus,
    new_id,
)
from data.store.change import Change
from data.store.store import Store
from screens.home.rows import cut_off_at, due_row, mentee_row
from screens.home.today_lines import TodayLines
from tests.data.backend import Disk
from tests.data.store.store_tools import direct, threaded, wait

LIMITS = Limits(ahead_days=3)


def _listed(view: MenteeView) -> tuple[object, ...]:
    day = today()
    return mentee_row(view, day), due_items(view, day, LIMITS), cut_off_at(view)


@pytest.fixture
def disk() -> Disk:
    """A disk in memory."""
    return Disk()


class _Walk:
    """Changes at random, of every sort that reaches the lists."""

    def __init__(self, seed: int) -> None:
        self._any = random.Random(seed)

    def _day(self) -> date:
        return today() + timedelta(days=self._any.randint(-30, 5))

    def _new(self, store: Store) -> Record:
        chosen = self._any.choice
        listed, people = store.all(Mentee), store.all(Person)
        kind = self._any.randrange(8) if listed else 0
        if kind == 0:
            return Mentee(
                name=f"{chosen(('Åse', 'Bo', 'Maja'))} {new_id()[-3:]}", start=self._day()
            )
        if kind == 1:
            return Person(name=f"Person {new_id()[-3:]}")
        of, who = chosen(listed).id, chosen(people).id if people else ""
        made: list[MenteeRecord] = [
            Task(mentee_id=of, title="Sag", sparring_on=self._day(), sparring_with=who),
            Action(mentee_id=of, what="Ring", who=who, due=self._day()),
            Talk(mentee_id=of, number=1, planned_on=self._day(), state=TalkState.PLANNED),
            Note(mentee_id=of, text="noget"),
            Role(mentee_id=of, kind=RoleKind.MENTOR, person_id=who),
            Task(mentee_id=of, title="Møde", status=TaskStatus.ACTIVE, needs_check=True),
        ]
        return made[kind - 2]

    def step(self, store: Store) -> None:
        """Make one change: a new record, another name, text or mentee, a deletion, or an undo."""
        chosen = self._any.choice
        act = self._any.randrange(10)
        every = [one for kind in (Mentee, Person, Task, Talk, Action) for one in store.all(kind)]
        if act < 5 or not every:
            store.commit([Change.created(self._new(store))], "new")
        elif act == 5:
            store.undo()
        elif act == 6:
            store.commit([Change.deleted(chosen(every))], "delete")
        else:
            record = chosen(every)
            if isinstance(record, Mentee):
                state = chosen(tuple(CourseState))
                change = Change.edited(record, name=f"Ny {new_id()[-3:]}", state=state)
            elif isinstance(record, Person):
                change = Change.edited(record, name=f"Ny {new_id()[-3:]}")
            else:
                change = Change.edited(record, mentee_id=chosen(store.all(Mentee) or [record]).id)
            store.commit([change], "edit")


class _Screen:
    """What the first screen keeps, held against what it would read anew."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._kept = KeptOfMentees(store, _listed)
        self._lines = TodayLines(today())

    def check(self) -> int:
        """Renew what changed, and compare all of it. Return how many mentees were renewed."""
        day, found = today(), mentees(self._store)
        made = self._kept.renew(found)
        self._lines.take({id: one[1] if one else None for id, one in made.items()})  # type: ignore[misc]
        by_id = sorted(self._store.all(Mentee), key=lambda one: one.id)
        assert {one.id for one in found} == {
            one.id for one in by_id if one.state is not CourseState.CLOSED
        }
        fresh = [
            MenteeView.of(one, _records(self._store, one), _people(self._store)) for one in found
        ]
        for view in fresh:
            assert self._kept[view.mentee.id] == _listed(view)
            assert mentee_view(self._store, view.mentee) == view
        dues = all_due(fresh, day, LIMITS)
        assert {due.key: due for due in self._lines} == {due.key: due for due in dues}
        assert len(self._lines) == len(dues)
        assert all(self._lines.due(due.key) == due for due in dues)
        self._check_shown(dues, None)
        some = {view.mentee.id for view in fresh[::2]}
        self._check_shown([due for due in dues if due.mentee_id in some], some)
        return len(made)

    def _check_shown(self, dues: list[Due], mentee_ids: set[str] | None) -> None:
        folds = [one.key for one in folded(dues) if isinstance(one, Fold)]
        for opened in ((), folds[:1], folds):
            shown = self._lines.shown(opened, mentee_ids)
            lines = list(folded(dues, opened))
            inside = {due.key for one in lines if isinstance(one, Fold) for due in one.dues}
            rows = [due_row(one, today(), inside=one.key in inside) for one in lines]
            assert shown.rows == rows
            cells = ("when", "who", "why")
            assert shown.widths == tuple(
                max((cell_width(row.cells[key]) for row in rows), default=0) for key in cells
            )
            assert shown.folds == {one.key: one for one in lines if isinstance(one, Fold)}
            assert shown.number == len(dues)


def _records(store: Store, mentee: Mentee) -> list[MenteeRecord]:
    kinds = (Task, Action, Talk, Note, Role)
    return [one for kind in kinds for one in store.all(kind) if one.mentee_id == mentee.id]


def _people(store: Store) -> dict[str, Person]:
    return {person.id: person for person in store.all(Person)}


@pytest.mark.parametrize("seed", range(6))
def test_kept_rows_are_those_made_anew_after_every_change(disk: Disk, seed: int) -> None:
    store, walk = direct(disk), _Walk(seed)
    screen = _Screen(store)
    for _step in range(60):
        walk.step(store)
        screen.check()


def test_so_they_are_after_changes_of_others_and_typed_text(disk: Disk) -> None:
    walk = _Walk(7)
    other = direct(disk, "bob")
    for _step in range(10):
        walk.step(other)
    with threaded(disk) as (store, _backend):
        screen = _Screen(store)
        screen.check()
        maja = Mentee(name="Maja")
        other.commit([Change.created(maja)])
        wait(store, lambda: store.get(Mentee, maja.id) is not None)
        assert screen.check() == 1, "the others are as they were"
        task = Task(mentee_id=maja.id, title="Sag", sparring_on=today())
        store.commit([Change.created(task)])
        assert screen.check() == 1
        found = store.get(Task, task.id)
        assert found is not None
        store.type_text(found, "title", "Sag om børn")
        assert screen.check() == 1
        store.commit_typing()
        screen.check()
        store.undo()
        screen.check()


def test_only_those_who_name_a_person_are_renewed_with_it(disk: Disk) -> None:
    store = direct(disk)
    vera, bo, maja = Person(name="Vera"), Mentee(name="Bo"), Mentee(name="Maja")
    task = Task(mentee_id=bo.id, title="Sag", sparring_on=today(), sparring_with=vera.id)
    store.commit([Change.created(one) for one in (vera, bo, maja, task)])
    screen = _Screen(store)
    assert screen.check() == 2
    found = store.get(Person, vera.id)
    assert found is not None
    store.commit([Change.edited(found, name="Vera Holm")])
    assert screen.check() == 1
    assert screen.check() == 0
