"""The plan's pane: details, long texts, learning goals; and the editor inside another screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from textual.app import ComposeResult
from textual.strip import Strip

from data.records import (
    Conflict,
    Goal,
    GoalKind,
    GoalStatus,
    Note,
    Person,
    Step,
    StepEntry,
    Talk,
    Task,
)
from data.store.change import Change
from data.store.opening import open_store
from data.store.store import Store
from screens.frame.base import BaseScreen
from screens.frame.context import Context
from screens.frame.entries import choices
from screens.plan.editor import PlanEditor
from tests.screens.conftest import MORNING, AppOn, screen_text
from tests.screens.plan.tools import MAJA, Plan, fill, open_plan, tasks
from tests.tools.paint import painted_at_once
from tui.app import MentorApp

TODAY = MORNING.date()


@pytest.fixture
def small(empty: Store, app_on: AppOn) -> MentorApp:
    first, second = tasks("Børnesamtale", "Partshøring")
    signe = Person(name="Signe Toft")
    entry = StepEntry(step=Step.OBSERVES, on=date(2026, 11, 2), with_id=signe.id)
    first = replace(
        first, description="Forberede og holde en samtale.", step=Step.OBSERVES, step_log=(entry,)
    )
    fill(empty, first, second, signe)
    return app_on(empty)


# -- details --------------------------------------------------------------------------------------


async def test_the_pane_tells_about_the_row_under_the_cursor(small: MentorApp) -> None:
    async with open_plan(small, MAJA.id) as plan:
        await plan.until(lambda: "Forberede og holde" in screen_text(plan.app))
        pane = plan.editor.pane.plain
        assert "02-11-2026" in pane
        assert "Signe Toft" in pane
        await plan.press("down")
        await plan.until(lambda: plan.editor.pane.heading == "Partshøring")
        assert "Forberede og holde" not in screen_text(plan.app)


async def test_moving_along_a_row_leaves_the_pane_alone(
    small: MentorApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_plan(small, MAJA.id) as plan:
        drawn: list[int] = []
        draw = plan.editor.pane.render_line

        def seen(y: int) -> Strip:
            drawn.append(y)
            return draw(y)

        monkeypatch.setattr(plan.editor.pane, "render_line", seen)
        with painted_at_once(plan.app):
            drawn.clear()
            await plan.press("right", "left", "right")
            assert drawn == []
            await plan.press("down")
            await plan.until(lambda: plan.editor.pane.heading == "Partshøring")
            assert drawn


async def test_the_pane_scrolls_and_esc_and_tab_lead_back(small: MentorApp) -> None:
    long = "\n".join(f"linje {number}" for number in range(40))
    task = small.context.store.of(Task, MAJA.id)[0]
    small.context.store.commit([Change.edited(task, description=long)])
    async with open_plan(small, MAJA.id) as plan:
        await plan.press("tab")
        assert plan.editor.pane.has_focus
        assert "linje 39" not in screen_text(plan.app)
        await plan.press(*["pagedown"] * 6)
        assert "linje 39" in screen_text(plan.app)
        await plan.press("escape")
        assert plan.editor.grid.body.has_focus
        assert plan.app.screen is plan.screen


# -- long texts -----------------------------------------------------------------------------------


async def test_a_long_text_is_kept_key_by_key_and_undone_as_one(
    small: MentorApp, path: Path
) -> None:
    async with open_plan(small, MAJA.id) as plan:
        await plan.press("i", "enter")
        await plan.type("Se på tegningen.")
        text = "Forberede og holde en samtale.\nSe på tegningen."
        assert plan.task("Børnesamtale").description == text
        await plan.press("escape")
        assert plan.editor.grid.body.has_focus
        await plan.until(lambda: "Se på tegningen." in plan.editor.pane.plain)
        assert plan.store.flush()
        again = open_store(path, by="anden", threaded=False)
        stored = again.store.get(Task, plan.task("Børnesamtale").id)
        again.close()
        assert stored is not None
        assert stored.description == text
        await plan.press("u")
        assert plan.task("Børnesamtale").description == "Forberede og holde en samtale."
        await plan.press("U")
        assert plan.task("Børnesamtale").description == text


async def test_next_step_and_potential_are_written_in_the_pane(small: MentorApp) -> None:
    async with open_plan(small, MAJA.id) as plan:
        for column, text in (("next_step", "Holde den selv"), ("potential", "Er rolig")):
            await plan.on_cell("Partshøring", column)
            await plan.press("enter")
            await plan.until(lambda: plan.editor.long.area.has_focus)
            await plan.type(text)
            await plan.press("escape")
            assert getattr(plan.task("Partshøring"), column) == text
            assert text in screen_text(plan.app)


async def test_writing_goes_on_when_others_change_the_task(small: MentorApp) -> None:
    async with open_plan(small, MAJA.id) as plan:
        await plan.on_cell("Partshøring", "next_step")
        await plan.press("enter")
        await plan.type("Ring")
        plan.store.commit_typing()
        plan.store.commit([Change.edited(plan.task("Partshøring"), type="Afgørelse")])
        assert plan.editor.long.area.has_focus
        await plan.type(" i dag")
        await plan.press("escape")
        task = plan.task("Partshøring")
        assert (task.next_step, task.type) == ("Ring i dag", "Afgørelse")


async def test_what_others_wrote_in_the_same_text_is_shown(small: MentorApp) -> None:
    async with open_plan(small, MAJA.id) as plan:
        await plan.on_cell("Partshøring", "next_step")
        await plan.press("enter")
        plan.store.commit([Change.edited(plan.task("Partshøring"), next_step="Fra en anden")])
        assert plan.editor.long.area.text == "Fra en anden"
        await plan.press("ctrl+end", *"!", "escape")
        assert "Fra en anden" in plan.task("Partshøring").next_step


# -- goals ----------------------------------------------------------------------------------------


async def test_goals_are_typed_at_once_and_have_a_status_each(small: MentorApp) -> None:
    """R18, R34."""
    async with open_plan(small, MAJA.id) as plan:
        await plan.press("m")
        await plan.until(lambda: plan.editor.goals.grid.editing)
        await plan.type("Kan åbne")
        await plan.press("enter", "a")
        await plan.until(lambda: plan.editor.goals.grid.editing)
        await plan.type("Kan lukke")
        await plan.press("tab")
        reached = next(one for one in choices(GoalStatus) if one.value == GoalStatus.REACHED)
        await plan.until(lambda: plan.editor.goals.grid.column_key == "status")
        await plan.until(lambda: plan.editor.goals.grid.editing)
        await plan.press(reached.letter)
        first, second = plan.goals("Børnesamtale")
        assert (first.text, first.status, first.log) == ("Kan åbne", GoalStatus.OPEN, ())
        assert (second.text, second.status) == ("Kan lukke", GoalStatus.REACHED)
        assert [(entry.status, entry.on) for entry in second.log] == [(GoalStatus.REACHED, TODAY)]
        await plan.press("escape")
        assert plan.editor.pane.display
        assert "Kan lukke" in plan.editor.pane.plain
        assert plan.editor.grid.body.row is not None
        assert plan.editor.grid.body.row.cells["goals"] == "1/2"


async def test_kind_day_and_text_of_a_goal_are_edited(small: MentorApp) -> None:
    goal = Goal(mentee_id=MAJA.id, task_id=small.context.store.of(Task, MAJA.id)[0].id, text="Kan")
    small.context.store.commit([Change.created(goal)])
    async with open_plan(small, MAJA.id) as plan:
        await plan.on_cell("Børnesamtale", "goals")
        await plan.press("enter")
        await plan.press("enter", *"xy", "enter")
        await plan.press("right", "right", "space")
        await plan.press("right", "enter", *"1/12", "enter")
        (goal,) = plan.goals("Børnesamtale")
        assert (goal.text, goal.kind) == ("Kanxy", GoalKind.COMPETENCE)
        assert goal.due == date(2026, 12, 1)


async def test_a_goal_without_a_text_leaves_nothing(small: MentorApp) -> None:
    async with open_plan(small, MAJA.id) as plan:
        for key in ("escape", "enter"):
            await plan.press("m")
            await plan.until(lambda: plan.editor.goals.grid.editing)
            await plan.press(key)
            await plan.until(lambda: not plan.editor.goals.grid.body.rows)
            assert plan.goals("Børnesamtale") == []
            await plan.press("escape")
            assert plan.editor.pane.display


async def test_goals_are_moved_deleted_and_undone(small: MentorApp) -> None:
    task = small.context.store.of(Task, MAJA.id)[0]
    goals = [
        Goal(mentee_id=MAJA.id, task_id=task.id, text=text, order=float(place))
        for place, text in enumerate(("et", "to", "tre"))
    ]
    note = Note(mentee_id=MAJA.id, text="Flot", goal_id=goals[0].id, private=False)
    small.context.store.commit([Change.created(one) for one in (*goals, note)])
    async with open_plan(small, MAJA.id) as plan:
        await plan.press("m", "J")
        assert [goal.text for goal in plan.goals("Børnesamtale")] == ["to", "et", "tre"]
        assert "Flot" in plan.editor.goals.detail.plain
        await plan.press("x")
        await plan.dialog()
        await plan.press("y")
        await plan.back()
        assert [goal.text for goal in plan.goals("Børnesamtale")] == ["to", "tre"]
        await plan.press("u")
        assert [goal.text for goal in plan.goals("Børnesamtale")] == ["to", "et", "tre"]
        assert plan.editor.goals.display


# -- inside another screen ------------------------------------------------------------------------


class Other(BaseScreen[None]):
    """A screen that has the plan in it, as a talk has."""

    def __init__(self, context: Context, talk: Talk) -> None:
        super().__init__(context)
        self.talk = talk
        self.told: list[tuple[Change, ...]] = []
        self.editor = PlanEditor(
            context, MAJA.id, shared=True, talk_id=talk.id, also=self.edits_of_talk
        )

    def body(self) -> ComposeResult:
        yield self.editor

    def standing_on(self) -> tuple[str, str]:
        return MAJA.id, ""

    def show_records(self) -> None:
        self.editor.show_records()

    def edits_of_talk(self, changes: Sequence[Change]) -> Sequence[Change]:
        talk = self.store.get(Talk, self.talk.id) or self.talk
        return [Change.edited(talk, place=f"{talk.place}{len(changes)}")]

    def on_plan_editor_changed(self, event: PlanEditor.Changed) -> None:
        self.told.append(event.changes)


async def test_another_screen_keeps_its_own_with_each_edit(small: MentorApp) -> None:
    store = small.context.store
    talk = Talk(mentee_id=MAJA.id, number=1)
    secret = Note(mentee_id=MAJA.id, text="Hemmeligt", task_id=store.of(Task, MAJA.id)[0].id)
    store.commit([Change.created(talk), Change.created(secret)], undoable=False)

    def place() -> str:
        found = store.get(Talk, talk.id)
        assert found is not None
        return found.place

    async with small.run_test(size=(80, 24)) as pilot:
        other = Other(small.context, talk)
        small.push_screen(other)
        await pilot.pause()
        other.editor.focus()
        plan = Plan(small, pilot, MAJA.id)
        assert other.editor.task_id == plan.task("Børnesamtale").id
        assert "Hemmeligt" not in other.editor.pane.plain
        await plan.press("space")
        assert place() == "1"
        assert len(other.told) == 1
        await plan.press("u")
        assert place() == ""
        await plan.press("i")
        await plan.type("x")
        await plan.press("escape")
        assert place() == "1"
        await plan.press("m")
        await plan.until(lambda: other.editor.goals.grid.editing)
        await plan.type("Kan")
        await plan.press("tab")
        await plan.until(lambda: other.editor.goals.grid.editing)
        await plan.press("space", "enter")
        (goal,) = plan.goals("Børnesamtale")
        assert [entry.talk_id for entry in goal.log] == [talk.id]


# -- somebody else in the same file ---------------------------------------------------------------


async def test_a_cell_that_somebody_else_saved_meanwhile_loses_neither_text(
    small: MentorApp, path: Path
) -> None:
    async with open_plan(small, MAJA.id) as plan:
        assert plan.store.flush()
        await plan.on_cell("Partshøring", "title")
        await plan.press("enter", *"xy")
        other = open_store(path, by="anden", threaded=False)
        task = other.store.get(Task, plan.task("Partshøring").id)
        assert task is not None
        other.store.commit([Change.edited(task, title="Fra en anden", type="Afgørelse")])
        other.close()
        await plan.until(lambda: "Fra en anden" in plan.titles())
        assert plan.editor.grid.editing
        await plan.press("enter")
        assert plan.store.flush()
        await plan.until(lambda: plan.store.all(Conflict))
        (conflict,) = plan.store.all(Conflict)
        now = plan.store.get(Task, task.id)
        assert now is not None
        assert {conflict.mine, conflict.theirs} == {"Partshøringxy", "Fra en anden"}
        assert (now.title, now.type) == (conflict.theirs, "Afgørelse")
