"""What an error of the server means to the user."""

from __future__ import annotations

import psycopg

from data.storage.problems import ErrorKind, StorageError


def as_problem(error: psycopg.Error, shown: str) -> StorageError:
    """Return an error of psycopg as one that can be shown to the user."""
    del error
    return StorageError(ErrorKind.SERVER_AWAY, name=shown)
