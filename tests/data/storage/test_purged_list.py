"""The list of what was deleted for good: what it takes out, what it says, and what waits for it."""

from __future__ import annotations

import ast
import json
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from data.storage import purge_list
from data.storage.deletion import opaque
from data.storage.folder import open_folder
from data.storage.names import Names
from data.storage.problems import ErrorKind, StorageError
from data.storage.protocol import DocChange
from data.storage.snapshot import read_tables
from data.storage.upkeep.doctor import examine, repair
from data.storage.upkeep.findings import Check
from tests.data.storage.deleted import (
    BO,
    MAJA,
    NOTE,
    OTHER,
    begun,
    copied,
    deletion,
    is_gone,
    listed,
    maja_goes,
    put_back_both,
)
from tests.data.storage.support import Session, contents, full

ANSWER = "91234567890123456789"
ROOT = Path(__file__).parents[3]


def test_only_what_takes_her_out_writes_documents_from_memory() -> None:
    """A file that wrote tables in another way would be a way round the list."""
    callers = set()
    for file in (ROOT / "data").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module == "data.storage.record_file":
                names = {name.name for name in node.names}
                if names & {"write", "Writer"}:
                    callers.add(file.name)
    assert callers == {"generation.py", "quarantine.py", "fold.py", "old_states.py"}
    for name in ("generation.py", "quarantine.py"):
        text = (ROOT / "data" / "storage" / name).read_text("utf-8")
        assert text.count("purge_list.cleaned(") == 1


def test_an_answer_that_was_given_again_stays(path: Path) -> None:
    begun(path)
    session = Session(path)
    early = "2026-01-01T10:00:00+01:00"
    session.put(ANSWER, "answers", mentee_id=BO, mentor="før", changed_at=early)
    session.close()
    gone = deletion(path, set(), {ANSWER})
    listed(path, gone)
    assert ANSWER not in contents(path).get("answers", {})
    session = Session(path)
    session.put(ANSWER, "answers", mentee_id=BO, mentor="for sent", changed_at=early)
    assert session.commits[-1].changes == ()
    late = "2099-01-02T10:00:00+01:00"
    session.put(ANSWER, "answers", mentee_id=BO, mentor="efter", changed_at=late)
    session.close()
    found = full(contents(path))["answers"]
    assert found[ANSWER]["mentor"] == "efter"
    assert gone.takes_change(DocChange("answers", ANSWER, {"changed_at": early}, None))


def test_fields_and_links_go_and_the_rest_of_a_document_stays(path: Path) -> None:
    begun(path)
    kept = "1790000000000000031"
    session = Session(path)
    session.put(
        kept,
        "talks",
        mentee_id=BO,
        pulse={"a": "godt"},
        corrections=[{"before": "x", "private": True}, {"before": "y"}],
        note_ids=[NOTE, OTHER],
        about=NOTE,
        sorted={NOTE: "keep", OTHER: "ask"},
    )
    session.close()
    one = deletion(path, set(), {NOTE})
    parts = {opaque(one.salt, kept): {"pulse": True, "corrections": {"private": True}}}
    listed(path, replace(one, parts=parts))
    doc = contents(path)["talks"][kept]
    del doc["rev"]
    assert doc == {
        "mentee_id": BO,
        "corrections": [{"before": "y"}],
        "note_ids": [OTHER],
        "sorted": {OTHER: "ask"},
    }


def test_the_list_has_no_id_and_each_deletion_once(path: Path) -> None:
    begun(path)
    one = deletion(path, {MAJA}, {MAJA, NOTE})
    listed(path, one)
    listed(path, one)
    with path.with_name("x.json.deletions.log").open("ab") as file:
        file.write(b'{"c":"00000000","r":{"half')
    listed(path, deletion(path, {BO}, {BO}, id="1799999999999999998"))
    folder, name = open_folder(path)
    with closing(folder):
        names = Names(name)
        assert [d.id[-1] for d in purge_list.read(folder, names)] == ["9", "8"]
        found = folder.stat(names.deletions)
    assert found is not None
    assert oct(found.st_mode)[-3:] == "600"
    assert MAJA not in path.with_name("x.json.deletions.log").read_text()
    assert json.loads(path.read_bytes())["notes"] == {} or contents(path).get("notes") is None


def test_nothing_is_written_while_a_deletion_is_not_finished(path: Path) -> None:
    begun(path)
    path.with_name("x.json.deleting").write_bytes(b"")
    for opening in (Session, read_tables):
        with pytest.raises(StorageError) as caught:
            opening(path)
        assert caught.value.kind is ErrorKind.UNFINISHED


def test_doctor_says_what_is_of_before_and_what_is_not_finished(path: Path, tmp_path: Path) -> None:
    begun(path)
    old = copied(path, tmp_path / "old")
    maja_goes(path)
    put_back_both(path, old)
    assert Check.UNCLEANED in {one.check for one in examine(path)}
    path.with_name("x.json.deleting").write_bytes(b"")
    path.with_name("x.json.deletions.log").chmod(0o644)
    found = {one.check for one in examine(path)}
    assert {Check.DELETING, Check.MODE} <= found
    repair(path)
    assert not {Check.UNCLEANED, Check.DELETING, Check.MODE} & {one.check for one in examine(path)}
    is_gone(path)
