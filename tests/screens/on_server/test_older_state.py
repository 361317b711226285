"""An older state of the server is restored under a session: it says so, and keeps the text."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from data.i18n import _
from data.records import Conflict, Note, Task
from data.storage.problems import Notice, NoticeKind
from data.store.change import Change
from data.store.store import SaveState, Store
from screens.note.screen import NoteScreen
from tests.data.storage.postgres.team_server import TeamServer
from tests.screens.conftest import Keys, screen_text
from tests.tools.hurry import until
from tui.app import MentorApp

SAID = str(Notice(NoticeKind.OLDER_STATE))


class Administrator:
    """Keeps a copy of the database, and puts it in the place of the database, as the docs say."""

    def __init__(self, team: TeamServer) -> None:
        self._team, self._copy = team, f"{team.database}_copy"

    def closed(self) -> None:
        """Let nobody in."""
        for login in ("bo", "met"):
            self._run(f"ALTER ROLE {login} NOLOGIN")
        self._run(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
            self._team.database,
        )

    def opened(self) -> None:
        for login in ("bo", "met"):
            self._run(f"ALTER ROLE {login} LOGIN")

    def copy(self) -> None:
        self.closed()
        self._run(f"CREATE DATABASE {self._copy} TEMPLATE {self._team.database}")
        self.opened()

    def restore(self) -> None:
        self._run(f"DROP DATABASE {self._team.database} WITH (FORCE)")
        self._run(f"ALTER DATABASE {self._copy} RENAME TO {self._team.database}")

    def _run(self, statement: str, *values: str) -> None:
        self._team.server.execute(statement, *values)


@pytest.fixture
def administrator(team: TeamServer) -> Iterator[Administrator]:
    found = Administrator(team)
    yield found
    found.opened()


async def saved(store: Store) -> None:
    await until(lambda: store.status.state is SaveState.SAVED and not store.unsaved)


def words(app: MentorApp) -> str:
    return " ".join(screen_text(app).replace("│", " ").split())


async def test_it_is_said_and_what_is_typed_is_kept(
    app: MentorApp, store: Store, administrator: Administrator
) -> None:
    async with app.run_test(size=(80, 24)) as keys:
        await keys.pause()
        (task,) = store.all(Task)
        administrator.copy()
        store.commit([Change.edited(task, title="Later")])
        await saved(store)
        await press(keys, "n", *"ord")
        await saved(store)
        administrator.closed()
        await until(lambda: store.status.state is SaveState.FAILED)
        await press(keys, "a")
        administrator.restore()
        administrator.opened()
        await saved(store)
        await keys.pause()
        assert SAID in words(app)
        assert _("Saving works again; nothing was lost") not in words(app)
        assert [one.title for one in store.all(Task)] == [task.title]
        assert isinstance(app.screen, NoteScreen)
        await press(keys, *"xe")
        assert app.screen.area.text == "ordaxe"
        await press(keys, "escape")
        await saved(store)
    assert [one.text for one in store.all(Note)] == ["ordaxe"]
    assert store.all(Conflict) == []


async def test_what_waited_for_the_server_is_saved_there_as_if_written_after_it(
    app: MentorApp, store: Store, administrator: Administrator
) -> None:
    async with app.run_test(size=(80, 24)) as keys:
        await keys.pause()
        (task,) = store.all(Task)
        administrator.copy()
        store.commit([Change.edited(task, title="Later", type="Later")])
        await saved(store)
        administrator.closed()
        await until(lambda: store.status.state is SaveState.FAILED)
        (later,) = store.all(Task)
        store.commit([Change.edited(later, title="Latest")])
        administrator.restore()
        administrator.opened()
        await saved(store)
        await keys.pause()
        assert SAID in words(app)
    assert [(one.title, one.type) for one in store.all(Task)] == [("Latest", task.type)]
    assert store.all(Conflict) == []


async def test_it_is_not_said_where_nothing_is_missing(
    app: MentorApp, store: Store, administrator: Administrator
) -> None:
    async with app.run_test(size=(80, 24)) as keys:
        await keys.pause()
        administrator.copy()
        administrator.closed()
        await until(lambda: store.status.state is SaveState.FAILED)
        administrator.restore()
        administrator.opened()
        await saved(store)
        await keys.pause()
        assert SAID not in words(app)


async def press(keys: Keys, *pressed: str) -> None:
    for key in pressed:
        await keys.press(key)
        await keys.pause()
