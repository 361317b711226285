"""One session's hold on the records in a server, and what two see of each other."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import suppress
from threading import Thread

import psycopg
import pytest

from data.method.acting import SERVER_RULES
from data.storage.postgres.backend import PostgresBackend
from data.storage.problems import NotSaved
from data.storage.protocol import Doc, DocChange
from tests.data.storage.postgres.team_server import TeamServer, seeing, until

RULES = SERVER_RULES.merging


def new(table: str, id: str, **fields: object) -> DocChange:
    return DocChange(table, id, None, {**fields, "rev": 1})


def edit(backend: PostgresBackend, table: str, id: str, **fields: object) -> DocChange:
    before = backend.known()[table][id]
    return DocChange(table, id, before, {**before, **fields, "rev": before["rev"] + 1})


def doc(backend: PostgresBackend, table: str, id: str) -> Doc | None:
    return backend.known().get(table, {}).get(id)


@pytest.fixture
def met(team: TeamServer) -> Iterator[PostgresBackend]:
    backend = team.backend("met")
    backend.load()
    yield backend
    backend.close()


@pytest.fixture
def bo(team: TeamServer) -> Iterator[PostgresBackend]:
    backend = team.backend("bo")
    backend.load()
    yield backend
    backend.close()


def shared_mentee(met: PostgresBackend, bo: PostgresBackend) -> None:
    """Mentee 1, whose mentor is Met and whose co-mentor is Bo."""
    met.commit(
        seeing(
            [
                new("mentees", "1", name="Maja"),
                new("people", "10", name="met"),
                new("people", "11", name="Bo"),
                new("roles", "20", mentee_id="1", kind="mentor", person_id="10"),
                new("roles", "21", mentee_id="1", kind="co_mentor", person_id="11"),
            ]
        ),
        RULES,
    )
    until(bo, lambda: doc(bo, "mentees", "1") is not None)


def test_what_was_committed_is_there_when_it_is_opened_again(
    team: TeamServer, met: PostgresBackend
) -> None:
    met.commit([new("mentees", "1", name="Maja Æ"), new("tasks", "2", mentee_id="1", n=1.0)], RULES)
    again = team.backend("met", listening=False)
    assert again.load() == {
        "mentees": {"1": {"name": "Maja Æ", "rev": 1}},
        "tasks": {"2": {"mentee_id": "1", "n": 1.0, "rev": 1}},
    }
    again.close()


def test_a_colleague_sees_nothing_of_a_mentee_without_a_role(
    met: PostgresBackend, bo: PostgresBackend
) -> None:
    met.commit([new("mentees", "1", name="Maja"), new("texts", "5", text="Fælles")], RULES)
    until(bo, lambda: doc(bo, "texts", "5") is not None)
    assert bo.known() == {"texts": {"5": {"text": "Fælles", "rev": 1}}}


def test_a_role_gives_access_and_its_end_takes_it(
    met: PostgresBackend, bo: PostgresBackend
) -> None:
    shared_mentee(met, bo)
    met.commit([DocChange("roles", "21", met.known()["roles"]["21"], None)], RULES)
    told = until(bo, lambda: doc(bo, "mentees", "1") is None)
    assert any("Maja" in str(notice) for commit in told for notice in commit.notices)
    assert "mentees" not in {name for name, docs in bo.known().items() if docs}


def test_what_is_private_is_its_authors_alone(
    team: TeamServer, met: PostgresBackend, bo: PostgresBackend
) -> None:
    shared_mentee(met, bo)
    met.commit(
        [new("notes", "3", mentee_id="1", text="hemmeligt", kind="note", private=True)], RULES
    )
    met.commit([new("notes", "4", mentee_id="1", text="fælles", kind="note", private=False)], RULES)
    until(bo, lambda: doc(bo, "notes", "4") is not None)
    assert doc(bo, "notes", "3") is None
    again = team.backend("met")
    again.load()
    assert doc(again, "notes", "3") == doc(met, "notes", "3")
    met.commit([edit(met, "notes", "3", private=False)], RULES)
    until(bo, lambda: doc(bo, "notes", "3") is not None)
    until(again, lambda: not (doc(again, "notes", "3") or {}).get("private"))
    again.close()


def test_two_edits_of_one_text_are_merged(met: PostgresBackend, bo: PostgresBackend) -> None:
    shared_mentee(met, bo)
    met.commit(
        [new("notes", "4", mentee_id="1", text="en to tre", kind="note", private=False)], RULES
    )
    until(bo, lambda: doc(bo, "notes", "4") is not None)
    mine, theirs = (
        edit(met, "notes", "4", text="EN to tre"),
        edit(bo, "notes", "4", text="en to TRE"),
    )
    met.commit([mine], RULES)
    commits = bo.commit([theirs], RULES)
    assert [commit.own for commit in commits] == [False, True]
    assert (doc(bo, "notes", "4") or {})["text"] == "EN to TRE"
    until(met, lambda: doc(met, "notes", "4") == doc(bo, "notes", "4"))


def test_sessions_know_of_each_other_where_both_may_be(
    met: PostgresBackend, bo: PostgresBackend
) -> None:
    shared_mentee(met, bo)
    until(bo, lambda: [(one.by, one.where) for one in bo.presence()] == [("met", "")])
    met.announce("1/77")
    until(bo, lambda: [(one.by, one.where) for one in bo.presence()] == [("met", "1/77")])
    assert bo.is_living(met.session)
    session = met.session
    met.close()
    until(bo, lambda: not bo.presence())
    assert not bo.is_living(session)


def test_history_tells_who_did_what(met: PostgresBackend, bo: PostgresBackend) -> None:
    shared_mentee(met, bo)
    bo.commit([new("tasks", "30", mentee_id="1", title="Sag")], RULES)
    told = [(one.by, one.table, one.kind) for one in met.history("1")]
    assert ("bo", "tasks", "new") in told
    assert ("met", "mentees", "new") in told


def test_words_about_a_mentee_one_has_lost_are_refused_or_stay_ones_own(
    met: PostgresBackend, bo: PostgresBackend
) -> None:
    shared_mentee(met, bo)
    met.commit([DocChange("roles", "21", met.known()["roles"]["21"], None)], RULES)
    shared = new("notes", "40", mentee_id="1", text="delt", kind="note", private=False)
    (*_others, commit) = bo.commit([shared], RULES)
    assert [(one.field, one.mine) for one in commit.clashes if one.field == "text"] == [
        ("text", "delt")
    ]
    bo.commit([new("notes", "41", mentee_id="1", text="mit", kind="note", private=True)], RULES)
    assert (doc(bo, "notes", "41") or {})["text"] == "mit"
    assert doc(bo, "notes", "40") is None
    assert doc(met, "notes", "40") is None


def test_a_line_that_is_cut_is_mended_by_the_next_commit(
    team: TeamServer, met: PostgresBackend
) -> None:
    met.commit([new("mentees", "1", name="Maja")], RULES)
    team.server.execute(
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE usename = 'met'"
    )
    note = new("notes", "4", mentee_id="1", text="en", kind="note", private=False)
    with suppress(NotSaved):
        met.commit([note], RULES)
    commits = met.commit([note], RULES)
    assert commits[-1].own
    assert doc(met, "notes", "4") == note.after
    commits = met.commit([edit(met, "notes", "4", text="to")], RULES)
    assert commits[-1].clashes == ()


def test_a_note_that_is_shared_as_the_role_ends_stays_private_and_stops_nothing(
    met: PostgresBackend, bo: PostgresBackend
) -> None:
    shared_mentee(met, bo)
    bo.commit([new("notes", "42", mentee_id="1", text="mit", kind="note", private=True)], RULES)
    met.commit([DocChange("roles", "21", met.known()["roles"]["21"], None)], RULES)
    (*_others, commit) = bo.commit([edit(bo, "notes", "42", private=False)], RULES)
    assert [(one.field, one.merged) for one in commit.clashes] == [("private", False)]
    assert (doc(bo, "notes", "42") or {})["private"]
    bo.commit([new("texts", "50", text="det næste")], RULES)
    assert doc(bo, "texts", "50")
    assert doc(met, "notes", "42") is None


def test_what_is_tidied_up_beside_a_commit_may_fail(
    team: TeamServer, met: PostgresBackend, bo: PostgresBackend
) -> None:
    shared_mentee(met, bo)
    team.server.execute(
        "UPDATE mentorrollen.access SET until = current_date - 2 WHERE login = 'bo'",
        database=team.database,
    )
    with team.as_owner() as line:  # in the order of a commit that changes roles
        line.execute("BEGIN")
        line.execute("SELECT FROM mentorrollen.heads WHERE mentee = '1' FOR UPDATE")
        tidying = Thread(target=met.idle)
        tidying.start()
        waits = "SELECT count(*) FROM pg_locks WHERE NOT granted"
        while not team.server.execute(waits)[0][0]:
            time.sleep(0.01)
        with suppress(psycopg.errors.DeadlockDetected):
            line.execute("SELECT FROM mentorrollen.access WHERE mentee = '1' FOR UPDATE")
        line.execute("ROLLBACK")
    tidying.join()
    met.commit([new("texts", "51", text="det næste")], RULES)
    assert doc(met, "texts", "51")


def access(team: TeamServer) -> dict[str, object]:
    rows = team.server.execute(
        "SELECT login, until::text FROM mentorrollen.access WHERE mentee = '1'",
        database=team.database,
    )
    return dict(rows)


def test_nobody_gets_access_by_being_renamed(
    team: TeamServer, met: PostgresBackend, bo: PostgresBackend
) -> None:
    team.grant("eve")
    eve = team.backend("eve", listening=False)
    eve.load()
    shared_mentee(met, bo)
    eve.poll()
    eve.commit([edit(eve, "people", "11", name="eve")], RULES)
    until(met, lambda: (doc(met, "people", "11") or {})["name"] == "eve")
    role = new("roles", "22", mentee_id="1", kind="co_mentor", person_id="10")
    met.commit(seeing([role], met.known()), RULES)
    assert "eve" not in access(team)
    eve.close()


def test_a_role_that_is_taken_away_ends_access_whoever_the_main_mentor_is(
    team: TeamServer, met: PostgresBackend, bo: PostgresBackend
) -> None:
    shared_mentee(met, bo)
    met.commit([edit(met, "people", "10", name="Mette of another name")], RULES)
    assert access(team) == {"met": None, "bo": None}
    met.commit([DocChange("roles", "21", met.known()["roles"]["21"], None)], RULES)
    assert access(team) == {"met": None}


def test_a_last_day_stays_when_other_roles_change(
    team: TeamServer, met: PostgresBackend, bo: PostgresBackend
) -> None:
    shared_mentee(met, bo)
    met.commit(seeing([edit(met, "roles", "21", until="2199-12-31")], met.known()), RULES)
    assert access(team) == {"met": None, "bo": "2199-12-31"}
    met.commit([new("roles", "23", mentee_id="1", kind="buddy", person_id="10")], RULES)
    assert access(team) == {"met": None, "bo": "2199-12-31"}


def test_nobody_keeps_a_session_of_somebody_else_alive(
    team: TeamServer, met: PostgresBackend, bo: PostgresBackend
) -> None:
    again = team.backend("met", listening=False)
    again.load()
    session = met.session
    assert again.is_living(session)
    with psycopg.connect(team.server.address(team.database, "bo"), autocommit=True) as line:
        line.execute("SELECT pg_advisory_lock_shared(hashtextextended(%s, 0))", (session,))
        met.close()
        end = time.monotonic() + 10  # the server takes note of it in its own time
        while again.is_living(session):
            assert time.monotonic() < end, "a colleague's lock keeps it living"
            time.sleep(0.01)
    again.close()
