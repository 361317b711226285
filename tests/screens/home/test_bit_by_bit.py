"""The first screen reads what it shows bit by bit, and answers keys meanwhile."""

from __future__ import annotations

import subprocess
import sys

import pytest
from textual.pilot import Pilot

from data.clock import now
from data.i18n import _
from data.queries.mentees import mentees
from data.records import Talk, TalkState
from data.store.change import Change
from data.store.store import Store
from screens.home.texts import nobody_text
from tests.screens.conftest import AppOn, screen_text
from tests.screens.home.support import home
from tests.tui.cli.tools import ROOT
from tui.app import MentorApp


@pytest.fixture
def slowly(monkeypatch: pytest.MonkeyPatch) -> None:
    """A computer that reads one mentee at a time."""
    monkeypatch.setattr("screens.home.opening.AT_ONCE", 1)


async def whole(app: MentorApp, keys: Pilot[int]) -> str:
    """Wait until everything is shown, and return it."""
    for _turn in range(40):
        await keys.pause()
        if not home(app).opening.names_only:
            break
    await keys.pause()
    return screen_text(app)


def cut_off(app: MentorApp, number: int) -> str:
    """Have the talk of a mentee cut off; return the mentee's id."""
    mentee = mentees(app.store)[number]
    talk = Talk(mentee_id=mentee.id, number=9, started_at=now(), state=TalkState.RUNNING)
    app.store.commit([Change.created(talk)])
    return mentee.id


async def test_it_shows_the_same_in_the_end(
    store: Store, app_on: AppOn, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = []
    for number in (99, 1):
        monkeypatch.setattr("screens.home.opening.AT_ONCE", number)
        app = app_on(store)
        async with app.run_test(size=(80, 24)) as keys:
            shown.append(await whole(app, keys))
    assert shown[0] == shown[1]


@pytest.mark.usefixtures("slowly")
async def test_what_takes_long_says_how_far_it_has_come(
    store: Store, app_on: AppOn, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, seconds in (("SAID_FROM", 0.0), ("SAID_AGAIN", 0.0), ("BETWEEN", 0.05)):
        monkeypatch.setattr(f"screens.home.opening.{name}", seconds)
    app, seen = app_on(store), set()
    async with app.run_test(size=(80, 24)) as keys:
        number = len(mentees(store))
        texts = {
            _("{done} of {number} mentees have been read.").format(done=done, number=number)
            for done in range(1, number)
        }
        for _turn in range(200):
            await keys.pause(0.01)
            seen |= {text for text in texts if text in screen_text(app)}
            if not home(app).opening.names_only:
                break
        assert seen
        await whole(app, keys)
        assert not any(text in screen_text(app) for text in texts)


@pytest.mark.usefixtures("slowly")
async def test_what_changes_meanwhile_is_shown(store: Store, app_on: AppOn) -> None:
    app = app_on(store)
    async with app.run_test(size=(80, 24)) as keys:
        opening = home(app).opening
        assert not home(app).lists.read_ahead(1), "some are left"
        went_on = cut_off(app, 0)
        await whole(app, keys)
        assert not opening.names_only
        assert home(app).lists.mentee_id == went_on
        assert home(app).lists.cut_off is not None


@pytest.mark.usefixtures("slowly")
async def test_the_cursor_stays_where_the_user_has_moved_it(store: Store, app_on: AppOn) -> None:
    app = app_on(store)
    first, second, third = mentees(app.store)
    cut_off(app, 2)
    async with app.run_test(size=(80, 24)) as keys:
        screen = home(app)
        screen.opening._is_reading = False
        screen.opening.names_only = True
        screen.lists.mentees.go_to(first.id)
        screen.lists._listings.clear()
        screen.opening.complete()
        assert screen.opening.names_only, "it has only begun"
        screen.lists.mentees.body.action_move(1, 0)
        await whole(app, keys)
        assert screen.lists.mentee_id == second.id != third.id


@pytest.mark.usefixtures("slowly")
async def test_a_name_that_is_looked_for_meanwhile_is_found(
    store: Store, app_on: AppOn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("screens.home.opening.BETWEEN", 60.0)
    app = app_on(store)
    async with app.run_test(size=(80, 24)) as keys:
        assert home(app).opening.names_only
        last = mentees(store)[-1]
        await keys.press("slash", *last.name[:4].replace(" ", ""))
        await keys.pause()
        assert not home(app).opening.names_only
        assert home(app).lists.mentee_id == last.id
        assert nobody_text(last.name[:4], closed=False) not in screen_text(app)
        assert _("Nothing needs attention today.") not in screen_text(app)


def test_what_is_due_is_not_loaded_before_more_than_names_is_shown() -> None:
    """A key pressed at once opens its screen before that, and is not to wait for it."""
    late = ("data.method.today", "data.queries.kept", "screens.home.listing", "screens.home.texts")
    code = (
        "import sys, screens.overview.screen, screens.home.screen\n"
        f"print(*(one for one in sys.modules if one.startswith({late!r})))"
    )
    found = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert found.stdout.split() == []
