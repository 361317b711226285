"""Another file in place of the one that sessions have open: which counts, and what is kept."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tinydb import TinyDB

from data.storage import quarantine, snapshot
from data.storage.journal import to_json
from data.storage.problems import NoticeKind, StorageError
from data.storage.upkeep import restore
from tests.data.storage.replacing import put_back, taken_over, texts, whole
from tests.data.storage.support import Session, full


@pytest.fixture
def copy(path: Path) -> Path:
    """A copy of the record file, after which two notes were written and folded."""
    session = Session(path)
    session.put("1", text="om morgenen")
    session.close()
    copied = path.with_name("copy")
    shutil.copy(path, copied)
    session = Session(path)
    session.put("1", text="senere")
    session.put("2", text="ny")
    session.close()
    return copied


@pytest.fixture
def sessions(path: Path, copy: Path) -> Iterator[list[Session]]:
    """Three open sessions on the file, the first of which has just committed."""
    assert copy
    made = [Session(path, by) for by in ("met", "bo", "eva")]
    made[0].put("3", text="i programmet")
    yield made
    for one in made:
        one.close()


def by_cp(copy: Path, path: Path) -> None:
    path.write_bytes(copy.read_bytes())


def by_mv(copy: Path, path: Path) -> None:
    copy.rename(path)


LATER = {"1": "senere", "2": "ny", "3": "i programmet"}


@pytest.mark.parametrize("put_back", [by_cp, by_mv])
def test_an_older_copy_counts_and_all_sessions_say_so_in_the_same_words(
    path: Path, copy: Path, sessions: list[Session], put_back: Callable[[Path, Path], None]
) -> None:
    put_back(copy, path)
    for one in sessions:
        commit = taken_over(one)
        assert commit.replaced
        (notice,) = commit.notices
        assert notice.kind is NoticeKind.OLD_JOURNAL
        assert [notice.kept] == whole(path), "kept once only, however many sessions know it"
        assert texts(one) == {"1": "om morgenen"}
    assert [one.poll() for one in sessions] == [(), (), ()]


@pytest.mark.parametrize("put_back", [by_cp, by_mv])
def test_what_the_sessions_knew_is_restored_by_its_name(
    path: Path, copy: Path, sessions: list[Session], put_back: Callable[[Path, Path], None]
) -> None:
    put_back(copy, path)
    for one in sessions:
        one.poll()
    sessions[1].put("4", text="efter")
    (name,) = whole(path)
    undo = restore.restore(path, name)
    for one in sessions:
        assert taken_over(one).notices == (), "as any backup that is restored"
        assert texts(one) == LATER
    assert whole(path) == [name], "the present state is a backup, so nothing more is kept"
    assert undo is not None
    restore.restore(path, undo.name)
    sessions[0].poll()
    assert texts(sessions[0]) == {"1": "om morgenen", "4": "efter"}


def test_the_words_that_come_between_the_copy_and_the_next_look_are_kept_too(
    path: Path, copy: Path, sessions: list[Session]
) -> None:
    by_cp(copy, path)
    sessions[1].put("4", text="i mellemtiden")
    sessions[0].poll()
    (name,) = whole(path)
    restore.restore(path, name)
    sessions[0].poll()
    assert texts(sessions[0]) == {**LATER, "4": "i mellemtiden"}


class SlowCopy:
    """The clock of a session that looks while `cp` writes: each time it waits, more is there."""

    def __init__(self, copy: Path, path: Path) -> None:
        self.data, self.path, self.shares = copy.read_bytes(), path, [0.0, 0.4, 0.9, 1.0]
        self.sleep(0.0)

    def time(self) -> float:
        return self.path.stat().st_mtime + (0.0 if self.shares else 1.0)

    def monotonic(self) -> float:
        return 0.0

    def sleep(self, _seconds: float) -> None:
        share = self.shares.pop(0)
        self.path.write_bytes(self.data[: int(share * len(self.data))])


def test_a_copy_that_is_being_written_is_not_taken_for_a_damaged_file(
    path: Path, copy: Path, sessions: list[Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would be written anew, and the copy would end in a file without a name."""
    slow = SlowCopy(copy, path)
    monkeypatch.setattr(snapshot, "time", slow)
    for one in sessions:
        (notice,) = taken_over(one).notices
        assert notice.kind is NoticeKind.OLD_JOURNAL
        assert texts(one) == {"1": "om morgenen"}
    assert not slow.shares


def test_a_file_that_stays_cut_short_is_written_anew(
    path: Path, copy: Path, sessions: list[Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = SlowCopy(copy, path)
    monkeypatch.setattr(snapshot, "time", slow)
    slow.shares = []
    sessions[0].poll()
    assert texts(sessions[0]) == LATER


def test_without_an_open_session_it_can_be_restored_as_well(path: Path, copy: Path) -> None:
    Session(path).put("3", text="ikke foldet")
    by_cp(copy, path)
    session = Session(path)
    assert texts(session) == {"1": "om morgenen"}
    (notice,) = session.backend.notices
    (name,) = whole(path)
    assert (notice.kind, notice.kept) == (NoticeKind.OLD_JOURNAL, name)
    restore.restore(path, name)
    session.poll()
    assert texts(session) == {"1": "senere", "2": "ny", "3": "ikke foldet"}
    session.close()


def test_where_nothing_can_be_kept_the_file_is_not_taken_over(
    path: Path, copy: Path, sessions: list[Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full_disk(*_args: object) -> str:
        raise OSError(28, "no space")

    by_cp(copy, path)
    with monkeypatch.context() as patch:
        patch.setattr(quarantine, "keep_state", full_disk)
        with pytest.raises(StorageError):
            sessions[0].poll()
    assert path.read_bytes() == copy.read_bytes()
    assert texts(sessions[0]) == LATER
    assert taken_over(sessions[0]).replaced
    assert len(whole(path)) == 1


def test_what_another_program_wrote_counts_and_is_said_to_all(
    path: Path, sessions: list[Session]
) -> None:
    sessions[0].backend.fold()
    with TinyDB(path) as db:
        db.table("notes").update({"text": "rettet"}, doc_ids=[1])
    for one in sessions:
        (notice,) = taken_over(one).notices
        assert notice.kind is NoticeKind.EDITED
        assert texts(one) == {**LATER, "1": "rettet"}
    states = [name for name in whole(path) if quarantine.STATE in name]
    assert len(states) == 1
    restore.restore(path, states[0])
    sessions[0].poll()
    assert texts(sessions[0]) == LATER


@pytest.mark.parametrize("content", [b"", b"hej", b"\0" * 9999, b"[]"])
def test_a_damaged_file_is_written_anew_and_that_is_said(
    path: Path, sessions: list[Session], content: bytes
) -> None:
    path.write_bytes(content)
    commit = taken_over(sessions[0])
    assert not commit.replaced
    assert commit.changes == ()
    assert commit.notices
    assert texts(sessions[0]) == LATER
    for one in sessions[1:]:
        assert [c for c in one.poll() if c.replaced] == []
        assert texts(one) == LATER


def test_a_file_cut_short_or_gone_takes_nothing(path: Path, sessions: list[Session]) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    assert not taken_over(sessions[0]).replaced
    path.unlink()
    assert not taken_over(sessions[0]).replaced
    sessions[0].put("4", text="videre")
    fresh = Session(path)
    assert texts(fresh) == {**LATER, "4": "videre"}
    fresh.close()


def test_who_slept_through_folds_is_told_nothing_and_keeps_nothing(path: Path) -> None:
    sleeper = Session(path, "bo")
    for number in range(3):
        session = Session(path)
        session.put(str(number), text="x")
        session.put("9", text=f"{number}")
        session.close()
    commits = sleeper.poll()
    assert not any(one.replaced or one.notices for one in commits)
    assert full(sleeper.tables)["notes"]["9"]["text"] == "2"
    assert restore.list_set_aside(path) == []
    sleeper.close()


def test_only_whole_files_are_offered(path: Path, sessions: list[Session]) -> None:
    file = sessions[0].backend._file
    assert file is not None
    quarantine.keep(file.folder, file.names, "line", b"half a line")
    quarantine.keep(file.folder, file.names, "replaced", to_json({"notes": {"1": {}}}))
    listed = restore.list_set_aside(path)
    assert [one.whole for one in listed] == [False, False]
    for one in listed:
        with pytest.raises(StorageError):
            restore.restore(path, one.name)
    with pytest.raises(StorageError):
        restore.restore(path, "../x.json")


def test_each_of_two_states_of_one_generation_is_kept(path: Path, copy: Path) -> None:
    """The folder's files were put back twice, and another commit was made before each."""
    assert copy
    journal = path.with_name("x.json.journal")
    before = [(one, one.read_bytes()) for one in (path, journal)]
    session = Session(path)
    for text in ("second", "third"):
        session.put("9", text=text)
        put_back(before)
        session.poll()
        session.poll()
    session.close()
    kept = [path.parent / "x.json.quarantine" / name for name in whole(path)]
    assert [any(text in one.read_bytes() for one in kept) for text in (b"second", b"third")] == [
        True,
        True,
    ]


def test_the_others_go_on_when_the_journal_was_cut_short(
    path: Path, sessions: list[Session]
) -> None:
    for one in sessions:
        one.poll()
    path.with_name("x.json.journal").write_bytes(b"")
    for one in sessions:
        one.poll()
    for number, one in enumerate(sessions):
        one.put(f"7{number}", text="goes on")
    for one in sessions:
        one.poll()
        assert {"70", "71", "72", "3"} <= texts(one).keys()


def test_who_leaves_writes_what_a_cut_off_journal_lacks(
    path: Path, sessions: list[Session]
) -> None:
    journal = path.with_name("x.json.journal")
    journal.write_bytes(journal.read_bytes().split(b"\n")[0] + b"\n")
    sessions.pop(0).close()
    assert "i programmet" in path.read_text("utf-8")


@pytest.mark.parametrize("content", [None, b"", b"hej"])
def test_a_journal_that_is_replaced_is_written_again_and_that_is_said(
    path: Path, sessions: list[Session], content: bytes | None
) -> None:
    journal = path.with_name("x.json.journal")
    if content is None:
        journal.unlink()
    else:
        journal.write_bytes(content)
    commit = taken_over(sessions[0])
    assert not commit.replaced
    assert [(one.kind, one.name) for one in commit.notices] == [
        (NoticeKind.REWRITTEN, "x.json.journal")
    ]
    fresh = Session(path)
    assert texts(fresh) == LATER
    assert fresh.told == set()
    fresh.close()
