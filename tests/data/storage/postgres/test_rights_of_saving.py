"""What somebody cannot do by the functions that write, whatever they are given."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from typing import Any

import psycopg
import pytest

from data.clock import now
from data.storage.postgres import schema
from tests.data.storage.postgres.world import MENTEES, MENTORS, World
from tests.tools.postgres import Server
from tests.tools.prepared import AT, run

ANNS, BOBS, DORAS = MENTEES["ann"], MENTEES["bob"], MENTEES["dora"]
NO_ACCESS = "MR002"


@pytest.fixture
def world(first_world: World) -> Iterator[World]:
    made = World.copy_of(first_world)
    yield made
    made.close()


def about(mentee: Any, number: Any, text: str = "mine") -> dict[str, Any]:
    """A part of a commit about a mentee."""
    docs = [{"t": "notes", "i": "77", "d": {"text": text, "mentee_id": mentee}}]
    return {"m": mentee, "n": number, "docs": docs, "ops": [], "told": []}


def own(number: int, **more: Any) -> dict[str, Any]:
    """A private part, whose document may say more than it should."""
    docs = [{"t": "notes", "i": "5", "m": "9", "d": {"text": "mine"}, **more}]
    return {"own": True, "n": number, "docs": docs, "ops": [], **more}


def refused(world: World, login: str, parts: Any, grants: Any = None, team: str = "") -> str:
    """Save as a login, which must fail and leave everything as it is. Return the SQLSTATE."""
    before = world.everything()
    with pytest.raises(psycopg.Error) as error:
        world.save(login, parts, grants, team)
    assert world.everything() == before
    assert not world.leaks(login, str(error.value).replace(json.dumps(parts), ""))
    return error.value.sqlstate or ""


@pytest.mark.parametrize("login", ["bob", "cora", "dora"])
@pytest.mark.parametrize("number", [-1, 0, 1, 2**62])
def test_nobody_writes_about_a_mentee_of_others(world: World, login: str, number: int) -> None:
    assert refused(world, login, [about(ANNS, number)], team="North") == NO_ACCESS


@pytest.mark.parametrize("login", ["carl", "mia", "stan", "dora"])
def test_who_is_no_mentor_of_the_team_writes_nothing(world: World, login: str) -> None:
    for parts in ([about("3", 0)], [about("", 1)], [own(0)], []):
        assert refused(world, login, parts, team="North") == NO_ACCESS


def test_a_mentee_of_another_team_is_another_mentee(world: World) -> None:
    before = world.rows("SELECT doc::text FROM documents WHERE team = 'South'")
    world.save("ann", [about(DORAS, 0)])
    assert world.rows("SELECT doc::text FROM documents WHERE team = 'South'") == before
    with world.line("dora") as line:
        rows = line.execute("SELECT doc FROM mentorrollen.documents_of('South')").fetchall()
    assert "mine" not in str(rows)


def test_what_a_part_says_twice_it_has_said_last(world: World) -> None:
    said = f'[{{"own": true, "own": null, "m": "", "m": "{ANNS}", "n": 1, "docs": [], "ops": []}}]'
    before = world.everything()
    forget = "SELECT mentorrollen.forget('North', 'f', 's', %s, 'record', '', %s, '{}', '{}')"
    save = "SELECT mentorrollen.save('North', 'c', 's', %s, %s, NULL)"
    gone = said.replace('"docs": []', '"docs": [{"t": "notes", "i": "1", "d": {}, "d": null}]')
    for statement in (save, forget):
        for parts in (said, gone):
            with world.line("bob") as line, pytest.raises(psycopg.Error) as error:
                line.execute(statement.encode(), (AT, parts))
            assert error.value.sqlstate == NO_ACCESS
    assert world.everything() == before


@pytest.mark.parametrize("number", [-5, 0, 99, 2**63, "x", "1; DROP", None, {}, 1.5])
def test_a_number_that_is_not_the_last_one_changes_nothing(world: World, number: Any) -> None:
    assert refused(world, "ann", [about(ANNS, number)]) in {"MR001", "22P02", "22003"}
    assert refused(world, "ann", [{**own(0), "n": number}]) in {"MR001", "22P02", "22003"}


@pytest.mark.parametrize("mentee", [None, {"a": 1}, ["x"], "\0"])
def test_an_odd_mentee_is_none_of_others(world: World, mentee: Any) -> None:
    parts = [about(mentee, 5)]
    assert refused(world, "ann", parts) in {NO_ACCESS, "22004", "22P05"}


def test_what_is_private_is_written_under_the_login_whatever_is_said(world: World) -> None:
    before = world.rows("SELECT doc::text FROM private_documents WHERE author = %s",
                        world.names["bob"])  # fmt: skip
    bob = world.names["bob"]
    more: dict[str, Any] = {"author": bob, "login": bob, "by": bob, "team": "South"}
    world.save("ann", [own(world.number("ann"), **more)])
    statement = "SELECT doc::text FROM private_documents WHERE author = %s"
    assert world.rows(statement, bob) == before
    assert "mine" in str(world.rows(statement, world.names["ann"]))
    assert world.rows("SELECT by FROM commits WHERE by <> ALL (%s)",
                      [*world.names.values(), "mentorrollen_owner"]) == []  # fmt: skip


@pytest.mark.parametrize(
    "parts",
    [
        {},
        "text",
        None,
        [1],
        [None],
        [{"own": True, "n": 1, "docs": 5, "ops": []}],
        [{"own": True, "n": 1, "docs": [{"t": "notes", "i": "5", "d": {}}], "ops": []}],
        [{"own": True, "n": 1, "docs": [{"t": None, "i": None, "m": "9", "d": {}}], "ops": []}],
        [{"own": True, "n": 1, "docs": [{"t": "\0", "i": "5", "m": "9", "d": {}}], "ops": []}],
        [{"own": True, "n": 1, "docs": [{"t": "x", "i": "5", "m": "9", "d": {}}] * 2, "ops": []}],
        [{"own": True, "n": 1, "docs": []}],
        [{"m": ANNS, "n": 1, "docs": [], "told": []}],
        [{"m": ANNS, "n": 1, "docs": [], "ops": None, "told": []}],
        [{"m": ANNS, "n": 1, "docs": [], "ops": [], "told": [{}]}],
        [{"m": ANNS, "n": 1, "docs": [], "ops": [], "told": 3}],
    ],
)
def test_what_is_no_commit_is_made_neither_whole_nor_in_part(world: World, parts: Any) -> None:
    before = world.everything()
    with suppress(psycopg.Error):
        world.save("ann", parts)
    assert world.everything() == before


def test_what_is_nested_deep_is_saved_nowhere_and_keeps_nobody_from_deleting(world: World) -> None:
    """What `save` could just read could not be read deeper in the server's work."""
    ops = '[{"t":"notes","i":"1","put":{"a":DEEP}}]'
    part = f'[{{"own":true,"n":{world.number("bob")},"docs":[],"ops":{ops}}}]'
    save = "SELECT mentorrollen.save('North', 'c', 's', %s, %s, NULL)"
    with world.line("bob") as line:
        for depth in (16_000, 5_000, 300):
            deep = "[" * depth + "1" + " " * 9_000 + "]" * depth
            with pytest.raises(psycopg.errors.StatementTooComplex):
                line.execute(save, (AT, part.replace("DEEP", deep)))
        deep = "[" * 4_000 + "]" * 4_000
        line.execute(save, (AT, part.replace("DEEP", deep)))
    with world.line("ann") as line:
        asked = "SELECT mentorrollen.forget('North', 'f', 's', %s, 'mentee', %s, '[]', '{}', '{}')"
        line.execute(asked, (AT, ANNS))
    assert not world.rows("SELECT 1 FROM documents WHERE mentee = %s", ANNS)


@pytest.mark.parametrize("until", ["infinity", "20000-01-01", "today", "2026-02-30", "1-1-2026"])
def test_access_is_given_until_a_day_that_everybody_knows(world: World, until: str) -> None:
    number = world.rows("SELECT n FROM heads WHERE mentee = %s", ANNS)[0][0]
    given = [{"m": ANNS, "to": [*to(world, ann=None), {"l": world.names["bob"], "u": until}]}]
    assert refused(world, "ann", [about(ANNS, number)], given) in {"22007", "22008"}


def test_no_mentee_is_what_the_team_has(world: World) -> None:
    number = world.rows("SELECT n FROM heads WHERE team = 'North' AND mentee = ''")[0][0]
    docs = [{"t": "mentees", "i": "", "d": {"name": "Maja"}}]
    part = {"m": "", "n": number, "docs": docs, "ops": [], "told": []}
    assert refused(world, "ann", [part]) == "22023"


@pytest.mark.parametrize("scope", ["", ANNS])
def test_nothing_is_kept_under_the_name_of_the_head_of_a_file(world: World, scope: str) -> None:
    """In a file to which it were copied it would say of what format that is."""
    asked = "SELECT n FROM heads WHERE team = 'North' AND mentee = %s"
    docs = [{"t": "_meta", "i": "1", "d": {"mentee_id": scope, "format": 99}}]
    part = {"m": scope, "n": world.rows(asked, scope)[0][0], "docs": docs, "ops": [], "told": []}
    assert refused(world, "ann", [part]) == "22023"


def test_a_large_commit_is_made_whole(world: World) -> None:
    world.save("ann", [about(ANNS, 1, "x" * 20_000_000)])
    rows = world.rows("SELECT length(doc->>'text') FROM documents WHERE id = '77'")
    assert rows == [(20_000_000,)]


# -- access -----------------------------------------------------------------------------------


def access(world: World, mentee: str) -> dict[str, Any]:
    """Who has access to a mentee: login -> the last day."""
    known = {name: one for one, name in world.names.items()}
    rows = world.rows("SELECT login, until FROM access WHERE mentee = %s", mentee)
    return {known[login]: until for login, until in rows}


def to(world: World, **logins: Any) -> list[dict[str, Any]]:
    """Whom access is given to, as `save` takes it."""
    return [
        {"l": world.names[one], "u": until and until.isoformat()} for one, until in logins.items()
    ]


@pytest.mark.parametrize("login", ["bob", "cora", "dora"])
def test_nobody_gives_themselves_access(world: World, login: str) -> None:
    grants = [{"m": ANNS, "to": to(world, **{login: None})}]
    assert refused(world, login, [], grants, "North") == NO_ACCESS


def test_one_with_a_last_day_gives_nothing_on_and_keeps_nothing(world: World) -> None:
    before = access(world, ANNS)
    later = now().date() + timedelta(400)
    for given in (to(world, cody=None), to(world, cody=later, bob=None), to(world, bob=None)):
        world.save("cody", [], [{"m": ANNS, "to": given}])
        assert access(world, ANNS) == before


def test_somebody_has_access_always(world: World) -> None:
    before = access(world, ANNS)
    past = now().date() - timedelta(1)
    odd: list[list[dict[str, Any]]] = [[], [{"l": None}], [{}]]
    later = now().date() + timedelta(9)
    for given in (*odd, to(world, ann=past), to(world, ann=past, bob=past), to(world, carl=None),
                  to(world, bob=later), to(world, ann=later, bob=later),
                  to(world, dora=None)):  # fmt: skip
        world.save("ann", [], [{"m": ANNS, "to": given}])
        assert access(world, ANNS) == before


def test_who_loses_access_hears_of_nothing_more(world: World) -> None:
    with world.line("cody") as line:
        statement = "SELECT channel FROM mentorrollen.heads_of('North') WHERE mentee = %s"
        ((channel,),) = line.execute(statement.encode(), (ANNS,)).fetchall()
        line.execute(f'LISTEN "{channel}"'.encode())
        given = to(world, ann=None, bob=None)
        world.save("ann", [about(ANNS, 1)], [{"m": ANNS, "to": given}])
        line.execute("SELECT 1")
        list(line.notifies(timeout=0))
        world.save("ann", [about(ANNS, 2)])
        line.execute("SELECT 1")
        assert not list(line.notifies(timeout=0))
        assert not line.execute(statement.encode(), (ANNS,)).fetchall()
    with world.line("bob") as line:
        ((new,),) = line.execute(statement.encode(), (ANNS,)).fetchall()
    assert new != channel


def test_who_is_past_the_last_day_hears_of_nothing_more(world: World) -> None:
    channels = "SELECT channel FROM heads WHERE mentee = %s"
    before = world.rows(channels, ANNS)
    with world.line("ann") as line:
        line.execute("SELECT mentorrollen.tidy('North')")
    assert "cora" not in access(world, ANNS)
    assert world.rows(channels, ANNS) != before


def test_who_left_the_team_hears_of_nothing_more(server: Server, world: World) -> None:
    channels = "SELECT channel FROM heads WHERE team = 'North' AND mentee IN ('', %s)"
    before = set(world.rows(channels, ANNS))
    run(server, world.database, schema.revoke_script("North", world.names["cody"], None))
    assert not before & set(world.rows(channels, ANNS))


# -- the rest ---------------------------------------------------------------------------------


@pytest.mark.parametrize("mentee", [BOBS, DORAS, "3", None])
def test_nobody_says_to_be_at_a_mentee_of_others(world: World, mentee: str | None) -> None:
    before = world.everything()
    call = "SELECT mentorrollen.announce('North', 's', %s, %s, %s)"
    with world.line("ann") as line, pytest.raises(psycopg.Error) as error:
        line.execute(call.encode(), (AT, mentee, mentee))
    assert error.value.sqlstate == NO_ACCESS
    assert world.everything() == before


@pytest.mark.parametrize(
    ("since", "mentee", "place"),
    [
        (AT, "", BOBS),
        (AT, "", "/1300000000000000001"),
        (AT, ANNS, f"{BOBS}/1300000000000000001"),
        (AT, ANNS, ""),
        (AT, ANNS, None),
        ("2026-02-30T10:00:00+01:00", ANNS, ANNS),
        ("2026-02-03T24:00:00+01:00", ANNS, ANNS),
        ("2026-02-03T10:00:00", ANNS, ANNS),
        ("soon", ANNS, ANNS),
        (None, ANNS, ANNS),
    ],
)
def test_a_session_is_at_the_mentee_whom_it_names(
    world: World, since: str | None, mentee: str, place: str | None
) -> None:
    before = world.everything()
    call = "SELECT mentorrollen.announce('North', 's', %s, %s, %s)"
    with world.line("ann") as line, pytest.raises(psycopg.Error) as error:
        line.execute(call.encode(), (since, mentee, place))
    assert error.value.sqlstate == "22023"
    assert world.everything() == before


def test_nobody_speaks_or_leaves_for_another_session(world: World) -> None:
    before = world.rows("SELECT * FROM presence ORDER BY session")
    with world.line("bob") as line:
        line.execute("SELECT mentorrollen.announce('North', 'living-ann', %s, '', '')", (AT,))
        line.execute("SELECT mentorrollen.leave('North', 'living-ann')")
        line.execute("SELECT mentorrollen.leave('South', 'living-dora')")
    assert world.rows("SELECT * FROM presence ORDER BY session") == before


def test_who_leaves_is_not_there_any_more(world: World) -> None:
    with world.line("ann") as line:
        line.execute("SELECT mentorrollen.leave('North', 'living-ann')")
    sessions = {row[0] for row in world.rows("SELECT session FROM presence")}
    assert sessions == {"living-bob", "living-dora"}


def test_nobody_tidies_up_for_others(world: World) -> None:
    world.rows("UPDATE commits SET made_at = now() - interval '9 days'")
    world.rows("UPDATE private_commits SET made_at = now() - interval '9 days'")
    with world.line("carl") as line:
        line.execute("SELECT mentorrollen.tidy('North'), mentorrollen.tidy('South')")
    with world.line("bob") as line:
        line.execute("SELECT mentorrollen.tidy('North'), mentorrollen.tidy('South')")
    left = {row[0] for row in world.rows("SELECT mentee FROM commits")}
    assert {ANNS, DORAS} <= left
    authors = {row[0] for row in world.rows("SELECT author FROM private_commits")}
    assert authors == {world.names[one] for one in MENTORS} - {world.names["bob"]}


def test_nobody_deletes_what_others_keep_private_by_naming_it(world: World) -> None:
    person = "1700000000000000017"
    docs = [{"t": "people", "i": person, "d": {"name": "Bo"}}]
    found = world.rows("SELECT n FROM heads WHERE team = 'North' AND mentee = ''")
    world.save("bob", [{"m": "", "n": found[0][0], "docs": docs, "ops": [], "told": []}])
    form = {"t": "unfinished", "i": "1800000000000000018", "m": "", "d": {"about": person}}
    number = world.number("bob")
    world.save("bob", [{"own": True, "n": number, "docs": [form], "ops": []}])
    kept = "SELECT id FROM private_documents WHERE author = %s ORDER BY id"
    before = world.rows(kept, world.names["bob"])
    docs = [{"t": "notes", "i": person, "d": {"text": "mine", "mentee_id": ANNS}}]
    docs += [{"t": "notes", "i": "5", "d": {"text": "mine", "mentee_id": ANNS}}]
    world.save("ann", [{"m": ANNS, "n": 1, "docs": docs, "ops": [], "told": []}])
    number = world.number("ann")
    gone = [{"t": "notes", "i": person, "m": ANNS}, {"t": "notes", "i": "5", "m": ANNS}]
    part = {"own": True, "n": number, "docs": gone, "ops": []}
    with world.line("ann") as line:
        call = "SELECT mentorrollen.forget('North', 'f', 's', %s, 'mentee', %s, %s, '{}', '{}')"
        line.execute(call.encode(), (AT, ANNS, json.dumps([part])))
    assert not access(world, ANNS)
    assert world.rows(kept, world.names["bob"]) == before
