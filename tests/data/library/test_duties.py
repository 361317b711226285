"""The default role matrix and the rhythms."""

from __future__ import annotations

from datetime import date
from importlib import import_module

import pytest

from data import library
from data.library import duties, rhythm, rhythms, touch_points
from data.library.rolematrix import texts
from data.library.source import load
from data.records import DutyKind, Part, RoleKind

MATRIX = """
professional_training H . O M M
systems               H . . M .
choose_tasks          H . O M .
define_needs          H . M M .
plan                  H . O M .
feedback              H . . M .
side_by_side          H . . M M
quality               H . . M .
introduce             H M . M M
welcome               O H M . M
show_round            . H . . .
practical             . H . . M
social_events         . H . . M
lunch                 M H . . M
networks              M H . . M
belonging             M H M . M
motivation            M . H . .
point_out             M . H M .
clear_roles           M O H . .
time_frame            O . H . .
material              M . H . .
ready                 O M H . .
"""
COLUMNS = (
    RoleKind.MENTOR,
    RoleKind.BUDDY,
    RoleKind.MANAGER,
    RoleKind.NEWCOMER,
    RoleKind.COLLEAGUES,
)
LETTERS = {Part.MAIN: "H", Part.TAKES_PART: "M", Part.INFORMED: "O", None: "."}


def test_the_first_22_rows_are_the_matrix() -> None:
    wanted = [line.split() for line in MATRIX.strip().splitlines()]
    found = [
        [one.key, *(LETTERS[one.parts.get(role)] for role in COLUMNS)] for one in duties("da")[:22]
    ]
    assert found == wanted


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_row_has_one_main_responsibility_and_its_own_key(language: str) -> None:
    rows = duties(language)
    for row in rows:
        assert list(row.parts.values()).count(Part.MAIN) == 1, row.key
        assert row.parts[row.main] is Part.MAIN
        assert RoleKind.OWN not in row.parts
    assert len({row.key for row in rows}) == len({row.text for row in rows}) == len(rows)


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_texts_that_a_start_reads_by_itself_are_those_of_the_file(language: str) -> None:
    assert texts(language) == load(language, "duties").section("text").values


def test_the_buddys_duties_and_only_they_are_social() -> None:
    for row in duties("da"):
        assert (row.kind is DutyKind.SOCIAL) == (row.main is RoleKind.BUDDY), row.key


def test_accesses_are_due_before_the_start_and_the_welcome_on_the_day() -> None:
    due = {row.key: row.due(date(2028, 3, 1)) for row in duties("da")}
    assert due["ready"] == date(2028, 2, 29)
    assert due["welcome"] == due["show_round"] == date(2028, 3, 1)
    assert due["lunch"] == date(2028, 3, 6), "the fifth is a Sunday"
    assert due["feedback"] is None


def test_without_a_start_date_nothing_is_due() -> None:
    assert {row.due(None) for row in duties("en")} == {None}


def test_there_are_systems_to_give_access_to() -> None:
    assert sum(row.kind is DutyKind.SYSTEM for row in duties("en")) >= 3


def test_touch_points_are_the_managers_rows() -> None:
    rows = {row.key: row for row in duties("da")}
    assert [one.days for one in touch_points()] == [3, 38, 91, 182, 364]
    for point in touch_points():
        row = rows[point.duty]
        assert (row.main, row.kind, row.due_days) == (
            RoleKind.MANAGER,
            DutyKind.MANAGER,
            point.days,
        )


@pytest.mark.parametrize(
    ("key", "weeks"),
    [
        ("standard", {0: 1, 1: 1, 4: 1, 5: 2, 13: 2, 14: 4, 52: 4, 53: None}),
        ("asye", {1: 1, 6: 1, 7: 2, 26: 2, 27: 4, 53: None}),
    ],
)
def test_the_interval_grows_through_the_course(key: str, weeks: dict[int, int | None]) -> None:
    assert {week: rhythm(key).every_weeks(week) for week in weeks} == weeks


def test_an_unknown_rhythm_is_the_standard_one() -> None:
    assert rhythm("from a newer program") is rhythm("standard")
    assert [one.key for one in rhythms()] == ["standard", "asye"]
    assert rhythm("asye").title("da") != rhythm("asye").title("en")


def test_no_name_of_the_library_is_taken_by_the_module_that_holds_it() -> None:
    for module, names in library._NAMES.items():
        import_module(f"data.library.{module}")
        assert module not in names
    assert callable(library.rhythms)
