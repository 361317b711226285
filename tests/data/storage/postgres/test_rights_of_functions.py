"""What each login gets from each function, whatever it asks for, and what it can change by them.

A function that is added is found by itself. It needs a row in `CALLED`, if members may call it, and
names for its arguments that `VALUES` knows.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any, Final

import psycopg
import pytest

from tests.data.storage.postgres.world import (
    LOGINS,
    MENTEES,
    MENTORS,
    TEAMS,
    World,
    told,
    told_apart,
)
from tests.tools.prepared import AT

CALLED: Final = {
    "access_to(text,text)",
    "announce(text,text,text,text,text)",
    "colleagues_of(text,text)",
    "commits_after(text,text[],bigint[])",
    "count_earlier(text,text)",
    "deletions_of(text,bigint)",
    "documents_of(text)",
    "forget(text,text,text,text,text,text,json,json,json)",
    "heads_of(text)",
    "history_of(text,text)",
    "leave(text,text)",
    "lives(text)",
    "memberships()",
    "mentors_of(text)",
    "named_by_others(text,text[])",
    "needed_people(text,text,text[])",
    "own_published(text)",
    "present(text)",
    "private_commits_after(text,bigint)",
    "private_documents_of(text)",
    "private_head_of(text)",
    "publish(text,text,boolean)",
    "published_in(text)",
    "release(text,text,text[],text,json)",
    "released_about(text)",
    "released_to_me(text)",
    "salt_of(text)",
    "save(text,text,text,text,json,json)",
    "take_history(text,text,json)",
    "tidy(text)",
    "unpublish(text)",
    "withdraw(text,text,text[],text)",
}
"""The functions that members may call. Nobody else may call any."""
CHANGE: Final = {
    "announce",
    "forget",
    "leave",
    "publish",
    "release",
    "save",
    "take_history",
    "tidy",
    "unpublish",
    "withdraw",
}
"""Those that change something."""
SCOPES: Final = (*MENTEES.values(), "")
ALL_SCOPES: Final = f"ARRAY[{', '.join(repr(one) for one in SCOPES)}]"
VALUES: Final[dict[str, tuple[str, ...]]] = {
    "p_team": (*(repr(one) for one in TEAMS), "NULL"),
    "p_mentee": (*(repr(one) for one in SCOPES), "NULL"),
    "p_mentees": (ALL_SCOPES, "ARRAY[NULL]::text[]", "NULL"),
    "p_numbers": (f"ARRAY[{', '.join('0' for one in SCOPES)}]::bigint[]", "ARRAY[-1]::bigint[]"),
    "p_number": ("0", "-9223372036854775808", "NULL"),
    "p_session": ("'living-ann'", "'mine'"),
    "p_id": ("'id'",),
    "p_at": (repr(AT),),
    "p_since": (repr(AT),),
    "p_place": ("'here'",),
    "p_parts": ("'[]'", "'{}'", "'[{}]'", "NULL"),
    "p_tables": ("ARRAY['mentees', 'notes']",),
    "p_ids": (ALL_SCOPES, "ARRAY['secret-mentee-ann']"),
    "p_after": ("0", "-1", "NULL"),
    "p_cut": ("'{}'",),
    "p_people": ("ARRAY['1', '5']", "NULL"),
    "p_rows": ("'[]'", "'[{}]'", "NULL"),
    "p_kind": ("'mentee'", "'private'", "'mentor'", "'coordinator'", "'manager'", "NULL"),
    "p_counts": ("'{}'", "NULL"),
    "p_to": ("ARRAY['postgres']", "NULL"),
    "p_from": ("'{}'", "NULL"),
    "p_doc": ("'{}'",),
    "p_grants": ("NULL", "'[{}]'"),
    "p_first": ("true", "false", "NULL"),
}
"""Name of an argument -> what is tried for it, as SQL has it."""
FEWER: Final[dict[str, dict[str, tuple[str, ...]]]] = {
    "forget": {"p_parts": ("'[]'",), "p_session": ("'mine'",), "p_counts": ("'{}'",)},
}
"""Name of a function -> what is tried for it instead, where there would be too much."""
SETTINGS: Final = {
    "usual": [],
    "tables of one's own come first": [
        "CREATE TEMP TABLE members AS SELECT 'South' AS team, session_user::text AS login,"
        " 'mentor' AS kind, '' AS name, '' AS channel UNION ALL SELECT 'North',"
        " session_user::text, 'mentor', '', ''",
        "CREATE TEMP TABLE access AS SELECT 'North' AS team, '1100000000000000011' AS mentee,"
        " session_user::text AS login, NULL::date AS until",
        "CREATE FUNCTION pg_temp.my_teams() RETURNS SETOF text LANGUAGE sql AS"
        " 'VALUES (''North''), (''South'')'",
        "CREATE FUNCTION pg_temp.today() RETURNS date LANGUAGE sql AS 'SELECT date ''2000-1-1'''",
        "CREATE FUNCTION pg_temp.same(text, text) RETURNS bool LANGUAGE sql AS 'SELECT true'",
        "CREATE OPERATOR pg_temp.= (LEFTARG = text, RIGHTARG = text, FUNCTION = pg_temp.same)",
        "SET LOCAL search_path = pg_temp, mentorrollen, pg_catalog",
    ],
    "a week ago": ["SET LOCAL timezone = 'XXX+167'"],
    "without policies": ["SET LOCAL row_security = off"],
    "as the role": ["SET ROLE mentorrollen_member"],
    "in a cursor": ["DECLARE c CURSOR FOR {call}", "FETCH ALL FROM c"],
    "explained": ["EXPLAIN (ANALYZE, VERBOSE, BUFFERS, FORMAT JSON) {call}"],
    "said in full": [
        "SET LOCAL client_min_messages = debug5",
        "SET LOCAL debug_print_parse = on",
        "SET LOCAL debug_print_rewritten = on",
        "SET LOCAL debug_print_plan = on",
        "SET LOCAL debug_pretty_print = on",
    ],
}
"""What somebody may do before a call, to have more from it."""


@pytest.fixture(scope="module")
def world(first_world: World) -> Iterator[World]:
    made = World.copy_of(first_world)
    yield made
    made.close()


def functions(world: World) -> list[tuple[str, str, list[str]]]:
    """The functions of the schema: signature, name, and the names of what they are given."""
    statement = """
    SELECT p.oid::regprocedure::text, p.proname,
           coalesce(p.proargnames[1:p.pronargs], '{}')
    FROM pg_proc p WHERE p.pronamespace = 'mentorrollen'::regnamespace ORDER BY 1"""
    return [(row[0].replace("mentorrollen.", ""), row[1], row[2]) for row in world.rows(statement)]


def calls(name: str, given: list[str]) -> Iterator[str]:
    """All calls of a function with the values that are tried."""
    values_of = VALUES | FEWER.get(name, {})
    for values in product(*(values_of[one] for one in given)):
        yield f"SELECT * FROM mentorrollen.{name}({', '.join(values)})"


@pytest.mark.parametrize("login", LOGINS)
def test_members_call_what_is_named_here_and_nobody_calls_anything_else(
    world: World, login: str
) -> None:
    for signature, _name, _given in functions(world):
        statement = "SELECT has_function_privilege(%s, %s::regprocedure, 'EXECUTE')"
        ((may,),) = world.rows(statement, world.names[login], f"mentorrollen.{signature}")
        assert may == (signature in CALLED and login != "zed"), signature


def test_everybody_is_let_into_no_function(world: World) -> None:
    open_to_all = world.rows("""
        SELECT p.oid::regprocedure::text FROM pg_proc p, aclexplode(coalesce(
          p.proacl, acldefault('f', p.proowner))) one
        WHERE p.pronamespace = 'mentorrollen'::regnamespace AND one.grantee = 0""")
    assert not open_to_all


def test_what_runs_with_more_rights_looks_for_names_where_nobody_else_puts_any(
    world: World,
) -> None:
    loose = world.rows("""
        SELECT p.oid::regprocedure::text FROM pg_proc p
        WHERE p.pronamespace = 'mentorrollen'::regnamespace AND p.prosecdef
        AND NOT 'search_path=mentorrollen, pg_temp' = ANY (coalesce(p.proconfig, '{}'))""")
    assert not loose


@pytest.mark.parametrize("before", SETTINGS)
@pytest.mark.parametrize("login", ["bob", "cora", "dora", "carl", "stan", "zed"])
def test_no_function_tells_a_word_of_others(world: World, login: str, before: str) -> None:
    kept = world.everything()
    first, each = SETTINGS[before], ["{call}"]
    if "{call}" in "".join(first):
        first, each = [], first
    with world.line(login) as line, line.transaction(force_rollback=True):
        said, state = told(line, *first, stay=True)
        assert not world.leaks(login, said), before
        if not state:
            line.execute("SAVEPOINT apart")
        for signature, name, given in functions(world) if not state else ():
            for call in calls(name, given) if signature in CALLED else ():
                said = told_apart(line, *(one.format(call=call) for one in each))
                leaks = [word for word in world.leaks(login, said) if word not in call]
                assert not leaks, (before, call)
    assert not state or (login, before) == ("zed", "as the role"), state
    assert world.everything() == kept, "what was done has been taken back"


def test_each_sees_its_own(world: World) -> None:
    """So that the tests above do not pass because nobody sees anything."""
    seen: dict[str, set[str]] = {}
    for login in LOGINS:
        with world.line(login) as line:
            said = ""
            for signature, name, given in functions(world):
                if signature in CALLED and name not in CHANGE:
                    said += "".join(told(line, call)[0] for call in calls(name, given))
        seen[login] = {word for word in world.words if word in said}
    for word, may in world.words.items():
        for login in may:
            assert word in seen[login], (login, word)


@pytest.mark.parametrize("login", ["bob", "dora", "carl", "stan"])
def test_explain_says_the_same_however_much_others_have(world: World, login: str) -> None:
    def plans() -> list[tuple[str, Any]]:
        found = []
        with world.line(login) as line:
            for signature, name, given in functions(world):
                for call in calls(name, given) if signature in CALLED else ():
                    try:
                        with line.transaction(force_rollback=True):
                            how = "EXPLAIN (ANALYZE, VERBOSE, TIMING OFF, SUMMARY OFF, BUFFERS OFF)"
                            rows = line.execute(f"{how} {call}".encode()).fetchall()
                    except psycopg.Error as error:
                        rows = [(str(error),)]
                    found.append((call, rows))
        return found

    before = plans()
    docs = [{"t": "notes", "i": str(n), "m": "9", "d": {"text": "x"}} for n in range(100, 180)]
    number = world.number("ann")
    world.save("ann", [{"own": True, "n": number, "docs": docs, "ops": []}])
    world.rows("ANALYZE")
    assert plans() == before


def test_a_co_mentor_sees_a_mentee_on_the_last_day_and_not_on_the_next(world: World) -> None:
    for zone in ("UTC", "Pacific/Kiritimati", "XXX+167", "XXX-167"):
        for login, may in (("cody", True), ("cora", False)):
            with world.line(login) as line:
                line.execute(f"SET timezone = '{zone}'".encode())
                rows = line.execute("SELECT mentee FROM mentorrollen.heads_of('North')").fetchall()
                assert ((MENTEES["ann"],) in rows) is may, (login, zone)


def test_a_transaction_that_is_kept_open_keeps_nobody_in(world: World) -> None:
    login = world.names["cody"]
    with world.line("cody") as line, line.transaction():
        statement = "SELECT count(*) FROM mentorrollen.heads_of('North')"
        assert line.execute(statement.encode()).fetchone() == (2,)
        taken = "DELETE FROM access WHERE login = %s RETURNING until"
        ((until,),) = world.rows(taken, login)
        assert line.execute(statement.encode()).fetchone() == (1,)
    world.rows("INSERT INTO access VALUES ('North', %s, %s, %s)", MENTEES["ann"], login, until)


def test_the_version_is_all_that_a_mentor_reads_of_the_tables_themselves(world: World) -> None:
    for login in MENTORS:
        with world.line(login) as line:
            assert line.execute("SELECT version FROM mentorrollen.meta").fetchall() == [(1,)]


def test_nobody_finds_out_by_guessing_what_others_have_written(world: World) -> None:
    docs = [{"t": "people", "i": "secret-mentee-ann", "d": {"name": "x"}}]
    found = world.rows("SELECT n FROM heads WHERE team = 'North' AND mentee = ''")
    world.save("bob", [{"m": "", "n": found[0][0], "docs": docs, "ops": [], "told": []}])
    call = "SELECT mentorrollen.named_by_others('North', '{secret-mentee-ann}')"
    with world.line("bob") as line:
        assert not line.execute(call.encode()).fetchall()
