"""Folders that belong to one run of the program, named after its process.

So the next run can tell those that were left behind from those in use.
"""

from __future__ import annotations

import os
import re
import shutil
import stat
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

_NAME: Final = re.compile(r"-(\d+)-[a-z0-9_]{8}")
"""What `tempfile` makes of the prefix."""
DEMO: Final = "demo"
"""The worked example, in a copy that is thrown away."""
EDIT: Final = "edit"
"""A text that is open in another program."""
EMPTY_SECONDS: Final = 24 * 60 * 60


def prefix(what: str) -> str:
    """Return how the names of this run's folders begin; `what` says what they are for."""
    return f"{what}-{os.getpid()}-"


def left_behind(base: Path, what: str) -> Iterator[Path]:
    """Yield the user's own folders in `base` whose process has gone; no folder of another name.

    Call before this run makes any.
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
    """Return the folders of editors that outlived the program; nobody else has what is in them.

    Empty ones are taken away after a day: an editor may still be going to write there.
    """
    found = []
    for left in left_behind(base, EDIT):
        with suppress(OSError):
            if any(path.stat().st_size for path in left.iterdir()):
                found.append(left)
            elif time.time() - left.stat().st_mtime > EMPTY_SECONDS:
                shutil.rmtree(left)
    return found


def _runs(process: int) -> bool:
    if process == os.getpid():
        return False  # another one's, before: in a container the same numbers come again
    try:
        os.kill(process, 0)
    except (OverflowError, ProcessLookupError):
        return False
    except PermissionError:
        return True
    return True
