"""Folders that belong to one run of the program, named after its process.

So the next run can tell those that were left behind from those in use.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path


def prefix(what: str) -> str:
    """Return how the names of this run's folders begin; `what` says what they are for."""
    return f"{what}-{os.getpid()}-"


def left_behind(base: Path, what: str) -> Iterator[Path]:
    """Yield the user's own folders in `base` whose process has gone."""
    for folder in sorted(base.glob(f"{what}-*")):
        try:
            is_own = folder.lstat().st_uid == os.geteuid()
        except OSError:
            continue
        if is_own and not _runs(folder.name.split("-")[1]):
            yield folder


def _runs(process: str) -> bool:
    try:
        os.kill(int(process), 0)
    except (ValueError, OverflowError, ProcessLookupError):
        return False
    except PermissionError:
        return True
    return True
