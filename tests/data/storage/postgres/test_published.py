"""Published counts and released documents in plain SQL, each login by itself."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

import psycopg
import pytest

from data.published.schema import HEAD, MENTEE, MOST_MENTEES
from data.storage.postgres import schema
from tests.tools.postgres import Server
from tests.tools.prepared import AT, a_login, ask, grant, run

ROW: Final[dict[str, Any]] = {
    "who": 1234, "week": 3, "phase": 2, "talks_planned": 1, "talks_held": 2, "talks_cancelled": 0,
    "last_talk": "2026-01-05", "no_buddy": False, "no_plan": True, "no_expectations": False,
    "steps": 1, "steps_of": 4, "retention_due": None,
}  # fmt: skip
COUNTS: Final[dict[str, Any]] = {
    "format": 1, "written": "2026-01-06", "capacity": 4, "mentees": [ROW],
}  # fmt: skip
SECRET: Final = "secret words"


class Team:
    """A database with two mentors, a coordinator and two managers of the team North, and others."""

    def __init__(self, server: Server, database: str) -> None:
        self.server = server
        self.database = database
        self.ada, self.bo = self._member("mentor", name="Ada"), self._member("mentor", name="Bo")
        self.coordinator = self._member("coordinator")
        self.manager, self.other_manager = self._member("manager"), self._member("manager")
        self.elsewhere = self._member("coordinator", team="South")
        self.boss_elsewhere = self._member("manager", team="South")
        self.stranger = a_login(server)

    def _member(self, kind: str, *, team: str = "North", name: str | None = None) -> str:
        login = a_login(self.server, kind)
        grant(self.server, self.database, login, kind, team=team, name=name)
        return login

    def ask(self, login: str, function: str, *values: Any) -> list[Any]:
        marks = ", ".join(["%s"] * len(values))
        return ask(
            self.server, self.database, login, f"SELECT * FROM mentorrollen.{function}({marks})",
            *values,
        )  # fmt: skip

    def publish(self, login: str, counts: Any = COUNTS, *, first: bool = True) -> bool:
        ((done,),) = self.ask(login, "publish", "North", json.dumps(counts), first)
        return bool(done)

    def make_mentee(self, login: str, id: str = "7") -> None:
        doc = {"t": "mentees", "i": id, "d": {"name": "Maja"}}
        part = {"m": id, "n": 0, "docs": [doc], "ops": [], "told": []}
        self.ask(login, "save", "North", f"commit{id}", "s", AT, json.dumps([part]), None)

    def release(self, login: str, *to: str, doc: Any = None, mentee: str = "7") -> None:
        text = json.dumps(doc or {"title": "Status"})
        ask(
            self.server, self.database, login,
            "SELECT mentorrollen.release(%s, %s, %s::text[], %s, %s::json)",
            "North", mentee, list(to), AT, text,
        )  # fmt: skip


@pytest.fixture
def team(server: Server, template: str) -> Iterator[Team]:
    found = Team(server, server.database(template))
    yield found
    server.drop(found.database)


def refused(state: str, call: Any, *values: Any, **named: Any) -> str:
    with pytest.raises(psycopg.Error) as error:
        call(*values, **named)
    assert error.value.sqlstate == state
    return str(error.value)


# -- counts and dates -------------------------------------------------------------------------


def test_the_coordinators_of_the_team_read_what_is_published(team: Team) -> None:
    team.publish(team.ada)
    ((login, name, counts),) = team.ask(team.coordinator, "published_in", "North")
    assert (login, name, json.loads(counts)) == (team.ada, "Ada", COUNTS)
    ((own,),) = team.ask(team.ada, "own_published", "North")
    assert own == counts


def test_nobody_else_reads_it(team: Team) -> None:
    team.publish(team.ada)
    for login in (team.ada, team.bo, team.manager, team.elsewhere, team.boss_elsewhere):
        for name in ("North", "South"):
            assert not team.ask(login, "published_in", name)
    for login in (team.bo, team.coordinator, team.manager):
        assert not team.ask(login, "own_published", "North")
    refused("42501", team.ask, team.stranger, "published_in", "North")


def test_a_coordinator_sees_no_records(team: Team) -> None:
    team.make_mentee(team.ada)
    for login in (team.coordinator, team.manager):
        for function in ("heads_of", "documents_of", "private_documents_of", "released_about"):
            assert not team.ask(login, function, "North")
        refused("MR002", team.publish, login)
        refused("MR002", team.release, login, team.manager)


def test_what_is_published_is_replaced_and_taken_away_by_its_mentor_alone(team: Team) -> None:
    team.publish(team.ada)
    team.publish(team.ada, {**COUNTS, "mentees": []})
    ((*_who, counts),) = team.ask(team.coordinator, "published_in", "North")
    assert json.loads(counts)["mentees"] == []
    assert team.ask(team.bo, "unpublish", "North") == [(False,)]
    for login in (team.coordinator, team.manager):
        refused("MR002", team.ask, login, "unpublish", "North")
    assert team.ask(team.ada, "unpublish", "North") == [(True,)]
    assert not team.ask(team.coordinator, "published_in", "North")


def _odd() -> list[Any]:
    """Return counts that are none, each odd in one place."""
    found: list[Any] = [None, [], "text", 1, {}, {**COUNTS, SECRET: 1}, {**COUNTS, "format": 2}]
    for name in HEAD:
        found.append({key: value for key, value in COUNTS.items() if key != name})
        found.append({**COUNTS, name: SECRET})
        found.append({**COUNTS, name: {"x": SECRET}})
    for name in MENTEE:
        found.append({**COUNTS, "mentees": [{k: v for k, v in ROW.items() if k != name}]})
        for value in (SECRET, [SECRET], {"x": SECRET}, 1.5, 10**18, -(10**7)):
            found.append({**COUNTS, "mentees": [{**ROW, name: value}]})
    found.append({**COUNTS, "mentees": [{**ROW, SECRET: 1}]})
    found.append({**COUNTS, "mentees": SECRET})
    for who in ("", "ABCD", "ab", "A ", "A1", "A\n", "1", "A.", "a", 0, -1, True, None):
        found.append({**COUNTS, "mentees": [{**ROW, "who": who}]})
    for day in ("2026-02-30", "1999-01-01", "2200-01-01", "2026-1-1", "2026-01-01 ", "today"):
        found.append({**COUNTS, "written": day})
        found.append({**COUNTS, "mentees": [{**ROW, "last_talk": day}]})
    return found


def test_nothing_but_numbers_dates_and_initials_is_taken(team: Team) -> None:
    with psycopg.connect(team.server.address(team.database, team.ada), autocommit=True) as line:
        for counts in _odd():
            with pytest.raises(psycopg.Error) as error:
                line.execute(
                    "SELECT mentorrollen.publish('North', %s, true)", (json.dumps(counts),)
                )
            assert error.value.sqlstate == "MR003", counts
            assert SECRET not in str(error.value)
    assert not team.ask(team.coordinator, "published_in", "North")


def test_nothing_hides_between_the_values(team: Team) -> None:
    text = json.dumps(COUNTS)
    twice = text.replace('"format": 1', f'"written": "{SECRET}", "format": 1', 1)
    team.ask(team.ada, "publish", "North", twice.replace("[", f"[{' ' * 50}\t"), True)
    ((*_who, counts),) = team.ask(team.coordinator, "published_in", "North")
    assert SECRET not in counts
    assert "  " not in counts
    refused("MR003", team.ask, team.ada, "publish", "North", f"{text} {SECRET}", True)
    refused("MR003", team.ask, team.ada, "publish", "North", None, True)
    many = {**COUNTS, "mentees": [ROW] * (MOST_MENTEES + 1)}
    refused("MR003", team.publish, team.ada, many)


@pytest.mark.parametrize("who", ["A", "ABC", "ÆØÅ", "Š", "ΑΒ", 10**15])
def test_what_may_stand_for_a_mentee_is_taken(team: Team, who: str | int) -> None:
    team.publish(team.ada, {**COUNTS, "mentees": [{**ROW, "who": who}]})
    assert team.ask(team.coordinator, "published_in", "North")


def test_everything_that_may_be_empty_may_be(team: Team) -> None:
    empty = {name: None for name, field in MENTEE.items() if field.optional}
    team.publish(team.ada, {**COUNTS, "capacity": None, "mentees": [{**ROW, **empty}]})
    assert team.ask(team.coordinator, "published_in", "North")


def test_what_was_turned_off_on_one_computer_is_not_renewed_by_another(team: Team) -> None:
    assert not team.publish(team.ada, first=False)
    assert team.publish(team.ada)
    assert team.publish(team.ada, first=False)
    team.ask(team.ada, "unpublish", "North")
    assert not team.publish(team.ada, first=False)
    assert not team.ask(team.coordinator, "published_in", "North")


def test_counts_that_were_taken_away_are_renewed(team: Team) -> None:
    team.publish(team.ada)
    take = f"SET search_path = mentorrollen; SELECT take_published('North', ARRAY['{team.ada}'])"
    run(team.server, team.database, take)
    assert not team.ask(team.coordinator, "published_in", "North")
    assert not team.ask(team.ada, "own_published", "North")
    assert team.publish(team.ada, first=False)
    assert team.ask(team.coordinator, "published_in", "North")


def test_it_goes_when_the_mentor_is_no_member_any_more(team: Team) -> None:
    team.publish(team.ada)
    run(team.server, team.database, schema.revoke_script("North", team.ada, None))
    assert not team.ask(team.coordinator, "published_in", "North")


def test_coordinators_hear_of_what_is_published(team: Team) -> None:
    with psycopg.connect(
        team.server.address(team.database, team.coordinator), autocommit=True
    ) as line:
        ((channel,),) = line.execute("SELECT channel FROM mentorrollen.memberships()").fetchall()
        line.execute(psycopg.sql.SQL("LISTEN {}").format(psycopg.sql.Identifier(channel)))
        team.publish(team.ada)
        team.publish(team.ada)  # the same again is told to nobody
        team.ask(team.ada, "unpublish", "North")
        told = [one.payload for one in line.notifies(timeout=5, stop_after=2)]
        assert told == ["published", "published"]


# -- status documents -------------------------------------------------------------------------


def test_the_manager_that_it_is_released_to_reads_it(team: Team) -> None:
    team.make_mentee(team.ada)
    team.release(team.ada, team.manager, doc={"title": SECRET})
    ((mentee, by, name, at, doc),) = team.ask(team.manager, "released_to_me", "North")
    assert (mentee, by, name, at) == ("7", team.ada, "Ada", AT)
    assert json.loads(doc) == {"title": SECRET}
    for login in (team.other_manager, team.coordinator, team.ada, team.bo, team.boss_elsewhere):
        for place in ("North", "South"):
            assert not team.ask(login, "released_to_me", place)


def test_only_whoever_sees_the_mentee_releases_and_takes_back(team: Team) -> None:
    team.make_mentee(team.ada)
    refused("MR002", team.release, team.bo, team.manager)
    refused("MR002", team.release, team.ada, team.manager, mentee="8")
    refused("MR002", team.release, team.ada, team.manager, mentee="")
    team.release(team.ada, team.manager)
    for login in (team.bo, team.manager, team.coordinator):
        refused("MR002", team.ask, login, "withdraw", "North", "7", None, AT)
    assert not team.ask(team.bo, "released_about", "North")
    assert team.ask(team.ada, "released_about", "North") == [
        ("7", team.manager, team.ada, "Ada", AT)
    ]
    taken = team.ask(team.ada, "withdraw", "North", "7", None, AT)
    assert taken == [([team.manager],)]
    assert not team.ask(team.manager, "released_to_me", "North")


@pytest.mark.parametrize(
    "at", ["", "tomorrow", "2026-02-30T10:00:00+01:00", "2026-01-02T10:00:00", None]
)
def test_nothing_is_released_or_taken_back_at_no_time(team: Team, at: str | None) -> None:
    team.make_mentee(team.ada)
    refused("MR003", team.ask, team.ada, "release", "North", "7", [team.manager], at, "{}")
    team.release(team.ada, team.manager)
    refused("22007", team.ask, team.ada, "withdraw", "North", "7", None, at)
    assert team.ask(team.manager, "released_to_me", "North")


def test_it_is_released_to_managers_of_the_team_alone(team: Team) -> None:
    team.make_mentee(team.ada)
    for to in ((), (team.coordinator,), (team.boss_elsewhere,), (team.manager, team.bo)):
        refused("MR004", team.release, team.ada, *to)
    assert not team.ask(team.manager, "released_to_me", "North")


def test_of_several_managers_one_can_lose_it(team: Team) -> None:
    team.make_mentee(team.ada)
    team.release(team.ada, team.manager, team.other_manager, team.manager)
    taken = team.ask(team.ada, "withdraw", "North", "7", [team.manager, team.coordinator], AT)
    assert taken == [([team.manager],)]
    assert not team.ask(team.manager, "released_to_me", "North")
    assert team.ask(team.other_manager, "released_to_me", "North")


def test_a_newer_one_takes_the_place_of_the_older(team: Team) -> None:
    team.make_mentee(team.ada)
    team.release(team.ada, team.manager, doc={"title": "old"})
    team.release(team.ada, team.manager, doc={"title": "new"})
    ((*_who, doc),) = team.ask(team.manager, "released_to_me", "North")
    assert json.loads(doc) == {"title": "new"}


def test_the_history_of_the_mentee_says_who_released_it_to_whom(team: Team) -> None:
    team.make_mentee(team.ada)
    team.release(team.ada, team.manager, team.other_manager)
    team.ask(team.ada, "withdraw", "North", "7", [team.manager], AT)
    rows = team.ask(team.ada, "history_of", "North", "7")
    told = [(by, table, id, kind) for _n, _place, _at, by, table, id, kind, _fields in rows]
    assert told == [
        (team.ada, "released", team.manager, "new"),
        (team.ada, "released", team.other_manager, "new"),
        (team.ada, "released", team.manager, "del"),
    ]


def test_a_deletion_for_good_takes_counts_and_documents(team: Team) -> None:
    for id in ("7", "8"):
        team.make_mentee(team.ada, id)
        team.release(team.ada, team.manager, mentee=id)
    team.publish(team.ada)
    team.publish(team.bo)
    team.ask(
        team.ada, "forget", "North", "d1", "s", AT, "mentee", "7", "[]", "{}", "{}",
    )  # fmt: skip
    assert [row[0] for row in team.ask(team.manager, "released_to_me", "North")] == ["8"]
    assert [row[0] for row in team.ask(team.coordinator, "published_in", "North")] == [team.bo]
    assert team.publish(team.ada, first=False), "the mentor's program counts again"


def test_deleting_something_else_leaves_what_is_said_of_releases(team: Team) -> None:
    team.make_mentee(team.ada)
    team.release(team.ada, team.manager)
    assert team.ask(team.ada, "count_earlier", "North", "7") == [(0,)]
    team.ask(
        team.ada, "forget", "North", "d1", "s", AT, "earlier", "7", "[]", "{}", "{}",
    )  # fmt: skip
    assert len(team.ask(team.ada, "history_of", "North", "7")) == 1


def test_it_goes_with_the_mentee_and_with_the_manager(team: Team) -> None:
    for id in ("7", "8"):
        team.make_mentee(team.ada, id)
        team.release(team.ada, team.manager, team.other_manager, mentee=id)
    run(team.server, team.database, "DELETE FROM mentorrollen.heads WHERE mentee = '7'")
    assert [row[0] for row in team.ask(team.manager, "released_to_me", "North")] == ["8"]
    run(team.server, team.database, schema.revoke_script("North", team.manager, None))
    left = run(team.server, team.database, "SELECT mentee, manager FROM mentorrollen.released")
    assert left == [("8", team.other_manager)]


def test_the_manager_hears_of_it(team: Team) -> None:
    team.make_mentee(team.ada)
    with psycopg.connect(team.server.address(team.database, team.manager), autocommit=True) as line:
        ((channel,),) = line.execute("SELECT channel FROM mentorrollen.memberships()").fetchall()
        line.execute(psycopg.sql.SQL("LISTEN {}").format(psycopg.sql.Identifier(channel)))
        team.release(team.ada, team.manager)
        assert [one.payload for one in line.notifies(timeout=5, stop_after=1)] == ["released"]


def test_the_manager_hears_that_the_mentee_is_deleted_for_good(team: Team) -> None:
    team.make_mentee(team.ada)
    team.release(team.ada, team.manager)
    with psycopg.connect(team.server.address(team.database, team.manager), autocommit=True) as line:
        ((channel,),) = line.execute("SELECT channel FROM mentorrollen.memberships()").fetchall()
        line.execute(psycopg.sql.SQL("LISTEN {}").format(psycopg.sql.Identifier(channel)))
        team.ask(team.ada, "forget", "North", "d1", "s", AT, "mentee", "7", "[]", "{}", "{}")
        assert [one.payload for one in line.notifies(timeout=5, stop_after=1)] == ["released"]


def test_a_document_is_an_object_of_some_length(team: Team) -> None:
    team.make_mentee(team.ada)
    for doc in (["x"], "x", 1, {"x": "y" * (1 << 20)}):
        refused("MR003", team.release, team.ada, team.manager, doc=doc)


# -- in both ----------------------------------------------------------------------------------


def test_a_mentor_learns_who_coordinators_and_managers_are_and_nobody_else_does(
    team: Team,
) -> None:
    found = team.ask(team.ada, "colleagues_of", "North", "manager")
    assert sorted(login for login, _name in found) == sorted([team.manager, team.other_manager])
    for login in (team.coordinator, team.manager, team.elsewhere):
        assert not team.ask(login, "colleagues_of", "North", "manager")
    assert not team.ask(team.ada, "colleagues_of", "South", "manager")


@pytest.mark.parametrize("table", ["published", "released"])
def test_nobody_but_by_the_functions(team: Team, table: str) -> None:
    team.make_mentee(team.ada)
    team.publish(team.ada)
    team.release(team.ada, team.manager)
    for login in (team.ada, team.bo, team.coordinator, team.manager, team.stranger):
        for statement in (
            "INSERT INTO mentorrollen.{} DEFAULT VALUES",
            "UPDATE mentorrollen.{} SET team = 'x'",
            "DELETE FROM mentorrollen.{}",
            "TRUNCATE mentorrollen.{}",
        ):
            refused("42501", ask, team.server, team.database, login, statement.format(table))
        for function in ("take_published('North', ARRAY['x'])", "tell_coordinators('North')",
                         "holds_mentee('North', '7')", "my_teams_as('manager')",
                         "tell_release('North', '7', ARRAY['x'], '', 'new')"):  # fmt: skip
            refused(
                "42501", ask, team.server, team.database, login,
                f"SELECT mentorrollen.{function}",
            )  # fmt: skip
