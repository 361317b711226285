"""Deleting for good, ended at any moment: the next opening finds all of it, or nothing."""

from __future__ import annotations

import errno
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from data.storage import purge_list
from data.storage.disk import Disk
from data.storage.folder import open_folder
from data.storage.names import Names
from data.storage.problems import ErrorKind, NotSaved, StorageError
from data.storage.upkeep import traces
from data.storage.upkeep.going import Going
from data.storage.upkeep.purging import finish, purge
from tests.data.storage.crash.disks import CountingDisk, DyingDisk, FailingDisk, Killed
from tests.data.storage.crash.test_kill import CHANGING, needs_strace
from tests.data.storage.deleted import BO, MAJA
from tests.data.storage.lived_in import left_of, lived, maja, with_quarantine
from tests.data.storage.support import Session, close_all, contents, full, open_files

ROOT = Path(__file__).parents[4]
ERRORS = (errno.EIO, errno.ENOSPC, errno.EROFS, errno.EDQUOT)


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that has been worked in, with a backup for each day, quarantine and typed text."""
    folder = tmp_path_factory.mktemp("model") / "records"
    folder.mkdir(mode=0o700)
    lived(folder / "x.json")
    with_quarantine(folder / "x.json")
    return folder


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(traces, "WAIT_SECONDS", 0.0)


def room(model: Path, folder: Path, name: str) -> Path:
    """Copy the model, and write documents about her and about Bo elsewhere."""
    shutil.copytree(model, folder / name)
    for document in (*HERS, HIS):
        path = folder / name / "documents" / document
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"Plan of {document}")
    return folder / name / "x.json"


HERS = ("plan-maja.docx", "maja-extract/records.json", "maja-extract/notes.txt")
HIS = "plan-bo.docx"


def hers(path: Path) -> Going:
    """What goes with her, with her documents, and the folder of which nothing is left then."""
    documents = path.parent / "documents"
    outside = (*(documents / one for one in HERS), documents / "maja-extract", documents)
    return replace(maja(path), outside=tuple(map(str, outside)))


def documents_of(path: Path) -> set[str]:
    documents = path.parent / "documents"
    return {str(one.relative_to(documents)) for one in documents.rglob("*")}


def of_bo(path: Path) -> object:
    """What the file has of the other mentee, without links to those who are gone."""
    tables = full(contents(path))
    notes = {id: doc for id, doc in tables["notes"].items() if doc["mentee_id"] == BO}
    return tables["mentees"][BO], notes


def listed(path: Path) -> int:
    folder, name = open_folder(path)
    try:
        return len(purge_list.read(folder, Names(name)))
    finally:
        folder.close()


def all_or_nothing(path: Path, before: object, where: str) -> bool:
    """Open the file as the next start does. Return whether she is gone."""
    finish(path)
    tables = full(contents(path))
    gone = MAJA not in tables["mentees"]
    left = left_of(path)
    if gone:
        assert left == {}, where
        assert listed(path) == 1, where
        assert documents_of(path) == {HIS}, where
    else:
        assert listed(path) == 0, where
        assert documents_of(path) == {*HERS, HIS, "maja-extract"}, where
        assert len([note for note in tables["notes"].values() if note["mentee_id"] == MAJA]) == 20
    assert not path.with_name("x.json.deleting").exists(), where
    assert of_bo(path) == before, where
    return gone


def calls_of(model: Path, folder: Path) -> list[str]:
    disk = CountingDisk()
    path = room(model, folder, "count")
    purge(path, hers(path), disk=disk)
    assert left_of(path) == {}
    return disk.calls


def die_everywhere(model: Path, folder: Path, step: int) -> int:
    before = of_bo(room(model, folder, "before"))
    calls = calls_of(model, folder)
    outcomes = []
    for number in range(1, len(calls) + 1, step):
        path, fds = room(model, folder, f"at-{number}"), open_files()
        going = hers(path)
        with pytest.raises(Killed):
            purge(path, going, disk=DyingDisk(number))
        close_all(fds, path.parent)
        where = f"before call {number} of {len(calls)}, {calls[number - 1]}"
        outcomes.append(all_or_nothing(path, before, where))
        shutil.rmtree(path.parent)
    assert outcomes == sorted(outcomes)
    assert set(outcomes) == {False, True}
    return len(outcomes)


def fail_everywhere(
    model: Path, folder: Path, errors: tuple[int, ...], times: int, step: int
) -> int:
    before = of_bo(room(model, folder, "before"))
    calls = calls_of(model, folder)
    cases = 0
    for number in range(1, len(calls) + 1, step):
        for error in errors:
            path, fds = room(model, folder, f"at-{number}"), open_files()
            going = hers(path)
            disk: Disk = FailingDisk(number, error, times)
            where = (
                f"{errno.errorcode[error]} at call {number} of {len(calls)}, {calls[number - 1]}"
            )
            told = None
            try:
                purge(path, going, disk=disk)
            except StorageError as problem:
                told = problem
            close_all(fds, path.parent)
            nothing = isinstance(told, NotSaved)
            assert nothing or told is None or told.kind is ErrorKind.UNFINISHED, where
            assert all_or_nothing(path, before, where) != nothing, where
            shutil.rmtree(path.parent)
            cases += 1
    return cases


def test_death_before_some_calls(model: Path, tmp_path: Path) -> None:
    assert die_everywhere(model, tmp_path, 5) > 15


def test_a_full_disk_at_some_calls(model: Path, tmp_path: Path) -> None:
    assert fail_everywhere(model, tmp_path, (errno.ENOSPC,), 3, 5) > 15


@pytest.mark.soak
def test_death_before_every_call(model: Path, tmp_path: Path) -> None:
    print(f"\npurge, death: {die_everywhere(model, tmp_path, 1)} calls")


@pytest.mark.soak
def test_every_error_at_every_call(model: Path, tmp_path: Path) -> None:
    cases = 0
    for times in (1, 3, 1000):
        folder = tmp_path / str(times)
        folder.mkdir()
        cases += fail_everywhere(model, folder, ERRORS, times, 1)
    print(f"\npurge, errors: {cases} cases")


PURGE = """
import sys
from pathlib import Path
from data.storage.upkeep import traces
from data.storage.upkeep.purging import purge
from tests.data.storage.crash.test_purging import hers
traces.WAIT_SECONDS = 0.0
path = Path(sys.argv[1])
purge(path, hers(path))
"""


def traced(path: Path, *options: str) -> int:
    command = ["strace", "-f", "-qq", "-e", f"trace={CHANGING},unlink,rmdir", *options]
    command += [sys.executable, "-c", PURGE, str(path)]
    env = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONHASHSEED": "0"}
    return subprocess.run(
        command, cwd=ROOT, env=env, capture_output=True, timeout=120, check=False
    ).returncode


def purging_calls(path: Path) -> list[tuple[str, int]]:
    """Return the calls from where it is written down what is to go: each one's name, and its number
    among those of that name, for strace counts each by itself.
    """
    log = path.with_name("trace")
    assert traced(path, "-o", str(log)) == 0
    calls, counts = [], Counter[str]()
    for line in log.read_text().splitlines():
        name = re.match(r"\d+ +(\w+)\(", line)
        if name is not None:
            counts[name[1]] += 1
            calls.append((name[1], counts[name[1]], line))
    log.unlink()
    begun = next(n for n, (_name, _count, line) in enumerate(calls) if "new.deleting" in line)
    return [(name, count) for name, count, _line in calls[begun:]]


def kill_before(model: Path, folder: Path, call: tuple[str, int], before: object) -> bool:
    path = room(model, folder, "-".join(map(str, call)))
    inject = f"inject={call[0]}:signal=KILL:when={call[1]}"
    assert traced(path, "-e", inject, "-o", "/dev/null") != 0
    gone = all_or_nothing(path, before, f"killed before {call}")
    shutil.rmtree(path.parent)
    return gone


@needs_strace
def test_a_kill_before_some_real_system_calls(model: Path, tmp_path: Path) -> None:
    before = of_bo(room(model, tmp_path, "before"))
    calls = purging_calls(room(model, tmp_path, "count"))
    assert len(calls) > 60
    elsewhere = [call for call in calls if call[0] in {"unlink", "rmdir"}]
    assert len(elsewhere) == len(HERS) + 2
    assert all(kill_before(model, tmp_path, call, before) for call in elsewhere)
    outcomes = [kill_before(model, tmp_path, n, before) for n in calls[:: len(calls) // 6]]
    assert True in outcomes


@needs_strace
@pytest.mark.soak
def test_a_kill_before_every_real_system_call(model: Path, tmp_path: Path) -> None:
    before = of_bo(room(model, tmp_path, "before"))
    calls = purging_calls(room(model, tmp_path, "count"))
    outcomes = [kill_before(model, tmp_path, number, before) for number in calls]
    assert outcomes == sorted(outcomes)
    print(f"\npurge, kills: {len(calls)} system calls")


def test_a_session_of_its_own_is_not_harmed(model: Path, tmp_path: Path) -> None:
    path = room(model, tmp_path, "own")
    session = Session(path)
    purge(path, maja(path))
    session.poll()
    session.put("1790000000000000200", text="om Bo, efter")
    session.close()
    assert contents(path)["notes"]["1790000000000000200"]["text"] == "om Bo, efter"
