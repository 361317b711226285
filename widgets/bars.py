"""The three bars that every screen has: the title, the notice and the keys.

Each draws its lines itself instead of being made of smaller widgets. That is quick, and it lets the
bar decide what to leave out when the terminal is narrow.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import wrap
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.css.scalar import Scalar
from textual.strip import Strip
from textual.widget import Widget

from data.frozen import immutable
from widgets.glyphs import glyphs
from widgets.grid_model import fit


@immutable
class Tab:
    """A screen that the title bar names, with the key that opens it."""

    key: str
    """The key, as it is written on the screen."""
    label: str
    """The name of the screen."""
    current: bool = False
    """Whether this is the screen that is open."""


SAVED_CELLS = 11
"""How many cells are kept for the state of saving, so that the bar is as high without it."""


class TitleBar(Widget):
    """The top of a screen: its title, the screens beside it, and the state of saving.

    It is one line high. Where the names of the screens beside it have no room behind the title,
    they have a line of their own below it; where they have no room there either, only the current
    one is named, and of the others there are the keys.
    """

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
        self._two_lines = False

    def show(
        self,
        title: str,
        tabs: Sequence[Tab] = (),
        saved: str = "",
        *,
        alarm: bool = False,
        short: str = "",
    ) -> None:
        """Show a title. Draws only when something differs from what is shown already.

        Args:
            title: What the screen is about.
            tabs: The screens that can be reached from this one.
            saved: The state of saving, shown at the right.
            alarm: Whether `saved` is a warning that must not be overlooked.
            short: A shorter title, used when the labels of the tabs would not fit beside `title`.
        """
        now = (title, short or title, tuple(tabs), saved, alarm)
        if now != (self._title, self._short, self._tabs, self._saved, self._alarm):
            self._title, self._short, self._tabs, self._saved, self._alarm = now
            self._set_height()
            self.refresh()

    def on_resize(self) -> None:
        """Make the bar as high as the new width asks for."""
        self._set_height()

    def _set_height(self) -> None:
        """Give the names of the tabs a line of their own, where they need one and have room."""
        # The width is 0 until the first layout, which is to be right at once.
        width = self.size.width or self.app.size.width
        named = _width_of(self._tab_segments("", words=True)) if self._tabs else 0
        beside = cell_len(f" {self._short}") + named + SAVED_CELLS <= width
        self._two_lines = bool(self._tabs) and named <= width and not beside
        height = 2 if self._two_lines else 1
        if self.styles.height != Scalar.from_number(height):
            self.styles.height = height

    def render_line(self, y: int) -> Strip:
        """Draw a line. What does not fit is made narrower in the order of `_one_line`."""
        width, base = self.size.width, self.rich_style
        if not self._two_lines:
            title, tabs = self._one_line(width - self._saved_cells)
            return self._with_saved(title, tabs, base if self._tabs else self._bold)
        if y == 0:
            return self._with_saved(f" {self._title} ", [], base)
        spaced = self._tab_segments(" ", words=True)
        tabs = spaced if _width_of(spaced) <= width else self._tab_segments("", words=True)
        return Strip(tabs).adjust_cell_length(width, base)

    def _one_line(self, room: int) -> tuple[str, list[Segment]]:
        """Return title and tabs in the widest form that has room; if none has, in the narrowest."""
        # Each tab begins with a blank of its own, so a title in front of tabs needs none.
        end = "" if self._tabs else " "
        title, tabs = "", [Segment("")]
        # (title, what is between a tab's key and its label, whether all tabs keep their labels)
        for wording, gap, words in (
            (self._title, " ", True),
            (self._title, "", True),
            (self._short, "", True),
            (self._title, "", False),
        ):
            title, tabs = f" {wording}{end}", self._tab_segments(gap, words=words)
            if cell_len(title) + _width_of(tabs) <= room:
                break
        return title, tabs

    def _with_saved(self, title: str, tabs: list[Segment], style: Style) -> Strip:
        """Return a line of a title in a style, tabs, and the state of saving; the title is cut."""
        width, base = self.size.width, self.rich_style
        room = width - self._saved_cells
        title_cells = max(min(cell_len(title), room - _width_of(tabs)), 0)
        spare = max(room - title_cells - _width_of(tabs), 0)
        alarm = self.get_component_rich_style("title--alarm")
        segments = [Segment(fit(title, title_cells), style), *tabs]
        # One of the spare cells goes to the right of `saved`, so that it does not touch the edge.
        segments.append(Segment(" " * max(spare - 1, 0), base))
        segments.append(Segment(self._saved_text, alarm if self._alarm else base))
        segments.append(Segment(" " * min(spare, 1), base))
        return Strip(segments).adjust_cell_length(width, base)

    @property
    def _saved_text(self) -> str:
        return self._saved and f" {glyphs(self._saved)}"

    @property
    def _saved_cells(self) -> int:
        return cell_len(self._saved_text)

    @property
    def _bold(self) -> Style:
        return self.get_component_rich_style("title--current")

    def _tab_segments(self, gap: str, *, words: bool) -> list[Segment]:
        """Return the tabs as they are drawn.

        Args:
            gap: What stands between a tab's key and its label.
            words: Whether every tab has its label; otherwise only the current one has.
        """
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


def _width_of(segments: Sequence[Segment]) -> int:
    """Return how many cells the segments take up together."""
    return sum(cell_len(segment.text) for segment in segments)


class NoticeBar(Widget):
    """A message to the user: what just happened, how a text is understood, or what is wrong.

    The bar is one line high. It grows for a longer message, to three lines at most.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"notice--problem"}
    DEFAULT_CSS = """
    NoticeBar { height: 1; }
    """
    MOST_LINES: ClassVar[int] = 3
    """How high the bar may grow."""

    def __init__(self, *, shrinks: bool = True) -> None:
        """Make an empty bar.

        Args:
            shrinks: Whether the bar becomes lower again when its text gets shorter. That moves
                everything around it, so a dialog leaves the bar as high as it has become.
        """
        super().__init__()
        self.text = ""
        self.said = 0
        """How often it was given something to say."""
        self.about_typing = False
        """Whether the message is about a text that is being typed, and may change with each key."""
        self._shrinks = shrinks
        self._height = 1
        self.problem = False
        """Whether the message says that something is wrong."""
        self._passing = False
        self._lines: list[str] = []

    def show(
        self,
        text: str,
        *,
        problem: bool = False,
        passing: bool = False,
        about_typing: bool = False,
    ) -> None:
        """Show a text.

        Args:
            text: The message; "" clears the bar.
            problem: Whether the message says that something is wrong.
            passing: Whether the text changes with each key. It then stays on one line, so that
                the screen does not jump while the user types.
            about_typing: Whether it is about a text that is being typed.
        """
        self.said += bool(text)
        self.about_typing = about_typing
        if (text, problem) != (self.text, self.problem):
            self.text, self.problem, self._passing = text, problem, passing
            self._wrap_text()
            self.refresh()

    def on_resize(self) -> None:
        """Wrap the text anew for the new width."""
        self._wrap_text()

    def _wrap_text(self) -> None:
        """Divide the text into lines, and make the bar as high as they need."""
        # The sign is for users who cannot see that a problem has another colour.
        text = f"! {self.text}" if self.problem and self.text else self.text
        room = max(self.size.width - 1, 1)
        lines = [text]
        # The width is 0 until the first layout; `on_resize` then comes back to this.
        if cell_len(text) > room and self.size.width and not self._passing:
            # The next lines of a problem begin below its text, not below the sign.
            hang = "  " if self.problem else ""
            lines = wrap(text, room, subsequent_indent=hang, break_on_hyphens=False)
        shown = lines[: self.MOST_LINES]
        if len(lines) > len(shown):
            shown[-1] += glyphs("…")
        self._lines = shown
        self._height = max(len(shown), 1 if self._shrinks else self._height)
        if self.styles.height != Scalar.from_number(self._height):
            self.styles.height = self._height

    def render_line(self, y: int) -> Strip:
        """Draw one line of the message."""
        width = self.size.width
        problem = self.problem and self.text
        style = self.get_component_rich_style("notice--problem") if problem else self.rich_style
        text = self._lines[y] if y < len(self._lines) else ""
        return Strip([Segment(fit(f" {text}", width), style)], width)


class KeyBar(Widget):
    """The last line of a screen: its most important keys, as many as there is room for."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"keys--key"}
    DEFAULT_CSS = """
    KeyBar { height: 1; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._keys: tuple[tuple[str, str], ...] = ()
        self._always: tuple[tuple[str, str], ...] = ()
        self._needed = 1

    def show(
        self,
        keys: Sequence[tuple[str, str]],
        always: Sequence[tuple[str, str]] = (),
        *,
        needed: int = 1,
    ) -> None:
        """Show some keys, as pairs of a key and what it does.

        Args:
            keys: Shown from the left, the most important first; those that do not fit are left out.
            always: Shown at the right; without their labels where the first keys need that room.
            needed: How many of the first keys are shown however narrow the terminal is.
        """
        if (tuple(keys), tuple(always), needed) != (self._keys, self._always, self._needed):
            self._keys, self._always, self._needed = tuple(keys), tuple(always), needed
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw the line: keys from the left until the room is used up, then `always`."""
        width, base = self.size.width, self.rich_style
        first = _width_of(self._segments(self._keys[: self._needed]))
        right: list[Segment] = []
        for always in self._narrower():
            right = self._segments(always)
            if first + _width_of(right) <= width:
                break
        room = width - _width_of(right)
        left: list[Segment] = []
        for pair in self._keys:
            more = self._segments((pair,))
            if _width_of(left) + _width_of(more) > room:
                break
            left.extend(more)
        pad = Segment(" " * max(room - _width_of(left), 0), base)
        return Strip([*left, pad, *right]).adjust_cell_length(width, base)

    def _narrower(self) -> Iterator[Sequence[tuple[str, str]]]:
        """Yield what stands at the right, each time shorter.

        The last loses its label first, and is then left out; what is left is the key that leaves.
        """
        always = [*self._always]
        yield always
        for number in reversed(range(len(always))):
            always = [*always[:number], (always[number][0], ""), *always[number + 1 :]]
            yield always
        yield always[:1]

    def _segments(self, pairs: Sequence[tuple[str, str]]) -> list[Segment]:
        """Return keys and labels as they are drawn."""
        base = self.rich_style
        key_style = self.get_component_rich_style("keys--key")
        found: list[Segment] = []
        for key, label in pairs:
            found.append(Segment(" ", base))
            found.append(Segment(glyphs(key), key_style))
            if label:
                found.append(Segment(f" {label}", base))
        return found
