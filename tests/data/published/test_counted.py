"""Whatever the records say, what is published of them can be written and read."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.published.counted import published_of
from data.published.read import parse
from data.published.schema import Stage
from data.published.write import text_of
from data.records import (
    Agreement,
    CourseState,
    Loan,
    LoanSide,
    Mentee,
    MenteeRecord,
    Person,
    Role,
    RoleKind,
    Step,
    Talk,
    TalkState,
    Task,
    TaskStatus,
)
from data.settings import Settings
from data.store.change import Change
from data.store.store import Store
from tests.data.backend import Disk
from tests.data.store.store_tools import direct

TODAY = date(2026, 11, 30)
days = st.none() | st.dates()
mentees = st.builds(
    Mentee,
    name=st.text(max_size=12),
    start=days,
    ends=days,
    state=st.sampled_from(CourseState),
    closed_on=days,
    held_since=days,
    example=st.booleans(),
)
talks = st.builds(
    Talk,
    mentee_id=st.just(""),
    number=st.integers(1, 9),
    state=st.sampled_from(TalkState),
    planned_on=days,
)


def store_of(*records: Mentee | MenteeRecord | Person) -> Store:
    store = direct(Disk())
    store.commit(map(Change.created, records))
    return store


@given(st.lists(st.tuples(mentees, st.lists(talks, max_size=3)), max_size=4), st.booleans())
def test_what_is_counted_can_always_be_read(
    found: list[tuple[Mentee, list[Talk]]], with_initials: bool
) -> None:
    store = direct(Disk())
    for mentee, own in found:
        store.commit([Change.created(mentee)])
        for one in own:
            made = Talk(
                mentee_id=mentee.id, number=one.number, state=one.state, planned_on=one.planned_on
            )
            store.commit([Change.created(made)])
    settings = Settings(publish_as="initials" if with_initials else "numbers")
    made_of = published_of(store, settings, TODAY)
    assert parse(text_of(made_of).encode()) == made_of
    assert len({one.who for one in made_of.mentees}) == len(made_of.mentees)


def test_each_figure_is_what_the_program_itself_says() -> None:
    maja = Mentee(name="Maja Holm", start=date(2026, 11, 2))
    buddy = Person(name="Per")
    store = store_of(
        maja,
        buddy,
        Role(mentee_id=maja.id, kind=RoleKind.BUDDY, person_id=buddy.id),
        Agreement(mentee_id=maja.id, agreed_on=date(2026, 11, 3)),
        Talk(mentee_id=maja.id, number=1, state=TalkState.HELD, planned_on=date(2026, 11, 5)),
        Talk(mentee_id=maja.id, number=2, state=TalkState.HELD, planned_on=date(2026, 11, 12)),
        Talk(mentee_id=maja.id, number=3, state=TalkState.CANCELLED, planned_on=date(2026, 11, 19)),
        Talk(mentee_id=maja.id, number=4, state=TalkState.POSTPONED, planned_on=date(2026, 12, 3)),
        Talk(mentee_id=maja.id, number=5, planned_on=date(2026, 12, 10)),
        Task(mentee_id=maja.id, title="a", step=Step.INDEPENDENT),
        Task(mentee_id=maja.id, title="b", step=Step.TOGETHER),
        Task(mentee_id=maja.id, title="c", status=TaskStatus.PARKED),
    )
    (row,) = published_of(store, Settings(capacity=3), TODAY).mentees
    assert (row.week, row.phase) == (5, Stage.LEARNING)
    assert (row.talks_planned, row.talks_held, row.talks_cancelled) == (2, 2, 1)
    assert row.last_talk == date(2026, 11, 12)
    assert (row.no_buddy, row.no_plan, row.no_expectations) == (False, False, False)
    assert (row.steps, row.steps_of) == (1, 2)
    assert row.retention_due is None


def test_who_is_lent_counts_with_the_lender() -> None:
    lent, borrowed = Mentee(name="Bo Lund"), Mentee(name="Maja Holm")
    store = store_of(
        lent,
        borrowed,
        Loan(mentee_id=lent.id, side=LoanSide.LENT, key="1"),
        Loan(mentee_id=borrowed.id, side=LoanSide.BORROWED, key="2"),
    )
    found = published_of(store, Settings(publish_as="initials"), TODAY)
    assert [row.who for row in found.mentees] == ["BL"]


@pytest.mark.parametrize(
    ("start", "stage", "week"),
    [
        (None, Stage.NO_START, None),
        (date(2026, 12, 7), Stage.PREPARATION, 0),
        (date(2026, 11, 30), Stage.START, 1),
    ],
)
def test_before_the_start_there_is_a_phase_and_perhaps_a_week(
    start: date | None, stage: Stage, week: int | None
) -> None:
    (row,) = published_of(store_of(Mentee(name="Bo", start=start)), Settings(), TODAY).mentees
    assert (row.phase, row.week) == (stage, week)
    assert (row.no_buddy, row.no_plan, row.no_expectations) == (True, True, True)


@pytest.mark.parametrize(
    "mentee",
    [
        Mentee(name="A", start=date.max),
        Mentee(name="A", start=date.min, ends=date.min),
        Mentee(name="A", state=CourseState.CLOSED, closed_on=date.max),
    ],
)
def test_the_first_and_the_last_day_that_there_is_are_days_too(mentee: Mentee) -> None:
    """As after somebody has edited the file by hand."""
    made = published_of(store_of(mentee), Settings(), TODAY)
    assert parse(text_of(made).encode()) == made
