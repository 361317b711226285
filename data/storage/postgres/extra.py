"""The package that a server needs, which few have: `mentorrollen[team]`."""

from __future__ import annotations

from typing import Final

from data.extras import install_command
from data.storage.problems import ErrorKind, StorageError

EXTRA: Final = "mentorrollen[team]"
"""What is installed so that a server can be used."""


def require_psycopg() -> None:
    """Raise `StorageError`, which says what to install, if servers cannot be used here."""
    try:
        import psycopg  # only where records are on a server

        del psycopg
    except ImportError as error:  # or something that it needs of the system
        command = install_command(f"'{EXTRA}'")
        raise StorageError(ErrorKind.NO_PSYCOPG, who=command) from error
