"""The guided talk by keys: its steps, one after the other."""

from __future__ import annotations

from dataclasses import replace

from data.clock import today
from data.i18n import _
from data.records import (
    Action,
    ActionState,
    Goal,
    Intent,
    Talk,
    TalkState,
    Task,
)
from data.store.change import Change
from data.store.store import Store
from tests.screens.conftest import screen_text
from tests.screens.talk.tools import (
    SIZE,
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


async def test_the_short_talk_has_seven_steps(app: MentorApp) -> None:
    talk = planned(app.store)
    app.store.commit([Change.edited(talk, task_ids=(), prepared_on=None)])
    async with app.run_test(size=SIZE) as pilot:
        screen = await enter(app, pilot)
        await pilot.press("ctrl+r")
        await pilot.pause()

        keys = [one.key for one in screen.rail.steps]
        assert keys == ["frame", "occupied", "help", "praise", "next", "plan", "close"]


async def test_question_three_is_asked_once_for_each_chosen_task(app: MentorApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        screen = await enter(app, pilot)
        chosen = running_or_planned(app.store).task_ids
        await go(app, pilot, "skills")
        asked = [one.key for one in screen.rail.steps if one.key.startswith("skills")]

        assert asked == [f"skills:{id}" for id in chosen]
        task = app.store.get(Task, chosen[0])
        assert task is not None
        assert f"»{task.title[:12]}" in screen_text(app)
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


async def test_no_key_opens_another_screen_of_the_mentee_over_a_talk(app: MentorApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        screen = await enter(app, pilot)
        await go(app, pilot, "since")
        await pilot.press("t", "2", "0")
        await pilot.pause()

        assert app.screen is screen


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
        for row_id, key in (
            (action, "d"),
            (intent, "s"),
            (intent, "s"),
            (task, "space"),
            (note, "space"),
        ):
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
        await pilot.press("u", "u", "u", "u", "u")
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
        await pilot.press("1", "2", "3", "4")
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


async def test_the_sorting_keys_are_the_same_in_english(app: MentorApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await enter(app, pilot)
        await go(app, pilot, "sort")
        app.action_language()
        await pilot.press("1", "2", "4")
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
        await pilot.press("f3", "6")
        await pilot.pause()
        said = _("Saved as an example; F3 again removes it")
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
        await pilot.press("ctrl+o", "enter")
        await pilot.pause()
        assert probe in screen_text(app)
        await pilot.press("ctrl+o", "enter")
        await pilot.pause()
        assert probe not in screen_text(app)
