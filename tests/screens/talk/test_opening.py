"""Before a talk opens it is asked: an extra one? and go on with what is open elsewhere?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from data.clock import now, today
from data.method.talk.lifecycle import start_talk
from data.queries.views import mentee_view
from data.records import Talk, TalkState
from data.store import saver
from data.store.change import Change
from data.store.opening import OpenedStore, open_store
from data.store.presence import place_of
from data.store.store import Store
from screens.dialogs.ask import AskDialog
from screens.dialogs.pick import PickDialog
from screens.frame.base import BaseScreen
from screens.home.screen import HomeScreen
from screens.talk.open import open_talk
from screens.talk.screen import TalkScreen
from tests.screens.conftest import screen_text
from tests.screens.talk.tools import (
    SIZE,
    Keys,
    enter,
    maja,
    planned,
    talk_screen,
    until,
    write,
)
from tui.app import MentorApp

PATIENCE = 20.0


@pytest.fixture
def colleague(path: Path, store: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """Another session on the same file; both see soon who else is there."""
    monkeypatch.setattr(saver, "PRESENCE_SECONDS", 0.02)
    assert store.flush()
    opened: OpenedStore = open_store(path, by="anna", threaded=True)
    yield opened.store
    opened.close()


def talks(store: Store) -> dict[int, Talk]:
    return {one.number: one for one in store.of(Talk, maja(store).id)}


async def press_t(app: MentorApp, pilot: Keys) -> None:
    await pilot.pause()
    assert isinstance(app.screen, BaseScreen)
    open_talk(app.screen, maja(app.store).id)
    await pilot.pause()


def agree_later(store: Store) -> Talk:
    """Move today's talk to a day and time next week, and return it."""
    later = today() + timedelta(days=7)
    moved = replace(planned(store), planned_on=later, planned_time="13:00")
    store.commit([Change.between(planned(store), moved)], "")
    return talks(store)[moved.number]


async def test_an_extra_talk_leaves_the_one_that_is_agreed_as_it_is(app: MentorApp) -> None:
    agreed = agree_later(app.store)
    before = talks(app.store)
    async with app.run_test(size=SIZE) as pilot:
        await press_t(app, pilot)
        assert isinstance(app.screen, PickDialog)
        assert "13:00" in screen_text(app)
        await pilot.press("enter")
        await pilot.pause()
        assert talk_screen(app).desk.talk.number == max(before) + 1
        await pilot.press("pagedown")
        await pilot.pause()
        assert talks(app.store)[max(before) + 1].state is TalkState.RUNNING
        assert talks(app.store)[agreed.number] == agreed


async def test_the_first_talk_of_all_is_more_likely_brought_forward(app: MentorApp) -> None:
    agreed = agree_later(app.store)
    held = mentee_view(app.store, maja(app.store)).held
    cancelled = [replace(one, state=TalkState.CANCELLED) for one in held]
    app.store.commit([*map(Change.between, held, cancelled)], "")
    async with app.run_test(size=SIZE) as pilot:
        await press_t(app, pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert talk_screen(app).desk.talk.number == agreed.number


async def test_the_agreed_talk_can_be_brought_forward(app: MentorApp) -> None:
    agreed = agree_later(app.store)
    async with app.run_test(size=SIZE) as pilot:
        await press_t(app, pilot)
        await pilot.press("down", "enter")
        await pilot.pause()
        await pilot.press("pagedown")
        await pilot.pause()
        assert talks(app.store)[agreed.number].state is TalkState.RUNNING


async def test_esc_begins_no_talk(app: MentorApp) -> None:
    agree_later(app.store)
    before = talks(app.store)
    async with app.run_test(size=SIZE) as pilot:
        await press_t(app, pilot)
        await pilot.press("escape")
        await pilot.pause()
        assert not isinstance(app.screen, TalkScreen)
        assert talks(app.store) == before


async def test_a_talk_of_today_or_of_a_day_that_has_passed_is_not_asked_about(
    app: MentorApp,
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await press_t(app, pilot)
        assert isinstance(app.screen, TalkScreen)


async def test_a_talk_that_is_open_elsewhere_says_so_and_is_taken_over_on_yes(
    app: MentorApp, store: Store, colleague: Store
) -> None:
    running, starting = start_talk(mentee_view(colleague, maja(colleague)), now())
    colleague.commit(starting, "")
    colleague.announce(place_of(running.mentee_id, running.id))
    async with app.run_test(size=SIZE) as pilot:
        await until(
            pilot,
            lambda: any(one.where for one in store.others) and _under_way(store, running.id),
            colleague,
        )
        await press_t(app, pilot)
        assert isinstance(app.screen, AskDialog)
        assert "anna" in screen_text(app)
        await pilot.press("n")
        await pilot.pause()
        assert not isinstance(app.screen, TalkScreen)
        await press_t(app, pilot)
        await pilot.press("j")
        await pilot.pause()
        assert talk_screen(app).desk.talk.id == running.id
        place = place_of(running.mentee_id, running.id)
        await until(pilot, lambda: any(one.where == place for one in colleague.others), colleague)


def _under_way(store: Store, talk_id: str) -> bool:
    talk = store.get(Talk, talk_id)
    return talk is not None and talk.state is TalkState.RUNNING


async def test_the_session_that_was_first_is_told_and_loses_no_word(
    app: MentorApp, store: Store, colleague: Store
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        screen = await enter(app, pilot)
        await pilot.press("pagedown")
        await write(pilot, "mine ord")
        talk = screen.desk.talk
        colleague.announce(place_of(talk.mentee_id, talk.id))
        await until(pilot, lambda: "anna" in screen_text(app), colleague)
        await write(pilot, " mere")
        await pilot.pause()
        assert isinstance(app.screen, TalkScreen)
        assert "mine ord mere" in screen_text(app)


async def test_the_first_screen_says_that_a_talk_is_open_and_not_that_it_was_cut_off(
    app: MentorApp, store: Store, colleague: Store
) -> None:
    running, starting = start_talk(mentee_view(store, maja(store)), now())
    store.commit(starting, "")
    async with app.run_test(size=SIZE) as pilot:
        home = HomeScreen(app.context)
        app.push_screen(home)
        await pilot.pause()
        home.opening.complete()
        await pilot.pause()
        assert "anna" not in screen_text(app)
        colleague.announce(place_of(running.mentee_id, running.id))
        await until(pilot, lambda: "anna" in screen_text(app), colleague)


async def test_esc_unstarts_an_empty_talk_that_an_earlier_session_brought_forward(
    app: MentorApp,
) -> None:
    agreed = agree_later(app.store)
    begun, starting = start_talk(
        mentee_view(app.store, maja(app.store)), now(), which=talks(app.store)[agreed.number]
    )
    app.store.commit(starting, undoable=False)
    async with app.run_test(size=SIZE) as pilot:
        await press_t(app, pilot)
        assert talk_screen(app).desk.talk.id == begun.id
        await pilot.press("pagedown", "escape")
        await pilot.pause()
        there = talks(app.store)[agreed.number]
        assert (there.state, there.planned_on) == (agreed.state, agreed.planned_on)
        assert there.started_at is None
