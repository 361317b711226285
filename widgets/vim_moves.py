"""The moves that vim and less have: `gg`, `G`, Ctrl+D and Ctrl+U, for lists and pages."""

from __future__ import annotations

from typing import Final, Protocol

from textual.binding import Binding, BindingType

VIM_KEYS: Final[list[BindingType]] = [
    Binding("g", "first_of_two", show=False),
    Binding("G", "last", show=False),
    Binding("ctrl+d", "half_page(1)", show=False),
    Binding("ctrl+u", "half_page(-1)", show=False),
]


class Moving(Protocol):
    """A widget that moves: what it has to say for the keys of `VimMoves`."""

    begun_at: int | None
    """Where the first of two g was pressed; None while none was."""

    def place(self) -> int:
        """Return where it stands: the row of the cursor, or of the top."""

    def to_edge(self, way: int) -> None:
        """Go to the end (`way` is 1) or to the beginning (-1)."""

    def by_half_page(self, way: int) -> None:
        """Go half a page on (`way` is 1) or back (-1)."""


class VimMoves:
    """What these keys do. A widget takes `VIM_KEYS` into its bindings, and moves as `Moving`."""

    begun_at: int | None = None
    """Where the first of two g was pressed; None while none was."""

    def action_first_of_two(self: Moving) -> None:
        """Go to the beginning with the second g; a move in between takes the first one back."""
        if self.begun_at == self.place():
            self.begun_at = None
            self.to_edge(-1)
        else:
            self.begun_at = self.place()

    def action_last(self: Moving) -> None:
        """Go to the end."""
        self.begun_at = None
        self.to_edge(1)

    def action_half_page(self: Moving, way: int) -> None:
        """Go half a page on, or back."""
        self.begun_at = None
        self.by_half_page(way)
