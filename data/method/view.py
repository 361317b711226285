"""All records about one mentee, sorted: what most functions of the method take."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import field, replace
from datetime import date
from functools import partial
from operator import itemgetter
from typing import Any, Final

from data.clock import seconds_of
from data.frozen import immutable
from data.method.indexed import grouped, grouped_by_several, once_for_each
from data.method.later import Later
from data.records import (
    Action,
    Agreement,
    Answer,
    Duty,
    Goal,
    Intent,
    Introduction,
    Knowledge,
    Loan,
    Mentee,
    MenteeRecord,
    Need,
    Note,
    Person,
    Postponed,
    Record,
    Role,
    RoleKind,
    Talk,
    TalkState,
    Task,
    Tip,
)
from data.text import name_key

MENTEE = "mentee"
"""The value of `Action.who` if the mentee does it. Others have the id of a person there."""
TO_COME = (TalkState.PLANNED, TalkState.POSTPONED)
"""States of a talk that is still to be held."""


def _no_order(_record: object) -> float:
    return 0.0


def _made_at(record: Record) -> float:
    """Return when a record was stored first, to sort records whose ids do not tell it."""
    return seconds_of(record.created_at)


_PLACES: Final[Mapping[type[MenteeRecord], tuple[str, Callable[[Any], float]]]] = {
    Introduction: ("introductions", _no_order),
    Role: ("roles", lambda one: one.order),
    Duty: ("duties", lambda one: one.order),
    Agreement: ("agreements", _no_order),
    Task: ("tasks", lambda one: one.order),
    Goal: ("goals", lambda one: one.order),
    Need: ("needs", lambda one: one.round),
    Knowledge: ("knowledge", _no_order),
    Talk: ("talks", lambda one: one.number),
    Answer: ("answers", _made_at),
    Note: ("notes", lambda one: seconds_of(one.at)),
    Action: ("actions", _no_order),
    Intent: ("intents", _no_order),
    Postponed: ("postponed", _no_order),
    Loan: ("loans", _no_order),
}
"""Kind of records -> its field in `MenteeView`, and what its records are sorted by before ids."""
KINDS_OF_VIEW: Final = tuple(_PLACES)
"""The kinds of records that a view has of its mentee."""


def _sorted(records: Mapping[type[MenteeRecord], Iterable[MenteeRecord]]) -> dict[str, Any]:
    """Return the fields of a view with these records, sorted."""
    return {
        _PLACES[kind][0]: _in_order(kind, of_kind)
        for kind, of_kind in records.items()
        if kind in _PLACES
    }


def _in_order(
    kind: type[MenteeRecord], records: Iterable[MenteeRecord]
) -> tuple[MenteeRecord, ...]:
    """Return the records of one kind, sorted."""
    _name, key = _PLACES[kind]
    placed = [(key(one), one.id, one) for one in records]
    if not placed:
        return ()
    placed.sort(key=itemgetter(0, 1))
    return tuple(one for _place, _id, one in placed)


def _read(
    kind: type[MenteeRecord], of: Callable[[type[MenteeRecord]], Iterable[MenteeRecord]]
) -> tuple[MenteeRecord, ...]:
    """Return the records of a kind that `of` returns, sorted."""
    return _in_order(kind, of(kind))


@immutable
class MenteeView:
    """One mentee and the records that belong to it. Make it with `of`, which also sorts them."""

    mentee: Mentee
    people: Mapping[str, Person] = field(default_factory=dict)
    """Everybody at the workplace, by id."""
    introductions: tuple[Introduction, ...] = ()
    roles: tuple[Role, ...] = ()
    duties: tuple[Duty, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    tasks: tuple[Task, ...] = ()
    goals: tuple[Goal, ...] = ()
    needs: tuple[Need, ...] = ()
    knowledge: tuple[Knowledge, ...] = ()
    talks: tuple[Talk, ...] = ()
    """By number."""
    answers: Sequence[Answer] = ()
    """Oldest first."""
    notes: Sequence[Note] = ()
    """Oldest first."""
    actions: tuple[Action, ...] = ()
    intents: tuple[Intent, ...] = ()
    postponed: tuple[Postponed, ...] = ()
    loans: tuple[Loan, ...] = ()
    """To other mentors, or by one."""
    tips: tuple[Tip, ...] = ()
    """Tips that all mentees share."""

    @classmethod
    def of(
        cls,
        mentee: Mentee,
        records: Iterable[Record],
        people: Mapping[str, Person] | None = None,
        tips: Iterable[Tip] = (),
    ) -> MenteeView:
        """Return the view of `mentee`.

        Args:
            mentee: The mentee.
            records: Records in any order. Those that belong to other mentees are left out.
            people: Everybody at the workplace, by id.
            tips: The tips that all mentees share.
        """
        own: dict[type[MenteeRecord], list[MenteeRecord]] = {kind: [] for kind in _PLACES}
        for record in records:
            if isinstance(record, MenteeRecord) and record.mentee_id == mentee.id:
                own.setdefault(type(record), []).append(record)
        return cls(mentee=mentee, people=people or {}, tips=tuple(tips), **_sorted(own))

    @classmethod
    def read(
        cls,
        mentee: Mentee,
        of: Callable[[type[MenteeRecord]], Iterable[MenteeRecord]],
        people: Mapping[str, Person],
        *,
        later: Collection[type[MenteeRecord]] = (),
    ) -> MenteeView:
        """Return the view of `mentee`, without tips.

        Args:
            mentee: The mentee.
            of: Returns the records of a kind that belong to it.
            people: Everybody at the workplace, by id.
            later: Kinds that are read when somebody looks at them, and not at once.
        """
        found: dict[str, Any] = {
            name: Later(partial(_read, kind, of)) if kind in later else _read(kind, of)
            for kind, (name, _key) in _PLACES.items()
        }
        return cls(mentee=mentee, people=people, **found)

    def renewed(
        self,
        mentee: Mentee,
        records: Mapping[type[MenteeRecord], Iterable[MenteeRecord]],
        people: Mapping[str, Person],
        tips: Iterable[Tip],
    ) -> MenteeView:
        """Return the view with these records in place of all others of their kinds."""
        found = _sorted(records)
        return replace(self, mentee=mentee, people=people, tips=tuple(tips), **found)

    @property
    def agreement(self) -> Agreement | None:
        """The expectations as they were written down last; None if there are none."""
        return self.agreements[-1] if self.agreements else None

    @property
    def running(self) -> Talk | None:
        """The talk in progress: started and not ended. The latest, if there are several."""
        found = [talk for talk in self.talks if talk.state is TalkState.RUNNING]
        return max(found, key=_started, default=None)

    @property
    def held(self) -> tuple[Talk, ...]:
        """The talks that were held, in the order in which they were held."""
        return _held(self)

    @property
    def to_come(self) -> tuple[Talk, ...]:
        """The talks with a date that are still to be held, by date.

        Their date may have passed: `next_talk` and `missed` tell the two apart, everywhere.
        """
        return _to_come(self)

    def next_talk(self, today: date) -> Talk | None:
        """Return the first talk planned for today or later."""
        return next((t for t in self.to_come if t.planned_on and t.planned_on >= today), None)

    def missed(self, today: date) -> tuple[Talk, ...]:
        """Return the talks whose day has passed without them: to be moved, or noted as held."""
        return tuple(talk for talk in self.to_come if is_missed(talk, today))

    def lacks_next_talk(self, today: date) -> bool:
        """Whether no talk is planned, and none is under way, missed or left out by choice."""
        declined = bool(self.held) and self.held[-1].no_next
        awaited = self.running or self.next_talk(today) or self.missed(today)
        return not (awaited or declined)

    def task(self, id: str) -> Task | None:
        """Return the task with this id, or None if it is gone."""
        return _tasks_by_id(self).get(id)

    def talk(self, id: str) -> Talk | None:
        """Return the talk with this id, or None if it is gone."""
        return _talks_by_id(self).get(id)

    def role(self, kind: RoleKind) -> Role | None:
        """Return the first role of a kind, or None."""
        return next((role for role in self.roles if role.kind is kind), None)

    def goals_of(self, task_id: str) -> tuple[Goal, ...]:
        """Return the learning goals of a task, in order."""
        return _goals_by_task(self).get(task_id, ())

    def answers_of(self, talk_id: str) -> tuple[Answer, ...]:
        """Return the answers of a talk, the oldest first."""
        return _answers_by_talk(self).get(talk_id, ())

    def answers_about(self, task_id: str) -> tuple[Answer, ...]:
        """Return the answers in which a task was spoken about, the oldest first."""
        return _answers_by_task(self).get(task_id, ())

    def notes_of(self, task_id: str) -> tuple[Note, ...]:
        """Return the notes on a task, the oldest first."""
        return _notes_by_task(self).get(task_id, ())

    def notes_on_goal(self, goal_id: str) -> tuple[Note, ...]:
        """Return the notes on a learning goal, the oldest first."""
        return _notes_by_goal(self).get(goal_id, ())

    def sparrings_with(self, person_id: str) -> tuple[Task, ...]:
        """Return the tasks about which the mentee spars with a person."""
        return _tasks_by_sparring(self).get(self.who(person_id), ())

    def actions_of(self, task_id: str) -> tuple[Action, ...]:
        """Return the actions about a task."""
        return _actions_by_task(self).get(task_id, ())

    def need(self, id: str) -> Need | None:
        """Return the need with this id, or None if it is gone."""
        return _needs_by_id(self).get(id)

    def tasks_among(self, ids: Collection[str]) -> tuple[Task, ...]:
        """Return the tasks with these ids, in the order of the plan."""
        known = _tasks_by_id(self)
        found = {id for id in ids if id in known}
        if len(found) < 2:
            return tuple(known[id] for id in found)
        places = _places_of_tasks(self)
        return tuple(known[id] for id in sorted(found, key=places.__getitem__))

    def name_of(self, person_id: str) -> str:
        """Return the name for the id of a person, or for "mentee"; "" if there is nobody."""
        if person_id == MENTEE:
            return self.mentee.name
        person = self.people.get(person_id) if person_id else None
        return person.name if person else ""

    def who(self, person_id: str) -> str:
        """Return what somebody is known by: the name, however it is spelt; the id without one.

        A team's list of people may have one of them twice, as after a copy to a server.
        """
        name = "" if person_id == MENTEE else self.name_of(person_id)
        return name_key(name) or person_id


@once_for_each
def _held(view: MenteeView) -> tuple[Talk, ...]:
    return tuple(sorted((t for t in view.talks if t.state is TalkState.HELD), key=_started))


@once_for_each
def _to_come(view: MenteeView) -> tuple[Talk, ...]:
    found = [t for t in view.talks if t.state in TO_COME and t.planned_on]
    return tuple(sorted(found, key=lambda t: (t.planned_on or date.max, t.planned_time)))


@once_for_each
def _tasks_by_id(view: MenteeView) -> Mapping[str, Task]:
    return {task.id: task for task in reversed(view.tasks)}


@once_for_each
def _places_of_tasks(view: MenteeView) -> Mapping[str, int]:
    return {task.id: place for place, task in enumerate(view.tasks)}


@once_for_each
def _tasks_by_sparring(view: MenteeView) -> Mapping[str, tuple[Task, ...]]:
    return grouped(view.tasks, lambda task: view.who(task.sparring_with))


@once_for_each
def _talks_by_id(view: MenteeView) -> Mapping[str, Talk]:
    return {talk.id: talk for talk in reversed(view.talks)}


@once_for_each
def _needs_by_id(view: MenteeView) -> Mapping[str, Need]:
    return {need.id: need for need in reversed(view.needs)}


@once_for_each
def _goals_by_task(view: MenteeView) -> Mapping[str, tuple[Goal, ...]]:
    return grouped(view.goals, lambda goal: goal.task_id)


@once_for_each
def _answers_by_talk(view: MenteeView) -> Mapping[str, tuple[Answer, ...]]:
    return grouped(view.answers, lambda answer: answer.talk_id)


@once_for_each
def _answers_by_task(view: MenteeView) -> Mapping[str, tuple[Answer, ...]]:
    return grouped_by_several(view.answers, lambda answer: (answer.task_id, *answer.task_ids))


@once_for_each
def _notes_by_task(view: MenteeView) -> Mapping[str, tuple[Note, ...]]:
    return grouped(view.notes, lambda note: note.task_id)


@once_for_each
def _notes_by_goal(view: MenteeView) -> Mapping[str, tuple[Note, ...]]:
    return grouped(view.notes, lambda note: note.goal_id)


@once_for_each
def _actions_by_task(view: MenteeView) -> Mapping[str, tuple[Action, ...]]:
    return grouped(view.actions, lambda action: action.task_id)


def is_missed(talk: Talk, today: date) -> bool:
    """Whether the day of a talk that is still to be held has passed without it."""
    return talk.state in TO_COME and talk.planned_on is not None and talk.planned_on < today


def held_on(talk: Talk) -> date | None:
    """Return the day of a talk: when it began, or else ended, or else was planned for."""
    moment = talk.started_at or talk.ended_at
    return moment.date() if moment else talk.planned_on


def _started(talk: Talk) -> tuple[date, int]:
    """Return what talks are sorted by: their day, and their number on the same day."""
    return held_on(talk) or date.min, talk.number
