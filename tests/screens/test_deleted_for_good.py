"""A mentee is deleted for good in another session while this one stands on it."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from data.privacy.purge import all_of
from data.records import Mentee, Note
from data.storage.upkeep.going import look
from data.storage.upkeep.purging import Report, purge
from data.store.change import Change
from data.store.opening import open_store
from data.store.store import Store
from screens.frame.base import BaseScreen
from screens.home.screen import HomeScreen
from tests.screens.conftest import Keys, screen_text
from tests.tools.hurry import until
from tui.app import MentorApp
from widgets.note_area import NoteArea


@pytest.fixture
def first() -> type[HomeScreen]:
    """These tests begin where a user does."""
    return HomeScreen


def delete(path: Path, mentee_id: str) -> Report:
    """Delete a mentee in another session."""
    other = open_store(path, by="mette", threaded=False)
    mentee = other.store.get(Mentee, mentee_id)
    assert mentee is not None
    going = look(path, all_of(other.store, mentee), by="mette")
    other.close()
    return purge(path, going, words=[mentee.name])


async def enter(app: MentorApp, keys: Keys) -> Mentee:
    """Open the mentee under the cursor, and return who that is."""
    await keys.pause()
    await keys.press("enter")
    await keys.pause()
    assert isinstance(app.screen, BaseScreen)
    mentee = app.store.get(Mentee, app.screen.standing_on()[0])
    assert mentee is not None
    return mentee


async def test_what_is_typed_about_somebody_who_is_deleted_is_nowhere(
    app: MentorApp, store: Store, path: Path
) -> None:
    store.flush()
    store.subscribe(app.context.forget_for_good)
    found: list[Report] = []
    async with app.run_test(size=(80, 24)) as keys:
        mentee_id = (await enter(app, keys)).id
        app.context.positions[f"plan:{mentee_id}"] = ("1", "title")
        await keys.press("n", *"hemmelig tekst")
        await keys.pause()
        thread = threading.Thread(target=lambda: found.append(delete(path, mentee_id)))
        thread.start()
        await until(lambda: store.get(Mentee, mentee_id) is None)
        await keys.press(*" og mere")
        await keys.pause()
        await until(lambda: not thread.is_alive())
        for _step in range(6):
            await keys.press("escape")
            await keys.pause()
        assert isinstance(app.screen, HomeScreen)
        assert app.crash is None
    assert store.flush()
    assert len(found) == 1
    assert not any("hemmelig" in note.text for note in store.all(Note))
    assert not any(mentee_id in key for key in app.context.positions)
    for file in path.parent.rglob("*"):
        if file.is_file():
            data = file.read_bytes()
            assert b"hemmelig" not in data, file
            assert mentee_id.encode() not in data, file


async def test_earlier_notes_below_a_text_are_gone_too(
    app: MentorApp, store: Store, path: Path
) -> None:
    store.flush()
    found: list[Report] = []
    async with app.run_test(size=(80, 24)) as keys:
        mentee = await enter(app, keys)
        store.commit([Change.created(Note(mentee_id=mentee.id, text="hemmeligt fra i går"))])
        store.flush()
        await keys.press("n", *"mere hemmeligt")
        await keys.pause()
        assert "hemmeligt fra i går" in screen_text(app)
        thread = threading.Thread(target=lambda: found.append(delete(path, mentee.id)))
        thread.start()
        await until(lambda: store.get(Mentee, mentee.id) is None)
        await until(lambda: not thread.is_alive())
        await keys.pause()
        shown = screen_text(app)
        assert "hemmeligt" not in shown
        assert f"mette har slettet {mentee.name} endeligt." in shown, shown
        assert not app.screen.query_one(NoteArea).text


@pytest.mark.parametrize(
    "keys_to",
    [
        "",
        "2",
        "3",
        "4",
        "5",
        "6",
        "7",
        "0",
        "t",
        "2 e",
        "2 enter",
        "2 m",
        "3 v",
        "H",
        "i",
        "w",
        "x",
    ],
)
async def test_a_screen_about_them_gives_way_and_says_who_deleted_whom(
    app: MentorApp, store: Store, path: Path, keys_to: str
) -> None:
    store.flush()
    async with app.run_test(size=(80, 24)) as keys:
        mentee = await enter(app, keys)
        await keys.press(*keys_to.split())
        await keys.pause()
        thread = threading.Thread(target=delete, args=(path, mentee.id))
        thread.start()
        await until(lambda: store.get(Mentee, mentee.id) is None)
        await until(lambda: not thread.is_alive())
        await until(lambda: isinstance(app.screen, HomeScreen), "it did not give way")
        await keys.pause()
        assert f"mette har slettet {mentee.name} endeligt." in screen_text(app)
        assert app.crash is None
