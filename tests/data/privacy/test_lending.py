"""A mentorship is lent and comes back: edits of both sides, and nothing private in any bundle."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from data.documents.model.talks import LAST
from data.method.lending import borrowed, lent, loan_text
from data.privacy.bundle import read_bundle
from data.privacy.coming_back import come_back, namesakes
from data.privacy.lending import NotGivenBack, has_unreturned, refuse_unreturned
from data.privacy.loan_files import call_off, why_not_lent
from data.privacy.purge import all_of, carry_out, plan
from data.published.counted import published_of
from data.queries.own_person import known_name, own_person
from data.records import (
    Action,
    Answer,
    Conflict,
    Goal,
    Loan,
    LoanSide,
    Mentee,
    Need,
    Note,
    NoteKind,
    Person,
    Role,
    RoleKind,
    Talk,
    Task,
)
from data.settings import Settings
from data.store.change import Change
from tests.data.privacy.lending_tools import UNTIL, Side, borrow, give, lend, side, take_back

WORD = "KANARIE"


def task(one: Side) -> Task:
    return one.store.of(Task, one.mentee.id)[0]


def private_records(mentee: Mentee, talk: Talk, word: str) -> list[Change]:
    """Everything that can be private, with a word in it."""
    said: dict[str, Any] = {"mentee_id": mentee.id, "talk_id": talk.id}
    return [
        Change.created(Note(mentee_id=mentee.id, text=f"{word}-note")),
        Change.created(
            Note(mentee_id=mentee.id, text=f"{word}-tvivl", kind=NoteKind.DOUBT, private=False)
        ),
        Change.created(Answer(key="q1", mentor=f"{word}-svar", private=True, **said)),
        Change.created(Answer(key="wellbeing", mentee=f"{word}-trivsel", **said)),
        Change.created(Answer(key="mood", pulse={"x": f"{word}-puls"}, **said)),
        Change.created(Answer(key=LAST, mentor=f"{word}-læring", **said)),
        Change.created(Need(mentee_id=mentee.id, area="Møder", mentor_view=f"{word}-syn")),
        Change.created(
            Conflict(of_table="notes", of_id="1", of_field="text", mine=f"{word}-konflikt")
        ),
    ]


def test_edits_of_both_sides_are_there_when_it_is_back(
    anne: Side, bo: Side, tmp_path: Path
) -> None:
    borrow(bo, lend(anne, tmp_path / "lent.mentor"))
    mine, theirs = task(anne), task(bo)
    assert mine.id == theirs.id
    bo.commit(
        Change.edited(theirs, next_step="Prøver selv"),
        Change.created(Note(mentee_id=bo.mentee.id, text="fra Bo", private=False)),
    )
    anne.commit(Change.edited(mine, title="Ny titel"))
    found = take_back(anne, give(bo, tmp_path / "back.mentor"))
    assert (task(anne).title, task(anne).next_step) == ("Ny titel", "Prøver selv")
    assert "fra Bo" in {one.text for one in anne.store.of(Note, anne.mentee.id)}
    assert found.conflicts == ()
    assert loan_text([anne.loan]) == ""


def test_nothing_private_of_either_is_in_a_byte_of_any_bundle(
    anne: Side, bo: Side, tmp_path: Path
) -> None:
    talk = anne.store.of(Talk, anne.mentee.id)[0]
    anne.commit(*private_records(anne.mentee, talk, WORD))
    data = lend(anne, tmp_path / "lent.mentor")
    assert_free_of(data, WORD)
    borrow(bo, data)
    bo.commit(*private_records(bo.mentee, bo.store.of(Talk, bo.mentee.id)[0], "BOS-ORD"))
    note = Note(mentee_id=bo.mentee.id, text="først delt", private=False)
    bo.commit(Change.created(note))
    back = give(bo, tmp_path / "back.mentor")
    assert_free_of(back, "BOS-ORD")
    before = all_words(anne)
    take_back(anne, back)
    assert not any("BOS-ORD" in text for text in all_words(anne))
    assert {one for one in before if WORD in one} <= set(all_words(anne)), "the own ones stay"


def assert_free_of(data: bytes, word: str) -> None:
    """Look into the zip file, whose texts are packed, and at its bytes."""
    assert word.encode() not in data
    bundle = read_bundle(data)
    assert word not in json.dumps(bundle.tables, ensure_ascii=False)
    assert word not in repr(bundle.history)


def all_words(one: Side) -> list[str]:
    return [
        str(value)
        for docs in one.store.documents.tables.values()
        for doc in docs.values()
        for value in doc.values()
    ]


def test_what_the_borrower_makes_private_or_empties_stays_as_it_was_lent(
    anne: Side, bo: Side, tmp_path: Path
) -> None:
    note = Note(mentee_id=anne.mentee.id, text="delt", private=False)
    need = Need(mentee_id=anne.mentee.id, area="x", mentee_view="hun", mentor_view="jeg")
    anne.commit(Change.created(note), Change.created(need))
    borrow(bo, lend(anne, tmp_path / "lent.mentor"))
    there, view = bo.store.get(Note, note.id), bo.store.get(Need, need.id)
    assert there
    assert view
    bo.commit(
        Change.edited(there, private=True, text="hemmeligt"), Change.edited(view, mentee_view="")
    )
    back = give(bo, tmp_path / "back.mentor")
    assert_free_of(back, "hemmeligt")
    take_back(anne, back)
    kept, now_there = anne.store.get(Note, note.id), anne.store.get(Need, need.id)
    assert kept
    assert (kept.text, kept.private) == ("delt", False)
    assert now_there
    assert (now_there.mentee_view, now_there.mentor_view) == ("", "jeg")


def test_a_note_that_the_lender_has_made_private_stays_so(
    anne: Side, bo: Side, tmp_path: Path
) -> None:
    note = Note(mentee_id=anne.mentee.id, text="delt", private=False)
    anne.commit(Change.created(note))
    borrow(bo, lend(anne, tmp_path / "lent.mentor"))
    mine, theirs = anne.store.get(Note, note.id), bo.store.get(Note, note.id)
    assert mine
    assert theirs
    anne.commit(Change.edited(mine, private=True, text="delt, og mere"))
    bo.commit(Change.edited(theirs, text="delt med Bo"))
    take_back(anne, give(bo, tmp_path / "back.mentor"))
    kept = anne.store.get(Note, note.id)
    assert kept
    assert kept.private
    assert "og mere" in kept.text
    assert "med Bo" in kept.text


def test_where_both_decided_otherwise_the_lenders_stays_and_the_other_is_kept(
    anne: Side, bo: Side, tmp_path: Path
) -> None:
    borrow(bo, lend(anne, tmp_path / "lent.mentor"))
    anne.commit(Change.edited(task(anne), title="Annes"))
    bo.commit(Change.edited(task(bo), title="Bos"))
    data = give(bo, tmp_path / "back.mentor")
    found = take_back(anne, data)
    assert task(anne).title == "Annes"
    (conflict,) = anne.store.all(Conflict)
    assert [one.id for one in found.conflicts] == [conflict.id]
    assert (conflict.mine, conflict.theirs, conflict.mine_by) == (
        "Bos",
        "Annes",
        known_name(bo.store),
    )
    assert conflict.mentee_id == anne.mentee.id


def test_what_is_deleted_there_goes_unless_it_was_changed_here(
    anne: Side, bo: Side, tmp_path: Path
) -> None:
    actions = [Action(mentee_id=anne.mentee.id, what=what) for what in ("a", "b", "c")]
    anne.commit(*map(Change.created, actions))
    borrow(bo, lend(anne, tmp_path / "lent.mentor"))
    for one in actions[:2]:
        there = bo.store.get(Action, one.id)
        assert there
        bo.commit(Change.deleted(there))
    changed, own = anne.store.get(Action, actions[1].id), anne.store.get(Action, actions[2].id)
    assert changed
    assert own
    anne.commit(Change.edited(changed, what="b, ændret"), Change.deleted(own))
    there = bo.store.get(Action, actions[2].id)
    assert there
    bo.commit(Change.edited(there, what="c, skrevet om hos Bo"))
    found = take_back(anne, give(bo, tmp_path / "back.mentor"))
    left = {one.what for one in anne.store.of(Action, anne.mentee.id)}
    assert {"a", "c"}.isdisjoint(left)
    assert "b, ændret" in left
    assert found.kept == 1
    assert [one.mine for one in anne.store.all(Conflict)] == ["c, skrevet om hos Bo"]


def test_a_task_that_stays_keeps_its_goals(anne: Side, bo: Side, tmp_path: Path) -> None:
    mine = task(anne)
    goals = [Goal(mentee_id=mine.mentee_id, task_id=mine.id, text=text) for text in ("x", "y")]
    anne.commit(*map(Change.created, goals))
    borrow(bo, lend(anne, tmp_path / "lent.mentor"))
    theirs = bo.store.of(Goal, bo.mentee.id)
    bo.commit(
        *(Change.deleted(one) for one in theirs if one.task_id == mine.id),
        Change.deleted(task(bo)),
    )
    there = {one.id for one in anne.store.of(Goal, mine.mentee_id)}
    anne.commit(Change.edited(mine, title="Ændret hos Anne"))
    found = take_back(anne, give(bo, tmp_path / "back.mentor"))
    assert task(anne).title == "Ændret hos Anne"
    assert {one.id for one in anne.store.of(Goal, mine.mentee_id)} == there
    assert {f"goals/{one.id}" for one in goals} | {f"tasks/{mine.id}"} <= found.stays
    assert found.kept == 1


def test_a_return_changes_nothing_the_second_time_and_a_later_one_only_what_is_new(
    anne: Side, bo: Side, tmp_path: Path
) -> None:
    borrow(bo, lend(anne, tmp_path / "lent.mentor"))
    was = task(bo).title
    bo.commit(Change.edited(task(bo), title="Bos", next_step="et skridt"))
    take_back(anne, give(bo, tmp_path / "1.mentor"))
    assert task(anne).title == "Bos"
    anne.commit(Change.edited(task(anne), next_step="et andet skridt"))
    bo.commit(Change.edited(task(bo), title=was))  # as it was lent, after all
    found = take_back(anne, give(bo, tmp_path / "2.mentor"))
    assert (task(anne).title, task(anne).next_step) == (was, "et andet skridt")
    assert anne.store.all(Conflict) == []
    assert len([one for one in found.changes if one.table == "tasks"]) == 1


def test_people_of_the_same_name_are_one_and_who_is_new_there_comes_along(
    anne: Side, bo: Side, tmp_path: Path
) -> None:
    jonas = next(one for one in anne.store.all(Person) if one.name.startswith("Jonas"))
    known = Person(name=jonas.name, contact="Bos nummer")
    bo.commit(Change.created(known))
    borrow(bo, lend(anne, tmp_path / "lent.mentor"), same=[jonas.id])
    buddy = next(one for one in bo.store.of(Role, bo.mentee.id) if one.kind is RoleKind.BUDDY)
    assert buddy.person_id == known.id
    new, other = Person(name="Nora Ny"), Person(name="Emil Kragh")
    bo.commit(
        *map(Change.created, (new, other)),
        Change.edited(task(bo), sparring_with=new.id),
        Change.created(Action(mentee_id=bo.mentee.id, what="ring", who=other.id)),
        Change.created(Action(mentee_id=bo.mentee.id, what="mød", who=known.id)),
    )
    here = Person(name="Emil Kragh")
    anne.commit(Change.created(here))
    data = give(bo, tmp_path / "back.mentor")
    assert [(one.name, two.id) for one, two in namesakes(anne.store, anne.loan, read_bundle(data))]
    take_back(anne, data, {other.id: here.id})
    actions = {one.what: one.who for one in anne.store.of(Action, anne.mentee.id)}
    assert (actions["ring"], actions["mød"]) == (here.id, jonas.id)
    assert anne.store.get(Person, other.id) is None
    found = anne.store.get(Person, task(anne).sparring_with)
    assert found
    assert found.name == "Nora Ny"
    stays = anne.store.get(Person, jonas.id)
    assert stays
    assert stays.contact == jonas.contact, "Bo's own words about somebody known stay with Bo"


def test_a_copy_is_not_the_borrowers_own(anne: Side, bo: Side, tmp_path: Path) -> None:
    own = Person(name="Bo Lund")
    anne.commit(Change.edited(anne.mentee, example=False))
    role = Role(mentee_id="1", kind=RoleKind.MENTOR, person_id=own.id)
    bo.commit(Change.created(own), Change.created(role))
    borrow(bo, lend(anne, tmp_path / "lent.mentor"))
    assert own_person(bo.store) == (bo.store.get(Person, own.id), [])
    loan = borrowed(bo.store.of(Loan, bo.mentee.id))
    assert loan
    assert (loan.who, loan.until, loan.side) == ("Anne Skov", UNTIL, LoanSide.BORROWED)
    assert "Anne Skov" in why_not_lent(bo.store, bo.mentee)
    with pytest.raises(NotGivenBack):
        refuse_unreturned(bo.store, bo.mentee)
    assert len(published_of(bo.store, Settings(), UNTIL).mentees) == 0, "it counts at the lender"
    give(bo, tmp_path / "1.mentor")
    refuse_unreturned(bo.store, bo.mentee)
    bo.commit(Change.edited(task(bo), title="Mere"))
    with pytest.raises(NotGivenBack):
        refuse_unreturned(bo.store, bo.mentee)


def test_a_mentee_is_lent_again_after_the_copy_was_deleted_for_good(
    anne: Side, tmp_path: Path
) -> None:
    bo = side(tmp_path / "bo")
    borrow(bo, lend(anne, tmp_path / "1.mentor"))
    bo.commit(Change.created(Note(mentee_id=bo.mentee.id, text="første gang", private=False)))
    take_back(anne, give(bo, tmp_path / "1back.mentor"))
    planned = plan(bo.opened.path, bo.store, all_of(bo.store, bo.mentee), {"HOME": str(tmp_path)})
    bo.opened.close()
    carry_out(bo.opened.path, planned, {"HOME": str(tmp_path)}, documents=tmp_path / "none")
    bo = side(tmp_path / "bo")
    borrow(bo, lend(anne, tmp_path / "2.mentor"))
    assert bo.mentee.id != anne.mentee.id
    assert not has_unreturned(bo.store, bo.mentee, bo.loan), "nothing was written yet"
    bo.commit(Change.edited(task(bo), title="Anden gang"))
    old = next(one for one in bo.store.of(Note, bo.mentee.id) if one.text == "første gang")
    bo.commit(Change.deleted(old))
    take_back(anne, give(bo, tmp_path / "2back.mentor"))
    assert task(anne).title == "Anden gang"
    texts = [one.text for one in anne.store.of(Note, anne.mentee.id)]
    assert "første gang" not in texts
    assert anne.store.all(Conflict) == []
    assert len(anne.store.all(Mentee)) == len({one.name for one in anne.store.all(Mentee)})
    bo.opened.close()


def test_two_co_mentors_have_a_copy_each_and_both_come_back(
    anne: Side, bo: Side, tmp_path: Path
) -> None:
    cia = side(tmp_path / "cia")
    borrow(bo, lend(anne, tmp_path / "bo.mentor"))
    borrow(cia, lend(anne, tmp_path / "cia.mentor", "Cia Holm"))
    assert len(lent(anne.store.of(Loan, anne.mentee.id))) == 2
    bo.commit(Change.edited(task(bo), title="Bos"))
    cia.commit(Change.edited(task(cia), title="Cias", next_step="af Cia"))
    take_back(anne, give(bo, tmp_path / "bo-back.mentor"))
    assert "Cia Holm" in loan_text(anne.store.of(Loan, anne.mentee.id))
    take_back(anne, give(cia, tmp_path / "cia-back.mentor"))
    assert (task(anne).title, task(anne).next_step) == ("Bos", "af Cia")
    assert [(one.mine, one.mine_by) for one in anne.store.all(Conflict)] == [
        ("Cias", known_name(cia.store))
    ]
    assert loan_text(anne.store.of(Loan, anne.mentee.id)) == ""
    cia.opened.close()


def test_a_new_loan_forgets_what_was_called_off_and_all_but_the_latest_returns(
    anne: Side, bo: Side, tmp_path: Path
) -> None:
    lend(anne, tmp_path / "off.mentor")
    call_off(anne.store, anne.mentee)
    (left,) = anne.store.of(Loan, anne.mentee.id)
    assert left.base == {}
    for number in range(5):
        lend(anne, tmp_path / f"{number}.mentor")
        (out,) = lent(anne.store.of(Loan, anne.mentee.id))
        at = f"2026-11-0{number + 1}T09:00:00+01:00"
        anne.commit(Change.edited(out, back_on=UNTIL, back_at=at))
    lend(anne, tmp_path / "last.mentor")
    found = sorted(one.back_at[:10] for one in anne.store.of(Loan, anne.mentee.id))
    assert found == ["", "2026-11-03", "2026-11-04", "2026-11-05"]


def test_late_words_of_a_copy_are_taken_when_the_mentee_is_lent_again(
    anne: Side, bo: Side, tmp_path: Path
) -> None:
    borrow(bo, lend(anne, tmp_path / "1.mentor"))
    take_back(anne, give(bo, tmp_path / "1back.mentor"))
    lend(anne, tmp_path / "2.mentor")
    bo.commit(Change.created(Note(mentee_id=bo.mentee.id, text="sent fra Bo", private=False)))
    take_back(anne, give(bo, tmp_path / "late.mentor"))
    assert "sent fra Bo" in {one.text for one in anne.store.of(Note, anne.mentee.id)}
    assert len(lent(anne.store.of(Loan, anne.mentee.id))) == 1, "the other copy is out still"


def test_what_was_deleted_for_good_here_does_not_come_back(
    anne: Side, bo: Side, tmp_path: Path
) -> None:
    note = Note(mentee_id=anne.mentee.id, text="delt", private=False)
    anne.commit(Change.created(note))
    borrow(bo, lend(anne, tmp_path / "lent.mentor"))
    there = bo.store.get(Note, note.id)
    assert there
    bo.commit(Change.edited(there, text="delt, og mere"))
    bundle = read_bundle(give(bo, tmp_path / "back.mentor"))
    found = come_back(anne.store, anne.loan, bundle, {}, lambda one: one == note.id)
    assert not any(one.id == note.id for one in found.changes)
    assert not found.conflicts
