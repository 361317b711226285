"""`y` copies what the screen shows under the cursor, and nothing that it does not show."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.pilot import Pilot

from data.addresses import addresses
from data.records import Introduction, Note, Person, Talk, TalkState
from data.store.change import Change
from screens.actions.screen import ActionsScreen
from screens.frame.base import BaseScreen
from screens.frame.copying import MOST, Copier, fits
from screens.frame.places import load
from screens.library.guide import GuideScreen
from screens.mentee.base import MenteeScreen
from screens.needs.screen import NeedsScreen
from screens.note.by_day import NotesScreen
from screens.overview.screen import OverviewScreen
from screens.people.screen import PeopleScreen
from screens.plan.screen import PlanScreen
from screens.roles.screen import RolesScreen
from screens.search.screen import SearchScreen
from screens.talk.series import TalksScreen
from tests.screens.conftest import screen_text
from tests.screens.places import go, mentee, own
from tui.app import MentorApp
from widgets.copying import Part, UnderCursor
from widgets.grid import Grid
from widgets.wrapping import with_addresses_cut, wrap

ADDRESS = "https://intranet.kommune.dk/vejledninger/partshoering?afsnit=4&udgave=2026#trin-3"


async def copied(app: MentorApp, pilot: Pilot[int]) -> tuple[str, str]:
    """Press `y`; return what is in the clipboard then, and what is said."""
    app.copy_to_clipboard("")
    await pilot.press("y")
    await pilot.pause()
    screen = app.screen
    assert isinstance(screen, BaseScreen)
    return app.clipboard, screen.notice_bar.text


@pytest.mark.parametrize(
    ("kind", "key"),
    [
        (TalksScreen, "3"),
        (RolesScreen, "4"),
        (PeopleScreen, "5"),
        (NeedsScreen, "6"),
        (ActionsScreen, "7"),
    ],
)
async def test_a_line_of_a_list_is_copied(
    app: MentorApp, kind: type[BaseScreen[None]], key: str
) -> None:
    async with app.run_test() as pilot:
        screen = await go(app, pilot, kind, key)
        grid = screen.query(Grid).first()
        grid.focus()
        await pilot.pause()
        row = grid.body.row
        assert row
        text, said = await copied(app, pilot)
        assert text
        shown = screen_text(app)
        words = [word for word in re.findall(r"\w+", text) if len(word) > 3][:2]
        assert all(word in shown for word in words), (text, shown)
        assert "udklipsholder" in said
        assert text not in said


PARTS = {
    "overview": Part.LINE,
    "plan": Part.CELL,
    "talks": Part.LINE,
    "roles": Part.CELL,
    "people": Part.DETAILS,
    "needs": Part.LINE,
    "actions": Part.DETAILS,
    "agreement": Part.PAGE,
    "notes": Part.LINE,
    "closing": Part.PAGE,
    "roles_page": Part.PAGE,
}
"""The places of a mentee -> what is copied there."""
SAID = {
    Part.LINE: "Linjen er sendt",
    Part.CELL: "Cellen er sendt",
    Part.PASSAGE: "Afsnittet er sendt",
    Part.DETAILS: "Detaljerne er sendt",
    Part.PAGE: "Siden er sendt",
}


@pytest.mark.parametrize("place", PARTS)
async def test_what_is_said_is_what_is_copied_and_no_picture_is(app: MentorApp, place: str) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        screen = load(place)(app.context, mentee(app.store).id)
        await app.push_screen(screen)
        await pilot.pause()
        await pilot.press("g", "g")
        seen = set()
        for _row in range(25):
            text, said = await copied(app, pilot)
            assert not set(text) & set("█▓▒░│▎●○"), text
            if text:
                seen.add(text)
                assert said.startswith((SAID[PARTS[place]], "Adressen er sendt")), (said, text)
                lines = text.count("\n") + 1
                assert lines == 1 or PARTS[place] is not Part.LINE
            await pilot.press("j")
        assert len(seen) > 2 or PARTS[place] is Part.PAGE


async def test_a_picture_is_copied_as_its_words(app: MentorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await go(app, pilot, OverviewScreen)
        assert "█" in screen_text(app)
        text, _said = await copied(app, pilot)
        assert re.fullmatch(r"Trin i planen\t\d+ %, \d+ af \d+ selvstændigt", text), text


@pytest.mark.parametrize("key", ["1", "0"])
async def test_the_overview_and_the_expectations_are_copied(app: MentorApp, key: str) -> None:
    async with app.run_test() as pilot:
        await go(app, pilot, MenteeScreen, key)
        text, said = await copied(app, pilot)
        assert len(text) > 3
        assert "udklipsholder" in said


async def test_a_talk_that_was_held_is_copied_by_passages(app: MentorApp) -> None:
    async with app.run_test() as pilot:
        held = max(
            (one for one in own(app.store, Talk) if one.state is TalkState.HELD),
            key=lambda one: one.number,
        )
        await pilot.pause()
        await app.push_screen(load("held")(app.context, held.id))
        await pilot.pause()
        first, _said = await copied(app, pilot)
        await pilot.press("j", "j")
        second, _said = await copied(app, pilot)
        assert first
        assert second
        assert first != second


async def test_a_hit_of_a_search_is_copied_from_the_list_of_commands(app: MentorApp) -> None:
    async with app.run_test() as pilot:
        await pilot.pause()
        await pilot.press("slash", *"partsh")
        await pilot.pause()
        await pilot.press("ctrl+p")
        await pilot.pause()
        await pilot.press(*"kopier linje", "enter")
        await pilot.pause()
        assert "artshøring" in app.clipboard
        assert isinstance(app.screen, SearchScreen)


async def test_a_cell_of_the_plan_is_copied_and_is_what_the_grid_shows(app: MentorApp) -> None:
    async with app.run_test() as pilot:
        screen = await go(app, pilot, PlanScreen, "2")
        grid = screen.query(Grid).first()
        row = grid.body.row
        assert row
        text, _said = await copied(app, pilot)
        assert text == row.said(grid.column_key)
        await pilot.press("l")
        text, _said = await copied(app, pilot)
        assert text == row.said(grid.column_key)
        assert not set(text) & set("●○"), "the step in words"


async def test_a_page_is_copied_whole_also_from_its_heading(app: MentorApp) -> None:
    async with app.run_test() as pilot:
        await pilot.pause()
        guide = GuideScreen(app.context)
        await app.push_screen(guide)
        await pilot.pause()
        for _side in range(2):
            text, said = await copied(app, pilot)
            assert text == guide.pane.plain.rstrip()
            assert said == "Siden er sendt til terminalens udklipsholder"
            await pilot.press("tab")


async def test_what_shared_view_hides_is_not_copied(app: MentorApp) -> None:
    async with app.run_test() as pilot:
        screen = await go(app, pilot, NotesScreen, "N")
        private = next(one for one in own(app.store, Note) if one.private)
        open_text, _said = await copied(app, pilot)
        assert open_text
        await pilot.press("f6")
        await pilot.pause()
        words = private.text.split()[:4]
        for key in ("g", "tab"):
            await pilot.press(key)
            text, said = await copied(app, pilot)
            assert " ".join(words) not in text
            assert " ".join(words) not in said
        assert screen.is_active


async def test_an_address_is_copied_alone_and_then_with_its_line(app: MentorApp) -> None:
    async with app.run_test() as pilot:
        screen = await go(app, pilot, PeopleScreen, "5")
        met = screen.query(Grid).first().row_id.partition(":")[2]
        introduction = app.store.get(Introduction, met)
        assert introduction
        person = app.store.get(Person, introduction.person_id)
        assert person
        app.store.commit([Change.edited(person, contact="2345, ole@kommune.dk")])
        await pilot.pause()
        text, said = await copied(app, pilot)
        assert text == "ole@kommune.dk"
        assert said.startswith("Adressen er sendt")
        text, said = await copied(app, pilot)
        assert person.name in text
        assert "2345" in text
        assert said.startswith("Detaljerne er sendt")


async def test_letters_are_typed_where_text_is_written(app: MentorApp) -> None:
    async with app.run_test() as pilot:
        await pilot.pause()
        await pilot.press("slash", "y")
        await pilot.pause()
        assert isinstance(app.screen, SearchScreen)
        assert app.screen.line.value == "y"
        assert app.clipboard == ""


async def test_it_can_be_switched_off(app: MentorApp) -> None:
    async with app.run_test() as pilot:
        app.context.settings = replace(app.context.settings, clipboard=False)
        await go(app, pilot, TalksScreen, "3")
        text, said = await copied(app, pilot)
        assert text == ""
        assert said == "Udklipsholderen er slået fra i indstillingerne (clipboard)"


def test_what_is_too_long_for_terminals_is_refused_in_one_line() -> None:
    most = MOST // 4 * 3
    assert fits("x" * most)
    assert not fits("x" * (most + 1))
    assert not fits("æ" * (most // 2 + 1))
    text, said = Copier().copied(UnderCursor("x" * (most + 1), Part.PAGE))
    assert (text, said) == ("", "For langt til terminalens udklipsholder")
    assert "\n" not in Copier().copied(UnderCursor("x" * (most + 1)))[1]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("se https://x.dk/a_(b), og ring", ["https://x.dk/a_(b)"]),
        ("(se www.x.dk/a).", ["www.x.dk/a"]),
        ("skriv til ole.b+x@sub.kommune.dk!", ["ole.b+x@sub.kommune.dk"]),
        ("kl. 12:30, 50 % @ to", []),
        ("https://a.dk og http://b.dk", ["https://a.dk", "http://b.dk"]),
    ],
)
def test_addresses_are_found_without_the_signs_of_the_sentence(text: str, found: list[str]) -> None:
    assert addresses(text) == found


def test_an_address_is_never_broken_over_two_lines() -> None:
    text = f"Læs mere her: {ADDRESS}, og spørg så Ole."
    assert ADDRESS in " ".join(wrap(text, len(ADDRESS) + 1))
    for width in range(12, len(ADDRESS)):
        lines = wrap(text, width)
        (line,) = [one for one in lines if "http" in one]
        assert line.endswith("…")
        assert sum(any(part in one for part in ("vejled", "https")) for one in lines) <= 1 or (
            "vejled" in line
        )
        assert all(len(one) <= width for one in lines)
    assert wrap("x" * 30, 12) == ["x" * 12, "x" * 12, "x" * 6]


@given(st.text("ab./:@ \nhtps", max_size=80), st.integers(4, 40))
def test_cutting_addresses_changes_nothing_else(text: str, width: int) -> None:
    cut = with_addresses_cut(text, width)
    if all(len(one) <= width for one in addresses(text)):
        assert cut == text
    assert cut.count("\n") == text.count("\n")
    assert all(len(line) <= width for line in wrap(text, width))
