"""What a reminder says: counts by day, and names only where they are given."""

from __future__ import annotations

from datetime import date

from data.method.today.reminder import reminder
from data.method.today.rows import Due, DueKind, MarkAs

DAY = date(2025, 11, 24)


def row(kind: DueKind, on: date | None, mentee: str = "1") -> Due:
    return Due(kind, mentee, "Maja", "7", on, "Hemmeligt", "En grund", MarkAs.OPEN)


ROWS = [
    row(DueKind.DUTY, date(2025, 11, 3)),
    row(DueKind.ACTION, date(2025, 11, 20), "2"),
    row(DueKind.DUTY, date(2025, 11, 20)),
    row(DueKind.TALK, DAY),
    row(DueKind.STALE, None, "2"),
    row(DueKind.TALK, date(2025, 11, 27)),
]


def test_it_counts_by_day_what_waits_first_and_what_has_no_day_last() -> None:
    said = reminder(ROWS, DAY, shows="mentor due")
    assert said.subject == "mentor: 6 things need attention, 24-11-2025"
    assert said.lines == (
        "Today, 24-11-2025: 6 things need attention.",
        "",
        "Mon 03-11-2025 to Thu 20-11-2025: Duty (2); Action (1)",
        "Mon 24-11-2025: Talk (1)",
        "Thu 27-11-2025: Talk (1)",
        "No date: No news (1)",
        "",
        "Which they are: mentor due",
    )


def test_with_names_each_mentee_has_lines_and_a_name_stays_in_its_line() -> None:
    names = {"1": "Maja\nBcc: x", "2": "Bo"}
    said = reminder(ROWS, DAY, shows="mentor due", names=names, week=True)
    assert said.lines[0] == "The week from 24-11-2025: 6 things need attention."
    assert said.lines[2:4] == (
        "Maja Bcc: x:",
        "  Mon 03-11-2025 to Thu 20-11-2025: Duty (2)",
    )
    assert "Bo:" in said.lines
    assert "Maja" not in said.subject


def test_one_thing_is_said_as_one() -> None:
    said = reminder([row(DueKind.TALK, DAY)], DAY, shows="mentor due")
    assert said.subject == "mentor: 1 thing needs attention, 24-11-2025"
    assert said.lines[0] == "Today, 24-11-2025: 1 thing needs attention."
