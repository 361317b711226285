"""The line to the server was cut while two wrote the same: it is said wherever the user is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from data.i18n import _
from data.records import Conflict, Task
from data.store.change import Change
from data.store.store import SaveState, Store
from tests.data.storage.postgres.team_server import TeamServer
from tests.screens.conftest import Keys, screen_text
from tests.tools.hurry import until
from tui.app import MentorApp

PLACES = {
    "the plan": (),
    "another screen": ("3",),
    "the home screen": ("escape", "escape"),
    "a form": ("a", *"Ny"),
    "a note": ("n", *"ord"),
    "a list to choose from": ("v",),
}
"""Where the user is when the line is back, and the keys that lead there from the plan."""


class Cable:
    """Bo's line to the server."""

    def __init__(self, team: TeamServer) -> None:
        self._team = team

    def cut(self) -> None:
        self._team.server.execute("ALTER ROLE bo NOLOGIN")
        self._team.server.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'bo'"
        )

    def mend(self) -> None:
        self._team.server.execute("ALTER ROLE bo LOGIN")


@pytest.fixture
def cable(team: TeamServer) -> Iterator[Cable]:
    found = Cable(team)
    yield found
    found.mend()


@pytest.mark.parametrize("place", PLACES)
async def test_texts_in_conflict_are_said_wherever_one_is(
    app: MentorApp, store: Store, mette: Store, cable: Cable, place: str
) -> None:
    async with app.run_test(size=(80, 24)) as keys:
        await pressed(keys, "2", "enter")
        cable.cut()
        await pressed(keys, *" Bo", "enter")
        await until(lambda: store.status.state is SaveState.FAILED)
        (task,) = mette.all(Task)
        mette.commit([Change.edited(task, title=f"{task.title} Mette")])
        await pressed(keys, *PLACES[place])
        cable.mend()
        await until(lambda: store.status.state is SaveState.SAVED and not store.unsaved)
        await keys.pause()
        assert [one for one in store.all(Conflict) if not one.settled]
        said = " ".join(screen_text(app).replace("│", " ").split())
        assert "edited the same text at the same time. Both are kept;" in said
        assert _("Saving works again; nothing was lost") not in said


async def pressed(keys: Keys, *pressed: str) -> None:
    await keys.pause()
    for key in pressed:
        await keys.press(key)
        await keys.pause()
