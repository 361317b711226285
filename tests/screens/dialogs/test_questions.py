"""Questions answered by a letter, and lists in which one thing is picked."""

from __future__ import annotations

import pytest
from textual.geometry import Offset

from data.i18n import _, set_language
from data.store.store import Store
from screens.dialogs.ask import AskDialog
from screens.dialogs.form import yes_no
from screens.dialogs.pick import PickDialog, Picked
from screens.frame.help_keys import key_lines
from screens.overview.screen import OverviewScreen
from tests.screens.conftest import screen_text
from tests.screens.dialogs.support import ITEMS, opened
from tests.screens.places import go
from tui.app import MentorApp


async def test_the_box_can_be_told_from_the_screen_behind(app: MentorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        behind = screen_text(app).splitlines()
        await opened(app, pilot, AskDialog("Slet [b]dette[/b]?"))
        lines = screen_text(app).splitlines()

    top = next(y for y, line in enumerate(lines) if "┌" in line)
    bottom = next(y for y, line in enumerate(lines) if "└" in line)
    assert "Slet [b]dette[/b]?" in lines[top + 1], "a title is never markup"
    assert lines[:top] == behind[:top]
    assert lines[bottom + 1 :] == behind[bottom + 1 :]


@pytest.mark.parametrize(
    ("key", "answer"), [("j", True), ("y", True), ("n", None), ("escape", None)]
)
async def test_a_question_is_answered_by_letter(
    app: MentorApp, key: str, answer: bool | None
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        answers = await opened(app, pilot, AskDialog("Slet?"))
        await pilot.press("enter", "space", "x", "a")
        assert answers == [], "no key does it by habit"
        await pilot.press(key)

    assert answers == [answer]


async def test_a_question_says_that_it_can_be_undone_only_where_it_can(app: MentorApp) -> None:
    said = _("It can be undone with u")
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot, AskDialog("Slet?", "Tre noter følger med."))
        assert said in screen_text(app)
        assert "Tre noter følger med." in screen_text(app)
        await pilot.press("n")
        await opened(app, pilot, AskDialog("Forlad?", undoable=False))
        assert said not in screen_text(app)


@pytest.mark.parametrize("language", ["da", "en"])
async def test_the_letters_of_yes_and_no_are_those_of_the_words(
    app: MentorApp, language: str
) -> None:
    set_language(language)
    choice = yes_no("x", "X", value=False)
    assert [one.letter for one in choice.choices] == [_("no")[0], _("yes")[0]]
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot, AskDialog("?"))
        assert f"{_('Yes')[0].lower()} {_('Yes')}" in screen_text(app)


async def test_the_terminals_cursor_is_on_the_question(app: MentorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot, AskDialog("Slet?"))
        await pilot.pause()
        x, y = app.cursor_position
        assert screen_text(app).splitlines()[y][x:].startswith("Slet?")


async def test_typing_finds_what_is_picked(app: MentorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        answers = await opened(app, pilot, PickDialog("Hvem?", ITEMS))
        await pilot.press(*"aagaard")
        assert "Anne Beck" not in screen_text(app).split("Hvem?")[1]
        await pilot.press("enter")

    assert answers == [Picked("2", "aagaard")]


async def test_arrows_move_while_typing_and_the_beginning_of_a_name_counts_most(
    app: MentorApp,
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        answers = await opened(app, pilot, PickDialog("Hvem?", ITEMS))
        await pilot.press("b", "enter")
        answers += await opened(app, pilot, PickDialog("Hvem?", ITEMS))
        await pilot.press("down", "down", "up", "enter")

    assert answers == [Picked("2", "b")]


async def test_tab_takes_no_letter_from_the_line(app: MentorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        answers = await opened(app, pilot, PickDialog("Hvem?", ITEMS, new="Ny: {name}"))
        await pilot.press("s", "tab", "o", "shift+tab", "j", "f10", "g", "ctrl+s", "x", "enter")

    assert answers == [Picked("", "sojgx")]


async def test_help_names_the_arrows_that_choose_while_one_types(app: MentorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(app, pilot, PickDialog("Hvem?", ITEMS))
        keys = dict(key_lines(app.screen))
    assert (keys["↓"], keys["↑"]) == (_("Next"), _("Previous"))


async def test_a_new_thing_can_be_named_where_that_is_allowed(app: MentorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        answers = await opened(app, pilot, PickDialog("Hvem?", ITEMS, new="Ny: {name}"))
        await pilot.press(*"[b]Ib", "enter")

    assert answers == [Picked("", "[b]Ib")]


async def test_nothing_that_fits_is_said_and_enter_waits(app: MentorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        answers = await opened(app, pilot, PickDialog("Hvem?", ITEMS))
        await pilot.press(*"xyz", "enter")
        assert answers == []
        assert _("No match; change what you typed") in screen_text(app)
        await pilot.press("escape")

    assert answers == [None]


async def test_the_cursor_goes_back_to_the_list_behind(app: MentorApp, store: Store) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await go(app, pilot, OverviewScreen, "down")
        before = app.cursor_position
        assert before != Offset(0, 0)
        await opened(app, pilot, AskDialog("?"))
        assert app.cursor_position != before
        await pilot.press("n")
        await pilot.pause()
        assert app.cursor_position == before
