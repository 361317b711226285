"""What is said in a talk becomes what it is about, each with one key; what is private stays so."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from data.clock import today
from data.i18n import _
from data.method.plan.agreed import changed_since_agreed
from data.queries.views import mentee_view
from data.records import (
    Action,
    Goal,
    Note,
    Source,
    Task,
)
from data.store.change import Change
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


@pytest.fixture
def about_one(app: MentorApp) -> Task:
    """The talk is about one task, so that words land on it without asking."""
    talk = planned(app.store)
    app.store.commit([Change.edited(talk, task_ids=talk.task_ids[:1])], undoable=False)
    task = app.store.get(Task, talk.task_ids[0])
    assert task is not None
    return task


async def test_f3_makes_an_agreement_of_the_line(app: MentorApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await enter(app, pilot)
        await go(app, pilot, "help")
        await write(pilot, "Se med til et mode")
        await pilot.press("f3", "enter")
        await pilot.pause()
        await pilot.press("tab")
        await write(pilot, "maja")
        await pilot.press("enter")
        await write(pilot, "+1u")
        await pilot.press("enter")
        await pilot.pause()

        made = app.store.of(Action, maja(app.store).id)[-1]
        assert made.what == "Se med til et mode"
        assert (made.who, made.due) == ("mentee", today() + timedelta(days=7))
        assert made.talk_id == running(app.store).id
        assert step(app) == "help"


async def test_f3_keeps_a_line_as_an_example_and_takes_it_out(app: MentorApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await enter(app, pilot)
        await go(app, pilot, "works")
        await write(pilot, "Ro i rummet")
        await pilot.press("f3", "6")
        await pilot.pause()
        assert answers(app.store)["works"].examples == ("Ro i rummet",)
        assert "Ro i rummet" in screen_text(app)
        await pilot.press("f3", "6")
        await pilot.pause()
        assert answers(app.store)["works"].examples == ()


async def test_a_potential_lands_on_the_task(app: MentorApp, about_one: Task) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await enter(app, pilot)
        await go(app, pilot, "potential")
        await write(pilot, "Kan lede")
        await pilot.press("pagedown")
        await pilot.pause()

        task = app.store.get(Task, about_one.id)
        assert task is not None
        assert task.potential == f"{about_one.potential}\nKan lede"
        assert task.potential_source is Source.MENTOR
        assert [edit.field for edit in running(app.store).plan_edits] == ["potential"]


async def test_a_recommendation_becomes_next_step_goal_and_row(
    app: MentorApp, about_one: Task
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await enter(app, pilot)
        await go(app, pilot, "next")
        await write(pilot, "Skriv udkast")
        await pilot.press("f3", "6")
        await pilot.pause()
        await pilot.press("f3", "5")
        await pilot.pause()
        await write(pilot, "1/12")
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("pagedown")
        await pilot.pause()

        task = app.store.get(Task, about_one.id)
        assert task is not None
        assert task.next_step == "Skriv udkast"
        row = app.store.of(Task, task.mentee_id)[-1]
        assert (row.title, row.origin) == ("Skriv udkast", running(app.store).id)
        goal = app.store.of(Goal, task.mentee_id)[-1]
        assert (goal.task_id, goal.text, goal.due) == (task.id, "Skriv udkast", date(2026, 12, 1))


async def test_words_can_be_tied_to_a_task_picked_by_name(app: MentorApp) -> None:
    task = next(one for one in app.store.of(Task, maja(app.store).id) if one.title)
    async with app.run_test(size=SIZE) as pilot:
        await enter(app, pilot)
        await go(app, pilot, "praise")
        await write(pilot, "lytter")
        await pilot.press("ctrl+t")
        await pilot.pause()
        await write(pilot, task.title[:12].lower())
        await pilot.press("enter")
        await pilot.pause()
        await pilot.pause()

        assert answers(app.store)["praise"].task_id == task.id


async def test_wellbeing_is_private_and_not_on_a_shared_screen(app: MentorApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await enter(app, pilot)
        await go(app, pilot, "wellbeing")
        await write(pilot, "sover darligt")
        await pilot.pause()
        assert answers(app.store)["wellbeing"].private
        assert "sover darligt" in screen_text(app)
        await pilot.press("f6")
        await pilot.pause()
        assert "sover darligt" not in screen_text(app)
        await pilot.press("x")
        await pilot.press("f6")
        await pilot.pause()
        assert answers(app.store)["wellbeing"].mentee == "sover darligt"
        assert "sover darligt" in screen_text(app)


async def test_f4_makes_words_private_and_shares_them_again(app: MentorApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await enter(app, pilot)
        await go(app, pilot, "help")
        await write(pilot, "noget")
        await pilot.press("f4")
        assert answers(app.store)["help"].private
        await pilot.press("f4")
        assert not answers(app.store)["help"].private


async def test_the_plan_step_shares_the_screen_and_keeps_what_changed(app: MentorApp) -> None:
    store = app.store
    note = Note(mentee_id=maja(store).id, text="KANARIE", private=True)
    store.commit([Change.created(note)])
    async with app.run_test(size=SIZE) as pilot:
        await enter(app, pilot)
        await pilot.press("enter")
        await go(app, pilot, "plan")
        assert talk_screen(app).context.shared_view
        assert "KANARIE" not in screen_text(app)
        grid = grid_of(app)
        task = store.get(Task, grid.row_id)
        assert task is not None
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("end", "!", "enter")
        await pilot.pause()
        await pilot.press("pagedown")
        await pilot.pause()
        await pilot.press("M", "H", "enter")
        await pilot.pause()
        await pilot.pause()

        assert not app.context.shared_view
        edits = running(store).plan_edits
        assert [(one.field, one.after) for one in edits] == [("title", f"{task.title}!")]
        assert running(store).plan_updated_on == today()
        assert maja(store).plan_updated_on == today()
        assert f"{task.title}!"[:20] in screen_text(app)


async def test_updated_together_agrees_on_the_plan_anew(app: MentorApp) -> None:
    """R15, R56: in the talk as with the plan's own key."""
    store = app.store
    before = maja(store)
    assert changed_since_agreed(mentee_view(store, before)).number == 2, "the example shows it"
    async with app.run_test(size=SIZE) as pilot:
        await enter(app, pilot)
        await pilot.press("enter")
        await go(app, pilot, "plan")
        await pilot.press("f9")
        await pilot.pause()
        await pilot.press("M", "H", "enter")
        await pilot.pause()
        await pilot.pause()
        assert _("The plan was updated together and agreed on today") in screen_text(app)
        after = maja(store)
        assert not changed_since_agreed(mentee_view(store, after))
        assert after.plan_agreed_on == after.plan_updated_on == today()
        assert after.plan_agreed_by == before.plan_agreed_by
        await pilot.press("u")
        await pilot.pause()
        assert maja(store).plan_agreed_on == before.plan_agreed_on, "one undo takes it all back"
        assert running(store).plan_updated_on is None


async def test_an_edit_after_the_stamp_is_stamped_too_when_the_step_is_left(app: MentorApp) -> None:
    store = app.store
    async with app.run_test(size=SIZE) as pilot:
        await enter(app, pilot)
        await pilot.press("enter")
        await go(app, pilot, "plan")
        for text in ("!", "?"):  # the second edit of the same cell leaves one edit in the talk
            await pilot.press("enter")
            await pilot.pause()
            await pilot.press("end", text, "enter")
            await pilot.pause()
            await pilot.press("f9" if text == "!" else "pagedown")
            await pilot.pause()
            await pilot.press("M", "H", "enter")
            await pilot.pause()
            await pilot.pause()
        assert len(running(store).plan_edits) == 1
        assert not changed_since_agreed(mentee_view(store, maja(store)))


async def test_a_citizens_number_is_warned_of_and_never_blocked(app: MentorApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await enter(app, pilot)
        await go(app, pilot, "help")
        await write(pilot, "010190-1234")
        await pilot.pause()
        assert _("Possible CPR number: remove it") in screen_text(app)
        assert answers(app.store)["help"].mentee == "010190-1234"
        await pilot.press("backspace")
        await pilot.pause()
        assert _("Possible CPR number: remove it") not in screen_text(app)


async def test_strange_text_is_shown_and_kept_as_typed(app: MentorApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await enter(app, pilot)
        await go(app, pilot, "help")
        await write(pilot, "[red]x[/] =1+1 æøå ÆØÅ")
        await pilot.pause()
        assert "[red]x[/] =1+1 æøå ÆØÅ" in screen_text(app)
        await pilot.press("ctrl+t")
        await pilot.pause()
        await pilot.press("escape")
        assert answers(app.store)["help"].mentee == "[red]x[/] =1+1 æøå ÆØÅ"
