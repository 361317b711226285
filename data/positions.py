"""Where the user was at the end of the last run. Nobody chose that, so it is no setting."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from data.paths import read_start, write_private

_MOST: Final = 1 << 20
"""How much of the file is read, in bytes."""


def load_positions(path: Path) -> dict[str, str]:
    """Return what was remembered about the last run; nothing if the file is missing or broken."""
    try:
        found = json.loads(read_start(path, _MOST))
    except (OSError, ValueError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {str(key): value for key, value in found.items() if isinstance(value, str)}


def save_positions(path: Path, positions: Mapping[str, str]) -> None:
    """Remember where the user was, for the next run.

    Args:
        path: The file to write.
        positions: Names of screens and ids of records, but never names of people: those stand in
            the record file alone.

    Raises:
        OSError: The file could not be written.
    """
    write_private(path, json.dumps(dict(positions), indent=1, sort_keys=True) + "\n")
