"""The names of documents' files: they stay in their folder, and tell mentees apart."""

from __future__ import annotations

import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from data.documents.model.document import Confidence
from data.documents.names import document_name, folder_name, form_name, mentee_word
from data.documents.sources import document_of
from data.i18n import set_language
from data.records import Mentee, Talk
from data.store.change import Change
from data.store.store import Store
from tests.data.backend import Disk, MemoryBackend
from tests.data.documents.test_kinds import new_mentee


def store_of(*names: str) -> tuple[Store, list[Mentee]]:
    store = Store(MemoryBackend(Disk()), by="met")
    mentees = [Mentee(name=name) for name in names]
    store.commit(list(map(Change.created, mentees)))
    return store, mentees


def words(*names: str) -> list[str]:
    store, mentees = store_of(*names)
    return [mentee_word(store, one) for one in mentees]


def test_a_name_says_what_whose_and_when() -> None:
    store, mentee = new_mentee("Maja Holm")
    talk = store.of(Talk, mentee.id)[0]
    plan = document_of(store, "plan", mentee)
    sheet = document_of(store, "prep", mentee, talk)
    assert re.fullmatch(r"plan-maja-holm-\d{4}-\d\d-\d\d", document_name(store, plan, mentee))
    assert document_name(store, sheet, mentee, talk).startswith("preparation-1-maja-holm-2")
    private = replace(plan, confidence=Confidence.PRIVATE)
    assert document_name(store, private, mentee).endswith("-contains-private-notes")
    set_language("da")
    try:
        assert document_name(store, private, mentee).endswith("-indeholder-private-noter")
        assert form_name("plan") == "plan-formular"
    finally:
        set_language("en")
    assert folder_name(store, mentee).startswith("maja-holm-2")


def test_names_are_told_apart_and_those_without_latin_letters_have_a_number() -> None:
    assert words("Maja Holm", "maja  holm", "Åse Ærø", "李雷", "Жанна", "") == [
        "maja-holm-1",
        "maja-holm-2",
        "aase-aeroe",
        "mentee-4",
        "mentee-5",
        "mentee-6",
    ]
    assert words("Zoë Müller", "Łukasz Ðoković", "Ines Strauß") == [
        "zoe-mueller",
        "lukasz-dokovic",
        "ines-strauss",
    ]
    long = words("Anna " * 40, "Anna " * 40 + "Bo")
    assert long[0] != long[1]


def test_names_that_would_leave_the_folder_or_look_like_an_option_do_not() -> None:
    assert words("../../x", "-rf", ".bashrc", "a/b", "x\x00\n", "C:\\con") == [
        "x-1",
        "rf",
        "bashrc",
        "a-b",
        "x-5",
        "c-con",
    ]


@given(st.text(max_size=300))
def test_any_name_becomes_a_short_plain_word(name: str) -> None:
    (word,) = words(name)
    assert re.fullmatch(r"[a-z0-9][a-z0-9-]*", word)
    assert len(word) <= 70
