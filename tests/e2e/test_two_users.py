"""Two real users of the computer with one team file: what is private of one, the other never has.

It needs root, who may make users and act as them. Everything is looked at as the other user does:
every command, the screens, and the bytes of all files that can be opened.
"""

from __future__ import annotations

import os
import pwd
import shutil
import site
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from data.privacy import canaries as c
from tests.tools.pty import Terminal
from tests.tools.typist import Typist

ROOT = Path(__file__).parents[2]
NOW = "2026-11-24T08:05"
PLANT = """
from datetime import datetime
from data.queries.mentees import mentees
from data.privacy.canaries import plant
from tui.cli.call import Call
with Call().open() as store:
    plant(store, next(iter(mentees(store))), datetime.fromisoformat("{now}").astimezone())
"""
READ_ALL = """
import os, sys
for base in sys.argv[2:]:
    for folder, _folders, names in os.walk(base):
        for name in names:
            try:
                data = open(os.path.join(folder, name), "rb").read()
            except OSError:
                continue
            print("read", name)
            if sys.argv[1].encode() in data:
                print("FOUND", folder, name)
"""


@dataclass(frozen=True, slots=True)
class User:
    """A user of the computer, with a home of their own."""

    name: str
    uid: int
    group: int
    home: Path
    team: Path
    python: str

    @property
    def environ(self) -> dict[str, str]:
        packages = os.pathsep.join([str(ROOT), *site.getsitepackages()])
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(self.home),
            "PYTHONPATH": packages,
            "PYTHONDONTWRITEBYTECODE": "1",
            "MENTOR_FILE": str(self.team / "mentor.json"),
            "MENTOR_NOW": NOW,
            "MENTOR_LANG": "da",
            "LANG": "C.UTF-8",
        }

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [self.python, *words],
            cwd=ROOT,
            env=self.environ,
            user=self.uid,
            group=self.group,
            extra_groups=[self.group],
            umask=0o022,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    def mentor(self, *words: str) -> str:
        done = self.run("-m", "tui", *words)
        assert done.returncode == 0, done.stderr
        return done.stdout + done.stderr


def _python(uid: int, group: int) -> str | None:
    """A Python of the same version that another user can start, and that finds the program."""
    for found in (os.path.realpath(sys.executable), "/usr/bin/python3"):
        code = "import sys, click, textual, tests.tools; print(*sys.version_info[:2])"
        path = os.pathsep.join([str(ROOT), *site.getsitepackages()])
        try:
            done = subprocess.run(
                [found, "-c", code],
                env={"PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1"},
                cwd="/",
                user=uid,
                group=group,
                extra_groups=[group],
                capture_output=True,
                text=True,
                check=False,
            )
        except OSError:
            continue
        if done.stdout.split() == [str(part) for part in sys.version_info[:2]]:
            return found
    return None


@pytest.fixture(scope="module")
def users() -> Iterator[tuple[User, User]]:
    if os.geteuid():
        pytest.skip("needs root: that one user cannot read another's private words is NOT tested")
    if shutil.which("useradd") is None:
        pytest.skip("no useradd: that one user cannot read another's words is NOT tested")
    names = [f"mentor{os.getpid()}{letter}" for letter in "ab"]
    team_name = f"mentor{os.getpid()}t"
    folder = Path(tempfile.mkdtemp())
    try:
        _command("groupadd", team_name)
        for name in names:
            _command("useradd", "--no-create-home", "--gid", team_name, name)
        accounts = [pwd.getpwnam(name) for name in names]
        python = _python(accounts[0].pw_uid, accounts[0].pw_gid)
        if python is None:
            pytest.skip(
                "no Python that other users can start: that one cannot read another's is NOT tested"
            )
        folder.chmod(0o755)
        team = folder / "team"
        team.mkdir()
        os.chown(team, accounts[0].pw_uid, accounts[0].pw_gid)
        team.chmod(0o2770)
        made = []
        for account in accounts:
            home = folder / account.pw_name
            home.mkdir(mode=0o755)
            os.chown(home, account.pw_uid, account.pw_gid)
            uid, group = account.pw_uid, account.pw_gid
            made.append(User(account.pw_name, uid, group, home, team, python))
        yield made[0], made[1]
    finally:
        for name in names:
            subprocess.run(["userdel", name], check=False, capture_output=True)
        subprocess.run(["groupdel", team_name], check=False, capture_output=True)
        shutil.rmtree(folder, ignore_errors=True)


def _command(*words: str) -> None:
    subprocess.run(words, check=True, capture_output=True)


@pytest.fixture(scope="module")
def planted(users: tuple[User, User]) -> tuple[User, User]:
    """The first user has written private words of every sort, and the other one has opened it."""
    one, other = users
    one.mentor("add", "Maja Holm", "--start", "2026-08-03")
    done = one.run("-c", PLANT.format(now=NOW))
    assert done.returncode == 0, done.stderr
    one.mentor("note", "Maja", f"{c.NOTE}-kommando")
    other.mentor("note", "Maja", "Den andens egen")
    return one, other


COMMANDS = [
    ("show", "Maja", "--private", "--all"),
    ("show", "Maja", "--private", "--format", "json"),
    ("export", "Maja", "all", "--private", "--to", "json", "-o", "-"),
    ("export", "Maja", "notes", "--to", "txt", "-o", "-"),
    ("export", "Maja", "leader", "--to", "txt", "-o", "-"),
    ("due", "--format", "json"),
    ("list", "--format", "json"),
    ("doctor",),
    ("backup", "list"),
]


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_no_command_of_the_other_shows_them(
    planted: tuple[User, User], words: tuple[str, ...]
) -> None:
    one, other = planted
    done = other.run("-m", "tui", *words)
    assert c.ALL not in done.stdout + done.stderr
    mine = one.run("-m", "tui", *words).stdout
    assert (c.ALL in mine) is ("--private" in words)
    assert "Den andens egen" not in mine


def test_the_bytes_are_nowhere_that_the_other_can_read(planted: tuple[User, User]) -> None:
    one, other = planted
    bases = (str(one.team), str(one.home), str(other.home))
    found = other.run("-c", READ_ALL, c.ALL, *bases).stdout
    assert "read mentor.json.journal" in found
    assert "FOUND" not in found
    for path in one.team.rglob("*"):  # as root, who can read every file
        assert path.is_dir() or c.ALL.encode() not in path.read_bytes(), path
    mine = one.run("-c", READ_ALL, c.ALL, *bases).stdout
    assert "FOUND" in mine
    data = one.home / ".local/share/mentorrollen"
    assert {path.stat().st_mode & 0o077 for path in [data, *data.rglob("*")]} == {0}


KEYS = (
    "tab tab enter 1 pagedown pagedown 0 esc 2 end right i esc m esc r esc 3 enter esc 4 5 6 end "
    "7 end 8 9 N esc esc esc / kanarie enter esc !"
)


def test_no_screen_of_the_other_shows_them(planted: tuple[User, User]) -> None:
    def seen(user: User) -> str:
        argv = ["setpriv", f"--reuid={user.uid}", f"--regid={user.group}", "--clear-groups"]
        argv += [user.python, "-m", "tui"]
        environ: dict[str, str | None] = {**user.environ, "ESCDELAY": "20"}
        with Terminal(argv, 120, 60, env=environ, cwd=ROOT) as terminal:
            terminal.wait_until(lambda: "Maja" in terminal.emulator.text())
            terminal.rest()
            typist = Typist(terminal, escape_quiet=0.05)
            for key in KEYS.split():
                typist.press(key)
                assert terminal.alive, terminal.screen()
            return terminal.raw.decode("utf-8", "replace")

    one, other = planted
    shown = seen(other)
    assert c.OPEN in shown
    assert c.ALL not in shown
    assert c.ALL in seen(one)


def test_what_the_first_makes_shared_the_other_reads_and_no_more(
    planted: tuple[User, User],
) -> None:
    one, other = planted
    one.mentor("note", "Maja", "Delt ord", "--shared")
    assert "Delt ord" in other.mentor("show", "Maja")
