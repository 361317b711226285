"""An extract: a canary of every field of text of every table is in it, in words and as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import MISSING, fields
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from data.clock import today
from data.documents.files import NotWritten
from data.i18n import set_language
from data.method.hold import answer_by, awaits_answer
from data.privacy.extract import (
    Where,
    extract_of,
    ids_about,
    look,
    note_asked,
    note_given,
    write_extract,
)
from data.records import (
    KINDS,
    Conflict,
    LoanSide,
    Mentee,
    MenteeRecord,
    Note,
    Record,
    RoleKind,
    Task,
    Unfinished,
)
from data.store.change import Change
from data.store.opening import OpenedStore, open_store
from data.store.store import Store

MAJA = Mentee(name="Maja Kanarie", about="CANARYmenteesabout")
EMIL = Mentee(name="Emil Uvedkommende")
_NOT_WORDS = {"id", "mentee_id", "changed_by", "key", "session", "of_id", "of_table", "of_form"} | {
    "origin",
    "step",
    "side",
    "what",
    "back_at",
    "back_sum",
}
"""Fields of text with ids, and keys of tables and of kinds of document."""
_REQUIRED = {"int": 1, "date": today(), "RoleKind": RoleKind.OWN, "LoanSide": LoanSide.LENT}
_NO_WORDS_OF_ANYBODY = {"written", "calendar", "postponed"}


def canaries(kind: type[Record]) -> tuple[Record, list[str]]:
    """Return a record of a kind about Maja with a canary in each field of text, and those."""
    values: dict[str, Any] = {}
    words = []
    for one in fields(kind):
        if str(one.type) == "str" and one.name not in _NOT_WORDS and not one.name.endswith("_id"):
            word = f"CANARY{kind.table}{one.name.replace('_', '')}"
            values[one.name] = word
            words.append(word)
        elif one.default is MISSING and one.default_factory is MISSING:
            values[one.name] = _REQUIRED.get(str(one.type), "1")
    if issubclass(kind, MenteeRecord):
        values["mentee_id"] = MAJA.id
    return kind(**values), words


ABOUT_MAJA = [
    kind
    for kind in KINDS
    if issubclass(kind, MenteeRecord) and kind.table not in _NO_WORDS_OF_ANYBODY | {"calendar"}
]


@pytest.fixture(params=["da", "en"])
def lang(request: pytest.FixtureRequest) -> Iterator[str]:
    set_language(request.param)
    yield str(request.param)
    set_language("en")


@pytest.fixture
def opened(tmp_path: Path, lang: str) -> Iterator[OpenedStore]:
    folder = tmp_path / "own"
    folder.mkdir(mode=0o700)
    found = open_store(folder / "mentor.json", by="bodil", threaded=False)
    found.store.commit([Change.created(MAJA), Change.created(EMIL)])
    yield found
    found.close()


def where(opened: OpenedStore) -> Where:
    home = opened.path.parent.parent
    return Where(opened.path, {"HOME": str(home)}, home / "documents")


def extract(store: Store, mentee: Mentee, places: Where, output: str = "") -> Path:
    looked = look(mentee.id, ids_about(store, mentee), places)
    return write_extract(extract_of(store, mentee, places, looked, output))


def texts(folder: Path) -> dict[str, str]:
    """Return the text of each file in a folder: of Word files what is written in them."""
    found = {}
    for path in folder.iterdir():
        if path.suffix == ".docx":
            with ZipFile(path) as inner:
                found[path.name] = inner.read("word/document.xml").decode()
        else:
            found[path.name] = path.read_text("utf-8")
    return found


def test_a_canary_of_every_table_is_there(opened: OpenedStore) -> None:
    store, words = opened.store, ["CANARYmenteesabout"]
    for kind in ABOUT_MAJA:
        record, planted = canaries(kind)
        store.commit([Change.created(record)])
        words += planted
    task = store.of(Task, MAJA.id)[0]
    clash = Conflict(
        of_table="tasks", of_id=task.id, of_field="title", mine="CANARYmine", theirs="CANARYtheirs"
    )
    form = Unfinished(key=f"task:tasks:{task.id}", texts='{"title": "CANARYunfinished"}')
    other = Note(mentee_id=EMIL.id, text="CANARYandens")
    store.commit(map(Change.created, (clash, form, other)))
    words += ["CANARYmine", "CANARYtheirs", "CANARYunfinished"]
    assert len(words) > 40

    folder = extract(store, MAJA, where(opened))

    files = texts(folder)
    whole = {name: text for name, text in files.items() if name.startswith(("alt-", "everything"))}
    assert {Path(name).suffix for name in whole} == {".docx", ".txt"}
    for name, text in whole.items():
        plain = "".join(text.split())
        missing = [word for word in words if word not in plain]
        assert missing == [], name
    records = next(text for name, text in files.items() if name.endswith(".json"))
    assert [word for word in words if word not in records] == []
    assert not any("CANARYandens" in text for text in files.values())
    assert all(path.stat().st_mode & 0o777 == 0o600 for path in folder.iterdir())
    assert folder.stat().st_mode & 0o777 == 0o700


def test_what_was_deleted_and_is_still_in_a_backup_is_there(opened: OpenedStore) -> None:
    note = Note(mentee_id=MAJA.id, text="CANARYslettet")
    opened.store.commit([Change.created(note)])
    opened.close()
    again = open_store(opened.path, threaded=False)
    again.store.commit([Change.deleted(note)])
    again.close()
    last = open_store(opened.path, threaded=False)
    folder = extract(last.store, MAJA, where(opened))
    records = next(path for path in folder.iterdir() if path.suffix == ".json")
    earlier = json.loads(records.read_text())["earlier"]
    assert [one["text"] for one in earlier["notes"]] == ["CANARYslettet"]
    last.close()


def test_every_place_that_was_looked_through_is_named(opened: OpenedStore) -> None:
    places = where(opened)
    places.documents.mkdir()
    (places.documents / "plan-maja-kanarie-2026-11-28.docx").write_text("x")
    folder = extract(opened.store, MAJA, places)
    files = texts(folder)
    first = next(text for name, text in files.items() if name.endswith(("foerst.txt", "first.txt")))
    assert str(opened.path) in "".join(first.split())
    records = json.loads(next(text for name, text in files.items() if name.endswith(".json")))
    kinds = {one["kind"] for one in records["places"]}
    assert kinds >= {"records", "typing", "documents"}
    assert any("plan-maja-kanarie" in one["path"] for one in records["places"])


def test_asking_sets_a_hold_and_a_day_by_which_to_answer(opened: OpenedStore) -> None:
    store = opened.store
    store.commit([note_asked(MAJA, date(2026, 11, 1))])
    maja = store.get(Mentee, MAJA.id)
    assert maja
    assert maja.held_since == today()
    assert maja.extract_asked_on == date(2026, 11, 1)
    assert answer_by(date(2026, 11, 1)) == date(2026, 12, 1)
    assert awaits_answer(maja, date(2026, 11, 1) + timedelta(days=20))
    store.commit([note_given(maja)])
    done = store.get(Mentee, MAJA.id)
    assert done
    assert done.held_since
    assert not awaits_answer(done, date(2026, 12, 24))


def test_where_it_cannot_be_written_nothing_is_left(opened: OpenedStore) -> None:
    with pytest.raises(NotWritten):
        extract(opened.store, MAJA, where(opened), "/proc/nowhere/there")
