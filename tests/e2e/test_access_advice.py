"""What is refused because of owner, group or mode names the command that mends it, and it does."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.accounts import Account, accounts, command

ROOT_USER = Account("root", 0, 0, Path("/root"), "")


@pytest.fixture(scope="module")
def two() -> Iterator[list[Account]]:
    with accounts("a", "b") as made:
        yield made


@pytest.fixture
def bodil(two: list[Account]) -> Iterator[Account]:
    """A user with a data file, whole again after each test."""
    one = two[0]
    if not one.file.exists():
        one.done("add", "Maja Holm", "--start", "2026-08-03")
    yield one
    command("chown", "-R", f"{one.name}:", str(one.home))
    one.home.chmod(0o700)
    command("chmod", "-R", "u+rwX", str(one.home))


def named_command(said: str) -> str:
    """Return the command that a line names at its end, whatever the width of the lines."""
    found = re.search(r".*: ((?:chown|chmod|chgrp|usermod|sudo) .*)$", " ".join(said.split()))
    assert found, said
    return found[1]


def refused(user: Account, *words: str, **environ: str) -> str:
    """Run a command that is refused in one line, and return the line."""
    done = user.mentor(*words, **environ)
    assert done.returncode == 3, done.stdout + done.stderr
    assert done.stderr.count("\n") == 1
    return done.stderr


def mend(said: str, as_user: Account = ROOT_USER) -> None:
    """Run the command that a line names, as the one who can."""
    subprocess.run(
        ["/bin/sh", "-c", named_command(said)],
        user=as_user.uid,
        group=as_user.group,
        extra_groups=[as_user.group],
        check=True,
    )


def test_a_file_that_root_has_restored_is_given_back(bodil: Account) -> None:
    for file in bodil.file.parent.iterdir():
        os.chown(file, 0, 0)
    said = refused(bodil, "list")
    assert "belongs to root (group root); an administrator can repair that" in said
    found = bodil.mentor("doctor")
    assert named_command(said) in " ".join(found.stdout.split())
    mend(said)
    assert "Maja" in bodil.done("list")


def test_a_file_that_cannot_be_read_is_ones_own_to_mend(bodil: Account) -> None:
    bodil.file.chmod(0)
    mend(refused(bodil, "list"), bodil)
    assert "Maja" in bodil.done("list")


def test_a_home_folder_that_cannot_be_written_to_is_named(bodil: Account) -> None:
    command("rm", "-r", str(bodil.home / ".local"))
    bodil.home.chmod(0o555)
    said = refused(bodil, "add", "Maja Holm", "--start", "2026-08-03")
    assert named_command(said) == f"chmod u+rwx {bodil.home}"
    mend(said, bodil)
    bodil.done("add", "Maja Holm", "--start", "2026-08-03")


def test_a_folder_of_root_in_ones_home_is_given_back(bodil: Account) -> None:
    folder = bodil.file.parent
    os.chown(folder, 0, 0)
    folder.chmod(0o700)
    mend(refused(bodil, "list"))
    assert "Maja" in bodil.done("list")


def test_a_team_file_of_another_group_and_a_user_who_is_not_in_the_group(
    two: list[Account],
) -> None:
    one, other = two
    team = one.home / "team"
    one.home.chmod(0o755)
    team.mkdir()
    os.chown(team, one.uid, one.group)
    team.chmod(0o2770)
    path = team / "mentor.json"
    file = str(path)
    one.done("add", "Maja Holm", "--start", "2026-08-03", MENTOR_FILE=file)
    said = refused(other, "list", MENTOR_FILE=file)
    assert named_command(said) == f"usermod -aG {one.name} {other.name}"
    mend(said)
    assert "Maja" in other.done("list", MENTOR_FILE=file)
    os.chown(file, one.uid, 0)
    path.chmod(0o660)
    said = refused(other, "list", MENTOR_FILE=file)
    assert f"belongs to {one.name} (group root), who can repair that: chgrp {one.name}" in said
    mend(said, one)
    path.chmod(0o664)
    said = refused(other, "list", MENTOR_FILE=file)
    mend(said, one)
    assert "Maja" in other.done("list", MENTOR_FILE=file)


def test_nobody_is_to_be_put_into_the_group_of_root(two: list[Account]) -> None:
    """A restore by root may have left a team's folder with root's group."""
    one, _other = two
    one.home.chmod(0o755)
    team = one.home / "restored"
    team.mkdir()
    team.chmod(0o2770)
    environ = {"MENTOR_FILE": str(team / "mentor.json")}
    said = refused(one, "list", **environ)
    assert "usermod" not in said
    assert named_command(said) == f"chgrp -R GROUP {team}"
    command("chgrp", "-R", one.name, str(team))
    one.done("add", "Maja Holm", "--start", "2026-08-03", **environ)


def test_root_is_told_whose_file_it_is(bodil: Account) -> None:
    root = Account("root", 0, 0, bodil.home, bodil.python)
    said = refused(root, "list", MENTOR_FILE=str(bodil.file))
    assert named_command(said) == f"sudo -u {bodil.name} mentor doctor"
    assert "sudo -u NAME mentor doctor" in " ".join(root.mentor("doctor").stdout.split())


def test_a_folder_that_others_may_write_to_is_closed(bodil: Account) -> None:
    folder = bodil.home / "a folder"
    folder.mkdir()
    os.chown(folder, bodil.uid, bodil.group)
    environ = {"MENTOR_FILE": str(folder / "mentor.json")}
    folder.chmod(0o757)
    mend(refused(bodil, "add", "Maja Holm", "--start", "2026-08-03", **environ), bodil)
    bodil.done("add", "Maja Holm", "--start", "2026-08-03", **environ)
    folder.chmod(0o3770)
    mend(refused(bodil, "list", **environ), bodil)
    bodil.done("list", **environ)
    os.chown(folder, bodil.uid, 0)
    folder.chmod(0o770)
    mend(refused(bodil, "list", **environ), bodil)
    os.chown(folder, bodil.uid, bodil.group)
    folder.chmod(0o700)


def test_a_folder_of_documents_that_cannot_be_written_to(bodil: Account) -> None:
    folder = bodil.home / "mentorrollen"
    folder.mkdir()
    os.chown(folder, bodil.uid, bodil.group)
    for mode, check in ((0o755, "keeps them out"), (0o500, "Documents cannot be written")):
        folder.chmod(mode)
        said = " ".join(bodil.mentor("doctor", COLUMNS="500").stdout.split())
        assert check in said
        found = re.search(rf": (chmod \S+ {re.escape(str(folder))})", said)
        assert found, said
        mend(f"x: {found[1]}", bodil)
        assert folder.stat().st_mode & 0o777 == 0o700
