"""A held talk is corrected on the page that shows it, as on the day after (R51)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from textual.pilot import Pilot

from data.clock import today
from data.i18n import _
from data.method.talk.correct import corrections_of
from data.method.view import held_on
from data.queries.views import mentee_view
from data.records import Answer, Talk, TalkState
from data.store.change import Change
from data.store.store import Store
from screens.dialogs.form import FormDialog
from screens.dialogs.pick import PickDialog
from screens.talk.papers import SummaryScreen
from screens.talk.read import TalkReadScreen
from tests.screens.conftest import screen_text
from tests.screens.talk.tools import SIZE, maja, talk_screen, write
from tui.app import MentorApp

Keys = Pilot[int]


def held(store: Store) -> Talk:
    return mentee_view(store, maja(store)).held[-1]


def answer_of(store: Store, key: str) -> Answer:
    talk = held(store)
    return next(
        one for one in store.of(Answer, talk.mentee_id) if (one.talk_id, one.key) == (talk.id, key)
    )


async def page(app: MentorApp, pilot: Keys, key: str = "", **fields: object) -> TalkReadScreen:
    """Open Maja's last held talk with the mark on an answer, whose fields are given first."""
    await pilot.pause()
    if key:
        answer = answer_of(app.store, key)
        app.store.commit([Change.edited(answer, **fields)], "")
    screen = TalkReadScreen(app.context, held(app.store).id)
    app.push_screen(screen)
    await pilot.pause()
    if key:
        for _number in range(60):
            if screen.pane.marked == f"answer:{answer.id}":
                break
            await pilot.press("down")
        assert screen.pane.marked == f"answer:{answer.id}"
    return screen


async def test_a_typo_is_corrected_and_the_summary_and_the_history_follow(app: MentorApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        screen = await page(app, pilot, "occupied", mentee="Jeg er optagt af det", mentor="")
        await pilot.press("e")
        await pilot.pause()
        await pilot.press("end", *["left"] * len("gt af det"), "a", "f10")
        await pilot.pause()

        assert answer_of(app.store, "occupied").mentee == "Jeg er optaagt af det"
        said = _("corrected on {date}").format(date=f"{today():%d-%m-%Y}")
        assert said in screen.pane.plain
        assert "optagt af det" not in screen.pane.plain
        await pilot.press("v")
        assert "optagt af det" in screen.pane.plain
        await pilot.press("S")
        await pilot.pause()
        assert isinstance(app.screen, SummaryScreen)
        assert "optaagt af det" in app.screen.pane.plain
        await pilot.press("escape", "u")
        await pilot.pause()
        assert answer_of(app.store, "occupied").mentee == "Jeg er optagt af det"
        assert said not in screen.pane.plain


async def test_a_sentence_goes_to_the_other_voice(app: MentorApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await page(app, pilot, "occupied", mentee="Det går godt. Husk kvitteringen.", mentor="Ja")
        await pilot.press("f2")
        await pilot.pause()
        assert isinstance(app.screen, PickDialog)
        await write(pilot, "Husk")
        await pilot.press("enter")
        await pilot.pause()

        after = answer_of(app.store, "occupied")
        assert (after.mentee, after.mentor) == ("Det går godt.", "Ja\nHusk kvitteringen.")
        stood = {one.field: one.before for one in corrections_of(after)}
        assert stood == {"mentee": "Det går godt. Husk kvitteringen.", "mentor": "Ja"}


async def test_late_made_private_leaves_summary_shared_view_and_history(app: MentorApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        screen = await page(app, pilot, "occupied", mentee="hemmelig sag", private=False)
        await pilot.press("f4")
        await pilot.pause()
        assert answer_of(app.store, "occupied").private
        assert "hemmelig" in screen.pane.plain
        await pilot.press("S")
        await pilot.pause()
        assert isinstance(app.screen, SummaryScreen)
        assert "hemmelig" not in app.screen.pane.plain
        # What stood there while it was private is private still, when it is shared again.
        await pilot.press("escape", "e", *["backspace"] * 20)
        await write(pilot, "mild sag")
        await pilot.press("f10", "f4", "v", "f6")
        await pilot.pause()
        assert answer_of(app.store, "occupied").mentee == "mild sag"
        assert "mild sag" in screen.pane.plain
        assert "hemmelig" not in screen.pane.plain


async def test_wellbeing_stays_private(app: MentorApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await page(app, pilot, "wellbeing", mentee="lidt træt")
        await pilot.press("f4")
        await pilot.pause()
        assert _("What is said about wellbeing is always private") in screen_text(app)


async def test_day_time_and_minutes_are_corrected(app: MentorApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        screen = await page(app, pilot)
        before = held(app.store)
        await pilot.press("e")
        await pilot.pause()
        for text in ("2/11/2026", "9.30", "50"):
            await pilot.press("ctrl+u")
            await write(pilot, text)
            await pilot.press("tab")
        await pilot.press("f10")
        await pilot.pause()

        after = app.store.get(Talk, before.id)
        assert after is not None
        assert after.started_at is not None
        assert after.ended_at is not None
        assert held_on(after) == date(2026, 11, 2)
        assert f"{after.started_at:%H:%M}" == "09:30"
        assert (after.ended_at - after.started_at).total_seconds() == 50 * 60
        await pilot.press("v")
        assert f"{held_on(before):%d-%m-%Y}" in screen.pane.plain
        assert _("{minutes} min").format(minutes=50) in screen.pane.plain


async def test_no_held_talk_is_moved_to_the_future(app: MentorApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await page(app, pilot)
        before = held(app.store)
        await pilot.press("e")
        await pilot.pause()
        await pilot.press("ctrl+u")
        await write(pilot, "1/1/2030")
        await pilot.press("f10")
        await pilot.pause()
        assert isinstance(app.screen, FormDialog)
        assert _("A talk that has been held cannot be in the future") in screen_text(app)
        assert held(app.store) == before


async def test_a_reopened_talk_keeps_its_time_and_moves_no_other(app: MentorApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await page(app, pilot, "occupied", mentee="før", private=False)
        before = held(app.store)
        others = {one.id: one for one in app.store.of(Talk, before.mentee_id)}
        await pilot.press("r")
        await pilot.pause()
        await pilot.press("j")
        await pilot.pause()
        assert talk_screen(app).desk.talk.id == before.id
        answer = answer_by_id(app.store, before.id)
        app.store.commit([Change.edited(answer, mentee="efter")], "")
        await pilot.press("f10", "f10")
        await pilot.pause()

        assert isinstance(app.screen, TalkReadScreen)
        after = app.store.get(Talk, before.id)
        assert after is not None
        assert after.state is TalkState.HELD
        assert (after.started_at, after.ended_at) == (before.started_at, before.ended_at)
        now = {one.id: one for one in app.store.of(Talk, before.mentee_id)}
        assert {id: one.planned_on for id, one in now.items()} == {
            id: one.planned_on for id, one in others.items()
        }
        found = corrections_of(answer_by_id(app.store, before.id))
        assert [one.before for one in found] == ["før"]
        rest = [
            one
            for one in app.store.of(Answer, before.mentee_id)
            if one.talk_id == before.id and one.key != "occupied"
        ]
        assert not any(map(corrections_of, rest)), "what stayed as it was is no correction"


def answer_by_id(store: Store, talk_id: str) -> Answer:
    return next(
        one
        for one in store.of(Answer, maja(store).id)
        if (one.talk_id, one.key) == (talk_id, "occupied")
    )


async def test_only_one_talk_is_under_way(app: MentorApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        later = next(one for one in app.store.of(Talk, maja(app.store).id) if one.number == 7)
        app.store.commit([Change.between(later, replace(later, state=TalkState.RUNNING))], "")
        await page(app, pilot)
        await pilot.press("r")
        await pilot.pause()
        assert isinstance(app.screen, TalkReadScreen)
        assert "7" in screen_text(app)
        assert held(app.store).state is TalkState.HELD
