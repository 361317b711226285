"""In a team file what is private lies in its author's own file, and is there for nobody else."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

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
)
from data.storage.problems import ErrorKind, StorageError
from data.storage.split.pair import Pair
from data.store import saver
from data.store.change import Change, together
from data.store.opening import open_store
from data.store.store import Store
from tests.data.store.team_tools import Team

WORD = "KANARIE"


@pytest.fixture
def team(tmp_path: Path) -> Team:
    return Team(tmp_path)


def texts(store: Store) -> set[str]:
    """All words of notes, answers and needs that a session has."""
    found = [
        *((one.text, one.answer) for one in store.all(Note)),
        *((one.mentee, one.mentor, *one.pulse.values()) for one in store.all(Answer)),
        *((one.mentor_view, one.mentee_view) for one in store.all(Need)),
        *((one.mine,) for one in store.all(Conflict)),
    ]
    return {text for some in found for text in some if text}


PRIVATE: dict[str, Callable[[Mentee], Record]] = {
    "note": lambda m: Note(mentee_id=m.id, text=WORD),
    "doubt": lambda m: Note(mentee_id=m.id, text=WORD, kind=NoteKind.DOUBT, private=False),
    "answer": lambda m: Answer(mentee_id=m.id, talk_id="", key="a", mentor=WORD, private=True),
    "wellbeing": lambda m: Answer(mentee_id=m.id, talk_id="", key="wellbeing", mentee=WORD),
    "pulse": lambda m: Answer(mentee_id=m.id, talk_id="", key="a", pulse={"role": WORD}),
    "view": lambda m: Need(mentee_id=m.id, area="Tilsyn", mentor_view=WORD),
    "conflict": lambda m: Conflict(
        of_table="notes", of_id="1", of_field="text", mine=WORD, mentee_id=m.id
    ),
}


@pytest.mark.parametrize("what", PRIVATE)
def test_what_is_private_is_its_authors_alone(team: Team, what: str) -> None:
    record = PRIVATE[what](team.add_mentee())
    with team.as_("met") as store:
        store.commit([Change.created(record)])
        assert WORD in texts(store)
    assert team.found(WORD) == []
    (own,) = (one for one in team.found_at("met", WORD) if one.endswith(".json"))
    assert stat.S_IMODE((team.home("met") / own).stat().st_mode) == 0o600
    for reading in (True, False):
        with team.as_("bo", reading=reading) as store:
            assert WORD not in texts(store)
        with team.as_("met", reading=reading) as store:
            assert WORD in texts(store)
            assert store.all(type(record))[0].id == record.id


def test_a_note_is_shared_and_made_private_again_with_undo_and_redo(team: Team) -> None:
    note = Note(mentee_id=team.add_mentee().id, text=WORD)
    with team.as_("met") as store:
        store.commit([Change.created(note)])

        def seen() -> tuple[int, int]:
            with team.as_("bo") as later:
                return len(store.all(Note)), len(later.all(Note))

        assert seen() == (1, 0)
        store.commit([Change.edited(store.all(Note)[0], private=False)], "share")
        assert seen() == (1, 1)
        store.commit([Change.edited(store.all(Note)[0], private=True)], "keep")
        assert seen() == (1, 0)
        store.undo()
        assert seen() == (1, 1)
        store.undo()
        assert seen() == (1, 0)
        store.redo()
        assert seen() == (1, 1)
        store.redo()
        assert seen() == (1, 0)
        assert store.all(Note)[0].text == WORD


def test_each_has_a_view_of_a_need_until_the_mentee_has_given_theirs(team: Team) -> None:
    need = Need(mentee_id=team.add_mentee().id, area="Tilsyn")
    with team.as_("met") as store:
        store.commit([Change.created(need)])
        store.commit([Change.edited(need_of(store), mentor_view="Mets syn")])
    with team.as_("bo") as store:
        assert texts(store) == set()
        store.commit([Change.edited(need_of(store), mentor_view="Bos syn")])
        assert texts(store) == {"Bos syn"}
    assert team.found("Mets syn") + team.found("Bos syn") == []
    with team.as_("met") as store:
        assert texts(store) == {"Mets syn"}
        store.commit([Change.edited(need_of(store), mentee_view="Mentees eget")])
    assert team.found("Mets syn") != []
    with team.as_("bo") as store:
        assert need_of(store).mentor_view == "Mets syn"
        assert texts(store) == {"Mets syn", "Mentees eget", "Bos syn"}
        (kept,) = store.all(Conflict)
        assert (kept.mine, kept.theirs, kept.of_field) == ("Bos syn", "Mets syn", "mentor_view")
        assert kept.mentee_id == need.mentee_id
    assert team.found("Bos syn") == []
    with team.as_("bo") as store:
        assert len(store.all(Conflict)) == 1
    with team.as_("met") as store:
        assert texts(store) == {"Mets syn", "Mentees eget"}


def need_of(store: Store) -> Need:
    (need,) = store.all(Need)
    return need


def test_a_view_that_the_other_made_open_is_ones_own_until_it_is_saved(team: Team) -> None:
    need = Need(mentee_id=team.add_mentee().id, area="Tilsyn", mentor_view="Mets syn")
    with team.as_("met") as store:
        store.commit([Change.created(need)])
    with team.as_("bo") as store:
        store.commit([Change.edited(need_of(store), mentee_view="Mentees eget")])
    with team.as_("met") as store:
        assert texts(store) == {"Mets syn", "Mentees eget"}
    assert team.found("Mets syn") == []
    with team.as_("met") as store:
        store.commit([Change.edited(need_of(store), need="Aftalt")])
    with team.as_("bo") as store:
        assert texts(store) == {"Mets syn", "Mentees eget"}
    assert not team.own_tables("met").get("needs.fields")


def test_what_was_written_while_an_answer_was_private_stays_so(team: Team) -> None:
    mentee = team.add_mentee()
    old = Correction(on=date(2026, 11, 1), field="mentor", before=WORD, private=True)
    open_ones = [
        Correction(on=date(2026, 11, day), field="mentor", before=f"aaben {day}")
        for day in (1, 2, 3)
    ]
    corrections = (open_ones[0], old, *open_ones[1:])
    answer = Answer(mentee_id=mentee.id, talk_id="", key="a", mentor="nu", corrections=corrections)
    with team.as_("met") as store:
        store.commit([Change.created(answer)])
        assert store.all(Answer)[0].corrections == corrections
    assert team.found(WORD) == []
    with team.as_("bo") as store:
        (found,) = store.all(Answer)
        assert found.corrections == tuple(open_ones)
        store.commit([Change.edited(found, mentor="nu af Bo")])
    with team.as_("met") as store:
        (found,) = store.all(Answer)
        assert (found.corrections, found.mentor) == (corrections, "nu af Bo")


def test_two_who_write_the_same_answer_for_themselves(team: Team) -> None:
    mentee = team.add_mentee()
    mine, theirs = (
        Answer(id="91", mentee_id=mentee.id, talk_id="", key="a", mentor=text, private=True)
        for text in ("af Met", "af Bo")
    )
    with team.as_("met") as met, team.as_("bo") as bo:
        met.commit([Change.created(mine)])
        bo.commit([Change.created(theirs)])
        assert (texts(met), texts(bo)) == ({"af Met"}, {"af Bo"})
        met.commit([Change.edited(met.all(Answer)[0], private=False)])
    with team.as_("bo") as bo:
        assert texts(bo) == {"af Bo"}
        bo.commit([Change.edited(bo.all(Answer)[0], private=False)])
        assert texts(bo) == {"af Met\naf Bo"} or texts(bo) == {"af Bo\naf Met"}
    assert not team.own_tables("bo").get("answers")
    with team.as_("met") as met:
        assert "af Bo" in met.all(Answer)[0].mentor


def test_a_deletion_takes_what_is_in_both_files_or_nothing(team: Team) -> None:
    mentee = team.add_mentee()
    talk = Talk(mentee_id=mentee.id, number=1)
    answers = [
        Answer(mentee_id=mentee.id, talk_id=talk.id, key=key, mentor=key, private=key == "a")
        for key in ("a", "b")
    ]
    with team.as_("met") as store:
        store.commit([Change.created(one) for one in (talk, *answers)])
        store.commit(
            together([Change.deleted(one) for one in (*store.all(Answer), *store.all(Talk))])
        )
        assert (store.all(Answer), store.all(Talk)) == ([], [])
        store.undo()
        assert texts(store) == {"a", "b"}
    with team.as_("bo") as other:
        assert texts(other) == {"b"}
    with team.as_("met") as store:
        changes = [Change.deleted(one) for one in (*store.all(Answer), *store.all(Talk))]
        with team.as_("bo") as other:
            other.commit([Change.edited(other.all(Answer)[0], mentor="b af Bo")])
        store.commit(together(changes))
        assert texts(store) == {"a", "b af Bo"}
        assert len(store.all(Talk)) == 1


def test_an_answer_of_a_talk_that_somebody_has_deleted_is_kept_as_a_conflict(team: Team) -> None:
    mentee = team.add_mentee()
    talk = Talk(mentee_id=mentee.id, number=1)
    with team.as_("met") as store:
        store.commit([Change.created(talk)])
        with team.as_("bo") as other:
            other.commit([Change.deleted(other.all(Talk)[0])])
        answer = Answer(mentee_id=mentee.id, talk_id=talk.id, key="a", mentor=WORD, private=True)
        store.commit([Change.created(answer)])
        assert store.all(Answer) == []
        assert WORD in texts(store)
    assert team.found(WORD) == []


def test_two_sessions_of_one_mentor(team: Team) -> None:
    note = Note(mentee_id=team.add_mentee().id, text="en to")
    with team.as_("met") as one, team.as_("met") as two:
        one.commit([Change.created(note)])
        two.commit([Change.created(Note(mentee_id=note.mentee_id, text="anden"))])
        assert texts(two) == {"en to", "anden"}
        one.commit([Change.edited(note_of(one, note), private=False)])
        two.commit([Change.edited(note_of(two, note), text="en to tre")])
        assert note_of(two, note).text == "en to tre"
    with team.as_("met") as one:
        assert texts(one) == {"en to tre", "anden"}
        assert not note_of(one, note).private
    with team.as_("bo") as other:
        assert texts(other) == {"en to tre"}


def test_undo_takes_nothing_away_that_a_private_note_is_about(team: Team) -> None:
    mentee = team.add_mentee()
    with team.as_("met") as one, team.as_("met") as two:
        task = Task(mentee_id=mentee.id, title="Tilsyn")
        one.commit([Change.created(task)], "Task")
        two.commit([Change.created(Note(mentee_id=mentee.id, text=WORD, task_id=task.id))])
        one.undo()
        assert one.get(Task, task.id) is not None
        assert texts(one) == {WORD}
        two.undo()
        one.commit([Change.created(Task(mentee_id=mentee.id, title="Andet"))], "Task")
        one.undo()
        assert [found.title for found in one.all(Task)] == ["Tilsyn"]


def note_of(store: Store, note: Note) -> Note:
    found = store.get(Note, note.id)
    assert found is not None
    return found


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root: a home of somebody else is NOT tested")
def test_a_home_of_somebody_else_is_refused_and_left_alone(team: Team) -> None:
    """As with sudo, where the environment may still name the home of the one who called it."""
    team.add_mentee()
    home = team.home("met")
    home.mkdir(parents=True, mode=0o700)
    os.chown(home, 65534, -1)
    with pytest.raises(StorageError) as caught:
        team.open("met")
    assert caught.value.kind is ErrorKind.FOLDER_FOREIGN
    assert list(home.iterdir()) == []
    with team.as_("met", reading=True) as store:
        assert [one.name for one in store.all(Mentee)] == ["Maja Holm"]
    assert list(home.iterdir()) == []


def test_a_team_file_is_not_opened_by_who_does_not_know_what_is_private(team: Team) -> None:
    with pytest.raises(TypeError):
        open_store(team.file, threaded=False)
    assert not team.file.exists()


def wait(stores: tuple[Store, ...], condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        for store in stores:
            store.pump()
        time.sleep(0.005)


@pytest.fixture
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saver, "POLL_SECONDS", 0.01)


@pytest.mark.usefixtures("_quick")
def test_open_sessions_follow_what_is_shared_and_made_private(team: Team) -> None:
    note = Note(mentee_id=team.add_mentee().id, text="et")
    one, other = team.open("met", threaded=True), team.open("bo", threaded=True)
    met, bo = one.store, other.store
    both = met, bo
    met.commit([Change.created(note)])
    assert met.flush()
    bo.flush()
    assert bo.all(Note) == []
    met.commit([Change.edited(note_of(met, note), private=False)], "share")
    wait(both, lambda: bo.all(Note) != [])
    bo.type_text(note_of(bo, note), "text", "et to")
    assert bo.flush()
    wait(both, lambda: note_of(met, note).text == "et to")
    met.commit([Change.edited(note_of(met, note), private=True)], "keep")
    bo.type_text(note_of(bo, note), "text", "et to tre")
    assert met.flush()
    assert bo.flush()
    wait(both, lambda: bo.get(Note, note.id) is None or note_of(met, note).text == "et to tre")
    assert bo.flush()
    kept = [one.mine for one in bo.all(Conflict)]
    assert kept == ["et to tre"] or note_of(met, note).text == "et to tre"
    assert met.undo() == "keep"
    assert met.flush()
    wait(both, lambda: bo.get(Note, note.id) is not None)
    assert note_of(met, note).text == note_of(bo, note).text
    assert one.close()
    assert other.close()


@pytest.mark.usefixtures("_quick")
def test_presence_says_nothing_private(team: Team) -> None:
    mentee = team.add_mentee()
    one, other = team.open("met", threaded=True), team.open("bo", threaded=True)
    one.store.announce(mentee.id)
    stores = one.store, other.store
    wait(stores, lambda: [who.where for who in other.store.others] == [mentee.id])
    assert [who.by for who in other.store.others] == ["met"]
    assert other.store.is_living(one.store.session)
    one.close()
    assert not other.store.is_living(one.store.session)
    other.close()


def test_what_becomes_private_leaves_every_earlier_state_too(team: Team) -> None:
    mentee = team.add_mentee()
    note = Note(mentee_id=mentee.id, text=WORD, private=False)
    talk = Talk(mentee_id=mentee.id, number=1, note_ids=(note.id,))
    need = Need(mentee_id=mentee.id, area="Tilsyn", mentee_view="hendes", mentor_view=f"{WORD}-syn")
    for text in ("et", "to", "tre"):
        with team.as_("bo") as store:
            store.commit([Change.created(Note(mentee_id=mentee.id, text=text, private=False))])
        with team.as_("met") as store:
            if text == "to":
                store.commit([Change.created(one) for one in (note, talk, need)])
    assert len([name for name in team.found(WORD) if "backups" in name]) > 0
    with team.as_("bo") as other:
        with team.as_("met") as store:
            kept = Change.edited(note_of(store, note), private=True)
            store.commit([kept, Change.edited(need_of(store), mentee_view="")])
        assert team.found(WORD) == []
        other.commit([Change.created(Note(mentee_id=mentee.id, text="fire", private=False))])
        assert texts(other) == {"et", "to", "tre", "fire"}
        (found,) = other.all(Talk)
        assert found.note_ids == (note.id,)
    assert not team.own_tables("met").get("left")
    with team.as_("met") as store:
        assert texts(store) == {"et", "to", "tre", "fire", WORD, f"{WORD}-syn"}
        store.commit([Change.edited(note_of(store, note), private=False)])
    with team.as_("bo") as other:
        assert WORD in texts(other)
    with team.as_("met") as store:
        assert WORD in texts(store)


def test_it_is_noted_until_it_has_left(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    note = Note(mentee_id=team.add_mentee().id, text=WORD, private=False)
    with monkeypatch.context() as large, team.as_("met") as store:
        large.setattr(Pair, "is_small", lambda _pair: False)
        store.commit([Change.created(note)])
        store.commit([Change.edited(note_of(store, note), private=True)])
    assert team.found(WORD) != []
    assert len(team.own_tables("met")["left"]) == 1
    with team.as_("met"):
        pass
    assert team.found(WORD) == []
    assert not team.own_tables("met").get("left")
