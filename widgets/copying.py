"""What stands under the cursor, to be copied: a widget says it by a method `under_cursor`."""

from __future__ import annotations

from typing import NamedTuple, Protocol, runtime_checkable


class UnderCursor(NamedTuple):
    """What a widget shows where its cursor is, as plain text and not cut for want of room."""

    text: str
    is_page: bool = False
    """Whether it is all that a page says, and not one line or cell."""


@runtime_checkable
class HasCursor(Protocol):
    """A widget of which something can be copied."""

    def under_cursor(self) -> UnderCursor | None:
        """Return what is under the cursor; None if there is nothing."""
