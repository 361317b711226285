"""Temporary folders that belong to one run of the program.

Their names hold the number of its process. So a later run can tell the folders that are still in
use from those that were left behind, and find the texts that a crash has left in them.
"""

from __future__ import annotations

import os
import re
import stat
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

_NAME: Final = re.compile(r"-(\d+)-[a-z0-9_]{8}")
"""How the name of such a folder goes on: our process, and the characters `tempfile` adds."""
DEMO: Final = "demo"
"""The purpose of a folder with a copy of the example data, which is thrown away afterwards."""
EDIT: Final = "edit"
"""The purpose of a folder with a text that is open in the user's own editor."""
ABOUT: Final = "about.json"
"""A file in an editor's folder that says what the text is about; the text is in others."""
WHOSE: Final = "whose"
"""A file in an editor's folder with the id of the mentee whom the text is about, if that is known:
so the text is found when the mentee is deleted for good."""
EMPTY_SECONDS: Final = 24 * 60 * 60
"""How long an empty folder of an editor is kept."""


def texts_folder(own_path: Path) -> Path:
    """Return the folder for texts that are open in an editor while a team file is used.

    It lies beside the file with what its user keeps private, for others use the folder of the team
    file. `own_path` is the path of that file.
    """
    return own_path.with_name(f"{own_path.name}.texts")


def prefix(what: str) -> str:
    """Return the prefix for this run's folders, to be given to `tempfile`.

    Args:
        what: What the folder is for: `DEMO` or `EDIT`.
    """
    return f"{what}-{os.getpid()}-"


def left_behind(base: Path, what: str) -> Iterator[Path]:
    """Yield the folders that earlier runs of this user have left behind.

    Only folders with exactly such a name are yielded, for the caller may delete them. Call this
    before the run makes a folder of its own.

    Args:
        base: The folder they are in.
        what: What they were for.
    """
    for folder in sorted(base.glob(f"{what}-*")):
        named = _NAME.fullmatch(folder.name.removeprefix(what))
        try:
            found = folder.lstat()
        except OSError:
            continue
        is_own = stat.S_ISDIR(found.st_mode) and found.st_uid == os.geteuid()
        if named is not None and is_own and not _runs(int(named[1])):
            yield folder


def texts_left_behind(base: Path) -> list[Path]:
    """Return the folders with texts that an editor saved when the program was no longer there.

    The text in such a folder exists nowhere else, so the user is told of it. An empty folder is
    deleted after a day; until then an editor that is still open may yet save into it.
    """
    found = []
    for left in left_behind(base, EDIT):
        with suppress(OSError):
            texts = (path for path in left.iterdir() if path.name not in {ABOUT, WHOSE})
            if any(path.is_file() and path.stat().st_size for path in texts):
                found.append(left)
            elif time.time() - left.stat().st_mtime > EMPTY_SECONDS:
                # seldom is there one; it loads what unpacks archives, too
                import shutil

                shutil.rmtree(left)
    return found


def _runs(process: int) -> bool:
    """Return whether a process of that number is running, and is not this one."""
    if process == os.getpid():
        # This run has made no folder yet, so an earlier process had the same number. In a container
        # that is common.
        return False
    try:
        os.kill(process, 0)  # signal 0 only asks whether the process is there
    except (OverflowError, ProcessLookupError):
        return False
    except PermissionError:
        return True  # it is there, but another user's
    return True
