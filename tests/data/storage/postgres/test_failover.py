"""The primary dies and its replica takes its place: sessions go on, and every letter is kept."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator

import pytest

from data.method.acting import SERVER_RULES
from data.records import Mentee, Note
from data.storage.postgres.backend import PostgresBackend
from data.storage.postgres.servers import stand_in
from data.storage.problems import NotSaved
from data.storage.protocol import Commit, DocChange
from data.store.change import Change
from data.store.opening import OpenedStore, open_store
from data.store.store import Store
from tests.data.storage.postgres.team_server import TeamServer
from tests.tools.postgres import Server
from tests.tools.prepared import prepared
from tests.tools.replica import Replica
from tui.cli.call import parting, server_rules


@pytest.fixture
def pair() -> Iterator[tuple[TeamServer, Replica]]:
    """A team on a server, and the server's synchronous replica."""
    with Server({}) as primary:
        team = TeamServer(primary, primary.database(prepared(primary)))
        team.grant("met")
        with Replica(primary) as replica:
            yield team, replica


def address_of(team: TeamServer, replica: Replica) -> str:
    hosts = f"127.0.0.1:{team.server.port},127.0.0.1:{replica.port}"
    return f"postgresql://met@{hosts}/{team.database}"


class Typist:
    """A session in which somebody types, letter by letter, whatever becomes of the server."""

    def __init__(self, address: str, number: int) -> None:
        self.opened: OpenedStore = open_store(
            stand_in(address, os.environ), threaded=True, parting=parting, on_server=server_rules
        )
        self.typed = ""
        self.confirms = threading.Event()
        """Set when something has been confirmed; cleared by whoever waits for the next time."""
        self._number = number
        self._woken = threading.Event()

    @property
    def store(self) -> Store:
        return self.opened.store

    def type_until(self, end: threading.Event) -> None:
        """Type, a letter after the other, and have it saved after each tenth."""
        store = self.store
        store.start_saver(self._woken.set)
        mentee = Mentee(name=f"Mentee {self._number}")
        note = Note(mentee_id=mentee.id, text="begun: ")
        store.commit([Change.created(mentee), Change.created(note)])
        self.typed, counted, saved_at = "begun: ", 0, store.status.at
        while not end.is_set():
            counted += 1
            known = store.get(Note, note.id)
            assert known is not None
            self.typed += chr(ord("a") + counted % 26)
            store.type_text(known, "text", self.typed)
            if counted % 10 == 0:
                store.commit_typing()
            self._woken.wait(0.01)
            self._woken.clear()
            store.pump()
            if store.status.at != saved_at:
                saved_at = store.status.at
                self.confirms.set()


def fail_over(pair: tuple[TeamServer, Replica], sessions: int) -> float:
    """Let sessions type while the primary dies. Return when the last one went on, in seconds."""
    team, replica = pair
    address = address_of(team, replica)
    typists = [Typist(address, number) for number in range(sessions)]
    end = threading.Event()
    threads = [threading.Thread(target=one.type_until, args=(end,), daemon=True) for one in typists]
    for thread in threads:
        thread.start()
    assert all(one.confirms.wait(60) for one in typists)
    team.server.kill()
    died = time.monotonic()
    replica.promote()
    for one in typists:
        one.confirms.clear()
    assert all(one.confirms.wait(60) for one in typists)
    took = time.monotonic() - died
    end.set()
    for thread in threads:
        thread.join()
    for one in typists:
        one.opened.close()
    again = open_store(
        stand_in(address, os.environ), threaded=False, parting=parting, on_server=server_rules
    )
    texts = {
        note.text for mentee in again.store.all(Mentee) for note in again.store.of(Note, mentee.id)
    }
    again.close()
    assert texts == {one.typed for one in typists}
    return took


def test_sessions_go_on_when_the_replica_takes_the_place_of_the_primary(
    pair: tuple[TeamServer, Replica],
) -> None:
    fail_over(pair, 2)


@pytest.mark.soak
def test_ten_sessions_go_on_within_ten_seconds(pair: tuple[TeamServer, Replica]) -> None:
    took = fail_over(pair, 10)
    print(f"\nfailover: 10 sessions went on {took:.1f} s after the death of the primary")
    assert took < 10


def test_a_commit_is_not_confirmed_before_the_replica_has_it_and_is_made_once(
    pair: tuple[TeamServer, Replica],
) -> None:
    team, replica = pair
    met = PostgresBackend(team.address("met"), SERVER_RULES, patience=0.4)
    met.load()
    mentee = DocChange("mentees", "1", None, {"name": "Maja", "rev": 1})
    replica.stop()
    for _ in range(3):
        with pytest.raises(NotSaved):
            met.commit([mentee], SERVER_RULES.merging)
    team.server.execute("ALTER SYSTEM RESET synchronous_standby_names")
    team.server.execute("SELECT pg_reload_conf()")
    commit = saved(met, mentee)
    assert (commit.own, len(commit.changes), commit.clashes) == (True, 1, ())
    assert team.server.execute(
        "SELECT n FROM mentorrollen.commits WHERE mentee = '1'", database=team.database
    ) == [(1,)]
    met.close()


def saved(backend: PostgresBackend, change: DocChange) -> Commit:
    """What comes of a change as soon as it is confirmed."""
    end = time.monotonic() + 30
    while True:
        try:
            return backend.commit([change], SERVER_RULES.merging)[-1]
        except NotSaved:
            assert time.monotonic() < end
