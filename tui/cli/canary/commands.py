"""Looks for canaries in what commands print that were not asked for what is private."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout, suppress
from pathlib import Path
from typing import Final

from data.i18n import N_, _, language
from data.privacy.canaries import Planted
from data.privacy.looking import Looked, NothingProved, canaries_in, canaries_in_file
from data.published.read import read
from data.published.schema import NAME
from data.settings import Settings
from tui.cli.call import Call

COMMANDS: Final = N_("Commands")
_TALK: Final = "\n".join([*[".next"] * 14, *(f".go {n}\n.show" for n in range(1, 15)), ""])
"""What is typed in the plain talk: through all its steps."""
_PLAIN: Final = "\n".join([*(f"{n}\n.notes\n.back" for n in range(1, 25)), ""])
"""What is typed in a list of the other plain commands: each line is opened."""


def look_at_commands(
    path: Path, planted: Planted, looked: Looked, tell: Callable[[str], None]
) -> None:
    """Run commands in this process, in the language in use, and look at what they print.

    Args:
        path: The record file.
        planted: Where the canaries are.
        looked: Notes what was looked at.
        tell: Called with what is looked at now.

    Raises:
        NothingProved: A command that was asked for what is private printed no canary.
    """
    name = planted.mentee.name
    if not canaries_in(printed(path, ("show", name, "--private", "--format", "json"))):
        raise NothingProved
    for command, *words in _commands(name):
        tell(f"mentor {command}")
        which = " ".join(one for one in words if one != name)
        typed = _TALK if command == "talk" else _PLAIN if "--plain" in words else ""
        text = printed(path, (command, *words), typed)
        place = f"mentor {command} {which}".strip()
        looked.note(COMMANDS, place, canaries_in(text), language())


def look_at_published(path: Path, looked: Looked, tell: Callable[[str], None]) -> None:
    """Publish counts of the copy, with initials, and look at the file and at what is shown of it.

    Raises:
        NothingProved: No mentee is in it.
    """
    tell("mentor publish")
    asked = printed(path, ("publish", "on", "--as", "initials"), _("yes") + "\n")
    file = path.with_name(NAME)
    if not file.exists() or not read(file).mentees:
        raise NothingProved
    looked.note(COMMANDS, "mentor publish on", canaries_in(asked), language())
    for words in (("publish", "show"), ("publish", "show", "--format", "json")):
        text = printed(path, words)
        looked.note(COMMANDS, f"mentor {' '.join(words)}", canaries_in(text), language())
    looked.note(COMMANDS, N_("The file of counts that is published"), canaries_in_file(file))
    printed(path, ("publish", "off"))


def _commands(name: str) -> Iterator[tuple[str, ...]]:
    yield "show", name
    yield "show", name, "--all"
    yield "show", name, "--format", "json"
    yield "show", name, "--history"
    yield "show", name, "--history", "--format", "json"
    yield ("list",)
    yield "list", "--format", "json"
    yield "due", "--days", "30"
    yield "due", "--days", "30", "--format", "json"
    yield "remind", "--days", "30"
    yield "remind", "--weekly"
    yield "whoreads", name
    yield "export", name, "all"
    yield "calendar", name, "--names", "-o", "-"
    yield "calendar", name, "--invite", "-o", "-"
    yield "handover", name
    yield "talk", name, "--plain"
    yield "today", "--plain"
    for place in ("plan", "roles", "people", "needs"):
        yield place, name, "--plain"
    yield "plan", name, "--save", "proof", "--replace"
    yield "contribute", "--plan", name, "--dry-run"


def printed(path: Path, words: Sequence[str], typed: str = "") -> str:
    """Run a command on a record file, and return what it prints, on both outputs."""
    # it loads what makes commands, which this one is loaded by
    from tui.cli.program import run_program

    out = io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True)
    # a command that finds something ends the program with its status
    with _typing(typed), redirect_stdout(out), redirect_stderr(out), suppress(SystemExit):
        run_program(list(words), Call(settings=Settings(), file=str(path)))
    out.flush()
    return out.buffer.getvalue().decode("utf-8", "replace")


@contextmanager
def _typing(text: str) -> Iterator[None]:
    """Have what a command reads be a text."""
    before = sys.stdin
    sys.stdin = io.StringIO(text)
    try:
        yield
    finally:
        sys.stdin = before
