"""Several lines to write in, with the terminal's own cursor and nothing that moves by itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import zip_longest
from math import inf
from time import monotonic
from typing import Final, Self

from rich.style import Style
from textual import events
from textual.geometry import Offset, Region, Size
from textual.message import Message
from textual.timer import Timer
from textual.widgets import TextArea
from textual.widgets.text_area import Edit, EditResult, Location, Selection, TextAreaTheme

from data.text import clean
from data.word_diff import arrive

PAUSE_SECONDS: Final = 1.0
"""Who has not typed for so long has paused: words of others may arrive in the text."""
_UNPAINTED: Final = TextAreaTheme("unpainted", cursor_style=Style.null())
"""Colours come from the style sheet; the cursor is the terminal's."""


@dataclass(frozen=True)
class _Shown:
    """What the widget shows, as far as typing changes it."""

    place: tuple[Size, Offset]
    """The widget's size and how far it is scrolled."""

    lines: list[str]
    """The lines in sight, wrapped."""


class NoteArea(TextArea):
    """A note. Posts `NoteArea.Edited` with the whole text after every change.

    Its container says how high it is; with `height: auto` it grows with its text. Tab leaves it.
    """

    DEFAULT_CSS = """
    NoteArea {
        border: none;
        padding: 0;
        scrollbar-size: 0 1;
        &:focus { border: none; }
    }
    """

    @dataclass
    class Edited(Message):
        """The text has changed."""

        area: NoteArea
        """The field."""

        text: str
        """All that stands in it now."""

        @property
        def control(self) -> NoteArea:
            """The field, for `@on`'s selector."""
            return self.area

    @dataclass
    class Paused(Message):
        """The user may have paused: `bring` what somebody else has written, once more."""

        area: NoteArea
        """The field."""

        @property
        def control(self) -> NoteArea:
            """The field, for `@on`'s selector."""
            return self.area

    # Here, and not in `__init__`: making the field already moves its cursor.
    _shown: _Shown | None = None
    """What is on the screen, or None while that is not known."""

    _only_moved = False
    """Whether the refresh to come is for a moved cursor."""

    _own_line: Location | None = None
    """Where the cursor stands behind somebody else's words: typing there begins a line."""

    def __init__(self, text: str = "", *, placeholder: str = "", id: str | None = None) -> None:
        """Begin with `text`, the cursor behind it."""
        super().__init__(
            text,
            id=id,
            placeholder=placeholder,
            compact=True,
            soft_wrap=True,
            show_line_numbers=False,
            highlight_cursor_line=False,
        )
        self.keep: Callable[[str, str], None] = lambda _before, _text: None
        """Called within each edit, and so before it is drawn, with the whole text before and after
        it. `Edited` may come after that: what must not be lost once it has been seen is kept
        here."""
        self._edited_at = -inf
        """When the user last changed the text, by the monotonic clock."""
        self._pause: Timer | None = None
        """Runs while words of others wait for the user to pause."""
        self.cursor_blink = False
        self.match_cursor_bracket = False
        self.register_theme(_UNPAINTED)
        self.theme = _UNPAINTED.name
        self.set_reactive(TextArea.selection, Selection.cursor(self.document.end))

    def bring(self, text: str, *, has_own: bool = True) -> bool:
        """Show what the text has become by somebody else's edit; the cursor stays with its words.

        False while the user types: nothing moves under the hands. `Paused` tells when to try again,
        with what the text has become by then.

        `has_own` false: nothing that stands here is the user's own.
        """
        if self.has_focus and monotonic() - self._edited_at < PAUSE_SECONDS:
            if self._pause is None:
                self._pause = self.set_timer(PAUSE_SECONDS, self._tell_pause)
            return False
        before, place = self.text, _offset(self.text, self.cursor_location)
        has_own = has_own and self._own_line is None
        place, begins_line = arrive(before, text, place, has_own=has_own)
        self.text = text
        self.move_cursor(_location(text, place))
        self._own_line = self.cursor_location if begins_line else None
        return True

    def _tell_pause(self) -> None:
        self._pause = None
        self.post_message(self.Paused(self))

    def edit(self, edit: Edit) -> EditResult:
        """Make an edit; it is kept before it can be seen."""
        before, place = self.text, self._own_line
        if edit.from_location == edit.to_location == place and edit.text[:1] != "\n":
            edit.text = f"\n{edit.text}"
        result = super().edit(edit)
        self._tell(before)
        return result

    def undo(self) -> None:
        """Take an edit back; that is kept too."""
        before = self.text
        super().undo()
        self._tell(before)

    def redo(self) -> None:
        """Make an edit again; that is kept too."""
        before = self.text
        super().redo()
        self._tell(before)

    def _tell(self, before: str) -> None:
        self._edited_at, self._own_line = monotonic(), None
        self.keep(before, self.text)

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Tell it in our own words."""
        event.stop()
        self.post_message(self.Edited(self, self.text))

    def on_key(self, event: events.Key) -> None:
        """A letter with Alt is a command that nobody knows, not a letter."""
        if event.key.startswith("alt+"):
            event.prevent_default()

    def on_paste(self, event: events.Paste) -> None:
        """Insert what was pasted: all its lines, none of its control characters."""
        event.stop()
        event.prevent_default()
        if not self.read_only:
            start, end = self.selection
            result = self.replace(
                clean(event.text, lines=True), start, end, maintain_selection_offset=False
            )
            self.move_cursor(result.end_location)

    def watch_selection(self, old: Selection, new: Selection) -> None:
        """Note that the refresh to come is for a moved cursor: nothing is marked, before or after.

        Every edit ends with one of these.
        """
        self._only_moved = old.is_empty and new.is_empty
        self._own_line = None

    def notify_style_update(self) -> None:
        """Draw every line again after a change of style."""
        self._shown = None
        super().notify_style_update()

    def refresh(
        self,
        *regions: Region,
        repaint: bool = True,
        layout: bool = False,
        recompose: bool = False,
    ) -> Self:
        """Draw again: after a move or an edit only the lines that changed."""
        moved, self._only_moved = self._only_moved, False
        if regions or not moved:
            self._shown = self._shown if regions else None
            return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)
        before, self._shown = self._shown, self._shown_now()
        if before is None or before.place != self._shown.place:
            return super().refresh(repaint=repaint, layout=layout, recompose=recompose)
        pairs = zip_longest(before.lines, self._shown.lines)
        rows = [y for y, (old, new) in enumerate(pairs) if old != new]
        width = self.size.width
        # The cursor is sent with a frame, so there must be one, if only of a single cell.
        changed = [Region(0, y, width, 1) for y in rows] or [Region(0, 0, 1, 1)]
        return super().refresh(*changed, repaint=repaint, layout=layout, recompose=recompose)

    def on_resize(self) -> None:
        """Come back to the cursor: its place is that of the text as it was wrapped before."""
        self.call_after_refresh(self._find_cursor)

    def _find_cursor(self) -> None:
        self.scroll_cursor_visible()
        self.refresh(Region(0, 0, 1, 1))

    def _shown_now(self) -> _Shown:
        document, scroll, height = self.wrapped_document, self.scroll_offset, self.size.height
        lines: list[str] = []
        if document.height > scroll.y:
            index = document.offset_to_location(Offset(0, scroll.y))[0]
            first = document.location_to_offset((index, 0)).y
            while len(lines) < height + scroll.y - first and index < self.document.line_count:
                lines += document.get_sections(index)
                index += 1
            lines = lines[scroll.y - first :][:height]
        return _Shown((self.size, scroll), lines)

    def scroll_cursor_visible(self, center: bool = False, animate: bool = False) -> Offset:
        """Scroll to the cursor; not in the middle of an undo, while it is beyond the text."""
        row, column = self.selection.end
        if row >= self.document.line_count or column > len(self.document.get_line(row)):
            return Offset(0, 0)
        return super().scroll_cursor_visible(center, animate)


def _offset(text: str, location: Location) -> int:
    """Return how many characters come before a row and column of a text."""
    row, column = location
    return sum(len(line) + 1 for line in text.split("\n")[:row]) + column


def _location(text: str, offset: int) -> Location:
    """Return the row and column that come after so many characters of a text."""
    before = text[:offset]
    return before.count("\n"), offset - before.rfind("\n") - 1
