"""The search screen: typing finds, arrows choose, Enter opens the place."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from data.clock import now
from data.i18n import _, ngettext
from data.method import visibility
from data.records import Answer, Mentee, Note, Person, Talk, TalkState
from data.store.change import Change
from data.store.store import Store
from screens.overview.screen import OverviewScreen
from screens.people.screen import PeopleScreen
from screens.roles.screen import RolesScreen
from screens.search.screen import SearchScreen
from tests.screens.conftest import screen_text
from tests.screens.places import go, mentee
from tui.app import MentorApp


async def test_tab_makes_no_command_of_a_letter_that_is_searched_for(
    app: MentorApp, store: Store
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await go(app, pilot, SearchScreen, "slash", "tab", "n", "tab", "u")
        assert screen.line.value == "nu"


async def test_typing_finds_in_few_keys_and_enter_opens(app: MentorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await go(app, pilot, SearchScreen, "slash")
        assert _("Type at least two letters") in screen_text(app)
        await pilot.press(*"vise r")
        assert "Vise rundt" in screen_text(app)
        duty = screen.grid.row_id
        await pilot.press("enter")
        await pilot.pause()

        opened = app.screen
        assert isinstance(opened, RolesScreen)
        assert opened.grid.row_id == duty
        await pilot.press("escape")
        await pilot.pause()
        assert app.screen_stack[-1] is screen
        assert screen.line.value == "vise r", "the way back is where one was"


async def test_typing_takes_the_place_of_what_was_searched_for_before(app: MentorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await go(app, pilot, SearchScreen, "slash", *"vise")
        await pilot.press("escape")
        again = await go(app, pilot, SearchScreen, "slash")
        assert again.line.value == "vise"
        await pilot.press(*"ka")
        assert again.line.value == "ka"


async def test_a_person_is_opened_where_the_mentee_is_to_meet_them(app: MentorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await go(app, pilot, SearchScreen, "slash", *"karin juhl")
        await pilot.press("enter")
        await pilot.pause()

        assert isinstance(app.screen, PeopleScreen)
        assert "Karin Juhl" in app.screen.detail.plain


async def test_a_person_nobody_is_to_meet_is_said_to_be_one(app: MentorApp, store: Store) -> None:
    store.commit([Change.created(Person(name="Ukendt Zorro"))])
    async with app.run_test(size=(80, 24)) as pilot:
        await go(app, pilot, SearchScreen, "slash", *"zorro", "enter")

        assert isinstance(app.screen, SearchScreen)
        said = _("No mentee is due to meet {name} yet").format(name="Ukendt Zorro")
        assert said in screen_text(app)


async def test_nothing_found_is_said_and_enter_stays(app: MentorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await go(app, pilot, SearchScreen, "slash", *"qxqx", "enter")

        assert isinstance(app.screen, SearchScreen)
        assert _("Nothing found") in screen_text(app)


async def test_the_cursor_keeps_its_hit_when_somebody_else_adds_one(
    app: MentorApp, store: Store
) -> None:
    notes = [Note(mentee_id=mentee(store).id, text=f"zebra {n}") for n in range(3)]
    store.commit([Change.created(note) for note in notes])
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await go(app, pilot, SearchScreen, "slash", *"zebra", "down", "down", "up")
        assert screen.grid.row_id == notes[1].id
        store.commit([Change.created(Mentee(name="Zebra Zoffmann"))])
        await pilot.pause()

        assert screen.grid.row_id == notes[1].id
        assert ngettext("{count} place", "{count} places", 4).format(count=4) in screen_text(app)


async def test_private_hits_are_not_on_the_screen_in_a_shared_view(
    app: MentorApp, store: Store
) -> None:
    note = Note(mentee_id=mentee(store).id, text="kanariefugl i buret", private=True)
    store.commit([Change.created(note)])
    async with app.run_test(size=(80, 24)) as pilot:
        await go(app, pilot, SearchScreen, "slash", *"kanarie")
        assert "i buret" in screen_text(app)
        await pilot.press("f6")
        await pilot.pause()
        assert "i buret" not in screen_text(app)
        assert _("SHARED VIEW") in screen_text(app)
        await pilot.press("f6")
        await pilot.pause()
        assert "i buret" in screen_text(app)


async def test_letters_are_typed_and_no_commands(app: MentorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await go(app, pilot, SearchScreen, "slash", *"nu?/!1xaU")

        assert screen.line.value == "nu?/!1xaU"
        await pilot.press("escape")
        await pilot.pause()
        assert app.screen is not screen


async def test_hostile_text_is_shown_as_it_is(app: MentorApp, store: Store) -> None:
    note = Note(mentee_id=mentee(store).id, text="[red]=1+1[/] :smile: zebra " + "x" * 5000)
    store.commit([Change.created(note)])
    async with app.run_test(size=(80, 24)) as pilot:
        await go(app, pilot, SearchScreen, "slash", *"[red]")

        assert "[red]=1+1[/] :smile: zebra" in screen_text(app)


async def test_the_shared_view_finds_nothing_of_another_mentee(
    app: MentorApp, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    nadia = Mentee(name="Nadia Skov")
    words = "KANARIE-anden"
    note = Note(mentee_id=nadia.id, text=words, private=False, at=now())
    talk = Talk(mentee_id=nadia.id, number=1, state=TalkState.HELD)
    answer = Answer(mentee_id=nadia.id, talk_id=talk.id, key="works", mentee=words)
    own = Note(mentee_id=mentee(store).id, text="KANARIE-egen", private=False, at=now())
    made = (nadia, note, talk, answer, own)
    store.commit([Change.created(one) for one in made], undoable=False)

    async def found(pilot: Pilot[int]) -> str:
        await app.push_screen(SearchScreen(app.context))
        await pilot.press(*"kanarie")
        await pilot.pause()
        text = screen_text(app)
        await pilot.press("escape")
        await pilot.pause()
        app.context.positions.pop("search", None)
        return text

    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        await pilot.press("f6")
        assert "KANARIE-" not in await found(pilot), "nobody is in front"
        await go(app, pilot, OverviewScreen)
        text = await found(pilot)
        assert "KANARIE-egen" in text
        assert words not in text
        assert "Nadia" not in text
        monkeypatch.setattr(visibility, "shows_all", lambda _reader: True)
        assert words in await found(pilot)
