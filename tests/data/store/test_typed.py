"""The one door: text that is being typed, and drafts of sessions that died."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import pytest

from data.records import Conflict, Mentee, Note, NoteKind, Task
from data.storage.problems import NotSaved
from data.storage.protocol import BeingTyped, Draft
from data.store.change import Change
from data.store.codec import encode
from data.store.filling import Filling
from data.store.store import Event, SaveState, Store
from tests.data.backend import Disk
from tests.data.store.store_tools import Log, direct, note_of, threaded, wait

# -- typing ---------------------------------------------------------------------------------------


def test_typing_shows_at_once_and_is_one_step_of_undo(disk: Disk, maja: Mentee) -> None:
    log = Log()
    with threaded(disk, log=log) as (store, _backend):
        waits: list[bool] = []
        store.on_typing = lambda: waits.append(True)
        note = Note(mentee_id=maja.id)
        store.commit([Change.created(note)], "Note")
        for text in ("g", "go", "god"):
            store.type_text(note, "text", text, "Typing")
            assert note_of(store, note).text == text
        assert len(waits) == 3
        assert log.kept == {("notes", note.id, "text"): ("", "god")}
        store.commit_typing()
        store.type_text(note, "text", "godt", "Typing")
        assert store.unsaved
        assert store.flush()
        assert not log.kept
        assert store.undo() == "Typing"
        assert note_of(store, note).text == ""
        assert store.redo() == "Typing"
        assert note_of(store, note).text == "godt"
        store.end_typing()
        store.type_text(note, "text", "godt!", "Typing")
        assert store.undo() == "Typing"
        assert note_of(store, note).text == "godt"


def test_a_text_typed_back_to_what_it_was_is_saved(disk: Disk, maja: Mentee) -> None:
    log = Log()
    with threaded(disk, log=log) as (store, _backend):
        note = Note(mentee_id=maja.id, text="A")
        store.commit([Change.created(note)], "Note")
        store.flush()
        store.type_text(note, "text", "AB")
        store.type_text(note, "text", "A")
        store.commit_typing()
        assert store.status.state is SaveState.SAVED
        assert not store.unsaved
        assert not log.kept
        assert store.undo() == "Note"


def test_a_text_can_be_cleared_and_typed_again(disk: Disk, maja: Mentee) -> None:
    store = direct(disk)
    note = Note(mentee_id=maja.id)
    store.commit([Change.created(note)])
    for text in ("A", "AB", "", "C", ""):
        store.type_text(note, "text", text)
        store.commit_typing()
        assert direct(disk).all(Note)[0].text == text
        store.type_text(note, "text", text)
        store.end_typing()


def test_others_words_in_the_same_text_are_kept(disk: Disk, maja: Mentee) -> None:
    other = direct(disk, "bo")
    note = Note(private=False, mentee_id=maja.id, text="One.\nTwo.\n")
    other.commit([Change.created(note)])
    with threaded(disk) as (store, _backend):
        mine = store.all(Note)[0]
        store.type_text(mine, "text", "One!\nTwo.\n")
        other.commit([Change.edited(other.all(Note)[0], text="One.\nTwo.\nThree.\n")])
        wait(store, lambda: store.all(Note)[0].changed_by == "bo")
        assert store.all(Note)[0].text == "One!\nTwo.\n", "the typist's own text stands"
        assert store.flush()
        wait(store, lambda: "Three" in store.all(Note)[0].text)
        # The widget still shows the old text, and the next key comes from it.
        store.type_text(mine, "text", "One!!\nTwo.\n", shown="One!\nTwo.\n")
        assert store.flush()
        wait(store, lambda: store.all(Note)[0].text == "One!!\nTwo.\nThree.\n")
    assert direct(disk).all(Note)[0].text == "One!!\nTwo.\nThree.\n"


def test_a_key_from_a_widget_that_has_not_seen_the_others_words(disk: Disk, maja: Mentee) -> None:
    other = direct(disk, "bo")
    other.commit([Change.created(Note(private=False, mentee_id=maja.id, text="One.\nTwo.\n"))])
    with threaded(disk) as (store, _backend):
        shown = store.all(Note)[0]
        other.commit([Change.edited(other.all(Note)[0], text="One.\nTwo.\nThree.\n")])
        wait(store, lambda: "Three" in store.all(Note)[0].text)
        store.type_text(shown, "text", "One!\nTwo.\n", shown=shown.text)
        assert store.flush()
    assert direct(disk).all(Note)[0].text == "One!\nTwo.\nThree.\n"


def test_words_that_were_merged_in_silence_are_told(disk: Disk, maja: Mentee) -> None:
    """The listener saw the other's words before, but not while the user was typing over them."""
    other = direct(disk, "bo")
    other.commit([Change.created(Note(private=False, mentee_id=maja.id, text="One.\n"))])
    with threaded(disk) as (store, _backend):
        shown = store.all(Note)[0].text
        other.commit([Change.edited(other.all(Note)[0], text="One.\nTwo.\n")])
        wait(store, lambda: "Two" in store.all(Note)[0].text)
        store.type_text(store.all(Note)[0], "text", "One!\n", shown=shown)
        told: list[Event] = []
        store.subscribe(told.append)
        assert store.flush()
        assert store.all(Note)[0].text == "One!\nTwo.\n"
        assert Event(frozenset({"notes"}), own=False) in told
        told.clear()
        store.type_text(store.all(Note)[0], "text", "One!\nTwo.\nThree")
        assert store.flush()
        assert not [event for event in told if not event.own], "nothing of others in it"


def test_typing_in_a_note_that_another_deletes_is_kept(disk: Disk, maja: Mentee) -> None:
    other = direct(disk, "bo")
    other.commit([Change.created(Note(private=False, mentee_id=maja.id, text="A"))])
    with threaded(disk) as (store, _backend):
        note = store.all(Note)[0]
        store.type_text(note, "text", "A word")
        other.commit([Change.deleted(other.all(Note)[0])])
        wait(store, lambda: disk.saved == 2)
        store.type_text(note, "text", "A word more")
        assert store.flush()
        wait(store, lambda: bool(store.all(Conflict)))
        assert store.flush()
        assert store.all(Note) == []
        store.type_text(note, "text", "A word more still")
        assert store.flush()
        wait(store, lambda: len(store.all(Conflict)) == 2)
    kept = [one.mine for one in direct(disk).all(Conflict)]
    assert kept == ["A word more", "A word more still"]


def test_typed_text_waits_where_it_cannot_be_saved(disk: Disk, maja: Mentee) -> None:
    backend = disk.backend()
    store = Store(backend, by="met")
    note = Note(mentee_id=maja.id)
    store.commit([Change.created(note)])
    store.type_text(note, "text", "Kept")
    backend.full.set()
    with pytest.raises(NotSaved):
        store.commit_typing()
    assert store.unsaved == 1
    assert note_of(store, note).text == "Kept"
    backend.full.clear()
    store.commit_typing()
    assert direct(disk).all(Note)[0].text == "Kept"


# -- drafts ---------------------------------------------------------------------------------------


def _draft(note: Note, text: str, **fields: Any) -> Draft:
    draft = Draft("notes", note.id, "text", note.text, text, "met", "")
    return replace(draft, **fields)


def test_drafts_come_back_unless_they_were_saved(disk: Disk, maja: Mentee) -> None:
    store = direct(disk)
    note = Note(mentee_id=maja.id, text="A")
    store.commit([Change.created(note)])
    assert store.recover([_draft(note, "A")]) == []
    draft = _draft(note, "AB")
    assert store.recover([draft]) == [draft]
    assert direct(disk).all(Note)[0].text == "AB"


@pytest.mark.parametrize(
    "fields",
    [{"id": "5"}, {"table": "nonsense"}, {"field": "nonsense"}, {"field": "id"}, {"field": "rev"}],
)
def test_a_draft_without_its_record_is_kept(
    disk: Disk, maja: Mentee, fields: dict[str, str]
) -> None:
    store = direct(disk)
    note = Note(mentee_id=maja.id, text="A")
    store.commit([Change.created(note)])
    store.recover([_draft(note, "Words", **fields)])
    assert [one.mine for one in direct(disk).all(Conflict)] == ["Words"]
    assert direct(disk).all(Note)[0].text == "A"


def test_a_new_note_that_was_never_saved_comes_back_as_it_was(disk: Disk, maja: Mentee) -> None:
    store = direct(disk)
    store.commit([Change.created(maja)])
    note = Note(mentee_id=maja.id, kind=NoteKind.DOUBT, private=True)
    draft = _draft(note, "Words", owner=maja.id, new=encode(note))
    assert store.recover([draft]) == [draft]
    (found,) = direct(disk).all(Note)
    assert (found.id, found.mentee_id, found.text) == (note.id, maja.id, "Words")
    assert (found.kind, found.private) == (NoteKind.DOUBT, True)
    assert store.all(Conflict) == []
    assert store.recover([draft]) == []


def test_a_text_that_has_no_place_any_more_still_belongs_to_its_mentee(
    disk: Disk, maja: Mentee
) -> None:
    """So that it goes with her when she is deleted for good."""
    store = direct(disk)
    note = Note(mentee_id=maja.id)
    store.recover([_draft(note, "Words", owner=maja.id)])
    gone = Note(mentee_id="5")
    store.recover([_draft(gone, "More", owner="5", new=encode(gone))])
    assert [(one.mine, one.mentee_id) for one in store.all(Conflict)] == [
        ("Words", maja.id),
        ("More", "5"),
    ]
    assert store.all(Note) == []


def _left(task: Task, **fields: tuple[str, str]) -> Draft:
    """What a session died with in a form about a task, whose record another session took up."""
    text = Filling("tasks", task.id, task.mentee_id, fields).to_json()
    return Draft("unfinished", "7", "texts", "", text, "met", "")


def test_what_a_dead_form_held_comes_back_field_by_field(disk: Disk, maja: Mentee) -> None:
    """Not as JSON that belongs to nobody."""
    store = direct(disk)
    task = Task(mentee_id=maja.id, title="Underretning", type="Samtale")
    store.commit([Change.created(task)])
    draft = _left(task, title=("Underret", "Underretning"), type=("", "Møde"), next_step=("", ""))
    assert store.recover([draft]) == [draft]
    (kept,) = direct(disk).all(Conflict)
    assert (kept.of_table, kept.of_id, kept.of_field) == ("tasks", task.id, "type")
    assert (kept.mine, kept.theirs, kept.mentee_id) == ("Møde", "", maja.id)


def test_a_dead_form_that_was_saved_meanwhile_leaves_nothing(disk: Disk, maja: Mentee) -> None:
    log = Log()
    store = Store(disk.backend(), by="met", typing_log=log)
    task = Task(mentee_id=maja.id, title="Underretning")
    store.commit([Change.created(task)])
    draft = _left(task, title=("Under", "Underretning"))
    log.keep(BeingTyped((draft.table, draft.id, draft.field), draft.base, draft.text))
    assert store.recover([draft]) == []
    assert store.all(Conflict) == []
    assert not log.kept


# -- two who write in one text --------------------------------------------------------------------


def test_two_who_write_in_one_text_at_once_keep_their_lines(disk: Disk, maja: Mentee) -> None:
    """Neither widget shows the other's words as long as its user types."""
    direct(disk).commit([Change.created(Note(private=False, mentee_id=maja.id))])
    lines = {"anna": "aa0 aa1 aa2. aa3 aa4", "bo": "bb0 bb1, bb2 bb3 bb4"}
    rnd = random.Random(3)
    with threaded(disk, "anna") as (anna, _one), threaded(disk, "bo") as (bo, _other):
        stores = {"anna": anna, "bo": bo}
        typed = dict.fromkeys(stores, "")
        while typed != lines:
            name = rnd.choice([name for name in stores if typed[name] != lines[name]])
            store, note = stores[name], stores[name].all(Note)[0]
            for _key in range(rnd.randrange(1, 4)):
                before, typed[name] = typed[name], lines[name][: len(typed[name]) + 1]
                store.type_text(note, "text", typed[name], shown=before)
            if rnd.random() < 0.7:
                store.commit_typing()
            store.pump()
        for store in stores.values():
            assert store.flush()
        both = direct(disk).all(Note)[0].text
        assert sorted(both.split("\n")) == sorted(lines.values())
        wait(anna, lambda: anna.all(Note)[0].text == both)
        wait(bo, lambda: bo.all(Note)[0].text == both)
