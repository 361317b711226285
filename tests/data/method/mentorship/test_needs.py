"""The needs map: rounds, what came before, and what the plan serves."""

from __future__ import annotations

from data.method.mentorship.gaps import GapKind, gaps
from data.method.mentorship.needs import (
    current_needs,
    earlier,
    in_plan,
    latest_round,
    next_round,
    unplanned,
)
from data.method.view import MenteeView
from data.records import Need, Priority
from tests.data.method.build import TODAY, bare, make, mentee, task


def need(area: str, round: int = 1, **fields: str) -> Need:
    return make(Need, area=area, round=round, **fields)


def test_nothing_yet_is_the_first_round() -> None:
    assert latest_round(bare()) == 1
    assert current_needs(bare()) == []
    assert next_round(bare(), TODAY) == []


def test_a_new_round_has_the_same_areas_with_both_views_to_be_said_anew() -> None:
    one = make(
        Need,
        area="Skrive",
        need="øve",
        priority=Priority.HIGH,
        mentee_view="godt",
        mentor_view="fint",
        rev=3,
    )
    view = bare(one, need("Tale"))
    fresh = [change.after for change in next_round(view, TODAY)]
    first = fresh[0]
    assert isinstance(first, Need)
    assert (first.area, first.need, first.priority) == ("Skrive", "øve", Priority.HIGH)
    assert (first.mentee_view, first.mentor_view) == ("", "")
    assert (first.round, first.on, first.rev) == (2, TODAY, 0)
    assert first.id != one.id
    assert len(fresh) == 2


def test_then_is_the_same_area_in_the_round_before() -> None:
    first, second, third = need("Skrive"), need("skrive", 2), need("Skrive", 3)
    view = bare(first, second, third, need("Tale", 2))
    assert earlier(view, third) == second
    assert earlier(view, first) is None
    assert [one.id for one in current_needs(view)] == [third.id]


def test_a_need_stays_planned_through_its_rounds() -> None:
    first = need("Skrive")
    lesson = task("Journal", origin=first.id)
    view = bare(first, lesson)
    assert in_plan(view, first)
    again = [change.after for change in next_round(view, TODAY)]
    later = MenteeView.of(mentee(), [first, lesson, *(one for one in again if one)])
    assert in_plan(later, current_needs(later)[0])
    assert unplanned(later) == []


def test_a_need_that_came_from_a_potential_is_planned_by_its_task() -> None:
    lesson = task("Journal")
    assert in_plan(bare(lesson, one := need("Skrive", origin=lesson.id)), one)
    gone = need("Tale", origin="gone")
    assert unplanned(bare(lesson, gone)) == [gone]


def test_only_the_latest_round_can_lack_a_task() -> None:
    view = bare(need("Tale"), need("Skrive", 2))
    (gap,) = [gap for gap in gaps(view, TODAY) if gap.kind is GapKind.NEED_UNPLANNED]
    assert gap.names == ("Skrive",)
