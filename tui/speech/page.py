"""What is said of the screen, as a value: a title, a line for the place, a notice, a text."""

from __future__ import annotations

from data.frozen import immutable

Texts = tuple[tuple[str, ...], tuple[str, ...]]
"""Texts to read, and the rows of a text that is being written."""


@immutable
class Page:
    """Everything that stands on the terminal while the screen is heard."""

    title: str = ""
    """Which screen it is, and about whom."""
    status: str = ""
    """What stands where the keys go. It is written anew with each move."""
    notice: str = ""
    """What has just happened, or what is wrong."""
    asked: tuple[str, ...] = ()
    """What is said because somebody has asked where they are. It stands at the bottom, so that
    nothing else moves when it goes."""
    behind: tuple[Texts, ...] = ()
    """What the screens below a dialog say: it stays where it is."""
    above: tuple[str, ...] = ()
    """Texts to read, such as a question; each is said at one go."""
    rows: tuple[str, ...] = ()
    """The rows of the text that is being written."""
    caret: tuple[int, int] | None = None
    """Where in `rows` one types: the column, in cells, and the row."""
    place: tuple[object, ...] = ()
    """Tells places apart: another screen, another field, another question."""
    is_typed: bool = False
    """Whether the rows have changed by typing, so that nothing but the change is written."""
    repeats: int = 0
    """Grows when the notice is to be said again, as when the same has been refused once more; or,
    where there is none, the place, as when one is at the end of a list."""
    fresh: int = 0
    """Grows when all of it is to be said, as somebody has asked where they are."""
