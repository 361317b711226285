"""Whose name is typed into the role matrix: half a name, and one that two have."""

from __future__ import annotations

from data.i18n import _
from data.records import Person, Role, RoleKind
from data.store.change import Change
from data.store.store import Store
from screens.roles.rows import PERSONS
from screens.roles.screen import RolesScreen
from tests.screens.conftest import screen_text
from tests.screens.places import go
from tests.screens.test_roles import role, stand
from tui.app import MentorApp


async def test_tab_makes_no_person_of_half_a_name_and_enter_says_that_it_did(
    app: MentorApp, store: Store
) -> None:
    manager, people = role(store, RoleKind.MANAGER), store.all(Person)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await go(app, pilot, RolesScreen, "4")
        stand(screen, PERSONS, manager)
        await pilot.press("enter", "ctrl+u", *"Ki", "tab")
        assert screen.grid.editing
        said = _("Enter makes a new person of {name}; ↓ chooses one").format(name="Ki")
        assert said in screen_text(app)
        assert store.all(Person) == people

        await pilot.press("enter")
        await pilot.pause()
        assert _("New person: {name}. u undoes it.").format(name="Ki") in screen_text(app)
        await pilot.press("u")
        await pilot.pause()
        assert store.all(Person) == people

        await pilot.press("enter", "ctrl+u", *"karin", "tab")
        await pilot.pause()
        held = store.get(Role, manager.id)
        assert held
        assert held.person_id == next(one.id for one in people if one.name == "Karin Juhl")


async def test_two_of_the_same_name_are_told_apart(app: MentorApp, store: Store) -> None:
    manager = role(store, RoleKind.MANAGER)
    leader = Person(name="Ida Bech", title="Teamleder")
    other = Person(name="Ida Bech", title="Jurist")
    store.commit([Change.created(one) for one in (leader, other)])
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await go(app, pilot, RolesScreen, "4")
        stand(screen, PERSONS, manager)
        await pilot.press("enter", "ctrl+u", *"ida bech", "enter")
        assert screen.grid.editing
        said = _("Several are called {name}: ↓ shows who").format(name="ida bech")
        assert said in screen_text(app)
        seen = []
        for _step in range(2):
            await pilot.press("down")
            seen.append(
                next(one for one in ("Teamleder", "Jurist") if f"({one})" in screen_text(app))
            )
        assert sorted(seen) == ["Jurist", "Teamleder"]
        await pilot.press("enter")
        await pilot.pause()
        held = store.get(Role, manager.id)
        assert held
        assert held.person_id == (leader if seen[-1] == "Teamleder" else other).id

        await pilot.press("enter")
        await pilot.pause()
        assert f"Ida Bech ({seen[-1]})" in screen_text(app), "it begins with who has it"
