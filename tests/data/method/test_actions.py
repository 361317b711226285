"""The rule of what an action keeps when it is done, dropped or opened again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from data.method.actions import drop_or_reopen, finish_or_reopen, set_state, with_state
from data.records import Action, ActionState
from data.store.change import Change
from tests.data.method.build import START, TODAY, make

OPEN = make(Action, what="Ring")
DONE = replace(OPEN, state=ActionState.DONE, done_on=START)
DROPPED = replace(OPEN, state=ActionState.DROPPED)


def test_only_what_is_done_keeps_a_day() -> None:
    assert with_state(OPEN, ActionState.DONE, TODAY).done_on == TODAY
    assert with_state(DONE, ActionState.DROPPED, TODAY).done_on is None
    assert with_state(DONE, ActionState.OPEN, TODAY) == OPEN


def test_what_is_done_already_keeps_its_own_day() -> None:
    assert set_state(DONE, ActionState.DONE, TODAY).after == DONE


def _becomes(change: Change) -> tuple[ActionState, date | None]:
    assert isinstance(change.after, Action)
    return change.after.state, change.after.done_on


def test_one_key_finishes_or_opens_again() -> None:
    assert _becomes(finish_or_reopen(OPEN, TODAY)) == (ActionState.DONE, TODAY)
    assert _becomes(finish_or_reopen(DONE, TODAY)) == (ActionState.OPEN, None)
    assert _becomes(finish_or_reopen(DROPPED, TODAY)) == (ActionState.OPEN, None)


def test_one_key_drops_or_opens_again() -> None:
    assert _becomes(drop_or_reopen(OPEN, TODAY)) == (ActionState.DROPPED, None)
    assert _becomes(drop_or_reopen(DONE, TODAY)) == (ActionState.DROPPED, None)
    assert _becomes(drop_or_reopen(DROPPED, TODAY)) == (ActionState.OPEN, None)
