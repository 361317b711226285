"""A text written in the user's own editor, in a file that is the user's alone and then gone."""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path

from data.i18n import _
from tui.cli.call import Problem
from tui.terminal.editor import EditorError, editor_command


def edit(text: str, folder: Path) -> str:
    """Return the text as it was left in the user's editor. Raises `Problem`.

    The file is in `folder`, beside the records: never in a place that others can read.
    """
    try:
        command = editor_command(os.environ)
    except EditorError as error:
        raise Problem(str(error)) from error
    fd, name = tempfile.mkstemp(prefix=".note-", suffix=".txt", dir=folder)  # 0600
    path = Path(name)
    try:
        with os.fdopen(fd, "w", encoding="utf-8") as file:
            file.write(text)
        environ = {key: value for key, value in os.environ.items() if key != "LANGUAGE"}
        try:
            status = subprocess.run([*command, name], env=environ, check=False).returncode
        except OSError as error:
            raise Problem(
                _("The editor “{command}” could not be started. Set $EDITOR.").format(
                    command=command[0]
                )
            ) from error
        if status != 0:
            raise Problem(_("The editor ended with an error, so nothing has been saved."))
        return path.read_bytes().decode("utf-8", errors="replace")
    finally:
        for left in folder.glob(f"{path.name}*"):  # and the editor's own copies
            left.unlink(missing_ok=True)
