"""Where files are in memory alone: nothing is waited for there."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Final

MEMORY: Final = Path("/dev/shm")
"""The folder whose files are in memory."""
ROOM: Final = 2 * 2**30
"""Bytes that have to be free there: several test runs may have files and servers."""


def has_room() -> bool:
    """Say whether there is such a folder with enough room for a test run."""
    return MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM


def runs_programs() -> bool:
    """Say whether a program that lies there can be run: containers often forbid it."""
    return not os.statvfs(MEMORY).f_flag & os.ST_NOEXEC
