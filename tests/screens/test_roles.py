"""The role matrix under real keys, and the page that is read to the newcomer."""

from __future__ import annotations

from datetime import date

import pytest

from data.clock import today
from data.dates import show_date
from data.i18n import _, set_language
from data.library import duties
from data.method.mentorship.gaps import main_roles
from data.method.mentorship.roles import new_mentee_records
from data.method.words import word
from data.records import Duty, DutyKind, Mentee, Part, Person, Role, RoleKind
from data.store.change import Change
from data.store.store import Store
from screens.frame.places import open_place
from screens.roles.page import RolesPageScreen
from screens.roles.rows import PERSONS
from screens.roles.screen import RolesScreen
from tests.screens.conftest import screen_text
from tests.screens.places import go, mentee
from tui.app import MentorApp


def role(store: Store, kind: RoleKind) -> Role:
    return next(one for one in store.of(Role, mentee(store).id) if one.kind is kind)


def duty(store: Store, key: str) -> Duty:
    return next(one for one in store.of(Duty, mentee(store).id) if one.key == key)


def again(store: Store, one: Duty) -> Duty:
    found = store.get(Duty, one.id)
    assert found
    return found


def stand(screen: RolesScreen, row: Duty | str, column: Role | str = "") -> None:
    """Put the cursor on a cell; moving by keys is tested with the grid."""
    row_id = row if isinstance(row, str) else row.id
    screen.grid.go_to(row_id, column if isinstance(column, str) else column.id)


async def test_a_main_responsibility_is_given_by_its_letter_and_there_is_never_a_second(
    app: MentorApp, store: Store
) -> None:
    tour, mentor, buddy = (
        duty(store, "show_round"),
        role(store, RoleKind.MENTOR),
        role(store, RoleKind.BUDDY),
    )
    assert main_roles(tour) == [buddy.id]
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await go(app, pilot, RolesScreen, "4")
        stand(screen, tour, mentor)
        await pilot.press("enter", word(Part.MAIN)[0].lower())

        parts = again(store, tour).parts
        assert parts[mentor.id] is Part.MAIN
        assert parts[buddy.id] is Part.TAKES_PART
        await pilot.press("u")
        assert again(store, tour).parts == tour.parts


async def test_space_takes_nothing_from_another_role(app: MentorApp, store: Store) -> None:
    tour, manager = duty(store, "show_round"), role(store, RoleKind.MANAGER)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await go(app, pilot, RolesScreen, "4")
        stand(screen, tour, manager)
        await pilot.press("space", "escape")
        assert again(store, tour).parts == tour.parts
        await pilot.press("space", word(Part.INFORMED)[0].lower())
        assert again(store, tour).parts[manager.id] is Part.INFORMED
        assert main_roles(again(store, tour)) == main_roles(tour)


async def test_a_duty_without_a_main_responsibility_is_named(app: MentorApp, store: Store) -> None:
    tour, buddy = duty(store, "show_round"), role(store, RoleKind.BUDDY)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await go(app, pilot, RolesScreen, "4")
        stand(screen, tour, buddy)
        await pilot.press("space", word(Part.TAKES_PART)[0].lower())
        assert f"! {tour.text}" in screen_text(app), "nobody has it now"
        assert tour.text in screen_text(app).split("! ")[-1], "and it is said below"


async def test_the_matrix_opens_on_its_first_cell_and_no_key_renames_anybody(
    app: MentorApp, store: Store
) -> None:
    people = store.all(Person)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await go(app, pilot, RolesScreen, "4")
        view = screen.view
        assert view is not None
        assert screen.grid.row_id == view.duties[0].id
        assert screen.grid.column_key == view.roles[0].id
        await pilot.press("right", "enter", *"Xenia", "enter")
        assert store.all(Person) == people


async def test_a_vacated_role_keeps_who_held_it_and_warns(app: MentorApp, store: Store) -> None:
    buddy = role(store, RoleKind.BUDDY)
    person = store.get(Person, buddy.person_id)
    assert person
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await go(app, pilot, RolesScreen, "4")
        stand(screen, PERSONS, buddy)
        await pilot.press("enter", "ctrl+u", "enter")

        now = store.get(Role, buddy.id)
        assert now
        assert now.person_id == ""
        assert now.earlier[-1].person_id == person.id
        assert now.earlier[-1].until == today()
        until = _("{name} until {date}").format(name=person.name, date=show_date(today()))
        assert until in screen_text(app)
        assert _("! nobody") in screen_text(app)


async def test_a_person_is_chosen_by_arrows_or_made_by_typing(app: MentorApp, store: Store) -> None:
    manager = role(store, RoleKind.MANAGER)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await go(app, pilot, RolesScreen, "4")
        stand(screen, PERSONS, manager)
        await pilot.press("enter", "ctrl+u", *"karin", "down", "enter")
        held = store.get(Role, manager.id)
        assert held
        chosen = store.get(Person, held.person_id)
        assert chosen
        assert chosen.name == "Karin Juhl"

        count = len(store.all(Person))
        await pilot.press("enter", "ctrl+u", *"[b]Ny Åse", "enter")
        held = store.get(Role, manager.id)
        assert held
        new = store.get(Person, held.person_id)
        assert new
        assert new.name == "[b]Ny Åse"
        assert len(store.all(Person)) == count + 1
        assert "[b]Ny" in screen_text(app)
        await pilot.press("u")
        assert len(store.all(Person)) == count


async def test_d_ticks_off_today_and_again_takes_it_back(app: MentorApp, store: Store) -> None:
    access = duty(store, "networks")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await go(app, pilot, RolesScreen, "4")
        stand(screen, access)
        await pilot.press("d")
        assert again(store, access).done_on == today()
        assert _("Done today: {duty}").format(duty=access.text) in screen_text(app)
        counted = _("Social duties: {done} of {all}").format(done=6, all=7)
        assert counted in screen_text(app)
        await pilot.press("d")
        assert again(store, access).done_on is None


async def test_a_date_is_typed_as_people_write_it(app: MentorApp, store: Store) -> None:
    access = duty(store, "networks")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await go(app, pilot, RolesScreen, "4")
        stand(screen, access, "due")
        await pilot.press("enter", "ctrl+u", *"i morgen", "enter")
        assert again(store, access).due == date(2026, 11, 24)
        await pilot.press("enter", *"31-2", "enter")
        assert screen.grid.editing, "what is no date stays to be mended"
        await pilot.press("escape")
        assert again(store, access).due == date(2026, 11, 24)


async def test_a_duty_of_ones_own_is_added_changed_and_deleted(
    app: MentorApp, store: Store
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await go(app, pilot, RolesScreen, "4")
        await pilot.press("a", *"=1+1 kage", "enter", "s", "tab", *"+1u", "f10")
        await pilot.pause()
        cake = next(one for one in store.all(Duty) if one.text == "=1+1 kage")
        assert cake.kind is DutyKind.SOCIAL
        assert cake.due == date(2026, 11, 30)
        assert screen.grid.row_id == cake.id

        await pilot.press("e", "end", "s", "f10")
        await pilot.pause()
        assert again(store, cake).text == "=1+1 kages"
        await pilot.press("x", "j")
        await pilot.pause()
        assert store.get(Duty, cake.id) is None
        await pilot.press("u")
        assert again(store, cake).text == "=1+1 kages"


async def test_a_column_of_ones_own_comes_and_goes_with_its_parts(
    app: MentorApp, store: Store
) -> None:
    tour = duty(store, "show_round")
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await go(app, pilot, RolesScreen, "4")
        await pilot.press("c", *"TR", "enter")
        await pilot.pause()
        own = role(store, RoleKind.OWN)
        assert own.name == "TR"
        assert "TR" in screen_text(app).splitlines()[1]
        stand(screen, tour, own)
        await pilot.press("space", word(Part.MAIN)[0].lower())
        assert main_roles(again(store, tour)) == [own.id]
        stand(screen, PERSONS, own)
        await pilot.press("x", "j")
        await pilot.pause()
        assert store.get(Role, own.id) is None
        assert own.id not in again(store, tour).parts


async def test_the_guides_own_roles_are_not_deleted(app: MentorApp, store: Store) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await go(app, pilot, RolesScreen, "4")
        stand(screen, PERSONS, role(store, RoleKind.BUDDY))
        await pilot.press("x")
        await pilot.pause()
        assert app.screen is screen
        said = _("The guide's roles cannot be deleted, only added ones")
        assert said in screen_text(app)


async def test_contact_and_relation_are_filled_in_with_the_person(
    app: MentorApp, store: Store
) -> None:
    buddy = role(store, RoleKind.BUDDY)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await go(app, pilot, RolesScreen, "4")
        stand(screen, PERSONS, buddy)
        await pilot.press("e", "tab", "end", *" og ven", "tab", "end", *" / 99", "f10")
        await pilot.pause()
        now = store.get(Role, buddy.id)
        assert now
        assert now.relation.endswith(" og ven")
        person = store.get(Person, now.person_id)
        assert person
        assert person.contact.endswith(" / 99")
        assert person.knows in screen.detail.plain
        assert person.knows
        assert " og ven" in screen.detail.plain
        assert person.contact in screen.detail.plain


async def test_somebody_new_in_a_role_has_nothing_of_who_had_it_before(
    app: MentorApp, store: Store
) -> None:
    buddy = role(store, RoleKind.BUDDY)
    before = store.get(Person, buddy.person_id)
    assert before
    assert before.contact
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await go(app, pilot, RolesScreen, "4")
        stand(screen, PERSONS, buddy)
        await pilot.press("e", "ctrl+u", *"Åse Ny", "f10")
        await pilot.pause()
        now = store.get(Role, buddy.id)
        assert now
        person = store.get(Person, now.person_id)
        assert person
        assert (person.name, person.contact, person.knows) == ("Åse Ny", "", "")
        assert store.get(Person, before.id) == before


async def test_the_cursor_is_where_it_was_when_one_comes_back(app: MentorApp, store: Store) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await go(app, pilot, RolesScreen, "4")
        await pilot.press("down", "down", "right", "right")
        place = (screen.grid.row_id, screen.grid.column_key)
        await pilot.press("5", "4")
        await pilot.pause()
        assert isinstance(app.screen, RolesScreen)
        assert app.screen is not screen
        assert (app.screen.grid.row_id, app.screen.grid.column_key) == place


async def test_an_edit_goes_on_while_somebody_else_saves(app: MentorApp, store: Store) -> None:
    manager = role(store, RoleKind.MANAGER)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await go(app, pilot, RolesScreen, "4")
        stand(screen, PERSONS, manager)
        await pilot.press("enter", *"Ida ")
        store.commit([Change.edited(duty(store, "show_round"), text="Vise huset")])
        await pilot.pause()
        await pilot.press(*"Ny", "enter")

        held = store.get(Role, manager.id)
        assert held
        person = store.get(Person, held.person_id)
        assert person
        assert person.name == "Ida Ny"
        assert "Vise huset" in screen_text(app)


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)])
async def test_a_new_mentee_shows_who_is_missing(
    app: MentorApp, store: Store, size: tuple[int, int]
) -> None:
    new = Mentee(name="Bo Ågård", start=today())
    store.commit(new_mentee_records(new, "", duties("da"), today()))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        open_place(app, app.context, "roles", new.id)
        await pilot.pause()
        text = screen_text(app)
        assert text.count(_("! nobody")) == 3
        for kind in (RoleKind.MENTOR, RoleKind.BUDDY, RoleKind.MANAGER):
            assert word(kind) in text
        assert _("Social duties: {done} of {all}").format(done=0, all=7) in text


PAGE = {
    "da": [
        "Hvem gør hvad: Maja Holm",
        "Mentor: Birgitte Dam",
        "Buddy: Jonas Friis",
        "- Vise rundt",
    ],
    "en": ["Who does what: Maja Holm", "Mentor: Birgitte Dam", "Buddy: Jonas Friis"],
}


@pytest.mark.parametrize("language", ["da", "en"])
async def test_the_page_is_read_together_and_gets_its_date(
    app: MentorApp, store: Store, language: str
) -> None:
    set_language(language)
    maja = mentee(store)
    store.commit([Change.edited(maja, roles_seen_on=None)])
    async with app.run_test(size=(80, 40)) as pilot:
        page = await go(app, pilot, RolesPageScreen, "4", "v")
        for text in PAGE[language]:
            assert text in page.pane.plain
        assert _("not decided yet") in page.pane.plain
        not_yet = _("Not gone through with the newcomer yet: d marks it done today")
        assert not_yet[:60] in screen_text(app)
        await pilot.press("d")
        seen = store.get(Mentee, maja.id)
        assert seen
        assert seen.roles_seen_on == today()
        stamp = _("Gone through with the newcomer on {date}")
        assert stamp.format(date=show_date(today())) in screen_text(app)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, RolesScreen)


async def test_the_duties_follow_the_language(app: MentorApp, store: Store) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        await go(app, pilot, RolesScreen, "4")
        (danish, *_rest), (english, *_more) = duties("da"), duties("en")
        assert danish.text[:20] in screen_text(app)
        app.action_language()
        await pilot.pause()
        assert english.text[:20] in screen_text(app)
        assert danish.text[:20] not in screen_text(app)
        app.action_language()
        await pilot.pause()
        assert danish.text[:20] in screen_text(app)
