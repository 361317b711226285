"""`mentor doctor --all`: root sees in counts how the files of all users are, and no names."""

from __future__ import annotations

import json
import os
import pwd
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.accounts import Account, accounts, command
from tui.cli.doctor import all_users

SECRET = "Kanarie Holm"


@pytest.fixture(scope="module")
def three() -> Iterator[list[Account]]:
    """Three users: two with files of their own and one in common, one without any."""
    with accounts("a", "b", "c") as made:
        one, other, _third = made
        for user in (one, other):
            user.done("add", SECRET, "--start", "2026-08-03")
            user.done("note", "Kanarie", "Hemmeligt om Kanarie")
            user.done("fold")
            user.done("note", "Kanarie", "Mere")
            user.done("fold")
        one.home.chmod(0o755)
        team = one.home / "team"
        team.mkdir()
        os.chown(team, one.uid, one.group)
        team.chmod(0o2770)
        command("usermod", "-aG", one.name, other.name)
        for user in (one, other):
            name = f"{SECRET} {user.name}"
            user.done("add", name, "--start", "2026-08-03", MENTOR_FILE=str(team / "mentor.json"))
        yield made


def as_root(user: Account, *words: str, **environ: str) -> Any:
    """Run a command as root, with the rest as that user has it."""
    return Account("root", 0, 0, Path("/root"), user.python).mentor(*words, **environ)


def by_user(user: Account) -> dict[str, Any]:
    done = as_root(user, "doctor", "--all", "--format", "json")
    assert done.stderr == ""
    assert "Kanarie" not in done.stdout
    return {one["user"]: one["files"] for one in json.loads(done.stdout)["users"]}


def test_who_has_a_file_its_format_backup_and_problems(three: list[Account]) -> None:
    one, other, third = three
    found = by_user(one)
    assert third.name not in found
    team = str(one.home / "team/mentor.json")
    for user in (one, other):
        own, shared, private = found[user.name]
        assert own["path"] == str(user.file)
        assert private["path"].startswith(f"{user.file.parent}/private-")
        assert (own["team"], shared["team"], private["team"]) == (False, True, False)
        assert private["format"]
        assert shared["path"] == team
        assert own["latest_backup"].startswith("2026-11-24T08:05")
        assert isinstance(own["format"], int)
        assert not {"serious", "mendable"} & own["weights"].keys(), own


def test_what_is_wrong_is_counted_and_the_command_that_names_it_said(
    three: list[Account],
) -> None:
    one, other, _third = three
    before = other.file.stat()
    os.chown(other.file, 0, 0)
    try:
        found = by_user(one)
        assert found[other.name][0]["weights"]["serious"] >= 1
        assert "owner" in found[other.name][0]["checks"]
        done = as_root(one, "doctor", "--all")
        assert done.returncode == 1
        said = " ".join(done.stdout.split())
        assert "Kanarie" not in said
        assert f"{other.name}: {other.file}" in said
        assert f"sudo -u {other.name} mentor doctor --file {other.file}" in said
        assert "Users without a data file: " in said
    finally:
        os.chown(other.file, before.st_uid, before.st_gid)


def test_who_has_left_the_team_still_has_what_they_kept_private(three: list[Account]) -> None:
    one, other, _third = three
    team = one.home / "team"
    private = by_user(one)[other.name][-1]
    command("gpasswd", "-d", other.name, one.name)
    try:
        left = by_user(one)[other.name]
        assert [file["path"] for file in left] == [str(other.file), private["path"]]
        assert str(team / "mentor.json") in {file["path"] for file in by_user(one)[one.name]}
        done = other.mentor("doctor", "--file", private["path"])
        assert done.returncode == 0, "the command that is named looks at it"
    finally:
        command("usermod", "-aG", one.name, other.name)


def test_nothing_is_written_or_mended(three: list[Account]) -> None:
    one, other, _third = three
    other.file.chmod(0o644)
    files = sorted(path for path in other.home.rglob("*") if path.is_file())
    before = [(path, path.stat().st_mtime_ns, path.stat().st_mode) for path in files]
    assert by_user(one)[other.name][0]["checks"]["mode"] == 1
    files = sorted(path for path in other.home.rglob("*") if path.is_file())
    assert [(path, path.stat().st_mtime_ns, path.stat().st_mode) for path in files] == before
    other.file.chmod(0o600)


def test_each_users_files_are_looked_at_as_that_user(three: list[Account]) -> None:
    one = three[0]

    def who() -> all_users.Looked:
        return [
            {
                "path": f"{os.getresuid()} {os.getresgid()} {os.environ['HOME']}",
                "team": sorted(os.getgroups()) == sorted(os.getgrouplist(one.name, one.group)),
                "format": None,
                "latest_backup": None,
                "checks": {},
                "weights": {},
            }
        ]

    (said,) = all_users.as_user(pwd.getpwnam(one.name), who) or []
    assert said["path"] == f"{(one.uid,) * 3} {(one.group,) * 3} {one.home}"
    assert said["team"]


@pytest.mark.parametrize(
    "said", [None, {}, ["x"], [{"path": "x"}], [{"path": 1}], RecursionError("x")]
)
def test_what_a_user_makes_of_it_is_not_believed(three: list[Account], said: Any) -> None:
    def wrong() -> Any:
        if isinstance(said, Exception):
            raise said
        return said

    assert all_users.as_user(pwd.getpwnam(three[0].name), wrong) is None


def test_others_than_root_are_refused_in_one_line(three: list[Account]) -> None:
    done = three[0].mentor("doctor", "--all")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "sudo mentor doctor --all" in done.stderr
    assert done.stdout == ""


def test_it_goes_with_nothing_else(three: list[Account]) -> None:
    done = as_root(three[0], "doctor", "--all", "--repair")
    assert done.returncode == 2


def test_a_broken_setting_and_a_missing_home_are_no_obstacle(three: list[Account]) -> None:
    one, other, third = three
    folder = third.home / ".config/mentorrollen"
    folder.mkdir(parents=True)
    (folder / "settings.toml").write_text(f'file = "{other.file}"\nnonsense = [')
    command("chown", "-R", f"{third.name}:", str(third.home))
    assert third.name not in by_user(one)
    (folder / "settings.toml").write_text(f'file = "{third.home}/elsewhere/m.json"\n')
    (third.home / "elsewhere").mkdir()
    os.chown(third.home / "elsewhere", third.uid, third.group)
    third.done("add", SECRET, "--start", "2026-08-03")
    assert by_user(one)[third.name][0]["path"] == f"{third.home}/elsewhere/m.json"
    (folder / "settings.toml").unlink()
    third.done("add", SECRET, "--start", "2026-08-03")
    (folder / "settings.toml").write_text(f'file = "{third.home}/elsewhere/m.json"\n')
    both = [f"{third.home}/elsewhere/m.json", str(third.file)]
    assert [file["path"] for file in by_user(one)[third.name]] == both, "and the one of before"
    third.file.unlink()
    os.mkfifo(third.file)
    os.chown(third.file, third.uid, third.group)
    piped = by_user(one)[third.name][1]
    assert (piped["path"], piped["format"]) == (str(third.file), None), "nobody waits for a pipe"
    shutil.rmtree(third.home)
    assert third.name not in by_user(one)


def test_a_path_reads_as_no_line_of_the_command(three: list[Account]) -> None:
    one, other, _third = three
    folder = other.home / "x\n\x1b[31mroot: fine"
    folder.mkdir(mode=0o700)
    (folder / "m.json").write_text("{}")
    settings = other.home / ".config/mentorrollen/settings.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text(f"file = {json.dumps(str(folder / 'm.json'))}\n")
    command("chown", "-R", f"{other.name}:", str(folder), str(settings.parents[1]))
    try:
        said = as_root(one, "doctor", "--all").stdout
        assert f"{other.name}: {other.home}/x??[31mroot: fine/m.json" in said
        assert not any(line.startswith("root") for line in said.splitlines())
    finally:
        shutil.rmtree(folder)
        settings.unlink()
