"""Duties that every mentee gets are sentences of the library until somebody rewrites them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from data.i18n import set_language
from data.library import duties
from data.queries.search import search
from data.records import Duty, Mentee
from data.store.change import Change
from data.store.codec import decode, encode, told
from data.store.opening import open_store
from data.store.store import Store
from tests.tui.cli.tools import process

DEFAULT = {one: {row.key: row.text for row in duties(one)} for one in ("da", "en")}
KEY = "systems"
OURS = "Rundvisning i systemerne med Karin"
MAJA = Mentee(name="Maja Holm")
DUTY = Duty(mentee_id=MAJA.id, text=DEFAULT["en"][KEY], key=KEY)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    folder = tmp_path / "own"
    folder.mkdir(mode=0o700)
    opened = open_store(folder / "mentor.json", threaded=False)
    opened.store.commit([Change.created(MAJA), Change.created(DUTY)])
    yield opened.store
    opened.close()
    set_language("en")


def test_a_document_has_the_key_and_no_sentence() -> None:
    for language in ("da", "en"):
        doc = encode(replace(DUTY, text=DEFAULT[language][KEY]))
        assert (doc["text"], doc["key"]) == ("", KEY)
    assert encode(replace(DUTY, text=OURS))["text"] == OURS
    assert encode(replace(DUTY, key=""))["text"] == DUTY.text, "it is a duty of one's own"
    assert told(DUTY)["text"] == DUTY.text


@pytest.mark.parametrize("stored", ["", DEFAULT["da"][KEY], DEFAULT["en"][KEY]])
def test_a_record_has_it_in_the_language_in_use(stored: str) -> None:
    doc = {**encode(DUTY), "text": stored}
    for language in ("da", "en"):
        set_language(language)
        assert decode(Duty, DUTY.id, doc).text == DEFAULT[language][KEY]
    assert decode(Duty, DUTY.id, {**doc, "text": OURS}).text == OURS
    assert decode(Duty, DUTY.id, {**doc, "key": "of a later version"}).text == stored
    assert decode(Duty, DUTY.id, {**doc, "key": 7}).text == stored


def test_a_store_follows_a_change_of_the_language(store: Store) -> None:
    for language in ("da", "en", "da"):
        set_language(language)
        assert [one.text for one in store.of(Duty, MAJA.id)] == [DEFAULT[language][KEY]]
        found = store.get(Duty, DUTY.id)
        assert found is not None
        assert found.text == DEFAULT[language][KEY]
        hits = search(store, DEFAULT[language][KEY])
        assert [hit.record_id for hit in hits] == [DUTY.id]


def test_another_field_is_edited_and_undone_in_any_language(store: Store) -> None:
    set_language("da")
    seen = store.get(Duty, DUTY.id)
    assert seen is not None
    store.commit([Change.edited(seen, done_by="karin")])
    assert store.documents.doc("duties", DUTY.id)["text"] == ""  # type: ignore[index]
    set_language("en")
    now = store.get(Duty, DUTY.id)
    assert now is not None
    store.commit([Change.edited(now, text=OURS)], "Duty")
    set_language("da")
    assert store.get(Duty, DUTY.id).text == OURS  # type: ignore[union-attr]
    store.undo()
    assert store.get(Duty, DUTY.id).text == DEFAULT["da"][KEY]  # type: ignore[union-attr]


def test_what_is_added_in_english_is_danish_where_danish_is_spoken(tmp_path: Path) -> None:
    folder = tmp_path / "own"
    folder.mkdir(mode=0o700)
    file = folder / "mentor.json"
    process(file, "add", "Kim", "--start", "1/12", "--sure", LANG="", MENTOR_LANG="")
    for language in ("da", "en", "da"):
        done = process(file, "show", "Kim", "--format", "json", "--lang", language)
        texts = [one["text"] for one in json.loads(done.stdout)["duties"]]
        assert texts == list(DEFAULT[language].values())
