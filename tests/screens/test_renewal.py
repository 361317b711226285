"""What others change is shown soon, in one go, and costs a screen nothing that does not show it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import ClassVar

import pytest
from textual.message_pump import MessagePump
from textual.timer import Timer

from data.clock import now, today
from data.records import Action, Mentee, Note, Person, Talk, Task
from data.settings import Settings
from data.storage.protocol import Clash
from data.store.change import Change
from data.store.opening import open_store
from data.store.store import Event, Store
from screens.frame.context import Context
from screens.frame.notices import Notices
from screens.frame.renewal import Renewal
from screens.home.screen import HomeScreen
from screens.note.screen import NoteScreen
from screens.overview.screen import OverviewScreen
from screens.plan.screen import PlanScreen
from screens.talk.read import TalkReadScreen
from tests.data.backend import Disk
from tests.data.store.store_tools import direct
from tests.screens.conftest import Keys, screen_text
from tests.screens.places import go, mentee, own
from tests.screens.two_sessions.world import until
from tui.app import MentorApp

TASKS = frozenset({Task.table})


class _Seen:
    """A screen that counts how often it shows the records."""

    GIVES_WAY: ClassVar[bool] = True

    def __init__(self, store: Store) -> None:
        self.store = store
        self.notices = Notices(store)
        self.in_sight = True
        self.shown = self.backs = 0
        self.timers: list[float] = []
        self.end_wait: Callable[[], None] = lambda: None
        self.renewal = Renewal(self)
        self.bring_up_to_date()

    def bring_up_to_date(self) -> None:
        if self.renewal.is_due:
            self.renewal.show()

    def show_records(self) -> None:
        self.shown += 1

    def give_way(self) -> None:
        self.backs += 1

    def show_title(self) -> None: ...

    def set_timer(self, delay: float, callback: Callable[[], None]) -> Timer:
        self.timers.append(delay)
        self.end_wait = callback
        return Timer(MessagePump(), delay)


@pytest.fixture
def seen() -> _Seen:
    return _Seen(direct(Disk()))


def others(*, clashes: tuple[Clash, ...] = (), tables: frozenset[str] = TASKS) -> Event:
    return Event(tables, own=False, clashes=clashes)


def test_the_first_change_of_others_is_shown_at_once_and_a_burst_in_one_go(seen: _Seen) -> None:
    seen.renewal.take(others())
    assert seen.shown == 2
    for _commit in range(30):
        seen.renewal.take(others())
    assert seen.shown == 2
    (wait,) = seen.timers
    assert 0 < wait <= 0.5
    seen.end_wait()
    assert seen.shown == 3
    seen.renewal.take(others())
    assert seen.shown == 3, "half a second begins anew"
    assert len(seen.timers) == 2


def test_what_is_changed_here_is_shown_at_once_and_then_nothing_waits(seen: _Seen) -> None:
    seen.renewal.take(others())
    seen.renewal.take(others())
    seen.renewal.take(Event(TASKS))
    assert seen.shown == 3
    seen.end_wait()
    assert seen.shown == 3


def test_a_clash_and_a_restored_file_do_not_wait(seen: _Seen) -> None:
    clash = Clash(Task.table, "1", "title", "a", "b", "bo", merged=False)
    seen.renewal.take(others())
    seen.renewal.take(others(clashes=(clash,)))
    assert seen.shown == 3
    seen.renewal.take(Event(TASKS, own=False, replaced=True))
    assert seen.shown == 4


def test_a_screen_behind_another_one_shows_it_when_it_is_in_front_again(seen: _Seen) -> None:
    seen.in_sight = False
    seen.renewal.take(others())
    assert (seen.shown, seen.timers) == (1, [])
    seen.bring_up_to_date()
    assert seen.shown == 2


def test_a_screen_that_went_behind_another_one_meanwhile_does_nothing(seen: _Seen) -> None:
    seen.renewal.take(others())
    seen.renewal.take(others())
    seen.in_sight = False
    seen.end_wait()
    assert seen.shown == 2
    assert seen.renewal.is_due


def test_a_screen_about_one_mentee_shows_nothing_of_the_others(seen: _Seen) -> None:
    maja, kim = Mentee(name="Maja"), Mentee(name="Kim")
    seen.store.commit([Change.created(maja), Change.created(kim)])
    seen.renewal.about = maja.id
    seen.renewal.show()
    seen.store.commit([Change.created(Task(mentee_id=kim.id, title="Sag"))])
    seen.renewal.take(others())
    assert not seen.renewal.is_due
    seen.renewal.take(others(tables=frozenset({Person.table})))
    assert seen.shown == 3, "people belong to no mentee"
    seen.store.commit([Change.created(Task(mentee_id=maja.id, title="Sag"))])
    seen.renewal.take(others())
    assert seen.renewal.is_due


# -- on screens -----------------------------------------------------------------------------------


def write(path: Path, *changes: Change) -> None:
    """Commit changes in another session."""
    opened = open_store(path, by="bo", threaded=False)
    opened.store.commit(changes, "x")
    opened.close()


def drawn(monkeypatch: pytest.MonkeyPatch, kind: type, name: str) -> list[object]:
    """Count how often a method is called."""
    calls: list[object] = []
    real = getattr(kind, name)

    def counted(self: object) -> object:
        calls.append(self)
        return real(self)

    monkeypatch.setattr(kind, name, counted)
    return calls


async def home(app: MentorApp, pilot: Keys) -> HomeScreen:
    first = app.screen
    assert isinstance(first, HomeScreen)
    await until(pilot, lambda: not first.opening.names_only)
    return first


async def test_the_lists_are_drawn_only_where_something_in_them_is_new(
    store: Store, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    maja = mentee(store)
    app = MentorApp(Context(store, Settings()))
    async with app.run_test(size=(80, 24)) as pilot:
        lists = drawn(monkeypatch, HomeScreen, "_show_lists")
        news = drawn(monkeypatch, HomeScreen, "_show_banner")
        await home(app, pilot)
        lists.clear()
        news.clear()
        note = own(store, Note)[0]
        write(path, Change.edited(note, text=f"{note.text} Mere."))
        await until(pilot, lambda: news)
        assert lists == []
        action = Action(mentee_id=maja.id, what="Ring til skolen", due=today())
        write(path, Change.created(action))
        await until(pilot, lambda: "Ring til skolen" in screen_text(app))
        write(path, Change.edited(maja, name="Maja Nyt Navn"))
        await until(pilot, lambda: "Maja Nyt Navn" in screen_text(app))
        assert lists


async def test_a_mentees_screen_does_nothing_for_another_mentee(
    app: MentorApp, store: Store, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kim, task = Mentee(name="Kim"), own(store, Task)[0]
    store.commit([Change.created(kim)])
    store.flush()
    async with app.run_test(size=(80, 24)) as pilot:
        shown = drawn(monkeypatch, OverviewScreen, "show_records")
        screen = await go(app, pilot, OverviewScreen)
        shown.clear()
        other = Task(mentee_id=kim.id, title="Kims sag")
        write(path, Change.created(other))
        await until(pilot, lambda: store.get(Task, other.id))
        assert shown == []
        write(path, Change.edited(task, title="Nyt navn"))
        await until(pilot, lambda: shown)
        assert app.screen is screen


async def test_what_is_typed_stays_while_others_write_a_lot(
    app: MentorApp, store: Store, path: Path
) -> None:
    maja, tasks = mentee(store), own(store, Task)
    async with app.run_test(size=(80, 24)) as pilot:
        await go(app, pilot, PlanScreen, "2")
        await app.push_screen(NoteScreen(app.context, maja.id))
        for number, letter in enumerate("skriver"):
            await pilot.press(letter)
            write(path, Change.edited(tasks[0], title=f"Sag {number}"))
            tasks[0] = _as_written(path, tasks[0])
        await until(pilot, lambda: _title(store, tasks[0]) == "Sag 6")
        assert isinstance(app.screen, NoteScreen)
        assert app.screen.area.text == "skriver"
        await pilot.press("escape")
        await until(pilot, lambda: "Sag 6" in screen_text(app))
    assert [one.text for one in store.of(Note, maja.id) if "skriver" in one.text] == ["skriver"]


def _title(store: Store, task: Task) -> str:
    found = store.get(Task, task.id)
    return found.title if found else ""


def _as_written(path: Path, task: Task) -> Task:
    opened = open_store(path, by="bo", threaded=False)
    found = opened.store.get(Task, task.id)
    opened.close()
    assert found is not None
    return found


@pytest.mark.parametrize("kind", [NoteScreen, TalkReadScreen])
async def test_a_note_and_the_page_of_a_talk_do_nothing_for_another_mentee(
    app: MentorApp,
    store: Store,
    path: Path,
    monkeypatch: pytest.MonkeyPatch,
    kind: type[NoteScreen | TalkReadScreen],
) -> None:
    kim, talk = Mentee(name="Kim"), own(store, Talk)[0]
    store.commit([Change.created(kim)])
    store.flush()
    shown = drawn(monkeypatch, kind, "show_records")
    about = talk.id if kind is TalkReadScreen else talk.mentee_id
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(kind(app.context, about))
        await pilot.pause()
        shown.clear()
        other = Task(mentee_id=kim.id, title="Kims sag")
        write(path, Change.created(other))
        await until(pilot, lambda: store.get(Task, other.id))
        assert shown == []
        note = Note(mentee_id=talk.mentee_id, text="Om Maja", at=now())
        write(path, Change.created(note))
        await until(pilot, lambda: shown)


def test_a_screen_goes_back_when_its_mentee_is_deleted(seen: _Seen) -> None:
    maja = Mentee(name="Maja")
    seen.store.commit([Change.created(maja)])
    seen.renewal.about = maja.id
    seen.renewal.show()
    before = seen.shown
    seen.store.commit([Change.deleted(maja)])
    seen.renewal.take(others(tables=frozenset({Mentee.table})))
    assert (seen.shown, seen.backs) == (before, 1)
