"""The note field paints only what changed, and what it paints is what a full repaint shows."""

from __future__ import annotations

import random

import pytest
from textual.app import App, ComposeResult
from textual.containers import Vertical
from textual.events import Paste
from textual.pilot import Pilot

from tests.tui.terminal.replay import Twins
from tests.tui.terminal.tape import Session, TapeDriver
from widgets.line_input import LineInput
from widgets.note_area import NoteArea

SIZE = (30, 9)
KEYS = (
    *("left", "right", "up", "down", "backspace", "delete", "enter", "home", "end", "ctrl+z"),
    *("ctrl+y", "shift+left", "shift+up", "pageup", "pagedown", "ctrl+w", "ctrl+k", "ctrl+u"),
)


class NotesApp(App[None]):
    """A note above a line."""

    ENABLE_COMMAND_PALETTE = False
    CSS = "NoteArea { height: 6; } #growing { height: auto; max-height: 5; }"

    def __init__(self, text: str = "", *, taped: bool = False) -> None:
        super().__init__(driver_class=TapeDriver if taped else None)
        self.text = text
        self.edits: list[str] = []

    def compose(self) -> ComposeResult:
        self.area = NoteArea(self.text, id="note")
        self.line = LineInput("navn", id="line")
        yield self.area
        yield self.line

    def on_note_area_edited(self, event: NoteArea.Edited) -> None:
        assert event.control is self.area
        self.edits.append(event.text)


def typed(rng: random.Random) -> tuple[str, str | None]:
    if rng.random() < 0.7:
        letter = rng.choice("aåæ bø漢🙂. ")
        return letter, letter
    name = rng.choice(KEYS)
    return name, None


async def test_end_goes_behind_the_last_letter_of_a_word_that_is_cut() -> None:
    app = NotesApp("x" * 70)
    async with app.run_test(size=SIZE) as pilot:
        app.area.focus()
        app.area.move_cursor((0, 0))
        await pilot.press("end", "!")
        assert app.area.text.index("!") == app.area.wrapped_document.get_offsets(0)[0]
        app.area.move_cursor((0, 60))
        await pilot.press("end")
        assert app.area.cursor_location == (0, 71)


@pytest.mark.parametrize("seed", range(2))
async def test_what_is_painted_is_what_a_full_repaint_shows(seed: int) -> None:
    rng = random.Random(seed)
    async with Session(NotesApp("en tekst\n" * 3, taped=True), SIZE) as session:
        twins = Twins(*SIZE)
        for number in range(60):
            if number % 20 == 19:
                session.paste("mange linjer " * 12 + "\n" + "flere\n" * rng.randint(0, 9))
            else:
                session.key(*typed(rng))
            await session.settle()
            for frame in session.take():
                twins.write(frame)
            painted = [twins.stock.line(y) for y in range(SIZE[1])]
            styles = [[cell.style for cell in row] for row in twins.stock.buffer]
            session.app.screen.refresh()
            await session.settle()
            for frame in session.take():
                twins.write(frame)
            assert painted == [twins.stock.line(y) for y in range(SIZE[1])]
            assert styles == [[cell.style for cell in row] for row in twins.stock.buffer]


async def test_a_letter_repaints_one_line() -> None:
    async with Session(NotesApp("en tekst", taped=True), SIZE) as session:
        session.key("x", "x")
        await session.settle()
        session.take()
        session.key("y", "y")
        await session.settle()
        frames = session.take()
        assert len(frames) == 1
        assert frames[0].count("\n") == 0


def paste(pilot: Pilot[None], text: str) -> None:
    pilot.app.post_message(Paste(text))


async def test_undo_after_a_paste_of_many_lines_gives_the_text_back() -> None:
    app = NotesApp("før")
    async with app.run_test(size=SIZE) as pilot:
        paste(pilot, "\n".join(f"linje {number}" for number in range(50)))
        await pilot.pause()
        await pilot.press("ctrl+z")
        assert app.area.text == "før"
        await pilot.press("ctrl+y")
        assert app.area.text.count("\n") == 49
        await pilot.press("ctrl+z", "x")
        assert app.area.text == "førx"


async def test_a_paste_keeps_its_lines_and_loses_its_control_characters() -> None:
    app = NotesApp()
    async with app.run_test(size=SIZE) as pilot:
        paste(pilot, "\x1b[31mrød\x1b[0m\r\næøå\tx\x07\x00")
        await pilot.pause()
        assert app.area.text == "rød\næøå x"
        assert app.edits[-1] == app.area.text


async def test_several_pasted_lines_become_one_in_a_line() -> None:
    app = NotesApp()
    async with app.run_test(size=SIZE) as pilot:
        app.line.focus()
        await pilot.pause()
        paste(pilot, " og\r\nefter\nnavn\n")
        await pilot.pause()
        assert app.line.value == "navn og efter navn"
        app.line.selection = app.line.selection._replace(start=0)
        paste(pilot, "ny")
        await pilot.pause()
        assert app.line.value == "ny"


async def test_fifty_thousand_characters_are_pasted_without_a_wait() -> None:
    app = NotesApp()
    async with app.run_test(size=SIZE) as pilot:
        paste(pilot, "Et afsnit med mange ord i. " * 1900)
        await pilot.pause()
        assert len(app.area.text) == 27 * 1900
        await pilot.press("x", "enter", "ctrl+z")
        assert len(app.area.text) == 27 * 1900 + 1


async def test_a_letter_with_alt_is_not_typed() -> None:
    app = NotesApp("a")
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("alt+x")
        app.line.focus()
        await pilot.press("alt+x")
        assert (app.area.text, app.line.value) == ("a", "navn")


async def test_tab_goes_on_and_selects_nothing() -> None:
    app = NotesApp("a")
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("tab")
        assert app.focused is app.line
        await pilot.press("x")
        assert app.line.value == "navnx"


async def test_it_grows_with_its_text_where_its_container_lets_it() -> None:
    class GrowingApp(App[None]):
        CSS = NotesApp.CSS

        def compose(self) -> ComposeResult:
            with Vertical():
                yield NoteArea("en", id="growing")

    app = GrowingApp()
    async with app.run_test(size=SIZE) as pilot:
        area = app.query_one(NoteArea)
        assert area.size.height == 1
        await pilot.press("enter", "enter")
        await pilot.pause()
        assert area.size.height == 3
        await pilot.press(*["enter"] * 9)
        await pilot.pause()
        assert area.size.height == 5


async def test_no_cursor_is_painted() -> None:
    app = NotesApp("tekst")
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("home")
        for widget in (app.area, app.line):
            widget.focus()
            await pilot.pause()
            styles = {segment.style for segment in widget.render_line(0) if segment.text.strip()}
            assert len(styles) == 1
