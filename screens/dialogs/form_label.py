"""The label of a field in a form, and the room that labels and long texts share."""

from __future__ import annotations

from collections.abc import Iterable
from textwrap import wrap

from textual.content import Content
from textual.widgets import Static

from widgets.glyphs import glyphs
from widgets.note_area import NoteArea

LABEL_WIDTH = 23
"""How many cells a label takes up, with the mark before it and a blank after it."""

NARROW_LABEL = 16
"""The same where the terminal is narrow: most is left to the field."""
ROOMY = 60
"""Columns from which it is not."""

MOST_LINES = 6
"""How many lines of a long text are shown at once."""


class FormLabel(Static):
    """The label of a field. It has a mark while the field has the focus."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text
        self._here = False
        self.fit(ROOMY)

    def fit(self, columns: int) -> None:
        """Take up the cells that there are for a label on a screen of so many columns."""
        width = LABEL_WIDTH if columns >= ROOMY else NARROW_LABEL
        if width != self._width:
            self._width = width
            self.styles.width = width
            self.mark(self._here)

    _width = 0

    def mark(self, here: bool) -> None:
        """Draw the label with the mark if `here`, and without it otherwise."""
        self._here = here
        mark = glyphs("▎") if here else " "
        lines = wrap(self.text, self._width - 2, initial_indent=mark, subsequent_indent=" ")
        self.update(Content("\n".join(lines)))


def share_room(
    labels: Iterable[FormLabel], areas: Iterable[NoteArea], columns: int, lines: int
) -> None:
    """Fit labels and long texts to the columns of the screen and the lines of a form in it."""
    for label in labels:
        label.fit(columns)
    for area in areas:
        area.styles.max_height = min(lines, MOST_LINES)
