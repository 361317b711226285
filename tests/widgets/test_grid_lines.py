"""Rows in several lines, so that nothing is cut off while there is room."""

from __future__ import annotations

import pytest

from widgets.grid_lines import grid_lines, row_is_cut
from widgets.grid_model import Column, Layout, Row, fit, lay_out

WIDTH = 40
COLUMNS = (
    Column("who", "", 8),
    Column("what", "", 10, flex=1),
    Column("why", "", 10, flex=1, below="what"),
)
LONG = "1-12, in 3 days: sparring with somebody who has a long name"
ROWS = (
    Row("short", {"who": "Maja", "what": "Talk", "why": "today"}),
    Row("long", {"who": "Maja", "what": "A task with a long name", "why": LONG}),
    Row("last", {"who": "Emil", "what": "Another task with a name", "why": "today"}),
)


def layout() -> Layout:
    return lay_out(COLUMNS, WIDTH)


def test_a_row_takes_the_lines_it_needs_where_there_are_enough() -> None:
    lines = grid_lines(ROWS, layout(), WIDTH, 20)

    assert sorted(lines.spread) == [1, 2], "a row that fits stays in one line"
    wide = lines.spread[1]
    assert " ".join(wide.lines).split() == LONG.split(), "every word of it"
    assert not wide.cut
    assert all(fit(line, WIDTH - wide.x).rstrip() == line for line in wide.lines)
    assert lines.count == 3 + len(wide.lines) + 1


@pytest.mark.parametrize("height", range(3, 9))
def test_no_more_lines_are_taken_than_there_are(height: int) -> None:
    lines = grid_lines(ROWS, layout(), WIDTH, height)

    assert lines.count <= height
    assert lines.count == height or all(not wide.cut for wide in lines.spread.values())


def test_what_has_no_room_below_ends_in_an_ellipsis() -> None:
    wide = grid_lines(ROWS, layout(), WIDTH, 4).spread[1]

    assert wide.cut
    assert wide.lines[-1].endswith("…")


def test_each_line_belongs_to_its_row() -> None:
    lines = grid_lines(ROWS, layout(), WIDTH, 20)

    at = [lines.at(line) for line in range(lines.count)]
    assert [row for row, below in at if not below] == [0, 1, 2]
    assert [lines.first_of(row) for row in range(3)] == [at.index((row, 0)) for row in range(3)]
    assert [below for row, below in at if row == 1] == list(range(1 + len(lines.spread[1].lines)))


def test_a_text_over_all_columns_goes_on_below() -> None:
    row = Row("all", {"who": f"In all: {LONG}"}, wide=True)
    lines = grid_lines([row], layout(), WIDTH, 4)
    wide = lines.spread[0]

    assert [wide.begins, *wide.lines] == ["In all: 1-12, in 3 days: sparring with", *wide.lines]
    assert " ".join([wide.begins, *wide.lines]) == f"In all: {LONG}"
    assert not row_is_cut(layout(), row, lines, 0, cells=False)
    assert not grid_lines([row], layout(), WIDTH, 1).spread, "there is no line to spare"
    short = Row("all", {"who": "In all: 3"}, wide=True)
    assert not grid_lines([short], layout(), WIDTH, 4).spread


def test_what_goes_on_below_is_not_in_the_first_line_too() -> None:
    columns = (*COLUMNS[:1], Column("what", "", 10, right=True), COLUMNS[2])
    wide = grid_lines(ROWS, lay_out(columns, WIDTH), WIDTH, 20).spread[1]

    assert [place.column.key for place in wide.first] == ["who", "what"]
