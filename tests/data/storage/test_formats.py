"""Files of every format number open; newer ones are left alone; old sessions notice an upgrade."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from data.storage import journal as journal_module
from data.storage import migrations
from data.storage.journal import FORMAT, frame
from data.storage.problems import ErrorKind, NotSaved, StorageError
from data.storage.protocol import Tables
from data.storage.record_file import HEAD
from data.storage.upkeep.restore import list_backups, restore
from tests.data.storage.support import Session, full, plain

GOLDEN = Path(__file__).parent / "golden"
EXPECTED: Tables = {
    "mentees": {"1790000000000000001": {"name": "Åse Ørsted", "rev": 1}},
    "notes": {
        "1790000000000000002": {
            "text": "Hun trives. Aftalt: ring til Jørgen 😀",
            "mentee_id": "1790000000000000001",
            "rev": 2,
        }
    },
}


@pytest.mark.parametrize("number", range(FORMAT + 1))
def test_files_of_every_format_open(path: Path, number: int) -> None:
    for file in (GOLDEN / f"format-{number}").iterdir():
        shutil.copy(file, path.with_name(file.name))
        path.with_name(file.name).chmod(0o600)
    session = Session(path)
    assert full(session.tables) == EXPECTED
    session.close()
    assert plain(path) == EXPECTED
    assert json.loads(path.read_bytes())["_meta"]["1"]["format"] == FORMAT


def as_newer(path: Path) -> None:
    """What a newer program leaves: its own format in both files."""
    data = path.read_bytes()
    path.write_bytes(data.replace(b'"format":1,', b'"format":9,'))
    number = json.loads(data)["_meta"]["1"]
    header = {"h": 9, "of": number["id"], "gen": number["gen"], "base": number["seq"]}
    new = path.with_name("newer")
    new.write_bytes(frame(header))
    new.chmod(0o600)
    new.rename(path.with_name("x.json.journal"))


def test_a_newer_file_is_refused_and_left_untouched(path: Path) -> None:
    session = Session(path)
    session.put("1", text="a")
    session.close()
    as_newer(path)
    before = {f: f.read_bytes() for f in path.parent.glob("x.json*") if f.is_file()}
    with pytest.raises(StorageError) as caught:
        Session(path)
    assert caught.value.kind is ErrorKind.NEWER
    assert {f: f.read_bytes() for f in before} == before


def test_a_newer_journal_beside_an_older_file_is_refused(path: Path) -> None:
    Session(path).close()
    path.with_name("x.json.journal").write_bytes(frame({"h": 9, "base": 0}))
    with pytest.raises(StorageError) as caught:
        Session(path)
    assert caught.value.kind is ErrorKind.NEWER


def test_a_newer_head_of_unknown_form_is_refused(path: Path) -> None:
    Session(path).close()
    path.write_text(json.dumps({"_meta": {"1": {"format": 9, "other": []}}, "notes": {}}))
    with pytest.raises(StorageError) as caught:
        Session(path)
    assert caught.value.kind is ErrorKind.NEWER


def test_an_old_session_notices_an_upgrade_and_keeps_its_words(path: Path) -> None:
    session = Session(path)
    session.put("1", text="a")
    as_newer(path)
    before = path.with_name("x.json.journal").read_bytes()
    with pytest.raises(StorageError) as caught:
        session.poll()
    assert caught.value.kind is ErrorKind.UPGRADED
    with pytest.raises(NotSaved) as refused:
        session.put("1", text="ab")
    assert refused.value.kind is ErrorKind.UPGRADED
    session.close()
    assert path.with_name("x.json.journal").read_bytes() == before


def test_a_migration_goes_step_by_step_and_keeps_the_earlier_form(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = Session(path)
    session.put("1", text="a")
    session.die()
    original = path.read_bytes()

    def rename(tables: Tables) -> Tables:
        return {"remarks" if name == "notes" else name: docs for name, docs in tables.items()}

    def add(tables: Tables) -> Tables:
        assert "notes" not in tables
        return {n: {i: {**d, "new": 1} for i, d in docs.items()} for n, docs in tables.items()}

    monkeypatch.setattr(migrations, "STEPS", {**migrations.STEPS, FORMAT: rename, FORMAT + 1: add})
    for module in (*("journal", "record_file", "snapshot", "recovery", "from_backups"),):
        monkeypatch.setattr(f"data.storage.{module}.FORMAT", FORMAT + 2)
    session = Session(path)
    assert session.tables == {"remarks": {"1": {"text": "a", "rev": 1, "new": 1}}}
    assert session.told == {"upgraded"}
    session.close()
    assert json.loads(path.read_bytes()[:HEAD] + b"}")["_meta"]["1"]["format"] == FORMAT + 2
    kept = [file.read_bytes() for file in path.with_name("x.json.quarantine").iterdir()]
    assert original in kept
    earlier = list_backups(path)[-1]
    assert path.with_name("x.json.backups").joinpath(earlier.record).read_bytes() == original
    restore(path, earlier.name)
    session = Session(path)
    assert session.tables == {"remarks": {"1": {"text": "a", "rev": 1, "new": 1}}}
    session.close()
    assert journal_module.FORMAT == FORMAT + 2


def test_there_is_a_way_up_from_every_format() -> None:
    assert set(migrations.STEPS) == set(range(FORMAT))
