"""Deleting for good on a server: for everybody, of all authors, and it does not come back."""

from __future__ import annotations

import json
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest

from data.method.acting import SERVER_RULES
from data.storage.journal import to_json
from data.storage.postgres import forgetting
from data.storage.postgres.backend import PostgresBackend
from data.storage.problems import ErrorKind, StorageError
from data.storage.protocol import Doc, DocChange
from data.storage.upkeep.going import Wanted
from tests.data.storage.postgres.team_server import TeamServer, seeing, until
from tests.data.storage.postgres.test_backend import doc, edit, new

RULES = SERVER_RULES.merging
MAJA, OTHER = "1000000000000000001", "1000000000000000002"
MET, BO, NEWCOMER = "1100000000000000001", "1100000000000000002", "1100000000000000003"
ROLE, CO_ROLE, AS_NEWCOMER = (f"120000000000000000{n}" for n in (1, 2, 3))
TASK, NOTE, HIDDEN, BOS = (f"130000000000000000{n}" for n in (1, 2, 3, 4))
CONFLICT, FORM, LATE = (f"140000000000000000{n}" for n in (1, 2, 3))
CANARY = "kanariefugl"


@pytest.fixture
def met(team: TeamServer) -> Iterator[PostgresBackend]:
    yield from opened(team, "met")


@pytest.fixture
def bo(team: TeamServer) -> Iterator[PostgresBackend]:
    yield from opened(team, "bo")


def opened(team: TeamServer, login: str) -> Iterator[PostgresBackend]:
    backend = team.backend(login)
    backend.load()
    yield backend
    backend.close()


def lived_in(met: PostgresBackend, bo: PostgresBackend, until_day: str | None = None) -> None:
    """Maja, of whom both have written something, shared and private, with a canary in each."""
    co_role = {"mentee_id": MAJA, "kind": "co_mentor", "person_id": BO}
    if until_day:
        co_role["until"] = until_day
    met.commit(
        seeing(
            [
                new("mentees", MAJA, name=f"Maja {CANARY}1"),
                new("mentees", OTHER, name="Ali"),
                new("people", MET, name="met"),
                new("people", BO, name="bo"),
                new("people", NEWCOMER, name=f"Maja {CANARY}2"),
                new("roles", ROLE, mentee_id=MAJA, kind="mentor", person_id=MET),
                new("roles", CO_ROLE, **co_role),
                new("roles", AS_NEWCOMER, mentee_id=MAJA, kind="newcomer", person_id=NEWCOMER),
                new("tasks", TASK, mentee_id=MAJA, title=f"{CANARY}3"),
                new("notes", NOTE, mentee_id=MAJA, text=f"{CANARY}4", kind="note", private=False),
                new("notes", HIDDEN, mentee_id=MAJA, text=f"{CANARY}5", kind="note", private=True),
            ]
        ),
        RULES,
    )
    until(bo, lambda: doc(bo, "tasks", TASK) is not None)
    bo.commit(
        [
            new("notes", BOS, mentee_id=MAJA, text=f"{CANARY}6", kind="note", private=True),
            new("conflicts", CONFLICT, mentee_id=MAJA, of_id=TASK, text=f"{CANARY}7"),
            new("unfinished", FORM, mentee_id=MAJA, values={"text": f"{CANARY}8"}),
        ],
        RULES,
    )


def all_of_maja(people: frozenset[str] = frozenset({NEWCOMER})) -> Wanted:
    docs = {("mentees", MAJA), *(("people", one) for one in people)}
    return Wanted("mentee", frozenset({MAJA}), frozenset(docs))


def forget(backend: PostgresBackend, wanted: Wanted, mentee: str = MAJA) -> None:
    forgetting.forget(backend, forgetting.going(backend, wanted).deletion, mentee)


def dumped(team: TeamServer) -> str:
    """All that is in the tables, as `pg_dump` has it."""
    server = team.server
    words: list[str | Path] = [
        server.programs / "pg_dump",
        "-h",
        "127.0.0.1",
        "-p",
        str(server.port),
        "-U",
        "postgres",
    ]
    done = subprocess.run([*words, team.database], capture_output=True, text=True, check=True)
    # it begins and ends with a word of its own, another one each time
    return "\n".join(one for one in done.stdout.split("\n") if "restrict " not in one)


def rows(team: TeamServer, statement: str) -> list[tuple[object, ...]]:
    with psycopg.connect(team.server.address(team.database), autocommit=True) as line:
        return line.execute(statement.encode()).fetchall()


def test_a_mentee_goes_with_all_that_anybody_has(
    team: TeamServer, met: PostgresBackend, bo: PostgresBackend
) -> None:
    lived_in(met, bo)
    assert all(f"{CANARY}{n}" in dumped(team) for n in range(1, 9))
    forget(met, all_of_maja())
    left = dumped(team)
    assert CANARY not in left
    assert MAJA not in left
    assert doc(met, "mentees", OTHER) == {"name": "Ali", "rev": 1}
    assert {one for one in (MET, BO, NEWCOMER) if doc(met, "people", one)} == {MET, BO}


def test_sessions_of_everybody_concerned_are_told_that_it_is_for_good(
    met: PostgresBackend, bo: PostgresBackend
) -> None:
    lived_in(met, bo)
    going = forgetting.going(met, all_of_maja())
    forgetting.forget(met, going.deletion, MAJA)
    for one in (met, bo):
        told = until(one, lambda one=one: doc(one, "mentees", MAJA) is None)  # type: ignore[misc]
        told += one.poll()
        (gone,) = (deletion for commit in told for deletion in commit.for_good)
        assert (gone.id, gone.by, gone.kind) == (going.deletion.id, "met", "mentee")
        assert gone.knows(MAJA)
        assert not gone.knows(OTHER)
        shared = {"mentee_id": MAJA, "kind": "note", "private": False}
        assert gone.takes("notes", NOTE, to_json(shared))
        if one is bo:  # of others one believes less than of oneself
            assert not gone.takes("notes", NOTE, to_json({**shared, "mentee_id": OTHER}))
        assert not [notice for commit in told for notice in commit.notices]


def test_a_colleague_without_a_role_is_told_only_of_what_the_team_had(
    team: TeamServer, met: PostgresBackend, bo: PostgresBackend
) -> None:
    team.grant("liv")
    liv = team.backend("liv")
    liv.load()
    lived_in(met, bo)
    until(liv, lambda: doc(liv, "people", NEWCOMER) is not None)
    forgetting.forget(met, forgetting.going(met, all_of_maja()).deletion, MAJA)
    told = until(liv, lambda: doc(liv, "people", NEWCOMER) is None) + list(liv.poll())
    (gone,) = (deletion for commit in told for deletion in commit.for_good)
    assert (gone.by, gone.knows(NEWCOMER), gone.knows(MAJA)) == ("", False, False)
    assert gone.takes("people", NEWCOMER, b"{}")
    assert not gone.takes("people", BO, b"{}")
    liv.close()


def test_one_who_acts_until_a_last_day_deletes_nothing(
    team: TeamServer, met: PostgresBackend, bo: PostgresBackend
) -> None:
    lived_in(met, bo, until_day="2199-01-01")
    before = dumped(team)
    with pytest.raises(StorageError) as refused:
        forget(bo, all_of_maja())
    assert refused.value.kind == ErrorKind.NO_ACCESS
    deletion = forgetting.going(met, all_of_maja()).deletion
    with pytest.raises(StorageError) as refused:
        forgetting.forget(bo, deletion, MAJA)
    assert refused.value.kind == ErrorKind.NO_ACCESS
    assert dumped(team) == before


def test_a_hold_of_another_session_wins(
    team: TeamServer, met: PostgresBackend, bo: PostgresBackend
) -> None:
    lived_in(met, bo)
    deletion = forgetting.going(met, all_of_maja()).deletion
    bo.commit([edit(bo, "mentees", MAJA, held_since="2026-01-01")], RULES)
    before = dumped(team)
    with pytest.raises(StorageError) as refused:
        forgetting.forget(met, deletion, MAJA)
    assert refused.value.kind == ErrorKind.HELD
    assert dumped(team) == before


def cut(team: TeamServer, login: str) -> None:
    team.server.execute(
        f"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE usename = '{login}'"
        f" AND datname = '{team.database}'"
    )


def test_a_session_that_was_away_writes_nothing_of_it_back(
    team: TeamServer, met: PostgresBackend, bo: PostgresBackend
) -> None:
    lived_in(met, bo)
    changes = [
        edit(bo, "tasks", TASK, title=f"{CANARY}9"),
        new("notes", LATE, mentee_id=MAJA, text=f"{CANARY}9", kind="note", private=True),
        edit(bo, "notes", BOS, text=f"{CANARY}9"),
        edit(bo, "people", NEWCOMER, name=f"{CANARY}9"),
        new("conflicts", "1400000000000000009", mentee_id=MAJA, of_id=TASK, text=f"{CANARY}9"),
    ]
    cut(team, "bo")
    forget(met, all_of_maja())
    with suppress(StorageError):
        bo.commit(changes, RULES)  # it finds out that the line is broken
    bo.commit(changes, RULES)
    assert CANARY not in dumped(team)
    assert CANARY not in str(bo.known())


def test_one_who_has_not_heard_of_it_yet_writes_nothing_of_it_back(
    team: TeamServer, met: PostgresBackend, bo: PostgresBackend
) -> None:
    lived_in(met, bo)
    late = new("notes", LATE, mentee_id=MAJA, text=f"{CANARY}9", kind="note", private=True)
    forget(met, all_of_maja())
    bo.commit([late, edit(bo, "tasks", TASK, title=f"{CANARY}9")], RULES)
    assert CANARY not in dumped(team)


def test_what_was_saved_at_that_very_moment_goes_too(
    team: TeamServer, met: PostgresBackend, bo: PostgresBackend
) -> None:
    lived_in(met, bo)
    forget(met, all_of_maja())
    form = {"mentee_id": MAJA, "text": f"{CANARY}9"}
    rows(
        team,
        "INSERT INTO mentorrollen.private_documents (team, author, tbl, id, mentee, doc) VALUES"
        f" ('team', 'bo', 'unfinished', '7', '', '{json.dumps(form)}') RETURNING 1",
    )
    until(bo, lambda: doc(bo, "mentees", MAJA) is None)
    assert CANARY not in dumped(team)


def test_no_mentee_comes_back_under_the_same_id(
    team: TeamServer, met: PostgresBackend, bo: PostgresBackend
) -> None:
    lived_in(met, bo)
    forget(met, all_of_maja())
    team.grant("liv")
    liv = team.backend("liv")
    liv.load()
    with pytest.raises(StorageError) as refused:
        liv.commit([new("mentees", MAJA, name=f"{CANARY}9")], RULES)
    assert refused.value.kind == ErrorKind.NO_ACCESS
    assert CANARY not in dumped(team)
    liv.close()


@pytest.mark.parametrize("needed_by", ["roles", "introductions", "actions", "tasks", "mentor"])
def test_somebody_whom_others_need_stays(
    team: TeamServer, met: PostgresBackend, bo: PostgresBackend, needed_by: str
) -> None:
    lived_in(met, bo)
    theirs = "1000000000000000003"
    if needed_by == "mentor":
        team.grant("liv", name=f"MAJA  {CANARY}2")
    else:
        fields: dict[str, Doc] = {
            "roles": {"earlier": [{"person_id": NEWCOMER, "until": "2026-01-01"}]},
            "introductions": {"by_id": NEWCOMER},
            "actions": {"who": [BO, NEWCOMER]},
            "tasks": {"step_log": [{"with_id": NEWCOMER}]},
        }
        naming = new(needed_by, LATE, mentee_id=theirs, **fields[needed_by])
        bo.commit([new("mentees", theirs, name="Bos"), naming], RULES)
    going = forgetting.going(met, all_of_maja())
    assert ("people", NEWCOMER) not in going.docs
    forgetting.forget(met, going.deletion, MAJA)
    assert doc(met, "people", NEWCOMER) is not None


def judge(table: str, doc: Doc, _present: bool) -> bool:
    return table == "notes" and bool(doc.get("private"))


def test_what_one_keeps_private_goes_alone(
    team: TeamServer, met: PostgresBackend, bo: PostgresBackend
) -> None:
    lived_in(met, bo)
    before = met.known()["notes"][NOTE]
    forget(met, Wanted("private", about=MAJA, judge=judge))
    left = dumped(team)
    assert [n for n in range(1, 9) if f"{CANARY}{n}" not in left] == [5]
    assert doc(met, "notes", NOTE) == before
    again = team.backend("met")
    assert HIDDEN not in again.load()["notes"]
    again.close()


def test_what_was_deleted_before_goes_from_journal_and_history(
    team: TeamServer, met: PostgresBackend, bo: PostgresBackend
) -> None:
    lived_in(met, bo)
    for table, id in (("tasks", TASK), ("notes", NOTE), ("notes", HIDDEN)):
        met.commit([DocChange(table, id, met.known()[table][id], None)], RULES)
    assert f"{CANARY}3" in dumped(team)
    going = forgetting.going(met, Wanted("earlier", about=MAJA))
    assert going.earlier == 3
    forgetting.forget(met, going.deletion, MAJA)
    left = dumped(team)
    assert [n for n in range(1, 9) if f"{CANARY}{n}" not in left] == [3, 4, 5]
    assert forgetting.going(met, Wanted("earlier", about=MAJA)).is_nothing
    until(bo, lambda: doc(bo, "tasks", TASK) is None)
    assert doc(bo, "mentees", MAJA) is not None
    bo.commit([edit(bo, "mentees", MAJA, name="Maja ny")], RULES)
    until(met, lambda: (doc(met, "mentees", MAJA) or {}).get("name") == "Maja ny")


def test_a_deletion_whose_answer_is_lost_is_made_once(
    team: TeamServer, met: PostgresBackend, bo: PostgresBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    lived_in(met, bo)
    deletion = forgetting.going(met, all_of_maja()).deletion
    ask: Callable[..., object] = met._line.ask
    lost: list[str] = []

    def swallowed(statement: str, *values: object, **how: object) -> object:
        found = ask(statement, *values, **how)
        if "forget" in statement and not lost:
            lost.append(statement)
            met._line.close()
            raise StorageError(ErrorKind.SERVER_AWAY)
        return found

    monkeypatch.setattr(met._line, "ask", swallowed)
    forgetting.forget(met, deletion, MAJA)
    assert rows(team, "SELECT id, by, kind FROM mentorrollen.deletions") == [
        (deletion.id, "met", "mentee")
    ]
    assert doc(met, "mentees", MAJA) is None


def test_one_killed_in_the_midst_has_deleted_all_or_nothing(
    team: TeamServer, met: PostgresBackend, bo: PostgresBackend
) -> None:
    lived_in(met, bo)
    deletion = forgetting.going(met, all_of_maja()).deletion
    before = dumped(team)
    with psycopg.connect(team.server.address(team.database)) as blocker:
        blocker.execute("LOCK TABLE mentorrollen.deletions IN SHARE MODE")
        raised: list[StorageError] = []

        def run() -> None:
            try:
                forgetting.send(met._line, met._mirror, met.session, deletion, MAJA)
            except StorageError as error:
                raised.append(error)

        thread = threading.Thread(target=run)
        thread.start()
        waiting = (
            "SELECT count(*) FROM pg_stat_activity"
            f" WHERE datname = '{team.database}' AND usename = 'met' AND wait_event_type = 'Lock'"
        )
        while rows(team, waiting) == [(0,)]:
            pass  # it has deleted nearly all by then
        cut(team, "met")
        thread.join()
    assert raised
    assert dumped(team) == before
    forgetting.forget(met, deletion, MAJA)
    assert CANARY not in dumped(team)


def test_after_vacuum_and_checkpoint_no_file_of_the_tables_has_it(
    team: TeamServer, met: PostgresBackend, bo: PostgresBackend
) -> None:
    lived_in(met, bo)
    long = new("notes", LATE, mentee_id=MAJA, text=f"{CANARY}9" * 2000, kind="note", private=False)
    met.commit([long], RULES)
    forget(met, all_of_maja())
    met.close()
    bo.close()
    with psycopg.connect(team.server.address(team.database), autocommit=True) as line:
        ((oid,),) = line.execute("SELECT oid FROM pg_database WHERE datname = current_database()")
        line.execute("VACUUM (FULL, ANALYZE)")
        line.execute("CHECKPOINT")
    for file in (team.server.data / "base" / str(oid)).iterdir():
        data = file.read_bytes()
        assert CANARY.encode() not in data, file
        assert MAJA.encode() not in data, file
