"""Help for a screen: its keys, read from its bindings, and its part of the guide."""

from __future__ import annotations

from typing import Any, ClassVar

from textual.binding import Binding, BindingType

from data.i18n import N_, _, language
from data.library import screen_help, screen_sections
from screens.frame.base import BaseScreen
from screens.frame.commands import Commands
from screens.frame.context import Context
from screens.frame.help_keys import key_table
from screens.frame.proposed import PAGE
from screens.frame.reading import BACK, ReadingScreen
from screens.frame.title import Title
from widgets.reading import HEADING, PLAIN


class _OpenAlready(Commands):
    """The help key, which closes help when it is open already."""

    def __init__(self, screen: BaseScreen[None]) -> None:
        self._screen = screen

    def help(self) -> None:
        """Close help."""
        self._screen.action_back()


class HelpScreen(ReadingScreen):
    """Says what the screen behind it is for, and shows the keys of that screen."""

    CHOOSES_MENTEE = True
    DOCUMENT = PAGE
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("b,enter", "guide", N_("The whole guide")),
        BACK,
    ]

    def __init__(self, context: Context, about: BaseScreen[Any]) -> None:
        super().__init__(context)
        self._topic = about.HELP_TOPIC
        self._about = about
        self.commands = (_OpenAlready(self), *self.commands)

    def headline(self) -> Title:
        """Return the screen's name."""
        return Title(_("Help"))

    def parts(self) -> list[tuple[str, str]]:
        """Return the part of the guide about the screen, and its keys."""
        parts = []
        if self._topic:
            parts += [(PLAIN, screen_help(language(), self._topic)), (PLAIN, "")]
        parts.append((HEADING, _("Keys on this screen")))
        parts += [(PLAIN, line) for line in key_table(self._about, self._about.COMMON)]
        return parts

    def standing_on(self) -> tuple[str, str]:
        """Return what the cursor of the screen behind is on, so that a note is about that."""
        return self._about.standing_on()

    def action_guide(self) -> None:
        """Open the guide at the section about the screen."""
        from screens.library.guide import GuideScreen

        section = screen_sections(language(), self._topic)[0] if self._topic else ""
        self.app.push_screen(GuideScreen(self.context, section))
