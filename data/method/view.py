"""All records about one mentee, sorted: what most functions of the method take."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import field
from datetime import date
from typing import TypeVar

from data.clock import seconds_of
from data.frozen import immutable
from data.records import (
    Action,
    Agreement,
    Answer,
    Duty,
    Goal,
    Intent,
    Introduction,
    Knowledge,
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

M = TypeVar("M", bound=MenteeRecord)

MENTEE = "mentee"
"""The value of `Action.who` if the mentee does it. Others have the id of a person there."""
TO_COME = (TalkState.PLANNED, TalkState.POSTPONED)
"""States of a talk that is still to be held."""


def _no_order(_record: object) -> float:
    return 0.0


def _made_at(record: Record) -> float:
    """Return when a record was stored first, to sort records whose ids do not tell it."""
    return seconds_of(record.created_at)


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
    answers: tuple[Answer, ...] = ()
    """Oldest first."""
    notes: tuple[Note, ...] = ()
    """Oldest first."""
    actions: tuple[Action, ...] = ()
    intents: tuple[Intent, ...] = ()
    postponed: tuple[Postponed, ...] = ()
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
        own: dict[type[Record], list[Record]] = {}
        for record in records:
            if isinstance(record, MenteeRecord) and record.mentee_id == mentee.id:
                own.setdefault(type(record), []).append(record)

        def pick(kind: type[M], key: Callable[[M], float] = _no_order) -> tuple[M, ...]:
            """Return the mentee's records of a kind, sorted by `key` and then by id."""
            found = [one for one in own.get(kind, ()) if isinstance(one, kind)]
            return tuple(sorted(found, key=lambda one: (key(one), one.id)))

        return cls(
            mentee=mentee,
            people=people or {},
            introductions=pick(Introduction),
            roles=pick(Role, lambda one: one.order),
            duties=pick(Duty, lambda one: one.order),
            agreements=pick(Agreement),
            tasks=pick(Task, lambda one: one.order),
            goals=pick(Goal, lambda one: one.order),
            needs=pick(Need, lambda one: one.round),
            knowledge=pick(Knowledge),
            talks=pick(Talk, lambda one: one.number),
            answers=pick(Answer, _made_at),
            notes=pick(Note, lambda one: seconds_of(one.at)),
            actions=pick(Action),
            intents=pick(Intent),
            postponed=pick(Postponed),
            tips=tuple(tips),
        )

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
        return tuple(
            sorted((talk for talk in self.talks if talk.state is TalkState.HELD), key=_started)
        )

    @property
    def to_come(self) -> tuple[Talk, ...]:
        """The talks with a date that are still to be held, by date.

        Their date may have passed: `next_talk` and `missed` tell the two apart, everywhere.
        """
        found = [t for t in self.talks if t.state in TO_COME and t.planned_on]
        return tuple(sorted(found, key=lambda t: (t.planned_on or date.max, t.planned_time)))

    def next_talk(self, today: date) -> Talk | None:
        """Return the first talk planned for today or later."""
        return next((t for t in self.to_come if t.planned_on and t.planned_on >= today), None)

    def missed(self, today: date) -> tuple[Talk, ...]:
        """Return the talks whose day has passed without them: to be moved, or noted as held."""
        return tuple(t for t in self.to_come if t.planned_on and t.planned_on < today)

    def lacks_next_talk(self, today: date) -> bool:
        """Whether no talk is planned, and none is under way, missed or left out by choice."""
        declined = bool(self.held) and self.held[-1].no_next
        awaited = self.running or self.next_talk(today) or self.missed(today)
        return not (awaited or declined)

    def task(self, id: str) -> Task | None:
        """Return the task with this id, or None if it is gone."""
        return next((task for task in self.tasks if task.id == id), None)

    def talk(self, id: str) -> Talk | None:
        """Return the talk with this id, or None if it is gone."""
        return next((talk for talk in self.talks if talk.id == id), None)

    def role(self, kind: RoleKind) -> Role | None:
        """Return the first role of a kind, or None."""
        return next((role for role in self.roles if role.kind is kind), None)

    def goals_of(self, task_id: str) -> tuple[Goal, ...]:
        """Return the learning goals of a task, in order."""
        return tuple(goal for goal in self.goals if goal.task_id == task_id)

    def answers_of(self, talk_id: str) -> tuple[Answer, ...]:
        """Return the answers of a talk, the oldest first."""
        return tuple(answer for answer in self.answers if answer.talk_id == talk_id)

    def name_of(self, person_id: str) -> str:
        """Return the name for the id of a person, or for "mentee"; "" if there is nobody."""
        if person_id == MENTEE:
            return self.mentee.name
        person = self.people.get(person_id)
        return person.name if person else ""


def held_on(talk: Talk) -> date | None:
    """Return the day of a talk: when it began, or else ended, or else was planned for."""
    moment = talk.started_at or talk.ended_at
    return moment.date() if moment else talk.planned_on


def _started(talk: Talk) -> tuple[date, int]:
    """Return what talks are sorted by: their day, and their number on the same day."""
    return held_on(talk) or date.min, talk.number
