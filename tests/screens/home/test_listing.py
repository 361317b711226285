"""What the first screen keeps costs as much as what has changed, and is the same as made anew."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from data.clock import today
from data.method.view import MenteeView
from data.queries.own_person import account_name
from data.records import CourseState, Mentee, Note, Person, Role, RoleKind, Talk, TalkState, Task
from data.settings import Settings
from data.store.change import Change
from data.store.store import Store
from screens.frame.context import Context
from screens.home.listing import Listing
from screens.home.rows import mentee_row
from tests.data.backend import Disk
from tests.data.store.store_tools import direct
from tests.tools.steps import steps_of
from widgets.grid_model import Row


def _store(mentees: int, *, closed: int = 0) -> Store:
    store = direct(Disk())
    for number in range(mentees + closed):
        state = CourseState.ACTIVE if number < mentees else CourseState.CLOSED
        mentee = Mentee(name=f"Maja {number}", start=today() - timedelta(days=30), state=state)
        tasks = [
            Task(mentee_id=mentee.id, title=f"Sag {at}", sparring_on=today() - timedelta(days=at))
            for at in range(3)
        ]
        store.commit([Change.created(one) for one in (mentee, *tasks)])
    return store


def _steps_of_a_change(mentees: int) -> int:
    store = _store(mentees)
    kept = Listing(Context(store, Settings()), closed=False, pictures=True)
    kept.read()
    kept.today.shown((), None)
    mentee = store.all(Mentee)[mentees // 2]

    def change() -> None:
        note = Note(mentee_id=mentee.id, text="Ny")
        task = Task(mentee_id=mentee.id, title="Ny", sparring_on=today())
        store.commit([Change.created(note), Change.created(task)])
        kept.read()
        kept.today.shown((), None)
        kept.rows(None)

    change()
    return steps_of(change)


def test_a_change_costs_as_much_as_what_has_changed() -> None:
    few, many = _steps_of_a_change(30), _steps_of_a_change(300)
    # What is left for each mentee is to put its rows, which are made already, in a list.
    assert (many - few) / 270 < 50
    assert many < 2.5 * few


def test_the_list_of_the_closed_is_kept_too(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []

    def counted(view: MenteeView, day: date, *, picture: bool) -> Row:
        made.append(view.mentee.name)
        return mentee_row(view, day, picture=picture)

    monkeypatch.setattr("screens.home.listing.mentee_row", counted)
    store = _store(2, closed=3)
    context = Context(store, Settings())
    kept = [Listing(context, closed=closed, pictures=True) for closed in (False, True)]
    for _time in range(2):
        for one in kept:
            one.read()
    assert len(made) == 5
    reopened = next(one for one in store.all(Mentee) if one.state is CourseState.CLOSED)
    store.commit([Change.edited(reopened, state=CourseState.ACTIVE)])
    for one in kept:
        one.read()
    assert made[5:] == [reopened.name]
    assert [len(one.mentees) for one in kept] == [3, 2]
    assert [len(one.rows(None)[0]) for one in kept] == [3, 2]


def test_of_several_talks_that_were_cut_off_the_latest_is_gone_to() -> None:
    store = _store(3)
    kept = Listing(Context(store, Settings()), closed=False, pictures=True)
    kept.read()
    assert kept.cut_off == ""
    first, second, third = kept.mentees
    at = datetime(2025, 8, 1, 9).astimezone()
    for id, began in ((third, at), (first, at - timedelta(days=1)), (second, at)):
        talk = Talk(mentee_id=id, number=1, started_at=began, state=TalkState.RUNNING)
        store.commit([Change.created(talk)])
    kept.read()
    assert kept.cut_off == second, "the first in the list of those that began at one time"
    store.commit([Change.deleted(one) for one in store.all(Talk) if one.mentee_id != first])
    kept.read()
    assert kept.cut_off == first


def test_what_was_read_ahead_of_those_who_have_gone_is_not_shown() -> None:
    store = _store(3)
    kept = Listing(Context(store, Settings()), closed=False, pictures=True)
    assert kept.read_ahead(9)
    for mentee in store.all(Mentee):
        store.commit([Change.edited(mentee, state=CourseState.CLOSED)])
    kept.read()
    assert len(kept.today) == 0
    assert kept.rows(None)[0] == []


def test_today_of_a_team_file_has_the_rows_of_those_whose_mentor_one_is() -> None:
    store = _store(2, closed=1)
    store.of_team = True
    first, second, closed = sorted(store.all(Mentee), key=lambda one: one.id)
    anne, own = Person(name="Anne Skov"), Person(name=account_name())
    mentors = [
        Role(mentee_id=mentee.id, kind=RoleKind.MENTOR, person_id=person.id)
        for mentee, person in ((first, anne), (second, own), (closed, anne))
    ]
    kept = Listing(Context(store, Settings()), closed=False, pictures=True)

    def whose() -> set[str]:
        kept.read()
        kept.today.shown((), None)
        dues = (kept._kept[one.id].dues for one in (first, second))
        return {due.mentee_id for found in dues for due in found}

    assert whose() == {first.id, second.id}, "nobody is known yet: everybody has all rows"
    store.commit([Change.created(anne), *map(Change.created, mentors)])
    assert whose() == {first.id, second.id}, "the user is nobody of that name"
    store.commit([Change.created(own)])
    assert whose() == {second.id}
    role = Role(mentee_id=first.id, kind=RoleKind.CO_MENTOR, person_id=own.id, until=today())
    store.commit([Change.created(role)])
    assert whose() == {first.id, second.id}
    store.commit([Change.edited(role, until=today() - timedelta(days=1))])
    assert whose() == {second.id}
