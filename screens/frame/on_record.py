"""Which record the cursor stands on, for the page that tells its history."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from textual.widget import Widget

from widgets.grid import Grid


@runtime_checkable
class StandsOnRecord(Protocol):
    """A screen that is about one record, whatever line of it has the cursor."""

    def record_id(self) -> str:
        """Return the id of the record; "" while there is none."""


class _HasFocus(Protocol):
    """What is asked of a screen."""

    @property
    def focused(self) -> Widget | None:
        """The widget that has the focus."""


def record_under_cursor(screen: _HasFocus) -> str:
    """Return the id of the record that the cursor stands on; "" where it stands on none.

    The id of a row is that of its record, in some lists after a word and a colon.
    """
    if isinstance(screen, StandsOnRecord):
        return screen.record_id()
    grid = screen.focused
    while grid is not None and not isinstance(grid, Grid):
        grid = grid.parent if isinstance(grid.parent, Widget) else None
    return grid.row_id.rpartition(":")[2] if grid is not None else ""
