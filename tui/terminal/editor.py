"""Which editor the user writes in: $VISUAL, $EDITOR, or the simplest that is installed."""

from __future__ import annotations

import shlex
import shutil
from collections.abc import Mapping
from typing import Final

from data.i18n import _

_USUAL: Final = ("nano", "micro", "vi", "vim", "emacs")
"""Looked for, in this order, where the environment names none that is installed."""


class EditorError(Exception):
    """The text could not be edited; the message is for the user, who still has the text."""


def editor_command(environ: Mapping[str, str]) -> list[str]:
    """Return the editor's command line. EditorError if there is none."""
    for name in ("VISUAL", "EDITOR"):
        try:
            command = shlex.split(environ.get(name, ""))
        except ValueError:  # a quotation mark without its other half
            continue
        if command and shutil.which(command[0], path=environ.get("PATH")):
            return command
    for usual in _USUAL:
        if shutil.which(usual, path=environ.get("PATH")):
            return [usual]
    raise EditorError(_("No editor was found. Name one in $EDITOR, such as nano"))
