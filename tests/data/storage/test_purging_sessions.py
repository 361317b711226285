"""Deleting for good reaches sessions: what they know, are writing, and what was typed in them."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path

import pytest

from data.storage.backend import JournalBackend
from data.storage.folder import open_folder
from data.storage.generation import Temporary
from data.storage.names import Names
from data.storage.problems import ErrorKind, StorageError
from data.storage.protocol import BeingTyped
from data.storage.typed.typing_log import FileTypingLog
from data.storage.upkeep import purging, restore
from data.storage.upkeep.purging import finish, purge
from tests.data.storage.deleted import BO, MAJA
from tests.data.storage.lived_in import IDS, OTHERS, SECRETS, left_of, lived, maja
from tests.data.storage.support import Session


def test_open_sessions_lose_her_and_say_who_did_it(path: Path) -> None:
    lived(path)
    awake, asleep = Session(path, "bo"), Session(path, "eva")
    purge(path, maja(path))
    for number in range(2):
        other = Session(path)
        other.put(OTHERS[1], text=f"igen {number}")
        other.close()
    for session in (awake, asleep):
        commits = session.poll()
        told = [one for commit in commits for one in commit.for_good]
        assert [(one.by, one.kind) for one in told] == [("met", "mentee")]
        assert not any(commit.replaced or commit.notices for commit in commits)
        assert session.doc(MAJA, "mentees") is None
        assert session.poll() == ()
        session.put(IDS[0], mentee_id=MAJA, text="hemmeligt ord 0")
        session.put(OTHERS[2], text="videre")
        session.close()
    assert left_of(path) == {}
    assert restore.list_set_aside(path) == []


def test_texts_of_dead_sessions_go(path: Path) -> None:
    lived(path)
    log = FileTypingLog(path, by="met")
    log.keep(
        BeingTyped(("notes", IDS[2], "text"), SECRETS[2], f"{SECRETS[2]} hemmelig", owner=MAJA)
    )
    log.keep(BeingTyped(("notes", "1790000000000000888", "text"), "", SECRETS[3], owner=MAJA))
    log.keep(BeingTyped(("notes", OTHERS[0], "text"), "om Bo, sidst", "om Bo, sidst ord", owner=BO))
    assert log.barrier(5)
    os.close(os.dup(log._fd))
    log._disk.flock(log._fd, 8)
    going = maja(path)
    assert len(going.drafts) == 1
    purge(path, going)
    assert left_of(path) == {}
    again = FileTypingLog(path)
    (draft,) = again.recovered()
    assert (draft.id, draft.text) == (OTHERS[0], "om Bo, sidst ord")
    again.close()
    log.close()


def test_texts_of_a_session_that_does_not_answer_go(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from data.storage.upkeep import traces

    monkeypatch.setattr(traces, "WAIT_SECONDS", 0.0)
    lived(path)
    log = FileTypingLog(path, by="met")
    log.keep(
        BeingTyped(("notes", IDS[2], "text"), SECRETS[2], f"{SECRETS[2]} hemmelig", owner=MAJA)
    )
    log.keep(BeingTyped(("notes", OTHERS[0], "text"), "om Bo, sidst", "om Bo, sidst ord", owner=BO))
    assert log.barrier(5)
    stopped = Session(path)
    stopped.backend.announce(f"{MAJA}/{IDS[4]}")
    purge(path, maja(path))
    assert left_of(path) == {}
    log.keep(BeingTyped(("notes", IDS[2], "text"), SECRETS[2], "efter, hemmelig", owner=MAJA))
    log.keep(
        BeingTyped(("notes", OTHERS[0], "text"), "om Bo, sidst", "om Bo, sidst ord igen", owner=BO)
    )
    assert log.barrier(5)
    os.close(os.dup(log._fd))
    log._disk.flock(log._fd, 8)
    again = FileTypingLog(path)
    (draft,) = again.recovered()
    assert (draft.id, draft.text) == (OTHERS[0], "om Bo, sidst ord igen")
    again.close()
    log.close()
    stopped.close()


def test_what_is_typed_after_it_by_one_who_does_not_know_is_brought_back_to_nobody(
    path: Path,
) -> None:
    lived(path)
    purge(path, maja(path))
    log = FileTypingLog(path, by="met")
    log.keep(
        BeingTyped(("notes", IDS[2], "text"), SECRETS[2], f"{SECRETS[2]} hemmelig", owner=MAJA)
    )
    log.keep(BeingTyped(("notes", OTHERS[0], "text"), "om Bo, sidst", "om Bo, sidst ord", owner=BO))
    assert log.barrier(5)
    os.close(os.dup(log._fd))
    log._disk.flock(log._fd, 8)
    again = FileTypingLog(path)
    (draft,) = again.recovered()
    assert draft.text == "om Bo, sidst ord"
    assert left_of(path) == {}
    again.close()
    log.close()


def test_what_another_session_has_begun_to_write_goes(path: Path) -> None:
    lived(path)
    folder, name = open_folder(path)
    with closing(folder):
        begun = Temporary(folder, Names(name), "record")
        os.pwrite(begun.fd, path.read_bytes(), 0)
        report = purge(path, maja(path))
        assert left_of(path) == {}
        assert report.found == {}
        begun.close()


def test_a_living_session_forgets_what_is_typed(path: Path) -> None:
    lived(path)
    log = FileTypingLog(path, by="met")
    log.keep(
        BeingTyped(("notes", IDS[2], "text"), SECRETS[2], f"{SECRETS[2]} hemmelig", owner=MAJA)
    )
    log.keep(BeingTyped(("notes", OTHERS[0], "text"), "om Bo, sidst", "om Bo, sidst ord", owner=BO))
    assert log.barrier(5)
    going = maja(path)
    log.forget(going.deletion)
    log.keep(
        BeingTyped(("notes", OTHERS[0], "text"), "om Bo, sidst", "om Bo, sidst ord igen", owner=BO)
    )
    assert log.barrier(5)
    (file,) = path.with_name("x.json.sessions").glob("*.draft")
    data = file.read_bytes()
    assert b"hemmelig" not in data
    assert IDS[2].encode() not in data
    os.close(os.dup(log._fd))
    log._disk.flock(log._fd, 8)
    again = FileTypingLog(path)
    (draft,) = again.recovered()
    assert draft.text == "om Bo, sidst ord igen"
    again.close()
    log.close()


def test_an_opening_refuses_what_is_begun_until_it_is_finished(path: Path) -> None:
    lived(path)
    folder, name = open_folder(path)
    with closing(folder):
        purging._begin(folder, Names(name), maja(path))
    with pytest.raises(StorageError) as caught:
        JournalBackend(path).load()
    assert caught.value.kind is ErrorKind.UNFINISHED
    report = finish(path)
    assert report.deletion is not None
    assert left_of(path) == {}
    assert finish(path).deletion is None


def test_texts_in_editors_go_if_they_are_about_her(path: Path) -> None:
    lived(path)
    for name, whose in (("edit-1-aaaaaaaa", MAJA), ("edit-2-bbbbbbbb", BO)):
        folder = path.parent / name
        folder.mkdir(0o700)
        (folder / "whose").write_text(f"{whose}\n")
        (folder / "mentor.txt").write_text("hemmeligt ord 1" if whose == MAJA else "om Bo")
    purge(path, maja(path))
    assert left_of(path) == {}
    assert (path.parent / "edit-2-bbbbbbbb" / "mentor.txt").read_text() == "om Bo"
