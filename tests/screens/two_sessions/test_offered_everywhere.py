"""What a session died over in a form is offered wherever that record is written."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from data.i18n import _
from data.records import Duty, Goal, Note, Task, Unfinished
from screens.actions.screen import ActionsScreen
from screens.frame.base import BaseScreen
from screens.note.screen import NoteScreen
from screens.roles.screen import RolesScreen
from tests.screens.conftest import screen_text
from tests.screens.two_sessions.dead import in_cell, session
from tests.screens.two_sessions.opening import Records, in_grid, in_plan
from tests.screens.two_sessions.world import (
    fill_in,
    form_in,
    now_in,
    save,
    until,
    write_elsewhere,
)
from tui.app.app import MentorApp


def notice(app: MentorApp) -> str:
    assert isinstance(app.screen, BaseScreen)
    return app.screen.notice_bar.text


HERE = "What you were filling in is here again"


async def test_a_doubt_is_gone_on_with_as_a_note(path: Path, records: Records) -> None:
    doubt = records["doubt"]
    async with session(path) as (app, pilot):
        await in_grid(ActionsScreen, "doubt", "e")(app, pilot, records)
        await fill_in(app, pilot, "text", " Og af hvem?")
        await fill_in(app, pilot, "answered_on", tuple("1-12-2026"))
    async with session(path) as (app, pilot):
        await app.push_screen(NoteScreen(app.context, note_id=doubt.id))
        await until(pilot, lambda: notice(app) == _(HERE), "that it is told")
        assert "Og af hvem?" in screen_text(app)
        await pilot.press("escape")
        await pilot.pause()
        there = now_in(app.store, doubt)
        assert isinstance(there, Note)
        assert there.text == "Hvem skal høres? Og af hvem?"
        # What else was filled in waits in the form.
        await in_grid(ActionsScreen, "doubt", "e")(app, pilot, records)
        assert form_in(app).texts()["answered_on"] == "1-12-2026"
        assert form_in(app).texts()["text"] == there.text
        await save(app, pilot)
        assert app.store.all(Unfinished) == []


async def go_on_with(app: MentorApp, pilot: Pilot[int], text: str, key: str) -> None:
    """Wait for a text that was left, with the notice that says so, and save it or give it up."""
    await until(pilot, lambda: text in screen_text(app), "the text")
    await until(pilot, lambda: notice(app) == _(HERE), "that it is told")
    await pilot.press(key)
    await until(pilot, lambda: not app.store.all(Unfinished), "that it is forgotten")


@pytest.mark.parametrize("key", ["enter", "escape"])
async def test_a_field_of_a_task_is_gone_on_with_in_its_cell(
    path: Path, records: Records, key: str
) -> None:
    async with session(path) as (app, pilot):
        await in_plan("e")(app, pilot, records)
        await fill_in(app, pilot, "title", "er")
    async with session(path) as (app, pilot):
        await in_cell(app, pilot, records, "title")
        await go_on_with(app, pilot, "Underretninger", key)
        there = now_in(app.store, records["task"])
        assert isinstance(there, Task)
        assert there.title == ("Underretninger" if key == "enter" else "Underretning")


async def test_a_cell_that_somebody_has_written_in_is_theirs(path: Path, records: Records) -> None:
    async with session(path) as (app, pilot):
        await in_plan("e")(app, pilot, records)
        await fill_in(app, pilot, "title", "er")
    write_elsewhere(path, records["task"], title="Partshøring")
    async with session(path) as (app, pilot):
        await in_cell(app, pilot, records, "title")
        said = _("You were writing “{text}” here; e shows it")
        text = said.format(text="Underretninger")
        await until(pilot, lambda: notice(app) == text, "that it is told")
        await pilot.press("escape", "e")
        await pilot.pause()
        assert form_in(app).texts()["title"] == "Partshøring"
        await pilot.press("ctrl+n")
        await pilot.pause()
        assert form_in(app).texts()["title"] == "Underretninger"


async def test_a_long_text_of_a_task_is_gone_on_with(path: Path, records: Records) -> None:
    async with session(path) as (app, pilot):
        await in_plan("e")(app, pilot, records)
        await fill_in(app, pilot, "next_step", "Ringe")
    async with session(path) as (app, pilot):
        await in_cell(app, pilot, records, "next_step")
        await until(pilot, lambda: notice(app) == _(HERE), "that it is told")
        await pilot.press("escape")
        await pilot.pause()
        there = now_in(app.store, records["task"])
        assert isinstance(there, Task)
        assert there.next_step == "Ringe"
        assert app.store.all(Unfinished) == []


async def test_a_duty_is_gone_on_with_in_its_cell(path: Path, records: Records) -> None:
    duty = records["duty"]
    async with session(path) as (app, pilot):
        await in_grid(RolesScreen, "duty", "e")(app, pilot, records)
        await fill_in(app, pilot, "due", tuple("1-12-2026"))
    async with session(path) as (app, pilot):
        await in_grid(RolesScreen, "duty")(app, pilot, records)
        screen = app.screen
        assert isinstance(screen, RolesScreen)
        screen.grid.go_to(duty.id, "due")
        await pilot.press("enter")
        await until(pilot, lambda: "1-12-2026" in screen_text(app), "the text")
        await pilot.press("enter")
        await until(pilot, lambda: not app.store.all(Unfinished), "that it is forgotten")
        there = now_in(app.store, duty)
        assert isinstance(there, Duty)
        assert there.due is not None
        assert there.due.isoformat() == "2026-12-01"


def goal_texts(app: MentorApp) -> list[str]:
    goals = sorted(app.store.all(Goal), key=lambda goal: goal.order)
    return [goal.text for goal in goals]


@pytest.mark.parametrize("key", ["enter", "escape"])
async def test_a_learning_goal_in_the_form_of_its_task_is_gone_on_with(
    path: Path, records: Records, key: str
) -> None:
    async with session(path) as (app, pilot):
        await in_plan("e")(app, pilot, records)
        await fill_in(app, pilot, "goals", " alene")
    async with session(path) as (app, pilot):
        await in_plan("m", "enter")(app, pilot, records)
        await go_on_with(app, pilot, "vurdere alene", key)
        assert goal_texts(app) == ["Kan vurdere alene" if key == "enter" else "Kan vurdere"]


async def test_of_two_goals_in_the_form_each_is_gone_on_with_in_its_own_cell(
    path: Path, records: Records
) -> None:
    async with session(path) as (app, pilot):
        await in_plan("e")(app, pilot, records)
        await fill_in(app, pilot, "goals", (*" alene", "enter", *"Kan give råd"))
    async with session(path) as (app, pilot):
        await in_plan("m", "a")(app, pilot, records)
        await until(pilot, lambda: "Kan give råd" in screen_text(app), "the new goal")
        await pilot.press("enter")
        await until(pilot, lambda: "Kan give råd" in goal_texts(app), "that it is saved")
        assert goal_texts(app) == ["Kan vurdere", "Kan give råd"]
        await pilot.press("up", "enter")
        await until(pilot, lambda: "vurdere alene" in screen_text(app), "the text")
        await pilot.press("enter")
        await until(pilot, lambda: not app.store.all(Unfinished), "that it is forgotten")
        assert goal_texts(app) == ["Kan vurdere alene", "Kan give råd"]


async def test_a_goal_that_somebody_has_written_is_theirs(path: Path, records: Records) -> None:
    async with session(path) as (app, pilot):
        await in_plan("e")(app, pilot, records)
        await fill_in(app, pilot, "goals", " alene")
    write_elsewhere(path, records["goal"], text="Kan skønne")
    async with session(path) as (app, pilot):
        await in_plan("m", "enter")(app, pilot, records)
        said = _("You were writing “{text}” here; e shows it")
        text = said.format(text="Kan vurdere alene")
        await until(pilot, lambda: notice(app) == text, "that it is told")
        assert "Kan skønne" in screen_text(app)
        assert len(app.store.all(Unfinished)) == 1


async def test_nothing_of_it_is_shown_in_the_shared_view(path: Path, records: Records) -> None:
    async with session(path) as (app, pilot):
        await in_plan("e")(app, pilot, records)
        await fill_in(app, pilot, "title", "er")
    async with session(path) as (app, pilot):
        await in_plan("f6")(app, pilot, records)
        await pilot.press("enter")
        await pilot.pause()
        assert "Underretninger" not in screen_text(app)
        assert len(app.store.all(Unfinished)) == 1
