"""A long text in the editor one knows, while the app waits."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from textual.app import App, SuspendNotSupported

from data.i18n import _
from data.run_folder import EDIT, prefix
from data.text import clean
from tui.terminal.editor import EditorError, editor_command

_FILE_NAME: Final = "mentor.txt"
RECOVERY_SECONDS: Final = 2.5
"""How long Vim may take; on a broken line the program has a few seconds in all."""


def edit_text_externally(app: App[Any], text: str, folder: Path) -> str | None:
    """Have `text` edited in the user's editor, and return what it became; None if it did not.

    Call from the app's own thread; the app waits. The text lies in a file of mode 0600 in a new
    folder inside `folder`, which is removed afterwards with all that the editor left in it, unless
    there may be words in it that could not be read. EditorError if there is no editor, or it failed
    and left no other text.
    """
    command = editor_command(os.environ)
    editor = Path(command[0]).name
    with _own_folder(folder) as own:
        path = own / _FILE_NAME
        path.touch(0o600)
        path.write_text(text, "utf-8")
        try:
            with app.suspend(), _keyboard_signals_unheard():
                status = subprocess.run([*command, str(path)], check=False).returncode
        except SuspendNotSupported as error:
            raise EditorError(_("An editor cannot be opened on this terminal")) from error
        except OSError as error:
            raise EditorError(
                _("{editor} could not be started: {reason}").format(
                    editor=editor, reason=error.strerror
                )
            ) from error
        edited = _left_behind(path, text, command) if status else _read(path)
        if edited is None:
            raise EditorError(
                _("{editor} ended with an error; the text is as it was").format(editor=editor)
            )
    return None if edited == text else edited


@contextlib.contextmanager
def _own_folder(folder: Path) -> Iterator[Path]:
    """Make a folder of mode 0700 in `folder`; it goes, unless Vim's swap file is still in it."""
    own = Path(tempfile.mkdtemp(prefix=prefix(EDIT), dir=folder))
    try:
        yield own
    finally:
        if not _swap_file(own / _FILE_NAME).exists():
            shutil.rmtree(own, ignore_errors=True)


def _swap_file(path: Path) -> Path:
    return path.with_name(f".{path.name}.swp")


@contextlib.contextmanager
def _keyboard_signals_unheard() -> Iterator[None]:
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


def _left_behind(path: Path, text: str, command: Sequence[str]) -> str | None:
    """Return what an editor that failed has saved, or put aside as it was killed; else None.

    When the line breaks it is the editor that the words are in.
    """
    _recover_from_vim(path, command)
    for name in (path.name, f"{path.name}.save", f"#{path.name}#"):  # the latter: nano's, Emacs'
        left = path.with_name(name)
        if left.is_file() and _read(left) != text:
            return _read(left)
    return None


def _recover_from_vim(path: Path, command: Sequence[str]) -> None:
    """Have Vim write out the text of its swap file, which alone has what was not saved.

    The swap file goes only when that has been done.
    """
    swap = _swap_file(path)
    if swap.is_file():
        quietly = [*command, "-u", "NONE", "-N", "-es", "-r", str(path), "-c", "w!", "-c", "qa!"]
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


def _read(path: Path) -> str:
    """Read what the editor left, without the newline that editors put at the end."""
    try:
        text = path.read_bytes().decode("utf-8", "replace")
    except OSError as error:
        raise EditorError(_("The editor has removed the text; it is as it was")) from error
    return clean(text, lines=True).removesuffix("\n")
