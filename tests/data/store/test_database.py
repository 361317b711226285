"""Documents in memory as a TinyDB that can be asked and not written."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from tinydb import Query, TinyDB, where

from data.storage.protocol import Tables
from data.store.database import ReadOnly, database


@pytest.fixture
def tables() -> Tables:
    return {
        "notes": {
            "1790000000000000001": {"text": "One", "tags": ["a"], "rev": 1},
            "1790000000000000002": {"text": "Two", "tags": ["b"], "rev": 2},
        },
        "talks": {},
    }


def test_it_is_asked_in_tinydbs_language(tables: Tables) -> None:
    db = database(tables)
    notes, note = db.table("notes"), Query()
    assert db.tables() == {"notes"}
    assert len(notes) == 2
    assert [one["text"] for one in notes.search(note.tags.any(["b"]) | (note.rev == 1))] == [
        "One",
        "Two",
    ]
    assert notes.count(where("rev") > 1) == 1
    assert notes.contains(where("text") == "Two")
    (found,) = notes.search(where("text") == "Two")
    assert str(found.doc_id) == "1790000000000000002"
    assert notes.get(doc_id=found.doc_id) == tables["notes"]["1790000000000000002"]
    assert len(db.table("nonsense")) == len(db.table("talks")) == 0
    assert database({}).tables() == set()


def test_it_shows_what_has_changed_since_the_last_question(tables: Tables) -> None:
    notes = database(tables).table("notes")
    question = where("text") == "Three"
    assert notes.search(question) == []
    tables["notes"]["1790000000000000003"] = {"text": "Three"}
    assert len(notes.search(question)) == notes.count(question) == 1
    del tables["notes"]["1790000000000000003"]
    assert notes.search(question) == []


def test_an_id_that_is_no_number_hinders_nothing(tables: Tables) -> None:
    tables["notes"]["by hand"] = {"text": "Four"}
    (found,) = database(tables).table("notes").search(where("text") == "Four")
    assert str(found.doc_id) == "by hand"


def test_what_is_handed_out_can_be_changed_without_harm(tables: Tables) -> None:
    notes = database(tables).table("notes")
    for one in notes.all():
        one["tags"].append("mine")
        one["text"] = "mine"
    assert [doc["text"] for doc in tables["notes"].values()] == ["One", "Two"]
    assert [doc["tags"] for doc in tables["notes"].values()] == [["a"], ["b"]]


WRITES: dict[str, Callable[[TinyDB], object]] = {
    "insert": lambda db: db.table("notes").insert({"text": "New"}),
    "insert here": lambda db: db.insert({"text": "New"}),
    "insert many": lambda db: db.table("notes").insert_multiple([{"text": "New"}]),
    "update": lambda db: db.table("notes").update({"text": "New"}),
    "update one": lambda db: db.table("notes").update({"text": "New"}, where("rev") == 1),
    "update many": lambda db: db.table("notes").update_multiple([({"a": 1}, where("rev") == 1)]),
    "upsert": lambda db: db.table("notes").upsert({"text": "New"}, where("rev") == 1),
    "remove": lambda db: db.table("notes").remove(where("rev") == 1),
    "truncate": lambda db: db.table("notes").truncate(),
    "drop a table": lambda db: db.drop_table("notes"),
    "drop all": lambda db: db.drop_tables(),
}


@pytest.mark.parametrize("write", WRITES)
def test_nothing_can_be_written(tables: Tables, write: str) -> None:
    before = {name: {id: dict(doc) for id, doc in docs.items()} for name, docs in tables.items()}
    with pytest.raises(ReadOnly, match=r"Store\.commit"):
        WRITES[write](database(tables))
    assert tables == before


def test_nothing_can_be_changed_by_what_a_question_is_shown(tables: Tables) -> None:
    db = database(tables)
    notes, as_it_was = db.table("notes"), deepcopy(tables)

    def write(value: Any) -> bool:
        value["text"] = "changed"
        return True

    def write_within(tags: Any) -> bool:
        tags.append("changed")
        return True

    with pytest.raises(TypeError):
        notes.search(write)
    assert len(notes.search(where("tags").test(write_within))) == 2
    read = db.storage.read()
    assert read is not None
    with pytest.raises(TypeError):
        read["notes"]["1790000000000000001"]["text"] = "changed"
    with pytest.raises((TypeError, AttributeError)):
        read["notes"].pop("1790000000000000001")
    read.clear()
    assert tables == as_it_was


def test_a_question_about_what_is_within_a_document_is_answered(tables: Tables) -> None:
    tables["notes"]["1790000000000000001"]["extra"] = {"Colour": "red", "Tags": ["x"]}
    notes = database(tables).table("notes")
    assert len(notes.search(where("extra")["Colour"] == "red")) == 1
    assert len(notes.search(where("extra") == {"Colour": "red", "Tags": ["x"]})) == 1
    assert len(notes.search(where("tags") == ["a"])) == 1
    (found,) = notes.search(Query().fragment({"text": "One"}))
    assert type(found["extra"]) is dict
    assert found["extra"]["Tags"] == ["x"]
