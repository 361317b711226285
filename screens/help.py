"""Help for a screen: its keys, from the bindings themselves, and its part of the guide."""

from __future__ import annotations

from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import ActiveBinding, Binding, BindingType

from data.i18n import N_, _, language
from data.library import screen_help, screen_sections
from screens.base import BaseScreen
from screens.context import Context
from widgets.keys import key_label
from widgets.reading import HEADING, PLAIN, ReadingPane


def key_lines(bindings: dict[str, ActiveBinding]) -> list[tuple[str, str]]:
    """Return (keys, what they do) of all bindings that have a description, in their order."""
    found: dict[str, list[str]] = {}
    for active in bindings.values():
        if active.binding.description and active.enabled:
            names = found.setdefault(active.binding.description, [])
            name = key_label(active.binding)
            if name not in names:
                names.append(name)
    return [(", ".join(names), what) for what, names in found.items()]


class HelpScreen(BaseScreen[None]):
    """What the screen behind it is for, and its keys."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("g,enter", "guide", N_("The whole guide")),
        Binding("escape", "back", N_("Back")),
    ]

    def __init__(self, context: Context, about: BaseScreen[Any]) -> None:
        super().__init__(context)
        self._topic = about.HELP_TOPIC
        self._about = about
        self._keys = key_lines(about.active_bindings)
        self.pane = ReadingPane()

    def body(self) -> ComposeResult:
        """Lay the text."""
        yield self.pane

    def on_mount(self) -> None:
        """Reading begins at once."""
        super().on_mount()
        self.pane.focus()

    def title_text(self) -> str:
        """Return the screen's name."""
        return _("Help")

    def show_records(self) -> None:
        """Show the guide's part and the keys."""
        parts = []
        if self._topic:
            parts += [(PLAIN, screen_help(language(), self._topic)), (PLAIN, "")]
        parts.append((HEADING, _("Keys on this screen")))
        width = min(max((len(keys) for keys, _what in self._keys), default=0), 16)
        parts += [(PLAIN, f"{keys:<{width}}  {what}") for keys, what in self._keys]
        self.pane.show(parts)

    def action_guide(self) -> None:
        """Open the guide where it speaks of this."""
        from screens.guide import GuideScreen

        section = screen_sections(language(), self._topic)[0] if self._topic else ""
        self.app.push_screen(GuideScreen(self.context, section))

    def action_help(self) -> None:
        """Go back: the key that opened help closes it."""
        self.action_back()
