"""The two ends of a copy. One of them may be a file, a team file, or a team on a server."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, Protocol

from data.storage.protocol import DocChange, Happening, Tables


class Rows(NamedTuple):
    """What an end holds."""

    tables: Tables
    """The documents, as the user sees them."""
    others: Mapping[str, int] = {}
    """How many documents are private and somebody else's, by the login name of the author."""


class Unseeing(NamedTuple):
    """Who has a role as mentor, and gets no access where it is copied to."""

    without: Sequence[str] = ()
    """The names that nobody there has."""
    by_login: Mapping[str, str] = {}
    """The names that are a login there: whoever has it is called otherwise, as this says."""


class Source(Protocol):
    """What is copied. It is only read."""

    def rows(self) -> Rows:
        """Read all. Raises `StorageError`."""

    def history(self, mentee_id: str) -> Sequence[Happening]:
        """Return what happened to a mentee, oldest first. Raises `StorageError`."""

    def close(self) -> None:
        """Let go of what was opened."""


class Target(Protocol):
    """What it is copied to."""

    is_shared: bool
    """Whether others may have records of their own there, which the user does not see."""

    def looked_at(self) -> Tables:
        """Return what is there, and make and change nothing. Raises `StorageError`."""

    def tables(self) -> Tables:
        """Open it, which makes it if need be, and return what is there. Raises `StorageError`."""

    def held(self, value: Any) -> Any:
        """Return a value of a document as it can be held there, which is mostly as it is."""

    def put(self, mentee_id: str, docs: Sequence[DocChange], past: Sequence[Happening]) -> None:
        """Save new documents, all of them or none, with what happened to the mentee before.

        Raises `StorageError`.
        """

    def read_again(self) -> Tables:
        """Return what is there, read anew. Raises `StorageError`."""

    def finish(self) -> Unseeing:
        """Do what is to come after all else. Raises `StorageError`.

        Returns:
            Who has a role as mentor, and gets no access.
        """

    def close(self) -> None:
        """Let go of what was opened."""
