"""When an action is done, dropped or opened again, and which day it keeps of that."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from data.records import Action, ActionState
from data.store.change import Change


def with_state(action: Action, state: ActionState, on: date) -> Action:
    """Return the action in a state. If it becomes done, it keeps the day `on`; else it has none."""
    if state is action.state:
        return action
    return replace(action, state=state, done_on=on if state is ActionState.DONE else None)


def set_state(action: Action, state: ActionState, on: date) -> Change:
    """Return the change that gives the action a state, which it enters on the day `on`."""
    return Change.between(action, with_state(action, state, on))


def drop_or_reopen(action: Action, on: date) -> Change:
    """Return the change that drops the action; or opens it again, if it was dropped."""
    dropped = action.state is ActionState.DROPPED
    return set_state(action, ActionState.OPEN if dropped else ActionState.DROPPED, on)


def finish_or_reopen(action: Action, on: date) -> Change:
    """Return the change that marks the action as done on a day; or opens it, if it is not open."""
    is_open = action.state is ActionState.OPEN
    return set_state(action, ActionState.DONE if is_open else ActionState.OPEN, on)
