"""Somebody puts a document where a colleague's is going to be: it is neither merged nor shown.

Ids that are made of others can be worked out by whoever knows those, such as a former co-mentor.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from data.clock import now
from data.library import questions
from data.method.acting import SERVER_RULES
from data.method.made_ids import made_of
from data.method.mentorship.expectations import proposed_for
from data.method.talk.flow import TalkFlow
from data.method.talk.lifecycle import start_talk
from data.method.view import MenteeView
from data.queries.views import mentee_view
from data.records import Agreement, Answer, Mentee, Need, Postponed, Talk, new_id, part_id
from data.storage.postgres.twins import believe
from data.storage.protocol import Doc, Draft
from data.store.change import Change
from data.store.codec import encode
from data.store.left_drafts import changes_of_draft
from data.store.store import Store
from tests.data.storage.postgres.team_server import TeamServer
from tests.data.storage.postgres.test_of_colleague import Bo, given

WORDS = "Vera cries every night"


@pytest.fixture
def met(mets_store: Store) -> Store:
    return mets_store


@pytest.fixture
def bo(team: TeamServer) -> Bo:
    return Bo(team)


def a_mentee(store: Store) -> Mentee:
    mentee = Mentee(name="Vera", start=date(2026, 11, 2))
    store.commit([Change.created(mentee)])
    return mentee


def view(store: Store, mentee: Mentee) -> MenteeView:
    return mentee_view(store, store.get(Mentee, mentee.id) or mentee)


def opened_again(team: TeamServer, mentee: Mentee) -> MenteeView:
    """A mentee as another session of Met's sees them that begins now."""
    backend = team.backend("met", listening=False)
    found = view(Store(backend, by="met"), mentee)
    backend.close()
    return found


def settle(store: Store) -> None:
    for _time in range(3):
        store.pump()


def settle_until(store: Store, condition: Callable[[], object]) -> None:
    """Let a session hear what it is told, however long that takes on a busy machine."""
    end = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < end
        store.pump()
        time.sleep(0.01)


def shared(team: TeamServer, word: str) -> list[Any]:
    return team.server.execute(
        f"SELECT mentee, tbl, doc FROM mentorrollen.documents WHERE doc::text LIKE '%{word}%'",
        database=team.database,
    )


def plant(bo: Bo, where: str, place: tuple[str, str], doc: Doc) -> None:
    """Bo puts a document with an id where Met can see it: with the team, or with a mentee."""
    scope = "" if where == "the team" else where
    if where == "another mentee":
        scope = new_id()
        bo.save(bo.part(scope, ("mentees", scope, {"name": "x"})), to=("bo", "met"))
    bo.save(bo.part(scope, (*place, {**doc, "mentee_id": scope, "rev": 1})))


@pytest.mark.parametrize("where", ["the team", "another mentee", "the mentee"])
def test_a_private_answer_is_not_written_into_what_somebody_put_there(
    team: TeamServer, met: Store, bo: Bo, where: str
) -> None:
    mentee = a_mentee(met)
    if where == "the mentee":
        given(team, mentee.id, "bo")
    talk, changes = start_talk(view(met, mentee), now())
    met.commit(changes)
    key = next(
        one.key
        for one in TalkFlow(view(met, mentee), talk, questions("en")).steps
        if one.words.private
    )
    place = mentee.id if where == "the mentee" else where
    trap = "answers", part_id(talk.id, key)
    plant(bo, place, trap, {"private": False, "key": "x"})
    settle(met)

    flow = TalkFlow(view(met, mentee), talk, questions("en"))
    step = next(one for one in flow.steps if one.key == key)
    answer = flow.new_answer(step)
    met.begin_text(answer, "mentee", "Answer")
    for length in (5, len(WORDS)):
        found = met.get(Answer, answer.id)
        assert found is not None
        met.type_text(found, "mentee", WORDS[:length], "Answer")
        met.commit_typing()
        settle(met)
    assert shared(team, "Vera cries") == []
    kept = opened_again(team, mentee)
    assert [one.mentee for one in kept.answers if one.talk_id == talk.id] == [WORDS]


@pytest.mark.parametrize("where", ["the team", "another mentee"])
def test_what_is_private_in_part_is_not_written_there_either(
    team: TeamServer, met: Store, bo: Bo, where: str
) -> None:
    mentee = a_mentee(met)
    first = Need(mentee_id=mentee.id, area="Borgere")
    met.commit([Change.created(first)])
    id = part_id(first.id, "next round")
    plant(bo, where, ("needs", id), {"mentee_view": "x"})
    settle(met)
    met.commit([Change.created(replace(first, id=id, rev=0, mentor_view=WORDS))])
    assert shared(team, "Vera cries") == []


@pytest.mark.parametrize("where", ["the team", "another mentee"])
@pytest.mark.parametrize("when", ["before", "after"])
def test_what_somebody_put_there_earlier_hides_nothing(
    team: TeamServer, met: Store, bo: Bo, where: str, when: str
) -> None:
    mentee = a_mentee(met)
    id = part_id(mentee.id, Agreement.table)
    other = new_id()
    scope = "" if where == "the team" else other
    planted = bo.part(scope, (Agreement.table, id, {"mentee_id": scope, "rev": 1}))
    if scope:
        bo.save(bo.part(other, ("mentees", other, {"name": "x"})))
        planted["n"] = 1
    bo.save(planted)
    if when == "before" and scope:
        given(team, other, "met")
        settle(met)
    met.commit([Change.created(proposed_for(mentee.id))])
    assert view(met, mentee).agreement is not None
    rows = f"SELECT mentee FROM mentorrollen.documents WHERE id = '{id}'"
    found = {one for (one,) in team.server.execute(rows, database=team.database)}
    assert found == {scope, mentee.id}, "what is there is left alone"
    if when == "after" and scope:
        given(team, other, "met")
    settle(met)
    assert view(met, mentee).agreement is not None
    assert opened_again(team, mentee).agreement is not None
    met.commit([Change.edited(met.all(Agreement)[0], place="x y")])
    assert [one for one, *_rest in shared(team, "x y")] == [mentee.id]


def test_a_text_that_comes_back_is_not_written_into_what_others_see(
    team: TeamServer, met: Store
) -> None:
    id = part_id("1700000000000000001", "wellbeing")
    planted = Answer(id=id, mentee_id="1700000000000000003", talk_id="1", key="x")
    owner = Mentee(name="Vera")
    new = encode(Answer(id=id, mentee_id=owner.id, talk_id="2", key="wellbeing", private=True))
    draft = Draft("answers", id, "mentee", "", WORDS, "met", "", owner.id, new)

    def get(kind: type[Any], wanted: str) -> Any:
        return (
            {planted.id: planted, owner.id: owner}.get(wanted) if kind in {Answer, Mentee} else None
        )

    (change,) = changes_of_draft(draft, get)
    assert change.before is None
    assert isinstance(change.after, Answer)
    assert (change.after.mentee_id, change.after.private, change.after.mentee) == (
        owner.id,
        True,
        WORDS,
    )


# -- the rule, by values ------------------------------------------------------------------------

M, Z = "1700000000000000001", "1700000000000000002"
TALK = part_id(M, "talk:3")
DAY = date(2026, 1, 1)


@pytest.mark.parametrize(
    ("record", "of"),
    [
        (proposed_for(M), ("mentees", M)),
        (Talk(id=TALK, mentee_id=M, number=3), ("mentees", M)),
        (Talk(id=TALK, mentee_id=M, number=4), ("mentees", M)),
        (Talk(mentee_id=M, number=3), None),
        (Answer(id=part_id(TALK, "role"), mentee_id=M, talk_id=TALK, key="role"), ("talks", TALK)),
        (Answer(id=part_id(TALK, "role"), mentee_id=M, talk_id=TALK, key="x"), None),
        (
            Need(id=part_id("5", "next round"), mentee_id=M, area="a", earlier_id="5"),
            ("needs", "5"),
        ),
        (
            Postponed(id=part_id(M, "postponed:k"), mentee_id=M, key="k", until=date.min),
            ("mentees", M),
        ),
    ],
    ids=lambda one: getattr(one, "table", ""),
)
def test_an_id_is_made_of_what_its_record_is_about(record: Any, of: tuple[str, str] | None) -> None:
    assert made_of(record.table, record.id, encode(record)) == of
    if of == ("mentees", M):
        assert made_of(record.table, record.id, {**encode(record), "mentee_id": Z}) is None


def test_of_twins_the_one_is_believed_whose_id_is_made_of_what_it_is_about() -> None:
    answer = part_id(TALK, "role")
    real = {"mentee_id": M, "talk_id": TALK, "key": "role"}
    forged = {**real, "mentee_id": Z}
    tables: Any = {
        "answers": {answer: forged, "1": {"mentee_id": Z}, "2": {"mentee_id": ""}},
        "talks": {TALK: {"mentee_id": Z, "number": 3}},
        "people": {"3": {"name": "of the team"}},
    }
    twins: list[Any] = [("answers", answer, {**real, "mentee_id": ""}), ("answers", answer, real)]
    twins += [("talks", TALK, {"mentee_id": M, "number": 3}), ("answers", "1", {"mentee_id": M})]
    believe(tables, twins, SERVER_RULES)
    assert tables == {
        "answers": {answer: real, "1": {"mentee_id": Z}},
        "talks": {TALK: {"mentee_id": M, "number": 3}},
        "people": {"3": {"name": "of the team"}},
    }
