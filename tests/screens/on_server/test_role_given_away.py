"""A role is given away on a server with which the user has access: that is asked before."""

from __future__ import annotations

from data.clock import today
from data.dates import show_date
from data.i18n import _
from data.records import Conflict, Mentee, Person, Role, RoleKind
from data.store.store import Store
from screens.dialogs.ask import AskDialog
from screens.roles.rows import PERSONS
from screens.roles.screen import RolesScreen
from tests.screens.conftest import Keys, screen_text
from tests.tools.hurry import until
from tui.app import MentorApp

ASKED = "Give up your own access to Maja Holm?"


def role(store: Store, kind: RoleKind) -> Role:
    return next(one for one in store.all(Role) if one.kind is kind)


def holder(store: Store, kind: RoleKind) -> str:
    person = store.get(Person, role(store, kind).person_id)
    return person.name if person else ""


async def name_cell(app: MentorApp, keys: Keys, kind: RoleKind) -> None:
    """Stand on the name of who has a role of Maja's, as Bo, her co-mentor."""
    await keys.pause()
    await keys.press("4")
    await keys.pause()
    assert isinstance(app.screen, RolesScreen)
    app.screen.grid.go_to(PERSONS, role(app.store, kind).id)


async def test_who_hands_the_own_role_over_is_asked_and_may_stay(
    app: MentorApp, store: Store
) -> None:
    async with app.run_test(size=(80, 24)) as keys:
        await name_cell(app, keys, RoleKind.CO_MENTOR)
        await keys.press("enter", "ctrl+u", *"Mette Vind", "enter")
        await until(lambda: isinstance(app.screen, AskDialog))
        await keys.pause()
        text = " ".join(screen_text(app).replace("│", " ").split())
        assert ASKED in text
        assert "Maja Holm is then no longer shown to you, and u does not undo it" in text
        assert "Mette Vind can give you a role again." in text
        assert _("It can be undone with u") not in text
        await keys.press("n")
        await keys.pause()
        assert _("Nothing was changed.") in screen_text(app)
        assert holder(store, RoleKind.CO_MENTOR) == "Bo Holm"

        await keys.press("enter", "ctrl+u", *"Mette Vind", "enter")
        await until(lambda: isinstance(app.screen, AskDialog))
        await keys.press("y")
        await until(lambda: not store.all(Mentee))


async def test_a_last_day_that_has_passed_is_asked_about_too(app: MentorApp, store: Store) -> None:
    async with app.run_test(size=(80, 24)) as keys:
        await name_cell(app, keys, RoleKind.CO_MENTOR)
        passed = show_date(today().replace(year=today().year - 1))
        await keys.press("e", "tab", *passed, "f10")
        await until(lambda: isinstance(app.screen, AskDialog))
        assert ASKED in screen_text(app)
        await keys.press("n")
        await keys.pause()
        assert role(store, RoleKind.CO_MENTOR).until is None


async def test_who_keeps_access_is_asked_nothing(app: MentorApp, store: Store) -> None:
    async with app.run_test(size=(80, 24)) as keys:
        await name_cell(app, keys, RoleKind.MENTOR)
        await keys.press("enter", "ctrl+u", *"Bo Holm", "enter")
        await until(lambda: holder(store, RoleKind.MENTOR) == "Bo Holm")
        assert isinstance(app.screen, RolesScreen)
        await keys.press("u")
        await until(lambda: holder(store, RoleKind.MENTOR) == "Mette Vind")


async def test_undo_is_refused_once_the_access_has_gone_and_leaves_no_conflict(
    app: MentorApp, store: Store
) -> None:
    async with app.run_test(size=(80, 24)) as keys:
        await name_cell(app, keys, RoleKind.CO_MENTOR)
        await keys.press("enter", "ctrl+u", *"Mette Vind", "enter")
        await until(lambda: isinstance(app.screen, AskDialog))
        await keys.press("y")
        await until(lambda: not store.all(Mentee))
        await keys.pause()
        await keys.press("u")
        await keys.pause()
        assert store.flush()
        await keys.pause()
        text = " ".join(screen_text(app).split())
        assert _("You have no access to it any more, so it cannot be undone.") in text
        assert "Undone" not in text
        assert store.all(Conflict) == []
        await keys.press("u")
        await keys.pause()
        assert _("Nothing to undo in this session") in screen_text(app), "and is in nobody's way"
