"""People under real keys: whom the mentee is to meet."""

from __future__ import annotations

from datetime import date

import pytest

from data.clock import today
from data.i18n import _
from data.records import (
    Introduction,
    Mentee,
    Person,
    PersonKind,
)
from data.store.change import Change
from data.store.store import Store
from screens.frame.places import open_place
from screens.people.screen import PeopleScreen
from tests.screens.conftest import screen_text
from tests.screens.places import again, go, newest, own
from tui.app import MentorApp


def person_of(store: Store, one: Introduction) -> Person:
    found = store.get(Person, one.person_id)
    assert found
    return found


async def test_d_notes_that_they_have_met_and_the_line_goes_to_the_end(
    app: MentorApp, store: Store
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await go(app, pilot, PeopleScreen, "5")
        open_ones = [one for one in own(store, Introduction) if one.done_on is None]
        screen.go_to(open_ones[0].id)
        await pilot.press("d")

        assert again(store, open_ones[0]).done_on == today()
        assert screen.here() == ("introduction", open_ones[0].id), "the cursor goes with it"
        name = person_of(store, open_ones[0]).name
        assert _("Done today: {name}").format(name=name) in screen_text(app)
        await pilot.press("d")
        assert again(store, open_ones[0]).done_on is None
        assert _("Reopened: {name}").format(name=name) in screen_text(app)


async def test_a_new_person_is_introduced_by_a_known_one(app: MentorApp, store: Store) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await go(app, pilot, PeopleScreen, "5")
        await pilot.press("home", "a", *"Åse [b]Bæk", "enter", "enter", *"handicap", "enter")
        await pilot.press(*"lok 12", "enter", *"Hjælpemidler", "enter", *"jonas", "down", "enter")
        await pilot.press(*"+1u", "enter", "enter")
        await pilot.pause()

        one = newest(store, Introduction)
        person = person_of(store, one)
        assert (person.name, person.knows, person.contact) == ("Åse [b]Bæk", "handicap", "lok 12")
        assert one.planned_on == date(2026, 11, 30)
        by = store.get(Person, one.by_id)
        assert by
        assert by.name == "Jonas Friis"
        assert screen.here() == ("introduction", one.id)
        assert "Åse [b]Bæk" in screen.detail.plain
        await pilot.press("u")
        assert store.get(Person, person.id) is None, "person and introduction are one step"


async def test_a_network_is_one_too(app: MentorApp, store: Store) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await go(app, pilot, PeopleScreen, "5")
        await pilot.press("home", "a", *"Erfa", "enter", "n", "f10")
        await pilot.pause()

        assert person_of(store, newest(store, Introduction)).kind is PersonKind.NETWORK


async def test_somebody_must_be_named(app: MentorApp, store: Store) -> None:
    count = len(own(store, Introduction))
    async with app.run_test(size=(80, 24)) as pilot:
        await go(app, pilot, PeopleScreen, "5")
        await pilot.press("home", "a", "tab", "tab", *"alt", "f10")

        assert _("Enter who the mentee should meet") in screen_text(app)
        await pilot.press("escape", "escape")
        await pilot.pause()
    assert len(own(store, Introduction)) == count


async def test_deleting_asks_by_name_and_is_undone(app: MentorApp, store: Store) -> None:
    one = own(store, Introduction)[0]
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await go(app, pilot, PeopleScreen, "5")
        screen.go_to(one.id)
        name = person_of(store, one).name
        await pilot.press("x")
        assert _("Delete {name}?").format(name=name) in screen_text(app)
        await pilot.press("n")
        await pilot.pause()
        assert store.get(Introduction, one.id)
        await pilot.press("x", "j")
        await pilot.pause()
        assert store.get(Introduction, one.id) is None
        assert store.get(Person, one.person_id), "others may still name the person"
        await pilot.press("u")
        assert store.get(Introduction, one.id)


async def test_what_somebody_else_deleted_meanwhile_is_not_deleted_twice(
    app: MentorApp, store: Store
) -> None:
    one = own(store, Introduction)[0]
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await go(app, pilot, PeopleScreen, "5")
        screen.go_to(one.id)
        await pilot.press("x")
        store.commit([Change.deleted(again(store, one))])
        await pilot.press("j")
        await pilot.pause()

        assert store.get(Introduction, one.id) is None
        assert isinstance(app.screen, PeopleScreen)


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)])
async def test_an_empty_list_says_what_belongs_there(
    app: MentorApp, store: Store, size: tuple[int, int]
) -> None:
    new = Mentee(name="Bo Ågård", start=today())
    store.commit([Change.created(new)])
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        open_place(app, app.context, "people", new.id)
        await pilot.pause()
        text = screen_text(app)
        assert _("Nobody yet: a adds someone the mentee should meet") in text
        await pilot.press("d", "x", "e")
        await pilot.pause()
        assert isinstance(app.screen, PeopleScreen), "there is nothing to settle or delete"
        await pilot.press("enter", *"Ny Kollega", "f10")
        await pilot.pause()
        assert [person_of(store, one).name for one in store.of(Introduction, new.id)] == [
            "Ny Kollega"
        ]
