"""Every command and page of the program is found on every screen, by any word of it."""

from __future__ import annotations

from collections import Counter

import pytest
from textual.binding import Binding

from data.i18n import _, set_language
from data.records import Duty
from data.store.store import Store
from screens.dialogs.elsewhere import PAGES, Elsewhere, everything_else, is_command
from screens.dialogs.file import FileDialog
from screens.dialogs.pick import PickDialog
from screens.frame.base import BaseScreen
from screens.frame.keys import long_name
from screens.frame.places import PLACES, load
from screens.home.screen import HomeScreen
from screens.library.guide import GuideScreen
from screens.library.questions import QuestionsScreen
from screens.library.screen import LibraryScreen
from screens.library.tips import TipsScreen
from screens.mentee.closing import ClosingScreen
from screens.mentee.expectations import ExpectationsScreen
from screens.note.by_day import NotesScreen
from screens.roles.page import RolesPageScreen
from screens.talk.series import TalksScreen
from tests.screens.conftest import screen_text
from tests.screens.places import go, mentee
from tests.tools.hurry import until
from tui.app import MentorApp


@pytest.fixture
def first() -> type[HomeScreen]:
    return HomeScreen


def found(app: MentorApp, word: str) -> list[Elsewhere]:
    front = app.screen
    assert isinstance(front, BaseScreen)
    word = word.casefold()
    return [
        one
        for one in everything_else(front)
        if word
        in " ".join((one.item("").label, one.item("").detail, one.item("").words)).casefold()
    ]


@pytest.mark.parametrize("word", ["rytme", "rhythm", "aftale", "agreement", "udskriv", "print"])
async def test_a_word_in_either_language_finds_it_from_the_first_screen(
    app: MentorApp, word: str
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert found(app, word), word
        await pilot.press("ctrl+p", *word)
        await pilot.pause()
        assert _("No match; change what you typed") not in screen_text(app)


async def test_every_named_command_of_the_screens_of_a_mentee_is_there(app: MentorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        front = app.screen
        assert isinstance(front, BaseScreen)
        found = everything_else(front)
        offered = {(one.place, one.action) for one in found}
        pages = {one.name for one in found if not one.action}
        for place in PLACES:
            assert (place.name, "") in offered
            for one in Binding.make_bindings(vars(load(place.name)).get("BINDINGS", ())):
                if is_command(one) and long_name(one) not in pages:  # a page is opened at once
                    assert (place.name, one.action) in offered, one


@pytest.mark.parametrize("language", ["da", "en"])
async def test_no_name_is_in_the_list_twice_for_the_same(app: MentorApp, language: str) -> None:
    set_language(language)
    maja = mentee(app.store).id
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        of_mentee = [*(one.name for one in PLACES), "notes", "closing", "roles_page", "status"]
        screens = [HomeScreen, LibraryScreen, GuideScreen, QuestionsScreen, TipsScreen]
        opened = [kind(app.context) for kind in screens]
        opened += [load(name)(app.context, maja) for name in of_mentee]
        for screen in opened:
            await app.push_screen(screen)
            await pilot.pause()
            await pilot.press("ctrl+p")
            await pilot.pause()
            dialog = app.screen
            assert isinstance(dialog, PickDialog)
            offered = Counter((one.label, one.detail) for one in dialog.items)
            assert [one for one, times in offered.items() if times > 1] == []
            pages = Counter(one.label for one in dialog.items)
            titles = {_(place.title) for place in PLACES} | {_(title) for _name, title in PAGES}
            assert [name for name in titles if pages[name] != 1] == [], type(screen)
            await pilot.press("escape", "escape")
            await pilot.pause()


async def test_it_asks_for_the_mentee_where_none_is_chosen_and_says_where_it_acts(
    app: MentorApp, store: Store
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("b", "ctrl+p", *"rytme")
        await pilot.pause()
        assert _("Talks") in screen_text(app)
        await pilot.press("enter")
        await pilot.pause()
        assert _("Which mentee?") in screen_text(app)
        await pilot.press(*"maja", "enter")
        await pilot.pause()
        below = [one for one in app.screen_stack if isinstance(one, TalksScreen)]
        assert [one.mentee_id for one in below] == [mentee(store).id]
        assert app.screen is not below[0], "the form of the rhythm is open"


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("aftale tavshedspligt", ExpectationsScreen),
        ("alle noter", NotesScreen),
        ("kan nu udskriv", ClosingScreen),
        ("hvem gør hvad dokument", RolesPageScreen),
    ],
)
async def test_a_page_opens_for_the_mentee_in_front(
    app: MentorApp, words: str, kind: type[BaseScreen[None]]
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await go(app, pilot, TalksScreen, "3")
        await pilot.press("ctrl+p", *words, "enter")
        await pilot.pause()
        assert isinstance(app.screen, kind)


async def test_what_is_about_a_line_is_never_done_from_afar(app: MentorApp, store: Store) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        front = app.screen
        assert isinstance(front, BaseScreen)
        tick = next(one for one in everything_else(front) if one.action == "do('tick')")
        before = store.all(Duty)
        await pilot.press("ctrl+p", *tick.name, *f" {_('Roles')}", "enter")
        await pilot.pause()
        if _("Which mentee?") in screen_text(app):
            await pilot.press("enter")
            await pilot.pause()
        assert store.all(Duty) == before
        said = _("{key} does it on the line under the cursor: {command}")
        assert said.format(key=tick.key, command=tick.name)[:20] in screen_text(app)


async def test_a_form_is_imported_from_another_screen_of_the_mentee(app: MentorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await go(app, pilot, TalksScreen, "3")
        await pilot.press("ctrl+p", *_("Import a filled-in form"), "enter")
        await until(lambda: isinstance(app.screen, FileDialog), "the files")
