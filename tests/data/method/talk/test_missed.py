"""A talk whose day has passed is missed: not to come, and not forgotten, by one rule everywhere."""

from __future__ import annotations

import pytest

from data.method.limits import Limits
from data.method.mentorship.gaps import GapKind, gaps
from data.method.mentorship.pointers import pointers
from data.method.talk.rhythm import series_counts
from data.method.today.due import due_items
from data.method.today.rows import DueKind
from data.method.view import MenteeView
from data.records import TalkState
from tests.data.method.build import START, TODAY, bare, days, held, talk


def told(view: MenteeView) -> tuple[int, int, set[GapKind], set[DueKind]]:
    """Return what is said of the next talk: to come, missed, what is missing, what Today has."""
    counts = series_counts(view, TODAY)
    about = {GapKind.NO_NEXT_TALK, GapKind.TALK_MISSED}
    missing = {gap.kind for gap in gaps(view, TODAY)} & about
    kinds = {DueKind.TALK, DueKind.TALK_UNPLANNED}
    due = {one.kind for one in due_items(view, TODAY)} & kinds
    return counts.to_come, counts.missed, missing, due


@pytest.mark.parametrize("state", [TalkState.PLANNED, TalkState.POSTPONED])
def test_a_talk_whose_day_has_passed_is_missed_everywhere(state: TalkState) -> None:
    view = bare(held(1, START), talk(2, state, planned_on=TODAY - days(2)))
    assert told(view) == (0, 1, {GapKind.TALK_MISSED}, {DueKind.TALK})
    text = " ".join(one.rests_on for one in pointers(view, TODAY, Limits()))
    assert "no next talk planned" not in text
    assert "was planned for" in text


def test_none_planned_is_none_planned_everywhere() -> None:
    view = bare(held(1, START))
    assert told(view) == (0, 0, {GapKind.NO_NEXT_TALK}, {DueKind.TALK_UNPLANNED})
    assert "no next talk planned" in " ".join(
        one.rests_on for one in pointers(view, TODAY, Limits())
    )


def test_a_talk_today_is_to_come_everywhere() -> None:
    view = bare(held(1, START), talk(2, planned_on=TODAY))
    assert told(view) == (1, 0, set(), {DueKind.TALK})


def test_a_missed_talk_beside_one_to_come_is_told_and_nothing_is_missing() -> None:
    view = bare(
        held(1, START),
        talk(2, planned_on=TODAY - days(9)),
        talk(3, planned_on=TODAY + days(1)),
    )
    assert told(view) == (1, 1, set(), {DueKind.TALK})
