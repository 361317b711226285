"""The doctor and `mentor fold` on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from data.records import Conflict
from data.storage.backend import JournalBackend
from data.storage.protocol import DocChange
from data.store.change import Change
from data.store.opening import open_store
from tests.tools.example import example_file_at
from tests.tui.cli.tools import Mentor


def test_the_doctor_finds_nothing_wrong(mentor: Mentor, file: Path) -> None:
    example_file_at(file)
    for language in ("en", "da"):
        found = mentor("doctor", "--lang", language)
        assert (found.status, found.err) == (0, "")
        assert "mentor.json" in found.out
        assert "{" not in found.out
    assert "Fine" not in found.out
    checks = json.loads(mentor("doctor", "--format", "json").out)
    assert {"sound", "library", "terminal"} <= {one["check"] for one in checks}


def test_the_doctor_counts_what_there_is(mentor: Mentor, file: Path) -> None:
    mentor("add", "Maja", "--start", "1/8")
    mentor("add", "Bo", "--start", "1/8")
    mentor("note", "Maja", "Hej")
    assert "OK: Mentees: 2 (closed: 0). Talks held: 0. Notes: 1." in mentor("doctor").out
    assert "Conflicts" not in mentor("doctor").out
    opened = open_store(file, threaded=False)
    conflict = Conflict(of_table="notes", of_id="1", of_field="text", mine="Words")
    opened.store.commit([Change.created(conflict)])
    assert opened.close()
    found = mentor("doctor")
    assert found.status == 0
    assert "Notice: Unresolved conflicts: 1." in found.out


def test_the_doctor_changes_nothing_until_asked(mentor: Mentor, file: Path) -> None:
    mentor("add", "Maja", "--start", "1/8")
    journal = file.with_name("mentor.json.journal")
    journal.write_bytes(journal.read_bytes() + b'{"c":"0","r":{}}\nhalf')
    before = {path: path.read_bytes() for path in file.parent.iterdir() if path.is_file()}
    found = mentor("doctor")
    assert found.status == 1
    assert "Can be repaired: " in found.out
    assert "--repair" in found.out
    assert {p: p.read_bytes() for p in file.parent.iterdir() if p.is_file()} == before
    assert mentor("doctor", "--repair").status == 0
    assert mentor("list").out.startswith("Maja")
    assert any((file.parent / "mentor.json.quarantine").iterdir())


def test_the_doctor_names_values_that_cannot_be_read(mentor: Mentor, file: Path) -> None:
    mentor("add", "Maja", "--start", "1-8-2025")
    text = file.read_text()
    file.write_text(text.replace('"2025-08-01"', '"1. august"', 1))
    assert "week" not in mentor("list").out
    found = mentor("doctor")
    assert found.status == 1
    assert "1 record has values that cannot be read (mentees " in found.out
    assert "start)" in found.out


def test_the_doctor_of_nothing(mentor: Mentor, tmp_path: Path) -> None:
    assert mentor("doctor", "--file", str(tmp_path / "no/x.json")).status == 0
    (tmp_path / "open").mkdir()
    (tmp_path / "open").chmod(0o777)
    refused = mentor("doctor", "--file", str(tmp_path / "open/x.json"))
    assert refused.status == 3
    assert "Problem: " in refused.out


def test_a_fold_brings_the_journal_into_the_file(mentor: Mentor, file: Path) -> None:
    missing = mentor("fold")
    assert (missing.status, "There is no file" in missing.problem) == (3, True)
    assert not file.exists()
    mentor("add", "Maja", "--start", "1/8")
    session = JournalBackend(file)
    session.load()
    doc = {"text": "en note", "rev": 1}
    session.commit([DocChange("notes", "1", None, doc)], {})
    assert "en note" not in file.read_text()
    folded = mentor("fold")
    assert (folded.status, folded.out.startswith("Everything is in")) == (0, True)
    assert "en note" in file.read_text()
    session.close()


def test_the_doctor_names_documents_that_were_left_unfinished(
    mentor: Mentor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    mentor("add", "Maja")
    folder = tmp_path / "home/mentorrollen"
    folder.mkdir(parents=True)
    left = folder / ".mentor-unfinished-x1"
    left.write_text("Notat")
    found = mentor("doctor")
    assert found.status == 1
    assert left.name in found.out.replace("\n", "").replace(" ", "")
    assert mentor("doctor", "--repair").status == 0
    assert not left.exists()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("nano", "fine: started without history"),
        ("joe", "note: may keep some of what is written"),
        ("", "note: No editor was found"),
    ],
)
def test_the_doctor_says_whether_the_editor_keeps_what_is_written(
    mentor: Mentor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, said: str
) -> None:
    if name:
        (tmp_path / name).write_text("#!/bin/sh\n")
        (tmp_path / name).chmod(0o700)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("EDITOR", f"{name} -x")
    found = json.loads(mentor("doctor", "--format", "json").out)
    (line,) = [one for one in found if one["check"] == "writes_in"]
    weight, _colon, words = said.partition(": ")
    assert line["weight"] == weight
    assert words in line["text"]
    assert name in line["text"]
