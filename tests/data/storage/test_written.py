"""What is written is what its number says: every byte of it, for each number of a format.

A program goes by the number alone whether it can read a file or a backup. So whoever changes what
is written (a checksum, a head, a line of the journal, an operation) gives it the next number in
`data/storage/journal.py`, with a step in `data/storage/migrations.py`, and describes it in
`docs/format.md`. Then this writes the files of the new number, to be kept beside the others:

    python -m tests.data.storage.test_written
"""

from __future__ import annotations

import os
import pwd
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import patch

import pytest

from data import clock
from data.clock import Clock
from data.storage import record_file
from data.storage.journal import FORMAT, TEAM_FORMAT
from data.storage.record_file import parse, read_head
from data.storage.upkeep.going import Wanted, look
from data.storage.upkeep.purging import purge
from tests.data.storage.support import Session, full

GOLDEN = Path(__file__).parent / "golden"
NUMBERS = sorted({FORMAT, TEAM_FORMAT})
MAJA, BO, TASK = "1790000000000000001", "1790000000000000002", "1790000000000000003"
NOTE, OTHER = "1790000000000000011", "1790000000000000012"
LONG = "Åse Ørsted spurgte til fristerne. " * 8
WHAT_TO_DO = "What is written has changed: see the docstring of this file."


@contextmanager
def nothing_by_chance() -> Iterator[None]:
    """Let every random name be the next of a row, the clock stand still, and the user be met."""
    numbers = iter(range(1, 1000))

    def next_bytes(length: int) -> bytes:
        return next(numbers).to_bytes(length)

    utc = datetime(2026, 11, 24, 8, 5, tzinfo=UTC)
    met = pwd.struct_passwd(("met", "x", os.geteuid(), os.getegid(), "", "/", "/bin/sh"))
    with ExitStack() as stack:
        stack.callback(clock.set_clock, None)
        stack.callback(time.tzset)
        stack.enter_context(patch.object(os, "urandom", next_bytes))
        stack.enter_context(patch.object(pwd, "getpwuid", lambda _uid: met))
        stack.enter_context(patch.dict(os.environ, {"TZ": "UTC"}))
        time.tzset()
        clock.set_clock(Clock(utc))
        yield


def write(number: int, folder: Path) -> Path:
    """Have the program write all that it writes, with every operation. Return the data file."""
    folder.mkdir(mode=0o700)
    folder.chmod(0o2770 if number == TEAM_FORMAT else 0o700)
    path = folder / "x.json"
    with nothing_by_chance():
        session = Session(path)
        session.put(MAJA, "mentees", name="Maja", start="2026-08-01")
        session.put(NOTE, mentee_id=MAJA, text="hemmeligt")
        session.close()
        going = look(path, Wanted("mentee", frozenset({MAJA})), by="met")
        purge(path, going)
        session = Session(path)
        session.put(BO, "mentees", name="Bo", team="Børn & Unge", about="😀")
        session.put(TASK, "tasks", mentee_id=BO, title="Underretning", order=1.5, extra={"a": "b"})
        session.put(OTHER, mentee_id=BO, text=LONG, private=True)
        session.backend.fold()
        session.put(TASK, "tasks", title="Underretning, første")
        session.put(OTHER, text=LONG[:100] + "Ring. " + LONG[100:])
        before = session.doc(BO, "mentees") or {}
        left = {name: value for name, value in before.items() if name != "about"}
        session.commit([session.change(BO, "mentees")._replace(after={**left, "rev": 9})])
        session.delete(TASK, "tasks")
        session.backend.fold()
        session.put(OTHER, text="til sidst")
        session.die()
    return path


def written(folder: Path) -> dict[str, bytes]:
    """Return what was written that is not gone with the session: file -> bytes without padding."""
    found = sorted(one for one in folder.rglob("*") if one.is_file())
    return {
        str(one.relative_to(folder)).replace("x.json.backups/", "backups/"): one.read_bytes()
        if one.suffix == ".json"
        else one.read_bytes().rstrip(b"\n") + b"\n"
        for one in found
        if not {one.suffix, one.parent.suffix} & {".lock", ".reserve", ".sessions"}
    }


def kept(number: int) -> Path:
    return GOLDEN / f"written-{number}"


@pytest.mark.parametrize("number", NUMBERS)
def test_every_byte_is_as_its_number_says(number: int, tmp_path: Path) -> None:
    now = written(write(number, tmp_path / "x").parent)
    assert now.keys() == written(kept(number)).keys(), WHAT_TO_DO
    for name, data in written(kept(number)).items():
        assert now[name] == data, f"{name}: {WHAT_TO_DO}"


@pytest.mark.parametrize("number", NUMBERS)
def test_all_that_can_be_written_is_among_it(number: int) -> None:
    files = written(kept(number))
    every = b"".join(files.values())
    for part in (b'"put":', b'"set":', b'"cut":', b'"drop":', b'"del":', b'"salt":', b'"g":'):
        assert part in every, part
    assert {name.partition("/")[0] for name in files} >= {"x.json", "backups"}
    head = read_head(files["x.json"])
    assert head is not None
    assert head.format == number


@pytest.mark.parametrize("number", NUMBERS)
def test_it_can_be_read_and_so_can_its_backups(number: int, tmp_path: Path) -> None:
    folder = tmp_path / "x"
    shutil.copytree(kept(number), folder)
    (folder / "backups").rename(folder / "x.json.backups")
    folder.chmod(0o2770 if number == TEAM_FORMAT else 0o700)
    for one in folder.rglob("*"):
        one.chmod((0o2770 if one.is_dir() else 0o660) & folder.stat().st_mode)
    session = Session(folder / "x.json")
    assert session.told == set()
    assert session.text(OTHER) == "til sidst"
    assert full(session.tables)["mentees"].keys() == {BO}
    session.close()


@pytest.mark.parametrize("file", sorted(GOLDEN.glob("format-[1-9]*/x.json")), ids=str)
def test_a_file_of_before_is_written_as_it_was(file: Path, tmp_path: Path) -> None:
    content = parse(file.read_bytes())
    assert content.sound, WHAT_TO_DO
    assert content.meta is not None
    fd = os.open(tmp_path / "again", os.O_RDWR | os.O_CREAT)
    record_file.write(fd, content.tables, content.meta)
    os.close(fd)
    assert (tmp_path / "again").read_bytes() == file.read_bytes(), WHAT_TO_DO


def main() -> None:
    """Write the files of those numbers that have none yet."""
    for number in NUMBERS:
        if kept(number).exists():
            print(f"{kept(number)} is there already, and stays as it is")
            continue
        with tempfile.TemporaryDirectory() as name:
            found = written(write(number, Path(name) / "x").parent)
        for file, data in found.items():
            target = kept(number) / file
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        print(f"{kept(number)}: {len(found)} files")


if __name__ == "__main__":
    main()
    sys.exit()
