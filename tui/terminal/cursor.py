"""The terminal's cursor follows the focus: where one types, and on the chosen line of a list."""

from __future__ import annotations

from textual.app import App, ReturnType, ScreenStackError
from textual.errors import NoWidget
from textual.geometry import Offset

HIDDEN = Offset(0, 0)
"""A cursor here is not shown."""


class FollowsFocus(App[ReturnType]):
    """A base for apps: a focused widget says by `cursor_screen_offset` where the cursor is.

    It is asked when a frame is sent, so layout, scrolling and another screen cannot leave the
    cursor behind. Without such a widget, or while it is out of sight, the cursor is hidden.
    """

    @property
    def cursor_position(self) -> Offset:
        """Where the terminal's cursor belongs on the screen."""
        try:
            focused = self.focused
            offset = getattr(focused, "cursor_screen_offset", None)
            if focused is None or not isinstance(offset, Offset):
                return HIDDEN
            visible = self.screen.find_widget(focused).visible_region
            on_top, _region = self.screen.get_widget_at(*offset)
        except (ScreenStackError, NoWidget):
            return HIDDEN
        is_seen = visible.contains_point(offset) and focused in on_top.ancestors_with_self
        return offset if is_seen else HIDDEN

    @cursor_position.setter
    def cursor_position(self, _offset: Offset) -> None:
        """Widgets of Textual say it too; they are asked instead."""
