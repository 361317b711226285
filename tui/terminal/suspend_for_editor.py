"""A long text in the editor one knows, while the app waits."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from textual.app import App, SuspendNotSupported

from data.i18n import _
from data.run_folder import EDIT, WHOSE, prefix
from data.storage.reasons import reason
from screens.frame.base import BaseScreen
from tui.terminal.editor import EditorError, editor_command
from tui.terminal.editor_traces import without_traces
from tui.terminal.left_by_editor import (
    keyboard_signals_unheard,
    left_behind,
    read_text,
    swap_file,
)

_FILE_NAME: Final = "mentor.txt"


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
        _keep_whose(app, own)
        path = own / _FILE_NAME
        path.touch(0o600)
        path.write_text(text, "utf-8")
        try:
            with app.suspend(), keyboard_signals_unheard():
                start, environ = without_traces(command, own, os.environ)
                status = subprocess.run([*start, str(path)], env=environ, check=False).returncode
        except SuspendNotSupported as error:
            raise EditorError(_("An editor cannot be opened on this terminal")) from error
        except OSError as error:
            raise EditorError(
                _("{editor} could not be started: {reason}").format(
                    editor=editor, reason=reason(error)
                )
            ) from error
        edited = left_behind(path, text, command) if status else read_text(path)
        if edited is None:
            raise EditorError(
                _("{editor} ended with an error; the text is unchanged").format(editor=editor)
            )
    return None if edited == text else edited


def _keep_whose(app: App[Any], own: Path) -> None:
    """Keep in the folder whom the screen in front, below dialogs, is about."""
    shown = (one for one in reversed(app.screen_stack) if isinstance(one, BaseScreen))
    mentee_id = next((id for one in shown if (id := one.standing_on()[0])), "")
    if mentee_id:
        whose = own / WHOSE
        whose.touch(0o600)
        whose.write_text(f"{mentee_id}\n", "ascii")


@contextlib.contextmanager
def _own_folder(folder: Path) -> Iterator[Path]:
    """Make a folder of mode 0700 in `folder`; it goes, unless Vim's swap file is still in it."""
    own = Path(tempfile.mkdtemp(prefix=prefix(EDIT), dir=folder))
    try:
        yield own
    finally:
        if not swap_file(own / _FILE_NAME).exists():
            shutil.rmtree(own, ignore_errors=True)
