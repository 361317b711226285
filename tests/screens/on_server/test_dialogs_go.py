"""An open dialog goes when the access to whom it is about ends; a form with own words stays."""

from __future__ import annotations

import pytest

from data.records import Mentee, Role, RoleKind
from data.store.change import Change
from data.store.store import Store
from screens.dialogs.base import Dialog
from screens.home.screen import HomeScreen
from tests.data.storage.postgres.team_server import TeamServer
from tests.screens.on_server.test_access_ends import Loss, press, words
from tests.tools.hurry import until
from tui.app import MentorApp

DIALOGS = {
    "to close the mentorship": ("x",),
    "to delete a task": ("2", "x"),
    "to give up the own access": ("4", "right", "right", "enter", "ctrl+u", *"Mette Vind", "enter"),
    "what to write": ("enter", "w"),
    "the commands of a screen": ("enter", "ctrl+p"),
    "a form in which nothing is typed": ("2", "e"),
    "the list of a field's choices": ("enter", "w", "ctrl+o"),
}
"""Dialogs, by what they are for, and the keys that open them from the home screen."""


@pytest.fixture(params=[True, False], ids=["a role", "the membership"])
def loss(request: pytest.FixtureRequest, mette: Store, team: TeamServer) -> Loss:
    return Loss(mette, team, role=bool(request.param))


@pytest.mark.parametrize("dialog", DIALOGS)
async def test_a_dialog_goes_with_what_it_is_about(app: MentorApp, loss: Loss, dialog: str) -> None:
    async with app.run_test(size=(80, 24)) as keys:
        await keys.pause()
        await press(app, keys, DIALOGS[dialog])
        assert isinstance(app.screen, Dialog), words(app)
        await loss.come(app, keys)
        await until(lambda: isinstance(app.screen, HomeScreen))
        await keys.pause()
        assert loss.said in words(app)
        assert "Underretning" not in words(app)
        assert app.crash is None


async def test_nothing_is_seen_behind_a_form_with_words_of_ones_own(
    app: MentorApp, mette: Store, team: TeamServer
) -> None:
    loss = Loss(mette, team, role=True)
    async with app.run_test(size=(80, 40)) as keys:
        await keys.pause()
        await press(app, keys, ("2", "e", *"ord"))
        assert isinstance(app.screen, Dialog)
        await loss.come(app, keys)
        await until(lambda: app.screen_stack[-2].has_class("-gone"))
        await keys.pause()
        assert isinstance(app.screen, Dialog)
        behind = [one for one in words(app).split() if one == "Underretning"]
        assert behind == []
        await press(app, keys, ("escape", "escape"))
        assert isinstance(app.screen, HomeScreen)
        assert not app.screen.has_class("-gone")


async def test_a_dialog_about_another_mentee_stays(
    app: MentorApp, store: Store, mette: Store
) -> None:
    (role,) = (one for one in mette.all(Role) if one.kind is RoleKind.CO_MENTOR)
    noah = Mentee(name="Noah Lind")
    second = Role(mentee_id=noah.id, kind=RoleKind.CO_MENTOR, person_id=role.person_id)
    mette.commit([Change.created(noah), Change.created(second)])
    async with app.run_test(size=(80, 24)) as keys:
        await until(lambda: len(store.all(Mentee)) == 2)
        await keys.pause()
        await press(app, keys, ("2", "x"))
        assert isinstance(app.screen, Dialog)
        mette.commit([Change.deleted(second)])
        await until(lambda: len(store.all(Mentee)) == 1)
        await keys.pause()
        assert isinstance(app.screen, Dialog)
