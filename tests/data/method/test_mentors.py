"""Who acts as the mentor, and whose Today has the rows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from data.method.mentors import is_for, is_main_mentor, mentors
from data.records import Role, RoleKind
from tests.data.method.build import TODAY, bare, days, make

PEOPLE = ("", "anne", "bo", "cia")
DAYS = st.none() | st.integers(-3, 3).map(lambda number: TODAY + days(number))


def roles(main: str, others: list[tuple[str, date | None]]) -> tuple[Role, ...]:
    return (
        make(Role, kind=RoleKind.MENTOR, person_id=main),
        *(make(Role, kind=RoleKind.CO_MENTOR, person_id=one, until=on) for one, on in others),
    )


def test_a_co_mentor_has_the_rows_to_the_last_day_and_not_after_it() -> None:
    view = replace(bare(), roles=roles("anne", [("bo", TODAY)]))
    assert mentors(view, TODAY) == {"anne", "bo"}
    assert is_for(view, {"bo"}, TODAY)
    assert not is_for(view, {"bo"}, TODAY + days(1))
    assert is_for(view, {"anne"}, TODAY + days(1))


def test_whoever_is_several_persons_has_the_roles_of_each() -> None:
    view = replace(bare(), roles=roles("anne", [("bo", TODAY)]))
    for own in ({"cia", "anne"}, {"cia", "bo"}):
        assert is_for(view, own, TODAY)
        assert is_main_mentor(view, own) is ("anne" in own)
    assert not is_main_mentor(replace(bare(), roles=roles("", [])), set())


def test_where_nobody_acts_as_mentor_everybody_has_the_rows() -> None:
    view = replace(bare(), roles=roles("", [("bo", TODAY - days(1))]))
    assert is_for(view, {"cia"}, TODAY)
    assert is_for(view, set(), TODAY)


@given(st.sampled_from(PEOPLE), st.lists(st.tuples(st.sampled_from(PEOPLE), DAYS), max_size=3))
def test_no_row_is_ever_without_a_reader(main: str, others: list[tuple[str, date | None]]) -> None:
    view = replace(bare(), roles=roles(main, others))
    assert any(is_for(view, {one}, TODAY) for one in PEOPLE[1:])
    assert is_for(view, set(), TODAY), "who is not known has all rows"
    assert not main or is_for(view, {main}, TODAY)
