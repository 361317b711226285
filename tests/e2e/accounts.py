"""Real users of the computer, made for a test and taken away again. Only root can make them."""

from __future__ import annotations

import os
import pwd
import shutil
import site
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NOW = "2026-11-24T08:05"


@dataclass(frozen=True, slots=True)
class Account:
    """A user of the computer, with a home of their own."""

    name: str
    uid: int
    group: int
    home: Path
    python: str

    @property
    def file(self) -> Path:
        """The data file in its usual place."""
        return self.home / ".local/share/mentorrollen/mentor.json"

    def mentor(self, *words: str, **environ: str) -> subprocess.CompletedProcess[str]:
        """Run a command as this user, in the groups that the user has now."""
        return self.run_python("-m", "tui", *words, **environ)

    def run_python(self, *words: str, **environ: str) -> subprocess.CompletedProcess[str]:
        """Run Python as this user, likewise."""
        return subprocess.run(
            [self.python, *words],
            cwd=ROOT,
            env={
                "PATH": os.environ["PATH"],
                "HOME": str(self.home),
                "PYTHONPATH": os.pathsep.join([str(ROOT), *site.getsitepackages()]),
                "PYTHONDONTWRITEBYTECODE": "1",
                "MENTOR_NOW": NOW,
                "MENTOR_LANG": "en",
                "LANG": "C.UTF-8",
                **environ,
            },
            user=self.uid,
            group=self.group,
            extra_groups=os.getgrouplist(self.name, self.group),
            umask=0o022,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    def python_done(self, *words: str, **environ: str) -> str:
        """Run a piece of Python with arguments, which must succeed. Return what it said."""
        done = self.run_python("-c", *words, **environ)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def done(self, *words: str, **environ: str) -> str:
        """Run a command, which must succeed. Return what it said."""
        done = self.mentor(*words, **environ)
        assert done.returncode == 0, done.stderr
        return done.stdout


@contextmanager
def accounts(*letters: str) -> Iterator[list[Account]]:
    """Make users with a group and a home each; where that cannot be, the test is skipped."""
    if os.geteuid() or shutil.which("useradd") is None:
        pytest.skip("needs root and useradd: what other users are told is NOT tested")
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    names = [f"m{os.getpid()}{letter}" for letter in letters]
    try:
        made = []
        for name in names:
            home = folder / name
            command("useradd", "--user-group", "--create-home", "--home-dir", str(home), name)
            found = pwd.getpwnam(name)
            python = python_for(found.pw_uid, found.pw_gid)
            if python is None:
                pytest.skip("no Python that other users can start: NOT tested")
            made.append(Account(name, found.pw_uid, found.pw_gid, home, python))
        yield made
    finally:
        for name in names:
            subprocess.run(["userdel", "--force", name], check=False, capture_output=True)
            subprocess.run(["groupdel", name], check=False, capture_output=True)
        shutil.rmtree(folder, ignore_errors=True)


def team_folder(owner: Account, *others: Account) -> Path:
    """Make a folder that the owner shares with others, who join the owner's group."""
    folder = owner.home.parent / "team"
    folder.mkdir()
    for one in others:
        command("usermod", "-aG", owner.name, one.name)
    os.chown(folder, owner.uid, owner.group)
    folder.chmod(0o2770)
    return folder


def command(*words: str) -> None:
    """Run a command of the system as root."""
    subprocess.run(words, check=True, capture_output=True)


def python_for(uid: int, group: int) -> str | None:
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
