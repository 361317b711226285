"""Whatever has become of the files, they open with all that can be had, and originals are kept."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from tinydb import TinyDB

from data.storage.folder import Folder
from data.storage.problems import ErrorKind, NotSaved, StorageError
from tests.data.storage.support import Session, contents, full, plain


@pytest.fixture
def journal(path: Path) -> Path:
    return path.with_name("x.json.journal")


def grown(path: Path, *, generations: int = 3) -> dict[str, str]:
    """Make a file with some generations and an unfolded journal. Returns id -> text."""
    for number in range(generations):
        session = Session(path)
        session.put(str(number), text=f"linje {number}")
        session.close()
    session = Session(path)
    session.put("8", text="i journalen")
    session.put("9", text="også")
    session.die()
    return {**{str(n): f"linje {n}" for n in range(generations)}, "8": "i journalen", "9": "også"}


def found(path: Path) -> tuple[dict[str, str], set[str]]:
    session = Session(path)
    session.close()
    texts = {id: str(doc["text"]) for id, doc in session.tables.get("notes", {}).items()}
    for notice in session.backend.notices:
        assert "{" not in str(notice)
    again = Session(path)
    assert full(again.tables) == full(session.tables), "mended for good"
    assert again.told <= {"mode"}, "told once"
    again.close()
    assert full(again.tables) == plain(path)
    return texts, session.told


def kept(path: Path) -> list[bytes]:
    folder = path.with_name("x.json.quarantine")
    return [file.read_bytes() for file in folder.iterdir()] if folder.exists() else []


def test_a_torn_last_line_is_set_aside(path: Path, journal: Path) -> None:
    texts = grown(path)
    data = journal.read_bytes().rstrip(b"\n")
    journal.write_bytes(data[:-20])
    del texts["9"]
    assert found(path) == (texts, {"torn"})
    assert any(data[-60:-20] in piece for piece in kept(path))


def test_a_torn_line_before_padding_is_set_aside(path: Path, journal: Path) -> None:
    texts = grown(path)
    data = journal.read_bytes()
    content = data.rstrip(b"\n")
    journal.write_bytes(content[:-20] + b"\n" * (len(data) - len(content) + 20))
    del texts["9"]
    assert found(path) == (texts, {"torn"})


def test_a_torn_line_does_not_hinder_a_living_session(path: Path, journal: Path) -> None:
    session = Session(path)
    session.put("1", text="a")
    data = journal.read_bytes().rstrip(b"\n")
    journal.write_bytes(data + b'\n{"c":"00')
    other = Session(path, "bo")
    other.put("2", text="b")
    session.put("3", text="c")
    other.poll()
    assert full(other.tables) == full(session.tables)
    assert len(session.tables["notes"]) == 3
    session.close()
    other.close()
    assert full(session.tables) == plain(path)


def test_a_damaged_line_is_set_aside_and_the_others_count(path: Path, journal: Path) -> None:
    texts = grown(path)
    data = bytearray(journal.read_bytes())
    data[data.index(b"i journalen")] ^= 1
    journal.write_bytes(data)
    del texts["8"]
    assert found(path) == (texts, {"bad_lines", "gap"})
    assert kept(path)


def test_a_damaged_header_does_not_lose_the_lines(path: Path, journal: Path) -> None:
    texts = grown(path)
    journal.write_bytes(b"xx" + journal.read_bytes()[2:])
    assert found(path) == (texts, {"bad_lines"})


def test_a_damaged_record_file_is_put_together_from_backup_and_journals(path: Path) -> None:
    texts = grown(path)
    damaged = path.read_bytes()[:-30]
    path.write_bytes(damaged)
    assert found(path) == (texts, {"from_backup"})
    assert damaged in kept(path)


@pytest.mark.parametrize("content", [b"", b"\0" * 4096, b"[1,2]", b"\xef\xbb\xbf{}"])
def test_rubbish_in_place_of_the_record_file(path: Path, content: bytes) -> None:
    texts = grown(path)
    path.write_bytes(content)
    assert found(path)[0] == texts


def test_a_missing_record_file_is_put_together_again(path: Path) -> None:
    texts = grown(path)
    path.unlink()
    assert found(path) == (texts, {"rebuilt"})


def test_a_first_generation_that_is_missing_is_all_in_the_journal(path: Path) -> None:
    texts = grown(path, generations=0)
    path.unlink()
    assert found(path) == (texts, {"rebuilt"})


def test_a_damaged_backup_does_not_hinder(path: Path) -> None:
    texts = grown(path)
    newest = max(path.with_name("x.json.backups").glob("*.json"))
    newest.write_bytes(b"{")
    path.unlink()
    assert found(path) == (texts, {"rebuilt"})


def test_without_a_backup_whole_lines_are_salvaged(path: Path) -> None:
    texts = grown(path)
    shutil.rmtree(path.with_name("x.json.backups"))
    path.write_bytes(path.read_bytes().replace(b'"linje 1"', b'"linje 1', 1))
    del texts["1"]
    assert found(path) == (texts, {"salvaged"})


def test_what_is_hopeless_is_refused_and_left_alone(path: Path, journal: Path) -> None:
    grown(path)
    shutil.rmtree(path.with_name("x.json.backups"))
    path.write_bytes(b"hopeless")
    before = journal.read_bytes()
    with pytest.raises(StorageError) as caught:
        Session(path)
    assert caught.value.kind is ErrorKind.DAMAGED
    assert path.read_bytes() == b"hopeless"
    assert journal.read_bytes() == before


def test_a_missing_journal_is_told(path: Path, journal: Path) -> None:
    texts = grown(path)
    journal.unlink()
    del texts["8"], texts["9"]
    assert found(path) == (texts, {"no_journal"})


def test_a_record_file_that_was_copied_alone_opens_silently(path: Path, tmp_path: Path) -> None:
    texts = grown(path)
    Session(path).close()
    there = tmp_path / "elsewhere"
    there.mkdir(mode=0o700)
    shutil.copy(path, there / "x.json")
    assert found(there / "x.json") == (texts, set())


def test_an_old_copy_put_back_counts_and_what_came_after_is_kept(path: Path, journal: Path) -> None:
    session = Session(path)
    session.put("1", text="gammel")
    session.close()
    old = path.read_bytes()
    texts = grown(path)
    later = journal.read_bytes()
    path.write_bytes(old)
    assert found(path) == ({"1": "gammel"}, {"old_journal"})
    assert later in kept(path)
    assert texts


def test_a_change_by_another_program_is_taken_in_with_the_journal(path: Path) -> None:
    texts = grown(path)
    with TinyDB(path) as db:
        db.table("notes").update({"text": "rettet"}, doc_ids=[1])
    texts["1"] = "rettet"
    assert found(path) == (texts, {"edited"})


def test_a_hand_edited_text_in_a_line_is_taken_in_and_named(path: Path) -> None:
    texts = grown(path)
    path.write_bytes(path.read_bytes().replace(b"linje 1", b"linje x"))
    session = Session(path)
    (notice,) = session.backend.notices
    assert notice.records == (("notes", "1"),)
    session.close()
    texts["1"] = "linje x"
    assert {id: doc["text"] for id, doc in session.tables["notes"].items()} == texts


def test_a_plain_tinydb_file_is_adopted(path: Path) -> None:
    with TinyDB(path) as db:
        db.table("notes").insert({"text": "fra før"})
    original = path.read_bytes()
    assert found(path) == ({"1": "fra før"}, {"mode", "adopted"})
    assert original in kept(path)


def test_an_adopted_file_that_is_lost_is_not_called_empty(path: Path) -> None:
    with TinyDB(path) as db:
        db.table("notes").insert({"text": "fra før"})
    Session(path).close()
    path.unlink()
    with pytest.raises(StorageError):
        Session(path)


def test_an_empty_file_is_a_new_one(path: Path) -> None:
    path.touch(mode=0o600)
    assert found(path) == ({}, set())


def test_half_written_files_are_tidied_away(path: Path) -> None:
    Session(path).close()
    left = path.with_name("x.json.new.record-1-abc")
    left.touch(mode=0o600)
    Session(path).close()
    assert not left.exists()


def test_a_half_written_file_that_vanishes_meanwhile_stops_nobody(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Session(path).close()
    names = Folder.names
    monkeypatch.setattr(Folder, "names", lambda self: [*names(self), "x.json.new.record-1-gone"])
    Session(path).close()


# -- while a session is open ------------------------------------------------------------------


def test_an_open_session_writes_a_record_file_again_that_was_deleted(path: Path) -> None:
    session = Session(path)
    session.put("1", text="a")
    path.unlink()
    session.poll()
    assert contents(path) == full(session.tables)
    session.close()


def test_an_open_session_writes_a_journal_again_that_was_deleted(path: Path, journal: Path) -> None:
    session = Session(path)
    session.put("1", text="a")
    journal.unlink()
    session.poll()
    session.put("2", text="b")
    session.die()
    assert set(contents(path)["notes"]) == {"1", "2"}


def test_an_open_session_mends_a_truncated_journal(path: Path, journal: Path) -> None:
    session = Session(path)
    session.put("1", text="a")
    with journal.open("r+b") as file:
        file.truncate(150)
    session.poll()
    session.die()
    assert contents(path)["notes"]["1"]["text"] == "a"


def test_an_open_session_takes_in_what_another_program_wrote(path: Path) -> None:
    session = Session(path)
    session.put("1", text="a")
    session.close()
    session, other = Session(path), Session(path, "bo")
    with TinyDB(path) as db:
        db.table("notes").update({"text": "b"}, doc_ids=[1])
    session.poll()
    other.poll()
    assert session.text("1") == other.text("1") == "b"
    session.put("1", text="c")
    other.poll()
    assert other.text("1") == "c"
    session.close()
    other.close()


def test_an_open_session_survives_that_its_folder_is_replaced(path: Path) -> None:
    session = Session(path)
    session.put("1", text="a")
    away = path.parent.with_name("away")
    path.parent.rename(away)
    path.parent.mkdir(mode=0o700)
    session.poll()
    session.put("2", text="b")
    session.close()
    assert set(plain(path)["notes"]) == {"1", "2"}


def test_a_folder_that_is_gone_keeps_the_words_until_it_is_back(path: Path) -> None:
    session = Session(path)
    session.put("1", text="a")
    shutil.rmtree(path.parent)
    change = session.change("2", text="b")
    with pytest.raises(StorageError):
        session.poll()
    with pytest.raises(NotSaved) as caught:
        session.commit([change])
    assert caught.value.kind is ErrorKind.GONE
    path.parent.mkdir(mode=0o700)
    session.poll()
    session.commit([change])
    session.close()
    assert set(plain(path)["notes"]) == {"1", "2"}


def test_meta_is_not_a_table_of_ours(path: Path) -> None:
    Session(path).close()
    assert "_meta" in json.loads(path.read_bytes())
    assert "_meta" not in contents(path)


@pytest.mark.parametrize("number", ["NaN", "-Infinity", "1e999"])
def test_what_is_no_json_number_becomes_none(path: Path, number: str) -> None:
    grown(path)
    data = path.read_text().replace('"linje 0"', f'"linje 0","hours":{number}')
    path.write_text(data)
    texts, told = found(path)
    assert texts["0"] == "linje 0"
    assert "edited" in told
    assert plain(path)["notes"]["0"]["hours"] is None
    assert any(number.encode() in piece for piece in kept(path))


def test_a_format_number_that_there_never_was_is_an_edit(path: Path) -> None:
    texts = grown(path)
    path.write_text(path.read_text().replace('"format":1', '"format":-1'))
    assert found(path) == (texts, {"edited"})


@pytest.mark.parametrize("damage", ["missing", "empty", "cut"])
def test_it_does_not_say_that_nothing_is_missing_where_the_journal_is(
    path: Path, journal: Path, damage: str
) -> None:
    grown(path)
    journal.unlink()
    if damage == "missing":
        path.unlink()
    else:
        path.write_bytes(b"" if damage == "empty" else path.read_bytes()[:-9])
    texts, told = found(path)
    assert set(texts) == {"0", "1", "2"}
    assert told == {"from_backup_part" if damage == "cut" else "rebuilt_part"}


def test_an_empty_record_file_leaves_nothing_to_set_aside(path: Path) -> None:
    texts = grown(path)
    path.write_bytes(b"")
    assert found(path) == (texts, {"rebuilt"})
    assert kept(path) == []
