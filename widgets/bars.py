"""The three widgets that frame every screen: title, notice and keys."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.css.scalar import Scalar
from textual.strip import Strip
from textual.widget import Widget

from data.frozen import immutable
from widgets.glyphs import glyphs
from widgets.grid_model import fit


@immutable
class Tab:
    """One of the screens named in the title line."""

    key: str
    label: str
    current: bool = False


class TitleBar(Widget):
    """Where one is, the screens beside it, and whether all is saved."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"title--key", "title--current", "title--alarm"}
    DEFAULT_CSS = """
    TitleBar { height: 1; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._title = ""
        self._short = ""
        self._tabs: tuple[Tab, ...] = ()
        self._saved = ""
        self._alarm = False

    def show(
        self,
        title: str,
        tabs: Sequence[Tab] = (),
        saved: str = "",
        *,
        alarm: bool = False,
        short: str = "",
    ) -> None:
        """Show these. `saved` stands at the right; `alarm`: it must not be overlooked.

        `short` stands for the title where the tabs would lose their words otherwise.
        """
        now = (title, short or title, tuple(tabs), saved, alarm)
        if now != (self._title, self._short, self._tabs, self._saved, self._alarm):
            self._title, self._short, self._tabs, self._saved, self._alarm = now
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw the line: first the tabs get narrower, then the title shorter, then it is cut."""
        width, base = self.size.width, self.rich_style
        saved = self._saved and f" {glyphs(self._saved)}"
        room = width - cell_len(saved)
        # The tabs begin with a blank themselves.
        end = "" if self._tabs else " "
        title, tabs = "", [Segment("")]
        for wording, gap, words in (
            (self._title, " ", True),
            (self._title, "", True),
            (self._short, "", True),
            (self._title, "", False),
        ):
            title, tabs = f" {wording}{end}", self._tab_segments(gap, words=words)
            if cell_len(title) + _length(tabs) <= room:
                break
        title_cells = max(min(cell_len(title), room - _length(tabs)), 0)
        spare = max(room - title_cells - _length(tabs), 0)
        bold = self.get_component_rich_style("title--current")
        alarm = self.get_component_rich_style("title--alarm")
        segments = [Segment(fit(title, title_cells), base if self._tabs else bold), *tabs]
        segments.append(Segment(" " * max(spare - 1, 0), base))
        segments.append(Segment(saved, alarm if self._alarm else base))
        segments.append(Segment(" " * min(spare, 1), base))
        return Strip(segments).adjust_cell_length(width, base)

    def _tab_segments(self, gap: str, *, words: bool) -> list[Segment]:
        """Return the tabs; without `words` only the current one has its word."""
        key = self.get_component_rich_style("title--key")
        current = self.get_component_rich_style("title--current")
        base = self.rich_style
        segments: list[Segment] = []
        for tab in self._tabs:
            style = current if tab.current else base
            segments.append(Segment(" ", base))
            segments.append(Segment(tab.key, current if tab.current else key))
            if tab.current or words:
                segments.append(Segment(f"{gap}{tab.label}", style))
        return segments


def _length(segments: Sequence[Segment]) -> int:
    return sum(cell_len(segment.text) for segment in segments)


class NoticeBar(Widget):
    """What just happened, how a text is understood, or what is wrong.

    One line; as many as it takes, up to three, for what does not fit it.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"notice--problem"}
    DEFAULT_CSS = """
    NoticeBar { height: 1; }
    """
    MOST_LINES: ClassVar[int] = 3

    def __init__(self, *, shrinks: bool = True) -> None:
        """`shrinks`: it gives lines back that it no longer needs, and all below it moves."""
        super().__init__()
        self.text = ""
        self._shrinks = shrinks
        self._height = 1
        self._problem = False
        self._passing = False
        self._lines: list[str] = []

    def show(self, text: str, *, problem: bool = False, passing: bool = False) -> None:
        """Show a text; "" clears it. `passing`: it changes with each key and keeps to one line."""
        if (text, problem) != (self.text, self._problem):
            self.text, self._problem, self._passing = text, problem, passing
            self._lay()
            self.refresh()

    def on_resize(self) -> None:
        """Share the text between lines of the new width."""
        self._lay()

    def _lay(self) -> None:
        """Wrap the text. A problem is marked by a sign, not by colour alone."""
        text = f"! {self.text}" if self._problem and self.text else self.text
        room = max(self.size.width - 1, 1)
        lines = [text]
        if cell_len(text) > room and self.size.width and not self._passing:
            hang = "  " if self._problem else ""
            lines = wrap(text, room, subsequent_indent=hang, break_on_hyphens=False)
        shown = lines[: self.MOST_LINES]
        if len(lines) > len(shown):
            shown[-1] += glyphs("…")
        self._lines = shown
        self._height = max(len(shown), 1 if self._shrinks else self._height)
        if self.styles.height != Scalar.from_number(self._height):
            self.styles.height = self._height

    def render_line(self, y: int) -> Strip:
        """Draw a line."""
        width = self.size.width
        problem = self._problem and self.text
        style = self.get_component_rich_style("notice--problem") if problem else self.rich_style
        text = self._lines[y] if y < len(self._lines) else ""
        return Strip([Segment(fit(f" {text}", width), style)], width)


class KeyBar(Widget):
    """The keys of this screen, as many as fit; the last ones always stand."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"keys--key"}
    DEFAULT_CSS = """
    KeyBar { height: 1; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._keys: tuple[tuple[str, str], ...] = ()
        self._always: tuple[tuple[str, str], ...] = ()

    def show(self, keys: Sequence[tuple[str, str]], always: Sequence[tuple[str, str]] = ()) -> None:
        """Show keys and what they do; `always` are kept at the right."""
        if (tuple(keys), tuple(always)) != (self._keys, self._always):
            self._keys, self._always = tuple(keys), tuple(always)
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw the line."""
        width, base = self.size.width, self.rich_style
        right = self._segments(self._always)
        room = width - _length(right)
        left: list[Segment] = []
        for pair in self._keys:
            more = self._segments((pair,))
            if _length(left) + _length(more) > room:
                break
            left.extend(more)
        pad = Segment(" " * max(room - _length(left), 0), base)
        return Strip([*left, pad, *right]).adjust_cell_length(width, base)

    def _segments(self, pairs: Sequence[tuple[str, str]]) -> list[Segment]:
        base = self.rich_style
        key_style = self.get_component_rich_style("keys--key")
        found: list[Segment] = []
        for key, label in pairs:
            found.append(Segment(" ", base))
            found.append(Segment(glyphs(key), key_style))
            found.append(Segment(f" {label}", base))
        return found
