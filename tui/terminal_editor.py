"""A long text in the editor one knows, while the app waits."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from textual.app import App, SuspendNotSupported

from data.i18n import _
from data.run_folder import left_behind, prefix
from data.text import clean
from tui.editor import EditorError, editor_command

FOLDER: Final = "edit"
"""What the folders of texts in an editor are called."""
_FILE_NAME: Final = "mentor.txt"
RECOVERY_SECONDS: Final = 1.5
"""How long Vim may take; on a broken line the program has a few seconds in all."""


def edit_text_externally(app: App[Any], text: str, folder: Path) -> str | None:
    """Have `text` edited in the user's editor, and return what it became; None if it did not.

    Call from the app's own thread; the app waits. The text lies in a file of mode 0600 in a new
    folder inside `folder`, which is removed afterwards with all that the editor left in it.
    EditorError if there is no editor, or it failed and left no other text.
    """
    command = editor_command(os.environ)
    editor = Path(command[0]).name
    with tempfile.TemporaryDirectory(prefix=prefix(FOLDER), dir=folder) as name:  # of mode 0700
        path = Path(name) / _FILE_NAME
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
        edited = _left_behind(path, text, command[0]) if status else _read(path)
        if edited is None:
            raise EditorError(
                _("{editor} ended with an error; the text is as it was").format(editor=editor)
            )
    return None if edited == text else edited


def texts_left_behind(folder: Path) -> list[Path]:
    """Return the folders of editors that outlived the program; nobody else has what is in them.

    Empty ones are taken away.
    """
    found = []
    for left in left_behind(folder, FOLDER):
        with contextlib.suppress(OSError):
            if any(path.stat().st_size for path in left.iterdir()):
                found.append(left)
            else:
                shutil.rmtree(left)
    return found


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


def _left_behind(path: Path, text: str, editor: str) -> str | None:
    """Return what an editor that failed has saved, or put aside as it was killed; else None.

    When the line breaks it is the editor that the words are in.
    """
    _recover_from_vim(path, editor)
    for name in (path.name, f"{path.name}.save", f"#{path.name}#"):  # the latter: nano's, Emacs'
        left = path.with_name(name)
        if left.is_file() and _read(left) != text:
            return _read(left)
    return None


def _recover_from_vim(path: Path, editor: str) -> None:
    """Have Vim write out the text of its swap file, which alone has what was not saved."""
    swap = path.with_name(f".{path.name}.swp")
    if swap.is_file():
        quietly = [editor, "-u", "NONE", "-N", "-es", "-r", str(path), "-c", "w!", "-c", "qa!"]
        with contextlib.suppress(OSError, subprocess.TimeoutExpired):
            subprocess.run(quietly, stdin=subprocess.DEVNULL, check=False, timeout=RECOVERY_SECONDS)


def _read(path: Path) -> str:
    """Read what the editor left, without the newline that editors put at the end."""
    try:
        text = path.read_bytes().decode("utf-8", "replace")
    except OSError as error:
        raise EditorError(_("The editor has removed the text; it is as it was")) from error
    return clean(text, lines=True).removesuffix("\n")
