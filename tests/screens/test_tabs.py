"""Every screen of a mentee is named at the top of each, and what is open leads to its place."""

from __future__ import annotations

import pytest

from data.clock import now, today
from data.i18n import _, set_language
from data.method.systems import without_access
from data.method.today.due import due_items
from data.method.today.rows import DueKind
from data.queries.views import mentee_view
from data.records import Action, Duty, DutyKind, Mentee, Note, NoteKind
from data.store.change import Change
from data.store.store import Store
from screens.actions.screen import ActionsScreen
from screens.frame.places import PLACES, load
from screens.home.screen import HomeScreen
from screens.mentee.expectations import ExpectationsScreen
from screens.overview.lines import Line
from screens.overview.screen import OverviewScreen
from tests.screens.conftest import screen_text
from tests.screens.places import go
from tui.app import MentorApp

LONG = "Anne-Kathrine Bjerregaard-Vestergaard"


@pytest.fixture
def first() -> type[HomeScreen]:
    return HomeScreen


def anne(store: Store) -> Mentee:
    found = Mentee(name=LONG, start=today())
    store.commit([Change.created(found)])
    return found


def lines_of(app: MentorApp) -> list[Line]:
    assert isinstance(app.screen, OverviewScreen)
    return list(app.screen.shown.lines.values())


def in_front(app: MentorApp) -> type:
    return type(app.screen)


def stand_on(app: MentorApp, id: str) -> None:
    screen = app.screen
    assert isinstance(screen, OverviewScreen)
    assert screen.shown.grid.go_to(id)


@pytest.mark.parametrize("language", ["da", "en"])
async def test_all_screens_are_named_at_80_columns_however_long_the_mentees_name(
    app: MentorApp, store: Store, language: str
) -> None:
    set_language(language)
    anne(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await go(app, pilot, OverviewScreen, name="Anne")
        for place in (*PLACES, *reversed(PLACES)):
            await pilot.press(place.key)
            await pilot.pause()
            assert type(app.screen) is load(place.name)
            name, tabs, *_rest = screen_text(app).splitlines()
            assert LONG in name
            gap = " " if language == "en" else ""  # the English names are shorter
            named = [f"{one.key}{gap}{_(one.title)}" for one in PLACES]
            assert tabs == f" {' '.join(named)}", place
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen), "the screens stand beside each other"


@pytest.mark.parametrize("language", ["da", "en"])
async def test_at_60_columns_all_have_their_digit_and_the_one_in_front_its_name(
    app: MentorApp, store: Store, language: str
) -> None:
    set_language(language)
    anne(store)
    async with app.run_test(size=(60, 20)) as pilot:
        await go(app, pilot, OverviewScreen, name="Anne")
        for place in PLACES:
            await pilot.press(place.key)
            await pilot.pause()
            head = screen_text(app).splitlines()[0]
            shown = [one.key + (_(one.title) if one is place else "") for one in PLACES]
            assert f" {' '.join(shown)} " in f"{head} ", place
            assert head.startswith(" Anne-Kathrine")
            assert "…" in head, "the name gives way"


async def test_on_a_wide_screen_all_stand_on_one_line(app: MentorApp, store: Store) -> None:
    anne(store)
    async with app.run_test(size=(120, 40)) as pilot:
        await go(app, pilot, OverviewScreen, name="Anne")
        head = screen_text(app).splitlines()[0]
        assert all(f"{one.key}{_(one.title)}" in head for one in PLACES)


async def test_the_overview_says_what_is_open_and_leads_there(app: MentorApp, store: Store) -> None:
    mentee = anne(store)
    doubt = Note(mentee_id=mentee.id, kind=NoteKind.DOUBT, text="Hvem?", at=now(), private=True)
    system = Duty(mentee_id=mentee.id, text="Sensum", kind=DutyKind.SYSTEM)
    action = Action(mentee_id=mentee.id, what="Ringe", due=today())
    async with app.run_test(size=(80, 24)) as pilot:
        await go(app, pilot, OverviewScreen, name="Anne")
        line = next(one for one in lines_of(app) if one.id == "actions")
        assert (line.text, line.key) == (_("none open"), "7")

        store.commit([Change.created(one) for one in (doubt, system, action)])
        await pilot.pause()
        line = next(one for one in lines_of(app) if one.id == "actions")
        assert line.text == "1 åben · tvivl eller spørgsmål uden svar · mangler adgang til 1 system"
        assert line.key == "7"
        stand_on(app, "actions")
        await pilot.press("enter")
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, ActionsScreen)
        shown = screen_text(app)
        assert all(text in shown for text in ("Ringe", "Hvem?", "Sensum"))
        await pilot.press("escape", "f6")
        await pilot.pause()
        line = next(one for one in lines_of(app) if one.id == "actions")
        assert _("doubts or questions to answer") not in line.text, "nothing of them is told"


async def test_the_overview_leads_to_the_expectations(app: MentorApp, store: Store) -> None:
    anne(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await go(app, pilot, OverviewScreen, name="Anne")
        line = next(one for one in lines_of(app) if one.id == "gap:no_agreement")
        assert line.key == "0"
        stand_on(app, line.id)
        await pilot.press("enter")
        await pilot.pause()
        assert in_front(app) is ExpectationsScreen
        await pilot.press("escape")
        await pilot.pause()
        assert in_front(app) is OverviewScreen
        await pilot.press("0", "7")
        await pilot.pause()
        assert in_front(app) is ActionsScreen, "the digits lead on from there"


@pytest.mark.parametrize("kind", [DueKind.ACTION, DueKind.ACCESS])
async def test_todays_line_opens_the_screen_of_actions_on_it(
    app: MentorApp, store: Store, kind: DueKind
) -> None:
    mentee = anne(store)
    action = Action(mentee_id=mentee.id, what="Ringe", due=today())
    system = Duty(mentee_id=mentee.id, text="Sensum", kind=DutyKind.SYSTEM)
    store.commit([Change.created(one) for one in (action, system)])
    due = next(one for one in due_items(mentee_view(store, mentee), today()) if one.kind is kind)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("tab")
        home = app.screen
        assert isinstance(home, HomeScreen)
        assert home.lists.today.go_to(due.key)
        await pilot.press("enter")
        await pilot.pause()
        opened = app.screen
        assert isinstance(opened, ActionsScreen)
        assert opened.here()[1] == due.record_id


@pytest.mark.parametrize(
    ("words", "place"),
    [
        *((word, "actions") for word in ("tvivl", "spørgsmål", "fagsystem", "adgang", "gøremål")),
        *((word, "actions") for word in ("doubts", "questions", "systems", "access", "aftaler")),
        *((word, "agreement") for word in ("forventningsafst", "expectations", "kontrakt")),
    ],
)
async def test_a_word_in_either_language_finds_it_in_the_list_of_commands(
    app: MentorApp, store: Store, words: str, place: str
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await go(app, pilot, OverviewScreen)
        await pilot.press("ctrl+p", *words)
        await pilot.pause()
        title = next(_(one.title) for one in PLACES if one.name == place)
        named = [line for line in screen_text(app).splitlines() if f" {title} " in f"{line} "]
        assert named, screen_text(app)


async def test_an_access_that_is_missing_is_one_rule(store: Store) -> None:
    mentee = anne(store)
    system = Duty(mentee_id=mentee.id, text="Sensum", kind=DutyKind.SYSTEM)
    settled = Duty(mentee_id=mentee.id, text="SBSYS", kind=DutyKind.SYSTEM, done_on=today())
    works = Duty(mentee_id=mentee.id, text="Outlook", kind=DutyKind.SYSTEM, access_on=today())
    store.commit([Change.created(one) for one in (system, settled, works)])
    assert [one.text for one in without_access(mentee_view(store, mentee))] == ["Sensum"]
