"""Copying what stands under the cursor to the terminal's clipboard (`y`).

Only what the screen shows is copied, so nothing that whoever looks on may not see. What is said of
it names no word of the text: somebody may look on who was not to read it.
"""

from __future__ import annotations

from typing import Final, Protocol

from textual.dom import DOMNode
from textual.widget import Widget

from data.addresses import addresses
from data.i18n import N_, _
from widgets.copying import HasCursor, Part, UnderCursor

MOST: Final = 74_994
"""How many characters of base64 are sent at the most. What is longer some terminals cut."""

_SENT: Final = {
    Part.LINE: N_("Line sent to the terminal's clipboard"),
    Part.CELL: N_("Cell sent to the terminal's clipboard"),
    Part.PASSAGE: N_("Passage sent to the terminal's clipboard"),
    Part.DETAILS: N_("Details sent to the terminal's clipboard"),
    Part.PAGE: N_("Page sent to the terminal's clipboard"),
}
"""What is said of each part of a screen (msgids)."""


class _Screen(Protocol):
    """A screen; it may say itself what is under its cursor, as widgets do."""

    @property
    def focused(self) -> Widget | None:
        """The widget that has the focus."""


def under_cursor(screen: _Screen) -> UnderCursor | None:
    """Return what a screen shows under its cursor, to be copied; None for nothing.

    That is what the screen says, or else the widget that has the focus, or one that it is in.
    """
    found = screen.under_cursor() if isinstance(screen, HasCursor) else None
    node: DOMNode | None = screen.focused
    while found is None and node is not None:
        found = node.under_cursor() if isinstance(node, HasCursor) else None
        node = node.parent
    return found


class Copier:
    """Knows what was copied last, so that the key pressed again copies more of it."""

    def __init__(self) -> None:
        self._last: UnderCursor | None = None
        """The line of which only the address was copied last."""

    def copied(self, found: UnderCursor) -> tuple[str, str]:
        """Return the text to be copied, and what is said of it.

        Of anything but a page with one address in it that is the address; the second time it is all
        of it. The text is empty if it is too long for a clipboard.
        """
        text, said = found.text, _(_SENT[found.part])
        own = [] if found.part is Part.PAGE else addresses(text)
        last, self._last = self._last, None
        if own == [text]:
            said = _("Address sent to the terminal's clipboard")
        elif len(own) == 1 and last != found:
            self._last, text = found, own[0]
            said = _("Address sent to the terminal's clipboard; y again: all of it")
        if not fits(text):
            return "", _("Too long for the terminal's clipboard")
        return text, said


def fits(text: str) -> bool:
    """Return whether a text is short enough for the clipboards of terminals."""
    length = len(text.encode("utf-8", "replace"))
    return (length + 2) // 3 * 4 <= MOST
