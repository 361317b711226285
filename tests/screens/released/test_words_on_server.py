"""What the screens say where the records are on a server: nothing of files that are not there."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from textual.pilot import Pilot

from data.clock import now
from data.example import example_records
from data.i18n import set_language
from data.privacy.here import note_here
from data.records import Mentee, Note, Role, RoleKind
from data.settings import Settings
from data.storage.postgres.visiting import MENTOR, visit_to
from data.store.change import Change
from data.store.opening import OpenedStore
from data.store.store import Store
from screens.closed.delete import DeletionScreen
from screens.frame.base import BaseScreen
from screens.frame.context import Context
from screens.frame.places import PLACES, load
from screens.home.screen import HomeScreen
from screens.note.screen import NoteScreen
from screens.publishing.page import PublishedScreen
from screens.workplace.overview_screen import WorkplaceScreen
from tests.data.storage.postgres.team_server import TeamServer
from tests.data.storage.postgres.test_published import COUNTS
from tests.screens.conftest import screen_text
from tests.tools.hurry import until
from tests.tools.words_of_files import about_files
from tui.app import MentorApp

SIZE = (120, 60)
BOX = re.compile("[\u2500-\u259f]")
MORE = ("notes", "history", "closing", "status", "search")
"""Screens of a mentee that have no digit."""


def shown(app: MentorApp) -> str:
    """Return what is on the screen, without the frames around it."""
    return BOX.sub(" ", screen_text(app))


@pytest.fixture(params=["da", "en"])
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    set_language(request.param)
    yield request.param
    set_language("da")


@pytest.fixture
def context(of_mette: OpenedStore, language: str) -> Context:
    """The records of Mette with the example."""
    store = of_mette.store
    day = now().date() - timedelta(days=1)
    store.commit([Change.created(one) for one in example_records(day, now(), language)])
    assert store.flush(20)
    note_here(of_mette.path, Settings())
    return Context(store, Settings(), file=of_mette.path, of_team=True)


def of_example(context: Context) -> Mentee:
    """Return the mentee of whom there is most."""
    all_of_them = context.store.all(Mentee)
    return max(all_of_them, key=lambda one: len(context.store.of(Role, one.id)))


async def read_all(app: MentorApp, pilot: Pilot[int], *keys: str) -> str:
    """Press keys one after the other; return all that was shown on the way."""
    found = [shown(app)]
    for key in keys:
        await pilot.press(key)
        await pilot.pause()
        found.append(shown(app))
    return ". ".join(found)


def refuse(said: str, *so: str) -> None:
    """See to it that nothing of files is said but behind these words, where it is so."""
    wrong = about_files(said, so=frozenset(so))
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("name", [*(one.name for one in PLACES), *MORE])
async def test_no_page_of_a_mentee_speaks_of_them(context: Context, name: str) -> None:
    screen: BaseScreen[None] = load(name)(context, of_example(context).id)
    app = MentorApp(context, first=screen)
    async with app.run_test(size=SIZE) as pilot:
        said = await read_all(app, pilot, "f1", "escape", "x", "escape", "down", "x")
        refuse(said)


async def test_the_home_screen_does_not_with_or_without_mentees(
    of_mette: OpenedStore, context: Context, no_records: Store
) -> None:
    for one in (context, Context(no_records, Settings(), file=of_mette.path, of_team=True)):
        one.store.on_server = True
        app = MentorApp(one, first=HomeScreen(one))
        async with app.run_test(size=SIZE) as pilot:
            refuse(await read_all(app, pilot, "f1", "escape"))


async def test_what_is_deleted_is_said_to_be_on_the_server_yet(context: Context) -> None:
    mentee = of_example(context)
    screen = load("plan")(context, mentee.id)
    app = MentorApp(context, first=screen)
    async with app.run_test(size=SIZE) as pilot:
        said = await read_all(app, pilot, "x")
        assert "mentor forget" in said
        assert "56" not in said.partition("mentor forget")[0][-300:]
    co_mentor = Role(mentee_id=mentee.id, kind=RoleKind.CO_MENTOR)
    context.store.commit([Change.created(co_mentor)])
    context.positions[f"roles:{mentee.id}"] = (co_mentor.id, "")
    app = MentorApp(context, first=load("roles")(context, mentee.id))
    async with app.run_test(size=SIZE) as pilot:
        said = await read_all(app, pilot, "x")
        assert "mentor forget" in said
        refuse(said)


async def test_deleting_for_good_and_a_note_do_not(context: Context) -> None:
    mentee = of_example(context)
    app = MentorApp(context, first=DeletionScreen(context, mentee.id))
    async with app.run_test(size=SIZE) as pilot:
        await until(lambda: "VACUUM" in screen_text(app))
        said = await read_all(app, pilot, "f1")
        refuse(said, "a backup of it", "en backup af den")
    note = Note(mentee_id=mentee.id, text="Godt gået", private=False)
    context.store.commit([Change.created(note)])
    app = MentorApp(context, first=NoteScreen(context, mentee.id, note_id=note.id))
    async with app.run_test(size=SIZE) as pilot:
        said = await read_all(app, pilot)
        assert "mentees mentorer" in said or "and their mentors" in said


async def test_the_pages_of_counts_do_not(
    context: Context, team: TeamServer, no_records: Store
) -> None:
    app = MentorApp(context, first=PublishedScreen(context))
    async with app.run_test(size=SIZE) as pilot:
        await until(lambda: "Ctrl+P" in screen_text(app))
        refuse(await read_all(app, pilot, "f1"))
    of_kim = Context(no_records, Settings(), has_records=False)
    page = WorkplaceScreen(of_kim, [team.stand_in("kim")])
    app = MentorApp(of_kim, first=page)
    async with app.run_test(size=SIZE) as pilot:
        await until(lambda: page.files.is_read)
        refuse(await read_all(app, pilot, "f1"))


async def test_the_page_asks_the_server_what_is_published(
    of_mette: OpenedStore, team: TeamServer
) -> None:
    context = Context(of_mette.store, Settings(), file=of_mette.path, of_team=True)
    with visit_to(of_mette.path, MENTOR) as visit:  # as another computer does
        assert visit.publish(json.dumps(COUNTS), first=True)
    page = PublishedScreen(context)
    app = MentorApp(context, first=page)
    async with app.run_test(size=SIZE):
        await until(lambda: "Kim Lund" in screen_text(app))
        assert "Det er slået til på en anden computer" in screen_text(app)
        with visit_to(of_mette.path, MENTOR) as visit:
            visit.unpublish()
        page.bring_up_to_date(everything=True)
        await until(lambda: "Intet er offentliggjort." in screen_text(app))


async def test_a_hand_over_says_that_a_colleague_on_the_server_gets_a_role(
    context: Context, language: str
) -> None:
    home = HomeScreen(context)
    app = MentorApp(context, first=home)
    words = {"da": "Filen er til en mentor uden for", "en": "The file is for a mentor outside"}
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        home.lists.mentees.go_to(of_example(context).id)
        said = await read_all(app, pilot, "O")
        assert words[language] in said
        refuse(said)


async def test_a_co_mentor_without_a_login_is_named_on_the_screen(
    context: Context, language: str
) -> None:
    app = MentorApp(context, first=load("roles")(context, of_example(context).id))
    words = {"da": "Cia Bo får ingen adgang på serveren", "en": "Cia Bo gets no access on the"}
    expected = (words[language], "mentor server grant")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("M", *"Cia Bo", "f10")
        await until(lambda: all(one in screen_text(app) for one in expected))
