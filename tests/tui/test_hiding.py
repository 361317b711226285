"""The screen hides when nobody is at the keyboard, or at once with Ctrl+L, and nothing is lost."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from textual.widgets import Input

from data.clock import Clock, now, set_clock
from data.i18n import set_language
from data.records import Mentee, Note, Task
from data.settings import Settings
from data.store.change import Change
from data.store.opening import OpenedStore, open_store
from screens.dialogs.base import Dialog
from screens.frame.context import Context
from screens.frame.hidden import HiddenScreen
from tests.screens.conftest import screen_text
from tests.tools.example import begin_with_example
from tests.tools.hurry import until
from tests.tools.pty import Terminal
from tui.app import MentorApp
from tui.app.hiding import LOOK_SECONDS, minutes_until_hidden
from widgets.note_area import NoteArea

REMOTE = {"SSH_TTY": "/dev/pts/1"}


@pytest.fixture(params=["da", "en"])
def lang(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def opened(tmp_path: Path, lang: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[OpenedStore]:
    monkeypatch.setenv("SSH_TTY", "/dev/pts/1")
    set_clock(Clock(datetime(2026, 11, 23, 8, 5)))  # noqa: DTZ001 - the clock adds the offset
    set_language(lang)
    folder = tmp_path / "records"
    folder.mkdir(mode=0o700)
    path = folder / "mentor.json"
    begin_with_example(path, lang)
    found = open_store(path, by="birgitte", threaded=True)
    yield found
    found.close()


@pytest.fixture
def app(opened: OpenedStore) -> MentorApp:
    return MentorApp(Context(opened.store, Settings()))


async def idle(minutes: float) -> None:
    """Let time pass in which nobody is at the keyboard."""
    set_clock(Clock(now() + timedelta(minutes=minutes)))
    await asyncio.sleep(LOOK_SECONDS + 1)


def shows_no_record(app: MentorApp) -> bool:
    """Whether the screen is hidden, and no name or title of any record is on it."""
    text = screen_text(app)
    said = [one.name for one in app.store.all(Mentee)] + [one.title for one in app.store.all(Task)]
    words = [word for line in said for word in line.split() if len(word) > 4]
    return isinstance(app.screen, HiddenScreen) and not any(word in text for word in words)


async def test_ten_minutes_without_a_key_hide_the_screen_over_ssh(app: MentorApp) -> None:
    async with app.run_test(size=(80, 24)) as keys:
        await keys.pause()
        await idle(9.9)
        assert not isinstance(app.screen, HiddenScreen)
        await keys.press("down")
        await idle(9.9)
        assert not isinstance(app.screen, HiddenScreen)
        await idle(0.2)
        await keys.pause()
        assert shows_no_record(app)
        assert "08:25" in screen_text(app)

        await keys.press("x", "u", "f1", "f6", "ctrl+p", "ctrl+e", "escape", "n")
        await keys.pause()
        assert shows_no_record(app)

        await keys.press("enter")
        await keys.pause()
        assert "Maja" in screen_text(app)
        assert not app.context.shared_view


async def test_a_note_goes_on_at_the_same_letter(app: MentorApp) -> None:
    async with app.run_test(size=(80, 24)) as keys:
        await keys.pause()
        await keys.press("n", *"abcd", "left")
        await idle(11)
        await keys.pause()
        assert shows_no_record(app)
        await keys.press(*"zzz", "enter", *"X")
        await keys.pause()
        assert app.screen.query_one(NoteArea).text == "abcXd"
        await keys.press("ctrl+s")
        await keys.pause()
        assert any(note.text == "abcXd" for note in app.store.all(Note))


@pytest.mark.parametrize("way", [("2", "enter"), ("2", "e"), ("a",), ("slash",)])
async def test_what_is_typed_in_a_cell_a_form_or_a_search_stays(
    app: MentorApp, way: tuple[str, ...]
) -> None:
    async with app.run_test(size=(80, 24)) as keys:
        await keys.pause()
        await keys.press("down", *way)
        await keys.pause()
        await keys.press("end", *"qj")
        focused = app.focused
        assert isinstance(focused, Input)
        before, at = focused.value, focused.cursor_position
        assert "qj" in before
        await keys.press("ctrl+l")
        await keys.pause()
        assert shows_no_record(app)
        await keys.press(*"zz", "tab", "enter")
        await keys.pause()
        assert (app.focused, focused.value, focused.cursor_position) == (focused, before, at)
        await keys.press("k")
        await keys.pause()
        assert focused.value == before[:at] + "k" + before[at:]


async def test_what_others_do_meanwhile_is_not_shown_before_enter(app: MentorApp) -> None:
    async with app.run_test(size=(80, 24)) as keys:
        await keys.pause()
        await keys.press("ctrl+l")
        await keys.pause()
        hidden = screen_text(app)
        maja = next(one for one in app.store.all(Mentee) if one.name.startswith("Maja"))
        changed = Change.edited(maja, name="Kanariefugl")
        app.store.commit([changed], "x")
        await idle(30)
        await keys.pause()
        assert screen_text(app) == hidden
        assert len([one for one in app.screen_stack if isinstance(one, HiddenScreen)]) == 1
        await keys.press("enter")
        await keys.pause()
        assert "Kanariefugl" in screen_text(app)


async def test_a_dialog_is_covered_too(app: MentorApp) -> None:
    async with app.run_test(size=(80, 24)) as keys:
        await keys.pause()
        await keys.press("x")
        await keys.pause()
        dialog = app.screen
        assert isinstance(dialog, Dialog)
        await keys.press("ctrl+l", "y", "enter")
        await keys.pause()
        assert app.screen is dialog


async def test_ctrl_q_leaves_from_there(app: MentorApp) -> None:
    async with app.run_test(size=(80, 24)) as keys:
        await keys.pause()
        await keys.press("n", *"word", "ctrl+l", "ctrl+q")
        await until(lambda: app.return_code == 0)
    assert any(note.text == "word" for note in app.store.all(Note))


def test_when_it_hides_by_itself() -> None:
    assert minutes_until_hidden(Settings(), REMOTE) == 10
    assert minutes_until_hidden(Settings(), {}) == 0
    assert minutes_until_hidden(Settings(lock_minutes=0), REMOTE) == 0
    assert minutes_until_hidden(Settings(lock_minutes=3), {}) == 3


def test_nothing_is_sent_while_the_screen_is_hidden(tmp_path: Path) -> None:
    folder = tmp_path / "own"
    folder.mkdir(mode=0o700)
    env = {"MENTOR_FILE": str(folder / "mentor.json"), "HOME": str(folder)}
    other = open_store(folder / "mentor.json", threaded=False).store
    maja = Mentee(name="Maja Holm")
    other.commit([Change.created(maja)])
    program = [sys.executable, "-m", "tui"]
    with Terminal(program, env=env, cwd=Path(__file__).parents[2]) as terminal:
        terminal.wait_for("Maja Holm")
        terminal.do("\x0c")
        terminal.wait_gone("Maja Holm")
        other.commit([Change.edited(maja, name="Uhu")])
        assert terminal.idle(1.5) == 0
        terminal.do("\r")
        terminal.wait_for("Uhu")
