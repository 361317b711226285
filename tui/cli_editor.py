"""A text written in the user's own editor, in a file that is the user's alone and then gone."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from pathlib import Path

from data.i18n import _
from tui.cli_base import Problem


def edit(text: str, folder: Path) -> str:
    """Return the text as it was left in `$VISUAL` or `$EDITOR`. Raises `Problem`.

    The file is in `folder`, beside the records: never in a place that others can read.
    """
    command = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    fd, name = tempfile.mkstemp(prefix=".note-", suffix=".txt", dir=folder)  # 0600
    path = Path(name)
    try:
        with os.fdopen(fd, "w", encoding="utf-8") as file:
            file.write(text)
        environ = {key: value for key, value in os.environ.items() if key != "LANGUAGE"}
        try:
            status = subprocess.run(
                [*shlex.split(command), name], env=environ, check=False
            ).returncode
        except (OSError, ValueError) as error:
            raise Problem(
                _("The editor “{command}” could not be started. Set $EDITOR.").format(
                    command=command
                )
            ) from error
        if status != 0:
            raise Problem(_("The editor ended with an error, so nothing has been saved."))
        return path.read_bytes().decode("utf-8", errors="replace")
    finally:
        for left in folder.glob(f"{path.name}*"):  # and the editor's own copies
            left.unlink(missing_ok=True)
