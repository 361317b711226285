"""The talk keeps its word: what a step says it does, happens without another key."""

from __future__ import annotations

import pytest

from data.clock import today
from data.documents.model.lines import text_of
from data.documents.sources import document_of
from data.i18n import _
from data.method.plan.agreed import changed_since_agreed, stamp_holds
from data.queries.views import mentee_view
from data.records import Goal, Mentee, Source, Talk, Task
from data.store.change import Change
from data.store.store import Store
from screens.overview.screen import OverviewScreen
from tests.screens.conftest import screen_text
from tests.screens.talk.tools import (
    SIZE,
    Keys,
    answers,
    enter,
    go,
    grid_of,
    maja,
    planned,
    running,
    step,
    talk_screen,
    write,
)
from tui.app import MentorApp


@pytest.fixture
def about_one(app: MentorApp) -> Task:
    """The talk is about one task, which has a next step."""
    talk = planned(app.store)
    task = app.store.get(Task, talk.task_ids[0])
    assert task is not None
    app.store.commit(
        [
            Change.edited(talk, task_ids=talk.task_ids[:1]),
            Change.edited(task, next_step="ring til Rikke"),
        ],
        undoable=False,
    )
    return now(app.store, task)


def now(store: Store, task: Task) -> Task:
    found = store.get(Task, task.id)
    assert found is not None
    return found


def shared_summary(store: Store, talk: Talk) -> str:
    return text_of(document_of(store, "summary", maja(store), talk))


# -- potential and next step ----------------------------------------------------------------------


async def test_words_at_potential_are_the_potential_in_the_voice_that_said_them(
    app: MentorApp, about_one: Task
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await enter(app, pilot)
        await go(app, pilot, "potential")
        await pilot.press("f2")
        await write(pilot, "vil lede")
        await pilot.press("pagedown")
        await pilot.pause()
        task = now(app.store, about_one)
        assert task.potential == f"{about_one.potential}\nvil lede"
        assert task.potential_source is Source.MENTEE
        assert running(app.store).plan_edits[0].field == "potential"
        app.store.undo()
        assert now(app.store, about_one).potential == about_one.potential
        assert "potential" not in answers(app.store), "one undo takes words and plan back"


async def test_a_next_step_shows_what_it_replaces_and_f3_keeps_both_or_neither(
    app: MentorApp, about_one: Task
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await enter(app, pilot)
        await go(app, pilot, "next")
        assert "ring til Rikke" in screen_text(app), "before anything is written"
        await write(pilot, "skriv udkast")
        for keys, expected in (
            (["pagedown", "pageup"], "skriv udkast"),
            (["f3", "enter"], "ring til Rikke\nskriv udkast"),
            (["f3", "2"], "ring til Rikke"),
            (["f3", "enter"], "skriv udkast"),
        ):
            for key in keys:
                await pilot.press(key)
                for _n in range(6):
                    await pilot.pause()
            assert now(app.store, about_one).next_step == expected
        assert answers(app.store)["next"].mentor == "skriv udkast"


async def test_private_words_stand_on_no_task(app: MentorApp, about_one: Task) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await enter(app, pilot)
        await go(app, pilot, "potential")
        await write(pilot, "KANARIE")
        await pilot.press("pagedown", "pageup")
        await pilot.pause()
        assert "KANARIE" in now(app.store, about_one).potential
        await pilot.press("f4", "pagedown")
        await pilot.pause()
        assert now(app.store, about_one).potential == about_one.potential


# -- the summary has every sentence ---------------------------------------------------------------


async def test_every_word_typed_in_any_step_is_in_the_summary_or_said_to_stay_out(
    app: MentorApp, about_one: Task
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        screen = await enter(app, pilot)
        typed = {}
        while True:
            here = screen.pane.step
            for side in ("a", "b"):
                word = f"{here.base[:6]}{side}x"
                await write(pilot, word)
                await pilot.pause()
                label = screen.pane.words
                typed[word] = (here.base, label.active)
                await pilot.press("f2")
                await pilot.pause()
            if here.base == "close":
                break
            await pilot.press("pagedown")
            await pilot.pause()
            if screen is not app.screen:  # the initials of the mentee
                await pilot.press("m", "h", "enter")
                await pilot.pause()
        talk = running(app.store)
        text = shared_summary(app.store, talk)
    left_out = {where for word, where in typed.items() if word not in text}
    assert {base for base, _key in left_out} == {"wellbeing", "close"}
    assert [key for base, key in left_out if base == "close"] == ["close||mentor"]


# -- the closing step -----------------------------------------------------------------------------


async def test_the_way_out_names_what_is_missing_and_enter_goes_there(app: MentorApp) -> None:
    store = app.store
    store.commit([Change.edited(maja(store), newly_qualified=True)], undoable=False)
    async with app.run_test(size=SIZE) as pilot:
        await enter(app, pilot)
        await pilot.press("f10")
        await pilot.pause()
        await pilot.pause()
        assert step(app) == "close"
        assert _("recognition") in screen_text(app)
        assert _("the plan together") in screen_text(app)
        for wanted in ("plan", "praise"):
            await go(app, pilot, "close")
            grid_of(app).go_to(f"missing:{wanted}")
            await pilot.press("enter")
            await pilot.pause()
            assert step(app) == wanted


async def test_the_short_talk_has_recognition_and_the_plan(app: MentorApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        screen = await enter(app, pilot)
        screen.desk.edit_talk("", short=True)
        assert {"praise", "plan"} <= {one.key for one in screen.desk.flow.steps}


# -- the plan together ----------------------------------------------------------------------------


async def test_tab_goes_round_and_a_stray_word_deletes_nothing(app: MentorApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        screen = await enter(app, pilot)
        await pilot.press("enter")
        await go(app, pilot, "plan")
        before = app.store.of(Task, maja(app.store).id)
        goals = app.store.of(Goal, maja(app.store).id)
        assert _("On the list letters are keys; Tab continues") in screen_text(app)
        await pilot.press(*"xyzjxjy")
        await pilot.pause()
        assert app.screen is screen
        await pilot.press("tab", "tab")
        await pilot.pause()
        assert screen.pane.words.active
        await pilot.press("tab", "g", "x", "y", "j", "escape")
        await pilot.pause()
        assert [one.id for one in app.store.of(Task, maja(app.store).id)] == [
            one.id for one in before
        ]
        assert len(app.store.of(Goal, maja(app.store).id)) == len(goals)


@pytest.mark.parametrize("field", ["title", "next_step", "goals"])
async def test_page_down_saves_what_is_being_written_and_goes_on(
    app: MentorApp, field: str
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await enter(app, pilot)
        await pilot.press("enter")
        await go(app, pilot, "plan")
        grid = grid_of(app)
        grid.go_to(grid.row_id, field)
        id = grid.row_id
        await pilot.press("enter")
        await pilot.pause()
        if field == "goals":
            await pilot.press("a")
            await pilot.pause()
        await write(pilot, "mere")
        await pilot.press("pagedown")
        await pilot.pause()
        await pilot.pause()
        await pilot.press("m", "h", "enter")
        await pilot.pause()
        await pilot.pause()
        assert step(app) == "close"
        if field == "goals":
            assert any("mere" in one.text for one in app.store.of(Goal, maja(app.store).id))
        else:
            task = app.store.get(Task, id)
            assert task is not None
            assert "mere" in getattr(task, field)


async def test_page_down_stays_where_a_cell_cannot_be_saved(app: MentorApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await enter(app, pilot)
        await pilot.press("enter")
        await go(app, pilot, "plan")
        grid = grid_of(app)
        grid.go_to(grid.row_id, "sparring_on")
        await pilot.press("enter")
        await pilot.pause()
        await write(pilot, "vrøvl")
        await pilot.press("pagedown")
        await pilot.pause()
        assert step(app) == "plan"
        assert grid.editing


# -- agreed by two hands --------------------------------------------------------------------------


async def stamp(pilot: Keys, *keys: str) -> None:
    await pilot.press("f9")
    await pilot.pause()
    await pilot.press(*keys)
    await pilot.pause()
    await pilot.pause()


async def test_without_the_initials_of_the_mentee_nothing_is_agreed(app: MentorApp) -> None:
    store = app.store
    before = maja(store)
    async with app.run_test(size=SIZE) as pilot:
        screen = await enter(app, pilot)
        await pilot.press("enter")
        await go(app, pilot, "plan")
        await stamp(pilot, "enter")
        assert app.screen is not screen, "an empty field agrees on nothing"
        await pilot.press("escape")
        await pilot.pause()
        assert maja(store).plan_agreed_on == before.plan_agreed_on
        await stamp(pilot, "M", "H", "enter")
        after = maja(store)
        assert (after.plan_agreed_on, after.plan_agreed_initials) == (today(), "MH")
        assert stamp_holds(after)
        assert not changed_since_agreed(mentee_view(store, after))


async def test_the_stamp_stands_on_the_overview_and_a_later_edit_is_marked(app: MentorApp) -> None:
    store = app.store
    async with app.run_test(size=SIZE) as pilot:
        await enter(app, pilot)
        await pilot.press("enter")
        await go(app, pilot, "plan")
        await stamp(pilot, "M", "H", "enter")
        task = store.get(Task, grid_of(app).row_id)
        assert task is not None
        store.commit([Change.edited(task, title=f"{task.title}!")])
        app.push_screen(OverviewScreen(talk_screen(app).context, maja(store).id))
        await pilot.pause()
        assert "(MH)" in screen_text(app)
        assert _("{number} changed").format(number=1) in screen_text(app)


def test_a_stamp_that_was_changed_afterwards_does_not_hold(store: Store) -> None:
    mentee = next(one for one in store.all(Mentee) if one.plan_agreed_on)
    assert stamp_holds(mentee)
    store.commit([Change.edited(mentee, plan_agreed_initials="XX")])
    changed = store.get(Mentee, mentee.id)
    assert changed is not None
    assert not stamp_holds(changed)


# -- both voices ----------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_both_voices_stay_readable(app: MentorApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        await enter(app, pilot)
        await go(app, pilot, "works")
        for voice in ("mentee", "mentor"):
            for number in (1, 2, 3):
                await write(pilot, f"{voice}{number}")
                if number < 3:
                    await pilot.press("enter")
            await pilot.press("f2")
            await pilot.pause()
        text = screen_text(app)
        for voice in ("mentee", "mentor"):
            for number in (1, 2, 3):
                assert f"{voice}{number}" in text
