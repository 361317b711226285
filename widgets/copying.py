"""What stands under the cursor, to be copied: a widget says it by a method `under_cursor`."""

from __future__ import annotations

from enum import Enum, auto
from typing import NamedTuple, Protocol, runtime_checkable


class Part(Enum):
    """What part of a screen a text is."""

    LINE = auto()
    """A line of a list, with all its columns."""
    CELL = auto()
    """A cell of a table."""
    PASSAGE = auto()
    """A part of a page that the mark stands on."""
    DETAILS = auto()
    """All that is said of what the cursor of a list stands on."""
    PAGE = auto()
    """All that a page says."""


class UnderCursor(NamedTuple):
    """What a widget shows where its cursor is, as plain text and not cut for want of room."""

    text: str
    part: Part = Part.LINE


@runtime_checkable
class HasCursor(Protocol):
    """A widget of which something can be copied."""

    def under_cursor(self) -> UnderCursor | None:
        """Return what is under the cursor; None if there is nothing."""
