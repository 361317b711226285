"""A document that is given out bears a mark, and what was given out is remembered without words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from data.documents.given import give
from data.documents.importing.given_values import Base, Since, digest_of
from data.documents.sources import document_of
from data.queries.views import mentee_view
from data.records import Conflict, Mentee, Task, Written
from data.store.change import Change
from data.store.store import Store
from tests.data.backend import Disk
from tests.data.documents.build import example, first_mentee


@pytest.mark.parametrize("what", ["plan", "roles", "expectations"])
def test_what_is_given_out_is_kept_as_digests_and_marked(what: str) -> None:
    store = example()
    mentee = first_mentee(store)
    given = give(store, mentee, document_of(store, what, mentee))

    (written,) = store.all(Written)
    assert (written.id, written.what, written.mentee_id) == (given.mark, what, mentee.id)
    assert written.digests
    assert all(len(digest) == 10 for digest in written.digests.values())


def test_other_documents_leave_no_mark() -> None:
    store = example()
    mentee = first_mentee(store)
    document = document_of(store, "can-now", mentee)
    assert give(store, mentee, document) == document
    assert store.all(Written) == []


def test_where_nothing_can_be_saved_it_is_given_without_a_mark() -> None:
    backend = Disk().backend()
    store = Store(backend, by="met")
    mentee = Mentee(name="Maja")
    store.commit([Change.created(mentee)])
    document = document_of(store, "plan", mentee)
    backend.full.set()
    assert give(store, mentee, document) == document
    assert store.all(Written) == []


def test_it_is_no_step_of_undo() -> None:
    store = example()
    mentee = first_mentee(store)
    before = store.next_step()
    give(store, mentee, document_of(store, "plan", mentee))
    assert store.next_step() == before


def test_a_base_tells_who_has_changed_a_value() -> None:
    base = Base({"1.title": digest_of("Journaler"), "1.type": digest_of("Skriv")}, frozenset("1"))

    def since(form: str, here: str, *, id: str = "1", field: str = "title") -> Since:
        return base.since(id, field, form=form, here=here)

    assert since("Journaler", "Journaler") is Since.NOBODY
    assert since("Journaler", "Journal") is Since.NOBODY, "only the record changed"
    assert since("Journal", "Journaler") is Since.FORM, "only the form changed"
    assert since("Journal", "Notater") is Since.BOTH
    assert since("", "Journaler") is Since.NOBODY, "an empty cell changes nothing"
    assert since("Journaler", "") is Since.NOBODY, "it was emptied here"
    assert since("Ny", "", field="potential") is Since.FORM
    assert since("Ny", "Anden", field="potential") is Since.BOTH, "both wrote where nothing was"
    assert since("Ny", "Anden", id="2") is Since.FORM, "without a base, what differs is new"
    assert since("Jour  naler", "Jour naler") is Since.NOBODY, "blanks alone are no change"


def test_a_person_who_was_renamed_since_is_no_change_in_the_form() -> None:
    store = example()
    mentee = first_mentee(store)
    task = next(one for one in store.of(Task, mentee.id) if one.sparring_with)
    view = mentee_view(store, mentee)
    name = view.name_of(task.sparring_with)
    give(store, mentee, document_of(store, "plan", mentee))
    (written,) = store.all(Written)
    person = view.people[task.sparring_with]
    store.commit([Change.between(person, replace(person, name="En anden"))])
    base = Base.of(written)
    assert base.since(task.id, "sparring_with", form=name, here="En anden") is Since.NOBODY
    assert store.all(Conflict) == []
