"""What an editor leaves behind: the text it saved, and what it put aside when it was killed."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from data.i18n import _
from data.text import clean, text_of_bytes
from tui.terminal.editor import EditorError, Family, family_of

RECOVERY_SECONDS: Final = 2.5
"""How long Vim may take; on a broken line the program has a few seconds in all."""


@contextlib.contextmanager
def keyboard_signals_unheard() -> Iterator[None]:
    """Leave Ctrl+C to the editor. Were it ignored here, the editor would ignore it as well."""
    before = {
        number: signal.signal(number, lambda _number, _frame: None)
        for number in (signal.SIGINT, signal.SIGQUIT)
    }
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def left_behind(path: Path, text: str, command: Sequence[str]) -> str | None:
    """Return what an editor that failed has saved, or put aside as it was killed; else None.

    When the line breaks it is the editor that the words are in.

    Args:
        path: The file that was edited.
        text: What was in it before.
        command: The editor's command line.
    """
    recover_from_vim(path, command)
    for name in (path.name, f"{path.name}.save", f"#{path.name}#"):  # the latter: nano's, Emacs'
        left = path.with_name(name)
        if left.is_file() and read_text(left) != text:
            return read_text(left)
    return None


def swap_file(path: Path) -> Path:
    """Return where Vim puts what is not saved yet."""
    return path.with_name(f".{path.name}.swp")


def recover_from_vim(path: Path, command: Sequence[str] = ()) -> None:
    """Have Vim write out the text of its swap file, which alone has what was not saved.

    The swap file goes only when that has been done. Without a command the Vim that is installed
    does it.
    """
    swap = swap_file(path)
    if not swap.is_file():
        return
    command = command or _installed_vim()
    if command:
        quietly = [*command, "-u", "NONE", "-i", "NONE", "-N", "-es", "-r", str(path)]
        quietly += ["-c", "w!", "-c", "qa!"]
        nothing = subprocess.DEVNULL
        with contextlib.suppress(OSError, subprocess.SubprocessError):
            subprocess.run(
                quietly,
                stdin=nothing,
                stdout=nothing,
                stderr=nothing,
                check=True,
                timeout=RECOVERY_SECONDS,
            )
            swap.unlink(missing_ok=True)


def _installed_vim() -> list[str]:
    """Return the command of a Vim or Neovim; they read each other's swap files."""
    for name in ("vim", "nvim", "vi"):
        if family_of([name], os.environ) in {Family.VIM, Family.NEOVIM}:
            return [name]
    return []


def read_left(path: Path) -> str:
    """Return the text of an editor that is gone. Raises `OSError` where it cannot be had.

    As long as Vim's swap file is there, that has words which the text may lack.
    """
    recover_from_vim(path)
    if swap_file(path).exists():
        raise FileExistsError(swap_file(path))
    try:
        return read_text(path)
    except EditorError as error:
        raise FileNotFoundError(path) from error


def read_text(path: Path) -> str:
    """Read what the editor left, without the newline that editors put at the end.

    Raises `EditorError` where it is gone.
    """
    try:
        text = text_of_bytes(path.read_bytes())
    except OSError as error:
        raise EditorError(_("The editor returned an empty text; nothing was changed")) from error
    return clean(text, lines=True).removesuffix("\n")
