"""Somebody else deletes the mentee while a session stands on it: nothing breaks, no text goes."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.records import Mentee
from data.store.change import Change
from data.store.opening import open_store
from data.store.store import Store
from screens.dialogs.form import FormDialog
from screens.home.screen import HomeScreen
from tests.tools.hurry import until
from tui.app import MentorApp

FRONTS = {
    "a dialog": ("n", "ctrl+t"),
    "a form": ("e",),
    "a note": ("n",),
    "help": ("f1",),
    "the palette": ("ctrl+p",),
    "the talk": ("t",),
    "a talk's list of steps": ("t", "ctrl+g"),
}


@pytest.fixture
def first() -> type[HomeScreen]:
    """These tests begin where a user does."""
    return HomeScreen


def delete_mentees(path: Path) -> None:
    """Delete them all in another session."""
    other = open_store(path, by="mette", threaded=False)
    other.store.commit([Change.deleted(mentee) for mentee in other.store.all(Mentee)])
    other.close()


@pytest.mark.parametrize("front", FRONTS)
@pytest.mark.parametrize("then", ["", "f6"])
async def test_what_is_in_front_stays_and_all_behind_it_goes_when_it_goes(
    app: MentorApp, store: Store, path: Path, front: str, then: str
) -> None:
    store.flush()
    async with app.run_test(size=(80, 24)) as keys:
        await keys.pause()
        await keys.press("enter", *FRONTS[front])
        await keys.pause()
        shown = app.screen
        delete_mentees(path)
        await until(lambda: not store.all(Mentee))
        await keys.pause()
        if then:
            await keys.press(then)
        await keys.resize_terminal(100, 30)
        await keys.pause()
        assert app.screen is shown or front.startswith(("the talk",))
        for _step in range(6):
            await keys.press("escape")
            await keys.pause()
        assert isinstance(app.screen, HomeScreen)
        assert app.crash is None


async def test_keys_are_commands_again_where_nobody_is_left_in_the_list(
    app: MentorApp, store: Store, path: Path
) -> None:
    store.flush()
    async with app.run_test(size=(80, 24)) as keys:
        await keys.pause()
        await keys.press("e")
        await keys.pause()
        delete_mentees(path)
        await until(lambda: not store.all(Mentee))
        await keys.pause()
        await keys.press("escape")
        await keys.pause()
        assert isinstance(app.screen, HomeScreen)
        await keys.press("a")
        await keys.pause()
        assert isinstance(app.screen, FormDialog)
