"""What the grid draws: texts, columns out of sight, the cursor, and no more than has changed."""

from __future__ import annotations

import pytest
from textual.app import App, ComposeResult
from textual.geometry import Offset
from textual.strip import Strip

from tests.tools.paint import painted_at_once
from tests.widgets.grid_tools import Gridded, row
from widgets.grid import Column, Row
from widgets.grid_body import GridBody
from widgets.grid_drawing import WIDEST_REVERSED


@pytest.fixture
def app() -> Gridded:
    return Gridded([row(id) for id in "abcde"])


async def test_escape_sequences_in_a_cell_never_reach_the_terminal() -> None:
    app = Gridded([row("a", name="\x1b[31mred\x07\x1b]0;title\x07")])
    async with app.run_test(size=(60, 10)):
        assert "[red" in app.line(1)
        assert "\x1b" not in app.line(1)
        assert "\x07" not in app.line(1)


async def test_the_cell_under_the_cursor_is_marked_with_and_without_colour(app: Gridded) -> None:
    async with app.run_test(size=(60, 10)) as pilot:
        for _step in range(len(app.grid.body.columns)):
            cell = app.grid.body.cell_region()
            line = app.line(1)
            assert (line[cell.x - 1], line[cell.right]) == ("[", "]"), line
            assert sum(line.count(mark) for mark in "[]") == 2
            reversed_ = [
                segment.text
                for segment in app.grid.body.render_line(1)
                if segment.style and segment.style.reverse
            ]
            assert "".join(reversed_)[0] == "["
            assert "".join(reversed_)[-1] == "]"
            if cell.width <= WIDEST_REVERSED:
                assert "".join(reversed_) == line[cell.x - 1 : cell.right + 1], "all of it"
            await pilot.press("right")


async def test_a_row_cursor_opens_rows_and_shows_further_columns_sideways() -> None:
    app = Gridded([row(id, who="Bo Holm") for id in "ab"], cells=False)
    async with app.run_test(size=(40, 10)) as pilot:
        assert "›" in app.line(0)
        assert "Bo Holm" not in app.line(1)
        await pilot.press("right", "right")
        assert "Bo Holm" in app.line(1)
        assert "‹" in app.line(0)
        await pilot.press("left", "left", "left")
        assert "‹" not in app.line(0)
        await pilot.press("down", "enter")

    assert app.opened == [("b", "name")]


async def test_a_text_runs_on_over_empty_cells_and_stops_at_the_next_text() -> None:
    text = "Læse Ankestyrelsens principmeddelelser om partshøring sammen"
    columns = (Column("name", "", 20), Column("who", "", 20), Column("on", "", 10))
    rows = [Row("a", {"name": text}), Row("b", {"name": text, "on": "fre 04-12"})]
    app = Gridded([], cells=False)
    async with app.run_test(size=(54, 10)) as pilot:
        app.grid.show(rows, columns)
        await pilot.pause()
        assert text[:49] in app.line(1)
        assert f"{text[:40]}… fre 04-12" in app.line(2)


async def test_what_is_drawn_before_the_resize_is_told_is_laid_out_for_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(GridBody, "on_resize", lambda _body, _event: None)
    app = Gridded([row("a", who="Bo Holm")])
    async with app.run_test(size=(80, 10)):
        assert "Bo Holm" in app.line(1)


async def test_a_wide_row_has_the_whole_line_and_takes_the_cursor() -> None:
    text = "nobody yet: a adds somebody whom the mentee should meet"
    app = Gridded([Row("a", {"name": text}, wide=True), row("b")], cells=False)
    async with app.run_test(size=(70, 10)) as pilot:
        assert text in app.line(1)
        await pilot.press("down", "up")
        assert app.grid.row_id == "a"


async def test_the_terminals_cursor_is_before_the_cell_and_in_the_text(app: Gridded) -> None:
    async with app.run_test(size=(60, 10)) as pilot:
        assert app.cursor_position == Offset(0, 1)
        await pilot.press("down", "right")
        place = app.grid.body.cell_region()
        assert app.cursor_position == Offset(place.x - 1, 2)
        await pilot.press("left", "enter", "end")
        assert app.cursor_position == Offset(1 + len("name b"), 2)
        await pilot.press("escape")
        assert app.cursor_position == Offset(0, 2)


async def test_moving_draws_only_what_changes(
    app: Gridded, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with app.run_test(size=(60, 10)) as pilot:
        await pilot.pause()
        drawn: list[int] = []
        render = app.grid.body.render_line

        def note(y: int) -> Strip:
            drawn.append(y)
            return render(y)

        monkeypatch.setattr(app.grid.body, "render_line", note)
        with painted_at_once(app):
            drawn.clear()
            await pilot.press("down")
            await pilot.pause()

        assert set(drawn) == {1, 2}


async def test_the_first_picture_has_the_columns_of_its_width() -> None:
    drawn: list[str] = []

    class Watched(GridBody):
        def render_line(self, y: int) -> Strip:
            strip = super().render_line(y)
            drawn.append(strip.text)
            return strip

    class Early(App[None]):
        def compose(self) -> ComposeResult:
            yield Watched()

        def on_mount(self) -> None:
            body = self.query_one(Watched)
            body.show([Row("1", {"a": "Børnefaglig undersøgelse"})], [Column("a", "Opgave", 10, 1)])

    app = Early()
    with painted_at_once():
        async with app.run_test(size=(40, 4)) as pilot:
            await pilot.pause()

    assert any("undersøgelse" in text for text in drawn)
    assert not any("…" in text for text in drawn)
