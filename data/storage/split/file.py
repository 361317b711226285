"""What is asked of the backend of one of the two files, beside what a store asks."""

from __future__ import annotations

from typing import Protocol

from data.storage.problems import Notice
from data.storage.protocol import Backend


class File(Backend, Protocol):
    """One file: a `JournalBackend` or a `RetryingBackend`."""

    by: str
    """The login name that commits bear."""
    notices: list[Notice]
    """What opening and keeping up have found or mended."""

    def raise_format(self, number: int) -> None:
        """Write the file anew if its format has a lower number. Raises `NotSaved`."""
