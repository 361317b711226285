"""Two sessions write in the same answer of the same talk at once."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from data.clock import today
from data.records import Answer, Note, Talk
from data.store.change import Change
from data.store.opening import OpenedStore, open_store
from data.store.store import Store
from screens.note import NoteScreen
from tests.screens.conftest import AppOn
from tests.screens.talk.tools import SIZE, Keys, answers, enter, go, maja, talk_screen, write
from tui.app import MentorApp
from widgets import note_area
from widgets.note_area import NoteArea

PATIENCE = 20.0


@pytest.fixture
def colleague(path: Path, store: Store) -> Iterator[Store]:
    """Another session on the same file."""
    assert store.flush()
    opened: OpenedStore = open_store(path, by="anna", threaded=True)
    yield opened.store
    opened.close()


async def until(pilot: Keys, condition: Callable[[], bool], *stores: Store) -> None:
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        for store in stores:
            store.pump()
        await pilot.pause()
        await asyncio.sleep(0.01)


def said(store: Store, key: str) -> list[str]:
    """The mentee's words to a step of today's talk, one for each record."""
    talk = next(one for one in store.of(Talk, maja(store).id) if one.planned_on == today())
    found = store.of(Answer, talk.mentee_id)
    return [one.mentee for one in found if one.talk_id == talk.id and one.key == key]


def area_of(app: MentorApp) -> NoteArea:
    found = app.focused
    assert isinstance(found, NoteArea)
    return found


def before_cursor(area: NoteArea) -> str:
    row, column = area.cursor_location
    return area.document.get_line(row)[:column]


async def test_words_that_arrive_wait_for_a_pause_and_leave_the_own_line_whole(
    app: MentorApp, store: Store, colleague: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(note_area, "PAUSE_SECONDS", 60.0)
    theirs = "bb0 bb1\naa0"
    async with app.run_test(size=SIZE) as pilot:
        await enter(app, pilot)
        await go(app, pilot, "occupied")
        await write(pilot, "aa0 a")
        area = area_of(app)
        await until(pilot, lambda: said(colleague, "occupied") == ["aa0 a"], colleague)
        answer = answers(colleague)["occupied"]
        colleague.commit([Change.edited(answer, mentee=f"bb0 bb1\n{answer.mentee}")])
        await until(pilot, lambda: said(store, "occupied") == ["bb0 bb1\naa0 a"], colleague)
        assert "bb0" not in area.text, "nothing moves under the hands"
        await write(pilot, "a1")
        await until(pilot, lambda: said(colleague, "occupied") == [f"{theirs} aa1"], colleague)
        monkeypatch.setattr(note_area, "PAUSE_SECONDS", 0.05)
        await write(pilot, " a")
        await until(pilot, lambda: "bb0" in area.text)
        assert before_cursor(area) == "aa0 aa1 a"
        await write(pilot, "a2")
        await until(pilot, lambda: said(colleague, "occupied") == [f"{theirs} aa1 aa2"], colleague)


async def test_who_has_written_nothing_goes_on_behind_the_others_line(
    app: MentorApp, store: Store, colleague: Store
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await enter(app, pilot)
        await go(app, pilot, "occupied")
        await pilot.press("pagedown")
        area = area_of(app)
        assert talk_screen(app).pane.step.key == "works"
        talk = talk_screen(app).desk.talk
        answer = Answer(mentee_id=talk.mentee_id, talk_id=talk.id, key="works", mentee="bb0 b")
        colleague.commit([Change.created(answer)])
        await until(pilot, lambda: area.text == "bb0 b", colleague)
        await write(pilot, "aa0")
        assert area.text == "bb0 b\naa0"
        assert store.flush()
        assert said(store, "works") == ["bb0 b\naa0"]


async def test_a_note_open_in_two_places_shows_what_the_other_writes(
    app_on: AppOn, store: Store, colleague: Store
) -> None:
    note = Note(mentee_id=maja(store).id, text="One.\n")
    store.commit([Change.created(note)])
    assert store.flush()
    app = app_on(store)
    async with app.run_test(size=SIZE) as pilot:
        await app.push_screen(NoteScreen(app.context, note_id=note.id))
        await until(pilot, lambda: colleague.get(Note, note.id) is not None, colleague)
        theirs = colleague.get(Note, note.id)
        assert theirs is not None
        colleague.commit([Change.edited(theirs, text="Zero.\nOne.\n")])
        await until(pilot, lambda: area_of(app).text == "Zero.\nOne.\n", colleague)
        await write(pilot, "Two.")
        assert store.flush()
        found = store.get(Note, note.id)
        assert found is not None
        assert found.text == "Zero.\nOne.\nTwo."
