"""Expectations that come back filled in, in any format."""

from __future__ import annotations

from dataclasses import replace

import pytest

from data.documents.given import give
from data.documents.model.document import Paragraph
from data.documents.sources import blank_form, document_of
from data.documents.taking_in import take_in
from data.documents.writers.formats import written
from data.i18n import set_language
from data.library import agreement_defaults
from data.records import Agreement, Conflict
from data.store.change import Change
from tests.data.documents.forms import look
from tests.data.documents.test_import_others import a_store, in_words


@pytest.fixture(params=["da", "en"], autouse=True)
def _language(request: pytest.FixtureRequest) -> None:
    set_language(request.param)


def test_expectations_that_were_agreed_in_word_are_taken_in() -> None:
    store, mentee = a_store()
    set_language("da")
    form = blank_form(store, "expectations")
    text = written(form, "txt").decode().replace("45 min", "60 min")
    text = text.replace("Et rum med en dør, der kan lukkes", "Mødelokale 3")
    preview = look(store, mentee, "f.txt", text.encode("cp1252"))
    take_in(store, preview)
    (agreement,) = store.all(Agreement)
    proposal = agreement_defaults("da").for_mentee(mentee.id)
    assert (agreement.minutes, agreement.place) == (60, "Mødelokale 3")
    assert agreement.purpose == proposal.purpose
    assert agreement.agreed_on is None, "a file agrees on nothing"


@pytest.mark.parametrize("is_given", [True, False])
@pytest.mark.parametrize("ending", ["docx", "md", "txt"])
def test_expectations_come_back_whatever_their_lines_look_like(ending: str, is_given: bool) -> None:
    store, mentee = a_store()
    label, place = in_words("cancelling"), in_words("place")
    there = Agreement(
        mentee_id=mentee.id,
        purpose=f"Faglighed.\n{place}\nVi aftaler det hver gang (mentor)\nog mødes.",
        rhythm_text="Hver anden uge (1 t)",
        place="Hos mig",
        cancelling=f"{label}: skriv dagen før",
        mentee_expects=f"At vi taler om\n{in_words('review_on')}\n__________\nog det hele.",
        mentor_expects="Maja ringer (mentee)\n__________\nog jeg svarer (mentor)",
    )
    store.commit([Change.created(there)])
    document = document_of(store, "expectations", mentee)
    document = give(store, mentee, document) if is_given else document
    preview = look(store, mentee, f"f.{ending}", written(document, ending))
    assert [one.line for one in preview.entries] == []
    assert preview.changes == ()


def test_a_page_from_elsewhere_counts_for_more_than_the_proposals() -> None:
    elsewhere, same = a_store()
    page = Agreement(mentee_id=same.id, purpose="At lære faget", place="Hos mig", minutes=30)
    elsewhere.commit([Change.created(page)])
    document = give(elsewhere, same, document_of(elsewhere, "expectations", same))
    store, mentee = a_store()
    preview = look(store, mentee, "f.docx", written(document, "docx"))
    take_in(store, preview)
    (found,) = store.all(Agreement)
    assert (found.purpose, found.place, found.minutes) == ("At lære faget", "Hos mig", 30)
    assert store.all(Conflict) == []


def test_a_form_of_expectations_without_its_blank_lines_is_read_as_with_them() -> None:
    store, mentee = a_store()
    text = written(blank_form(store, "expectations"), "txt").decode()
    text = text.replace("45 min", "60 min").replace("Lederen", "Chefen")
    close = "\n".join(line for line in text.split("\n") if line.strip())
    made = []
    for one in (text, close):
        (change,) = look(store, mentee, "f.txt", one.encode()).changes
        assert isinstance(change.after, Agreement)
        made.append(replace(change.after, id=mentee.id))
    assert made[0] == made[1]
    assert made[0].minutes == 60


def test_a_page_of_expectations_that_was_signed_is_taken_without_the_names() -> None:
    store, mentee = a_store()
    there = Agreement(mentee_id=mentee.id, purpose="Ro.", mentor_expects="At du spørger.")
    store.commit([Change.created(there)])
    text = written(document_of(store, "expectations", mentee), "txt").decode()
    text = text.replace("_" * 30, "Underskrevet 3/8").replace("At du", "At du altid")
    take_in(store, look(store, mentee, "f.txt", text.encode()))
    assert store.all(Agreement)[0].mentor_expects == "At du altid spørger."


def test_a_page_of_expectations_is_merged_with_what_was_written_here() -> None:
    store, mentee = a_store()
    set_language("da")
    there = Agreement(mentee_id=mentee.id, purpose="Faglighed.", place="Hos mig", minutes=45)
    store.commit([Change.created(there)])
    document = give(store, mentee, document_of(store, "expectations", mentee))
    store.commit([Change.edited(store.all(Agreement)[0], purpose="Faglighed. Ro.", place="Her")])
    said = written(document, "docx")
    assert look(store, mentee, "f.docx", said).changes == ()
    blocks = [
        Paragraph(one.text.replace("Faglighed.", "Faglighed. Mod.").replace("Hos mig", "Ude"))
        if isinstance(one, Paragraph)
        else one
        for one in document.blocks
    ]
    preview = look(
        store, mentee, "f.docx", written(replace(document, blocks=tuple(blocks)), "docx")
    )
    take_in(store, preview)
    (agreement,) = store.all(Agreement)
    assert "Mod." in agreement.purpose
    assert "Ro." in agreement.purpose
    assert agreement.place == "Her"
    (conflict,) = store.all(Conflict)
    assert (conflict.of_field, conflict.mine, conflict.theirs) == ("place", "Ude", "Her")
