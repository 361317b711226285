"""Which editor the user writes in: $VISUAL, $EDITOR, or the simplest that is installed."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from enum import Enum
from pathlib import Path
from typing import Final

from data.i18n import _

_USUAL: Final = ("nano", "micro", "vi", "vim", "emacs")
"""Looked for, in this order, where the environment names none that is installed."""
_CHOOSER: Final = "sensible-editor"
"""Debian's script that starts the editor which the user has chosen, and else the system's."""
_CHOSEN: Final = ".selected_editor"
"""The file in the home folder that the choice is in, as a line of shell."""
_MAY_BE_VIM: Final = {"vi", "view", "ex"}
"""Names that other editors have, too."""
_VERSION_SECONDS: Final = 2.0
"""How long such an editor may take to say which one it is."""


class EditorError(Exception):
    """The text could not be edited; the message is for the user, who still has the text."""


class Family(Enum):
    """Editors of which it is known where they keep what is written in them."""

    VIM = "vim"
    NEOVIM = "nvim"
    NANO = "nano"
    MICRO = "micro"
    OTHER = "other"
    """Another one: what it keeps is not known."""


def editor_command(environ: Mapping[str, str]) -> list[str]:
    """Return the editor's command line. EditorError if there is none."""
    given: list[str] = []
    by_choice: tuple[str, ...] = ()
    for value in (environ.get("VISUAL", ""), environ.get("EDITOR", "")):
        command = _words(value)
        if command and Path(command[0]).name == _CHOOSER:
            given, by_choice = command[1:], (_chosen(environ), "editor")
        elif command and shutil.which(command[0], path=environ.get("PATH")):
            return [*command, *given]
    for usual in (*by_choice, *_USUAL):
        if usual and shutil.which(usual, path=environ.get("PATH")):
            return [usual, *given]
    raise EditorError(_("No editor was found. Name one in $EDITOR, such as nano"))


def family_of(command: Sequence[str], environ: Mapping[str, str]) -> Family:
    """Return which of the known editors a command line starts, behind all links."""
    found = shutil.which(command[0], path=environ.get("PATH"))
    if found is None:
        return Family.OTHER
    name = Path(os.path.realpath(found)).name
    if name in _MAY_BE_VIM:
        return _said_by(found)
    for start, family in (
        ("nvim", Family.NEOVIM),
        (r"r?nano\b", Family.NANO),
        (r"micro\b", Family.MICRO),
        (r"r?g?r?vim(?!tutor)|r?gview|rview|e(vim|view)", Family.VIM),
    ):
        if re.match(start, name):
            return family
    return Family.OTHER


def _said_by(program: str) -> Family:
    """Return which editor a program named `vi` says that it is."""
    try:
        said = subprocess.run(
            [program, "--version"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_VERSION_SECONDS,
            check=False,
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return Family.OTHER
    if said.startswith(b"NVIM"):
        return Family.NEOVIM
    return Family.VIM if b"Vi IMproved" in said.partition(b"\n")[0] else Family.OTHER


def _words(value: str) -> list[str]:
    try:
        return shlex.split(value)
    except ValueError:  # a quotation mark without its other half
        return []


def _chosen(environ: Mapping[str, str]) -> str:
    """Return the editor that the user has chosen by `select-editor`; "" for none."""
    try:
        text = Path(environ.get("HOME", ""), _CHOSEN).read_text("utf-8", "replace")
    except OSError:
        text = ""
    found = re.search(r"^\s*SELECTED_EDITOR=(.*)$", text, re.MULTILINE)
    words = _words(found[1]) if found else []
    return words[0] if words else environ.get("SELECTED_EDITOR", "")
