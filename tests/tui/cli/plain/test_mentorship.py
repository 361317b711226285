"""The mentorship line by line: its days, which may move talks, a pause, and closing it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from data.records import CourseState, Mentee, Talk, TalkState
from tests.tui.cli.plain.tools import Type, named, opened


def maja(file: Path) -> Mentee:
    with opened(file) as store:
        return named(store, "Maja")


def test_texts_and_a_pause_are_changed(type_lines: Type, file: Path) -> None:
    type_lines("today maja", ".mentorship", "2 Rådgiver", "4 Har to børn", "7 paused", "8 1/2-2026")
    mentee = maja(file)
    assert (mentee.title, mentee.about) == ("Rådgiver", "Har to børn")
    assert (mentee.state, mentee.back_on) == (CourseState.PAUSED, date(2026, 2, 1))
    type_lines("today maja", ".mentorship", "7 active")
    assert maja(file).back_on is None


def test_another_first_day_says_which_talks_it_moves_and_asks(type_lines: Type, file: Path) -> None:
    out = type_lines("today emil", ".mentorship", "5 15/12", "", "5 15/12", "yes", lang="en")
    assert "This moves" in out
    assert "Talk 1: " in out
    assert "Nothing was changed." in out
    assert "First day at work: Mon 15-12-2025" in out
    with opened(file) as store:
        assert named(store, "Emil").start == date(2025, 12, 15)


def test_an_end_before_the_start_is_refused_and_talks_after_it_are_asked_about(
    type_lines: Type, file: Path
) -> None:
    new = (".mentees", "a", "Åse", "1/12", ".mentorship")
    out = type_lines("today", *new, "6 1/1-2025", "1/3-2026", "3")
    assert "The mentorship cannot end before it starts" in out
    assert "planned after the end on 01-03-2026." in out
    with opened(file) as store:
        ase = named(store, "Åse")
        talks = store.of(Talk, ase.id)
    assert ase.ends == date(2026, 3, 1)
    late = [one for one in talks if one.planned_on and one.planned_on > ase.ends]
    assert {one.state for one in late} == {TalkState.CANCELLED}


def test_it_is_closed_when_that_is_meant(type_lines: Type, file: Path) -> None:
    out = type_lines("today maja", ".mentorship", ".close", "", ".close", "yes", ".today")
    assert "Still open: Action: " in out
    assert "Mentorship with Maja Holm closed." in out
    mentee = maja(file)
    assert (mentee.state, mentee.closed_on) == (CourseState.CLOSED, date(2025, 11, 24))
