"""A field for a text of several lines.

It draws only the lines that an edit has changed, so that typing is quick over a slow line too. When
somebody else changes the text in another session, it waits for the user to pause before it shows
that: nothing moves under the hands of one who types.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import zip_longest
from math import inf
from time import monotonic
from typing import ClassVar, Final, Self

from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.geometry import Offset, Region, Size
from textual.message import Message
from textual.timer import Timer
from textual.widgets import TextArea
from textual.widgets.text_area import Edit, EditResult, Location, Selection, TextAreaTheme

from data.text import clean
from data.word_diff import cursor_after_edit
from widgets.keys import OWN_EDITOR
from widgets.spoken import Spoken

PAUSE_SECONDS: Final = 1.0
"""How long the user must not have typed before the edits of others are shown."""
_UNPAINTED: Final = TextAreaTheme("unpainted", cursor_style=Style.null())
"""A theme without colours or cursor: the style sheet has the colours, the terminal the cursor."""


@dataclass(frozen=True, slots=True)
class _Shown:
    """What is on the screen, as far as typing can change it."""

    place: tuple[Size, Offset]
    """The size of the widget, and how far it is scrolled."""

    lines: list[str]
    """The wrapped lines that are in sight."""


class NoteArea(TextArea):
    """A field for a text of several lines. It posts `Edited` after every change. Tab leaves it.

    The style sheet decides how high it is; with `height: auto` it grows with its text.
    """

    BINDINGS: ClassVar[list[BindingType]] = [OWN_EDITOR]

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
        """Posted when the text has changed."""

        area: NoteArea
        """The field."""

        text: str
        """The whole text that it holds now."""

        @property
        def control(self) -> NoteArea:
            """The field, for a selector in `@on`."""
            return self.area

    @dataclass
    class Paused(Message):
        """Posted when the edit of somebody else may be shown now.

        Whoever gets it calls `show_changed_elsewhere` again, with the text as it is by then.
        """

        area: NoteArea
        """The field."""

        @property
        def control(self) -> NoteArea:
            """The field, for a selector in `@on`."""
            return self.area

    # These have their first values here, because `TextArea.__init__` already moves the cursor.
    _shown: _Shown | None = None
    """What is on the screen; None if that is not known, so that all of it must be redrawn."""

    _only_cursor_moved = False
    """Whether the next refresh is for a moved cursor, and for nothing else."""

    _begins_line_at: Location | None = None
    """Where the cursor was put behind somebody else's words: typing there begins a new line."""

    def __init__(self, text: str = "", *, placeholder: str = "", id: str | None = None) -> None:
        """Make a field.

        Args:
            text: What it holds at first; the cursor is behind it.
            placeholder: What an empty field shows in place of a text.
            id: Id of the widget.
        """
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
        """Called with the whole text before and after an edit, as a part of the edit itself.

        A message such as `Edited` may arrive after the text has been drawn. What must not be lost
        once the user has seen it is therefore saved here.
        """
        self._edited_at = -inf
        """When the user last changed the text, by the monotonic clock."""
        self._pause_timer: Timer | None = None
        """Runs while the edit of somebody else waits for the user to pause."""
        self.cursor_blink = False
        self.match_cursor_bracket = False
        self.register_theme(_UNPAINTED)
        self.theme = _UNPAINTED.name
        self.set_reactive(TextArea.selection, Selection.cursor(self.document.end))

    def spoken(self) -> Spoken:
        """Return the text as it is wrapped, and where in it one types."""
        rows = tuple(row for line in self.wrapped_document.lines for row in line)
        caret = self.wrapped_document.location_to_offset(self.cursor_location)
        hint = "" if self.text else str(self.placeholder)
        return Spoken(rows=rows, caret=(caret.x, caret.y), hint=hint)

    def show_changed_elsewhere(self, text: str, *, has_own: bool = True) -> bool:
        """Show the text as somebody else has changed it. The cursor stays with its words.

        Args:
            text: The whole text as it is now.
            has_own: Whether the user has written anything of what the field holds.

        Returns:
            False if the user is typing, and nothing was shown. `Paused` tells when to try again.
        """
        if self.has_focus and monotonic() - self._edited_at < PAUSE_SECONDS:
            if self._pause_timer is None:
                self._pause_timer = self.set_timer(PAUSE_SECONDS, self._post_paused)
            return False
        before, place = self.text, _offset(self.text, self.cursor_location)
        has_own = has_own and self._begins_line_at is None
        place, begins_line = cursor_after_edit(before, text, place, has_own=has_own)
        self.text = text
        self.move_cursor(_location(text, place))
        self._begins_line_at = self.cursor_location if begins_line else None
        return True

    def _post_paused(self) -> None:
        """Post `Paused`. If the user has gone on typing, trying again starts the timer anew."""
        self._pause_timer = None
        self.post_message(self.Paused(self))

    def edit(self, edit: Edit) -> EditResult:
        """Make an edit of the user, and have it saved (`keep`) before it can be seen."""
        before, place = self.text, self._begins_line_at
        # What is typed must not continue a line of somebody else's.
        if edit.from_location == edit.to_location == place and edit.text[:1] != "\n":
            edit.text = f"\n{edit.text}"
        result = super().edit(edit)
        self._after_edit(before)
        return result

    def undo(self) -> None:
        """Undo an edit within the field, and have that saved too."""
        before = self.text
        super().undo()
        self._after_edit(before)

    def redo(self) -> None:
        """Redo an edit within the field, and have that saved too."""
        before = self.text
        super().redo()
        self._after_edit(before)

    def _after_edit(self, before: str) -> None:
        """Do what every change by the user calls for; `before` is the text before it."""
        self._edited_at, self._begins_line_at = monotonic(), None
        self.keep(before, self.text)

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Post `Edited` instead of Textual's message, which does not carry the text."""
        event.stop()
        self.post_message(self.Edited(self, self.text))

    def get_cursor_line_end_location(self) -> Location:
        """Return where the End key goes: behind the last letter, of a word cut in two as well.

        Textual goes before the last character of a wrapped line, which is right where that is a
        space.
        """
        row, column = super().get_cursor_line_end_location()
        line = self.document.get_line(row)
        in_word = column < len(line) and not line[column].isspace()
        return row, column + 1 if in_word else column

    def on_key(self, event: events.Key) -> None:
        """Ignore keys with Alt. Textual would type the letter, which nobody means by it."""
        if event.key.startswith("alt+"):
            event.prevent_default()

    def on_paste(self, event: events.Paste) -> None:
        """Insert the pasted text, cleaned, in place of the selection if there is one."""
        event.stop()
        event.prevent_default()
        if not self.read_only:
            start, end = self.selection
            result = self.replace(
                clean(event.text, lines=True), start, end, maintain_selection_offset=False
            )
            self.move_cursor(result.end_location)

    def watch_selection(self, old: Selection, new: Selection) -> None:
        """Note that the next refresh is for the cursor alone, unless a selection is to be drawn.

        Textual calls this when the cursor moves and at the end of every edit, before the refresh.
        """
        self._only_cursor_moved = old.is_empty and new.is_empty
        self._begins_line_at = None

    def notify_style_update(self) -> None:
        """Redraw every line after a change of style, in which no line of text has changed."""
        self._shown = None
        super().notify_style_update()

    def refresh(
        self,
        *regions: Region,
        repaint: bool = True,
        layout: bool = False,
        recompose: bool = False,
    ) -> Self:
        """Redraw the field: after an edit or a move of the cursor only the lines that differ.

        Textual asks for all of the field after every key, which is too much for a slow line.
        """
        moved, self._only_cursor_moved = self._only_cursor_moved, False
        if regions or not moved:
            # For any other reason all is redrawn, or the regions that are asked for.
            self._shown = self._shown if regions else None
            return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)
        before, self._shown = self._shown, self._lines_in_sight()
        if before is None or before.place != self._shown.place:
            # With another size, or scrolled, every line has moved.
            return super().refresh(repaint=repaint, layout=layout, recompose=recompose)
        pairs = zip_longest(before.lines, self._shown.lines)
        rows = [y for y, (old, new) in enumerate(pairs) if old != new]
        width = self.size.width
        # The terminal's cursor is moved together with what is drawn, so something must be drawn
        # even if no line differs: a single cell.
        changed = [Region(0, y, width, 1) for y in rows] or [Region(0, 0, 1, 1)]
        return super().refresh(*changed, repaint=repaint, layout=layout, recompose=recompose)

    def on_resize(self) -> None:
        """Bring the cursor in sight again when the text has been wrapped for the new width."""
        self.call_after_refresh(self._come_back_to_cursor)

    def _come_back_to_cursor(self) -> None:
        """Scroll to the cursor, and draw one cell, with which the terminal's cursor is moved."""
        self.scroll_cursor_visible()
        self.refresh(Region(0, 0, 1, 1))

    def _lines_in_sight(self) -> _Shown:
        """Return what is to be on the screen now."""
        document, scroll, height = self.wrapped_document, self.scroll_offset, self.size.height
        lines: list[str] = []
        if document.height > scroll.y:
            index = document.offset_to_location(Offset(0, scroll.y))[0]
            # The paragraph at the top may begin above it; its lines out of sight are cut off below.
            first = document.location_to_offset((index, 0)).y
            while len(lines) < height + scroll.y - first and index < self.document.line_count:
                lines += document.get_sections(index)
                index += 1
            lines = lines[scroll.y - first :][:height]
        return _Shown((self.size, scroll), lines)

    def scroll_cursor_visible(self, center: bool = False, animate: bool = False) -> Offset:
        """Scroll to the cursor, unless it is outside the text, where Textual would fail.

        It is for a moment while an edit is undone: the text has changed, but not yet the cursor.
        """
        row, column = self.selection.end
        if row >= self.document.line_count or column > len(self.document.get_line(row)):
            return Offset(0, 0)
        return super().scroll_cursor_visible(center, animate)


def _offset(text: str, location: Location) -> int:
    """Return how many characters of a text come before a row and column."""
    row, column = location
    return sum(len(line) + 1 for line in text.split("\n")[:row]) + column


def _location(text: str, offset: int) -> Location:
    """Return the row and column behind a number of characters of a text."""
    before = text[:offset]
    return before.count("\n"), offset - before.rfind("\n") - 1
