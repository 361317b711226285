"""A login that is no mentor any more: its session sees nothing of the team but what is its own."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime

import pytest

from data.records import Mentee, Note
from data.storage.postgres.backend import PostgresBackend
from data.storage.postgres.schema import revoke_script
from data.storage.problems import ErrorKind, NoticeKind, NotSaved, StorageError
from data.storage.protocol import Commit, DocChange
from data.store.change import Change
from data.store.codec import table_rules
from data.store.doc_changes import to_docs
from tests.data.storage.postgres.team_server import TeamServer

MAJA, NOAH = Mentee(name="Maja Holm"), Mentee(name="Noah Lind")
PATIENCE = 1000
"""How often is looked; each look takes a hundredth of a second at least."""
OWN = Note(mentee_id=MAJA.id, text="kun min", private=True, at=datetime.now().astimezone())


def saves(backend: PostgresBackend, *records: Mentee | Note) -> None:
    backend.commit([to_docs(Change.created(one)) for one in records], table_rules())


@pytest.fixture
def met(team: TeamServer) -> Iterator[PostgresBackend]:
    """A session of a mentor with two mentees, who keeps a private note."""
    backend = team.backend("met")
    backend.load()
    saves(backend, MAJA, NOAH, OWN)
    backend.poll()
    yield backend
    backend.close()


def revoke(team: TeamServer) -> None:
    team.server.execute(revoke_script("team", "met", None), database=team.database)


def grant(team: TeamServer) -> None:
    with team.as_owner() as line:
        line.execute("INSERT INTO mentorrollen.members VALUES ('team', 'met', 'mentor', 'met')")


def cut(team: TeamServer) -> None:
    """End the lines of the mentor on the server."""
    with team.as_owner() as line:
        line.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'met'")


def heard(backend: PostgresBackend) -> Commit:
    """Look until there is a commit, and return it."""
    for _look in range(PATIENCE):
        with suppress(StorageError):  # the line is found to be broken
            if found := backend.poll():
                return found[-1]
        time.sleep(0.01)
    raise AssertionError("nothing was heard")


def look_until(backend: PostgresBackend, kind: ErrorKind) -> None:
    """Look until a look ends with a problem of that kind."""
    for _look in range(PATIENCE):
        try:
            backend.poll()
        except StorageError as problem:
            if problem.kind is kind:
                return
        time.sleep(0.01)
    raise AssertionError(kind)


def left(backend: PostgresBackend) -> dict[str, Sequence[str]]:
    return {table: [*docs] for table, docs in backend.known().items() if docs}


@pytest.mark.parametrize("cuts", [False, True], ids=["", "while the line is broken"])
def test_it_is_told_once_whoever_was_seen(
    team: TeamServer, met: PostgresBackend, cuts: bool
) -> None:
    if cuts:
        cut(team)
    revoke(team)
    commit = heard(met)
    (notice,) = commit.notices
    assert (notice.kind, notice.name) == (NoticeKind.MEMBER_ENDED, "team")
    assert {id for _table, id in notice.records} == {MAJA.id, NOAH.id}
    assert {(one.table, one.after) for one in commit.changes} >= {("mentees", None)}
    assert left(met) == {"notes": [OWN.id]}


def test_what_is_written_then_is_refused_and_why(team: TeamServer, met: PostgresBackend) -> None:
    revoke(team)
    heard(met)
    more = to_docs(Change.edited(OWN, text="kun min, og mere"))
    for _time in range(2):
        with pytest.raises(NotSaved) as refused:
            met.commit([more], table_rules())
        assert refused.value.kind is ErrorKind.NO_MEMBER
    cut(team)
    look_until(met, ErrorKind.NO_MEMBER)


def test_it_is_all_there_again_when_the_login_is(team: TeamServer, met: PostgresBackend) -> None:
    revoke(team)
    heard(met)
    grant(team)
    more: DocChange = to_docs(Change.edited(OWN, text="kun min, og mere"))
    *others, own = met.commit([more], table_rules())
    assert own.own
    assert [one.notices for one in others] == [()]
    assert met.known()["notes"][OWN.id]["text"] == "kun min, og mere"
    assert {*met.known()["mentees"]} == {MAJA.id, NOAH.id}
