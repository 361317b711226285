"""What a terminal understands beyond moving its cursor and erasing to the end of a line."""

from __future__ import annotations

from data.frozen import immutable


@immutable
class Abilities:
    """What a terminal understands beyond moving its cursor and erasing to the end of a line."""

    paints_erased: bool = True
    """Erased cells take the background in use (terminfo: bce)."""

    shifts: bool = True
    """Cells can be inserted and deleted (ICH, DCH)."""

    columns: bool = True
    """The cursor can be sent to a column, and cells erased in place (CHA, ECH)."""

    plain_newline: bool = True
    """A line feed goes straight down; the line discipline adds no carriage return."""
