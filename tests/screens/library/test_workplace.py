"""The workplace's library on the screens: beside one's own, with where it comes from."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.i18n import set_language
from data.library import text
from data.library.shared import use_shared
from data.method.plan.recall import recall
from data.queries.own_texts import library_text
from data.queries.views import mentee_view
from data.records import Mentee, OwnText, Question, Task, Tip
from data.store.change import Change
from data.workplace.use import InUse
from screens.library.questions import QuestionsScreen
from screens.library.screen import LibraryScreen
from screens.library.shelves import shelves
from screens.library.tips import TipsScreen
from tests.data.workplace.library_folder import HEAD, put, write_library
from tests.screens.conftest import screen_text
from tests.screens.library.test_library import Keys, at, maja
from tests.tools.hurry import until
from tui.app import MentorApp


@pytest.fixture
def library(app: MentorApp, tmp_path: Path) -> InUse:
    folder = write_library(tmp_path / "library")
    found = InUse(folder, tmp_path / "data" / "library.json")
    use_shared(found.values())
    app.context.library = found
    return found


async def shelf(app: MentorApp, pilot: Keys, key: str) -> LibraryScreen:
    await pilot.pause()
    await app.push_screen(LibraryScreen(app.context))
    place = [one.key for one in shelves()].index(key)
    await pilot.press("home", *["down"] * place)
    await pilot.pause()
    return at(app, LibraryScreen)


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize("language", ["da", "en"])
async def test_each_shelf_says_what_comes_from_the_workplace(app: MentorApp, language: str) -> None:
    async with app.run_test(size=(80, 60)) as pilot:
        set_language(language)
        page = await shelf(app, pilot, "questions")
        shown = {"questions": page.pane.plain}
        for key in ("tips", "materials", "workplace", "sparring_culture"):
            app.pop_screen()
            page = await shelf(app, pilot, key)
            shown[key] = page.pane.plain

    where = "fra Jobcenter Nordby" if language == "da" else "from Jobcenter Nordby"
    assert f"1 Hvad fylder hos dig lige nu?\n  {where}" in shown["questions"]
    assert "Hvad lærte du af det sidste borgermøde?" in shown["questions"]
    assert "Skriv samme dag." in shown["tips"]
    assert f"{where[0].upper()}{where[1:]}" in shown["tips"]
    assert f"https://example.org/haandbog\n{where}" in shown["materials"]
    assert "Kaffe" not in shown["workplace"]
    for part in ("Version 1", "Vise kaffemaskinen", "Nordbys rytme"):
        assert part in shown["workplace"]
    assert "Vi spørger først." in shown["sparring_culture"]
    assert "Jobcenter Nordby" in shown["sparring_culture"]


async def test_without_a_library_there_is_no_shelf_for_it(app: MentorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        page = await shelf(app, pilot, "questions")
        assert [row.id for row in page.rows()] == [one.key for one in shelves()]
    assert "workplace" not in {one.key for one in shelves()}


@pytest.mark.usefixtures("library")
async def test_reset_goes_back_to_the_workplaces_wording(app: MentorApp) -> None:
    own = OwnText(key="sparring_culture", text="Vores egen")
    app.store.commit([Change.created(own)], "own")
    async with app.run_test(size=(80, 24)) as pilot:
        await shelf(app, pilot, "sparring_culture")
        assert "Vores egen" in screen_text(app)
        await pilot.press("x")
        await pilot.pause()
        await pilot.press("j")
        await pilot.pause()
        assert "Vi spørger" in screen_text(app)
    shown = library_text(app.store, "da", "sparring_culture").text
    assert shown == "Vi spørger først.\n\n- Døren er åben"
    use_shared(None)
    assert library_text(app.store, "da", "sparring_culture").text == text("da", "sparring_culture")


@pytest.mark.usefixtures("library")
async def test_questions_of_the_workplace_are_shown_beside_own_ones(app: MentorApp) -> None:
    app.store.commit([Change.created(Question(text="Vores eget spørgsmål?"))], "own")
    async with app.run_test(size=(80, 24)) as pilot:
        set_language("en")
        await pilot.pause()
        await app.push_screen(QuestionsScreen(app.context))
        await pilot.press("home", *["down"] * 6)
        await pilot.pause()
        screen = at(app, QuestionsScreen)
        assert screen.grid.row_id == "shared:field"
        shown = screen_text(app)
        assert "Hvad fylder hos dig lige nu? · from Jobcenter Nordby" in shown
        assert shown.count("from Jobcenter Nordby") == 2, "here, and below the list"
        assert "From Jobcenter Nordby" in shown
        assert "Vores eget spørgsmål?" in shown
        for key in ("e", "enter", "x", "space", "s"):
            await pilot.press(key)
            await pilot.pause()
            assert at(app, QuestionsScreen) is screen
            assert "It comes from Jobcenter Nordby" in screen_text(app)
        assert len(app.store.all(Question)) == 1


@pytest.mark.usefixtures("library")
async def test_tips_of_the_workplace_are_shown_beside_own_ones(app: MentorApp) -> None:
    app.store.commit([Change.created(Tip(text="Vores eget", task_type="Journal"))], "own")
    async with app.run_test(size=(80, 24)) as pilot:
        set_language("en")
        await pilot.pause()
        await app.push_screen(TipsScreen(app.context))
        screen = at(app, TipsScreen)
        tip = screen.shared_tip
        while tip is None:
            await pilot.press("down")
            await pilot.pause()
            tip = screen.shared_tip
        assert tip.text == "Skriv samme dag."
        assert "From Jobcenter Nordby" in screen_text(app)
        for key in ("e", "enter", "x"):
            await pilot.press(key)
            await pilot.pause()
            assert at(app, TipsScreen) is screen
            assert "It comes from Jobcenter Nordby" in screen_text(app)
    assert "Skriv samme dag." not in {one.text for one in app.store.all(Tip)}


def test_tips_of_the_workplace_are_offered_with_a_task(app: MentorApp, library: InUse) -> None:
    mentee: Mentee = maja(app.store)
    task = Task(mentee_id=mentee.id, title="Ny", type="journal")
    app.store.commit([Change.created(task)], "task")

    def tips() -> list[str]:
        view = mentee_view(app.store, mentee)
        return [one.text for one in recall(view, task.type).shared]

    assert "Skriv samme dag." in tips()
    use_shared(None)
    assert "Skriv samme dag." not in tips()
    use_shared(library.values())
    assert "Skriv samme dag." in tips()
    app.store.commit([Change.created(Tip(text="Skriv samme dag.", task_type="Journal"))], "own")
    assert tips().count("Skriv samme dag.") == 1


async def test_an_open_session_notices_a_folder_that_breaks(app: MentorApp, library: InUse) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        set_language("en")
        await pilot.pause()
        put(library.folder, "duties.toml", "[[duty\n")
        app._look_at_the_clock()
        await until(lambda: library.problem != "")
        await until(lambda: "duties.toml:1" in " ".join(screen_text(app).split()))
        assert "what you used last holds" in " ".join(screen_text(app).split())
        assert library.values() is not None


async def test_an_open_session_knows_a_newer_folder(app: MentorApp, library: InUse) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        put(library.folder, "library.toml", HEAD.replace('"1"', '"2"'))
        put(library.folder, "rhythms.toml", "")
        app._look_at_the_clock()
        await until(
            lambda: library.found.copy is not None and library.found.copy.newest is not None
        )
