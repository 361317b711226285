"""A note written in the user's own editor, in a folder that is the user's alone and then gone."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from data.i18n import _
from data.paths import state_dir, write_private
from data.records import Note, new_id
from data.run_folder import EDIT, prefix
from data.store.left_notes import TEXT, keep_about
from tui.cli.call import Problem
from tui.terminal.editor import EditorError, editor_command
from tui.terminal.editor_traces import without_traces
from tui.terminal.left_by_editor import keyboard_signals_unheard, left_behind, read_text


@contextmanager
def written(note: Note, folder: Path) -> Iterator[str]:
    """Have a note written in the user's editor; it is to be saved inside the context.

    The text lies in a new folder of mode 0700 in `folder`, beside the records: never in a place
    that others can read. It is kept there until the note has been saved, so that the next start can
    take it up where the line breaks. Raises `Problem`; a text is then in a file that it names.
    """
    try:
        command = editor_command(os.environ)
    except EditorError as error:
        raise Problem(str(error)) from error
    own = Path(tempfile.mkdtemp(prefix=prefix(EDIT), dir=folder))
    try:
        keep_about(own, note)
        path = own / TEXT
        path.touch(0o600)
        status = _run(command, path)
        if status:
            _refuse(status, left_behind(path, "", command))
        yield _read(path)
    except Problem:  # nothing was written, or it is in a file that this names
        shutil.rmtree(own, ignore_errors=True)
        raise
    shutil.rmtree(own, ignore_errors=True)


def _run(command: list[str], path: Path) -> int:
    """Run the editor, and return its status."""
    environ = {key: value for key, value in os.environ.items() if key != "LANGUAGE"}
    try:
        with keyboard_signals_unheard():
            start, environ = without_traces(command, path.parent, environ)
            return subprocess.run([*start, str(path)], env=environ, check=False).returncode
    except OSError as error:
        text = _("The editor “{command}” could not be started. Set $EDITOR.")
        raise Problem(text.format(command=command[0])) from error


def _read(path: Path) -> str:
    try:
        return read_text(path)
    except EditorError:
        return ""  # a user who deletes the file wants no note


def _refuse(status: int, text: str | None) -> None:
    """Keep what an editor has written that ended with an error; raise what names it."""
    if not (text or "").strip():
        raise Problem(_("The editor ended with an error, so nothing has been saved."))
    kept = state_dir(os.environ) / f"note-{new_id()}.txt"
    write_private(kept, f"{text}\n")
    line = _(
        "The editor ended with an error ({status}), so no note has been made. What was written is"
        " in {path}; mentor note NAME < {path} makes a note of it."
    )
    raise Problem(line.format(status=status, path=kept))
