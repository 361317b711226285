"""A walk through the screens of those who have no records: a coordinator and a manager of a team.

And what a mentor of the team does for them. All of them are on a real server.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final

from data.clock import Clock, now, set_clock, today
from data.documents.kinds.leader import status_sum
from data.i18n import language, set_language
from data.method.acting import SERVER_RULES
from data.method.parting import PARTING
from data.method.visibility import Reader, seen
from data.published.counted import published_of
from data.published.on_server import put
from data.published.schema import Published
from data.published.write import text_of
from data.queries.views import mentee_view
from data.queries.worked_example import load_example
from data.records import Mentee, Person, Record
from data.released.on_server import release
from data.released.status import status_of
from data.settings import Settings
from data.storage.postgres.servers import stand_in
from data.store.change import Change
from data.store.opening import open_store
from data.store.store import Store
from tests.data.storage.postgres.team_server import TeamServer
from tests.tools.postgres import Server
from tests.tools.prepared import prepared
from tests.tools.pty import Terminal
from tests.tools.tour import MONDAY, ROOT, Scene
from tests.tools.typist import Typist

MENTORS: Final = {"birgitte": "Birgitte Dam", "bo": "Bo Dahl"}
MENTOR, COORDINATOR, MANAGER = "birgitte", "kim", "lise"

OF_MANAGER: Final = (
    Scene("received", ""),
    Scene("received-help", "f1"),
    Scene("received-shared", "esc f6"),
    Scene("received-page", "f6 enter"),
    Scene("received-page-end", "end"),
    Scene("received-write", "w"),
    Scene("received-back", "esc esc"),
)
OF_COORDINATOR: Final = (
    Scene("mentors", ""),
    Scene("mentors-help", "f1"),
    Scene("mentors-find", "esc / bir"),
    Scene("mentors-shared", "esc f6"),
    Scene("mentors-one", "f6 enter"),
    Scene("mentors-write", "w"),
    Scene("mentors-back", "esc esc"),
)
OF_MENTOR: Final = (
    Scene("status", "down enter ctrl+p status enter"),
    Scene("status-to", "R"),
    Scene("status-released", "enter"),
    Scene("status-back", "R down enter"),
)
ON_SERVER: Final = (
    ("manager", MANAGER, OF_MANAGER),
    ("coordinator", COORDINATOR, OF_COORDINATOR),
    ("releasing", MENTOR, OF_MENTOR),
)
"""The folder of the walk, who goes, and where."""


def fill(team: TeamServer, environ: Mapping[str, str], language_: str) -> None:
    """Put into a team a mentor with the example, a new one, a coordinator and a manager.

    The first of the mentees has agreed on the status, and the manager has it. It is done in the
    language and at the time that are in use.
    """
    for login, name in MENTORS.items():
        team.grant(login, name=name)
    team.grant(COORDINATOR, kind="coordinator", name="Kim Lund")
    team.grant(MANAGER, kind="manager", name="Lise Lund")
    paths = {login: stand_in(team.address(login).conninfo, environ) for login in MENTORS}
    path = paths[MENTOR]
    opened = open_store(
        path, threaded=False, parting=lambda: PARTING, on_server=lambda: SERVER_RULES
    )
    store = opened.store
    try:
        made = [one.after for one in load_example(now(), language_) if one.after is not None]
        store.commit([Change.created(_real(one)) for one in made], undoable=False)
        mentee = store.all(Mentee)[0]
        store.commit([_agreed(store, mentee)], undoable=False)
        document = status_of(store, store.all(Mentee)[0])
        counts = published_of(store, Settings(), today())
    finally:
        opened.close()
    release(path, mentee.id, [MANAGER], document)
    by_week = sorted(counts.mentees, key=lambda one: one.week or 0)
    numbered = [replace(one, who=4710 + number) for number, one in enumerate(by_week)]
    put(path, text_of(replace(counts, mentees=tuple(numbered), capacity=4)), first=True)
    put(paths["bo"], text_of(Published(today())), first=True)


def _real(record: Record) -> Record:
    """Return a record of the example as one that counts."""
    return replace(record, example=False) if isinstance(record, Mentee | Person) else record


def fill_on_monday(team: TeamServer, folder: Path, language_: str) -> None:
    """Fill a team on the day of the walk; what stands for it on this computer is in a folder."""
    before = language()
    set_language(language_)
    set_clock(Clock(MONDAY))
    try:
        fill(team, _folders(folder), language_)
    finally:
        set_clock(None)
        set_language(before)


def _agreed(store: Store, mentee: Mentee) -> Change:
    view = seen(mentee_view(store, mentee), Reader.WRITTEN)
    return Change.edited(mentee, status_agreed_on=today(), status_agreed_sum=status_sum(view))


def _folders(folder: Path) -> dict[str, str]:
    return {f"XDG_{name}_HOME": str(folder / name) for name in ("DATA", "CONFIG", "STATE")}


Visit = Callable[..., AbstractContextManager[Typist]]


def visit_as(login: str) -> Visit:
    """Return what opens the program on the team as a login; see `tour.visit`."""

    @contextmanager
    def visit(
        folder: Path,
        language_: str,
        size: tuple[int, int] = (80, 24),
        env: Mapping[str, str | None] | None = None,
        *,
        spoken: str = "",
    ) -> Iterator[Typist]:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with Server() as server:
            found = TeamServer(server, prepared(server))
            fill_on_monday(found, folder, language_)
            environ: dict[str, str | None] = {**_folders(folder), "ESCDELAY": "20", **(env or {})}
            environ |= {"MENTOR_NOW": MONDAY.isoformat(), "MENTOR_LANG": spoken or language_}
            argv = [sys.executable, "-m", "tui", "--file", found.address(login).conninfo]
            with Terminal(argv, *size, env=environ, cwd=ROOT) as terminal:
                terminal.wait_for("F1 ")
                terminal.rest(quiet=0.2)
                yield Typist(terminal, escape_quiet=0.05)

    return visit
