"""The label of a field in a form."""

from __future__ import annotations

from textwrap import wrap

from textual.content import Content
from textual.widgets import Static

from widgets.glyphs import glyphs

LABEL_WIDTH = 23
"""How many cells a label takes up, with the mark before it and a blank after it."""


class FormLabel(Static):
    """The label of a field. It has a mark while the field has the focus."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text
        self.mark(False)

    def mark(self, here: bool) -> None:
        """Draw the label with the mark if `here`, and without it otherwise."""
        mark = glyphs("▎") if here else " "
        lines = wrap(self.text, LABEL_WIDTH - 2, initial_indent=mark, subsequent_indent=" ")
        self.update(Content("\n".join(lines)))
