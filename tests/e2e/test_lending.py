"""Two users of the computer lend a mentee to each other: rights as said, and what is private stays.

Every bundle is looked through byte by byte, commands are killed in the middle, and each is then
done once more: nothing is lost and nothing is there twice.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import signal
import site
import subprocess
import sys
import zipfile
from pathlib import Path

from tests.e2e.accounts import NOW, ROOT, Account, accounts

PLANT = """
import sys
from datetime import datetime
from data.privacy.canaries import plant
from data.queries.mentees import mentees
from tui.cli.call import Call
with Call().open() as store:
    plant(store, next(iter(mentees(store))), datetime.fromisoformat(sys.argv[1]).astimezone())
"""


def over(bundle: Path, one: Account, name: str) -> Path:
    """Give a bundle to another user, as root or a mail would."""
    path = one.home / name
    shutil.copy(bundle, path)
    os.chown(path, one.uid, one.group)
    path.chmod(0o600)
    return path


def holds(bundle: Path, *words: str) -> list[str]:
    """Return which words are in a bundle: in its bytes, or in what is packed in it."""
    data = bundle.read_bytes()
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        data += b"".join(packed.read(name) for name in packed.namelist())
    return [word for word in words if word.encode() in data]


def test_lend_work_and_back_with_what_is_private_left_on_both_sides() -> None:
    with accounts("a", "b") as (anne, bo):
        anne.done("add", "Åse Holm", "--start", "2026-11-02")
        anne.python_done(PLANT, NOW)
        canary = "KANARIE"
        anne.done("note", "Åse", f"{canary}-anne")
        anne.done("note", "Åse", "delt af Anne", "--shared")
        sent = anne.home / "lent.mentor"
        anne.done("lend", "Åse", "--until", "1/12", "--to", "Bo", "-o", str(sent))
        assert holds(sent, canary) == []
        assert bo.mentor("receive", str(sent)).returncode != 0, "only its writer can read it"

        bo.done("receive", str(over(sent, bo, "lent.mentor")))
        shown = bo.done("show", "Åse", "--private", "--all")
        assert "delt af Anne" in shown
        assert canary not in shown
        bo.done("note", "Åse", "delt af Bo", "--shared")
        bo.done("note", "Åse", f"{canary}-bo")
        for refused in (
            ("handover", "Åse"),
            ("lend", "Åse", "--until", "1/12"),
            ("purge", "Åse", "--yes", "Åse Holm"),
        ):
            done = bo.mentor(*refused)
            assert done.returncode in {1, 2}
            assert done.stderr.count("\n") == 1, done.stderr
        after = {"MENTOR_NOW": "2026-12-02T08:05"}
        assert "to be back" in " ".join(anne.done("due", **after).split())
        assert "to be given back" in " ".join(bo.done("due", **after).split())

        back = bo.home / "back.mentor"
        bo.done("return", "Åse", "--delete", "-o", str(back))
        assert holds(back, canary, "-bo") == []
        assert "Åse" not in bo.done("list")
        anne.done("receive", str(over(back, anne, "back.mentor")), "--same-people", "yes")
        shown = anne.done("show", "Åse", "--private", "--all")
        assert shown.count("delt af Bo") == 1
        assert f"{canary}-anne" in shown
        assert f"{canary}-bo" not in shown
        assert "lent to" not in shown


DIES = """
import os, signal, sys
left = int(sys.argv[1])
def dying(call):
    def made(*words, **named):
        global left
        left -= 1
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)
        return call(*words, **named)
    return made
for name in ("fsync", "fdatasync", "rename", "replace", "link"):
    if hasattr(os, name):
        setattr(os, name, dying(getattr(os, name)))
from tui.cli.main import run
sys.exit(run(sys.argv[2:]))
"""
"""Runs a command that dies before the n-th call that makes something last."""


def test_a_command_that_is_killed_anywhere_is_done_once_more(tmp_path: Path) -> None:
    lender, borrower = tmp_path / "a", tmp_path / "b"
    lender.mkdir(mode=0o700)
    borrower.mkdir(mode=0o700)
    ours, theirs = (("--file", str(one / "mentor.json")) for one in (lender, borrower))
    done("add", "Åse Holm", "--start", "2026-11-02", *ours)
    done("note", "Åse", "delt", "--shared", *ours)

    sent = killed_and_done(tmp_path, "lend", "Åse", "--until", "1/12", *ours)
    killed_and_done(tmp_path, "receive", sent, "--same-people", "no", *theirs)
    done("note", "Åse", "fra Bo", "--shared", *theirs)
    done("note", "Åse", "ændret hos Anne", "--shared", *ours)
    back = killed_and_done(tmp_path, "return", "Åse", *theirs)
    killed_and_done(tmp_path, "receive", back, "--same-people", "no", *ours)

    shown = json.loads(done("show", "Åse", "--all", "--format", "json", *ours))
    assert sorted(one["text"] for one in shown["notes"]) == ["delt", "fra Bo", "ændret hos Anne"]
    for one in (ours, theirs):
        assert done("list", *one).count("Åse") == 1
    left = done("purge", "Åse", "--yes", "Åse Holm", *theirs)
    assert "deleted for good" in left


def killed_and_done(folder: Path, *words: str) -> str:
    """Run a command that is killed ever later, until it is through; return its last line."""
    if words[0] in {"lend", "return"}:
        words = (*words, "-o", str(folder))
    for number in range(1, 200):
        found = ran("-c", DIES, str(number), *words)
        if found.returncode != -signal.SIGKILL:
            assert found.returncode == 0, found.stderr
            assert number > 3, "it was killed before it wrote, while it wrote, and after that"
            return next((one for one in found.stdout.split("\n") if one.endswith(".mentor")), "")
    raise AssertionError(words)


def ran(*words: str) -> subprocess.CompletedProcess[str]:
    """Run Python as a process of its own."""
    return subprocess.run(
        [sys.executable, *words],
        cwd=ROOT,
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join([str(ROOT), *site.getsitepackages()]),
            "MENTOR_NOW": NOW,
            "MENTOR_LANG": "en",
            "LANG": "C.UTF-8",
        },
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def done(*words: str) -> str:
    """Run a command, which must succeed; return what it said."""
    found = ran("-m", "tui", *words)
    assert found.returncode == 0, found.stderr
    return found.stdout
