"""The whole guide, by heading."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal

from data.i18n import N_, _, language
from data.library import guide, guide_source
from screens.base import BaseScreen
from screens.context import Context
from widgets.grid import Column, Grid, Row
from widgets.reading import HEADING, PLAIN, QUIET, ReadingPane


class GuideScreen(BaseScreen[None]):
    """Headings at the left, the text at the right."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "other_side", N_("Headings/text")),
        Binding("escape", "back", N_("Back")),
    ]

    DEFAULT_CSS = """
    GuideScreen Grid { width: 27; }
    GuideScreen ReadingPane { width: 1fr; }
    """

    def __init__(self, context: Context, section: str = "") -> None:
        super().__init__(context)
        self._first = section
        self.headings = Grid((Column("title", "", 20, flex=1),), header=False)
        self.pane = ReadingPane()

    def body(self) -> ComposeResult:
        """Lay headings and text."""
        with Horizontal():
            yield self.headings
            yield self.pane

    def on_mount(self) -> None:
        """Begin at the heading asked for."""
        super().on_mount()
        if self._first:
            self.headings.go_to(self._first)
        self.headings.focus()

    def title_text(self) -> str:
        """Return the screen's name."""
        return _("The guide")

    def show_records(self) -> None:
        """Show the headings in the language of the interface."""
        self.headings.show([Row(one.key, {"title": one.title}) for one in guide(language())])
        self._show_section()

    @on(Grid.Moved)
    def _show_section(self) -> None:
        for section in guide(language()):
            if section.key == self.headings.row_id:
                width = max(min(self.app.size.width - 30, 74), 24)
                self.pane.show(
                    [
                        (HEADING, section.title),
                        (PLAIN, ""),
                        (PLAIN, section.plain(width)),
                        (PLAIN, ""),
                        (QUIET, guide_source(language())),
                    ]
                )
                self.pane.to_top()

    @on(Grid.Opened)
    def action_other_side(self) -> None:
        """Go to the text, or back to the headings."""
        if self.headings.body.has_focus:
            self.pane.focus()
        else:
            self.headings.focus()

    def action_back(self) -> None:
        """Go from the text to the headings, then back."""
        if self.pane.has_focus:
            self.headings.focus()
        else:
            super().action_back()
