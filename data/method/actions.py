"""Which actions are open; when one is done, dropped or opened again, and which day it keeps."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from data.method.view import MenteeView
from data.records import Action, ActionState
from data.store.change import Change


def is_open(action: Action) -> bool:
    """Return whether the action is still to be done: neither done nor dropped."""
    return action.state is ActionState.OPEN


def open_actions(view: MenteeView) -> list[Action]:
    """Return the open actions by date, those without a date last."""
    found = [action for action in view.actions if is_open(action)]
    return sorted(found, key=lambda action: (action.due or date.max, action.id))


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
    return set_state(action, ActionState.DONE if is_open(action) else ActionState.OPEN, on)
