"""The guided talk by keys: how it begins, is left and goes on."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from textual import events

from data.clock import Clock, now, set_clock
from data.i18n import _
from data.records import (
    Answer,
    Mentee,
    Note,
    Talk,
    TalkState,
)
from data.store.change import Change
from data.store.store import Store
from screens.talk.open import DraftDialog
from screens.talk.series import TalksScreen
from tests.screens.conftest import AppOn, screen_text
from tests.screens.talk.tools import (
    SIZE,
    answers,
    enter,
    go,
    maja,
    planned,
    running,
    step,
    write,
)
from tui.app import MentorApp


async def test_a_look_at_the_opening_card_leaves_nothing_behind(app: MentorApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await enter(app, pilot)
        assert _("Who sees it: {text}").format(text="Det, vi taler om")[:20] in screen_text(app)
        await pilot.press("escape")

        assert planned(app.store).state is TalkState.PLANNED
        assert app.store.undo() is None


async def test_a_talk_in_which_nothing_happened_has_not_begun(app: MentorApp) -> None:
    before = planned(app.store)
    async with app.run_test(size=SIZE) as pilot:
        await enter(app, pilot)
        await go(app, pilot, "help")
        await write(pilot, "x")
        await pilot.press("backspace", "pageup", "escape")
        await pilot.pause()

        after = app.store.get(Talk, before.id)
        assert after is not None
        assert (after.state, after.started_at) == (TalkState.PLANNED, None)
        assert not [one for one in app.store.all(Answer) if one.talk_id == before.id]


async def test_a_new_talk_in_which_nothing_happened_leaves_no_number(app: MentorApp) -> None:
    nobody = Mentee(name="Ny Person")
    app.store.commit([Change.created(nobody)])
    async with app.run_test(size=SIZE) as pilot:
        app.push_screen(TalksScreen(app.context, nobody.id))
        await pilot.pause()
        await pilot.press("t")
        await pilot.pause()
        await pilot.press("pagedown")
        await pilot.pause()
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, TalksScreen)
        assert app.store.of(Talk, nobody.id) == []


async def test_the_planned_talk_of_today_is_the_one_that_begins(app: MentorApp) -> None:
    due = planned(app.store)
    async with app.run_test(size=SIZE) as pilot:
        await enter(app, pilot)
        await pilot.press("enter")
        await pilot.pause()

        assert step(app) == "since"
        assert running(app.store).id == due.id
        assert running(app.store).number == due.number


async def test_typing_starts_at_once_and_is_kept_under_the_wording_asked(app: MentorApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await enter(app, pilot)
        await go(app, pilot, "occupied")
        await write(pilot, "Akut sag")
        await pilot.press("f2")
        await write(pilot, "Godt set")
        await pilot.pause()

        kept = answers(app.store)["occupied"]
        assert (kept.mentee, kept.mentor) == ("Akut sag", "Godt set")
        assert kept.question.startswith("Hvad har du særlig været optaget af")


async def test_a_talk_left_goes_on_at_the_same_step_field_and_words(app: MentorApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        app.push_screen(TalksScreen(app.context, maja(app.store).id))
        await enter(app, pilot)
        await go(app, pilot, "help")
        await pilot.press("tab")
        await write(pilot, "Ring")
        await pilot.press("escape")
        assert _("Talk {number} is saved as it is; t resumes it")[:5] in screen_text(app)
        await pilot.press("t")
        await pilot.pause()
        await write(pilot, " nu")
        await pilot.pause()

        assert step(app) == "help"
        assert answers(app.store)["help"].mentor == "Ring nu"


async def test_words_of_a_session_that_was_never_closed_are_there_in_the_next(
    app: MentorApp, app_on: AppOn, store: Store
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await enter(app, pilot)
        await go(app, pilot, "works")
        await write(pilot, "Mødet gik godt")
        await pilot.pause()
        store.flush()
    again = app_on(store)
    async with again.run_test(size=SIZE) as pilot:
        await enter(again, pilot)

        assert step(again) == "works"
        assert "Mødet gik godt" in screen_text(again)


async def test_a_key_and_page_down_at_once_lose_no_letter(app: MentorApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await enter(app, pilot)
        await go(app, pilot, "occupied")
        for letter in "abc":
            await pilot.press(letter, "pagedown", "pageup")
        await pilot.pause()

        assert answers(app.store)["occupied"].mentee == "abc"


async def test_keys_in_one_burst_go_where_they_would_one_by_one(app: MentorApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await enter(app, pilot)
        await go(app, pilot, "occupied")
        for key in (*"abc", "f2", *"def", "pagedown", *"gh", "tab", "i", "pageup", "x"):
            app.post_message(events.Key(key, key if len(key) == 1 else None))
        for _n in range(20):
            await pilot.pause()

        found = answers(app.store)
        assert (found["occupied"].mentee, found["occupied"].mentor) == ("abcx", "def")
        assert (found["works"].mentee, found["works"].mentor) == ("gh", "i")


@pytest.mark.parametrize("empty", [False, True])
async def test_an_old_draft_is_asked_about_and_can_be_put_aside(
    app: MentorApp, *, empty: bool
) -> None:
    talk = planned(app.store)
    begun = now() - timedelta(days=20)
    app.store.commit([Change.edited(talk, state=TalkState.RUNNING, started_at=begun, step="help")])
    if not empty:
        note = Note(mentee_id=talk.mentee_id, talk_id=talk.id, text="Ord")
        app.store.commit([Change.created(note)])
    async with app.run_test(size=SIZE) as pilot:
        app.push_screen(TalksScreen(app.context, talk.mentee_id))
        await pilot.pause()
        await pilot.press("t")
        await pilot.pause()
        assert isinstance(app.screen, DraftDialog)
        await pilot.press("p")
        await pilot.pause()

        after = app.store.get(Talk, talk.id)
        assert after is not None
        assert after.state is (talk.state if empty else TalkState.ARCHIVED)
        assert after.planned_on == talk.planned_on


async def test_an_old_draft_can_be_gone_on_with(app: MentorApp) -> None:
    talk = planned(app.store)
    begun = now() - timedelta(days=20)
    app.store.commit([Change.edited(talk, state=TalkState.RUNNING, started_at=begun, step="help")])
    async with app.run_test(size=SIZE) as pilot:
        app.push_screen(TalksScreen(app.context, talk.mentee_id))
        await pilot.pause()
        await pilot.press("t")
        await pilot.pause()
        await pilot.press("t")
        await pilot.pause()

        assert step(app) == "help"
        assert _("{spent} of {planned} min").format(spent=0, planned=45) in screen_text(app)


async def test_minutes_are_counted_from_the_start(app: MentorApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await enter(app, pilot)
        await pilot.press("enter")
        set_clock(Clock(datetime(2026, 11, 23, 8, 28)))  # noqa: DTZ001
        await go(app, pilot, "occupied")
        await write(pilot, "x")
        await pilot.pause()

        assert _("{spent} of {planned} min").format(spent=23, planned=45) in screen_text(app)
