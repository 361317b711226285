"""Help for a screen: its keys, from the bindings themselves, and its part of the guide."""

from __future__ import annotations

from typing import Any, ClassVar

from rich.cells import cell_len
from textual.binding import Binding, BindingType

from data.i18n import N_, _, language
from data.library import screen_help, screen_sections
from screens.base import BaseScreen
from screens.context import Context
from screens.frame import named_bindings
from screens.reading import BACK, ReadingScreen
from widgets.glyphs import glyphs
from widgets.grid_body import GridBody
from widgets.keys import key_label
from widgets.reading import HEADING, PLAIN


def key_lines(screen: BaseScreen[Any]) -> list[tuple[str, str]]:
    """Return (keys, what they do) of all that can be done on a screen, its own first."""
    bindings = [active.binding for active in screen.active_bindings.values()]
    found = []
    for named in named_bindings(screen, screen.COMMON):
        labels = dict.fromkeys(key_label(one) for one in bindings if one.action == named.action)
        found.append((glyphs(", ".join(labels)), named.description))
    if screen.query(GridBody):
        found.append((glyphs("↑ ↓ ← →"), _("Move, as k j h l do; PgUp and PgDn by a page")))
    return found


class HelpScreen(ReadingScreen):
    """What the screen behind it is for, and its keys."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("g,enter", "guide", N_("The whole guide")),
        BACK,
    ]

    def __init__(self, context: Context, about: BaseScreen[Any]) -> None:
        super().__init__(context)
        self._topic = about.HELP_TOPIC
        self._about = about

    def title_text(self) -> str:
        """Return the screen's name."""
        return _("Help")

    def parts(self) -> list[tuple[str, str]]:
        """Return the guide's part and the keys."""
        parts = []
        if self._topic:
            parts += [(PLAIN, screen_help(language(), self._topic)), (PLAIN, "")]
        parts.append((HEADING, _("Keys on this screen")))
        keys = key_lines(self._about)
        width = max(cell_len(names) for names, _what in keys)
        parts += [(PLAIN, f"{names.ljust(width)}  {what}") for names, what in keys]
        return parts

    def standing_on(self) -> tuple[str, str]:
        """Return what the screen behind stands on: a note from here is about that."""
        return self._about.standing_on()

    def action_guide(self) -> None:
        """Open the guide where it speaks of this."""
        from screens.guide import GuideScreen

        section = screen_sections(language(), self._topic)[0] if self._topic else ""
        self.app.push_screen(GuideScreen(self.context, section))

    def action_help(self) -> None:
        """Go back: the key that opened help closes it."""
        self.action_back()
