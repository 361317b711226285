"""Pages to read: one text over the whole screen, or texts by heading."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal

from data.i18n import N_
from screens.frame.base import BaseScreen
from screens.frame.context import Context
from screens.frame.title import Title
from widgets.copying import UnderCursor
from widgets.grid import Column, Grid, Row
from widgets.reading import HEADING, ReadingPane

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

    def page_text(self) -> tuple[str, Sequence[tuple[str, str]]]:
        """Return the title and the text of the page, for screens whose document is the page."""
        return self.headline().text, self.parts()

    def parts(self) -> Sequence[tuple[str, str]]:
        """Return what the page says, as `ReadingPane.show` takes it."""
        return ()


class MenteePage(ReadingScreen):
    """A page about one mentee, named by `page_title`."""

    def __init__(self, context: Context, mentee_id: str) -> None:
        super().__init__(context)
        self.mentee_id = self.renewal.about = mentee_id

    @property
    def mentee(self) -> Mentee | None:
        """The mentee as the store has it now."""
        return self.context.mentee(self.mentee_id)

    def page_title(self) -> str:
        """Return what the page is called."""
        return ""

    def headline(self) -> Title:
        """Return the mentee's name and the page's."""
        mentee = self.mentee
        if mentee is None:
            return Title("")
        page = self.page_title()
        return Title(f"{mentee.name} · {page}", about=mentee.name, place=page)

    def standing_on(self) -> tuple[str, str]:
        """Return the mentee."""
        return self.mentee_id, ""


class HeadingsScreen(BaseScreen[None]):
    """Headings at the left, what stands under the one with the cursor at the right."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "other_side", N_("Headings/text")),
        BACK,
    ]
    DEFAULT_CSS = """
    HeadingsScreen Grid { width: 30; }
    HeadingsScreen ReadingPane { width: 1fr; }
    """

    def __init__(self, context: Context, first: str = "") -> None:
        """Make a screen that begins at the heading with the id `first`."""
        super().__init__(context)
        self.first = first
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
        self.headings.go_to(self.first)
        self.headings.focus()

    def show_records(self) -> None:
        """Show headings and text in the language of the interface."""
        self.headings.show(self.rows())
        self.pane.show(self.parts())

    def rows(self) -> Sequence[Row]:
        """Return the headings, in the cell "title"."""
        return ()

    def parts(self) -> Sequence[tuple[str, str]]:
        """Return what stands under the heading with the cursor, as `ReadingPane.show` takes it."""
        return ()

    def under_cursor(self) -> UnderCursor | None:
        """Return the page, also while the cursor is on its heading."""
        return self.pane.under_cursor()

    @on(Grid.Moved)
    def _show_other(self) -> None:
        self.pane.show(self.parts())
        self.pane.to_top()

    @on(Grid.Opened)
    def _opened(self) -> None:
        self.open_heading()

    def page_text(self) -> tuple[str, Sequence[tuple[str, str]]]:
        """Return the text under the heading with the cursor, by its own title, to be written."""
        parts = self.parts()
        titles = (text for kind, text in parts if kind == HEADING)
        return next(titles, self.headline().text), parts

    def open_heading(self) -> None:
        """Enter was pressed on a heading: read what stands under it."""
        self.action_other_side()

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
