"""Headings in a grid: the cursor passes them, however far it moves, and they come into sight."""

from __future__ import annotations

from textual.app import App, ComposeResult

from widgets.grid import Column, Grid, Row


class Headed(App[None]):
    def compose(self) -> ComposeResult:
        self.grid = Grid([Column("text", "", 10, flex=1)], header=False)
        yield self.grid

    def on_mount(self) -> None:
        rows = []
        for section in "abcd":
            rows.append(Row(section, {"text": f"heading {section}"}, heading=True))
            rows += [Row(f"{section}{n}", {"text": f"{section}{n}"}) for n in range(5)]
        self.grid.show(rows)
        self.grid.focus()


async def test_no_key_leaves_the_cursor_on_a_heading() -> None:
    app = Headed()
    async with app.run_test(size=(30, 7)) as pilot:
        for key in ("home", "end", "home", *["pagedown"] * 5, *["pageup"] * 5, "up", "down"):
            await pilot.press(key)
            assert app.grid.body.row
            assert not app.grid.body.row.heading, key


async def test_a_page_further_the_last_row_is_the_first() -> None:
    app = Headed()
    async with app.run_test(size=(30, 7)) as pilot:
        body = app.grid.body
        await pilot.press("pagedown")
        assert body.scroll_offset.y == 6
        await pilot.press("pagedown", "pageup")
        assert body.scroll_offset.y == 6
        await pilot.press(*["pagedown"] * 9)
        assert body.scroll_offset.y == 24 - 7
        assert app.grid.row_id == "d4"
        await pilot.press(*["pageup"] * 9)
        assert (body.scroll_offset.y, app.grid.row_id) == (0, "a0")


async def test_the_first_heading_comes_back_into_sight() -> None:
    app = Headed()
    async with app.run_test(size=(30, 7)) as pilot:
        await pilot.press("end", "home")

        assert app.grid.row_id == "a0"
        assert app.grid.body.scroll_offset.y == 0
