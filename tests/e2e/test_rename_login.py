"""A user of the computer gets another login name, and sees what they wrote before again."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from data.method.parting import PARTING
from data.storage.backend import JournalBackend
from data.storage.protocol import DocChange, Tables
from data.storage.snapshot import read_tables
from data.storage.upkeep.restore import restore
from data.store.rename_login import fields_naming, rename_login, renamed
from tests.e2e.accounts import ROOT, Account, accounts, command


@pytest.fixture
def team(tmp_path: Path) -> Iterator[tuple[Account, Account, Path]]:
    """Two users with a team file, in which the first has private texts of before it was one."""
    with accounts("a", "b") as (one, other):
        one.home.chmod(0o755)
        folder = one.home / "team"
        folder.mkdir(mode=0o700)
        os.chown(folder, one.uid, one.group)
        file = folder / "mentor.json"
        team = {"MENTOR_FILE": str(file)}
        one.done("add", "Maja Holm", "--start", "2026-08-03", **team)
        one.done("note", "Maja", "privat af den ene", **team)
        one.done("add", "Egen Mentee", "--start", "2026-08-03")
        command("chmod", "-R", "g+rwX,o-rwx", str(folder))
        folder.chmod(0o2770)
        command("usermod", "-aG", one.name, other.name)
        other.done("note", "Maja", "privat af den anden", **team)
        yield one, other, file


def with_new_name(user: Account) -> Account:
    """Give a user another login name, as an administrator does."""
    new = f"{user.name}x"
    command("usermod", "-l", new, user.name)
    return replace(user, name=new)


def names(file: Path, login: str) -> bool:
    """Whether a document of a file names a login."""
    tables = json.loads(file.read_bytes())
    docs = [(table, doc) for table in tables for doc in tables[table].values()]
    return any(fields_naming(table, doc, login) for table, doc in docs if isinstance(doc, dict))


def back(user: Account, old: str) -> None:
    """Give the old name back, under which the user is taken away after the test."""
    command("usermod", "-l", old, user.name)


def test_what_was_private_under_the_old_name_is_seen_again(
    team: tuple[Account, Account, Path],
) -> None:
    one, other, file = team
    environ = {"MENTOR_FILE": str(file)}
    old, one = one.name, with_new_name(one)
    try:
        assert "privat af den ene" not in one.done("show", "Maja", "--private", **environ)
        found = " ".join(one.mentor("doctor", COLUMNS="500", **environ).stdout.split())
        assert f"if it was you: mentor rename-login {old} {one.name}" in found
        planned = one.done("rename-login", old, one.name, "--dry-run", **environ)
        assert f"{file}: " in " ".join(planned.split())
        assert "Nothing has been changed." in planned
        assert "privat af den ene" not in one.done("show", "Maja", "--private", **environ)
        done = one.done("rename-login", old, one.name, "--yes", **environ)
        shown = one.done("show", "Maja", "--private", **environ)
        assert "privat af den ene" in shown
        assert "privat af den anden" not in shown
        assert "privat af den ene" not in other.done("show", "Maja", "--private", **environ)
        one.done("note", "Maja", "x", **environ)  # opened for writing: it moves to the own file
        other.done("note", "Maja", "y", **environ)
        one.done("fold", **environ)
        assert "privat af den ene" not in file.read_text("utf-8")
        assert "privat af den ene" in one.done("show", "Maja", "--private", **environ)
        again = one.done("rename-login", old, one.name, "--yes", **environ)
        assert "nothing to change" in again
        assert "To undo it: mentor backup restore" in " ".join(done.split())
    finally:
        back(one, old)


def test_it_can_be_undone_with_the_backup_that_it_names(
    team: tuple[Account, Account, Path],
) -> None:
    one, _other, file = team
    old, one = one.name, with_new_name(one)
    try:
        done = one.done("rename-login", old, one.name, "--yes", COLUMNS="400")
        assert not names(one.file, old)
        said = " ".join(done.split())
        named = re.search(rf"mentor (backup restore \S+ --file {re.escape(str(one.file))})", said)
        assert named, said
        one.done(*named[1].split())
        assert names(one.file, old)
        assert file.exists()
    finally:
        back(one, old)


def test_what_is_refused(team: tuple[Account, Account, Path]) -> None:
    one, other, _file = team

    def refused(*words: str, user: Account = one, **environ: str) -> str:
        done = user.mentor("rename-login", *words, **environ)
        assert done.returncode == 2, done.stdout
        assert done.stderr.count("\n") == 1
        return done.stderr

    assert "somebody else" in refused(other.name, one.name, "--yes")
    assert f"sudo -u neu mentor rename-login {one.name} neu" in refused(one.name, "neu", "--yes")
    assert "Both names are" in refused(one.name, one.name)
    old, new = one.name, with_new_name(one)
    try:
        assert "--yes" in refused(old, new.name, user=new)
        new.done("note", "Egen", "skrevet under det nye navn")
        assert "--sure" in refused(old, new.name, "--yes", user=new)
        new.done("rename-login", old, new.name, "--yes", "--sure")
        assert not names(new.file, old)
    finally:
        back(new, old)


def test_settings_that_name_a_folder_of_the_old_name_are_told(
    team: tuple[Account, Account, Path],
) -> None:
    one = team[0]
    old, new = one.name, with_new_name(one)
    try:
        folder = one.home / ".config/mentorrollen"
        folder.mkdir(parents=True)
        (folder / "settings.toml").write_text(f'documents = "/home/{old}/breve"\n')
        subprocess.run(["chown", "-R", f"{new.name}:", str(one.home / ".config")], check=True)
        said = " ".join(new.done("rename-login", old, new.name, "--dry-run").split())
        assert f"The setting documents names a folder of {old}: /home/{old}/breve" in said
    finally:
        back(new, old)


def test_one_function_knows_where_a_document_names_a_login() -> None:
    doc = {"changed_by": "x", "by": "x", "text": "x"}
    assert fields_naming("notes", doc, "x") == ["changed_by"]
    assert fields_naming("conflicts", doc, "x") == ["changed_by", "by"]
    assert fields_naming("conflicts", doc, "y") == []
    before: Tables = {"conflicts": {"1": dict(doc)}, "notes": {"2": dict(doc)}}
    after = {(one.table, one.id): one.after for one in renamed(before, "x", "y")}
    assert after == {
        ("conflicts", "1"): {"changed_by": "y", "by": "y", "text": "x"},
        ("notes", "2"): {"changed_by": "y", "by": "x", "text": "x"},
    }
    assert renamed(before, "z", "y") == []


def test_every_field_that_holds_a_login_name_is_known() -> None:
    declared = {
        name
        for file in (ROOT / "data/records").glob("*.py")
        for name, said in re.findall(
            r'^    (\w+): [^\n]*\n    """([^"]*)"""', file.read_text("utf-8"), re.MULTILINE
        )
        if "login name" in said
    }
    doc = dict.fromkeys(declared, "x")
    assert set(fields_naming("conflicts", doc, "x")) == declared == {"by", "changed_by"}


def test_an_open_session_takes_it_for_a_change_like_others(tmp_path: Path) -> None:
    tmp_path.chmod(0o700)
    path = tmp_path / "mentor.json"
    session = JournalBackend(path, by="old")
    session.load()
    note = {"text": "x", "changed_by": "old", "rev": 1}
    session.commit([DocChange("notes", "1", None, note)], {})
    ((changed, count, backup),) = rename_login(path, "old", "new", lambda: PARTING)
    assert (changed, count) == (path, 1)
    commits = session.poll()
    assert not any(one.replaced or one.notices for one in commits)
    assert commits[-1].changes[-1].after == {"text": "x", "changed_by": "new", "rev": 2}
    session.close()
    assert backup is not None
    restore(path, backup.name)
    assert read_tables(path)["notes"]["1"] == note
