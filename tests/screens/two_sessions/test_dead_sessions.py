"""A form or a cell in the middle of which a session died: nothing of it is lost or in the way."""

from __future__ import annotations

import os
import platform
from datetime import date
from pathlib import Path

import pytest

from data.i18n import _, set_language
from data.records import Duty, Goal, Mentee, Need, Person, Task, Unfinished
from data.store.change import Change
from data.store.filling import Filling
from data.store.opening import open_store
from screens.actions.screen import ActionsScreen
from screens.conflicts.screen import ConflictsScreen
from screens.dialogs.form import FormDialog
from screens.frame.base import BaseScreen
from screens.needs.screen import NeedsScreen
from screens.overview.screen import OverviewScreen
from screens.plan.screen import PlanScreen
from screens.roles.rows import PERSONS
from screens.roles.screen import RolesScreen
from tests.screens.conftest import screen_text
from tests.screens.two_sessions.dead import in_cell, notice, session, unsettled
from tests.screens.two_sessions.opening import (
    Records,
    at_home,
    in_grid,
    in_plan,
    of_mentee,
    on_role,
)
from tests.screens.two_sessions.world import (
    fill_in,
    form_in,
    now_in,
    save,
    until,
    write_elsewhere,
)
from tui.app.app import MentorApp


async def test_only_what_was_changed_comes_back_on_whatever_screen(
    path: Path, records: Records
) -> None:
    maja = records["mentee"]
    async with session(path) as (app, pilot):
        await at_home("e")(app, pilot, records)
        await fill_in(app, pilot, "team", "Nord")
    write_elsewhere(path, maja, title="Ergoterapeut", columns=("Farve",))
    async with session(path) as (app, pilot):
        await of_mentee(OverviewScreen, "e")(app, pilot, records)
        texts = form_in(app).texts()
        assert (texts["team"], texts["title"], texts["columns"]) == (
            "Nord",
            "Ergoterapeut",
            "Farve",
        )
        assert notice(app) == _("What you were filling in is here again")
        await save(app, pilot)
        there = now_in(app.store, maja)
        assert isinstance(there, Mentee)
        assert (there.team, there.title, there.columns) == ("Nord", "Ergoterapeut", ("Farve",))
        assert app.store.all(Unfinished) == []
        await of_mentee(OverviewScreen, "e")(app, pilot, records)
        assert notice(app) == ""


@pytest.mark.parametrize("take", [0, 1, 2])
async def test_newer_words_stay_and_the_older_are_offered(
    path: Path, records: Records, take: int
) -> None:
    maja = records["mentee"]
    async with session(path) as (app, pilot):
        await at_home("e")(app, pilot, records)
        await fill_in(app, pilot, "team", "Nord")
    write_elsewhere(path, maja, team="Vest")
    async with session(path) as (app, pilot):
        await of_mentee(OverviewScreen, "e")(app, pilot, records)
        form = form_in(app)
        assert form.inputs["team"].has_focus
        assert form.texts()["team"] == "Vest"
        await until(pilot, lambda: "Nord" in notice(app), "that there is another text")
        await pilot.press(*["ctrl+n"] * take)
        await pilot.pause()
        assert form.texts()["team"] == ("Nord" if take == 1 else "Vest")
        await save(app, pilot)
        there = now_in(app.store, maja)
        assert isinstance(there, Mentee)
        assert there.team == ("Nord" if take == 1 else "Vest")
        assert unsettled(app.store) == ([] if take == 1 else [("team", "Nord", "Vest")])
        assert app.store.all(Unfinished) == []


async def test_initials_of_the_mentee_do_not_come_back_to_a_mentor_alone(
    path: Path, records: Records
) -> None:
    """Both agree with their own hands: what was typed and not saved is typed anew."""
    async with session(path) as (app, pilot):
        await in_plan("f9")(app, pilot, records)
        await pilot.press("M", "H")
        await fill_in(app, pilot, "on", tuple("1-12-2026"))
        assert "MH" not in "".join(one.texts for one in app.store.all(Unfinished))
    async with session(path) as (app, pilot):
        await in_plan("f9")(app, pilot, records)
        texts = form_in(app).texts()
        assert (texts["initials"], texts["on"]) == ("", "1-12-2026")
        await pilot.press("f10")
        await pilot.pause()
        assert form_in(app).inputs["initials"].has_focus, "nothing is agreed without them"


async def test_initials_that_an_earlier_version_kept_stay_away(
    path: Path, records: Records
) -> None:
    maja = records["mentee"]
    texts = Filling("mentees", maja.id, maja.id, {"initials": ("", "MH")}).to_json()
    async with session(path) as (app, pilot):
        left = Unfinished(key=f"plan_agreed:mentees:{maja.id}:{maja.id}", session="9", texts=texts)
        app.store.commit([Change.created(left)], undoable=False)
        await in_plan("f9")(app, pilot, records)
        assert form_in(app).texts()["initials"] == ""
        assert notice(app) != _("What you were filling in is here again")


async def test_a_long_text_has_room_for_both(path: Path, records: Records) -> None:
    need = records["need"]
    async with session(path) as (app, pilot):
        await in_grid(NeedsScreen, "need", "e")(app, pilot, records)
        await fill_in(app, pilot, "need", " og klarere")
    write_elsewhere(path, need, need="Meget kortere")
    async with session(path) as (app, pilot):
        await in_grid(NeedsScreen, "need", "e")(app, pilot, records)
        text = form_in(app).texts()["need"]
        assert "Meget" in text
        assert "og klarere" in text
        await save(app, pilot)
        there = now_in(app.store, need)
        assert isinstance(there, Need)
        assert there.need == text


async def test_what_has_been_written_meanwhile_is_not_offered(path: Path, records: Records) -> None:
    """The same day typed "1/12" and stored is one day."""
    talk = records["doubt"]
    async with session(path) as (app, pilot):
        await in_grid(ActionsScreen, "doubt", "e")(app, pilot, records)
        await fill_in(app, pilot, "answered_on", tuple("1-12-26"))
    write_elsewhere(path, talk, answered_on=date(2026, 12, 1))
    async with session(path) as (app, pilot):
        await in_grid(ActionsScreen, "doubt", "e")(app, pilot, records)
        assert form_in(app).texts()["answered_on"] == "01-12-2026"
        assert notice(app) == ""
        await save(app, pilot)
        assert unsettled(app.store) == []


async def test_esc_leaves_what_was_offered_for_the_next_time(path: Path, records: Records) -> None:
    async with session(path) as (app, pilot):
        await at_home("e")(app, pilot, records)
        await fill_in(app, pilot, "team", "Nord")
    write_elsewhere(path, records["mentee"], team="Vest")
    async with session(path) as (app, pilot):
        for _time in range(2):
            await of_mentee(OverviewScreen, "e")(app, pilot, records)
            await until(pilot, lambda: "Nord" in notice(app), "that there is another text")
            await pilot.press("escape")
            await pilot.pause()
            assert not isinstance(app.screen, FormDialog)


async def test_one_form_is_found_from_two_screens_and_in_two_languages(
    path: Path, records: Records
) -> None:
    async with session(path) as (app, pilot):
        await in_grid(RolesScreen, "system", "e")(app, pilot, records)
        await fill_in(app, pilot, "text", " og KMD")
    set_language("en")
    async with session(path) as (app, pilot):
        await in_grid(ActionsScreen, "system", "e")(app, pilot, records)
        assert form_in(app).texts()["text"] == "DUBU og KMD"
        assert notice(app) == "What you were filling in is here again"


@pytest.mark.parametrize("named", ["{host}:{pid}", "elsewhere:{pid}", ""])
async def test_neither_a_process_nor_a_computer_hides_a_form(
    path: Path, records: Records, named: str
) -> None:
    """Numbers of processes come again, and the program is started on other computers."""
    async with session(path) as (app, pilot):
        await at_home("e")(app, pilot, records)
        await fill_in(app, pilot, "team", "Nord")
    opened = open_store(path, by="birgitte", threaded=False)
    (left,) = opened.store.all(Unfinished)
    died = named.format(host=platform.node(), pid=os.getpid())
    opened.store.commit([Change.edited(left, session=died)])
    opened.close()
    async with session(path) as (app, pilot):
        await at_home("e")(app, pilot, records)
        assert form_in(app).texts()["team"] == "Nord"


async def test_the_form_of_a_session_that_lives_is_its_own(path: Path, records: Records) -> None:
    async with session(path) as (app, pilot):
        await at_home("e")(app, pilot, records)
        await fill_in(app, pilot, "team", "Nord")
        assert app.store.flush()
        async with session(path) as (other, keys):
            await at_home("e")(other, keys, records)
            assert form_in(other).texts()["team"] == ""
            await keys.press("escape")
        await save(app, pilot)
        there = now_in(app.store, records["mentee"])
        assert isinstance(there, Mentee)
        assert there.team == "Nord"


async def test_a_new_record_is_gone_on_with_for_the_same_mentee_only(
    path: Path, records: Records
) -> None:
    bo = Mentee(name="Bo Ro")
    write_elsewhere(path, bo)
    async with session(path) as (app, pilot):
        await in_plan("a")(app, pilot, records)
        await fill_in(app, pilot, "title", "Partshøring")
    async with session(path) as (app, pilot):
        await app.push_screen(PlanScreen(app.context, bo.id))
        await pilot.press("a")
        await pilot.pause()
        await pilot.press("down", "enter")  # an empty row, not the plan of the other mentee
        await pilot.pause()
        assert form_in(app).texts()["title"] == ""
        await pilot.press("escape")
        await in_plan("a")(app, pilot, records)
        assert form_in(app).texts()["title"] == "Partshøring"


async def test_what_was_written_about_a_record_that_is_gone_is_kept(
    path: Path, records: Records
) -> None:
    async with session(path) as (app, pilot):
        await in_grid(NeedsScreen, "need", "e")(app, pilot, records)
        await fill_in(app, pilot, "area", "x")
    opened = open_store(path, by="mette", threaded=False)
    opened.store.commit([Change.deleted(now_in(opened.store, records["need"]))])
    opened.close()
    async with session(path) as (app, pilot):
        await until(pilot, lambda: unsettled(app.store), "the text")
        assert unsettled(app.store) == [("area", "Notaterx", "Notater")]
        assert app.store.all(Unfinished) == []
        await until(pilot, lambda: "!" in screen_text(app), "that it is told")


async def test_a_learning_goal_whose_task_is_gone_is_kept(path: Path, records: Records) -> None:
    async with session(path) as (app, pilot):
        await in_plan("m", "a", *"Kan h")(app, pilot, records)
        await pilot.pause()
    opened = open_store(path, by="mette", threaded=False)
    gone = [now_in(opened.store, records[name]) for name in ("goal", "task")]
    opened.store.commit(map(Change.deleted, gone))
    opened.close()
    async with session(path) as (app, pilot):
        await until(pilot, lambda: unsettled(app.store), "the text")
        assert unsettled(app.store) == [("text", "Kan h", "")]


# -- cells ----------------------------------------------------------------------------------------


def front(app: MentorApp) -> BaseScreen[None]:
    assert isinstance(app.screen, BaseScreen)
    return app.screen


async def test_a_cell_that_nobody_touched_is_edited_again(path: Path, records: Records) -> None:
    async with session(path) as (app, pilot):
        await in_cell(app, pilot, records, "title", "end", *"er")
    async with session(path) as (app, pilot):
        await in_plan()(app, pilot, records)
        await until(pilot, lambda: "Underretninger" in screen_text(app), "the cell")
        await pilot.press("enter")
        await until(pilot, lambda: not app.store.all(Unfinished), "that it is forgotten")
        there = now_in(app.store, records["task"])
        assert isinstance(there, Task)
        assert there.title == "Underretninger"


async def test_a_cell_that_clashed_comes_back_as_two_texts(path: Path, records: Records) -> None:
    async with session(path) as (app, pilot):
        await in_cell(app, pilot, records, "type", "ctrl+u", *"Besøg")
    write_elsewhere(path, records["task"], type="Møde")
    async with session(path) as (app, pilot):
        await in_plan()(app, pilot, records)
        await until(pilot, lambda: unsettled(app.store), "the texts")
        assert unsettled(app.store) == [("type", "Besøg", "Møde")]
        assert app.store.all(Unfinished) == []
        await until(pilot, lambda: "!" in front(app).notice_bar.text, "that it is told")
        await app.push_screen(ConflictsScreen(app.context))
        await pilot.pause()
        shown = screen_text(app)
        for said in (f"{_('Task')}: {_('Task type')}", "Maja Holm", "Besøg", "Møde"):
            assert said in shown
        assert "{" not in shown
        await pilot.press("ctrl+n")
        await pilot.pause()
        there = now_in(app.store, records["task"])
        assert isinstance(there, Task)
        assert there.type == "Besøg"


async def test_a_new_learning_goal_is_gone_on_with(path: Path, records: Records) -> None:
    async with session(path) as (app, pilot):
        await in_plan("m", "a", *"Kan h")(app, pilot, records)
        await pilot.pause()
    async with session(path) as (app, pilot):
        await in_plan()(app, pilot, records)
        await until(pilot, lambda: "Kan h" in screen_text(app), "the goal")
        await pilot.press("end", *"jem", "enter")
        await until(pilot, lambda: not app.store.all(Unfinished), "that it is forgotten")
        goals = [goal.text for goal in app.store.all(Goal)]
        assert goals == ["Kan vurdere", "Kan hjem"]


async def test_a_person_behind_a_role_is_gone_on_with(path: Path, records: Records) -> None:
    async with session(path) as (app, pilot):
        await on_role("own role", "enter", *"Bo R")(app, pilot, records)
    async with session(path) as (app, pilot):
        await app.push_screen(RolesScreen(app.context, records["mentee"].id))
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, RolesScreen)
        await until(pilot, lambda: screen.grid.editing, "the cell")
        assert screen.grid.row_id == PERSONS
        await pilot.press("end", "o", "enter")
        await until(pilot, lambda: not app.store.all(Unfinished), "that it is forgotten")
        assert "Bo Ro" in {person.name for person in app.store.all(Person)}


async def test_a_date_of_a_duty_that_clashed_is_kept(path: Path, records: Records) -> None:
    duty = records["duty"]
    async with session(path) as (app, pilot):
        await in_grid(RolesScreen, "duty")(app, pilot, records)
        screen = app.screen
        assert isinstance(screen, RolesScreen)
        screen.grid.go_to(duty.id, "due")
        await pilot.press("enter", *"1-12-26")
        await pilot.pause()
    write_elsewhere(path, duty, due=date(2026, 12, 8))
    async with session(path) as (app, pilot):
        await app.push_screen(RolesScreen(app.context, records["mentee"].id))
        await until(pilot, lambda: unsettled(app.store), "the texts")
        assert unsettled(app.store)[0][:2] == ("due", "1-12-26")
        await app.push_screen(ConflictsScreen(app.context))
        await pilot.pause()
        await pilot.press("ctrl+n")
        await pilot.pause()
        there = now_in(app.store, duty)
        assert isinstance(there, Duty)
        assert there.due == date(2026, 12, 1)
