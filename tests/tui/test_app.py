"""The doorman: commands by name, language, shared view, leaving, and failing in one sentence."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from data.clock import Clock, set_clock
from data.i18n import language, set_language
from data.records import Mentee
from data.settings import Settings, load_settings
from data.store.opening import OpenedStore, open_store
from screens.frame.base import BaseScreen
from screens.frame.context import Context
from tests.screens.conftest import screen_text
from tests.tools.example import begin_with_example
from tui.app import MentorApp


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[OpenedStore]:
    set_clock(Clock(datetime(2026, 11, 23, 8, 5)))  # noqa: DTZ001 - the clock adds the offset
    set_language("da")
    folder = tmp_path / "records"
    folder.mkdir(mode=0o700)
    path = folder / "mentor.json"
    begin_with_example(path, "da")
    found = open_store(path, by="birgitte", threaded=True)
    yield found
    found.close()


@pytest.fixture
def app(opened: OpenedStore) -> MentorApp:
    return MentorApp(Context(opened.store, Settings()))


async def test_the_palette_changes_the_language_and_remembers_it(
    app: MentorApp, tmp_path: Path
) -> None:
    async with app.run_test(size=(80, 24)) as keys:
        await keys.pause()
        assert "I dag" in screen_text(app)
        await keys.press("ctrl+p", *"english", "enter")
        await keys.pause()
        assert language() == "en"
        assert "Today" in screen_text(app)
        assert "I dag" not in screen_text(app)
    kept = load_settings(tmp_path / "config" / "mentorrollen" / "settings.toml")
    assert kept.settings.language == "en"


async def test_the_palette_lists_what_the_screen_can_do_and_runs_it(app: MentorApp) -> None:
    async with app.run_test(size=(80, 24)) as keys:
        await keys.pause()
        await keys.press("ctrl+p", *"guid", "enter")
        await keys.pause()
        assert "Guiden" in screen_text(app).splitlines()[0]


async def test_control_q_leaves_at_once_when_all_is_saved(app: MentorApp) -> None:
    async with app.run_test(size=(80, 24)) as keys:
        await keys.pause()
        await keys.press("ctrl+q")
        await keys.pause()
    assert app.return_value == 0


@pytest.mark.parametrize("key", ["ctrl+c", "escape", "q"])
async def test_no_key_pressed_by_habit_leaves(app: MentorApp, key: str) -> None:
    async with app.run_test(size=(80, 24)) as keys:
        await keys.pause()
        await keys.press(key, key)
        await keys.pause()
        assert app.is_running
        assert app.return_value is None


async def test_shared_view_is_said_in_the_title(app: MentorApp) -> None:
    async with app.run_test(size=(80, 24)) as keys:
        await keys.pause()
        await keys.press("f6")
        await keys.pause()
        assert screen_text(app).splitlines()[0].startswith(" FÆLLES VISNING")
        await keys.press("f6")
        await keys.pause()
        assert "FÆLLES VISNING" not in screen_text(app)


async def test_a_window_too_small_says_so_and_comes_back(app: MentorApp) -> None:
    async with app.run_test(size=(80, 24)) as keys:
        await keys.pause()
        before = screen_text(app)
        await keys.resize_terminal(30, 8)
        await keys.pause()
        assert "40 x" in screen_text(app)
        await keys.resize_terminal(80, 24)
        await keys.pause()
        assert screen_text(app) == before


async def test_undo_says_what_it_took_back_and_asks_where_another_is_in_front(
    app: MentorApp, opened: OpenedStore
) -> None:
    async with app.run_test(size=(80, 24)) as keys:
        await keys.pause()
        await keys.press("u")
        await keys.pause()
        assert "fortryde, siden programmet" in screen_text(app)
        mentee = next(one for one in opened.store.all(Mentee) if one.name == "Maja Holm")
        screen = app.screen
        assert isinstance(screen, BaseScreen)
        from data.store.change import Change

        assert screen.standing_on()[0] != mentee.id
        screen.commit([Change.edited(mentee, team="Nord")], "Team")
        await keys.press("u")
        await keys.pause()
        asked = screen_text(app)
        assert "Maja Holm" in asked
        changed = opened.store.get(Mentee, mentee.id)
        assert changed is not None
        assert changed.team == "Nord"
        await keys.press("j")
        await keys.pause()
        again = opened.store.get(Mentee, mentee.id)
        assert again is not None
        assert again.team == mentee.team
        assert "Team" in screen_text(app)
        assert "Maja Holm" in screen_text(app)


async def test_a_failure_ends_the_app_without_showing_what_was_written(app: MentorApp) -> None:
    class SecretError(Exception):
        pass

    def fail() -> None:
        raise SecretError("Maja")

    async def run() -> None:
        async with app.run_test(size=(80, 24)) as keys:
            await keys.pause()
            app.call_later(fail)
            await keys.pause()

    with pytest.raises(SecretError):
        await run()
    assert isinstance(app.crash, SecretError)
    assert app._exit_renderables == []
