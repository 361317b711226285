"""How the program is started by something else: a timer, or cron."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from data.i18n import _

MARK: Final = "mentor remind --install"
"""What stands in all that is written for a timer, so that it is found again."""
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f]")


class NotInstalled(Exception):
    """Nothing was installed or taken back. `str()` says why, in a line."""


def started_by(environ: Mapping[str, str], options: Sequence[str]) -> list[str]:
    """Return the words that start `mentor` with some options, with a full path.

    A link stays one: it goes on leading to the program when that is upgraded.

    Raises:
        NotInstalled: The program is not found, or a path of it cannot stand in a line.
    """
    found = [Path(sys.argv[0]), Path(sys.executable).with_name("mentor")]
    if on_path := shutil.which("mentor", path=environ.get("PATH")):
        found.insert(1, Path(on_path))
    for one in found:
        if one.name == "mentor" and os.access(one, os.X_OK) and one.is_file():
            return _checked([str(one.absolute()), *options])
    raise NotInstalled(_("The command mentor is not on the PATH, so no timer could start it."))


def _checked(words: list[str]) -> list[str]:
    if any(_CONTROL.search(word) for word in words):
        raise NotInstalled(_("A path with a line break cannot be started by a timer."))
    return words
