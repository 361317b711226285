"""Whether what stands on a list of a mentee is finished, and how one key changes that."""

from __future__ import annotations

from datetime import date

from data.method import actions, doubts
from data.records import Action, Duty, Introduction, Note
from data.store.change import Change

Listed = Introduction | Action | Duty | Note
"""What stands on such a list: a meeting, an action, a case system, or a doubt or question."""


def is_finished(record: Listed) -> bool:
    """Return whether a record is done, dropped or answered, depending on its kind."""
    if isinstance(record, Action):
        return not actions.is_open(record)
    return doubts.is_answered(record) if isinstance(record, Note) else record.done_on is not None


def finish_or_reopen(record: Listed, on: date) -> Change:
    """Return the change that marks a record as finished on a day; or as open, if it is finished."""
    if isinstance(record, Action):
        return actions.finish_or_reopen(record, on)
    day = None if is_finished(record) else on
    if isinstance(record, Note):
        return Change.edited(record, answered_on=day)
    return Change.edited(record, done_on=day)
