"""Pages that are written to a file of one's own."""

from __future__ import annotations

import os
import re
from typing import Any

from data.i18n import _
from data.text import spelling_key
from screens.frame.base import BaseScreen


def write_text(screen: BaseScreen[Any], name: str, text: str) -> None:
    """Write a text to a file that only its owner can read, and say on the screen where.

    `name` may hold any letters; the file is called by those that every file system takes. What of
    `text` may be written is for `data.method.visibility` to say, before this is called.
    """
    from data.paths import data_dir, write_private  # needed only once something is written

    plain = re.sub(r"[^a-z0-9]+", "-", spelling_key(name)).strip("-")
    path = data_dir(os.environ) / "texts" / f"{plain}.txt"
    try:
        write_private(path, text)
    except OSError as problem:
        why = problem.strerror or str(problem)
        screen.say(_("The file could not be saved: {problem}").format(problem=why), problem=True)
        return
    screen.say(_("Saved: {name} in {folder}").format(name=path.name, folder=path.parent))
