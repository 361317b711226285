"""`w` on every page and list: what, in which format, where; then the file for its owner alone."""

from __future__ import annotations

import json
import stat
from pathlib import Path
from typing import Any

import docx
import pytest

from data.clock import now, today
from data.i18n import _
from data.privacy import canaries
from data.privacy.canaries import plant
from data.queries.mentees import all_records
from data.records import Mentee, Talk, Written
from data.store.change import Change
from data.store.store import Store
from screens.actions.screen import ActionsScreen
from screens.documents.status import StatusScreen
from screens.frame.base import BaseScreen
from screens.frame.places import load
from screens.home.screen import HomeScreen
from screens.library.guide import GuideScreen
from screens.library.questions import QuestionsScreen
from screens.library.screen import LibraryScreen
from screens.library.tips import TipsScreen
from screens.mentee.closing import ClosingScreen
from screens.mentee.expectations import ExpectationsScreen
from screens.needs.screen import NeedsScreen
from screens.note.by_day import NotesScreen
from screens.overview.screen import OverviewScreen
from screens.people.screen import PeopleScreen
from screens.plan.screen import PlanScreen
from screens.roles.screen import RolesScreen
from screens.talk.papers import PreparationScreen, SummaryScreen
from screens.talk.read import TalkReadScreen
from screens.talk.series import TalksScreen
from tests.screens.conftest import screen_text
from tests.screens.documents.tools import SIZE, files, form, press, written
from tests.screens.places import go, mentee
from tui.app import MentorApp

OF_MENTEE = {
    "overview": OverviewScreen,
    "plan": PlanScreen,
    "talks": TalksScreen,
    "roles": RolesScreen,
    "people": PeopleScreen,
    "needs": NeedsScreen,
    "actions": ActionsScreen,
    "expectations": ExpectationsScreen,
    "notes": NotesScreen,
    "can-now": ClosingScreen,
    "leader": StatusScreen,
}
"""What `w` proposes -> the screens of a mentee."""
OF_TALK = {"summary": (SummaryScreen, TalkReadScreen), "prep": (PreparationScreen,)}
OF_NOBODY = (LibraryScreen, GuideScreen, QuestionsScreen, TipsScreen)


async def test_two_keys_lead_from_the_plan_to_a_word_file(app: MentorApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await go(app, pilot, PlanScreen, "2")
        await press(pilot, "w", "f10")
        await written(app, pilot)
        (path,) = files()
        assert path.name in screen_text(app)
    assert path.name == f"plan-maja-holm-{today().isoformat()}.docx"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert docx.Document(str(path)).paragraphs[0].text == "Fortroligt"


async def test_the_records_of_a_plan_are_written_for_programs(app: MentorApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await go(app, pilot, PlanScreen, "2")
        await press(pilot, "w", "tab", "j", "f10")
        await written(app, pilot)
        (path,) = files()
    assert path.suffix == ".json"
    assert json.loads(path.read_bytes())["tasks"]


@pytest.mark.parametrize("what", OF_MENTEE)
async def test_each_list_of_a_mentee_proposes_what_it_shows(app: MentorApp, what: str) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        screen = OF_MENTEE[what](app.context, mentee(app.store).id)
        await app.push_screen(screen)
        await press(pilot, "w")
        assert form(app).texts()["what"] == what


@pytest.mark.parametrize("what", OF_TALK)
async def test_each_page_of_a_talk_proposes_what_may_leave_the_program(
    app: MentorApp, store: Store, what: str
) -> None:
    planted = plant(store, mentee(store), now())
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        for kind in OF_TALK[what]:
            talk = planted.to_come if what == "prep" else planted.held
            await app.push_screen(kind(app.context, talk.id))
            await press(pilot, "w")
            assert form(app).texts()["what"] == what
            await press(pilot, "tab", "t", "f10")
            await written(app, pilot)
        for path in files():
            assert path.suffix == ".txt"
            assert f"-{talk.number}-" in path.name
            text = path.read_text("utf-8")
            assert canaries.ALL not in text
            assert what == "prep" or canaries.OPEN in text
        assert len(files()) == len(OF_TALK[what]), "none replaces another"
        prepared = store.get(Talk, planted.to_come.id)
        assert prepared
        assert prepared.prepared_on == (today() if what == "prep" else None)


@pytest.mark.parametrize("kind", OF_NOBODY)
async def test_texts_about_nobody_are_written_as_they_are_shown(
    app: MentorApp, kind: type[BaseScreen[None]]
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await app.push_screen(kind(app.context))
        await press(pilot, "w", "tab", "t", "f10")
        await written(app, pilot)
        (path,) = files()
        text = path.read_text("utf-8")
        assert "Fortroligt" not in text
        assert len(text.split()) > 4


async def test_the_last_format_and_folder_are_proposed_again(
    app: MentorApp, tmp_path: Path
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await go(app, pilot, PlanScreen, "2")
        await press(pilot, "w", "tab", "c", "tab", "tab", "ctrl+u", *f"{tmp_path}/", "f10")
        await written(app, pilot)
        (path,) = tmp_path.glob("*.csv")
        assert path.name.startswith("plan-")
        await press(pilot, "w")
        assert form(app).texts()["format"] == "csv"
        assert form(app).texts()["where"] == f"{tmp_path}/"
        await press(pilot, "escape")
        positions = app.context.positions_as_text()
        assert not any(str(tmp_path) in text for text in positions.values())


async def test_a_format_that_cannot_hold_it_is_refused_with_those_that_can(app: MentorApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await app.push_screen(ClosingScreen(app.context, mentee(app.store).id))
        await press(pilot, "w", "tab", "c", "f10")
        assert "Word" in screen_text(app)
        assert form(app).texts()["what"] == "can-now"
        assert files() == []


async def test_a_folder_that_cannot_be_written_is_said_in_one_line(app: MentorApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await go(app, pilot, PlanScreen, "2")
        await press(pilot, "w", *["tab"] * 3, "ctrl+u", *"/proc/1/nothing/plan.txt", "f10")
        await written(app, pilot)
        assert isinstance(app.screen, PlanScreen)
        assert "/proc/1. " in screen_text(app)  # where it would have to be made
        assert files() == []


async def test_a_mentee_who_is_deleted_meanwhile_is_not_written(
    app: MentorApp, store: Store
) -> None:
    maja = mentee(store)
    async with app.run_test(size=SIZE) as pilot:
        await go(app, pilot, PlanScreen, "2")
        await press(pilot, "w")
        store.commit([Change.deleted(one) for one in (*all_records(store, maja.id), maja)])
        await press(pilot, "f10")
        assert _("What it is about has been deleted.") in screen_text(app)
        assert files() == []
        assert store.all(Written) == []


async def test_the_home_screen_offers_the_list_and_the_mentee_under_the_cursor(
    app: MentorApp,
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await app.push_screen(HomeScreen(app.context))
        await press(pilot, "w")
        offered = {choice.value for choice in form(app).fields[0].choices}
        assert form(app).texts()["what"] == "mentees"
        assert {"mentees", "plan", "scheme"} <= offered
        await press(pilot, "escape", "f6", "w")
        offered = {choice.value for choice in form(app).fields[0].choices}
        assert "mentees" not in offered


async def test_the_managers_status_is_agreed_and_wishes_are_written(
    app: MentorApp, store: Store
) -> None:
    maja = mentee(store)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        page = StatusScreen(app.context, maja.id)
        await app.push_screen(page)
        await pilot.pause()
        not_yet = _("Not agreed with {name} yet.").format(name=maja.name)
        assert not_yet in page.pane.plain
        await press(pilot, "e", *"Fast plads", "f10")
        assert "Fast plads" in page.pane.plain
        await press(pilot, "d")
        assert not_yet not in page.pane.plain
        stored = store.get(Mentee, maja.id)
        assert stored
        assert (stored.manager_wishes, stored.status_agreed_on) == ("Fast plads", today())
        await press(pilot, "u")
        undone = store.get(Mentee, maja.id)
        assert undone
        assert undone.status_agreed_on is None


async def test_a_status_not_agreed_on_is_written_with_the_way_to_agree(
    app: MentorApp, store: Store
) -> None:
    maja = mentee(store)
    agree = "Ctrl+P, Status til leder, d"
    async with app.run_test(size=SIZE) as pilot:
        await go(app, pilot, PlanScreen, "2")
        await press(pilot, "w", *"status", "enter", "t", "f10")
        await written(app, pilot)
        assert agree in " ".join(screen_text(app).split())
        await press(pilot, "ctrl+p", *"status til leder", "enter", "d", "escape")
        stored = store.get(Mentee, maja.id)
        assert stored
        assert stored.status_agreed_on == today()
        await press(pilot, "w", *"status", "enter", "t", "f10")
        await written(app, pilot)
        assert agree not in " ".join(screen_text(app).split())
        assert "status-maja-holm" in screen_text(app)


async def test_every_document_is_among_the_commands_by_name(app: MentorApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await go(app, pilot, PlanScreen, "2")
        for typed, kind in (
            ("buddyens liste", "document"),
            ("status til leder", "status"),
            ("om ordningen", "document"),
            ("forberedelsesark dokument", "document"),
        ):
            await press(pilot, "ctrl+p", *typed, "enter")
            page: Any = app.screen
            assert type(page) is load(kind), typed
            assert len(page.pane.plain) > 100
            await press(pilot, "escape")
