"""All mentors on the screen: what needs help first, found by name, read again when it changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Event

import pytest

from data.clock import today
from data.i18n import _
from data.published.finding import Stamp, stamp_of
from data.published.schema import PublishedMentee, Stage
from data.settings import Settings
from data.store.store import Store
from screens.dialogs.pick import PickDialog
from screens.frame.context import Context
from screens.home.screen import HomeScreen
from screens.workplace import overview_files
from screens.workplace.overview_mentor import MentorScreen
from screens.workplace.overview_screen import LOOK_SECONDS, WorkplaceScreen
from tests.screens.conftest import Keys, screen_text
from tests.screens.documents.tools import SIZE, files, press, written
from tests.screens.workplace.published_files import ME, a_workplace, publish
from tests.tools.hurry import until
from tui.app import MentorApp
from tui.speech.describe import place_of, where_texts


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    found = tmp_path / "published"
    a_workplace(found, today())
    return found


@pytest.fixture
def alone(folder: Path, no_records: Store) -> MentorApp:
    """The app as `mentor overview FOLDER` opens it: one page, and no data file."""
    context = Context(no_records, Settings(), has_records=False)
    return MentorApp(context, first=WorkplaceScreen(context, [folder]))


def front(app: MentorApp) -> WorkplaceScreen:
    assert isinstance(app.screen, WorkplaceScreen), app.screen
    return app.screen


async def shown(app: MentorApp, pilot: Keys) -> WorkplaceScreen:
    """Wait until the files have been read."""
    screen = front(app)
    await until(lambda: screen.files.is_read and screen.grid.body.rows)
    await pilot.pause()
    return screen


def ids(screen: WorkplaceScreen) -> list[str]:
    return [Path(row.id).stem for row in screen.grid.body.rows if row.id.startswith("mentor:")]


async def test_what_needs_help_comes_first_and_the_files_to_look_at_below(
    alone: MentorApp,
) -> None:
    async with alone.run_test(size=(80, 24)) as pilot:
        screen = await shown(alone, pilot)
        assert ids(screen) == ["bo", ME, "anna"]
        said = screen_text(alone)
        assert "3 mentorer, 7 mentees, 1 afsluttet" in said
        assert "2 af 2" in said
        assert _("Files to look at") in said
        assert "Den er skrevet for 20 dage siden" in said
        assert "foreign.json" in said
        await pilot.press("end", "up")
        assert "25 %" in screen_text(alone), "shares are of all, who are more than four"


async def test_enter_opens_one_mentor_and_esc_comes_back(alone: MentorApp) -> None:
    async with alone.run_test(size=(80, 24)) as pilot:
        screen = await shown(alone, pilot)
        await pilot.press("enter")
        assert isinstance(alone.screen, MentorScreen)
        said = screen_text(alone)
        assert said.index("MK") < said.index("4711"), "what needs help first"
        assert "ingen opgaver, ingen buddy" in said
        await pilot.press("escape")
        assert front(alone) is screen
        await pilot.press("end", "enter")
        assert _("Enter opens a mentor") in screen_text(alone)


async def test_a_part_of_a_name_finds_a_mentor(alone: MentorApp) -> None:
    async with alone.run_test(size=(60, 20)) as pilot:
        screen = await shown(alone, pilot)
        await pilot.press("slash", *"ann")
        assert ids(screen) == ["anna"]
        await pilot.press("escape")
        assert len(ids(screen)) == 3, "Esc shows all"
        await pilot.press("slash", *"qx")
        assert _("Nothing found") in screen_text(alone)
        await pilot.press("enter")
        assert _("Enter opens a mentor") in screen_text(alone)
        await pilot.press("escape")
        await pilot.press("slash", *"ann", "enter")
        assert isinstance(alone.screen, MentorScreen)
        assert alone.screen.mentor
        assert Path(alone.screen.mentor.path).stem == "anna"


async def test_what_is_published_meanwhile_is_shown_and_the_cursor_stays(
    alone: MentorApp, folder: Path
) -> None:
    async with alone.run_test(size=(80, 24)) as pilot:
        screen = await shown(alone, pilot)
        await pilot.press("down", "down")
        assert Path(screen.grid.row_id).stem == "anna"
        publish(folder, "åse", PublishedMentee("Å", 1, Stage.START, no_plan=True), written=today())
        await until(lambda: len(ids(screen)) == 4, every=LOOK_SECONDS)
        await pilot.pause()
        assert ids(screen) == ["bo", "åse", ME, "anna"]
        assert Path(screen.grid.row_id).stem == "anna"
        await pilot.press("enter")
        publish(folder, "anna", PublishedMentee("XY"), written=today())
        await until(lambda: "XY" in screen_text(alone), every=LOOK_SECONDS)
        (folder / "anna.json").unlink()
        said = _("This is published no more: Esc goes back to all mentors.")
        await until(lambda: said[:20] in screen_text(alone), every=LOOK_SECONDS)
        await pilot.press("escape")
        assert alone.screen is screen
        assert len(ids(screen)) == 3


async def test_the_shared_view_shows_nobody(alone: MentorApp) -> None:
    async with alone.run_test(size=(80, 24)) as pilot:
        await shown(alone, pilot)
        await pilot.press("enter", "f6")
        assert "MK" not in screen_text(alone)
        assert "bo" not in screen_text(alone).split()
        await pilot.press("escape")
        said = screen_text(alone)
        assert "anna" not in said
        assert _("Write document") not in said
        await pilot.press("f6")
        assert "anna" in screen_text(alone)


async def test_w_writes_what_is_shown(alone: MentorApp) -> None:
    async with alone.run_test(size=SIZE) as pilot:
        await shown(alone, pilot)
        await press(pilot, "w", "f10")
        await written(alone, pilot)
        await press(pilot, "w", "tab", "c", "f10")
        await written(alone, pilot)
        assert [path.suffix for path in files()] == [".csv", ".docx"], screen_text(alone)
        text = files()[0].read_text("utf-8-sig")
        assert text.splitlines()[0] == "Fortroligt"
        assert "ingen opgaver, ingen buddy" in text
        assert {path.stat().st_mode & 0o777 for path in files()} == {0o600}


async def test_without_records_nothing_is_offered_that_would_be_kept_in_them(
    alone: MentorApp,
) -> None:
    async with alone.run_test(size=(80, 24)) as pilot:
        screen = await shown(alone, pilot)
        for key in ("n", "u", "exclamation_mark", "b", "t", "N", "V"):
            await pilot.press(key)
            assert alone.screen is screen, key
        await pilot.press("ctrl+p")
        assert isinstance(alone.screen, PickDialog)
        for word in (_("Note"), _("The library"), _("Mentees"), _("Undo")):
            assert word not in screen_text(alone)


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (40, 10)])
async def test_where_nobody_has_published_it_is_said_how_they_do(
    tmp_path: Path, size: tuple[int, int], no_records: Store
) -> None:
    context = Context(no_records, Settings(), has_records=False)
    app = MentorApp(context, first=WorkplaceScreen(context, [tmp_path]))
    async with app.run_test(size=size) as pilot:
        await until(lambda: front(app).files.is_read)
        await pilot.pause()
        assert "mentor publish on" in screen_text(app)
        await pilot.press("enter", "slash", "down", "w", "escape")
        assert app.is_running


@pytest.fixture
def settings(folder: Path) -> Settings:
    return Settings(publish_folder=str(folder))


@pytest.mark.parametrize("way", ["V", "palette"])
async def test_it_opens_from_the_home_screen(
    store: Store, settings: Settings, way: str, app_on: Callable[[Store], MentorApp]
) -> None:
    context = Context(store, settings)
    app = MentorApp(context, first=HomeScreen(context))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        if way == "V":
            await pilot.press("V")
        else:
            await pilot.press("ctrl+p", *"alle mentorer", "enter")
        screen = await shown(app, pilot)
        assert ids(screen) == ["bo", ME, "anna"]
        await pilot.press("escape")
        assert isinstance(app.screen, HomeScreen)


async def test_without_a_folder_the_page_says_what_to_do(store: Store) -> None:
    context = Context(store, Settings())
    app = MentorApp(context, first=HomeScreen(context))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("V")
        await until(lambda: isinstance(app.screen, WorkplaceScreen) and app.screen.files.is_read)
        await pilot.pause()
        assert "publish_folder" in " ".join(screen_text(app).split())


async def test_a_drive_that_is_slower_than_the_looks_is_waited_for(
    alone: MentorApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next look must not cut short the one under way, or none would come to an end."""
    begun: list[int] = []
    let_go = Event()

    def slow(named: Sequence[Path]) -> Stamp:
        begun.append(1)
        let_go.wait(20)
        return stamp_of(named)

    monkeypatch.setattr(overview_files, "stamp_of", slow)
    async with alone.run_test(size=(80, 24)) as pilot:
        screen = front(alone)
        await until(lambda: begun)
        for _n in range(5):
            await pilot.pause(2 * LOOK_SECONDS)
        assert len(begun) == 1
        assert not screen.files.is_read
        let_go.set()
        await shown(alone, pilot)


async def test_the_cursor_stays_on_its_mentee_when_the_order_is_another(
    alone: MentorApp, folder: Path
) -> None:
    async with alone.run_test(size=(80, 24)) as pilot:
        await shown(alone, pilot)
        await pilot.press("enter", "down")
        screen = alone.screen
        assert isinstance(screen, MentorScreen)
        assert "4711" in screen.detail.plain
        other = PublishedMentee(4711, 9, Stage.LEARNING, no_plan=True, talks_held=1)
        publish(folder, "bo", PublishedMentee("MK"), other, written=today())
        await until(lambda: screen.grid.body.rows[0].cells["who"] == "4711", every=LOOK_SECONDS)
        await pilot.pause()
        assert screen.grid.row_id == screen.grid.body.rows[0].id
        assert "4711" in screen.detail.plain


async def test_what_is_heard_of_it_is_said_in_whole_words(alone: MentorApp) -> None:
    async with alone.run_test(size=(80, 24)) as pilot:
        await shown(alone, pilot)
        said = " ".join(where_texts(alone))
        assert _("Private texts are shown here.") not in said, "no record is on the page"
        assert _("Everything is saved") not in said
        assert _("may not be so any more") in place_of(alone).spoken.line, "bo's file is old"
        await pilot.press("enter")
        await pilot.pause()
        heard = place_of(alone).spoken.line
        assert "MK" in heard
        assert f", {_('no talk held yet')}, " in heard
        assert f", {_('no tasks in the plan')}, " in heard
        await pilot.press("down")
        await pilot.pause()
        assert "alene med 2 af 8 opgaver" in place_of(alone).spoken.line


async def test_what_is_to_be_checked_has_room_below_the_list(alone: MentorApp) -> None:
    async with alone.run_test(size=(60, 20)) as pilot:
        screen = await shown(alone, pilot)
        below = str(screen.detail.content)
        assert "længe siden sidste samtale: 1" in " ".join(below.split())
