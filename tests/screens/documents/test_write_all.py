"""`w` beyond one document: blank forms, all in one folder, and the printer."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest

from data.clock import today
from data.documents.kinds import ALL, kinds
from data.i18n import _, set_language
from data.records import Talk, Written
from data.store.store import Store
from screens.documents import write as writing
from screens.documents.write_form import PRINTER
from screens.home.screen import HomeScreen
from screens.library.screen import LibraryScreen
from screens.plan.screen import PlanScreen
from screens.talk.papers import PreparationScreen
from tests.screens.conftest import AppOn, screen_text
from tests.screens.documents.tools import SIZE, files, folder, form, press, written
from tests.screens.places import go, mentee, own
from tui.app import MentorApp
from widgets.choice_field import ChoiceField

BLANK = [kind.key for kind in kinds() if kind.blank]
LP = """#!{python}
import sys
from pathlib import Path
folder = Path({folder!r})
(folder / "words").write_text(" ".join(sys.argv[1:]))
(folder / "paper").write_bytes(sys.stdin.buffer.read())
if "broken" in sys.argv: sys.exit("lp: Error - no such printer")
"""
LPSTAT = "#!/bin/sh\nprintf 'hall\\nbroken\\n'\n"


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    set_language("en")
    yield
    set_language("da")


@pytest.fixture
def printer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Commands lp and lpstat, as a computer with two printers has them."""
    made = tmp_path / "printer"
    made.mkdir()
    for name, text in (("lp", LP), ("lpstat", LPSTAT)):
        path = made / name
        path.write_text(text.format(python=sys.executable, folder=str(made)))
        path.chmod(0o755)
    monkeypatch.setenv("PATH", f"{made}:{os.environ['PATH']}")
    return made


@pytest.fixture
def no_printer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A computer without the command lp."""
    monkeypatch.setenv("PATH", str(tmp_path))


# -- blank forms ----------------------------------------------------------------------------------


async def test_a_blank_form_is_found_by_its_letters_and_written_without_a_mentee(
    empty: Store, app_on: AppOn
) -> None:
    app = app_on(empty)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await app.push_screen(HomeScreen(app.context))
        await press(pilot, "w", *"blank form: l", "enter", "f10")
        await written(app, pilot)
        (path,) = files()
        assert path.name == "plan-form.docx"
        assert path.name in screen_text(app)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert docx.Document(str(path)).tables
    assert empty.all(Written) == []


@pytest.mark.parametrize("what", BLANK)
async def test_every_blank_form_is_a_command_by_name(app: MentorApp, what: str) -> None:
    kind = next(one for one in kinds() if one.key == what)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await app.push_screen(LibraryScreen(app.context))
        await press(pilot, "ctrl+p", *kind.blank_name.lower(), "enter")
        assert form(app).texts()["what"] == f"blank:{what}"
        await press(pilot, "f10")
        await written(app, pilot)
        assert len(files()) == 1
        assert _("form") in files()[0].name


# -- all of them ----------------------------------------------------------------------------------


async def test_all_documents_are_written_into_one_folder(app: MentorApp, store: Store) -> None:
    maja = mentee(store)
    async with app.run_test(size=SIZE) as pilot:
        await go(app, pilot, PlanScreen, "2")
        await press(pilot, "w", *"all doc", "enter", "t", "f10")
        await written(app, pilot)
        (path,) = files()
        assert path.name == f"maja-holm-{today().isoformat()}"
        assert f"{path.name}/" in screen_text(app)
    names = [one.name for one in path.iterdir()]
    assert all(name.endswith(".txt") for name in names)
    assert {name.partition("-")[0] for name in names} >= {"plan", "roles", "summary", "scheme"}
    assert stat.S_IMODE(path.stat().st_mode) == 0o700
    assert {one.what for one in store.of(Written, maja.id)} >= {"plan", "roles", "expectations"}


async def test_all_of_it_as_records_is_one_file(app: MentorApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await go(app, pilot, PlanScreen, "2")
        await press(pilot, "w", *"all doc", "enter", "j", "f10")
        await written(app, pilot)
        (path,) = files()
    assert path.name == f"maja-holm-{today().isoformat()}.json"


async def test_a_folder_without_some_documents_says_how_many_are_missing(app: MentorApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await go(app, pilot, PlanScreen, "2")
        await press(pilot, "w", *"all doc", "enter", "c", "f10")
        await written(app, pilot)
        made = len(list(folder().glob("*/*.csv")))
        said = " ".join(screen_text(app).split())
        assert f"({made} of " in said
        assert "cannot hold the others" in said
        await press(pilot, "w", *"all doc", "enter", "t", "f10")
        await written(app, pilot)
        assert " of " not in screen_text(app).splitlines()[-2]
    assert 0 < made < len(list(folder().glob("*/*.txt")))


async def test_a_folder_that_cannot_be_made_leaves_no_trace_of_papers_given_out(
    app: MentorApp, store: Store
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await go(app, pilot, PlanScreen, "2")
        keys = ["tab", "tab", "ctrl+u", *"/proc/1/nothing/", "f10"]
        await press(pilot, "w", *"all doc", "enter", "t", *keys)
        await written(app, pilot)
        assert "/proc/1. " in screen_text(app)  # where it would have to be made
        assert store.all(Written) == []
        assert files() == []


async def test_it_says_how_far_it_is_once_it_takes_a_while(
    app: MentorApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "SLOW", 0.0)  # what takes half a second elsewhere
    async with app.run_test(size=SIZE) as pilot:
        screen = await go(app, pilot, PlanScreen, "2")
        said: list[str] = []
        say = screen.say

        def note(text: str, *, problem: bool = False) -> None:
            said.append(text)
            say(text, problem=problem)

        monkeypatch.setattr(screen, "say", note)
        await press(pilot, "w", *"all doc", "enter", "t", "f10")
        await written(app, pilot)
        total = len(list(files()[0].iterdir()))
    assert said[0] == "Writing all documents …"
    assert said[1:-1] == [f"Writing document {n + 1} of {total} …" for n in range(total)]
    assert said[-1].startswith("Written: ")


async def test_all_documents_ask_for_the_mentee_from_the_list_of_commands(
    empty: Store, app: MentorApp
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await app.push_screen(LibraryScreen(app.context))
        await press(pilot, "ctrl+p", *"all documents", "enter", *"maja", "enter")
        assert form(app).texts()["what"] == ALL


# -- the printer ----------------------------------------------------------------------------------


async def test_a_document_is_printed_and_the_printer_is_proposed_again(
    app: MentorApp, printer: Path
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await go(app, pilot, PlanScreen, "2")
        await press(pilot, "w", "tab", "tab", "p")
        assert "F10/Ctrl+S Print" in screen_text(app)
        assert form(app).inputs["where"].disabled
        await press(pilot, "enter")
        await written(app, pilot)
        assert "Sent to the printer as PDF" in screen_text(app)
        assert (printer / "paper").read_bytes().startswith(b"%PDF-")
        assert "maja" not in (printer / "words").read_text().lower(), "everybody sees the queue"
        assert files() == []
        await press(pilot, "w")
        assert form(app).texts()["to"] == PRINTER


async def test_the_printers_of_the_computer_can_be_chosen_by_name(
    app: MentorApp, printer: Path
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await go(app, pilot, PlanScreen, "2")
        await press(pilot, "w", "tab", "t", "tab")
        field = form(app).inputs["to"]
        assert isinstance(field, ChoiceField)
        for _n in range(200):
            if len(field.choices) == 4:
                break
            await pilot.pause(0.02)
        await press(pilot, "right", "right")
        assert field.label == "Printer: hall"
        await press(pilot, "f10")
        await written(app, pilot)
        assert "Sent to hall as Text" in screen_text(app)
        assert "-d hall" in (printer / "words").read_text()
        await press(pilot, "w", "tab", "tab", "right", "f10")
        await written(app, pilot)
        assert "The printer refused it: lp: Error - no such printer" in screen_text(app)


async def test_where_there_is_no_printer_a_line_says_so_and_nothing_is_done(
    app: MentorApp, store: Store, no_printer: None
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await go(app, pilot, PlanScreen, "2")
        await press(pilot, "ctrl+p", *"print document", "enter")
        assert form(app).texts()["to"] == PRINTER
        await press(pilot, "f10")
        assert "There is no printer here: the command lp is missing." in screen_text(app)
        assert form(app).texts()["what"] == "plan"
        assert store.all(Written) == []


async def test_all_documents_are_not_printed_at_once(app: MentorApp, printer: Path) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await go(app, pilot, PlanScreen, "2")
        await press(pilot, "w", *"all doc", "enter", "tab", "p", "f10")
        assert "print them one at a time" in screen_text(app)
        assert not (printer / "paper").exists()


async def test_a_talk_is_prepared_once_its_sheet_is_printed(
    app: MentorApp, store: Store, printer: Path
) -> None:
    talk = next(one for one in own(store, Talk) if one.planned_on and not one.prepared_on)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await app.push_screen(PreparationScreen(app.context, talk.id))
        await press(pilot, "w", "tab", "tab", "p", "f10")
        await written(app, pilot)
        again = store.get(Talk, talk.id)
        assert again
        assert again.prepared_on == today()


# -- the list of choices --------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["space", "enter"])
@pytest.mark.parametrize("size", [(60, 20), (80, 24)], ids=str)
async def test_many_choices_open_as_a_list_that_begins_on_the_one_shown(
    app: MentorApp, size: tuple[int, int], key: str
) -> None:
    async with app.run_test(size=size) as pilot:
        await go(app, pilot, PlanScreen, "2")
        await press(pilot, "w")
        assert "lists the" in screen_text(app), "the line of notices says how"
        await press(pilot, key, "down")
        assert "Who does what" in screen_text(app)
        await press(pilot, "enter")
        assert form(app).texts()["what"] == "roles"
        assert form(app).inputs["format"].has_focus, "Enter goes on to the next field"
        await press(pilot, "shift+tab", key, "down", "escape")
        assert form(app).texts()["what"] == "roles"
        await press(pilot, "escape", "escape")
        assert isinstance(app.screen, PlanScreen)


async def test_the_form_says_what_f10_does_and_esc_what_it_leaves(app: MentorApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await go(app, pilot, PlanScreen, "2")
        await press(pilot, "w")
        assert "F10/Ctrl+S Write" in screen_text(app)
        await press(pilot, "right", "escape")
        assert "Esc again closes this; Ctrl+S or F10: Write" in screen_text(app)
        assert not folder().exists()
