"""How a talk ends: the next date, the aims, the summary; and talks about which little is there."""

from __future__ import annotations

from datetime import date

import pytest

from data.clock import today
from data.records import (
    Answer,
    Mentee,
    Talk,
    TalkState,
    Task,
)
from data.store.change import Change
from screens.talk.papers import SummaryScreen
from screens.talk.read import TalkReadScreen
from tests.screens.conftest import screen_text
from tests.screens.talk.tools import (
    SIZE,
    answers,
    enter,
    go,
    grid_of,
    maja,
    running,
    step,
    write,
)
from tui.app import MentorApp


async def test_the_end_asks_for_the_next_date_and_proposes_it(app: MentorApp) -> None:
    store = app.store
    series = store.of(Talk, maja(store).id)
    later = next(one for one in series if one.planned_on and one.planned_on > today())
    async with app.run_test(size=SIZE) as pilot:
        await enter(app, pilot)
        await go(app, pilot, "help")
        await write(pilot, "Intet")
        await pilot.press("f10")
        await pilot.pause()
        assert step(app) == "close"
        talk = running(store)
        await pilot.press("f10")
        await pilot.pause()
        assert running(store).id == talk.id, "it asks first"
        await pilot.press("f10")
        await pilot.pause()
        await pilot.pause()

        held = store.get(Talk, talk.id)
        assert held is not None
        assert held.state is TalkState.HELD
        assert held.next_on == later.planned_on
        assert isinstance(app.screen, TalkReadScreen)
        assert len(store.of(Talk, maja(store).id)) == len(series)


async def test_another_date_moves_the_next_talk_and_keeps_its_number(app: MentorApp) -> None:
    store = app.store
    later = next(
        one for one in store.of(Talk, maja(store).id) if one.planned_on and one.planned_on > today()
    )
    async with app.run_test(size=SIZE) as pilot:
        await enter(app, pilot)
        await pilot.press("f10")
        await pilot.pause()
        await pilot.press("tab", "enter")
        await pilot.pause()
        await pilot.press("ctrl+u")
        await write(pilot, "30/11")
        await pilot.press("f10")
        await pilot.pause()
        await pilot.press("f10")
        await pilot.pause()
        await pilot.pause()

        moved = store.get(Talk, later.id)
        assert moved is not None
        assert (moved.planned_on, moved.number) == (date(2026, 11, 30), later.number)


async def test_no_next_talk_must_be_chosen(app: MentorApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await enter(app, pilot)
        await pilot.press("enter")
        number = running(app.store).number
        await pilot.press("f10")
        await pilot.pause()
        await pilot.press("f10")
        await pilot.pause()
        await pilot.press("tab", "j", "f10")
        await pilot.pause()
        await pilot.pause()

        held = next(one for one in app.store.of(Talk, maja(app.store).id) if one.number == number)
        assert (held.state, held.next_on, held.no_next) == (TalkState.HELD, None, True)


async def test_aims_are_ticked_and_what_the_mentor_learned_is_kept(app: MentorApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await enter(app, pilot)
        await go(app, pilot, "close")
        assert running(app.store).aims == ()
        grid_of(app).go_to("aim:goals")
        await pilot.press("space")
        await pilot.press("tab", "f2")
        await write(pilot, "At tie stille")
        await pilot.pause()

        assert running(app.store).aims == ("goals",)
        assert answers(app.store)["close"].mentor == "At tie stille"


@pytest.mark.parametrize("key", ["help", "wellbeing"])
async def test_the_summary_is_never_empty_and_never_private(app: MentorApp, key: str) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await enter(app, pilot)
        await go(app, pilot, key)
        await write(pilot, "KANARIE")
        await pilot.press("f10")
        await pilot.pause()
        await pilot.press("tab", "space", "f10")
        await pilot.pause()
        await pilot.pause()
        assert isinstance(app.screen, TalkReadScreen)
        assert "KANARIE" in app.screen.pane.plain
        await pilot.press("S")
        await pilot.pause()

        assert isinstance(app.screen_stack[-1], SummaryScreen)
        assert ("KANARIE" in app.screen.pane.plain) == (key == "help")
        assert len(app.screen.pane.plain.strip()) > 40


async def test_a_question_taken_out_meanwhile_keeps_its_answer(app: MentorApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await enter(app, pilot)
        await go(app, pilot, "skills")
        key = step(app)
        await write(pilot, "Overblik")
        await pilot.pause()
        asked = answers(app.store)[key].question
        await pilot.press("escape")
        task = app.store.get(Task, key.partition(":")[2])
        assert task is not None
        app.store.commit([Change.deleted(task)])
        await enter(app, pilot)
        await pilot.pause()

        assert step(app) == key
        assert asked[:30] in screen_text(app).replace("\n", " ")
        assert "Overblik" in screen_text(app)


async def test_a_mentee_with_nothing_at_all_can_have_a_talk(app: MentorApp) -> None:
    nobody = Mentee(name="Ny Person")
    app.store.commit([Change.created(nobody)])
    async with app.run_test(size=SIZE) as pilot:
        await enter(app, pilot, nobody)
        for _n in range(16):
            await pilot.press("pagedown")
            await pilot.pause()
        assert step(app) == "close"
        await pilot.press("f10")
        await pilot.pause()
        await pilot.press("f10")
        await pilot.pause()
        await pilot.pause()

        talks = app.store.of(Talk, nobody.id)
        assert [(one.number, one.state) for one in talks] == [
            (1, TalkState.HELD),
            (2, TalkState.PLANNED),
        ]
        assert app.store.of(Answer, nobody.id) == []
