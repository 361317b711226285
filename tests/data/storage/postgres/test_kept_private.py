"""What a co-mentor writes in a shared record makes nothing shared that is private in it.

They have a login with access to the mentee, and plain SQL.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from data.method.parting import open_document
from data.records import (
    Answer,
    Conflict,
    Correction,
    Mentee,
    Need,
    Note,
    NoteKind,
    Record,
    Talk,
    Task,
    part_id,
)
from data.storage.protocol import Doc, Draft
from data.store.change import Change
from data.store.codec import encode
from data.store.left_drafts import changes_of_draft
from data.store.store import Store
from tests.data.storage.postgres.team_server import TeamServer
from tests.data.storage.postgres.test_of_colleague import Bo, given
from tests.data.storage.postgres.test_twins import settle, settle_until, shared

SECRET = "hemmelighed"
DAY = date(2026, 11, 3)


@pytest.fixture
def met(team: TeamServer, mets_store: Store) -> Store:
    """Met has a mentee together with Bo."""
    mets_store.commit([Change.created(Mentee(id=M, name="Vera"))])
    given(team, M, "bo")
    settle(mets_store)
    return mets_store


M = "1700000000000000001"
TALK = Talk(id="1700000000000000002", mentee_id=M, number=1)
ANSWER = part_id(TALK.id, "occupied")


def written_by_bo(team: TeamServer, record: Record, **fields: object) -> None:
    """Bo changes fields of a shared document, to whatever he likes."""
    bo = Bo(team)
    ((found,),) = team.server.execute(
        f"SELECT doc FROM mentorrollen.documents WHERE id = '{record.id}'", database=team.database
    )
    bo.save(bo.part(M, (record.table, record.id, {**found, **fields})))


GARBAGE: list[Any] = [["x"], [{"on": "never", "field": "mentee"}], [5, None], {"a": 1}]


@pytest.mark.parametrize("garbage", GARBAGE, ids=str)
def test_a_private_correction_stays_so_beside_what_cannot_be_read(
    team: TeamServer, met: Store, garbage: object
) -> None:
    kept = Correction(on=DAY, field="mentee", before=SECRET, private=True)
    answer = Answer(
        id=ANSWER, mentee_id=M, talk_id=TALK.id, key="occupied", mentee="x", corrections=(kept,)
    )
    met.commit([Change.created(TALK), Change.created(answer)])
    written_by_bo(team, answer, corrections=garbage)
    settle(met)
    now = met.get(Answer, ANSWER)
    assert now is not None
    met.commit([Change.between(now, replace(now, mentor="more"))])
    settle(met)
    assert shared(team, '"more"')
    assert shared(team, SECRET) == []


@pytest.mark.parametrize("value", [False, 0, "x", None, []], ids=str)
def test_whoever_makes_an_answer_private_has_it_so(
    team: TeamServer, met: Store, value: object
) -> None:
    answer = Answer(id=ANSWER, mentee_id=M, talk_id=TALK.id, key="occupied", mentee="x")
    met.commit([Change.created(TALK), Change.created(answer)])
    written_by_bo(team, answer, private=value)  # Met has not heard of it yet
    met.commit([Change.between(answer, replace(answer, private=True, mentee=SECRET))])
    settle(met)
    found = met.get(Answer, ANSWER)
    assert found is not None
    assert (found.private, found.mentee) == (True, SECRET)
    assert shared(team, SECRET) == []
    assert met.all(Conflict) == []


def test_whoever_makes_a_note_a_doubt_has_it_private(team: TeamServer, met: Store) -> None:
    note = Note(mentee_id=M, text="x", private=False)
    met.commit([Change.created(note)])
    written_by_bo(team, note, kind="tip")
    met.commit([Change.between(note, replace(note, kind=NoteKind.DOUBT, text=SECRET))])
    settle(met)
    assert shared(team, SECRET) == []
    assert [one.text for one in met.all(Note)] == [SECRET]


@pytest.mark.parametrize(
    "view", ["\u200b", "\u00ad\u2060", " \n", *"\u3164\u2800\ufe00\u034f\u0301"]
)
def test_a_view_that_cannot_be_seen_opens_none(team: TeamServer, met: Store, view: str) -> None:
    need = Need(mentee_id=M, area="Borgere", mentor_view=SECRET)
    met.commit([Change.created(need)])
    written_by_bo(team, need, mentee_view=view)
    settle(met)
    now = met.get(Need, need.id)
    assert now is not None
    met.commit([Change.between(now, replace(now, area="Tilsyn"))])
    assert shared(team, "Tilsyn")
    assert shared(team, SECRET) == []


def test_a_new_view_that_would_be_open_is_kept_as_a_conflict(team: TeamServer, met: Store) -> None:
    """A need of the next round has an id that can be worked out, and so can be there already."""
    first = Need(mentee_id=M, area="Borgere")
    met.commit([Change.created(first)])
    id = part_id(first.id, "next round")
    bo = Bo(team)
    planted = {"mentee_id": M, "area": "x", "mentee_view": "seen", "rev": 1}
    bo.save(bo.part(M, ("needs", id, planted)))
    met.commit([Change.created(replace(first, id=id, mentor_view=SECRET))])
    settle(met)
    assert shared(team, SECRET) == []
    assert [one.mine for one in met.all(Conflict) if one.of_field == "mentor_view"] == [SECRET]


@pytest.mark.parametrize("who", ["bo", "met"])
def test_what_was_typed_privately_goes_into_nothing_that_somebody_else_put_in_its_place(
    team: TeamServer, met: Store, who: str
) -> None:
    """Another session of Met's has deleted the note, or shared it, and this one has not heard."""
    note = Note(mentee_id=M, text="x", private=True)
    met.commit([Change.created(note)])
    backend = team.backend("met", listening=False)
    other = Store(backend, by="met")
    if who == "met":
        other.commit([Change.edited(other.all(Note)[0], private=False)])
    else:
        other.commit([Change.deleted(other.all(Note)[0])])
        bo = Bo(team)
        bo.save(bo.part(M, ("notes", note.id, {**encode(note), "private": False})))
    backend.close()
    met.commit([Change.between(note, replace(note, text=SECRET))])
    settle(met)
    assert bool(shared(team, SECRET)) is (who == "met")
    assert [one.mine for one in met.all(Conflict)] == ([] if who == "met" else [SECRET])


@pytest.mark.parametrize("key", ["occupied", "wellbeing"])
def test_a_private_text_of_a_dead_session_does_not_come_back_into_a_shared_one(key: str) -> None:
    id = part_id(TALK.id, key)
    owner = Mentee(id=M, name="Vera")
    planted = Answer(id=id, mentee_id=M, talk_id="0", key="x")
    new = encode(Answer(id=id, mentee_id=M, talk_id=TALK.id, key=key, private=True))
    draft = Draft("answers", id, "mentee", "", SECRET, "met", "", M, new)

    def get(kind: type[Any], wanted: str) -> Any:
        return {(Answer, id): planted, (Mentee, M): owner}.get((kind, wanted))

    (change,) = changes_of_draft(draft, get)
    assert (change.before, isinstance(change.after, Answer)) == (None, True)
    assert getattr(change.after, "private", False)


@pytest.mark.parametrize(
    ("field", "value", "left"),
    [
        ("corrections", ["x", {"private": True, "before": SECRET}], ["x"]),
        ("corrections", [{"private": 1, "before": SECRET}, {"on": 5}], [{"on": 5}]),
        ("pulse", {"role": SECRET, "a": 1}, None),
    ],
)
def test_what_cannot_be_read_is_open_only_where_nothing_private_is_in_it(
    field: str, value: object, left: object
) -> None:
    doc: Doc = {**encode(Answer(mentee_id=M, talk_id="1", key="occupied")), field: value}
    found = open_document("answers", "1", doc)
    assert found is not None
    assert found.get(field) == left


def test_a_record_that_lacks_what_the_program_writes_is_deleted_all_the_same(
    team: TeamServer, met: Store
) -> None:
    """What the user saw is that document; the record has more fields than it."""
    bo, id = Bo(team), "1700000000000000009"
    bo.save(bo.part(M, ("tasks", id, {"mentee_id": M, "rev": 1, "title": "x"})))
    settle_until(met, lambda: met.all(Task))
    (task,) = met.all(Task)
    met.commit([Change.deleted(task)])
    settle(met)
    assert met.all(Task) == []
    assert shared(team, '"title"') == []
