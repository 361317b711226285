"""Texts that a person reads are broken between words, however narrow the terminal is."""

from __future__ import annotations

import io
import os
import pty
import struct
import subprocess
import sys
import termios
from fcntl import ioctl
from pathlib import Path

import pytest

from data.cell_width import cell_width
from data.logins import user_name
from tests.tools.example import example_file_at
from tests.tui.cli.tools import NOW, ROOT, Mentor, example_file
from tui.cli.program import COMMANDS
from tui.cli.wrapping import wrapped

COLUMNS = 60
SAID = {
    "demo": (),
    "add": (("add", "Åse Dorthea Kirkegaard-Mikkelsen", "--start", "1-9-2025"),),
    "list": (("list", "--all"),),
    "show": (("show", "maja", "--all", "--private"), ("show", "maja", "--history")),
    "due": (("due", "--days", "300"),),
    "remind": (("remind", "--days", "300"), ("remind", "--weekly"), ("remind", "--uninstall")),
    "note": (("note", "maja", "Husk aftalen", "--on", "fre"),),
    "today": (("today", "--plain"), ("today", "maja", "--plain")),
    "plan": (
        ("plan", "maja", "--plain"),
        ("plan", "maja", "--save", "Første tre måneder i modtagelsen, for nyuddannede"),
        ("plan", "åse", "--from", "maja", "--dry-run"),
        ("plan", "åse", "--from", "foerste-tre-maaneder-i-modtagelsen-for-nyuddannede"),
    ),
    "roles": (("roles", "maja", "--plain"),),
    "people": (("people", "maja", "--plain"),),
    "needs": (("needs", "maja", "--plain"),),
    "talk": (("talk", "maja", "--plain"),),
    "export": (("export", "maja", "plan", "-o", "plan.md"),),
    "template": (("template", "plan", "-o", "blank.csv"), ("template", "--list")),
    "contribute": (("contribute", "--dry-run", "--plan", "maja"),),
    "library": (
        ("library", "init", "bibliotek"),
        ("library", "check", "bibliotek"),
        ("library", "check", "nowhere"),
        ("library", "init", "sønderby", "--example", "boern-og-familier"),
        ("library", "diff"),
        ("library", "take", "questions/occupied", "--keep"),
    ),
    "import": (("import", "maja", "plan.md", "--dry-run"),),
    "extract": (
        ("extract", "maja", "--dry-run"),
        ("extract", "maja"),
        ("extract", "maja", "--given"),
    ),
    "handover": (("handover", "bo", "--dry-run"), ("handover", "bo", "-o", "bo.mentor")),
    "receive": (("receive", "bo.mentor", "--dry-run"),),
    "lend": (
        ("lend", "bo", "--until", "1-12-2026", "--to", "Åse", "--dry-run"),
        ("lend", "bo", "--until", "1-12-2026", "--to", "Åse Dorthea Kirkegaard", "-o", "l.mentor"),
        ("receive", "l.mentor"),
        ("lend", "bo", "--end"),
    ),
    "return": (("return", "bo"),),
    "hold": (("hold", "maja", "on", "--why", "Har bedt om det"), ("hold", "maja", "off")),
    "whoreads": (("whoreads", "maja"),),
    "publish": (
        ("publish", "show"),
        ("publish", "on", "--yes", "--capacity", "3"),
        ("publish", "show"),
        ("publish", "off"),
    ),
    "calendar": (
        ("calendar", "maja", "-o", "dates.ics"),
        ("calendar", "maja", "--invite", "-o", "talk.ics"),
    ),
    "overview": (("overview", "."), ("overview",)),
    "mentors": (("mentors", "."),),
    "release": (("release", "maja"),),
    "released": (("released",),),
    "retention": (("retention", "--dry-run"),),
    "purge": (("purge", "bo", "--dry-run"),),
    "forget": (("forget", "bo", "--dry-run"),),
    "rename-login": (("rename-login", "before", user_name(os.geteuid()), "--dry-run"),),
    "copy": (("copy", "mentor.json", "mentor.json"),),
    "fold": (("fold",),),
    "server": (("server", "list"), ("server", "init", "nowhere")),
    "backup": (("backup", "list"),),
    "doctor": (("doctor",),),
    "settings": (("settings",),),
    "completion": (),  # a script, for a shell to read
}
"""For each command, uses of it that say something; help is asked of all of them."""


def too_long(text: str, columns: int) -> list[str]:
    """Return the lines with several words that do not fit; a path alone stays whole."""
    lines = (line for line in text.splitlines() if cell_width(line) > columns)
    return [line for line in lines if len(line.strip().removeprefix("- ").split()) > 1]


@pytest.mark.parametrize("language", ["en", "da"])
def test_no_command_says_more_in_a_line_than_the_terminal_has(
    mentor: Mentor,
    file: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    language: str,
) -> None:
    example_file_at(file)
    monkeypatch.setenv("COLUMNS", str(COLUMNS))
    monkeypatch.chdir(tmp_path)
    for name in COMMANDS:
        for use in (*SAID[name], (name, "--help")):
            monkeypatch.setattr(sys, "stdin", io.StringIO("\n.steps\n?\n"))
            said = mentor(*use, "--lang", language)
            assert said.out or said.err, use
            assert not too_long(said.out, COLUMNS), use
    assert not too_long(mentor("--help", "--lang", language).out, COLUMNS)


def test_what_is_wrong_is_one_line_in_a_script_and_fits_a_terminal(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tui", "show", "Nobody", "--lang", "en"]
    env = {key: value for key, value in os.environ.items() if key != "COLUMNS"}
    env |= {"MENTOR_FILE": str(example_file(tmp_path)), "MENTOR_NOW": NOW}
    alone = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert alone.stderr.count("\n") == 1
    ours, theirs = pty.openpty()
    ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 20, 40, 0, 0))
    try:
        subprocess.run(command, cwd=ROOT, env=env, stderr=theirs, timeout=60, check=False)
        shown = os.read(ours, 4096).decode()
    finally:
        os.close(ours)
        os.close(theirs)
    assert " ".join(shown.split()) == " ".join(alone.stderr.split())
    assert len(shown.splitlines()) > 1
    assert all(len(line) < 40 for line in shown.splitlines())


def test_a_path_is_never_broken() -> None:
    path = "/srv/team/" + "mentor/" * 12
    assert path in wrapped(f"Documents are written to {path}.", 40)[-1]


@pytest.mark.parametrize("language", ["en", "da"])
def test_the_list_of_commands_says_whole_clauses(mentor: Mentor, language: str) -> None:
    listed = mentor("--help", "--lang", language).out
    assert "..." not in listed.replace("[ARGS]...", "").replace("[ARG]...", "")
    assert all(f"\n  {name} " in listed for name in COMMANDS)
    assert "pr. linje" in listed or language == "en"
