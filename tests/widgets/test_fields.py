"""Fields and bars: one line to type in, one choice, the title line, notices and keys."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from textual import on
from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.css.scalar import Scalar
from textual.geometry import Offset
from textual.widget import Widget
from textual.widgets import Static

from data.i18n import set_language
from widgets.bars import KeyBar, NoticeBar, Tab, TitleBar
from widgets.checked_input import CheckedInput
from widgets.choice_field import ChoiceField
from widgets.edit_messages import Understood
from widgets.glyphs import glyphs, use_ascii
from widgets.grid import Choice, lettered
from widgets.keys import YES, key_label
from widgets.reading import HEADING, PLAIN, QUIET, Footnote, ReadingPane


class Holder(App[None]):
    """One widget, and what its text was understood as."""

    def __init__(self, widget: Widget) -> None:
        super().__init__()
        self.widget = widget
        self.said: list[tuple[str, bool]] = []

    def compose(self) -> ComposeResult:
        yield self.widget

    @on(Understood)
    def keep(self, event: Understood) -> None:
        self.said.append((event.text, event.problem))

    def line(self, y: int = 0) -> str:
        return self.screen._compositor.render_strips()[y].text


@pytest.fixture
def ascii_only() -> Iterator[None]:
    use_ascii(True)
    yield
    use_ascii(False)


# -- a line with a check --------------------------------------------------------------------------


def even(text: str) -> str:
    if text and int(text) % 2:
        raise ValueError("odd")
    return "even"


async def test_each_key_says_how_the_text_is_understood() -> None:
    app = Holder(CheckedInput(check=even))
    async with app.run_test() as pilot:
        app.widget.focus()
        await pilot.press("2", "1")
        await pilot.pause()

    assert app.said[-2:] == [("even", False), ("odd", True)]


async def test_a_field_without_check_keeps_its_text_when_typed_in() -> None:
    app = Holder(Static())
    async with app.run_test() as pilot:
        field = CheckedInput("abc")
        await app.mount(field)
        field.focus()
        await pilot.press("d")

        assert field.value == "abcd"
        assert app.said == []


async def test_arrows_walk_through_suggestions_and_back_to_typing() -> None:
    def suggest(text: str) -> Sequence[str]:
        return [name for name in ("Anne", "Anders", "Bo") if name.startswith(text)]

    field = CheckedInput(suggest=suggest)
    app = Holder(field)
    async with app.run_test() as pilot:
        field.focus()
        await pilot.press("A", "down")
        assert field.value == "Anne"
        await pilot.press("down", "down", "up")
        assert field.value == "Anders"
        await pilot.press("x", "down")
        assert field.value == "Andersx", "nothing begins so"
        await pilot.press("ctrl+u", "up")
        assert field.value == "Bo", "backwards begins with the last"


# -- a choice -------------------------------------------------------------------------------------

CHOICES = lettered(("", "ingen"), ("h", "Høj"), ("l", "Lav"))


@pytest.mark.parametrize(
    ("keys", "value"),
    [
        (["space"], "l"),
        (["right", "right"], ""),
        (["left", "left"], "l"),
        (["l"], "l"),
        (["I"], ""),
        (["z", "1"], "h"),
    ],
)
async def test_a_choice_takes_letters_space_and_arrows(keys: list[str], value: str) -> None:
    field = ChoiceField(CHOICES, "h")
    app = Holder(field)
    async with app.run_test() as pilot:
        field.focus()
        await pilot.press(*keys)

    assert field.value == value


async def test_a_choice_shows_itself_and_that_there_are_more() -> None:
    field = ChoiceField(CHOICES, "unknown")
    app = Holder(field)
    async with app.run_test() as pilot:
        field.focus()
        await pilot.pause()
        assert app.line().startswith("‹ ingen ›")
        assert field.legend == "i ingen · h Høj · l Lav"
        assert app.cursor_position == Offset(2, 0)


# -- bars -----------------------------------------------------------------------------------------

TABS = [Tab(str(i), name, current=i == 2) for i, name in enumerate(("Overblik", "Plan", "Roller"))]


@pytest.mark.parametrize(
    ("width", "line"),
    [
        (60, " Maja Holm · uge 6 0 Overblik 1 Plan 2 Roller    Gemt 08:05"),
        (56, " Maja Holm · uge 6 0 Overblik 1 Plan 2 Roller Gemt 08:05"),
        (54, " Maja Holm · uge 6 0Overblik 1Plan 2Roller Gemt 08:05"),
        (45, " Maja H. 0Overblik 1Plan 2Roller  Gemt 08:05"),
        (43, " Maja H. 0Overblik 1Plan 2Roller Gemt 08:05"),
        (42, " Maja Holm · uge 6             Gemt 08:05\n 0 Overblik 1 Plan 2 Roller"),
        (26, " Maja Holm · u… Gemt 08:05\n 0Overblik 1Plan 2Roller"),
        (23, " 0 1 2Roller Gemt 08:05"),
    ],
)
async def test_a_title_line_gives_up_the_least_first(width: int, line: str) -> None:
    bar = TitleBar()
    app = Holder(bar)
    async with app.run_test(size=(width, 2)):
        bar.show("Maja Holm · uge 6", TABS, "Gemt 08:05", short="Maja H.")
        shown = [bar.render_line(y).text.rstrip() for y in range(line.count("\n") + 1)]
        assert "\n".join(shown) == line
        assert bar.styles.height == Scalar.from_number(len(shown))


async def test_a_long_name_is_cut_and_the_saved_time_stays() -> None:
    bar = TitleBar()
    app = Holder(bar)
    async with app.run_test(size=(40, 1)):
        bar.show("[b]" + "Meget lang " * 10, TABS, "IKKE GEMT", alarm=True)
        shown = bar.render_line(0).text
        assert shown.startswith(" [b]Meget")
        assert "2 Roller" in bar.render_line(1).text
        assert shown.endswith("IKKE GEMT")


async def test_a_problem_is_told_by_a_sign_too() -> None:
    bar = NoticeBar()
    app = Holder(bar)
    async with app.run_test(size=(20, 1)):
        bar.show("[b]gemt[/b]")
        assert bar.render_line(0).text.rstrip() == " [b]gemt[/b]"
        bar.show("disken er fuld", problem=True)
        assert bar.render_line(0).text.rstrip() == " ! disken er fuld"


async def test_a_choice_too_long_for_its_line_is_cut_between_its_angles_and_said_whole() -> None:
    field = ChoiceField([Choice("w", "hver uge den første måned"), Choice("m", "hver måned")])
    app = Holder(field)
    async with app.run_test(size=(20, 2)) as pilot:
        await pilot.pause()
        assert app.line() == "‹ hver uge den fø… ›"
        assert field.hint == "hver uge den første måned"
        field.value = "m"
        assert field.hint == ""


async def test_a_long_notice_takes_the_lines_it_needs_and_gives_them_back() -> None:
    bar = NoticeBar()
    app = Holder(bar)
    async with app.run_test(size=(20, 6)) as pilot:
        bar.show("disken er fuld, og mere er der ikke", problem=True)
        await pilot.pause()
        assert bar.size.height == 3
        lines = [bar.render_line(y).text.rstrip() for y in range(3)]
        assert lines == [" ! disken er fuld,", "   og mere er der", "   ikke"]
        bar.show("ord " * 40)
        await pilot.pause()
        assert bar.size.height == 3
        assert bar.render_line(2).text.rstrip().endswith("…")
        bar.show("")
        await pilot.pause()
        assert bar.size.height == 1


async def test_keys_that_do_not_fit_give_way_to_those_at_the_right() -> None:
    bar = KeyBar()
    app = Holder(bar)
    async with app.run_test(size=(30, 1)):
        bar.show([("a", "Tilføj"), ("e", "Ret"), ("x", "Slet alt")], [("F1", "Hjælp")])
        assert bar.render_line(0).text == " a Tilføj e Ret       F1 Hjælp"


@pytest.mark.parametrize(
    ("key", "label"),
    [
        ("f10", "F10"),
        ("ctrl+p", "Ctrl+P"),
        ("shift+tab", "Shift+Tab"),
        ("escape", "Esc"),
        ("question_mark", "?"),
        ("pagedown", "PgDn"),
        ("u", "u"),
        ("U", "U"),
    ],
)
def test_keys_are_written_as_on_a_keyboard(key: str, label: str) -> None:
    assert key_label(Binding(key, "x", "X")) == label


@pytest.mark.parametrize(
    ("language", "letter", "space"), [("da", "j", "Mellemrum"), ("en", "y", "Space")]
)
def test_keys_that_are_words_follow_the_language(language: str, letter: str, space: str) -> None:
    set_language(language)
    assert key_label(Binding("y", "x", "X", key_display=YES)) == letter
    assert key_label(Binding("space", "x", "X")) == space


@pytest.mark.usefixtures("ascii_only")
def test_a_terminal_without_other_characters_gets_ascii() -> None:
    text = glyphs("▐▌▎›‹…–—·•●○◐✓█▓▒░▁▏│─┼├└→←↑↓")
    assert text.isascii()
    assert len(text) == 29


# -- text to read ---------------------------------------------------------------------------------


async def test_a_page_is_scrolled_by_letters_and_the_cursor_is_at_its_text() -> None:
    pane = ReadingPane()
    app = Holder(pane)
    async with app.run_test(size=(40, 5)) as pilot:
        parts = [(HEADING, "[b]Over[/b]skrift"), (PLAIN, "tekst\n" * 20), (QUIET, "note")]
        pane.show(parts)
        pane.focus()
        await pilot.pause()
        assert "[b]Over[/b]skrift" in app.line()
        assert app.cursor_position == pane.content_region.offset
        await pilot.press("j", "space")
        await pilot.pause()
        assert "skrift" not in app.line()


async def test_a_footnote_leaves_empty_lines_out() -> None:
    note = Footnote()
    app = Holder(note)
    async with app.run_test(size=(40, 5)) as pilot:
        note.show("[i]Navn[/i]", "", "mere")
        await pilot.pause()
        assert note.plain == "[i]Navn[/i]\nmere"
        assert app.line().strip() == "[i]Navn[/i]"
        assert app.line(1).strip() == "mere"
