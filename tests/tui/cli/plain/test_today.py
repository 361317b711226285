"""Today line by line: opened, marked as done, snoozed; and the way from there to all else."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from data.records import (
    Action,
    ActionState,
    Conflict,
    Mentee,
    Note,
    Postponed,
    Talk,
    TalkState,
    Task,
)
from data.store.change import Change
from tests.tui.cli.plain.tools import Type, named, opened, typing
from tests.tui.cli.tools import Mentor


def test_the_lines_are_numbered_and_lead_to_their_records(type_lines: Type) -> None:
    out = type_lines("today", "7", ".back", "5", "")
    assert "Today, 24-11-2025: 10 things need attention." in out
    assert "\n7. Maja Holm: Sparring, Child assessment." in out
    assert "Child assessment, task 1 of 14." in out
    assert "Send three examples" in out.rpartition("task 1 of 14.")[2]


def test_today_of_one_mentee_names_no_other(type_lines: Type) -> None:
    out = type_lines("today maja", ".back")
    assert "Today, 24-11-2025, Maja Holm: 9 things need attention." in out
    assert "Nadia" not in out
    assert "24-11-2025, Maja Holm: 9 things" in type_lines("plan nadia", ".today maja")


def test_d_marks_as_done_and_u_undoes(type_lines: Type, file: Path) -> None:
    out = type_lines("today", "d 7", "d 5", "u", "d 6")
    assert "Sparring: Child assessment: held today (u undoes)" in out
    assert "This line has to be opened" in out
    with opened(file) as store:
        maja = named(store, "Maja")
        assert store.of(Task, maja.id)[0].sparring_held_on == date(2025, 11, 24)
        found = [one for one in store.of(Action, maja.id) if one.what.startswith("Send three")]
        assert [one.state for one in found] == [ActionState.OPEN]


def test_p_snoozes_until_a_day_after_today(type_lines: Type, file: Path) -> None:
    out = type_lines("today", "p 7", "today", "1/12", "p 5", "")
    assert "Choose a date after today." in out
    assert "snoozed until Mon 01-12 (u undoes)" in out
    with opened(file) as store:
        assert {one.until for one in store.all(Postponed)} >= {date(2025, 12, 1)}
    assert "\n8. " not in type_lines("today maja")


def test_a_question_can_be_given_up(type_lines: Type, file: Path) -> None:
    with opened(file) as store:
        before = len(store.all(Postponed))
    out = type_lines("today", "p 7", ".back", "7")
    assert "Child assessment, task 1 of 14." in out
    with opened(file) as store:
        assert len(store.all(Postponed)) == before


def test_a_line_that_somebody_else_has_dealt_with_is_gone(type_lines: Type, file: Path) -> None:
    def done() -> None:
        with opened(file) as store:
            action = next(a for a in store.all(Action) if a.what.startswith("Send three"))
            store.commit([Change.edited(action, state=ActionState.DROPPED)])

    out = type_lines("today", done, "p 7", "1/12", "d 5")
    assert "That line is gone; an empty line says the list again." in out


def test_many_lines_of_one_sort_share_one_that_opens(type_lines: Type, file: Path) -> None:
    with opened(file) as store:
        maja = named(store, "Maja")
        day = date(2025, 11, 20)
        actions = [Action(mentee_id=maja.id, what=f"Ting {n}", due=day) for n in range(9)]
        store.commit([Change.created(one) for one in actions])
    out = type_lines("today maja")
    number = next(x for x in out.splitlines() if "Action (10)" in x).partition(".")[0]
    out = type_lines("today maja", number, "d action: ting 3", ".back", f"d {number}", "yes")
    assert "Action: Ting 3: done today" in out
    with opened(file) as store:
        done = [one for one in store.all(Action) if one.done_on == date(2025, 11, 24)]
    assert len(done) == 10


def test_all_places_are_reached_in_both_languages(type_lines: Type) -> None:
    words = {
        "en": (".plan maja", ".actions", ".talks", ".mentees", ".today"),
        "da": (".plan maja", ".aftaler", ".samtaler", ".mentees", ".i dag"),
    }
    talks = {"en": "Maja Holm: the next talk is today.", "da": "Maja Holm: næste samtale er i dag."}
    for lang, lines in words.items():
        out = type_lines("today", *lines, lang=lang)
        for said in ("Plan for Maja Holm", "Maja Holm: 4 ", talks[lang], "3 mentees."):
            assert said in out, (lang, said)


def test_a_mentee_is_chosen_where_none_is_known(type_lines: Type) -> None:
    out = type_lines("today", ".plan", "zz", "nadia")
    assert "Plan for Nadia Berg" in out


def test_a_mentee_is_added_and_has_a_next_talk(type_lines: Type, file: Path) -> None:
    out = type_lines(
        "today", ".mentees", "a", "Åse Berg", "1/12", ".talks", "1", "1 tue week 50 at 10"
    )
    assert "Åse Berg added. First day at work: Mon 01-12-2025" in out
    assert "Tue 09-12-2025, week 50" in out
    with opened(file) as store:
        ase = named(store, "Åse")
        talk = min(store.of(Talk, ase.id), key=lambda one: one.number)
        assert (talk.planned_on, talk.planned_time) == (date(2025, 12, 9), "10:00")
        assert not store.all(Conflict)


def test_a_name_is_kept_while_the_first_day_is_asked_for(type_lines: Type, file: Path) -> None:
    type_lines("today", ".mentees", "a", "Åse Berg")
    with opened(file) as store:
        assert [one.mine for one in store.all(Conflict)] == ["Åse Berg"]


def test_actions_are_added_with_who_and_when(type_lines: Type, file: Path) -> None:
    out = type_lines(
        "today maja", ".actions", ".add Læse om §", "2 maj", "yes", "3 Friday", "", "d læse"
    )
    assert "Who: Maja Holm" in out
    with opened(file) as store:
        (action,) = [one for one in store.all(Action) if one.what == "Læse om §"]
        assert (action.who, action.due) == ("mentee", date(2025, 11, 28))
        assert action.done_on == date(2025, 11, 24)


def test_a_talk_is_called_off_and_added(type_lines: Type, file: Path) -> None:
    out = type_lines("today maja", ".talks", "2", ".cancel", "yes", "a", "5/1-2026")
    assert "cancelled" in out
    with opened(file) as store:
        talks = store.of(Talk, named(store, "Maja").id)
        assert talks[-1].planned_on == date(2026, 1, 5)
        assert TalkState.CANCELLED in {talk.state for talk in talks}


def test_words_that_fit_nowhere_are_a_note_or_kept_where_nobody_is_known(
    type_lines: Type, file: Path
) -> None:
    out = type_lines("today", "En tanke uden navn", ".plan maja", "En tanke om Maja")
    assert "Kept: ! in the full-screen program shows it." in out
    with opened(file) as store:
        assert [one.mine for one in store.all(Conflict)] == ["En tanke uden navn"]
        assert [n.private for n in store.all(Note) if n.text == "En tanke om Maja"] == [True]


def test_an_empty_file_says_how_to_begin(
    mentor: Mentor, monkeypatch: pytest.MonkeyPatch, file: Path
) -> None:
    out = typing(mentor, monkeypatch)("today", ".plan", ".mentees", "a", "Bo", "1/12")
    assert "There is no mentee yet" in out
    with opened(file) as store:
        assert [one.name for one in store.all(Mentee)] == ["Bo"]


def test_the_talk_leads_elsewhere_and_back(type_lines: Type, file: Path) -> None:
    out = type_lines("talk Maja", "Vi begynder", ".plan", "1", "7 ready", ".talk", "", ".stop")
    assert "The talk waits; .talk resumes it." in out
    assert "Resuming talk 6 with Maja Holm." in out
    with opened(file) as store:
        running = [one for one in store.all(Talk) if one.state is TalkState.RUNNING]
        assert len(running) == 1


def test_a_talk_in_which_nothing_was_said_has_not_begun_when_it_is_left(
    type_lines: Type, file: Path
) -> None:
    out = type_lines("today", "6", "", ".plan")
    assert "Start the talk with Maja Holm now?" in out
    assert "the talk has not started" in " ".join(out.split())
    with opened(file) as store:
        assert not [one for one in store.all(Talk) if one.state is TalkState.RUNNING]


def test_nothing_private_is_said_unless_it_is_asked_for(type_lines: Type) -> None:
    out = type_lines("today", ".plan maja", "En hemmelig tanke", ".notes", "1", "", ".today")
    assert out.count("En hemmelig tanke") == 1  # when it was kept


def test_a_number_means_the_line_that_was_heard(type_lines: Type, file: Path) -> None:
    out = type_lines("today", "d 5", "d 4", "d 5", "u", "u")
    assert "That line is gone" in out
    assert out.count("Undone: ") == 2
    with opened(file) as store:
        found = [one for one in store.all(Action) if one.what.startswith("Send three")]
        assert [one.state for one in found] == [ActionState.OPEN]


def test_a_mentee_who_is_gone_ends_the_place_and_not_the_run(type_lines: Type, file: Path) -> None:
    def delete() -> None:
        with opened(file) as store:
            store.commit([Change.deleted(named(store, "Nadia"))])

    out = type_lines("today", ".plan nadia", delete, "a", "Ny opgave", "", ".today")
    assert "Someone else has deleted this mentee." in out
    assert "Nadia" not in out.rpartition("Today, 24-11-2025")[2]


def test_a_note_in_a_list_of_all_mentees_says_whom_it_is_about(type_lines: Type) -> None:
    out = type_lines("today", ".plan maja", ".today", "Husk kage", ".undo")
    assert "Kept as a private note about Maja Holm: Husk kage" in out
    assert "Undone: note" in out


def test_where_there_is_nobody_it_leads_to_where_one_is_added(
    file: Path, mentor: Mentor, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = typing(mentor, monkeypatch)("today", ".mentees", "a", "Ida", "1/12")
    assert "No mentees yet; .mentees and then a adds the first." in out
    with opened(file) as store:
        assert [one.name for one in store.all(Mentee)] == ["Ida"]
