"""Two real users of the computer with one team file: what is private of one, the other never has.

It needs root, who may make users and act as them. Everything is looked at as the other user does:
every command, the screens, and the bytes of all files that can be opened.
"""

from __future__ import annotations

import io
import os
import pwd
import shutil
import site
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from data.privacy import canaries as c
from tests.e2e.accounts import NOW, ROOT, command, python_for
from tests.tools.pty import Terminal
from tests.tools.typist import Typist

PLANT = """
from datetime import datetime
from data.queries.mentees import mentees
from data.privacy.canaries import plant
from tui.cli.call import Call
with Call().open() as store:
    plant(store, next(iter(mentees(store))), datetime.fromisoformat("{now}").astimezone())
"""
OTHERS = "ANDENS"
PLANT_OTHERS = """
from data.queries.mentees import mentees
from data.records import Answer, Note, NoteKind, Talk
from data.store.change import Change
from tui.cli.call import Call
with Call().open() as store:
    mentee = next(iter(mentees(store)))
    talk = next(one for one in store.of(Talk, mentee.id) if one.number == 91)
    said = {"mentee_id": mentee.id, "talk_id": talk.id, "private": True}
    store.commit(
        [
            Change.created(Note(mentee_id=mentee.id, text="ANDENS-note")),
            Change.created(Note(mentee_id=mentee.id, text="ANDENS-tvivl", kind=NoteKind.DOUBT)),
            Change.created(Answer(key="mood", pulse={"x": "ANDENS-puls"}, **said)),
            Change.created(Answer(key="asked:7", question="ANDENS-spurgt", mentee="x", **said)),
        ]
    )
"""
"""What the other user keeps private, with words of their own."""
READ_ALL = """
import os, sys
for base in sys.argv[2:]:
    for folder, _folders, names in os.walk(base):
        for name in names:
            try:
                data = open(os.path.join(folder, name), "rb").read()
            except OSError:
                continue
            print("read", os.path.join(folder, name))
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
        command("groupadd", team_name)
        for name in names:
            command("useradd", "--no-create-home", "--gid", team_name, name)
        accounts = [pwd.getpwnam(name) for name in names]
        python = python_for(accounts[0].pw_uid, accounts[0].pw_gid)
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


@pytest.fixture(scope="module")
def planted(users: tuple[User, User]) -> tuple[User, User]:
    """Each has private words of every sort; there are backups, and a damaged part is kept aside."""
    one, other = users
    one.mentor("add", "Maja Holm", "--start", "2026-08-03")
    done = one.run("-c", PLANT.format(now=NOW))
    assert done.returncode == 0, done.stderr
    one.mentor("note", "Maja", f"{c.NOTE}-kommando")
    other.mentor("note", "Maja", f"{OTHERS}-kommando")
    done = other.run("-c", PLANT_OTHERS)
    assert done.returncode == 0, done.stderr
    for user in users:
        damage = f"open({str(user.team / 'mentor.json.journal')!r}, 'ab').write(b'damaged')"
        assert user.run("-c", damage).returncode == 0
        user.mentor("note", "Maja", "Delt af begge", "--shared")
    return one, other


COMMANDS = [
    ("show", "Maja", "--private", "--all"),
    ("show", "Maja", "--private", "--format", "json"),
    ("export", "Maja", "all", "--private", "--to", "json", "-o", "-"),
    ("export", "Maja", "notes", "--to", "txt", "-o", "-"),
    ("export", "Maja", "leader", "--to", "txt", "-o", "-"),
    ("due", "--format", "json"),
    ("show", "Maja", "--history"),
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
    assert (OTHERS in done.stdout) is ("--private" in words)
    mine = one.run("-m", "tui", *words)
    assert (c.ALL in mine.stdout) is ("--private" in words)
    assert OTHERS not in mine.stdout + mine.stderr


def test_an_extract_of_the_other_has_none(planted: tuple[User, User]) -> None:
    one, other = planted
    for user, own, foreign in ((one, c.ALL, OTHERS), (other, OTHERS, c.ALL)):
        user.mentor("extract", "Maja", "-o", str(user.home / "given-out"))
        files = [path for path in (user.home / "given-out").rglob("*") if path.is_file()]
        parts = [part for path in files for part in parts_of(path.read_bytes())]
        assert any(own.encode() in part for part in parts)
        assert not any(foreign.encode() in part for part in parts)
        shutil.rmtree(user.home / "given-out")


def parts_of(data: bytes) -> Iterator[bytes]:
    """Yield a file, and what is packed in it: a Word file is a zip file."""
    yield data
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield from (archive.read(name) for name in archive.namelist())


def test_the_bytes_are_nowhere_that_the_other_can_read(planted: tuple[User, User]) -> None:
    one, other = planted
    bases = (str(one.team), str(one.home), str(other.home))
    for reader, owner, word in ((other, one, c.ALL), (one, other, OTHERS)):
        found = reader.run("-c", READ_ALL, word, *bases).stdout
        assert "FOUND" not in found
        for beside in ("journal", "history", "backups/", "quarantine/"):
            assert f"read {one.team}/mentor.json.{beside}" in found
        data = owner.home / ".local/share/mentorrollen"
        assert f"read {data}" not in found
        for path in one.team.rglob("*"):  # as root, who can read every file
            assert path.is_dir() or word.encode() not in path.read_bytes(), path
        assert "FOUND" in owner.run("-c", READ_ALL, word, *bases).stdout
        assert {path.stat().st_mode & 0o077 for path in [data, *data.rglob("*")]} == {0}


KEYS = (
    "tab tab enter 1 pagedown pagedown 0 esc 2 end right i esc m esc r esc 3 enter esc 4 5 6 end "
    "7 end 8 9 N esc esc esc / kanarie enter esc esc / andens enter esc !"
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
    for user, own, foreign in ((other, OTHERS, c.ALL), (one, c.ALL, OTHERS)):
        shown = seen(user)
        assert c.OPEN in shown
        assert own in shown
        assert foreign not in shown


def test_what_the_first_makes_shared_the_other_reads_and_no_more(
    planted: tuple[User, User],
) -> None:
    one, other = planted
    one.mentor("note", "Maja", "Delt ord", "--shared")
    assert "Delt ord" in other.mentor("show", "Maja")
