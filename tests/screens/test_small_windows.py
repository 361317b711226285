"""However small the window: the keys of each dialog are seen, and where the cursor stands.

Every dialog and every form is opened by real keys, in both languages, in the smallest window and in
one that is still smaller than usual.
"""

from __future__ import annotations

import asyncio
import pkgutil
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from textual.errors import NoWidget
from textual.widgets import Static

import screens
from data.clock import today
from data.i18n import _, language, set_language
from data.records import Mentee, Talk
from data.settings import Settings
from data.store.change import Change
from data.store.store import Store
from screens.dialogs.ask import Question
from screens.dialogs.base import Dialog
from screens.dialogs.help import HelpDialog
from screens.dialogs.wait import WaitDialog
from screens.frame.base import SMALLEST, BaseScreen
from screens.frame.context import Context
from screens.frame.keys import shown_keys
from screens.home.screen import HomeScreen
from screens.mentee.ending import DeleteOrClose
from screens.plan.import_form import PreviewDialog
from screens.plan.save_template import TemplateForm
from screens.plan.screen import PlanScreen
from screens.publishing.switch import PublishDialog
from screens.talk.open import DraftDialog
from screens.talk.screen import TalkScreen
from screens.talk.whole_card import WholeCard
from tests.screens.conftest import AppOn, Keys, screen_text
from tests.screens.places import own
from tests.screens.two_sessions.creates import CREATES
from tests.screens.two_sessions.edits import EDITS
from tests.screens.two_sessions.opening import Create, Edit
from tests.screens.two_sessions.world import form_in, one_of_each, put_in
from tests.tools.hurry import until
from tests.tools.tour import TOUR
from tests.tools.typist import KEYS
from tui.app import MentorApp
from widgets.grid import Grid
from widgets.marked import Marked
from widgets.reading import Footnote, ReadingPane

SMALL = (60, 20)
SIZES = (SMALLEST, SMALL)
NAMES = {"esc": "escape", "backtab": "shift+tab"}
FORMS = (*CREATES, *EDITS)
ROWS = "Navn;Første arbejdsdag;Titel;Nyuddannet\nÅse Bæk;01-02-2027;Rådgiver;ja\nBo Ny;1/3;;nej\n"


@pytest.fixture(params=["da", "en"], autouse=True)
def _language(_morning: None, request: pytest.FixtureRequest) -> None:
    set_language(request.param)


def out_of_sight(app: MentorApp) -> Iterator[str]:
    """Yield what of the screen in front has to be seen and is not."""
    screen = app.screen
    assert isinstance(screen, Dialog | BaseScreen)
    lines = screen_text(app).splitlines()
    bar = screen.key_bar.region
    end = screen.size.height - isinstance(screen, Dialog)  # the box of a dialog stands below it
    keys = lines[bar.y] if bar.height and bar.bottom <= end else ""
    for key, label in needed_keys(screen):
        if f" {key}" not in keys:
            yield f"{key} {label}"
    focused = screen.focused
    if hasattr(focused, "cursor_screen_offset") and tuple(app.cursor_position) == (0, 0):
        yield f"the cursor in {focused}"
    for grid in screen.query(Grid):
        if grid.body.rows and not shows_a_row(screen, grid):
            yield f"a row of {grid}"


def needed_keys(screen: Dialog[object] | BaseScreen[object]) -> list[tuple[str, str]]:
    """Return the keys that answer a dialog and leave it, or the first one of a screen."""
    left, right = shown_keys(screen)
    if isinstance(screen, Question):
        return [*left, *right[:1]]
    if isinstance(screen, Dialog):
        return [*left[:1], *right[:1]]
    made = [pair for pair in left if isinstance(screen, TalkScreen) and pair[0] == "F3"]
    return [*left[:1], *(made if screen.size == SMALL else ())]


def shows_a_row(screen: Dialog[object] | BaseScreen[object], grid: Grid) -> bool:
    """Return whether a grid shows its header and at least one row; also where it is hidden."""
    try:
        where = screen.find_widget(grid.body)
    except NoWidget:
        return grid is not screen.focused
    seen = where.visible_region
    return seen.y == where.region.y and seen.height > grid.body.header


async def press(pilot: Keys, keys: str) -> None:
    """Press keys as a tour names them."""
    for name in keys.split():
        typed = [NAMES.get(name, name)] if name in KEYS else list(name.replace("_", " "))
        await pilot.press(*("space" if one == " " else one for one in typed))
        await pilot.pause()


class Seen:
    """What was opened, and what of it was not seen."""

    def __init__(self, app: MentorApp) -> None:
        self.app = app
        self.kinds: set[type] = set()
        self.missing: list[str] = []

    def look(self, where: str) -> None:
        """Look at the screen in front."""
        self.kinds.add(type(self.app.screen))
        found = ", ".join(out_of_sight(self.app))
        if found:
            self.missing.append(f"{where}: {found}\n{screen_text(self.app)}")

    async def look_in_both(self, pilot: Keys, where: str) -> None:
        """Look in the size that the window has, and in the other one, which it has from then on."""
        for size in sorted(SIZES, key=lambda one: one != self.app.size):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            self.look(f"{where} {size}")


def dialogs() -> set[type]:
    """Return the kinds of dialogs that the program has."""
    for module in pkgutil.walk_packages(screens.__path__, "screens."):
        import_module(module.name)
    return kinds_of(Dialog)


def kinds_of(kind: type[Any]) -> set[type]:
    """Return the kinds of dialogs that are loaded of one kind."""
    below = {one for each in kind.__subclasses__() for one in kinds_of(each)}
    own = kind.__module__.startswith("screens.") and kind not in (Dialog, Question)
    return below | ({kind} if own else set())


@pytest.fixture
def at_home(
    store: Store, app_on: AppOn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> MentorApp:
    """The app on the example, with a file that can be imported."""
    monkeypatch.setenv("HOME", str(tmp_path))
    folder = tmp_path / "mentorrollen"
    folder.mkdir()
    (folder / "hold.csv").write_text(ROWS, "utf-8")
    context = Context(store, Settings())
    return MentorApp(context, first=HomeScreen(context))


async def test_every_screen_and_dialog_shows_its_keys_and_the_cursor(
    at_home: MentorApp,
) -> None:
    """In both sizes, and opened in one or the other by turns."""
    async with at_home.run_test(size=SMALLEST) as pilot:
        await pilot.pause()
        seen = Seen(at_home)
        for scene in TOUR:
            await press(pilot, scene.keys)
            await seen.look_in_both(pilot, scene.name)
        for keys in ("a", "f1", "esc esc w", "esc W"):
            await press(pilot, keys)
            await seen.look_in_both(pilot, keys)
        await pilot.press("enter")
        await until(lambda: isinstance(at_home.screen, PreviewDialog), "the preview")
        await pilot.pause()
        await seen.look_in_both(pilot, "import")
        await press(pilot, "esc esc enter 2")
        assert isinstance(at_home.screen, PlanScreen)
        for keys in ("T", "enter"):
            await press(pilot, keys)
            await seen.look_in_both(pilot, keys)
        await press(pilot, "esc")
        await press(pilot, "ctrl+p")
        await pilot.press(*("save as" if language() == "en" else "gem som"), "enter")
        await until(lambda: isinstance(at_home.screen, TemplateForm), "the template")
        await pilot.pause()
        await seen.look_in_both(pilot, "template")
        await pilot.resize_terminal(*SMALL)
        await pilot.pause()
        hint = form_in(at_home).fields[0].hint
        assert hint in screen_text(at_home), "an example that is cut"
        await press(pilot, "esc")
        waiting = asyncio.get_running_loop().create_future()
        for dialog in (
            DraftDialog(own(at_home.store, Talk)[0]),
            WholeCard("Rammer", "Bliv enige om, hvad samtalen skal bruges til.\n" * 20),
            WaitDialog("Skriver dokumenterne …", waiting),  # type: ignore[arg-type]
            PublishDialog([f"4{number}70: uge {number}" for number in range(20)]),
            DeleteOrClose("Slet Anne-Sofie Thorbjørnsen?", "Der er intet skrevet. " * 9),
        ):
            await at_home.push_screen(dialog)
            await pilot.pause()
            await seen.look_in_both(pilot, type(dialog).__name__)
            await press(pilot, "esc")
        waiting.cancel()

    assert not seen.missing, "\n".join(seen.missing)
    assert dialogs() <= seen.kinds, "a new dialog is opened here too"
    assert HelpDialog in seen.kinds


@pytest.mark.parametrize("case", FORMS, ids=lambda case: case.name)
async def test_every_field_of_every_form_is_seen_with_the_keys(
    case: Create | Edit, empty: Store, app_on: AppOn
) -> None:
    """In the smallest window in which it is opened, and in the other one that this becomes."""
    records = case.world() if isinstance(case, Edit) else one_of_each()
    put_in(empty, records.values())
    app = app_on(empty)
    async with app.run_test(size=SMALLEST) as pilot:
        await case.open(app, pilot, records)
        form, seen = form_in(app), Seen(app)
        first = app.focused
        for size in SIZES:
            await pilot.resize_terminal(*size)
            app.screen.set_focus(first)
            await pilot.pause()
            for field in form.fields:
                seen.look(f"{field.key} {size}")
                await press(pilot, "tab")

    assert not seen.missing, "\n".join(seen.missing)


async def test_a_line_longer_than_its_field_shows_where_one_types(at_home: MentorApp) -> None:
    """Also where nothing has been typed in it yet."""
    async with at_home.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await press(pilot, "down enter 7 e")
        form = form_in(at_home)
        line = next(iter(form.inputs.values()))
        text = form.texts()["what"]
        assert len(text) > line.size.width
        assert tuple(at_home.cursor_position) != (0, 0)
        assert text[-20:] in screen_text(at_home)


def cut_off(app: MentorApp) -> list[str]:
    """Return the texts on the screen that end before their end, and do not say so."""
    texts = [one for one in app.screen.query(Static) if one.display and one.size.height]
    silent = [one for one in texts if not isinstance(one, Marked | Footnote)]
    return [
        str(one.visual)
        for one in silent
        if not isinstance(one.parent, ReadingPane)
        and one.get_content_height(one.size, app.size, one.size.width) > one.size.height
    ]


@pytest.mark.parametrize("way", ["1", "2", "3", "4", "5", "6", "7", "0", "N", "H", "f1", "!"])
async def test_no_text_ends_early_on_the_first_pages_of_a_mentee(
    way: str, empty: Store, app_on: AppOn
) -> None:
    empty.commit([Change.created(Mentee(name="Maja Holm", start=today()))])
    context = Context(empty, Settings())
    app = MentorApp(context, first=HomeScreen(context))
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        assert not cut_off(app)
        await pilot.press(way)
        await pilot.pause()
        assert not cut_off(app), screen_text(app)


@pytest.mark.parametrize("of", ["own", "team", "server"])
async def test_all_that_is_said_without_mentees_is_seen(of: str, empty: Store) -> None:
    empty.on_server = of == "server"
    context = Context(empty, Settings(), of_team=of != "own")
    first = HomeScreen(context)
    app = MentorApp(context, first=first)
    async with app.run_test(size=SMALL) as pilot:
        await pilot.pause()
        said = " ".join(first.empty.plain.split())
        assert said in " ".join(screen_text(app).split()), screen_text(app)
        await pilot.resize_terminal(*SMALLEST)
        await pilot.pause()
        assert "…" in screen_text(app), "there is more"


async def test_the_steps_of_a_talk_say_where_there_is_more_and_show_it(
    at_home: MentorApp,
) -> None:
    async with at_home.run_test(size=SMALL) as pilot:
        await pilot.pause()
        await press(pilot, "t enter")
        talk = at_home.screen
        assert isinstance(talk, TalkScreen)
        read = 0
        for _step in talk.desk.flow.steps:
            assert not cut_off(at_home), screen_text(at_home)
            if said := talk.pane.cut:
                if talk.pane.card.is_cut:
                    assert "… Ctrl+O" in screen_text(at_home), screen_text(at_home)
                await pilot.press("ctrl+o", *_("Read the whole text above"), "enter")
                await until(lambda: isinstance(at_home.screen, WholeCard))
                await pilot.pause()
                assert isinstance(at_home.screen, WholeCard)
                assert at_home.screen.pane.plain.split() == said.split()
                await press(pilot, "esc")
                read += 1
            await press(pilot, "pagedown")
        assert read > 1, "the ground rules are among them"
