"""Commands on a team file: what is private is its author's alone, and what is said of it is so."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from data.logins import user_name
from data.records import Mentee, Need, Note
from data.storage.backend import JournalBackend
from data.storage.names import Names
from data.store.change import Change
from data.store.left_notes import keep_about
from data.store.store import Store
from tests.data.store.team_tools import Team
from tests.tui.cli.tools import NOW, ROOT, Result

WORD = "KANARIE"


@pytest.fixture
def team(tmp_path: Path) -> Team:
    return Team(tmp_path)


def run(team: Team, who: str, *words: str, typed: str = "") -> Result:
    """A command of a mentor, as a process of its own."""
    environ = {
        **os.environ,
        "XDG_DATA_HOME": str(team.homes / who),
        "MENTOR_FILE": str(team.file),
        "MENTOR_NOW": NOW,
        "LANG": "C.UTF-8",
    }
    done = subprocess.run(
        [sys.executable, "-m", "tui", *words],
        cwd=ROOT,
        env=environ,
        input=typed.encode(),
        capture_output=True,
        check=False,
    )
    return Result(done.returncode, done.stdout.decode(), done.stderr.decode())


READERS = [
    ("show", "Maja", "--private", "--all"),
    ("show", "Maja", "--private", "--format", "json"),
    ("export", "Maja", "all", "--private", "--to", "json", "-o", "-"),
    ("export", "Maja", "notes", "--to", "txt", "-o", "-"),
]


@pytest.mark.parametrize("words", READERS, ids=" ".join)
def test_commands_show_ones_own_private_words_and_nobody_elses(
    team: Team, words: tuple[str, ...]
) -> None:
    team.add_mentee()
    for who in ("met", "bo"):
        done = run(team, who, "note", "Maja", f"{WORD}-{who}")
        assert (done.status, done.err) == (0, "")
    for who, other in (("met", "bo"), ("bo", "met")):
        done = run(team, who, *words)
        assert done.status == 0, done.err
        assert (f"{WORD}-{who}" in done.out) is ("notes" not in words)
        assert f"{WORD}-{other}" not in done.out + done.err
    assert team.found(WORD) == []


def test_a_note_is_shared_with_the_team(team: Team) -> None:
    team.add_mentee()
    assert run(team, "met", "note", "Maja", WORD, "--shared").status == 0
    assert WORD in run(team, "bo", "show", "Maja").out


def written_before(team: Team, user: str) -> None:
    """A private note as the program wrote it when nothing was kept apart."""
    mentee = Mentee(name="Maja Holm")
    store = Store(JournalBackend(team.file, by=user), by=user)
    store.commit([Change.created(mentee), Change.created(Note(mentee_id=mentee.id, text=WORD))])
    store.close()


def test_the_first_opening_says_what_was_moved(team: Team) -> None:
    written_before(team, user_name(os.geteuid()))
    done = run(team, "met", "show", "Maja", "--private")
    assert WORD in done.out
    done = run(team, "met", "note", "Maja", "endnu en")
    assert "What is private and yours has been moved from the team file" in done.err
    assert done.err.count("\n") == 1
    assert run(team, "met", "note", "Maja", "og en til").err == ""
    done = run(team, "met", "show", "Maja", "--private")
    assert WORD in done.out


def test_doctor_and_fold_know_the_own_file(team: Team) -> None:
    team.add_mentee()
    run(team, "met", "note", "Maja", WORD)
    found = json.loads(run(team, "met", "doctor", "--format", "json").out)
    by_check = {one["check"]: one["text"] for one in found}
    assert str(team.home("met")) in by_check["own_file"]
    assert "Notes: 1." in by_check["records"]
    assert "dangling" not in by_check
    assert [one["check"] for one in found].count("sound") == 2
    done = run(team, "met", "fold")
    assert "what you keep private is in" in " ".join(done.out.split())
    (own,) = team.home("met").glob("private-*.json")
    assert WORD in own.read_text()
    assert "own_file" not in run(team, "carl", "doctor", "--format", "json").out


def test_doctor_says_whose_private_texts_are_still_there(team: Team) -> None:
    written_before(team, "else")
    done = run(team, "met", "doctor")
    assert WORD not in done.out
    assert "Private texts of else that are still in the team file: 1" in " ".join(done.out.split())


def test_who_deletes_what_is_private_leaves_what_a_colleague_kept_private_before(
    team: Team,
) -> None:
    written_before(team, "else")
    assert run(team, "met", "note", "Maja", "mine alone").status == 0
    told = run(team, "met", "purge", "Maja", "--private-only", "--dry-run")
    assert "Note: 1" in told.out
    assert run(team, "met", "purge", "Maja", "--private-only", "--yes", "Maja Holm").status == 0
    assert "mine alone" not in run(team, "met", "show", "Maja", "--private").out
    assert team.found(WORD), "it is still there for its author"
    assert run(team, "met", "purge", "Maja", "--yes", "Maja Holm").status == 0
    assert team.found(WORD) == [], "with the mentee it goes"


@pytest.mark.parametrize("where", ["own", "team"])
def test_a_text_that_was_open_in_an_editor_comes_back(team: Team, where: str) -> None:
    mentee = team.add_mentee()
    opened = team.open("met")
    assert not opened.folder.is_relative_to(team.folder)
    assert opened.folder.stat().st_mode & 0o777 == 0o700
    base = opened.folder if where == "own" else team.folder  # there an earlier version left it
    opened.close()
    left = base / "edit-4194305-abcdefgh"
    left.mkdir(mode=0o700)
    keep_about(left, Note(mentee_id=mentee.id))
    (left / "mentor.txt").write_text(WORD)
    done = run(team, "met", "note", "Maja", "mere")
    assert "that was left in the editor is saved" in done.err
    assert not left.exists()
    assert WORD in run(team, "met", "show", "Maja", "--private").out
    assert team.found(WORD) == []


def test_a_restored_backup_changes_nothing_private(team: Team) -> None:
    team.add_mentee()
    run(team, "met", "note", "Maja", "et", "--shared")
    run(team, "met", "fold")
    run(team, "met", "note", "Maja", "to", "--shared")
    run(team, "met", "note", "Maja", WORD)
    run(team, "met", "fold")
    listed = json.loads(run(team, "met", "backup", "list", "--format", "json").out)
    done = run(team, "met", "backup", "restore", listed[-1]["name"])
    said = " ".join(done.out.split())
    assert "What you keep private has not been changed" in said
    assert f"private-{next(team.home('met').glob('private-*.json')).name[8:-5]}.json" in said
    shown = run(team, "met", "show", "Maja", "--private").out
    assert WORD in shown
    assert "Note: to" not in shown
    assert team.found(WORD) == []


def own_bytes(team: Team, who: str) -> bytes:
    """All that lies in the folder of a mentor's own files."""
    files = (one for one in team.home(who).rglob("*") if one.is_file())
    return b"\n".join(one.read_bytes() for one in files)


def with_private_words(team: Team) -> Mentee:
    """Two mentors who have each written something private about the same mentee."""
    mentee = team.add_mentee()
    with team.as_("met") as store:
        need = Need(mentee_id=mentee.id, area="x", mentor_view=f"{WORD}-view")
        shared = Note(mentee_id=mentee.id, text="DELT", private=False)
        kept = Note(mentee_id=mentee.id, text=f"{WORD}-met")
        gone = Note(mentee_id=mentee.id, text=f"{WORD}-gone")
        open_before = Note(mentee_id=mentee.id, text="FØR", private=True)
        store.commit([Change.created(one) for one in (need, shared, kept, gone, open_before)])
        store.commit([Change.deleted(gone)])
        store.commit([Change.edited(open_before, private=False)])
    with team.as_("bo") as store:
        store.commit([Change.created(Note(mentee_id=mentee.id, text=f"{WORD}-bo"))])
    for who in ("met", "bo"):
        assert f"{WORD}-{who}".encode() in own_bytes(team, who)
    return mentee


def test_purging_what_is_private_reaches_the_own_file_and_no_other(team: Team) -> None:
    with_private_words(team)
    told = run(team, "met", "purge", "Maja", "--private-only", "--dry-run")
    assert "Note: 1" in told.out, told.out + told.err
    done = run(team, "met", "purge", "Maja", "--private-only", "--yes", "Maja Holm")
    assert (done.status, done.err) == (0, ""), done.out + done.err
    left = own_bytes(team, "met")
    assert f"{WORD}-met".encode() not in left
    assert f"{WORD}-view".encode() not in left
    assert f"{WORD}-bo".encode() in own_bytes(team, "bo")
    for who in ("met", "bo"):
        shown = run(team, who, "show", "Maja", "--private", "--all").out
        assert "DELT" in shown
        assert "FØR" in shown
    done = run(team, "met", "purge", "Maja", "--private-only", "--yes", "Maja Holm")
    assert "Nothing private about Maja Holm is kept" in done.out


def test_what_a_deletion_takes_is_counted_in_both_files(team: Team) -> None:
    with_private_words(team)
    told = run(team, "met", "purge", "Maja", "--dry-run")
    assert "Note: 3" in told.out, told.out + told.err
    told = run(team, "carl", "purge", "Maja", "--dry-run")
    assert "Note: 2" in told.out, told.out + told.err


def test_the_team_file_is_not_told_who_deleted_what_is_private(team: Team) -> None:
    with_private_words(team)
    done = run(team, "met", "purge", "Maja", "--private-only", "--yes", "Maja Holm")
    assert (done.status, done.err) == (0, ""), done.out + done.err
    assert not team.file.with_name(Names(team.file.name).deletions).exists()


def test_forgetting_reaches_the_own_file_and_keeps_what_is_there(team: Team) -> None:
    with_private_words(team)
    assert f"{WORD}-gone".encode() in own_bytes(team, "met")
    done = run(team, "met", "forget", "Maja", "--yes")
    assert (done.status, done.err) == (0, ""), done.out + done.err
    left = own_bytes(team, "met")
    assert f"{WORD}-gone".encode() not in left
    assert f"{WORD}-met".encode() in left
    for who in ("met", "bo"):
        shown = run(team, who, "show", "Maja", "--private", "--all").out
        assert "DELT" in shown
        assert "FØR" in shown
    assert "Nothing that was deleted" in run(team, "met", "forget", "Maja").out


def test_an_open_session_loses_what_was_private_and_no_shared_record(team: Team) -> None:
    mentee = with_private_words(team)
    with team.as_("met") as store:
        done = run(team, "met", "purge", "Maja", "--private-only", "--yes", "Maja Holm")
        assert (done.status, done.err) == (0, ""), done.out + done.err
        (need,) = store.of(Need, mentee.id)
        store.commit([Change.edited(need, mentee_view="her endnu")])
        (need,) = store.of(Need, mentee.id)
        assert (need.mentee_view, need.mentor_view) == ("her endnu", "")
        for one in store.of(Note, mentee.id):
            store.commit([Change.edited(one, text=f"{one.text} EFTER")])
    with team.as_("bo") as store:
        found = {one.text for one in store.of(Note, mentee.id) if not one.private}
        assert found == {"DELT EFTER", "FØR EFTER"}
    assert WORD.encode() not in own_bytes(team, "met").replace(f"{WORD}-gone".encode(), b"")


def test_a_note_of_a_plain_command_is_ones_own_until_it_is_shared(team: Team) -> None:
    team.add_mentee()
    done = run(
        team, "met", "plan", "Maja", "--plain", typed=f"{WORD} ad vejen\n{WORD} for alle\n.share\n"
    )
    assert (done.status, done.err) == (0, "")
    for who, own in (("met", True), ("bo", False)):
        heard = run(team, who, "plan", "Maja", "--plain", typed=".notes private\n").out
        assert (f"{WORD} ad vejen" in heard) is own
        assert f"{WORD} for alle" in heard
    assert f"{WORD} ad vejen".encode() not in team.file.read_bytes()
