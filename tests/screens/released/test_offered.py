"""What visitors of a server are offered: keys that do something, and nothing of a mentor's."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from data.i18n import _
from data.settings import Settings
from data.store.store import Store
from screens.dialogs.pick import PickDialog
from screens.documents.write_form import WriteForm
from screens.frame.base import BaseScreen
from screens.frame.context import Context
from screens.frame.help_keys import key_lines
from screens.frame.keys import long_name, named_bindings
from screens.frame.proposed import PAGE, SHOWN
from screens.released.received import ReceivedListScreen
from screens.workplace.overview_screen import WorkplaceScreen
from tests.data.storage.postgres.team_server import TeamServer
from tests.screens.conftest import Keys, screen_text
from tests.tools.hurry import until
from tests.tools.server_tour import COORDINATOR, MANAGER
from tui.app import MentorApp
from widgets.keys import key_label

BOTH: Final = "both"
"""A login that is a coordinator and a manager."""
WAYS: Final = (
    (COORDINATOR, ""),
    (COORDINATOR, "end"),
    (COORDINATOR, "slash b"),
    (COORDINATOR, "enter"),
    (COORDINATOR, "f1"),
    (COORDINATOR, "f1 enter"),
    (COORDINATOR, "f1 enter tab"),
    (MANAGER, ""),
    (MANAGER, "enter"),
    (MANAGER, "f1"),
    (MANAGER, "f1 enter"),
    (BOTH, ""),
)
"""Every screen that a visitor comes to: who it is, and the keys that lead there."""
SWITCHES: Final = frozenset({"f6"})
"""Keys that undo when pressed again what they did."""
OF_ALL: Final = (
    "The guide",
    "Quit",
    "Language: {name}",
    "Colours (theme): dark, light or the terminal's own",
    "Speech mode: on",
)
"""What the names of commands that no key stands for begin with (msgids)."""


def app_of(team: TeamServer, who: str, store: Store) -> MentorApp:
    """The app as the command line opens it for a visitor, whose store is empty."""
    context = Context(store, Settings(), has_records=False, folder=Path("/"))
    login = COORDINATOR if who == BOTH else who
    if who != COORDINATOR:
        context.manages = team.stand_in(MANAGER)
    if who == MANAGER:
        return MentorApp(context, first=ReceivedListScreen(context, team.stand_in(login)))
    return MentorApp(context, first=WorkplaceScreen(context, [team.stand_in(login)]))


async def go(app: MentorApp, pilot: Keys, keys: str) -> BaseScreen[object]:
    """Wait for what the server has, and go to a screen."""
    first = app.screen
    assert isinstance(first, ReceivedListScreen | WorkplaceScreen)
    await until(lambda: first.grid.display and first.grid.body.rows)
    await pilot.pause()
    assert "Birgitte" in screen_text(app)
    await pilot.press(*keys.split())
    await pilot.pause()
    assert isinstance(app.screen, BaseScreen)
    return app.screen


def state(app: MentorApp) -> tuple[object, ...]:
    """Return all that a key can change here."""
    stack = tuple(map(id, app.screen_stack))
    return stack, screen_text(app), app.focused, app.return_value, app.clipboard


def keys_in_help(screen: BaseScreen[object]) -> list[str]:
    """Return the keys that help lists for a screen; F5 draws what is there already."""
    listed = {label for labels, _what in key_lines(screen) for label in labels.split(", ")}
    return [
        key
        for key, active in screen.active_bindings.items()
        if active.binding.description and key_label(active.binding) in listed and key != "f5"
    ]


async def came_back(
    app: MentorApp, pilot: Keys, before: tuple[object, ...], depth: int, pressed: str
) -> bool:
    """Say whether all is as it was before a key, or another one has made it so.

    It is the key once more where that switches something, the beginning of the list, or Esc: on
    what the key has opened, so on more screens than `depth`.
    """
    for key in ("", "escape", "home", *({pressed} & SWITCHES)):
        if app.return_value is not None or not app.is_running:
            return False
        if key in {"home", *SWITCHES} or (key == "escape" and len(app.screen_stack) > depth):
            await pilot.press(key)
            await pilot.pause()
        if state(app) == before:
            return True
    return False


@pytest.mark.parametrize(("who", "keys"), WAYS)
async def test_every_key_that_help_lists_does_something(
    full_da: TeamServer, who: str, keys: str, no_records: Store
) -> None:
    idle, left = [], [""]
    while left:
        app = app_of(full_da, who, no_records)
        async with app.run_test(size=(80, 40)) as pilot:
            screen = await go(app, pilot, keys)
            cells = _("Open, or edit the cell")
            assert cells not in [what for _keys, what in key_lines(screen)]
            if left == [""]:
                left = keys_in_help(screen)
                assert "f1" in left
            before, depth = state(app), len(app.screen_stack)
            is_as_before = True
            while left and is_as_before:
                key = left.pop()
                await pilot.press(key)
                await pilot.pause()
                if state(app) == before:
                    idle.append(key)
                is_as_before = await came_back(app, pilot, before, depth, key)

    assert not idle, idle


@pytest.mark.parametrize(("who", "keys"), WAYS)
async def test_every_command_is_one_of_the_screen_or_of_the_app(
    full: TeamServer, who: str, keys: str, no_records: Store
) -> None:
    app = app_of(full, who, no_records)
    async with app.run_test(size=(80, 40)) as pilot:
        screen = await go(app, pilot, keys)
        own = {long_name(one) for one in named_bindings(screen, screen.COMMON)}
        await pilot.press("ctrl+p")
        await until(lambda: isinstance(app.screen, PickDialog))
        assert isinstance(app.screen, PickDialog)
        names = [item.label for item in app.screen.items]
        of_all = tuple(_(one).partition("{")[0] for one in OF_ALL)
        more = {one for one in names if one not in own and not one.startswith(of_all)}
        assert more == ({_("Released to you")} if who == BOTH else set())
        assert len(names) == len(set(names))


@pytest.mark.parametrize(("who", "keys"), WAYS)
async def test_nothing_but_what_the_screen_shows_can_be_written(
    full: TeamServer, who: str, keys: str, no_records: Store
) -> None:
    app = app_of(full, who, no_records)
    async with app.run_test(size=(80, 40)) as pilot:
        screen = await go(app, pilot, keys)
        if "w" not in keys_in_help(screen):
            return
        await pilot.press("w")
        await until(lambda: isinstance(app.screen, WriteForm))
        assert isinstance(app.screen, WriteForm)
        (what,) = (one for one in app.screen.fields if one.key == "what")
        assert {one.value for one in what.choices} <= {PAGE, SHOWN, "workplace", "mentors"}


async def test_what_is_released_is_offered_where_it_is_not_open(
    full: TeamServer, no_records: Store
) -> None:
    app = app_of(full, BOTH, no_records)
    async with app.run_test(size=(80, 40)) as pilot:
        await go(app, pilot, "")
        await pilot.press("ctrl+p", *_("Released to you"), "enter")
        await until(lambda: isinstance(app.screen, ReceivedListScreen))
        await pilot.press("ctrl+p")
        await until(lambda: isinstance(app.screen, PickDialog))
        assert isinstance(app.screen, PickDialog)
        assert _("Released to you") not in [item.label for item in app.screen.items]
