"""In a team file no place shows a colleague's private words, although nothing is hidden there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from data.clock import now
from data.i18n import _
from data.privacy import canaries as c
from data.privacy.canaries import Planted, plant
from data.records import Conflict, Mentee, Note
from data.store.change import Change
from data.store.store import Store
from screens.frame.places import BY_NAME, load
from screens.home.screen import HomeScreen
from screens.note.screen import NoteScreen
from screens.talk.read import TalkReadScreen
from tests.data.store.team_tools import Team
from tests.screens.conftest import AppOn
from tests.screens.places import mentee
from tests.screens.test_canaries import PLACES, SIZE, Place, Visit, private_note, shared_doubt
from tests.screens.two_sessions.world import form_in
from tests.tools.example import example_changes

OF_NOBODY_ELSE = {private_note, shared_doubt}
"""Places that open a note which is not there for a colleague."""


@pytest.fixture
def team(tmp_path: Path) -> Team:
    return Team(tmp_path)


@pytest.fixture
def planted(team: Team) -> Planted:
    """Private words of Met."""
    with team.as_("anna") as store:
        store.commit(example_changes(now(), "da"))
    with team.as_("met") as store:
        return plant(store, mentee(store), now())


@pytest.fixture
def colleague(team: Team, planted: Planted) -> Iterator[Store]:
    opened = team.open("bo", threaded=True)
    yield opened.store
    opened.close()


@pytest.mark.parametrize(
    "place",
    [one for one in PLACES if one.look not in OF_NOBODY_ELSE],
    ids=lambda place: place.look.__name__,
)
async def test_no_place_shows_a_colleagues_words(
    colleague: Store, planted: Planted, app_on: AppOn, place: Place
) -> None:
    app = app_on(colleague)
    async with app.run_test(size=SIZE) as keys:
        await keys.pause()
        app.context.shared_view = False
        seen = await place.look(Visit(app, keys, planted))
        assert c.ALL not in seen
        assert place.seen in seen


async def test_nor_does_any_other(colleague: Store, planted: Planted, app_on: AppOn) -> None:
    app = app_on(colleague)
    async with app.run_test(size=SIZE) as keys:
        await keys.pause()
        visit = Visit(app, keys, planted)
        assert c.ALL not in await visit.open(HomeScreen(app.context))
        assert c.ALL not in await visit.press("tab")
        for name in BY_NAME:
            assert c.ALL not in await visit.open(load(name)(app.context, planted.mentee.id))


async def test_the_author_sees_them(team: Team, planted: Planted, app_on: AppOn) -> None:
    opened = team.open("met", threaded=True)
    app = app_on(opened.store)
    async with app.run_test(size=SIZE) as keys:
        await keys.pause()
        visit = Visit(app, keys, planted)
        assert c.NOTE in await private_note(visit)
    opened.close()


async def test_a_note_says_who_reads_it(team: Team, planted: Planted, app_on: AppOn) -> None:
    opened = team.open("met", threaded=True)
    app = app_on(opened.store)
    app.context.of_team = opened.of_team
    async with app.run_test(size=SIZE) as keys:
        await keys.pause()
        visit = Visit(app, keys, planted)
        note = Note(mentee_id=planted.mentee.id, text="delt ord", at=now())
        opened.store.commit([Change.created(note)])
        seen = await visit.open(NoteScreen(app.context, note_id=note.id))
        assert _("Private") in seen
        assert _("Shared (with mentee and team)") in await visit.press("f4")
    assert opened.store.flush()
    opened.close()
    opened = team.open("bo", threaded=True)
    app = app_on(opened.store)
    app.context.of_team = opened.of_team
    async with app.run_test(size=SIZE) as keys:
        await keys.pause()
        visit = Visit(app, keys, planted)
        await visit.open(NoteScreen(app.context, note_id=note.id))
        text = _("{who} has written here last; only {who} can make it private")
        assert text.format(who="met") in await visit.press("f4")
        assert _("Shared (with mentee and team)") in await visit.press()
    opened.close()


async def test_a_colleagues_answer_is_not_made_private(
    team: Team, planted: Planted, app_on: AppOn
) -> None:
    opened = team.open("bo", threaded=True)
    app = app_on(opened.store)
    app.context.of_team = opened.of_team
    async with app.run_test(size=SIZE) as keys:
        await keys.pause()
        visit = Visit(app, keys, planted)
        assert c.OPEN in await visit.open(TalkReadScreen(app.context, planted.held.id))
        text = _("{who} has written here last; only {who} can make it private")
        assert text.format(who="met") in await visit.press("down", "f4")
        assert _("Correct the words") in await visit.press("e")
        assert "private" not in form_in(app).texts()
    opened.close()


async def test_the_first_screen_says_where_words_are_kept(team: Team, app_on: AppOn) -> None:
    opened = team.open("met", threaded=True)
    app = app_on(opened.store)
    app.context.of_team = opened.of_team
    async with app.run_test(size=SIZE) as keys:
        await keys.pause()
        visit = Visit(app, keys, None)  # type: ignore[arg-type]  # nothing has been planted
        seen = " ".join((await visit.open(HomeScreen(app.context))).split())
        assert (
            _(
                "Everything is saved as you type, in the team's file. What is private is in a "
                "file of your own. Server administrators can technically read both."
            )
            in seen
        )
    assert opened.store.all(Mentee) == opened.store.all(Conflict) == []
    opened.close()
