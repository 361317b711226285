"""The worked example: whole, dated rightly on any day, and the same story in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time, timedelta, timezone
from enum import Enum

import pytest

from data.example import example_records
from data.example.draft import Ids
from data.library import AIMS, LibraryError, questions
from data.method.plan.agreed import changed_since_agreed
from data.method.talk.flow import TalkFlow
from data.method.talk.heaps import heap_of, items
from data.method.view import MenteeView
from data.records import (
    Action,
    ActionState,
    Answer,
    Goal,
    Mentee,
    MenteeRecord,
    Note,
    NoteKind,
    Part,
    Person,
    Record,
    RoleKind,
    Step,
    Talk,
    TalkState,
    Task,
    TaskStatus,
)

ZONE = timezone(timedelta(hours=1))
WEDNESDAY = date(2026, 11, 25)
TODAYS = (
    WEDNESDAY,
    *(date(2026, 11, 23) + timedelta(days=n) for n in range(7)),
    date(2028, 2, 29),
    date(2028, 3, 1),
    date(2027, 1, 1),
    date(2026, 12, 24),
    date(2026, 12, 31),
    date(2027, 4, 5),
    date(2027, 2, 28),
)
"""A whole week, a leap day and the day after, days off at Christmas, New Year and Easter."""
DIGEST = re.compile("[0-9a-f]{16}|[0-9a-f]{64}")
"""What is kept of an agreed row and of an agreed plan; it may look like any number."""
every_day = pytest.mark.parametrize("today", TODAYS, ids=str)


def example(today: date = WEDNESDAY, language: str = "da") -> list[Record]:
    return example_records(today, datetime.combine(today, time(9, 30), ZONE), language)


def view(name: str, today: date = WEDNESDAY, language: str = "da") -> MenteeView:
    records = example(today, language)
    people = {one.id: one for one in records if isinstance(one, Person)}
    mentee = next(one for one in records if isinstance(one, Mentee) and one.name == name)
    return MenteeView.of(mentee, records, people)


def values(thing: object) -> Iterator[object]:
    """Yield what a record holds, at any depth."""
    if is_dataclass(thing) and not isinstance(thing, type):
        for one in fields(thing):
            yield from values(getattr(thing, one.name))
    elif isinstance(thing, dict):
        for key, value in thing.items():
            yield from values(key)
            yield from values(value)
    elif isinstance(thing, tuple | list):
        for value in thing:
            yield from values(value)
    else:
        yield thing


def texts(records: list[Record]) -> list[str]:
    return [one for one in values(records) if isinstance(one, str) and not isinstance(one, Enum)]


@pytest.mark.parametrize("language", ["da", "en"])
def test_all_references_lead_somewhere(language: str) -> None:
    records = example(language=language)
    ids = {one.id for one in records}
    assert len(ids) == len(records)
    referred = {
        found for one in texts(records) for found in re.findall(r"(?<!\d)\d{19}(?!\d)", one)
    }
    assert referred == ids
    for record in records:
        for one in fields(record):
            value = getattr(record, one.name)
            if one.name.endswith("_id"):
                assert value in ids or value == "", (record, one.name)


def test_goals_and_answers_belong_to_tasks_and_talks_of_the_same_mentee() -> None:
    records = example()
    by_id = {one.id: one for one in records}
    for record in records:
        for name in ("task_id", "goal_id", "talk_id"):
            other = by_id.get(getattr(record, name, ""))
            if other is not None:
                assert isinstance(record, MenteeRecord)
                assert isinstance(other, MenteeRecord)
                assert other.mentee_id == record.mentee_id


def test_taken_in_twice_no_id_is_given_twice() -> None:
    assert not {one.id for one in example()} & {one.id for one in example()}


def test_persons_and_mentees_carry_the_mark_of_the_example() -> None:
    marked = [one for one in example() if isinstance(one, Mentee | Person)]
    assert all(one.example for one in marked)


@every_day
def test_maja_is_in_her_sixth_week_and_her_talk_is_today(today: date) -> None:
    maja = view("Maja Holm", today)
    start = maja.mentee.start
    assert start is not None
    assert (today - start).days // 7 + 1 in (5, 6)
    assert (today - timedelta(days=today.weekday()) - start).days <= 35
    due = [talk for talk in maja.talks if talk.planned_on == today]
    assert [talk.state for talk in due] == [TalkState.PLANNED]
    assert [talk.state for talk in maja.talks] == [TalkState.HELD] * 5 + [TalkState.PLANNED] * 2
    sparring = [task for task in maja.tasks if task.sparring_on]
    assert sum(task.sparring_on == today for task in sparring) == 1
    assert sum(task.sparring_on < today for task in sparring if task.sparring_on) == 1
    assert any(task.sparring_on > today for task in sparring if task.sparring_on)


@every_day
def test_the_plan_was_updated_together_and_some_rows_changed_after(today: date) -> None:
    changed = {}
    for name in ("Maja Holm", "Emil Kragh", "Nadia Berg"):
        one = view(name, today)
        changed[name] = [one.task(id) for id in changed_since_agreed(one).changed]
        days = [talk.plan_updated_on for talk in one.talks if talk.plan_updated_on]
        if one.mentee.plan_updated_on:
            assert one.mentee.plan_agreed_on == one.mentee.plan_updated_on == max(days)
    assert {name: len(tasks) for name, tasks in changed.items()} == {
        "Maja Holm": 2,
        "Emil Kragh": 0,
        "Nadia Berg": 0,
    }


@every_day
def test_nothing_has_happened_in_the_future_or_before_the_start(today: date) -> None:
    now = datetime.combine(today, time(9, 30), ZONE)
    happened = {"done_on", "sparring_held_on", "learned_on", "first_used_on", "used_on", "on"}
    for name in ("Maja Holm", "Emil Kragh", "Nadia Berg"):
        one = view(name, today)
        start = one.mentee.start
        assert start is not None
        for record in (*one.tasks, *one.goals, *one.introductions, *one.knowledge, *one.actions):
            for day in _days(record, happened):
                assert start <= day <= today, record
        for duty in one.duties:
            assert duty.done_on is None or duty.done_on <= today, duty
        for talk in one.talks:
            assert talk.ended_at is None or talk.ended_at < now, talk
        for note in one.notes:
            assert note.at is not None
            assert note.at <= now


def _days(thing: object, names: set[str]) -> Iterator[date]:
    if is_dataclass(thing) and not isinstance(thing, type):
        for one in fields(thing):
            value = getattr(thing, one.name)
            if one.name in names and isinstance(value, date):
                yield value
            elif isinstance(value, tuple):
                for inner in value:
                    yield from _days(inner, names)


@every_day
def test_talks_and_steps_go_forward(today: date) -> None:
    for name in ("Maja Holm", "Nadia Berg"):
        one = view(name, today)
        days = [talk.planned_on for talk in one.talks]
        assert None not in days
        assert days == sorted(set(days), key=str)
        assert [talk.number for talk in one.talks] == list(range(1, len(one.talks) + 1))
        for task in one.tasks:
            order = list(Step)
            steps = [order.index(entry.step) for entry in task.step_log]
            assert steps == sorted(steps)
            on = [entry.on for entry in task.step_log]
            assert on == sorted(on)
            assert task.step is (task.step_log[-1].step if task.step_log else None)


@every_day
def test_nobody_is_at_work_on_a_weekend_but_today(today: date) -> None:
    for name in ("Maja Holm", "Emil Kragh", "Nadia Berg"):
        one = view(name, today)
        for talk in one.talks:
            assert talk.planned_on is not None
            assert talk.planned_on.weekday() < 5 or talk.planned_on == today
        for task in one.tasks:
            on = task.sparring_on
            assert on is None or on.weekday() < 5 or on == today


@every_day
def test_emil_has_not_begun_and_nadia_is_nearly_through(today: date) -> None:
    emil, nadia = view("Emil Kragh", today), view("Nadia Berg", today)
    assert emil.mentee.start is not None
    assert 7 <= (emil.mentee.start - today).days <= 18
    assert emil.role(RoleKind.BUDDY) is not None
    assert not any(role.person_id for role in emil.roles if role.kind is RoleKind.BUDDY)
    assert not emil.held
    assert nadia.mentee.ends is not None
    assert 14 <= (nadia.mentee.ends - today).days <= 30
    assert len(nadia.held) == 17


def test_the_plan_shows_everything_a_plan_can_show() -> None:
    maja = view("Maja Holm")
    assert 12 <= len(maja.tasks) <= 14
    assert {task.status for task in maja.tasks} == set(TaskStatus)
    assert {task.step for task in maja.tasks} == {*Step, None}
    assert len({task.sparring_with for task in maja.tasks if task.sparring_with}) >= 5
    assert all(task.description and task.type and task.next_step for task in maja.tasks)
    assert any(task.checks for task in maja.tasks)
    assert sum(task.potential_source is not None for task in maja.tasks) >= 3
    live = [task.id for task in maja.tasks if task.status is not TaskStatus.PARKED]
    assert set(live) == {goal.task_id for goal in maja.goals}
    assert {note.kind for note in maja.notes} == set(NoteKind)
    assert {note.private for note in maja.notes} == {True, False}


def test_there_are_gaps_and_overdue_things_to_see() -> None:
    maja = view("Maja Holm")
    manager = maja.role(RoleKind.MANAGER)
    assert manager is not None
    assert manager.person_id == ""
    assert manager.earlier
    open_due = [one.due for one in maja.actions if one.state is ActionState.OPEN and one.due]
    assert min(open_due) < WEDNESDAY < min(day for day in open_due if day > WEDNESDAY)
    assert any(one.done_on is None for one in maja.introductions)
    assert any(not one.task_ids for one in maja.knowledge)
    assert any(one.learned_on and not one.used_on and one.task_ids for one in maja.knowledge)
    assert {one.round for one in maja.needs} == {1, 2}
    assert {one.tried for one in maja.intents} == {"", "yes"}


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_talk_that_was_told_answers_all_six_questions(language: str) -> None:
    maja = view("Maja Holm", language=language)
    words = questions(language)
    for talk in maja.held:
        answers = [one for one in maja.answers if one.talk_id == talk.id]
        steps = [one.key.partition(":")[0] for one in answers]
        assert {one.key for one in words.questions} <= set(steps)
        assert {"praise", "next", "close"} <= set(steps)
        assert len({one.key for one in answers}) == len(answers)
        assert set(talk.aims) <= set(AIMS)
        for answer in answers:
            assert answer.mentee or answer.mentor
            assert answer.question
            assert "{task}" not in answer.question
            assert answer.private == (answer.key == "wellbeing")
            opening = words.step("praise").opening
            assert answer.key != "praise" or answer.mentor.startswith(opening)


def test_question_three_was_asked_with_the_tasks_name() -> None:
    maja = view("Maja Holm")
    titles = {task.id: task.title for task in maja.tasks}
    asked = [one for one in maja.answers if one.key.startswith("skills:")]
    assert len(asked) >= 8
    talks = {talk.id: talk for talk in maja.talks}
    for one in asked:
        assert one.task_id in talks[one.talk_id].task_ids
        assert one.key == f"skills:{one.task_id}"
        assert f"»{titles[one.task_id]}«" in one.question


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_guided_talk_finds_every_answer_and_everything_sorted(language: str) -> None:
    for name in ("Maja Holm", "Nadia Berg"):
        one = view(name, language=language)
        for talk in one.held:
            flow = TalkFlow(one, talk, questions(language))
            steps = {step.key: step for step in flow.steps}
            for key in flow.answers:
                assert steps[key if key in steps else key.partition(":")[0]].filled, key
            known = {item.id for item in items(one, talk)}
            assert set(talk.sorted_items) <= known
            assert all(heap_of(talk.sorted_items, id) for id in talk.sorted_items)
            assert not any(step.note and step.base != "skills" for step in flow.steps)


def test_each_duty_has_one_main_role_and_those_done_have_somebody_who_did_it() -> None:
    for name in ("Maja Holm", "Emil Kragh", "Nadia Berg"):
        one = view(name)
        roles = {role.id for role in one.roles}
        for duty in one.duties:
            assert set(duty.parts) <= roles
            assert list(duty.parts.values()).count(Part.MAIN) == 1
            assert (duty.done_on is None) == (duty.done_by == "")


def test_both_languages_tell_the_same_story() -> None:
    danish, english = shape(example(language="da")), shape(example(language="en"))
    assert len(danish) == len(english)
    for one, other in zip(danish, english, strict=True):
        assert one == other


def shape(records: list[Record]) -> list[object]:
    """Return the records with ids by place and each text only by whether it is there."""
    places = {one.id: place for place, one in enumerate(records)}

    def of(thing: object) -> object:
        if isinstance(thing, str) and not isinstance(thing, Enum):
            numbers = [places[one] for one in re.findall(r"\d{19}", thing)]
            return numbers or bool(thing)
        if is_dataclass(thing) and not isinstance(thing, type):
            return (type(thing), [of(getattr(thing, one.name)) for one in fields(thing)])
        if isinstance(thing, dict):
            return [(of(key), of(value)) for key, value in thing.items()]
        return [of(one) for one in thing] if isinstance(thing, tuple) else thing

    return [of(one) for one in records]


@pytest.mark.parametrize("language", ["da", "en"])
def test_nothing_in_it_looks_like_a_cpr_number_or_an_address(language: str) -> None:
    said = [one for one in texts(example(language=language)) if not DIGEST.fullmatch(one)]
    for one in said:
        assert not re.search(r"(?<!\d)\d{6}-?\d{4}(?!\d)", one), one
        assert "@" not in one
        assert not re.search(r"(?<!\d)\d{8}(?!\d)", one), one


def test_a_reference_to_nothing_is_told() -> None:
    ids = Ids()
    ids.make("task", "one")
    ids.of("task", "two")
    with pytest.raises(LibraryError, match="there is no task 'two'"):
        ids.check()
    with pytest.raises(LibraryError, match="there are two of task 'one'"):
        ids.make("task", "one")


def test_records_are_of_the_kinds_that_the_file_keeps() -> None:
    kinds = {type(one) for one in example()}
    assert {Mentee, Person, Task, Goal, Talk, Answer, Note, Action} <= kinds
