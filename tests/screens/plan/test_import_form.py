"""Importing a filled-in form in the plan: choose, look, import, undo."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from data.documents.given import give
from data.documents.sources import document_of
from data.documents.taking_in import look_at, read_file, take_in
from data.documents.writers.formats import written
from data.method.visibility import Reader
from data.records import Mentee, Task
from data.store.change import Change
from data.store.opening import open_store
from data.store.store import Store
from screens.dialogs.file import FileDialog
from screens.plan.import_form import PreviewDialog
from tests.screens.conftest import AppOn
from tests.screens.plan.tools import MAJA, Plan, open_plan, three_tasks
from tui.app import MentorApp


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder with a folder of documents."""
    monkeypatch.setenv("HOME", str(tmp_path))
    made = tmp_path / "mentorrollen"
    made.mkdir()
    return made


@pytest.fixture
def small(empty: Store, app_on: AppOn) -> MentorApp:
    three_tasks(empty)
    return app_on(empty)


async def chosen(plan: Plan, *keys: str) -> PreviewDialog:
    """Press the keys in the dialog that asks for a file, and return the preview."""
    await plan.press("W")
    await plan.until(lambda: isinstance(plan.app.screen, FileDialog), "the dialog")
    await plan.press(*keys, "enter")
    await plan.until(lambda: isinstance(plan.app.screen, PreviewDialog), "the preview")
    screen = plan.app.screen
    assert isinstance(screen, PreviewDialog)
    return screen


def saved(folder: Path, text: str, name: str = "plan.csv") -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


async def test_a_form_is_imported_as_one_step_and_undone(small: MentorApp, folder: Path) -> None:
    saved(folder, "Opgave;Type;Prioritet\nNy opgave;Skriv;Høj\nEn til;;\n")
    async with open_plan(small, MAJA.id) as plan:
        before = plan.titles()
        preview = await chosen(plan)
        assert "Ny opgave" in preview.pane.plain
        await plan.press("enter")
        await plan.until(lambda: len(plan.titles()) == len(before) + 2, "the tasks")
        assert plan.titles()[-2:] == ["Ny opgave", "En til"]
        form = f"Lærings- og kompetenceplan: {MAJA.name}"
        assert plan.notice == f"Importeret: 2 nye ({form}). u fortryder."
        await plan.press("u")
        await plan.until(lambda: plan.titles() == before, "that it is undone")


async def test_esc_leaves_all_as_it_was(small: MentorApp, folder: Path) -> None:
    saved(folder, "Opgave;Type\nNy opgave;a\n")
    async with open_plan(small, MAJA.id) as plan:
        before = plan.titles()
        await chosen(plan)
        await plan.press("escape")
        await plan.until(lambda: plan.app.screen is plan.screen, "the plan")
        assert plan.titles() == before
        assert plan.store.next_step() is None


async def test_tab_completes_a_typed_path(small: MentorApp, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "Hentet").mkdir()
    saved(tmp_path / "Hentet", "Opgave;Type\nNy opgave;a\n", "skema.csv")
    saved(tmp_path / "Hentet", "x", "andet.pdf")
    async with open_plan(small, MAJA.id) as plan:
        await plan.press("W")
        await plan.until(lambda: isinstance(plan.app.screen, FileDialog), "the dialog")
        dialog = plan.app.screen
        assert isinstance(dialog, FileDialog)
        await plan.type("~/He")
        await plan.press("tab")
        assert dialog.line.value == "~/Hentet/"
        assert [one.name for one in dialog.found] == ["skema.csv"]
        await plan.press("tab")
        assert dialog.line.value == "~/Hentet/skema.csv"
        await plan.press("enter")
        await plan.until(lambda: isinstance(plan.app.screen, PreviewDialog), "the preview")


async def test_the_folder_of_documents_is_offered_newest_first(
    small: MentorApp, folder: Path
) -> None:
    files = ("gammel.csv", "ny.docx", "billede.png", "status-maja-holm-2026-11-28.docx")
    for place, name in enumerate(files):
        path = saved(folder, "x", name)
        os.utime(path, (1_700_000_000 + place * 86_400,) * 2)
    async with open_plan(small, MAJA.id) as plan:
        await plan.press("W")
        await plan.until(lambda: isinstance(plan.app.screen, FileDialog), "the dialog")
        dialog = plan.app.screen
        assert isinstance(dialog, FileDialog)
        names = [one.name for one in dialog.found if not one.name.endswith("/")]
        assert names == ["ny.docx", "gammel.csv", "status-maja-holm-2026-11-28.docx"]


async def test_a_file_that_is_no_form_is_said_and_another_can_be_chosen(
    small: MentorApp, folder: Path
) -> None:
    saved(folder, "Kære alle", "brev.txt")
    async with open_plan(small, MAJA.id) as plan:
        await plan.press("W")
        await plan.until(lambda: isinstance(plan.app.screen, FileDialog), "the dialog")
        await plan.press("enter")
        await plan.until(
            lambda: (
                isinstance(plan.app.screen, FileDialog)
                and "brev.txt" in plan.app.screen.notice_bar.text
            ),
            "the reason",
        )
        await plan.press("escape")
        await plan.until(lambda: plan.app.screen is plan.screen, "the plan")


async def test_a_bad_cell_keeps_the_form_out(small: MentorApp, folder: Path) -> None:
    saved(folder, "Opgave;Sparring\nNy opgave;i forgårs engang\n")
    async with open_plan(small, MAJA.id) as plan:
        before = plan.titles()
        preview = await chosen(plan)
        await plan.press("enter")
        assert plan.app.screen is preview
        assert preview.notice_bar.text
        await plan.press("escape")
        await plan.until(lambda: plan.app.screen is plan.screen, "the plan")
        assert plan.titles() == before


async def test_what_changes_here_while_the_preview_is_open_is_kept(
    small: MentorApp, folder: Path
) -> None:
    async with open_plan(small, MAJA.id) as plan:
        mentee = plan.store.get(Mentee, MAJA.id)
        assert mentee is not None
        task = plan.store.of(Task, MAJA.id)[0]
        document = give(plan.store, mentee, document_of(plan.store, "plan", mentee))
        (folder / "plan.docx").write_bytes(written(document, "docx"))
        saved(folder, f"Opgave;Beskrivelse;Type\n{task.title};Fra filen;Ny type\n")
        await plan.press("W")
        await plan.until(lambda: isinstance(plan.app.screen, FileDialog), "the dialog")
        await plan.type("plan.csv")
        await plan.press("enter")
        await plan.until(lambda: isinstance(plan.app.screen, PreviewDialog), "the preview")
        plan.store.commit([Change.edited(task, description="Skrevet imens", actual_min=60)])
        await plan.press("enter")
        preview = plan.app.screen
        assert isinstance(preview, PreviewDialog), "what it would change now is shown first"
        assert "Skrevet imens" in preview.pane.plain
        await plan.press("enter")
        await plan.until(lambda: plan.app.screen is plan.screen, "the plan")

        def merged() -> bool:
            found = plan.store.get(Task, task.id)
            assert found is not None
            return "Fra filen" in found.description and "Skrevet imens" in found.description

        await plan.until(merged, "both texts")
        found = plan.store.get(Task, task.id)
        assert found is not None
        assert (found.type, found.actual_min) == ("Ny type", 60)


async def test_in_shared_view_no_names_of_files_are_shown(small: MentorApp, folder: Path) -> None:
    saved(folder, "Opgave;Type\nA;b\n", "plan-nadia-berg.csv")
    async with open_plan(small, MAJA.id) as plan:
        await plan.press("f6")
        assert plan.editor.reader is not Reader.MENTOR
        await plan.press("W")
        await plan.until(lambda: isinstance(plan.app.screen, FileDialog), "the dialog")
        dialog = plan.app.screen
        assert isinstance(dialog, FileDialog)
        assert dialog.found == []
        await plan.type("~/mentorrollen/plan-nadia-berg.csv")
        await plan.press("enter")
        await plan.until(lambda: isinstance(plan.app.screen, PreviewDialog), "the preview")


async def test_a_form_imported_elsewhere_meanwhile_is_not_imported_twice(
    small: MentorApp, folder: Path
) -> None:
    path = saved(folder, "Opgave;Type\nNy opgave;a\nEn til;b\n")
    async with open_plan(small, MAJA.id) as plan:
        preview = await chosen(plan)
        mentee = plan.store.get(Mentee, MAJA.id)
        assert mentee is not None
        take_in(plan.store, look_at(plan.store, mentee, read_file(path)))
        before = len(plan.store.all(Task))
        await plan.press("enter")
        assert plan.app.screen is preview
        assert preview.preview.does_nothing
        assert preview.notice_bar.text
        assert "Ny opgave" not in preview.pane.plain
        await plan.press("enter")
        await plan.until(lambda: plan.app.screen is plan.screen, "the plan")
        assert len(plan.store.all(Task)) == before


@pytest.mark.parametrize("key", ["f10", "ctrl+s"])
async def test_the_keys_that_save_elsewhere_import(
    small: MentorApp, folder: Path, key: str
) -> None:
    saved(folder, "Opgave;Type\nNy opgave;a\n")
    async with open_plan(small, MAJA.id) as plan:
        await chosen(plan)
        await plan.press(key)
        await plan.until(lambda: plan.titles()[-1] == "Ny opgave", "the task")


async def test_a_second_enter_imports_nothing_more(small: MentorApp, folder: Path) -> None:
    saved(folder, "Opgave;Type\nNy opgave;Skriv\n")
    async with open_plan(small, MAJA.id) as plan:
        before = plan.titles()
        await chosen(plan)
        await plan.press("enter", "enter")
        await plan.until(lambda: len(plan.titles()) == len(before) + 1, "the task")
        assert plan.store.flush()
        assert plan.titles() == [*before, "Ny opgave"]


async def test_a_file_another_session_has_just_imported_is_imported_once(
    small: MentorApp, folder: Path, path: Path
) -> None:
    file = saved(folder, "Opgave;Type\nNy opgave;Skriv\n")
    async with open_plan(small, MAJA.id) as plan:
        assert plan.store.flush()
        before = plan.titles()
        preview = await chosen(plan)
        other = open_store(path, by="bo", threaded=False)
        mentee = other.store.get(Mentee, MAJA.id)
        assert mentee is not None
        take_in(other.store, look_at(other.store, mentee, read_file(file)))
        other.close()
        assert not preview.preview.does_nothing
        await plan.press("enter")
        assert plan.store.flush()
        await plan.until(lambda: plan.app.screen is plan.screen, "the plan")
        assert plan.titles() == [*before, "Ny opgave"]
        assert [one.title for one in plan.store.all(Task)].count("Ny opgave") == 1
