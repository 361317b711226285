"""The talks of a mentee of the example data, with answers, actions and notes."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from data.example.draft import ExampleDraft
from data.library.questionset import QuestionSet, built_in_questions
from data.library.source import Section
from data.records import (
    Action,
    ActionState,
    Answer,
    Intent,
    Note,
    NoteKind,
    PlanEdit,
    Record,
    Talk,
    TalkState,
)

_ENDED: Final = "close"
"""The step that is open in a talk that was held: the last one."""
_TALK: Final = (
    "key",
    "number",
    "on",
    "time",
    "minutes",
    "lasted",
    "state",
    "tasks",
    "sorted",
    "prepared",
    "aims",
    "next",
    "edits",
)


def records(draft: ExampleDraft) -> list[Record]:
    """Return the talks, answers, actions, if-then lines and notes."""
    facts = draft.facts
    made: list[Record] = [*_series(draft)]
    for one in facts.sections("talk"):
        made += [_talk(draft, one), *_answers(draft, one)]
    made += [_action(draft, one) for one in facts.sections("action")]
    made += [_intent(draft, one) for one in facts.sections("intent")]
    made += [_note(draft, one) for one in facts.sections("note")]
    return made


def _series(draft: ExampleDraft) -> list[Talk]:
    """Return the held talks of which only the day is known, with the keys "t1", "t2" …."""
    facts = draft.facts.maybe_section("series")
    days = facts.values.get("on", [])
    if not isinstance(days, list):
        raise facts.fault("on", "must be a list of days")
    made = []
    for number, day in enumerate(days, 1):
        values = {
            "key": f"t{number}",
            "number": number,
            "on": day,
            "time": facts.text("time"),
            "minutes": facts.whole("minutes"),
            "lasted": facts.whole("minutes"),
            "state": TalkState.HELD.value,
        }
        made.append(_talk(draft, Section(facts.place, values)))
    return made


def _talk(draft: ExampleDraft, facts: Section) -> Talk:
    facts.only(*_TALK)
    key = facts.text("key")
    state = facts.choice("state", TalkState)
    held = state is TalkState.HELD
    began = draft.moment(facts, "on") if held else None
    lasted = facts.maybe_whole("lasted")
    edits = tuple(_edit(draft, one) for one in facts.sections("edits"))
    place = draft.words.section("talk").maybe_section(key).text("place", "")
    return Talk(
        id=draft.make("talk", key),
        mentee_id=draft.mentee_id,
        number=facts.whole("number"),
        planned_on=draft.day(facts, "on"),
        planned_time=facts.text("time"),
        minutes=facts.whole("minutes"),
        place=place,
        state=state,
        started_at=began,
        ended_at=began + timedelta(minutes=lasted) if began and lasted else None,
        step=_ENDED if held else "",
        task_ids=tuple(draft.ref("task", one) for one in facts.texts("tasks")),
        sorted_items=_sorted(draft, facts),
        prepared_on=draft.day(facts, "prepared"),
        aims=facts.texts("aims"),
        next_on=draft.day(facts, "next"),
        plan_edits=edits,
        plan_updated_on=draft.day(facts, "on") if edits else None,
    )


def _sorted(draft: ExampleDraft, facts: Section) -> dict[str, str]:
    """Return the sorted items. The file names each by a task's key or an answer's step."""
    heaps = facts.maybe_section("sorted")
    talk = facts.text("key")
    told = draft.words.section("talk").maybe_section(talk).values
    return {
        draft.ref("answer", f"{talk}.{one}") if one in told else draft.ref("task", one): (
            heaps.text(one)
        )
        for one in heaps.names()
    }


def _edit(draft: ExampleDraft, facts: Section) -> PlanEdit:
    """Return an edit of the plan. If the file names no field, the task is new."""
    key, field = facts.text("task"), facts.text("field", "")
    title = _title(draft, key)
    return PlanEdit(
        task_id=draft.ref("task", key),
        task=title,
        field=field,
        before=facts.text("before", ""),
        after=facts.text("after", "" if field else title),
    )


def _title(draft: ExampleDraft, task: str) -> str:
    return draft.words.section("task").section(task).text("title")


def _answers(draft: ExampleDraft, facts: Section) -> list[Answer]:
    """Return the answers of a talk: one for each table below it in the file of texts."""
    key = facts.text("key")
    words = draft.words.section("talk").section(key)
    asked = built_in_questions(draft.language)
    names = [name for name in words.names() if name != "place"]
    return [_answer(draft, key, name, words.section(name), asked) for name in names]


def _answer(
    draft: ExampleDraft, talk: str, name: str, words: Section, asked: QuestionSet
) -> Answer:
    """Return one answer.

    `name` is the key of the step, which a colon and the key of a task or an aspect may follow.

    The record's key has the task's id only at question 3, which is asked once for each task (R47).
    """
    step_key, _colon, part = name.partition(":")
    step = asked.step(step_key)
    aspects = {one.key: one.text for one in step.fields}
    task = "" if part in aspects else part
    task_id = draft.ref("task", task)
    suffix = part if part in aspects else task_id if step_key == "skills" else ""
    question = aspects.get(part) or step.asked(_title(draft, task) if task else "") or step.title
    return Answer(
        id=draft.make("answer", f"{talk}.{name}"),
        mentee_id=draft.mentee_id,
        talk_id=draft.ref("talk", talk),
        key=f"{step_key}:{suffix}" if suffix else step_key,
        question=question,
        task_id=task_id,
        mentee=words.text("mentee", ""),
        mentor=words.text("mentor", ""),
        examples=words.texts("examples"),
        private=step.private,
    )


def _action(draft: ExampleDraft, facts: Section) -> Action:
    key, who = facts.text("key"), facts.text("who")
    return Action(
        id=draft.make("action", key),
        mentee_id=draft.mentee_id,
        what=draft.words.section("action").text(key),
        who=who if who == "mentee" else draft.person(who),
        due=draft.day(facts, "due"),
        state=ActionState(facts.text("state", ActionState.OPEN.value)),
        done_on=draft.day(facts, "done_on"),
        talk_id=draft.ref("talk", facts.text("talk", "")),
        task_id=draft.ref("task", facts.text("task", "")),
    )


def _intent(draft: ExampleDraft, facts: Section) -> Intent:
    key = facts.text("key")
    words = draft.words.section("intent").section(key)
    task = draft.words.section("task").section(facts.text("task"))
    return Intent(
        id=draft.make("intent", key),
        mentee_id=draft.mentee_id,
        situation=words.text("situation"),
        act=words.text("act"),
        task_type=task.text("type"),
        talk_id=draft.ref("talk", facts.text("talk")),
        tried=facts.text("tried", ""),
    )


def _note(draft: ExampleDraft, facts: Section) -> Note:
    key, task = facts.text("key"), facts.text("task", "")
    goal, ago = facts.maybe_whole("goal"), facts.maybe_whole("minutes_ago")
    return Note(
        id=draft.make("note", key),
        mentee_id=draft.mentee_id,
        text=draft.words.section("note").text(key),
        kind=NoteKind(facts.text("kind", NoteKind.NOTE.value)),
        private=bool(facts.values.get("private", True)),
        at=draft.moment(facts, "on") if ago is None else draft.now - timedelta(minutes=ago),
        task_id=draft.ref("task", task),
        goal_id=draft.ref("goal", f"{task}.{goal}") if goal else "",
        talk_id=draft.ref("talk", facts.text("talk", "")),
        answered_on=draft.day(facts, "answered_on"),
    )
