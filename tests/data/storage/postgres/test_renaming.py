"""A login that has been renamed on the server: what it had is its own again."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest

from data.method.acting import SERVER_RULES
from data.storage.postgres import schema
from data.storage.postgres.backend import PostgresBackend
from data.storage.protocol import DocChange
from tests.data.storage.postgres.team_server import TeamServer, until
from tests.tools.prepared import a_login, run

RULES = SERVER_RULES.merging
TABLES = (
    ("members", "login"),
    ("access", "login"),
    ("private_heads", "author"),
    ("private_documents", "author"),
    ("private_commits", "author"),
    ("presence", "login"),
    ("published", "login"),
    ("deletion_readers", "login"),
    ("released", "manager"),
    ("released", "by"),
)
"""Table and column that name a login who has something."""
NAMED_AS_IT_WAS = {
    ("commits", "by"),
    ("history", "by"),
    ("deletions", "by"),
}
"""What goes on naming the old one."""


def new(table: str, id: str, by: str, **fields: object) -> DocChange:
    return DocChange(table, id, None, {**fields, "rev": 1, "changed_by": by})


@dataclass
class Renamed:
    """A team with a mentor whose login gets another name."""

    team: TeamServer
    old: str
    new: str

    def rename_on_server(self) -> None:
        self.team.server.execute(f'ALTER ROLE "{self.old}" RENAME TO "{self.new}"')

    def rename(self, *, again: bool = False) -> int:
        script = schema.rename_script(self.old, self.new, again=again)
        ((teams,),) = run(self.team.server, self.team.database, script)
        return int(teams)

    def write(self, login: str, *changes: DocChange) -> None:
        backend = self.team.backend(login, listening=False)
        backend.load()
        backend.commit([*changes], RULES)
        self._end(backend)

    def seen(self, login: str) -> dict[str, dict[str, Any]]:
        backend = self.team.backend(login, listening=False)
        found = {table: dict(docs) for table, docs in backend.load().items() if docs}
        self._end(backend)
        return found

    def _end(self, backend: PostgresBackend) -> None:
        """Close a session, and wait until the server knows it. Else it is in use."""
        backend.close()
        there = "SELECT 1 FROM pg_stat_activity WHERE usename = %s"
        while self.team.server.execute(there, backend.by):
            time.sleep(0.01)


@pytest.fixture
def renamed(team: TeamServer) -> Renamed:
    """The mentor has a mentee, a note that both may see, one of their own, and a private edit."""
    old = a_login(team.server, "old")
    found = Renamed(team, old, old.replace("old", "new"))
    team.grant(old, name="Åse Holm")
    found.write(
        old,
        new("mentees", "1", old, name="Kim"),
        new("notes", "30", old, mentee_id="1", kind="note", private=False, text="fælles"),
        new("notes", "31", old, mentee_id="1", kind="note", private=True, text="kun min"),
    )
    return found


@pytest.fixture
def bo(team: TeamServer) -> Iterator[PostgresBackend]:
    backend = team.backend("bo")
    backend.load()
    yield backend
    backend.close()


def refusal(renamed: Renamed, *, again: bool = False) -> str:
    with pytest.raises(psycopg.Error) as error:
        renamed.rename(again=again)
    return error.value.sqlstate or ""


def test_all_is_there_under_the_new_name_and_nothing_under_the_old(renamed: Renamed) -> None:
    before = renamed.seen(renamed.old)
    renamed.rename_on_server()
    assert renamed.rename() == 1
    after = renamed.seen(renamed.new)
    as_text = json.dumps(before).replace(f'"{renamed.old}"', f'"{renamed.new}"')
    assert json.dumps(after) == as_text, "the same documents, in the same order and form"
    assert after["notes"]["31"]
    for table, column in TABLES:
        asked = f"SELECT FROM mentorrollen.{table} WHERE {column} = '{renamed.old}'"
        assert not run(renamed.team.server, renamed.team.database, asked), (table, column)


def test_every_column_that_names_a_login_is_known(renamed: Renamed) -> None:
    columns = run(
        renamed.team.server,
        renamed.team.database,
        "SELECT c.relname, a.attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid"
        " JOIN pg_namespace s ON s.oid = c.relnamespace WHERE s.nspname = 'mentorrollen'"
        " AND c.relkind = 'r' AND a.attname IN ('login', 'author', 'manager', 'by')",
    )
    assert set(columns) == {*TABLES, *NAMED_AS_IT_WAS}


def test_it_writes_on_where_it_was(renamed: Renamed) -> None:
    renamed.rename_on_server()
    renamed.rename()
    note = new("notes", "32", renamed.new, mentee_id="1", kind="note", private=True, text="ny")
    renamed.write(renamed.new, note)
    assert set(renamed.seen(renamed.new)["notes"]) == {"30", "31", "32"}


def test_a_colleague_who_is_on_goes_on(renamed: Renamed, bo: PostgresBackend) -> None:
    access = "INSERT INTO mentorrollen.access VALUES ('team', '1', 'bo', NULL)"
    tell = "SELECT pg_notify(channel, 'access') FROM mentorrollen.members WHERE login = 'bo'"
    run(renamed.team.server, renamed.team.database, f"{access}; {tell}")
    until(bo, lambda: "30" in bo.known().get("notes", {}))
    renamed.rename_on_server()
    renamed.rename()
    until(bo, lambda: bo.known()["notes"]["30"]["changed_by"] == renamed.new)
    note = bo.known()["notes"]["30"]
    bo.commit([DocChange("notes", "30", note, {**note, "text": "videre", "rev": 2})], RULES)
    assert renamed.seen(renamed.new)["notes"]["30"]["text"] == "videre"


def test_what_is_somebody_elses_is_not_taken(renamed: Renamed) -> None:
    a_colleague = a_login(renamed.team.server, "colleague")
    renamed.new = a_colleague
    assert refusal(renamed) == "MR019", "the login is there yet, so it may be another human being"
    assert refusal(renamed, again=True) == "MR019"


def test_the_new_login_must_be_one_that_sees_nothing_else(renamed: Renamed) -> None:
    server = renamed.team.server
    server.execute(f'ALTER ROLE "{renamed.old}" RENAME TO "{renamed.new}"')
    server.execute(f'ALTER ROLE "{renamed.new}" BYPASSRLS')
    assert refusal(renamed) == "MR014"
    server.execute(f'DROP OWNED BY "{renamed.new}"; DROP ROLE "{renamed.new}"')
    assert refusal(renamed) == "MR012"


def test_nobody_is_renamed_while_logged_in(renamed: Renamed) -> None:
    renamed.rename_on_server()
    with psycopg.connect(
        renamed.team.server.address(renamed.team.database, renamed.new), autocommit=True
    ):
        assert refusal(renamed) == "MR020"


def test_what_the_new_name_has_already_stays_with_it(renamed: Renamed) -> None:
    renamed.rename_on_server()
    renamed.team.grant(renamed.new)
    renamed.write(
        renamed.new,
        new("mentees", "2", renamed.new, name="Ib"),
        new("notes", "33", renamed.new, mentee_id="2", kind="note", private=True, text="min nye"),
    )
    assert refusal(renamed) == "MR021"
    assert renamed.rename(again=True) == 1
    found = renamed.seen(renamed.new)
    assert (set(found["mentees"]), set(found["notes"])) == ({"1", "2"}, {"30", "31", "33"})
    names = run(
        renamed.team.server, renamed.team.database,
        f"SELECT name FROM mentorrollen.members WHERE login = '{renamed.new}'",
    )  # fmt: skip
    assert names == [("Åse Holm",)]


@pytest.mark.parametrize(("text", "state"), [("kun min", ""), ("en anden", "MR022")])
def test_a_record_that_both_have_is_kept_once_or_all_is_left(
    renamed: Renamed, text: str, state: str
) -> None:
    renamed.rename_on_server()
    renamed.team.grant(renamed.new)
    note = new("notes", "31", renamed.new, mentee_id="1", kind="note", private=True, text=text)
    renamed.write(renamed.new, note)
    if state:
        assert refusal(renamed, again=True) == state
        return
    renamed.rename(again=True)
    assert set(renamed.seen(renamed.new)["notes"]) == {"30", "31"}


def test_nothing_to_take_over_is_counted_as_none(renamed: Renamed) -> None:
    renamed.new = a_login(renamed.team.server)
    renamed.old = "nobody_ever"
    assert renamed.rename() == 0
