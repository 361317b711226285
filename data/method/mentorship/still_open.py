"""What is still open when a mentorship closes, and what may become of each (R6, R48, R60)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Final

from data.frozen import immutable
from data.i18n import N_, _
from data.method.actions import is_open, set_state
from data.method.sparring import hold, is_awaited
from data.method.systems import without_access
from data.method.talk.rhythm import cancel_for_end, is_by_hand
from data.method.view import TO_COME, MenteeView
from data.records import (
    Action,
    ActionState,
    Duty,
    Introduction,
    Record,
    Talk,
    Task,
)
from data.store.change import Change


class Settle(StrEnum):
    """What becomes of something that is still open."""

    LEAVE = "leave"
    DONE = "done"
    DROP = "drop"


_LABELS: Final[dict[type[Record], str]] = {
    Action: N_("Action"),
    Task: N_("Sparring"),
    Duty: N_("Access"),
    Introduction: N_("Introduction"),
    Talk: N_("Talk"),
}
_WAYS: Final[dict[tuple[type[Record], Settle], str]] = {
    (Action, Settle.LEAVE): N_("stays open"),
    (Action, Settle.DONE): N_("done today"),
    (Action, Settle.DROP): N_("dropped"),
    (Task, Settle.LEAVE): N_("still agreed"),
    (Task, Settle.DONE): N_("held today"),
    (Task, Settle.DROP): N_("cancelled"),
    (Duty, Settle.LEAVE): N_("stays open"),
    (Duty, Settle.DONE): N_("works today"),
    (Introduction, Settle.LEAVE): N_("still agreed"),
    (Introduction, Settle.DONE): N_("met today"),
    (Introduction, Settle.DROP): N_("cancelled"),
    (Talk, Settle.DROP): N_("cancelled"),
    (Talk, Settle.LEAVE): N_("stays planned"),
}


@immutable
class StillOpen:
    """Something that is still open."""

    record: Record
    name: str
    """What it is called, as it was typed."""
    on: date | None
    """The day that it was agreed for; None if it has none."""
    who: str = ""
    """The name of the one it was agreed with, or who does it."""

    @property
    def key(self) -> str:
        """Identifies it."""
        return f"{self.record.table}:{self.record.id}"

    @property
    def label(self) -> str:
        """What kind of thing it is, in a word, translated."""
        return _(_LABELS[type(self.record)])

    @property
    def ways(self) -> tuple[Settle, ...]:
        """What may become of it; first what does if nothing is chosen."""
        return tuple(way for kind, way in _WAYS if kind is type(self.record))

    def word(self, way: Settle) -> str:
        """Return in a word or two what becomes of it that way, translated."""
        return _(_WAYS[type(self.record), way])


def still_open(view: MenteeView) -> list[StillOpen]:
    """Return what is still open: actions, sparrings, accesses, and what has an agreed day.

    Talks on days that the rhythm gave are not among them: nobody has agreed on those.
    """
    return [*_actions(view), *_sparrings(view), *_accesses(view), *_agreed(view)]


def _actions(view: MenteeView) -> Iterator[StillOpen]:
    for action in view.actions:
        if is_open(action):
            yield StillOpen(action, action.what, action.due, view.name_of(action.who))


def _sparrings(view: MenteeView) -> Iterator[StillOpen]:
    for task in view.tasks:
        if is_awaited(task):
            with_whom = view.name_of(task.sparring_with)
            yield StillOpen(task, task.title, task.sparring_on, with_whom)


def _accesses(view: MenteeView) -> Iterator[StillOpen]:
    for duty in without_access(view):
        yield StillOpen(duty, duty.text, duty.due)


def _agreed(view: MenteeView) -> Iterator[StillOpen]:
    for one in view.introductions:
        if one.planned_on is not None and one.done_on is None:
            name = view.name_of(one.person_id)
            yield StillOpen(one, name, one.planned_on, view.name_of(one.by_id))
    for talk in view.talks:
        if talk.state in TO_COME and is_by_hand(talk):
            name = _("Talk {number}").format(number=talk.number)
            yield StillOpen(talk, " ".join((name, talk.planned_time)).strip(), talk.planned_on)


def settle(one: StillOpen, way: Settle, today: date) -> Change | None:
    """Return the change that settles it that way today; None if it stays as it is."""
    if way is Settle.LEAVE:
        return None
    done = way is Settle.DONE
    match one.record:
        case Action() as action:
            state = ActionState.DONE if done else ActionState.DROPPED
            change = set_state(action, state, today)
        case Task() as task:
            change = hold(task, today) if done else Change.edited(task, sparring_on=None)
        case Introduction() as meets:
            fields = {"done_on": today} if done else {"planned_on": None}
            change = Change.edited(meets, **fields)
        case Talk() as talk:
            change = cancel_for_end(talk)
        case record:
            change = Change.edited(record, access_on=today)
    return change
