"""Pages to read: a text over the whole screen, scrolled with the arrows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.binding import Binding

from data.i18n import N_
from screens.base import BaseScreen
from screens.context import Context
from widgets.reading import ReadingPane

if TYPE_CHECKING:
    from data.records import Mentee

BACK = Binding("escape", "back", N_("Back"))
"""For screens that one only looks into: the way back stands in the line of keys."""


class ReadingScreen(BaseScreen[None]):
    """A page to read. Subclasses say what in `parts`."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.pane = ReadingPane()

    def body(self) -> ComposeResult:
        """Lay the page."""
        yield self.pane

    def on_mount(self) -> None:
        """Reading begins at once."""
        super().on_mount()
        self.pane.focus()

    def show_records(self) -> None:
        """Show the page as it reads now."""
        self.pane.show(self.parts())

    def parts(self) -> Sequence[tuple[str, str]]:
        """Return what the page says, as `ReadingPane.show` takes it."""
        return ()


class MenteePage(ReadingScreen):
    """A page about one mentee, named by `page_title`."""

    def __init__(self, context: Context, mentee_id: str) -> None:
        super().__init__(context)
        self.mentee_id = mentee_id

    @property
    def mentee(self) -> Mentee | None:
        """The mentee as the store has it now."""
        return self.context.mentee(self.mentee_id)

    def page_title(self) -> str:
        """Return what the page is called."""
        return ""

    def title_text(self) -> str:
        """Return the mentee's name and the page's."""
        mentee = self.mentee
        return f"{mentee.name} · {self.page_title()}" if mentee else ""

    def standing_on(self) -> tuple[str, str]:
        """Return the mentee."""
        return self.mentee_id, ""

    def show_records(self) -> None:
        """Show the page, unless somebody else has deleted the mentee."""
        if self.mentee is None:
            self.action_back()
        else:
            super().show_records()
