"""A colleague who deletes something for good takes nothing that is not theirs to delete.

They have a login, and plain SQL. What they can make up are ids: of people of the team's list, of
what they once saw, and those that are made of others.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import psycopg
import pytest

from data.clock import now
from data.method.acting import SERVER_RULES
from data.method.parting import PARTING
from data.records import part_id
from data.storage.deletion import Deletion, key, opaque
from data.storage.journal import to_json
from data.storage.ops import difference
from data.storage.postgres.backend import PostgresBackend
from data.storage.postgres.of_colleague import believed
from data.storage.protocol import Doc
from tests.data.storage.postgres.team_server import TeamServer
from tests.data.storage.postgres.test_backend import doc, edit, new

RULES = SERVER_RULES.merging
MAJA, BOS = "1000000000000000001", "1000000000000000002"
PERSON, NOTE, HIDDEN = (f"130000000000000000{n}" for n in (1, 2, 3))
CONFLICT, FORM = (f"140000000000000000{n}" for n in (1, 2))
TALK = part_id(MAJA, "talk:1")
UNKNOWN, UNKNOWN_PART = "1999999999999999999", part_id(BOS, "talk:1")
AT = "2026-01-02T10:00:00+01:00"


@pytest.fixture
def met(team: TeamServer) -> Iterator[PostgresBackend]:
    """Met has Maja, and keeps something private about her, and about nobody."""
    backend = team.backend("met")
    backend.load()
    note = {"mentee_id": MAJA, "kind": "note", "person_id": PERSON}
    backend.commit(
        [
            new("people", PERSON, name="Bo"),
            new("mentees", MAJA, name="Maja"),
            new("notes", NOTE, **note, text="shared", private=False),
            new("notes", HIDDEN, **note, text="hidden", private=True, talk_id=TALK),
            new("conflicts", CONFLICT, of_table="people", of_id=PERSON, of_field="name", mine="x"),
            new("unfinished", FORM, key=f"person:people:{PERSON}:", texts=PERSON),
        ],
        RULES,
    )
    yield backend
    backend.close()


class Bo:
    """A mentor of the team who writes SQL."""

    def __init__(self, team: TeamServer) -> None:
        self.team = team

    def run(self, statement: str, *values: object) -> list[Any]:
        address = self.team.server.address(self.team.database, "bo")
        with psycopg.connect(address, autocommit=True) as line:
            found = line.execute(statement.encode(), values)
            return found.fetchall()

    def part(self, scope: str, *docs: tuple[str, str, Doc | None]) -> Doc:
        rows = self.team.server.execute(
            f"SELECT n FROM mentorrollen.heads WHERE mentee = '{scope}'",
            database=self.team.database,
        )
        listed = [{"t": table, "i": id, "d": doc} for table, id, doc in docs]
        number = rows[0][0] if rows else 0
        ops = [difference(table, id, None, doc) for table, id, doc in docs if doc is not None]
        return {"m": scope, "n": number, "docs": listed, "ops": ops, "told": []}

    def save(self, *parts: Doc, to: tuple[str, ...] = ()) -> None:
        grants = [
            {"m": part["m"], "to": [{"l": one, "u": None} for one in to]} for part in parts if to
        ]
        self.run(
            "SELECT mentorrollen.save('team', %s, 's', %s, %s::json, %s::json)",
            f"c{json.dumps(parts)}"[:60],
            AT,
            json.dumps(parts),
            json.dumps(grants) if grants else None,
        )

    def forget(self, kind: str, mentee: str, *parts: Doc, at: str = AT) -> None:
        self.run(
            "SELECT mentorrollen.forget('team', %s, 's', %s, %s, %s, %s::json, '{}', '{}')",
            f"f{kind}{mentee}",
            at,
            kind,
            mentee,
            json.dumps(parts),
        )


@pytest.fixture
def bo(team: TeamServer) -> Bo:
    return Bo(team)


def given(team: TeamServer, mentee: str, login: str) -> None:
    """Give a login access to a mentee."""
    with team.as_owner() as line:
        line.execute(
            "INSERT INTO mentorrollen.access VALUES ('team', %s, %s, NULL)", (mentee, login)
        )


def private(team: TeamServer) -> list[Any]:
    """All that Met keeps private."""
    return team.server.execute(
        "SELECT tbl, id, mentee, doc::text FROM mentorrollen.private_documents"
        " WHERE author = 'met' ORDER BY tbl, id",
        database=team.database,
    )


def settle(backend: PostgresBackend) -> None:
    """Let a session do what it does about what it is told."""
    for _time in range(3):
        backend.poll()


@pytest.mark.parametrize("id", [PERSON, NOTE, HIDDEN, TALK, CONFLICT])
def test_a_mentee_made_of_any_id_takes_nothing_private_along(
    team: TeamServer, met: PostgresBackend, bo: Bo, id: str
) -> None:
    before = private(team)
    bo.save(bo.part("", ("people", PERSON, None)))  # else the id could be that of no mentee
    bo.save(bo.part(id, ("mentees", id, {"name": "x"})), to=("bo", "met"))
    settle(met)
    bo.forget("mentee", id)
    settle(met)
    assert private(team) == before
    again = team.backend("met", listening=False)
    own = again.load()
    assert {HIDDEN, NOTE} <= own["notes"].keys()
    assert CONFLICT in own["conflicts"]
    again.close()


@pytest.mark.parametrize("hours", [-1, 23])
def test_what_a_mentee_was_made_of_is_written_all_the_same(
    team: TeamServer, met: PostgresBackend, bo: Bo, hours: int
) -> None:
    """Such as the first talk: its id is made of the mentee's, and can be known before it is."""
    at = (now() + timedelta(hours=hours)).isoformat()
    bo.save(bo.part(TALK, ("mentees", TALK, {"name": "x"})), to=("bo", "met"))
    bo.forget("mentee", TALK, at=at)
    settle(met)
    met.commit([new("talks", TALK, mentee_id=MAJA, number=1, changed_at=AT)], RULES)
    met.commit([edit(met, "talks", TALK, number=2)], RULES)
    assert (doc(met, "talks", TALK) or {})["number"] == 2
    rows = team.server.execute(
        f"SELECT mentee FROM mentorrollen.documents WHERE id = '{TALK}'", database=team.database
    )
    assert rows == [(MAJA,)]


@pytest.mark.parametrize("kind", ["record", "earlier", "mentee"])
def test_a_document_that_is_there_can_be_written_whatever_is_said_to_have_gone(
    team: TeamServer, met: PostgresBackend, bo: Bo, kind: str
) -> None:
    given(team, MAJA, "bo")
    given(team, BOS, "bo")
    bo.save(bo.part(BOS, ("mentees", BOS, {"name": "x"})), to=("bo", "met"))
    planted = bo.part(
        MAJA, ("zzz", NOTE, {"mentee_id": MAJA}), ("zzz", HIDDEN, {"mentee_id": MAJA})
    )
    bo.save(planted)
    gone = bo.part(MAJA, ("zzz", NOTE, None), ("zzz", HIDDEN, None))
    bo.forget(kind, BOS if kind == "mentee" else MAJA, gone)
    settle(met)
    met.commit(
        [edit(met, "notes", NOTE, text="typed"), edit(met, "notes", HIDDEN, text="so")], RULES
    )
    again = team.backend("met", listening=False)
    notes = again.load()["notes"]
    assert (notes[NOTE]["text"], notes[HIDDEN]["text"]) == ("typed", "so")
    again.close()


def test_a_private_text_does_not_go_with_what_was_shared_under_its_id(
    team: TeamServer, met: PostgresBackend, bo: Bo
) -> None:
    given(team, MAJA, "bo")
    settle(met)
    answer = part_id(MAJA, "talk:1:role")
    met.commit([new("notes", answer, mentee_id=MAJA, text="mine", private=True)], RULES)
    bo.save(bo.part(MAJA, ("notes", answer, {"mentee_id": MAJA, "private": False, "text": "x"})))
    bo.forget("record", MAJA, bo.part(MAJA, ("notes", answer, None)))
    settle(met)
    again = team.backend("met", listening=False)
    assert again.load()["notes"][answer]["text"] == "mine"
    again.close()


def test_private_fields_go_with_the_document_whose_they_are(
    team: TeamServer, met: PostgresBackend, bo: Bo
) -> None:
    given(team, MAJA, "bo")
    fields = (
        "INSERT INTO mentorrollen.private_documents (team, author, tbl, id, mentee, doc)"
        " VALUES ('team', 'met', %s, %s, %s, %s)"
    )
    with team.as_owner() as line:
        for id in (NOTE, HIDDEN):
            line.execute(fields, ("notes.fields", id, MAJA, '{"text": "private"}'))
    bo.forget("record", MAJA, bo.part(MAJA, ("notes", NOTE, None)))
    left = [id for table, id, _mentee, _doc in private(team) if table == "notes.fields"]
    assert left == [HIDDEN]
    settle(met)
    assert NOTE not in met.known()["notes"]


@pytest.mark.parametrize("id", [NOTE, HIDDEN, TALK, CONFLICT, UNKNOWN, UNKNOWN_PART])
def test_no_answer_tells_whether_others_have_an_id(
    team: TeamServer, met: PostgresBackend, bo: Bo, id: str
) -> None:
    """Some are made of others, such as those of private answers, and can be worked out."""
    bo.save(bo.part(id, ("mentees", id, {"name": "x"})))
    bo.save(bo.part("", ("people", id, {"name": "x"})))
    bo.save(bo.part("", ("people", MAJA, {"name": "x"})))
    needed = "SELECT * FROM mentorrollen.needed_people('team', %s, %s)"
    assert bo.run(needed, id, [id, MAJA]) == []
    named = "SELECT * FROM mentorrollen.named_by_others('team', %s)"
    assert bo.run(named, [id, MAJA]) == []
    bo.forget("mentee", id, bo.part("", ("people", id, None)))
    ((docs,),) = bo.run("SELECT docs FROM mentorrollen.deletions_of('team', -1)")
    assert len(docs) == 1
    assert (doc(met, "mentees", MAJA) or {})["name"] == "Maja"


def test_who_never_had_access_is_told_next_to_nothing(
    team: TeamServer, met: PostgresBackend, bo: Bo
) -> None:
    note = {"t": "notes", "i": FORM, "m": MAJA, "d": {"mentee_id": MAJA}}
    bo.save({"own": True, "n": 0, "docs": [note], "ops": []})
    met_as = Bo(team)
    address = team.server.address(team.database, "met")
    with psycopg.connect(address, autocommit=True) as line:
        line.execute(
            "SELECT mentorrollen.forget('team', 'f', 's', %s, 'mentee', %s, '[]', '{}', %s)",
            (AT, MAJA, '{"notes": 2}'),
        )
        told = "SELECT by, counts, cardinality(docs) FROM mentorrollen.deletions_of('team', -1)"
        assert line.execute(told).fetchall() == [("met", '{"notes": 2}', 3)]
    assert met_as.run(told) == [("", "{}", 0)]


# -- the rule, by values ------------------------------------------------------------------------

SALT = "salt"


def told(*, by: str = "bo", there: bool = False, **what: Any) -> Deletion:
    """A deletion by somebody, as Met's session takes it."""
    made = Deletion("1", AT, by, "mentee", SALT, {}, **what)
    (found,) = believed([made], "met", PARTING, lambda _table, _id: there)
    return found


def digest(id: str, table: str = "") -> str:
    return opaque(SALT, key(table, id) if table else id)


OF_MAJA = {"mentee_id": MAJA, "kind": "note", "private": False, "person_id": PERSON}


@pytest.mark.parametrize("with_id", [True, False])
def test_a_colleague_takes_what_belongs_to_the_mentee_who_went(with_id: bool) -> None:
    gone = told(owners=frozenset({digest(MAJA), digest(PERSON)}))

    def takes(table: str, doc: Doc) -> bool:
        line = to_json(doc)
        return gone.takes(table, NOTE, b'"%s":%s' % (NOTE.encode(), line) if with_id else line)

    assert takes("notes", OF_MAJA)
    assert takes("notes", {**OF_MAJA, "private": True})
    assert takes("conflicts", {"mentee_id": MAJA})
    assert not takes("notes", {**OF_MAJA, "mentee_id": BOS})
    assert not takes("conflicts", {"of_table": "people", "of_id": PERSON})
    assert not takes("unfinished", {"key": f"a:b:{MAJA}"})
    assert (gone.knows(MAJA), gone.knows(BOS)) == (True, False)


def test_a_colleague_takes_by_its_id_what_is_shared_and_about_that_mentee() -> None:
    about: dict[str, Any] = {"docs": frozenset({digest(NOTE, "notes")}), "about": digest(MAJA)}
    gone = told(**about)
    assert gone.takes("notes", NOTE, to_json(OF_MAJA))
    assert not gone.takes("notes", NOTE, to_json({**OF_MAJA, "private": True}))
    assert not gone.takes("notes", NOTE, to_json({**OF_MAJA, "mentee_id": BOS}))
    assert not gone.takes("notes", NOTE, to_json({"text": "of the team"}))
    assert not gone.takes("notes", HIDDEN, to_json(OF_MAJA))
    assert not told(there=True, **about).takes("notes", NOTE, to_json(OF_MAJA))
    assert not gone.knows(NOTE)


def test_what_the_team_had_goes_by_its_id_if_everybody_saw_it() -> None:
    one = frozenset({digest(PERSON, "people")})
    assert told(docs=one, of_team=one).takes("people", PERSON, b"{}")
    assert not told(docs=one).takes("people", PERSON, b"{}")


def test_nothing_of_what_stays_is_changed_at_the_word_of_a_colleague() -> None:
    parts = {digest(NOTE, "notes"): {"text": True}}
    gone = told(docs=frozenset({digest(PERSON)}), parts=parts, about=digest(MAJA))
    for note in ({**OF_MAJA, "private": True}, {**OF_MAJA, "mentee_id": BOS}):
        whole = {**note, "text": "typed"}
        line = b'"%s":%s' % (NOTE.encode(), to_json(whole))
        assert gone.left_of("notes", NOTE, line) == whole
        assert told(by="met", docs=gone.docs, parts=parts).left_of("notes", NOTE, line) != whole
