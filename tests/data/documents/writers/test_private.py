"""No format of any document has a private word in it, in either language."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from data.clock import now
from data.documents.kinds import kinds
from data.documents.model.source import About
from data.documents.records import everything, with_records
from data.documents.sources import document_of
from data.documents.writers.formats import FORMATS, formats_for, written
from data.i18n import set_language
from data.privacy import canaries
from data.records import Answer, Mentee, Talk, TalkState
from data.store.change import Change
from data.store.store import Store
from tests.data.documents.test_kinds import new_mentee
from tests.data.documents.writers.reading import text_in

ANSWERED = "SVAR-paa-samtale"


@pytest.fixture(params=["en", "da"], autouse=True)
def _language(request: pytest.FixtureRequest) -> Iterator[None]:
    set_language(request.param)
    yield
    set_language("en")


@pytest.fixture
def planted() -> tuple[Store, Mentee]:
    store, mentee = new_mentee("Maja")
    found = canaries.plant(store, mentee, now())
    talk = store.get(Talk, found.held.id)
    assert talk is not None
    shared = Answer(mentee_id=mentee.id, talk_id=talk.id, key="since", mentee=ANSWERED)
    learned = Answer(mentee_id=mentee.id, talk_id=talk.id, key="close", mentor=canaries.LEARNED)
    store.commit([Change.created(shared), Change.created(learned)])
    return store, mentee


def talks_of(store: Store, mentee: Mentee) -> list[Talk]:
    """Return those with words in them, and one to come."""
    every = store.of(Talk, mentee.id)
    to_come = [one for one in every if one.state is TalkState.PLANNED][-1:]
    return [one for one in every if one.state is not TalkState.PLANNED] + to_come


def test_no_private_word_is_in_any_format(planted: tuple[Store, Mentee]) -> None:
    store, mentee = planted
    open_words, written_as = set(), set()
    for kind in kinds():
        about = mentee if kind.about in (About.MENTEE, About.TALK) else None
        talks = talks_of(store, mentee) if kind.about is About.TALK else [None]
        for talk in talks:
            document = document_of(store, kind.key, about, talk)
            document = with_records(store, document, about, talk)
            for format in formats_for(document):
                text = text_in(written(document, format.key), format.key)
                written_as.add(format.key)
                if kind.key == "learning":
                    text = text.replace(canaries.LEARNED, "")
                assert canaries.ALL not in text, (kind.key, format.key)
                if kind.key == "leader":
                    assert ANSWERED not in text, format.key
                    assert canaries.OPEN not in text, format.key
                elif canaries.OPEN in text:
                    open_words.add(format.key)
    assert written_as == set(FORMATS)
    assert {"docx", "pdf", "md", "txt", "json"} <= open_words, "one has looked there"


def test_all_records_hold_what_is_private_only_where_it_is_asked_for(
    planted: tuple[Store, Mentee],
) -> None:
    store, mentee = planted
    shared = text_in(written(everything(store, mentee), "json"), "json")
    assert canaries.ALL not in shared
    assert canaries.OPEN in shared
    document = everything(store, mentee, private=True)
    private = text_in(written(document, "json"), "json")
    assert canaries.WELLBEING in private
    assert canaries.DOUBT in private
    assert document.first_line in private


def test_a_document_with_private_words_says_so_and_others_stay_as_they_are(
    planted: tuple[Store, Mentee],
) -> None:
    store, mentee = planted
    notes = document_of(store, "notes", mentee, private=True)
    assert canaries.NOTE in text_in(written(notes, "txt"), "txt")
    assert notes.confidence == "private"
    for what in ("leader", "plan", "can-now", "data"):
        document = document_of(store, what, mentee, private=True)
        assert document == document_of(store, what, mentee)
        assert canaries.ALL not in "\n".join(document.texts())
