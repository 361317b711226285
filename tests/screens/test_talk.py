"""The guided talk by keys: steps, words, what they become, and the end."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from textual import events
from textual.pilot import Pilot

from data.change import Change
from data.clock import Clock, now, set_clock, today
from data.i18n import _
from data.records import (
    Action,
    ActionState,
    Answer,
    Goal,
    Intent,
    Mentee,
    Talk,
    TalkState,
    Task,
)
from data.store import Store
from screens.base import BaseScreen
from screens.talk import TalkScreen, open_talk
from screens.talk_open import DraftDialog
from screens.talks import TalksScreen
from tests.screens.conftest import AppOn, screen_text
from tui.app import MentorApp
from widgets.grid import Grid
from widgets.step_rail import StepRail

SIZE = (80, 24)
Keys = Pilot[int]


def maja(store: Store) -> Mentee:
    return next(one for one in store.all(Mentee) if one.name.startswith("Maja"))


def running(store: Store) -> Talk:
    return next(one for one in store.of(Talk, maja(store).id) if one.state is TalkState.RUNNING)


def planned(store: Store) -> Talk:
    return next(one for one in store.of(Talk, maja(store).id) if one.planned_on == today())


def answers(store: Store) -> dict[str, Answer]:
    talk = running(store)
    return {one.key: one for one in store.of(Answer, talk.mentee_id) if one.talk_id == talk.id}


def talk_screen(app: MentorApp) -> TalkScreen:
    assert isinstance(app.screen, TalkScreen)
    return app.screen


def step(app: MentorApp) -> str:
    return talk_screen(app).pane.step.key


def grid_of(app: MentorApp) -> Grid:
    rows = talk_screen(app).pane.list
    assert rows is not None
    return rows.grid


async def write(pilot: Keys, text: str) -> None:
    await pilot.press(*("space" if char == " " else char for char in text))


async def enter(app: MentorApp, pilot: Keys, mentee: Mentee | None = None) -> TalkScreen:
    """Start or resume the talk of a mentee, Maja if none is named, as `t` does."""
    await pilot.pause()
    assert isinstance(app.screen, BaseScreen)
    open_talk(app.screen, (mentee or maja(app.store)).id)
    await pilot.pause()
    return talk_screen(app)


async def go(app: MentorApp, pilot: Keys, key: str) -> None:
    """Go to a step as Ctrl+G does, and to its list if it has one."""
    wanted = (step for step in talk_screen(app).desk.flow.steps if key in (step.key, step.base))
    app.screen.post_message(StepRail.Picked(next(wanted).key))
    await pilot.pause()
    pane = talk_screen(app).pane
    assert pane.step.base == key.partition(":")[0]
    if pane.list is not None:
        assert pane.words.active, "typing starts at once"
        await pilot.press("tab")
        await pilot.pause()


# -- starting and resuming ---------------------------------------------------------------------


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
        assert _("Talk {number} is kept as it is; t goes on with it")[:5] in screen_text(app)
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


async def test_an_old_draft_is_asked_about_and_can_be_put_aside(app: MentorApp) -> None:
    talk = planned(app.store)
    begun = now() - timedelta(days=20)
    app.store.commit([Change.edited(talk, state=TalkState.RUNNING, started_at=begun, step="help")])
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
        assert after.state is TalkState.ARCHIVED


async def test_an_old_draft_can_be_gone_on_with(app: MentorApp) -> None:
    talk = planned(app.store)
    begun = now() - timedelta(days=20)
    app.store.commit([Change.edited(talk, state=TalkState.RUNNING, started_at=begun, step="help")])
    async with app.run_test(size=SIZE) as pilot:
        app.push_screen(TalksScreen(app.context, talk.mentee_id))
        await pilot.pause()
        await pilot.press("t")
        await pilot.pause()
        await pilot.press("g")
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


# -- the steps ---------------------------------------------------------------------------------


async def test_the_short_talk_has_five_steps(app: MentorApp) -> None:
    talk = planned(app.store)
    app.store.commit([Change.edited(talk, task_ids=(), prepared_on=None)])
    async with app.run_test(size=SIZE) as pilot:
        screen = await enter(app, pilot)
        await pilot.press("f9")
        await pilot.pause()

        keys = [one.key for one in screen.rail.steps]
        assert keys == ["frame", "occupied", "help", "next", "close"]


async def test_question_three_is_asked_once_for_each_chosen_task(app: MentorApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        screen = await enter(app, pilot)
        chosen = running_or_planned(app.store).task_ids
        await go(app, pilot, "skills")
        asked = [one.key for one in screen.rail.steps if one.key.startswith("skills")]

        assert asked == [f"skills:{id}" for id in chosen]
        task = app.store.get(Task, chosen[0])
        assert task is not None
        assert f'"{task.title[:12]}' in screen_text(app)
        assert "{task}" not in screen_text(app)


def running_or_planned(store: Store) -> Talk:
    talks = store.of(Talk, maja(store).id)
    begun = [one for one in talks if one.state is TalkState.RUNNING]
    return begun[0] if begun else planned(store)


async def test_without_a_task_question_three_is_general_and_says_so(app: MentorApp) -> None:
    app.store.commit([Change.edited(planned(app.store), task_ids=())])
    async with app.run_test(size=SIZE) as pilot:
        await enter(app, pilot)
        await go(app, pilot, "skills")

        assert step(app) == "skills"
        flow = talk_screen(app).desk.flow
        assert flow.current.question == flow.words.step("skills").general
        assert flow.current.note[:20] in screen_text(app)


async def test_since_last_ticks_answers_and_chooses(app: MentorApp) -> None:
    store = app.store
    async with app.run_test(size=SIZE) as pilot:
        await enter(app, pilot)
        await go(app, pilot, "since")
        rows = grid_of(app).body.rows
        action = next(row.id for row in rows if row.id.startswith("action:"))
        intent = next(row.id for row in rows if row.id.startswith("intent:"))
        task = next(
            row.id
            for row in rows
            if row.id.startswith("task:") and row.id[5:] not in running(store).task_ids
        )
        note = next(row.id for row in rows if row.id.startswith("note:"))
        for row_id, key in ((action, "d"), (intent, "n"), (task, "space"), (note, "space")):
            grid_of(app).go_to(row_id)
            await pilot.press(key)
            await pilot.pause()

        done = store.get(Action, action[7:])
        assert done is not None
        assert (done.state, done.done_on) == (ActionState.DONE, today())
        asked = store.get(Intent, intent[7:])
        assert asked is not None
        assert asked.tried == "no"
        assert task[5:] in running(store).task_ids
        assert running(store).note_ids == (note[5:],)
        await pilot.press("u", "u", "u", "u")
        assert store.get(Action, action[7:]) == replace(
            done,
            state=ActionState.OPEN,
            done_on=None,
            rev=done.rev + 1,
        )


async def test_j_moves_the_cursor_where_there_is_nothing_to_have_tried(app: MentorApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await enter(app, pilot)
        await go(app, pilot, "since")
        first = grid_of(app).row_id
        await pilot.press("j")
        assert grid_of(app).row_id != first


async def test_sorting_takes_one_key_for_each_item(app: MentorApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await enter(app, pilot)
        await go(app, pilot, "occupied")
        await write(pilot, "Akut sag")
        await go(app, pilot, "sort")
        items = [row.id[5:] for row in grid_of(app).body.rows]
        await pilot.press("b", "j", "p", "s")
        await pilot.pause()

        assert list(running(app.store).sorted_items.items()) == list(
            zip(items, ("keep", "adjust", "park", "ask"), strict=False)
        )
        asked = [one for one in app.store.of(Action, maja(app.store).id) if "Akut sag" in one.what]
        assert [one.talk_id for one in asked] == [running(app.store).id]


async def test_the_keys_of_a_list_are_offered_as_soon_as_the_focus_is_there(app: MentorApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        screen = await enter(app, pilot)
        await go(app, pilot, "sort")
        assert screen.pane.list is not None
        for focus, offered in ((None, False), (grid_of(app).body, True)):
            screen.set_focus(focus)
            assert screen.pane.list.check_action("if_then", ()) is offered


async def test_what_a_row_shows_in_full_is_not_said_again_below(app: MentorApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await enter(app, pilot)
        await go(app, pilot, "sort")
        await pilot.pause()
        shown = screen_text(app)
        row = grid_of(app).body.row

    assert row is not None
    assert shown.count(row.cells["text"]) == 1


async def test_the_sorting_keys_are_english_in_english(app: MentorApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await enter(app, pilot)
        await go(app, pilot, "sort")
        app.action_language()
        await pilot.press("k", "a", "q")
        await pilot.pause()

        assert list(running(app.store).sorted_items.values()) == ["keep", "adjust", "ask"]


async def test_a_line_for_next_time_belongs_to_the_type_of_its_task(app: MentorApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await enter(app, pilot)
        await go(app, pilot, "sort")
        await pilot.press("i")
        await pilot.pause()
        await write(pilot, "jeg er i tvivl")
        await pilot.press("enter")
        await write(pilot, "spørge")
        await pilot.press("enter")
        await pilot.pause()

        line = app.store.of(Intent, maja(app.store).id)[-1]
        task = app.store.get(Task, running(app.store).task_ids[0])
        assert task is not None
        assert (line.situation, line.act) == ("jeg er i tvivl", "spørge")
        assert line.task_type == task.type
        assert line.talk_id == running(app.store).id


async def test_each_aspect_of_a_task_is_an_answer_of_its_own(app: MentorApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await enter(app, pilot)
        await go(app, pilot, "understand")
        await write(pilot, "kernen")
        await pilot.press("tab", "tab")
        await write(pilot, "vilkår")
        await pilot.pause()

        found = answers(app.store)
        assert found["understand:nature"].mentee == "kernen"
        assert found["understand:conditions"].mentee == "vilkår"
        assert "understand:limits" not in found


async def test_the_aspects_are_about_the_task_that_was_chosen(app: MentorApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await enter(app, pilot)
        await go(app, pilot, "understand")
        assert "Ctrl+T" in screen_text(app)
        await write(pilot, "kernen")
        await pilot.press("ctrl+t")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("tab")
        await write(pilot, "frister")
        await pilot.pause()

        chosen = running(app.store).task_ids[0]
        found = answers(app.store)
        assert found["understand:nature"].task_id == chosen
        assert found["understand:limits"].task_id == chosen


async def test_question_three_has_the_goals_to_compare_with(app: MentorApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await enter(app, pilot)
        await go(app, pilot, "skills")
        task_id = running_or_planned(app.store).task_ids[0]
        goals = [one for one in app.store.of(Goal, maja(app.store).id) if one.task_id == task_id]
        text = " ".join(screen_text(app).split())
        assert goals
        assert all(goal.text[:20] in text for goal in goals)


async def test_what_was_said_of_a_step_goes_with_the_step(app: MentorApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await enter(app, pilot)
        await go(app, pilot, "works")
        await write(pilot, "Ro i rummet")
        await pilot.press("f9")
        await pilot.pause()
        said = _("Kept as an example; F9 again takes it out")
        assert said in screen_text(app)
        await pilot.press("pagedown")
        await pilot.pause()
        assert said not in screen_text(app)


async def test_an_untouched_starter_is_no_answer(app: MentorApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await enter(app, pilot)
        await go(app, pilot, "praise")
        assert "Jeg synes, at du" in screen_text(app)
        await pilot.press("pagedown", "pagedown", "pageup")
        await pilot.pause()
        assert "praise" not in answers(app.store)

        await pilot.press("pageup")
        await go(app, pilot, "praise")
        await write(pilot, "lytter")
        await pilot.pause()
        assert answers(app.store)["praise"].mentor == "Jeg synes, at du lytter"


async def test_a_new_graduate_is_not_left_without_praise_by_a_slip(app: MentorApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await enter(app, pilot)
        await go(app, pilot, "praise")
        await pilot.press("pagedown")
        await pilot.pause()
        assert step(app) == "praise"
        await pilot.press("pagedown")
        await pilot.pause()
        assert step(app) == "potential"


async def test_who_is_not_new_is_not_asked_about_praise(app: MentorApp) -> None:
    app.store.commit([Change.edited(maja(app.store), newly_qualified=False)])
    async with app.run_test(size=SIZE) as pilot:
        await enter(app, pilot)
        await go(app, pilot, "praise")
        await pilot.press("pagedown")
        await pilot.pause()
        assert step(app) == "potential"


async def test_jump_goes_to_any_step(app: MentorApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await enter(app, pilot)
        await pilot.press("ctrl+g")
        await pilot.pause()
        await write(pilot, "afsl")
        await pilot.press("enter")
        await pilot.pause()
        await pilot.pause()
        assert step(app) == "close"


async def test_more_questions_take_the_place_of_the_hint(app: MentorApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await enter(app, pilot)
        await go(app, pilot, "help")
        probe = talk_screen(app).pane.step.words.probes[0]
        assert probe not in screen_text(app)
        await pilot.press("ctrl+o")
        await pilot.pause()
        assert probe in screen_text(app)
        await pilot.press("ctrl+o")
        await pilot.pause()
        assert probe not in screen_text(app)
