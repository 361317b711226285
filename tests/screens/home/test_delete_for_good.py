"""`X` in the closed list: what goes is said, the whole name is asked for, and it is gone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from data.clock import today
from data.documents.written_files import note_files
from data.method.hold import hold, release
from data.records import CourseState, Mentee
from data.store.change import Change
from data.store.opening import OpenedStore
from screens.closed.delete import DeletionScreen
from screens.home.screen import HomeScreen
from tests.screens.conftest import Keys, screen_text
from tests.screens.places import mentee
from tests.tools.hurry import until
from tui.app import MentorApp


@pytest.fixture
def app(opened: OpenedStore, on_its_file: Callable[[], MentorApp]) -> MentorApp:
    maja = mentee(opened.store)
    closed = Change.edited(maja, state=CourseState.CLOSED, closed_on=today())
    opened.store.commit([closed], undoable=False)
    opened.store.flush()
    return on_its_file()


def words_left(path: Path, word: str) -> list[str]:
    """The files beside the record file in which a word stands, while the session is open."""
    files = (one for one in path.parent.rglob("*") if one.is_file())
    return [one.name for one in files if word.encode() in one.read_bytes()]


async def to_deletion(app: MentorApp, pilot: Keys) -> None:
    """Go to the page about Maja."""
    await pilot.pause()
    await pilot.press("v", "X")
    await until(lambda: isinstance(app.screen, DeletionScreen) and app.screen.pane.plain)
    await until(lambda: "Opgave" in screen_text(app) or "bero" in screen_text(app))


async def test_the_name_is_asked_for_and_then_nothing_is_left(
    app: MentorApp, opened: OpenedStore
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        maja = mentee(app.store)
        await to_deletion(app, pilot)
        assert "Slet endeligt" in screen_text(app).splitlines()[0]
        await pilot.press("f10", *"Emil", "f10")
        await pilot.pause()
        assert "Det er ikke navnet Maja Holm" in screen_text(app)
        assert app.store.get(Mentee, maja.id)
        await pilot.press("ctrl+u", *"maja holm", "f10")
        await until(lambda: app.store.get(Mentee, maja.id) is None)
        await until(lambda: isinstance(app.screen, HomeScreen))
        await until(lambda: not words_left(opened.path, maja.id))
        assert words_left(opened.path, "Maja Holm") == []


async def test_esc_deletes_nothing(app: MentorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        maja = mentee(app.store)
        await to_deletion(app, pilot)
        await pilot.press("f10", "escape", "escape")
        await pilot.pause()
        assert app.store.get(Mentee, maja.id)


async def test_on_hold_it_says_so_and_f10_does_nothing(app: MentorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        maja = mentee(app.store)
        app.store.commit([hold(maja, today(), "indsigt")], undoable=False)
        await to_deletion(app, pilot)
        assert "må slettes" in screen_text(app)
        await pilot.press("f10")
        await pilot.pause()
        assert isinstance(app.screen, DeletionScreen)
        assert app.store.get(Mentee, maja.id)


async def test_what_a_hold_took_away_comes_back_when_it_ends_elsewhere(app: MentorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        maja = mentee(app.store)
        await to_deletion(app, pilot)
        assert "F10" in screen_text(app).splitlines()[-1]
        app.store.commit([hold(maja, today(), "indsigt")], undoable=False)
        await pilot.pause()
        assert "F10" not in screen_text(app).splitlines()[-1]
        await pilot.press("f10")
        await pilot.pause()
        assert "Ikke muligt her" in screen_text(app)
        app.store.commit([release(mentee(app.store))], undoable=False)
        await until(lambda: "Opgave" in screen_text(app))
        assert "Ikke muligt her" not in screen_text(app)
        assert "F10" in screen_text(app).splitlines()[-1]


async def test_a_hold_that_comes_while_the_name_is_typed_keeps_everything(app: MentorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        maja = mentee(app.store)
        await to_deletion(app, pilot)
        await pilot.press("f10", *"maja holm")
        app.store.commit([hold(maja, today(), "indsigt")], undoable=False)
        await pilot.press("f10")
        await pilot.pause()
        assert "Intet om Maja Holm må slettes" in screen_text(app).splitlines()[-2]
        app.store.commit([release(mentee(app.store))], undoable=False)
        await until(lambda: "Opgave" in screen_text(app))
        assert "Intet om Maja Holm må slettes" not in screen_text(app)
        assert app.store.get(Mentee, maja.id)


async def test_files_stand_below_their_folder_and_fit_a_narrow_window(
    app: MentorApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    names = ["a.docx", f"{'langt-' * 12}2026-11-28.docx"]
    async with app.run_test(size=(60, 20)) as pilot:
        maja = mentee(app.store)
        folder = tmp_path / "mentorrollen"
        folder.mkdir()
        for name in names:
            (folder / name).write_text("om Maja")
        note_files(app.store, maja, [folder / name for name in names], "plan")
        await to_deletion(app, pilot)
        lines = app.screen.pane.plain.splitlines()  # type: ignore[attr-defined]
        at = lines.index("- ~/mentorrollen/")
        assert lines[at + 1] == "    a.docx"
        assert lines[at + 2].startswith("    langt-langt-")
        assert lines[at + 2].endswith("-2026-11-28.docx")
        assert len(lines[at + 2]) <= 58
        assert str(tmp_path) not in app.screen.pane.plain  # type: ignore[attr-defined]


async def test_the_list_says_where_to_go_when_the_last_of_it_is_gone(app: MentorApp) -> None:
    async with app.run_test(size=(60, 20)) as pilot:
        await to_deletion(app, pilot)
        await pilot.press("f10", *"maja holm", "f10")
        await until(lambda: isinstance(app.screen, HomeScreen))
        await pilot.pause()
        assert "Ingen forløb er afsluttet; v viser de andre igen" in screen_text(app)
        await pilot.press("v")
        await pilot.pause()
        assert "Emil Kragh" in screen_text(app)


async def test_it_is_offered_in_the_closed_list_alone(app: MentorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("X")
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)
