"""Leaving while the server is away: what is kept is said, and only what is lost is called so."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from data.i18n import set_language
from data.records import Conflict, Mentee, Note
from data.settings import Settings
from data.store.change import Change
from data.store.events import SaveState
from data.store.opening import OpenedStore, open_store
from screens.frame.context import Context
from screens.note.screen import NoteScreen
from tests.data.storage.postgres.team_server import TeamServer
from tests.screens.conftest import screen_text
from tests.tools.hurry import until
from tests.tools.postgres import Server
from tui.app import MentorApp
from tui.cli.call import parting, server_rules

SIZE = (80, 24)
LOSES = {"en": "and lose", "da": "og mist"}
KEPT = {
    "en": "1 text that you typed is kept on this computer and comes back at the next start.",
    "da": "1 tekst, du har skrevet, er gemt på denne computer og kommer igen ved næste start.",
}


@pytest.fixture
def path(team: TeamServer) -> Path:
    """The stand-in of Mette's records, in which there is a mentee."""
    path = team.stand_in("met")
    opened = opened_at(path)
    opened.store.commit([Change.created(Mentee(name="Maja Holm"))])
    assert opened.close()
    return path


@pytest.fixture
def away(path: Path, server: Server) -> Iterator[OpenedStore]:
    """Her records, open as on the screen, and a server that has stopped meanwhile."""
    opened = opened_at(path)
    server.stop()
    yield opened
    server.stop()
    server.start()


def opened_at(path: Path) -> OpenedStore:
    return open_store(path, threaded=True, parting=parting, on_server=server_rules)


def app_of(opened: OpenedStore) -> MentorApp:
    return MentorApp(Context(opened.store, Settings(), file=opened.path, of_team=True))


def words(app: MentorApp) -> str:
    return " ".join(screen_text(app).replace("│", " ").split())


@pytest.mark.parametrize("language", ["en", "da"])
async def test_what_was_typed_is_kept_and_that_is_said(
    away: OpenedStore, path: Path, server: Server, language: str
) -> None:
    set_language(language)
    app = app_of(away)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("n")
        await until(lambda: isinstance(app.screen, NoteScreen))
        await pilot.press("x", "ctrl+q")
        await until(lambda: KEPT[language] in words(app))
        assert LOSES[language] not in words(app)
        await pilot.press("y")
        await until(lambda: app.return_code is not None)
    assert not away.close(1)
    server.start()

    again = opened_at(path)
    try:
        assert [draft.text for draft in again.restored] == ["x"]
    finally:
        assert again.close()


@pytest.mark.parametrize("switched", [0, 1, 2])
async def test_a_note_that_was_written_then_comes_back_as_a_note(
    away: OpenedStore, path: Path, server: Server, switched: int
) -> None:
    """With whom it is about, and no more public than it was left."""
    app = app_of(away)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("n")
        await until(lambda: isinstance(app.screen, NoteScreen))
        await pilot.press(*"ordx")
        away.store.commit_typing()
        await pilot.press("y", "backspace", *["f4"] * switched)
        await pilot.press("f10", "ctrl+q", "y")
        await until(lambda: app.return_code is not None)
    assert not away.close(1)
    server.start()

    again = opened_at(path)
    try:
        (note,) = again.store.all(Note)
        assert (note.text, note.private) == ("ordx", switched != 1)
        assert note.mentee_id == again.store.all(Mentee)[0].id
        assert again.store.all(Conflict) == []
    finally:
        assert again.close()
    last = opened_at(path)
    try:
        assert not last.restored
        assert [one.text for one in last.store.all(Note)] == ["ordx"]
    finally:
        assert last.close()


@pytest.mark.parametrize("language", ["en", "da"])
async def test_what_is_lost_is_said_too(away: OpenedStore, language: str) -> None:
    set_language(language)
    app = app_of(away)
    note = Note(mentee_id=away.store.all(Mentee)[0].id, text="a")
    async with app.run_test(size=SIZE) as pilot:
        away.store.commit([Change.edited(away.store.all(Mentee)[0], team="Nord")])
        await until(lambda: away.store.status.state is SaveState.FAILED)
        await pilot.press("ctrl+q")
        await until(lambda: LOSES[language] in words(app))
        assert KEPT[language] not in words(app)
        await pilot.press("escape")
        away.store.begin_text(note, "text", "")
        away.store.type_text(note, "text", "a b")
        await pilot.press("ctrl+q")
        await until(lambda: KEPT[language] in words(app))
        assert LOSES[language] in words(app)
        await pilot.press("y")
        await until(lambda: app.return_code is not None)
    assert not away.close(1)
