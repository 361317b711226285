"""Data file and journal of an earlier moment put back together: they count, and it is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.storage import backups
from data.storage.problems import NoticeKind
from data.storage.upkeep import restore
from data.storage.upkeep.doctor import examine
from data.storage.upkeep.findings import Check
from tests.data.storage.replacing import put_back, taken_over, texts, whole
from tests.data.storage.support import Session


def test_both_files_put_back_are_no_fold_though_another_session_folds_them(path: Path) -> None:
    """The other one leaves, and so folds, before this one has looked."""
    session = Session(path)
    session.put("1", text="one")
    journal = path.with_name("x.json.journal")
    before = [(one, one.read_bytes()) for one in (path, journal)]
    other = Session(path, "bo")

    put_back(before)
    session.put("2", text="two")
    put_back(before)
    other.close()
    session.poll()
    assert NoticeKind.OLD_JOURNAL in session.told
    assert texts(session) == {"1": "one"}
    session.put("3", text="three")
    session.close()
    kept = [path.parent / "x.json.quarantine" / name for name in whole(path)]
    assert any(b"two" in one.read_bytes() for one in kept)
    session = Session(path)
    assert texts(session) == {"1": "one", "3": "three"}
    session.close()


@pytest.fixture
def folder_of_before(path: Path) -> list[tuple[Path, bytes]]:
    """Data file and journal of a moment after which two more notes were written and folded."""
    session = Session(path)
    session.put("1", text="om morgenen")
    session.close()
    before = [(one, one.read_bytes()) for one in (path, path.with_name("x.json.journal"))]
    for id in ("2", "3"):
        session = Session(path)
        session.put(id, text="senere")
        session.close()
    return before


def test_both_files_put_back_while_nobody_is_there_are_told_of_once(
    path: Path, folder_of_before: list[tuple[Path, bytes]]
) -> None:
    put_back(folder_of_before)
    last = restore.list_backups(path)[0]
    assert (Check.EARLIER, last.name) in {(one.check, one.more) for one in examine(path)}
    session = Session(path)
    assert texts(session) == {"1": "om morgenen"}
    (notice,) = session.backend.notices
    assert (notice.kind, notice.kept) == (NoticeKind.OLD_JOURNAL, last.name)
    session.put("4", text="videre")
    session.close()
    session = Session(path)
    assert session.told == set()
    assert texts(session) == {"1": "om morgenen", "4": "videre"}
    assert restore.list_backups(path)[0].gen > last.gen + 1, "the latest are those of the present"
    restore.restore(path, last.name)
    (commit,) = session.poll()
    assert commit.replaced
    assert texts(session) == {"1": "om morgenen", "2": "senere", "3": "senere"}
    session.close()


def test_both_files_written_over_under_open_sessions_count(
    path: Path, folder_of_before: list[tuple[Path, bytes]]
) -> None:
    """As `cp -a` of a folder does: into the same files, the journal first, and it is shorter."""
    sessions = [Session(path, by) for by in ("met", "bo")]
    sessions[0].put("4", text="i programmet " * 100)
    sessions[1].poll()
    for one, data in reversed(folder_of_before):
        one.write_bytes(data)
    for session in sessions:
        commit = taken_over(session)
        (notice,) = commit.notices
        assert notice.kind is NoticeKind.OLD_JOURNAL
        assert [notice.kept] == whole(path)
        assert texts(session) == {"1": "om morgenen"}
    sessions[1].put("5", text="videre")
    for session in sessions:
        session.close()
    restore.restore(path, whole(path)[0])
    session = Session(path)
    assert session.told == set()
    assert {*texts(session)} == {"1", "2", "3", "4"}
    session.close()


def test_a_journal_of_before_written_over_the_present_one_is_noticed(path: Path) -> None:
    """The data file is the same, and the journal of before is as long, with room for more lines."""
    sessions = [Session(path, by) for by in ("met", "bo")]
    sessions[0].put("1", text="om morgenen")
    journal = path.with_name("x.json.journal")
    before = journal.read_bytes()
    sessions[0].put("2", text="senere")
    sessions[1].poll()
    assert len(before) == journal.stat().st_size
    journal.write_bytes(before)
    sessions[0].poll()
    assert sessions[0].told == {NoticeKind.REWRITTEN}
    sessions[0].put("3", text="videre")
    sessions[1].poll()
    third = Session(path, "eva")
    assert third.told == set()
    for session in (*sessions, third):
        assert texts(session) == {"1": "om morgenen", "2": "senere", "3": "videre"}
        session.close()


def test_a_backup_is_restored_right_after_both_files_were_put_back(
    path: Path, folder_of_before: list[tuple[Path, bytes]]
) -> None:
    put_back(folder_of_before)
    undo = restore.restore(path, restore.list_backups(path)[0].name)
    session = Session(path)
    assert session.told == set()
    assert texts(session) == {"1": "om morgenen", "2": "senere", "3": "senere"}
    session.close()
    assert undo is not None
    restore.restore(path, undo.name)
    session = Session(path)
    assert texts(session) == {"1": "om morgenen"}
    session.close()


def test_both_files_put_back_are_told_to_all_who_are_there(
    path: Path, folder_of_before: list[tuple[Path, bytes]]
) -> None:
    sessions = [Session(path, by) for by in ("met", "bo")]
    put_back(folder_of_before)
    for one in sessions:
        commit = taken_over(one)
        assert commit.replaced
        assert [notice.kind for notice in commit.notices] == [NoticeKind.OLD_JOURNAL]
        assert commit.notices[0].kept in whole(path)
        assert texts(one) == {"1": "om morgenen"}
        one.close()
    restore.restore(path, *whole(path))
    session = Session(path)
    assert texts(session) == {"1": "om morgenen", "2": "senere", "3": "senere"}
    session.close()


def test_a_fold_that_was_cut_off_is_no_earlier_copy(path: Path) -> None:
    """It has made a backup of the present files, and nothing else."""
    session = Session(path)
    session.put("1", text="a")
    file = session.backend._file
    assert file is not None
    backups.keep(file.folder, file.names, file.meta)
    session.die()
    assert Session(path).told == set()
