"""An editor that keeps nothing of what is written in it, outside the folder of the text.

Editors keep what one has deleted, replaced and looked for, for the next time, and put copies of the
text in folders of their own. None has an option against all that, so each is told in its own way;
what else the user has chosen stays.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from tui.terminal.editor import Family, family_of

OWN: Final = "editor"
"""The folder beside the text for what the editor writes of its own."""
_RC: Final = "nanorc"
_SHOWN_SECONDS: Final = 2.0
"""How long nano or micro may take to show its options."""


def without_traces(
    command: Sequence[str], folder: Path, environ: Mapping[str, str]
) -> tuple[list[str], dict[str, str]]:
    """Return the command line, without the file, and the environment to start an editor with.

    Args:
        command: The editor's command line, as the user has it.
        folder: The folder that the text is in, which goes afterwards. Gets a folder in it.
        environ: The environment of the program.

    Raises:
        OSError: That folder could not be made.
    """
    family = family_of(command, environ)
    if family is Family.OTHER:
        return list(command), dict(environ)
    own = folder / OWN
    own.mkdir(0o700)
    # text on its way through a filter or a spell checker is a file, too
    changed = {**environ, "TMPDIR": str(own)}
    if family is Family.NANO:
        changed["XDG_DATA_HOME"] = str(own)  # the histories
        options = _of_nano(command[0], own, environ)
    elif family is Family.MICRO:
        options = _of_micro(command[0], own)
    else:
        options = _of_vim("shada" if family is Family.NEOVIM else "viminfo")
    return [command[0], *options, *command[1:]], changed


def _of_vim(history: str) -> list[str]:
    """Return the options for Vim, and for Neovim, whose history has another name.

    The user's own settings are read later than `--cmd`, and swap files are made before `-c`; so it
    is said again after each file of settings.
    """
    say = (
        f"silent! set directory=. backupdir=. undodir=. nobackup noundofile {history}="
        f" {history}file=NONE"
    )
    lines = (
        "augroup mentor_without_traces",
        f"silent! autocmd SourcePost * {say}",  # what an old Vim does not know is left out
        f"silent! autocmd SourcePre,BufReadPre,BufNewFile,VimEnter * {say}",
        "augroup END",
        say,
    )
    return ["-i", "NONE", *(word for line in lines for word in ("--cmd", line))]


def _of_nano(program: str, own: Path, environ: Mapping[str, str]) -> list[str]:
    """Return the options for nano, whose histories are in `~/.nano` where there is such a folder.

    Only a file of settings turns histories off, so the user's become part of one.
    """
    if "tiny" in Path(program).name:  # it keeps nothing, and has fewer options
        return []
    backups = ["--backupdir", str(own)]
    home = _home_of_nano(environ)
    if not (home / ".nano").is_dir():
        return backups
    if b"--rcfile" not in _shown_by(program, "--help"):
        return [*backups, "--ignorercfiles"]
    base = environ.get("XDG_CONFIG_HOME") or str(home / ".config")
    users = (home / ".nanorc", Path(base, "nano", "nanorc"), home / ".config" / "nano" / "nanorc")
    user = next((path for path in users if path.is_file()), None)
    parts = [_text_of(path) for path in (Path("/etc/nanorc"), user) if path is not None]
    rc = own / _RC
    rc.touch(0o600)
    rc.write_bytes(b"\n".join([*parts, b"unset historylog", b"unset positionlog", b""]))
    return [*backups, "--rcfile", str(rc)]


def _home_of_nano(environ: Mapping[str, str]) -> Path:
    """Return the home folder; root's is the one that the system knows."""
    home = environ.get("HOME", "")
    if home and os.geteuid():
        return Path(home)
    # only for root, and where the environment names none
    import pwd

    try:
        return Path(pwd.getpwuid(os.geteuid()).pw_dir)
    except KeyError:
        return Path(home or "/")


def _of_micro(program: str, own: Path) -> list[str]:
    """Return the options for micro: those of its settings that this one has."""
    wanted = {"backupdir": str(own), "permbackup": "false"}
    wanted |= dict.fromkeys(("savecursor", "savehistory", "saveundo"), "false")
    shown = _shown_by(program, "-options").split()
    known = [(f"-{name}", value) for name, value in wanted.items() if f"-{name}".encode() in shown]
    return [word for option in known for word in option]


def _shown_by(program: str, option: str) -> bytes:
    """Return what an editor shows when it is asked for its options; nothing if it does not."""
    try:
        return subprocess.run(
            [program, option],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_SHOWN_SECONDS,
            check=False,
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return b""


def _text_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""
