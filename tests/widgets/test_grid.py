"""The grid under real keys: moving, editing in place, choosing, and rows that change meanwhile."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.widgets.grid_tools import COLUMNS, Gridded, row
from widgets.grid import Column


@pytest.fixture
def app() -> Gridded:
    return Gridded([row(id) for id in "abcde"])


async def test_enter_edits_the_cell_and_enter_saves(app: Gridded) -> None:
    async with app.run_test(size=(60, 10)) as pilot:
        await pilot.press("down", "enter", *" æøå", "enter")

        assert app.edits == [("b", "name", "name b æøå")]
        assert not app.grid.editing
        assert app.grid.body.has_focus


async def test_escape_leaves_all_as_it_was(app: Gridded) -> None:
    async with app.run_test(size=(60, 10)) as pilot:
        await pilot.press("enter", *"xyz", "escape")

        assert app.told == []
        assert "name a" in app.line(1)
        assert "xyz" not in app.line(1)
        assert app.hint == ("", False)


async def test_tab_saves_and_goes_on_to_what_can_be_edited(app: Gridded) -> None:
    async with app.run_test(size=(60, 10)) as pilot:
        await pilot.press("enter", "x", "tab")
        assert app.grid.column_key == "sign"
        await pilot.press("down", "tab", "ctrl+u", *"12", "tab")

    assert app.edits == [("a", "name", "name ax"), ("a", "size", "12")]
    assert app.choices == [("a", "sign", "high")]
    assert app.opened == [("a", "long")], "a long text is edited elsewhere"


async def test_tab_passes_cells_that_this_row_does_not_edit() -> None:
    own = {key: Column(key, "", 6) for key in ("sign", "size", "long")}
    app = Gridded([row("a")._replace(columns=own)])
    async with app.run_test(size=(60, 10)) as pilot:
        await pilot.press("enter", "tab")

        assert app.grid.column_key == "who"
        assert app.grid.editing


async def test_a_text_that_is_not_understood_stays_and_says_why(app: Gridded) -> None:
    async with app.run_test(size=(60, 10)) as pilot:
        await pilot.press("right", "right", "enter", "ctrl+u", *"4x", "enter")

        assert app.grid.editing
        assert app.hint == ("“4x” is no number", True)
        await pilot.press("tab")
        assert app.grid.column_key == "size"
        await pilot.press("backspace", "enter")

    assert app.edits == [("a", "size", "4")]


async def test_typing_goes_on_in_what_is_short_and_checked_too(app: Gridded) -> None:
    async with app.run_test(size=(60, 10)) as pilot:
        await pilot.press("right", "right", "enter")
        assert app.hint == ("= 1", False)
        await pilot.press("7", "enter", "enter", "ctrl+u", "8", "enter")

    assert app.edits == [("a", "size", "17"), ("a", "size", "8")]


@pytest.mark.parametrize(
    ("keys", "value"),
    [
        (["space"], "high"),
        (["enter", "l"], "low"),
        (["enter", "L"], "low"),
        (["enter", "down", "down", "enter"], "low"),
        (["enter", "up", "enter"], "low"),
        (["enter", "space", "right", "left", "enter"], "high"),
    ],
)
async def test_a_choice_is_made_by_letter_by_arrows_or_by_space(
    app: Gridded, keys: list[str], value: str
) -> None:
    async with app.run_test(size=(60, 10)) as pilot:
        await pilot.press("right", *keys)

    assert app.choices == [("a", "sign", value)]


async def test_letters_that_choose_nothing_are_no_commands_while_choosing(app: Gridded) -> None:
    async with app.run_test(size=(60, 10)) as pilot:
        await pilot.press("right", "enter", "j", "k", "z", "escape")

        assert app.told == []
        assert app.grid.row_id == "a"
        assert app.hint == ("", False)


async def test_the_letters_of_a_choice_are_said(app: Gridded) -> None:
    async with app.run_test(size=(60, 10)) as pilot:
        await pilot.press("right", "enter")

        assert app.hint == ("n None · h High · l Low", False)


async def test_arrows_offer_what_the_text_may_be_the_beginning_of(app: Gridded) -> None:
    async with app.run_test(size=(60, 10)) as pilot:
        await pilot.press(*["right"] * 4, "enter", *"An", "down", "down", "enter")
        await pilot.press("enter", *"An", "down", "down", "down", "enter")
        await pilot.press("enter", *"An", "up", "enter")

    assert [text for _row, _column, text in app.edits] == [
        "Anders Ågård",
        "Anne Beck",
        "Anders Ågård",
    ]


async def test_arrows_offer_all_where_nothing_was_typed_yet() -> None:
    app = Gridded([row("a", who="Bo Holm")])
    async with app.run_test(size=(60, 10)) as pilot:
        await pilot.press(*["right"] * 4, "enter", "down", "enter")

    assert app.edits == [("a", "who", "Anne Beck")]


async def test_the_cursor_stays_on_its_row_by_id_when_rows_change(app: Gridded) -> None:
    async with app.run_test(size=(60, 10)) as pilot:
        await pilot.press("down", "down", "right")
        app.grid.show([row(id) for id in "xyzabc"])
        assert (app.grid.row_id, app.grid.column_key) == ("c", "sign")
        app.grid.show([row("c"), row("a")], list(reversed(COLUMNS)))
        assert (app.grid.row_id, app.grid.column_key) == ("c", "sign")
        app.grid.show([row("a"), row("b")])
        assert app.grid.row_id == "a", "its own row has gone: the nearest place"
        app.grid.show([])
        assert app.grid.row_id == ""
        await pilot.press("down", "up", "enter", "space", "home", "end", "pagedown")
        assert app.told == []
        app.grid.show([row("a")])
        assert app.grid.row_id == "a"


async def test_an_edit_survives_rows_that_change_under_it(app: Gridded) -> None:
    async with app.run_test(size=(60, 10)) as pilot:
        await pilot.press("down", "enter", *"XY")
        app.grid.show([row("new"), *app.rows])
        await pilot.pause()
        assert "name bXY" in app.line(3)
        await pilot.press("Z", "enter")

    assert app.edits == [("b", "name", "name bXYZ")]


async def test_an_edit_survives_when_its_row_has_gone(app: Gridded) -> None:
    async with app.run_test(size=(60, 10)) as pilot:
        await pilot.press("down", "enter", *"XY")
        app.grid.show([row("a")])
        await pilot.press("Z", "enter")

    assert app.edits == [("b", "name", "name bXYZ")], "whoever asked knows whether it is gone"


async def test_an_edit_survives_a_smaller_window(app: Gridded) -> None:
    async with app.run_test(size=(120, 10)) as pilot:
        await pilot.press(*["right"] * 4, "enter", *"Bodil")
        await pilot.resize_terminal(40, 10)
        assert "Bodil" in app.line(1)
        await pilot.press("enter")

    assert app.edits == [("a", "who", "Bodil")]


@pytest.mark.parametrize("width", [40, 60, 80, 120])
@pytest.mark.parametrize("steps", range(5))
async def test_an_edit_stands_within_the_grid_at_every_width(
    app: Gridded, width: int, steps: int
) -> None:
    async with app.run_test(size=(width, 10)) as pilot:
        await pilot.press(*["right"] * steps)
        await app.grid.edit("x" * 30)
        await pilot.pause()
        editor = app.focused
        assert editor is not None
        assert editor.region.x >= 0
        assert editor.region.right <= width
        assert editor.region.width >= min(20, width) or app.grid.column_key == "sign"
        assert editor.region.y == 1


HOSTILE = [
    "[red]x[/]",
    "[@click=app.quit]x",
    "=1+1",
    ":smile: 👩🏽‍🚒",
    "e\u0301 o\u0308",
    "å" * 5000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
async def test_what_is_typed_is_kept_and_shown_as_it_is(text: str) -> None:
    app = Gridded([row("a", name=text)])
    async with app.run_test(size=(60, 10)) as pilot:
        assert app.line(1).strip().startswith("[" + text[:9])
        await pilot.press("enter", "end", "!", "enter")

    assert app.edits == [("a", "name", f"{text}!")]


async def test_the_next_choice_is_offered_only_where_there_are_choices(app: Gridded) -> None:
    async with app.run_test():
        assert app.grid.check_action("cycle", ())
        plain = [column for column in COLUMNS if column.edit != "choice"]
        app.grid.show(app.rows, plain)
        assert not app.grid.check_action("cycle", ())
        assert app.grid.check_action("enter", ())

        of_its_own = {"size": replace(COLUMNS[1], key="size")}
        app.grid.show([app.rows[0]._replace(columns=of_its_own)], plain)
        assert app.grid.check_action("cycle", ())
