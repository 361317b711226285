"""Rows that are made when they are first seen."""

from __future__ import annotations

import pytest
from textual.app import App, ComposeResult

from widgets.grid import Column, Grid, Row
from widgets.grid_rows import LateRows, ids_of

MANY = 500


class _App(App[None]):
    def __init__(self) -> None:
        super().__init__()
        self.made: list[int] = []
        self.grid = Grid((Column("text", "Text", 10),))

    def compose(self) -> ComposeResult:
        yield self.grid

    def rows(self) -> LateRows:
        def make(at: int) -> Row:
            self.made.append(at)
            return Row(f"id{at}", {"text": f"row {at}"})

        return LateRows([f"id{at}" for at in range(MANY)], make)

    def on_mount(self) -> None:
        self.grid.show(self.rows())
        self.grid.focus()


def test_they_are_made_once_and_as_a_list_would_give_them() -> None:
    app = _App()
    rows = app.rows()
    assert len(rows) == MANY
    assert rows[-1].id == f"id{MANY - 1}"
    assert [row.id for row in rows[2:5]] == ["id2", "id3", "id4"]
    assert rows[2] is rows[2:3][0]
    assert app.made == [MANY - 1, 2, 3, 4]
    assert list(ids_of(rows)) == ids_of(tuple(rows))
    with pytest.raises(IndexError):
        rows[MANY]


async def test_a_grid_makes_only_those_in_sight() -> None:
    app = _App()
    async with app.run_test(size=(40, 12)) as pilot:
        await pilot.pause()
        assert set(app.made) <= set(range(12))
        app.made.clear()
        await pilot.press("end")
        await pilot.pause()
        assert app.grid.row_id == f"id{MANY - 1}"
        assert set(app.made) <= set(range(MANY - 12, MANY))
        assert app.grid.go_to("id200")
        await pilot.pause()
        app.made.clear()
        app.grid.show(app.rows())
        await pilot.pause()
        assert app.grid.row_id == "id200"
        assert len(set(app.made)) <= 13
        assert not app.grid.go_to("gone")
        assert app.grid.row_id == "id200"
