"""A narrow list of the steps of a talk: which there are, which is open, and which are filled in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from widgets.glyphs import glyphs
from widgets.grid_model import fit

WIDTH = 16
"""How many cells the rail takes up: a mark, a title of 14 cells, and a tick."""


@dataclass(frozen=True, slots=True)
class RailStep:
    """One step as the rail shows it."""

    key: str
    """Tells the steps apart."""
    title: str
    """The name of the step; what does not fit is cut off."""
    filled: bool = False
    """Whether something has been written in the step."""


class StepRail(Widget):
    """Steps from top to bottom, with a mark before the open one and a tick behind filled ones.

    It never has the focus: the keys of the talk move between steps, and a click asks for one.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"rail--current", "rail--empty"}
    DEFAULT_CSS = f"""
    StepRail {{ width: {WIDTH}; height: 1fr; }}
    StepRail .rail--current {{ text-style: bold; }}
    StepRail .rail--empty {{ color: $text-muted; }}
    """

    class Picked(Message):
        """Posted when the user has clicked a step."""

        def __init__(self, key: str) -> None:
            """Make the message; `key` is that of the step."""
            super().__init__()
            self.key = key

    def __init__(self) -> None:
        super().__init__()
        self.steps: tuple[RailStep, ...] = ()
        self.current = ""
        """The key of the step that is open."""

    def show(self, steps: Sequence[RailStep], current: str) -> None:
        """Show these steps, with the mark at the one whose key is `current`.

        Ticks change while the user types, so only the lines that differ are redrawn.
        """
        before, top = self._lines(), self._top
        self.steps, self.current = tuple(steps), current
        after = self._lines()
        # If the rail has scrolled or is longer or shorter than before, every line has moved.
        if self._top != top or len(before) != len(after):
            self.refresh()
            return
        for at, (old, new) in enumerate(zip(before, after, strict=True)):
            if old != new and 0 <= at - top < self.size.height:
                self.refresh(Region(0, at - top, self.size.width, 1))

    def _lines(self) -> list[tuple[RailStep, bool]]:
        """Return all that the drawing of each step depends on."""
        return [(step, step.key == self.current) for step in self.steps]

    @property
    def _top(self) -> int:
        """Which step the first line shows: late enough for the open one and the next to be seen."""
        height = self.size.height
        at = next((i for i, step in enumerate(self.steps) if step.key == self.current), 0)
        return max(0, min(at + 2 - height, len(self.steps) - height))

    def render_line(self, y: int) -> Strip:
        """Draw the step that is on this line."""
        width, index = self.size.width, y + self._top
        if not 0 <= index < len(self.steps):
            return Strip.blank(width, self.rich_style)
        step = self.steps[index]
        current = step.key == self.current
        style = self.rich_style
        if current:
            style = self.get_component_rich_style("rail--current")
        elif not step.filled:
            style = self.get_component_rich_style("rail--empty")
        mark = glyphs("▎") if current else " "
        tick = glyphs("✓") if step.filled else " "
        text = mark + fit(step.title, max(width - 2, 1)) + tick
        return Strip([Segment(text, style)]).adjust_cell_length(width, self.rich_style)

    def on_click(self, event: events.Click) -> None:
        """Post `Picked` for the step that was clicked."""
        index = event.y + self._top
        if 0 <= index < len(self.steps):
            event.stop()
            self.post_message(self.Picked(self.steps[index].key))
