"""The plan's rows: added, deleted, moved, filtered, edited as a whole."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from textual.containers import VerticalScroll

from data.i18n import _
from data.method.plan.fields import field_of, text_of
from data.queries.views import mentee_view
from data.records import (
    Action,
    Goal,
    Intent,
    Mentee,
    Note,
    Person,
    Step,
    Task,
)
from data.store.change import Change
from data.store.opening import open_store
from data.store.store import Store
from screens.dialogs.form import FormDialog
from tests.screens.conftest import MORNING, AppOn, screen_text
from tests.screens.plan.tools import MAJA, fill, open_plan, tasks, three_tasks
from tui.app import MentorApp

TODAY = MORNING.date()


@pytest.fixture
def small(empty: Store, app_on: AppOn) -> MentorApp:
    """A plan of three tasks of two types, a mentor and a colleague."""
    three_tasks(empty)
    return app_on(empty)


# -- adding ---------------------------------------------------------------------------------------


async def test_a_task_is_added_with_goal_and_sparring_in_one_go(small: MentorApp) -> None:
    async with open_plan(small, MAJA.id) as plan:
        await plan.press("a")
        await plan.dialog()
        for text in ("Hjemmebesøg", "Besøg", "Kan aflæse et hjem", "+1u", "far"):
            await plan.type(text)
            await plan.press("enter")
        await plan.back()
        task = plan.task("Hjemmebesøg")
        person = plan.store.get(Person, task.sparring_with)
        assert task.type == "Besøg"
        assert task.sparring_on == TODAY + timedelta(days=7)
        assert person is not None
        assert person.name == "Farid Amiri"
        assert [goal.text for goal in plan.goals("Hjemmebesøg")] == ["Kan aflæse et hjem"]
        assert plan.titles()[-1] == "Hjemmebesøg"
        assert plan.editor.task_id == task.id
        await plan.press("u")
        assert "Hjemmebesøg" not in plan.titles()
        assert not [one for one in plan.store.all(Goal) if one.task_id == task.id]


async def test_the_next_step_of_the_type_is_offered_and_one_key_takes_it(small: MentorApp) -> None:
    """R23."""
    async with open_plan(small, MAJA.id) as plan:
        await plan.press("a")
        await plan.dialog()
        await plan.type("Samtale med forældre")
        await plan.press("enter")
        await plan.type("samtale")
        await plan.press("f10")
        await plan.until(lambda: "Lade barnet tegne" in screen_text(plan.app))
        await plan.press("enter")
        await plan.back()
        assert plan.task("Samtale med forældre").next_step == "Lade barnet tegne"


async def test_if_then_lines_of_the_type_are_offered_too(small: MentorApp) -> None:
    """R32."""
    line = Intent(
        mentee_id=MAJA.id, situation="nogen tier", act="tælle til ti", task_type="Samtale"
    )
    small.context.store.commit([Change.created(line)])
    async with open_plan(small, MAJA.id) as plan:
        await plan.press("a")
        await plan.dialog()
        await plan.type("Ny")
        await plan.press("enter")
        await plan.type("Samtale")
        await plan.press("f10")
        await plan.until(lambda: "tælle til ti" in screen_text(plan.app))
        await plan.press("escape")
        await plan.back()
        assert plan.task("Ny").next_step == ""
        await plan.press("r")
        await plan.dialog()
        await plan.press("down", "enter")
        await plan.back()
        assert "tælle til ti" in plan.task("Ny").next_step


async def test_a_task_without_a_name_is_not_added(small: MentorApp) -> None:
    async with open_plan(small, MAJA.id) as plan:
        await plan.press("a")
        await plan.dialog()
        await plan.press("f10")
        assert plan.app.screen is not plan.screen
        assert _("A task needs a name") in screen_text(plan.app)
        await plan.press("escape")
        await plan.back()
        assert len(plan.titles()) == 3


async def test_an_empty_plan_says_what_to_do_and_has_no_per_cent(
    empty: Store, app_on: AppOn
) -> None:
    fill(empty)
    async with open_plan(app_on(empty), MAJA.id) as plan:
        text = screen_text(plan.app)
        assert _("The plan has no tasks yet") in text
        assert plan.summary == ""
        await plan.press(*"eximsqrJKv", "enter", "f9", "f3")
        assert plan.app.screen is plan.screen
        await plan.press("a")
        await plan.dialog()
        await plan.type("Første")
        await plan.press("f10")
        await plan.back()
        assert plan.titles() == ["Første"]


# -- all fields -----------------------------------------------------------------------------------


async def test_all_fields_are_edited_as_one_step(small: MentorApp) -> None:
    store = small.context.store
    maja = store.get(Mentee, MAJA.id)
    assert maja
    goal = Goal(mentee_id=MAJA.id, text="Kan", task_id=store.of(Task, MAJA.id)[2].id)
    store.commit([Change.edited(maja, columns=("Sagsnr",)), Change.created(goal)], undoable=False)
    typed = {
        "title": " x",
        "type": "Notat",
        "description": "Kort\nKlart",
        "goals": " selv\nKender fristen",
        "priority": "h",
        "step": "s",
        "status": "k",
        "sparring_on": "i morgen",
        "sparring_with": "Nora Ny",
        "sparring_held_on": "i dag",
        "next_step": "Ring",
        "next_step_to_manager": "j",
        "estimate_min": "1,5 t",
        "actual_min": "2 t",
        "potential": "Overblik",
        "potential_source": "l",
        "needs_check": "j",
        "learned_on": "dag 10",
        "first_used_on": "dag 12",
        "extra.Sagsnr": "42",
    }
    async with open_plan(small, MAJA.id) as plan:
        await plan.on_cell("Journal", "title")
        await plan.press("e")
        await plan.dialog()
        form = plan.app.screen
        assert isinstance(form, FormDialog)
        assert list(form.inputs) == list(typed), "all that is typed about a task is there"
        for text in typed.values():
            await plan.press("end")
            await plan.type(text)
            await plan.press("tab")
        await plan.press("f10")
        await plan.back()
        task, goals = plan.task("Journal x"), plan.goals("Journal x")
        shown = mentee_view(store, maja)
        assert {key: text_of(field_of(key), task, shown) for key in typed} == {
            "title": "Journal x",
            "type": "Notat",
            "description": "Kort\nKlart",
            "goals": "Kan selv\nKender fristen",
            "priority": "Høj",
            "step": "Sammen",
            "status": "Klar til sparring",
            "sparring_on": "24-11-2026",
            "sparring_with": "Nora Ny",
            "sparring_held_on": "23-11-2026",
            "next_step": "Ring",
            "next_step_to_manager": "ja",
            "estimate_min": "1,5 t",
            "actual_min": "2 t",
            "potential": "Overblik",
            "potential_source": "Leder",
            "needs_check": "ja",
            "learned_on": "29-10-2026",
            "first_used_on": "31-10-2026",
            "extra.Sagsnr": "42",
        }
        assert goals[0].id == goal.id, "a goal that is worded anew stays the same goal"
        assert [one.step for one in task.step_log] == [Step.TOGETHER]
        await plan.press("u")
        assert plan.task("Journal").type == ""
        assert [one.text for one in plan.goals("Journal")] == ["Kan"]
        assert "Nora Ny" not in {one.name for one in store.all(Person)}


@pytest.mark.parametrize(
    ("column", "field"), [("next_step", "next_step"), ("goals", "goals"), ("checks", "needs_check")]
)
async def test_all_fields_begin_with_that_of_the_column(
    small: MentorApp, column: str, field: str
) -> None:
    async with open_plan(small, MAJA.id) as plan:
        await plan.on_cell("Journal", column)
        await plan.press("e")
        await plan.dialog()
        form = plan.app.screen
        assert isinstance(form, FormDialog)
        here = form.inputs[field]
        assert here.has_focus
        fields = form.query_one(VerticalScroll)
        await plan.until(lambda: fields.region.contains_region(here.region), "out of sight")


# -- deleting and order ---------------------------------------------------------------------------


async def test_deleting_says_what_goes_with_it_and_can_be_undone(small: MentorApp) -> None:
    store = small.context.store
    async with open_plan(small, MAJA.id) as plan:
        task = plan.task("Partshøring")
        note = Note(mentee_id=MAJA.id, text="Godt", task_id=task.id)
        action = Action(mentee_id=MAJA.id, what="Ringe", task_id=task.id)
        goal = Goal(mentee_id=MAJA.id, task_id=task.id, text="Kender fristen")
        store.commit([Change.created(one) for one in (note, action, goal)])
        await plan.on_cell("Partshøring", "title")
        await plan.press("x")
        await plan.dialog()
        asked = screen_text(plan.app)
        assert "Partshøring" in asked
        assert "1 " in asked
        assert "2 " in asked
        await plan.press("escape")
        await plan.back()
        assert len(plan.titles()) == 3
        await plan.press("x")
        await plan.dialog()
        await plan.press("y")
        await plan.back()
        assert plan.titles() == ["Børnesamtale", "Journal"]
        assert store.get(Goal, goal.id) is None
        kept = store.get(Note, note.id)
        assert kept is not None
        assert kept.task_id == ""
        await plan.press("u")
        assert plan.titles() == ["Børnesamtale", "Partshøring", "Journal"]
        assert store.get(Goal, goal.id) is not None
        back = store.get(Note, note.id)
        assert back is not None
        assert back.task_id == task.id


async def test_the_cursor_stays_among_the_rows_when_they_go(small: MentorApp) -> None:
    async with open_plan(small, MAJA.id) as plan:
        await plan.on_cell("Journal", "title")
        for left in (["Børnesamtale", "Partshøring"], ["Børnesamtale"], []):
            await plan.press("x")
            await plan.dialog()
            await plan.press("y")
            await plan.back()
            assert plan.titles() == left
            assert plan.editor.task_id == (plan.task(left[-1]).id if left else "")
        assert plan.summary == ""


async def test_a_row_is_moved_and_the_order_is_on_disk(small: MentorApp, path: Path) -> None:
    async with open_plan(small, MAJA.id) as plan:
        await plan.on_cell("Journal", "title")
        await plan.press("K", "K", "K")
        assert plan.titles() == ["Journal", "Børnesamtale", "Partshøring"]
        assert plan.editor.task_id == plan.task("Journal").id
        await plan.press("J")
        assert plan.titles() == ["Børnesamtale", "Journal", "Partshøring"]
        assert plan.store.flush()
        again = open_store(path, by="anden", threaded=False)
        rows = sorted(again.store.of(Task, MAJA.id), key=lambda task: task.order)
        again.close()
        assert [task.title for task in rows] == plan.titles()
        await plan.press("u", "u", "u")
        assert plan.titles() == ["Børnesamtale", "Partshøring", "Journal"]


async def test_filter_leaves_one_type_and_moves_within_it(small: MentorApp) -> None:
    """R17."""
    fourth = Task(mentee_id=MAJA.id, title="Netværksmøde", type="samtale", order=4)
    small.context.store.commit([Change.created(fourth)])
    async with open_plan(small, MAJA.id) as plan:
        await plan.press("v")
        await plan.dialog()
        await plan.type("sam")
        await plan.press("enter")
        await plan.back()
        assert plan.titles() == ["Børnesamtale", "Netværksmøde"]
        assert "Samtale" in plan.summary
        await plan.press("J")
        assert plan.titles() == ["Netværksmøde", "Børnesamtale"]
        await plan.press("v")
        await plan.dialog()
        await plan.press("enter")
        await plan.back()
        assert plan.titles() == ["Partshøring", "Journal", "Netværksmøde", "Børnesamtale"]


async def test_a_task_beyond_the_filter_can_be_gone_to(small: MentorApp) -> None:
    async with open_plan(small, MAJA.id) as plan:
        plan.editor.type_filter = "Samtale"
        plan.editor.show_records()
        assert plan.titles() == ["Børnesamtale"]
        assert plan.editor.go_to(plan.task("Journal").id, "step")
        assert plan.editor.task_id == plan.task("Journal").id
        assert len(plan.titles()) == 3


async def test_two_hundred_rows_are_walked_and_edited(empty: Store, app_on: AppOn) -> None:
    fill(empty, *tasks(*(f"Opgave {number}" for number in range(1, 201))))
    async with open_plan(app_on(empty), MAJA.id) as plan:
        await plan.press("end")
        assert plan.editor.task_id == plan.task("Opgave 200").id
        assert "Opgave 200" in screen_text(plan.app)
        await plan.press("enter", "x", "enter")
        assert plan.task("Opgave 200x")
        await plan.press("home", "pagedown", "down", "J")
        assert plan.store.of(Task, MAJA.id)
        assert len(plan.titles()) == 200
