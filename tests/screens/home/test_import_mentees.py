"""`W` on the first screen: rows of mentees, looked at before they are added, and undone."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from data.i18n import _
from data.records import Mentee
from data.store.store import Store
from screens.dialogs.file import FileDialog
from screens.home.screen import HomeScreen
from screens.library.screen import LibraryScreen
from screens.plan.import_form import PreviewDialog
from tests.screens.conftest import AppOn, screen_text
from tests.tools.hurry import until
from tui.app import MentorApp

ROWS = "Navn;Første arbejdsdag;Titel;Nyuddannet\nÅse Bæk;01-02-2027;Rådgiver;ja\nBo Ny;1/3;;nej\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder with a folder of documents."""
    monkeypatch.setenv("HOME", str(tmp_path))
    made = tmp_path / "mentorrollen"
    made.mkdir()
    return made


def names(store: Store) -> set[str]:
    return {one.name for one in store.all(Mentee)}


async def chosen(app: MentorApp, pilot: Pilot[int], *keys: str) -> PreviewDialog:
    """Press the keys that open the dialog for a file, take the first one, return the preview."""
    await pilot.press(*keys)
    await until(lambda: isinstance(app.screen, FileDialog), "the files")
    await pilot.press("enter")
    await until(lambda: isinstance(app.screen, PreviewDialog), "the preview")
    assert isinstance(app.screen, PreviewDialog)
    return app.screen


async def test_rows_are_looked_at_added_as_one_step_and_undone(
    empty: Store, app_on: AppOn, folder: Path
) -> None:
    (folder / "hold.csv").write_text(ROWS, "utf-8")
    app = app_on(empty)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        preview = await chosen(app, pilot, "W")
        assert "Åse Bæk" in preview.pane.plain
        assert "01-02-2027" in preview.pane.plain
        assert names(empty) == set()
        await pilot.press("enter")
        await until(lambda: names(empty) == {"Åse Bæk", "Bo Ny"}, "the mentees")
        await until(lambda: isinstance(app.screen, HomeScreen), "the list")
        await pilot.pause()
        home = app.screen
        assert isinstance(home, HomeScreen)
        assert home.context.mentee(home.lists.mentee_id).name == "Åse Bæk"  # type: ignore[union-attr]
        assert "2" in home.notice_bar.text
        await pilot.press("u")
        await until(lambda: names(empty) == set(), "that it is undone")


async def test_a_name_that_is_there_already_is_left_out_and_says_how(
    app: MentorApp, store: Store, folder: Path
) -> None:
    (folder / "hold.csv").write_text(ROWS.replace("Åse Bæk", "Maja Holm"), "utf-8")
    before = names(store)
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.pause()
        preview = await chosen(app, pilot, "W")
        assert _("To add another with that name: a on the home screen") in preview.pane.plain
        assert "--again" not in preview.pane.plain
        await pilot.press("enter")
        await until(lambda: names(store) == before | {"Bo Ny"}, "the new one")


async def test_another_form_is_refused_with_the_place_where_it_belongs(
    app: MentorApp, folder: Path
) -> None:
    (folder / "plan.csv").write_text("Opgave;Type\nNy opgave;a\n", "utf-8")
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.pause()
        await pilot.press("W")
        await until(lambda: isinstance(app.screen, FileDialog), "the files")
        await pilot.press("enter")
        await until(lambda: "(W)" in screen_text(app), "why it is refused")
        assert isinstance(app.screen, FileDialog)


async def test_it_is_a_command_by_name_on_any_screen(app: MentorApp, folder: Path) -> None:
    (folder / "hold.csv").write_text(ROWS, "utf-8")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await app.push_screen(LibraryScreen(app.context))
        await pilot.pause()
        preview = await chosen(app, pilot, "ctrl+p", *_("Import rows of mentees"), "enter")
        assert "Bo Ny" in preview.pane.plain


async def test_long_names_of_files_show_their_ends_at_any_width(
    app: MentorApp, folder: Path
) -> None:
    name = "nye-mentees-i-familieteamet-og-ungeteamet-foraar-2027-version-2.csv"
    (folder / name).write_text(ROWS, "utf-8")
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.pause()
        await pilot.press("W")
        await until(lambda: isinstance(app.screen, FileDialog), "the files")
        await pilot.pause()
        line = next(one for one in screen_text(app).splitlines() if "nye-mentees" in one)
        assert "…" in line
        assert "-2027-version-2.csv" in line
