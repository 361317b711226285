"""Recall, knowledge, sorting, words, the period and the five pointers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import Any

import pytest

from data import records
from data.library import questions
from data.method.mentorship.closing import (
    close_course,
    period_problem,
    reopen_course,
)
from data.method.mentorship.phases import Phase, phase_of, phase_word
from data.method.mentorship.pointers import pointers
from data.method.plan.fields import field_label, show_value
from data.method.plan.knowledge import (
    Timing,
    tasks_without_knowledge,
    unlinked,
    use_delay,
    use_delays,
)
from data.method.plan.recall import recall, task_types
from data.method.talk.heaps import Heap, ask_action, counts, if_then, items, put
from data.method.view import MenteeView
from data.method.words import word
from data.records import (
    Action,
    Agreement,
    Answer,
    CourseState,
    Intent,
    Knowledge,
    Mentee,
    Note,
    NoteKind,
    Talk,
    TalkState,
    TaskStatus,
)
from tests.data.method.build import (
    START,
    TODAY,
    bare,
    days,
    held,
    make,
    mentee,
    sound,
    talk,
    task,
)


def test_an_earlier_step_is_offered_again_for_the_same_type() -> None:
    old = task("Notat A", type="Skrivning", next_step="Bed om gennemlæsning")
    newer = task("Notat B", type="skrivning ", next_step="Skriv konklusionen først")
    same = task("Notat C", type="Skrivning", next_step="bed om gennemlæsning ")
    other = task("Sag", type="Samtale", next_step="nej")
    line = make(Intent, situation="x", act="y", task_type="Skrivning")
    tip = make(Note, text="Fif", kind=NoteKind.TIP, task_id=old.id)
    view = bare(old, newer, same, other, line, tip)
    found = recall(view, "SKRIVNING")
    assert [text for _task, text in found.next_steps] == [
        "bed om gennemlæsning",
        "Skriv konklusionen først",
    ]
    assert (found.intents, found.tips) == ((line,), (tip,))
    assert [t.id for t, _text in recall(view, "Skrivning", except_id=same.id).next_steps] == [
        newer.id,
        old.id,
    ]
    assert not recall(view, "")
    assert not recall(bare(task("x", next_step="y")), "")


def test_types_are_listed_once() -> None:
    found = task_types(
        [task(type=name) for name in ("Ærinde", "skrivning", "Skrivning", " ", "Samtale")]
    )
    assert found == ["Samtale", "skrivning", "Ærinde"]


@pytest.mark.parametrize(
    ("fields", "timing", "gap"),
    [
        ({}, Timing.NOT_LEARNED, None),
        ({"learned_on": START}, Timing.UNUSED, 49),
        ({"learned_on": TODAY - days(14)}, Timing.WAITING, 14),
        ({"learned_on": TODAY + days(2)}, Timing.NOT_LEARNED, None),
        ({"learned_on": START, "used_on": START + days(24)}, Timing.USED, 24),
        ({"learned_on": START, "used_on": START - days(2)}, Timing.USED, 0),
        ({"learned_on": START, "use_planned_on": TODAY}, Timing.TOO_EARLY, 49),
        ({"learned_on": TODAY, "use_planned_on": TODAY + days(9)}, Timing.WAITING, 0),
    ],
)
def test_the_gap_from_learning_to_use(
    fields: dict[str, Any], timing: Timing, gap: int | None
) -> None:
    found = use_delay(make(Knowledge, title="Lov", **fields), TODAY, 14)
    assert (found.timing, found.days) == (timing, gap)
    assert "{" not in found.text
    assert bool(found.text) == (gap is not None)


def test_tasks_have_the_gap_too_and_both_unlinked_lists_are_there() -> None:
    learned = task("a", learned_on=START, first_used_on=START + days(3))
    plain = task("b")
    parked = task("c", status=TaskStatus.PARKED)
    tied = make(Knowledge, title="Lov", task_ids=(learned.id,))
    loose = make(Knowledge, title="Kursus", task_ids=("gone",))
    view = bare(learned, plain, parked, tied, loose)
    assert [gap.title for gap in use_delays(view, TODAY, 14)] == ["Lov", "Kursus", "a"]
    assert unlinked(view) == [loose]
    assert tasks_without_knowledge(view) == [plain]


def test_words_of_the_sorting_and_of_later_steps_are_nothing_to_sort() -> None:
    """Nothing appears in the list while one types beside it; what was sorted once stays."""
    talk = make(Talk, number=1)
    answers = [
        make(Answer, id=key, talk_id=talk.id, key=key, mentee=f"ord {key}")
        for key in (*(step.key for step in questions("da").steps), "understand:limits")
    ]
    view = bare(talk, *answers)
    found = {item.id for item in items(view, talk)}
    assert found == {"frame", "since", "occupied", "works", "skills", "help"}
    old = replace(talk, sorted_items={"praise": "keep"})
    assert "praise" in [item.id for item in items(view, old)]


def test_sorting_into_four_heaps() -> None:
    one = task("Notat", type="Skrivning")
    running = talk(3, TalkState.RUNNING, task_ids=(one.id,))
    said = "A\nSamtalen\nmere"
    answer = make(Answer, talk_id=running.id, key="works", mentee=said, examples=("A",))
    private = make(Answer, talk_id=running.id, key="wellbeing", mentee="hemmeligt", private=True)
    view = bare(one, running, answer, private)
    found = items(view, running)
    assert [(item.id, item.text) for item in found] == [
        (one.id, "Notat"),
        (f"{answer.id}#0", "A"),
        (answer.id, "Samtalen"),
    ]
    sorted_talk = put(running, found[2], Heap.ASK).after
    assert isinstance(sorted_talk, Talk)
    assert items(view, sorted_talk)[2].heap is Heap.ASK
    assert counts(sorted_talk.sorted_items) == {
        Heap.KEEP: 0,
        Heap.ADJUST: 0,
        Heap.PARK: 0,
        Heap.ASK: 1,
    }
    back = put(sorted_talk, found[2], None).after
    assert isinstance(back, Talk)
    assert back.sorted_items == {}
    action = ask_action(running, found[2]).after
    assert isinstance(action, Action)
    assert action.what == "Ask about: Samtalen"
    line = if_then(view, running, "jeg tøver", "ringe", one.id).after
    assert isinstance(line, Intent)
    assert (line.task_type, line.talk_id) == ("Skrivning", running.id)
    strange = make(Talk, number=4, sorted_items={"x": "from a newer program"})
    assert sum(counts(strange.sorted_items).values()) == 0


def test_every_value_has_a_word() -> None:
    enums = [
        kind
        for name in records.__all__
        if isinstance(kind := getattr(records, name), type) and issubclass(kind, StrEnum)
    ]
    assert len(enums) > 15
    assert all(word(value) for kind in enums for value in kind)
    assert word(None) == ""
    assert word(CourseState.ACTIVE) != word(TaskStatus.ACTIVE)


def test_values_of_edits_are_worded() -> None:
    view = sound()
    assert show_value("step", "coached", view) == "On their own, with sparring"
    assert show_value("step", "from a newer program", view) == "from a newer program"
    assert show_value("estimate_min", "90", view) == "1.5 h"
    assert show_value("goal.due", "2025-11-24", view) == "24-11-2025"
    assert show_value("sparring_with", "nobody", view) == ""
    assert show_value("extra.Paragraf", "[red]x", view) == "[red]x"
    assert show_value("priority", "", view) == ""
    assert field_label("extra.Paragraf") == "Paragraf"


@pytest.mark.parametrize(
    ("day", "phase"),
    [
        (START - days(1), Phase.PREPARATION),
        (START, Phase.START),
        (START + days(27), Phase.START),
        (START + days(28), Phase.LEARNING),
        (START + days(72), Phase.LEARNING),
        (START + days(73), Phase.CLOSING),
        (START + days(200), Phase.CLOSING),
    ],
)
def test_a_course_has_four_phases(day: date, phase: Phase) -> None:
    ends = START + days(100)
    assert phase_of(mentee(ends=ends), day) is phase
    assert phase_of(mentee(start=None), day) is None
    assert phase_of(mentee(state=CourseState.CLOSED), day) is None
    assert phase_word(phase)


def test_a_period_ends_after_it_starts() -> None:
    assert period_problem(START, START - days(1)).startswith("The mentorship cannot end before")
    assert period_problem(START, START) == period_problem(None, START) == ""


def test_closing_cancels_what_is_to_come_and_can_be_taken_back() -> None:
    view = bare(held(1, START), talk(2, planned_on=TODAY), talk(3, TalkState.POSTPONED))
    changes = close_course(view, TODAY)
    closed = changes[0].after
    assert isinstance(closed, Mentee)
    assert (closed.state, closed.closed_on) == (CourseState.CLOSED, TODAY)
    assert [c.record.id for c in changes[1:]] == [t.id for t in view.talks[1:]]
    reopened = reopen_course(MenteeView.of(closed, []))[0].after
    assert reopened == mentee()


def test_the_five_pointers_rest_on_facts() -> None:
    def look(view: MenteeView) -> list[bool]:
        return [one.look for one in pointers(view, TODAY)]

    assert look(sound()) == [False] * 5
    assert look(bare()) == [False, False, True, True, False]
    loose = make(Knowledge, title="Lov", learned_on=START)
    assert look(sound(loose)) == [True, True, False, False, False]
    review = make(Agreement, agreed_on=START, review_on=TODAY, id="9" * 19)
    assert look(sound(review)) == [False, False, False, True, False]
    assert look(bare(held(1, START, no_next=True)))[2] is False
    doubt = make(Note, text="KANARIE", kind=NoteKind.DOUBT)
    texts = [f"{one.title} {one.rests_on}" for one in pointers(sound(doubt), TODAY)]
    assert not any("KANARIE" in text or "{" in text for text in texts)
    used = make(Knowledge, title="Lov", learned_on=START, used_on=START + days(3))
    assert "after 3 days" in pointers(sound(used), TODAY)[1].rests_on
    early = make(Knowledge, title="x", learned_on=TODAY, use_planned_on=TODAY + days(60))
    assert pointers(sound(early), TODAY)[1].look
