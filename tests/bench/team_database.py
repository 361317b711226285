"""Databases of a server with any number of mentees in them, made by SQL so that it takes minutes.

A team is 25 mentors and 100 mentees. Each mentor sees five mentees: four as mentor, and one as
co-mentor of the colleague before. A mentee has 41 documents, some 27 KB; ten of them are notes that
are private to the mentor. Everything in them is the same in each run.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import Final

import psycopg

from data.records import Note, Record
from data.storage.journal import to_json
from data.storage.postgres.schema import init_script
from data.store.codec import encode
from tests.bench.population import of_one
from tests.tools.postgres import Server

MENTORS: Final = 25
"""How many mentors a team has."""
MENTEES: Final = 100
"""How many mentees it has: each is seen by a mentor and, a quarter of them, by a co-mentor too."""
OWN: Final = MENTEES // MENTORS
FIRST: Final = 1_790_000_000_000_000_000
"""The id of the first mentee; the next ones follow by `STEP`, with those of its documents."""
STEP: Final = 1000
NOTE_LETTERS: Final = 790
"""How long a note is, so that a mentee has some 27 KB."""

_FILL: Final = """
INSERT INTO teams SELECT 't' || lpad(t::text, 5, '0') FROM generate_series(0, {teams} - 1) t;
INSERT INTO members (team, login, kind, name)
SELECT 't' || lpad(t::text, 5, '0'), 'm' || t || '_' || m, 'mentor', 'Mentor ' || m
FROM generate_series(0, {teams} - 1) t, generate_series(0, {mentors} - 1) m;

CREATE TEMP TABLE mentee AS
SELECT 't' || lpad((k / {mentees})::text, 5, '0') AS team, {first} + k * {step} AS id,
       'm' || k / {mentees} || '_' || k % {mentees} / {own} AS mentor,
       'm' || k / {mentees} || '_' || (k % {mentees} / {own} + 1) % {mentors} AS colleague,
       k % {own} = 0 AS shared
FROM generate_series(0, {teams}::bigint * {mentees} - 1) k;

INSERT INTO access (team, mentee, login) SELECT team, id::text, mentor FROM mentee;
INSERT INTO access (team, mentee, login) SELECT team, id::text, colleague FROM mentee WHERE shared;
INSERT INTO heads (team, mentee, n) SELECT team, id::text, 1 FROM mentee;
INSERT INTO documents (team, mentee, tbl, id, doc)
SELECT m.team, m.id::text, s.tbl, (m.id + s.at)::text, replace(s.doc, '@', m.id::text)::json
FROM mentee m, sample s WHERE NOT s.private ORDER BY m.id, s.tbl, s.at;
INSERT INTO private_documents (team, author, tbl, id, mentee, doc)
SELECT m.team, m.mentor, s.tbl, (m.id + s.at)::text, m.id::text,
       replace(s.doc, '@', m.id::text)::json
FROM mentee m, sample s WHERE s.private ORDER BY m.team, m.mentor, s.tbl, m.id, s.at;
UPDATE private_heads SET n = 1;
INSERT INTO history (team, mentee, n, place, at, by, tbl, id, kind, fields)
SELECT m.team, m.id::text, 1, s.at, '2026-05-01T09:00:00+02:00', m.mentor, s.tbl,
       (m.id + s.at)::text, 'new', '{{}}'
FROM mentee m, sample s WHERE NOT s.private ORDER BY m.id, s.at;
"""


def login(team: int, mentor: int) -> str:
    """The login of a mentor, whose team is `team_name`."""
    return f"m{team}_{mentor}"


def team_name(team: int) -> str:
    """The name of a team, by its number."""
    return f"t{team:05}"


def sample() -> list[tuple[str, int, str, bool]]:
    """The documents of one mentee: table, what is added to its id, JSON with @ for it, private."""
    found = []
    records = list(islice(of_one(1, 12, 8, 20), 41))
    mentee = records[0].id
    for at, record in enumerate(records):
        one = _longer(record, at)
        private = isinstance(one, Note) and one.private
        doc = {**encode(one), "rev": 1, "created_at": "2026-05-01T09:00:00+02:00"}
        doc |= {"changed_at": "2026-05-01T09:00:00+02:00", "changed_by": "met"}
        text = to_json(doc).decode().replace(mentee, "@")
        found.append((one.table, at, text, private))
    return found


def _longer(record: Record, at: int) -> Record:
    """A note as long as they are, every second one private; other records as they are."""
    if not isinstance(record, Note):
        return record
    text = (record.text * (NOTE_LETTERS // len(record.text) + 1))[:NOTE_LETTERS]
    return replace(record, text=text, private=at % 2 == 0)


def fill(server: Server, mentees: int) -> str:
    """Make a database with so many mentees, a multiple of 100; return its name.

    The server should run without fsync meanwhile.
    """
    database = server.database()
    server.execute(init_script(), database=database)
    with psycopg.connect(server.address(database)) as line:
        line.execute("SET search_path = mentorrollen, pg_temp")
        line.execute("SET work_mem = '256MB'")
        line.execute("CREATE TEMP TABLE sample (tbl text, at integer, doc text, private boolean)")
        with line.cursor() as cursor:
            cursor.executemany("INSERT INTO sample VALUES (%s, %s, %s, %s)", sample())
        values = {"teams": mentees // MENTEES, "mentors": MENTORS, "mentees": MENTEES}
        filled = _FILL.format(**values, own=OWN, first=FIRST, step=STEP)
        line.execute(filled.encode())
    server.execute("VACUUM (FREEZE, ANALYZE)", database=database)
    return database


def let_in(server: Server, teams: list[int]) -> None:
    """Make the logins of all mentors of these teams, for all databases of the server."""
    for team in teams:
        for mentor in range(MENTORS):
            name = login(team, mentor)
            known = server.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", name)
            if not known:
                server.execute(f"CREATE ROLE {name} LOGIN IN ROLE mentorrollen_member")


def disk_bytes(server: Server, database: str) -> int:
    """How many bytes a database takes."""
    ((found,),) = server.execute("SELECT pg_database_size(%s)", database)
    return int(found)
