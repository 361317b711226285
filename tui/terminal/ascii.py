"""Drawing where the font or the charset has letters only."""

from __future__ import annotations

from typing import ClassVar

from textual.scrollbar import ScrollBar, ScrollBarRender

from widgets.glyphs import use_ascii


class _WholeCells(ScrollBarRender):
    """A scrollbar without the blocks that let it end between two lines."""

    VERTICAL_BARS: ClassVar[list[str]] = [" "] * len(ScrollBarRender.VERTICAL_BARS)


def draw_with_letters() -> None:
    """Draw everything with ASCII characters from now on."""
    use_ascii(True)
    ScrollBar.renderer = _WholeCells
