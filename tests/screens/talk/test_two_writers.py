"""Two sessions write in the same answer of the same talk at once."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from data.clock import now, set_clock, today
from data.i18n import _
from data.method.talk.lifecycle import start_talk
from data.queries.views import mentee_view
from data.records import Answer, Conflict, Note, Talk, TalkState
from data.settings import Settings
from data.store.change import Change
from data.store.opening import OpenedStore, open_store
from data.store.store import Store
from screens.frame.context import Context
from screens.note.screen import NoteScreen
from screens.talk.desk import TalkDesk
from tests.screens.conftest import AppOn, screen_text
from tests.screens.talk.tools import (
    SIZE,
    answers,
    enter,
    go,
    maja,
    planned,
    talk_screen,
    until,
    write,
)
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


async def test_words_that_waited_arrive_when_one_has_paused(
    app: MentorApp, store: Store, colleague: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing else happens then: the field itself notices that its user has paused."""
    monkeypatch.setattr(note_area, "PAUSE_SECONDS", 3.0)
    async with app.run_test(size=SIZE) as pilot:
        await enter(app, pilot)
        await go(app, pilot, "occupied")
        await write(pilot, "aa0")
        area = area_of(app)
        await until(pilot, lambda: said(colleague, "occupied") == ["aa0"], colleague)
        await write(pilot, " ")
        answer = answers(colleague)["occupied"]
        colleague.commit([Change.edited(answer, mentee="aa0\nbb0")])
        await until(pilot, lambda: said(store, "occupied") == ["aa0 \nbb0"])
        assert area.text == "aa0 "
        await until(pilot, lambda: area.text == "aa0 \nbb0")
        assert before_cursor(area) == "aa0 "


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


async def test_undo_of_an_answer_that_another_went_on_with_promises_no_second_text(
    app: MentorApp, store: Store, colleague: Store
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await enter(app, pilot)
        await go(app, pilot, "occupied")
        await write(pilot, "a")
        await until(pilot, lambda: said(colleague, "occupied") == ["a"], colleague)
        colleague.commit([Change.edited(answers(colleague)["occupied"], mentee="ab")])
        assert colleague.flush()

        await pilot.press("ctrl+z")
        told = _("{name} has changed it in the meantime. It is as {name} wrote it.")
        await until(pilot, lambda: told.format(name="anna") in screen_text(app))

        assert said(store, "occupied") == ["ab"]
        assert store.all(Conflict) == []


async def test_who_writes_on_in_a_talk_that_another_ends_is_told_so(
    app: MentorApp, store: Store, colleague: Store
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await enter(app, pilot)
        await go(app, pilot, "occupied")
        await write(pilot, "a")
        await until(pilot, lambda: said(colleague, "occupied") == ["a"], colleague)
        talk = colleague.get(Talk, talk_screen(app).desk.talk.id)
        assert talk is not None
        colleague.commit([Change.edited(talk, state=TalkState.HELD, ended_at=now())])
        assert colleague.flush()
        told = _("{name} has ended the talk. What you write is kept on its page.")
        await until(pilot, lambda: told.format(name="anna") in screen_text(app))
        await write(pilot, "b")
        assert told.format(name="anna") in screen_text(app), "it outlasts the next keys"
        await until(pilot, lambda: said(store, "occupied") == ["ab"])


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


# -- the first letter of an answer ----------------------------------------------------------------


def desk_of(store: Store) -> TalkDesk:
    mentee = maja(store)
    started, starting = start_talk(mentee_view(store, mentee), now())
    return TalkDesk(Context(store, Settings()), mentee, started, starting)


def type_at(desk: TalkDesk, key: str, text: str) -> None:
    """Type a text letter by letter; the field shows what is typed and nothing of others."""
    step = desk.known.step(key)
    assert step is not None
    for end in range(1, len(text) + 1):
        desk.write(step, "", "mentee", text[:end], shown=text[: end - 1])


def test_two_who_begin_the_same_answer_write_in_one(store: Store, colleague: Store) -> None:
    """Neither has heard of the other's talk under way, nor of the other's answer."""
    stores = (store, colleague)
    until_seen(colleague, lambda: bool(colleague.all(Talk)))
    for one, text in zip(stores, ("aa0 aa1", "bb0 bb1"), strict=True):
        type_at(desk_of(one), "occupied", text)
    for one in stores:
        assert one.flush()
    until_seen(colleague, lambda: said(colleague, "occupied") == ["aa0 aa1\nbb0 bb1"])
    until_seen(store, lambda: said(store, "occupied") == ["aa0 aa1\nbb0 bb1"])
    for one in stores:
        assert one.all(Conflict) == [], "where one stands in the talk is no conflict"
        talks = [talk for talk in one.of(Talk, maja(one).id) if talk.state is TalkState.RUNNING]
        assert len(talks) == 1


def test_an_answer_of_an_earlier_version_is_gone_on_with(store: Store) -> None:
    desk = desk_of(store)
    desk.begin()
    old = Answer(mentee_id=desk.mentee_id, talk_id=desk.talk.id, key="occupied", mentee="old")
    store.commit([Change.created(old)])
    desk.forget()
    step = desk.known.step("occupied")
    assert step is not None
    desk.write(step, "", "mentee", "old and new", shown="old")
    assert store.flush()
    assert said(store, "occupied") == ["old and new"]


def until_seen(store: Store, condition: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        store.pump()
        time.sleep(0.005)


WRITER = """
import sys, time
from pathlib import Path
from data.records import Mentee
from data.store.opening import open_store
from tests.screens.talk.test_two_writers import desk_of, type_at

opened = open_store(Path(sys.argv[1]), by=sys.argv[2], threaded=True)
print("open", flush=True)
sys.stdin.readline()
type_at(desk_of(opened.store), "occupied", sys.argv[3])
assert opened.typing_log.barrier(20)
print("typed", flush=True)
sys.stdin.readline()
opened.close()
"""


@pytest.mark.parametrize("killed", [True, False], ids=["one is killed", "both end"])
def test_two_processes_in_one_answer(store: Store, path: Path, killed: bool) -> None:
    texts = {"birgitte": "aa0 aa1 aa2", "anna": "bb0 bb1 bb2"}
    talk = planned(store)
    set_clock(None)
    store.commit([Change.edited(talk, planned_on=today())])
    assert store.flush()
    with ExitStack() as stack:
        writers = [stack.enter_context(writer(path, by, text)) for by, text in texts.items()]
        for one in writers:
            assert heard(one) == "open"
        for one in writers:
            tell(one)
        for one in writers:
            assert heard(one) == "typed"
        if killed:
            writers[0].kill()
            writers[0].wait()
        for one in writers[1 if killed else 0 :]:
            tell(one)
            assert one.wait(PATIENCE) == 0
    after = open_store(path, by="birgitte", threaded=True)
    try:
        assert after.store.flush()
        (text,) = said(after.store, "occupied")
        assert sorted(text.split("\n")) == sorted(texts.values())
        assert after.store.all(Conflict) == []
    finally:
        after.close()


def writer(path: Path, by: str, text: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path), by, text],
        cwd=Path(__file__).parents[3],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def heard(writer: subprocess.Popen[str]) -> str:
    assert writer.stdout is not None
    return writer.stdout.readline().strip()


def tell(writer: subprocess.Popen[str]) -> None:
    assert writer.stdin is not None
    writer.stdin.write("\n")
    writer.stdin.flush()
