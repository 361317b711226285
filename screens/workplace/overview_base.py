"""What the two screens of a workplace share: a list, more about its line, and what is published."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from textual import events, on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from data.i18n import _
from data.method.visibility import shows_all
from data.published.overview import Overview
from screens.frame.base import BaseScreen
from screens.frame.context import Context
from screens.frame.giving_way import end_dialogs
from screens.frame.proposed import Proposed
from screens.workplace.overview_files import WorkplaceFiles
from widgets.grid import Column, Grid, Row
from widgets.marked import Instead
from widgets.reading import Footnote
from widgets.spoken import Spoken
from widgets.wrapping import wrap_within

_WIDE: Final = 80
HIGH: Final = 20
"""Columns and rows: on a screen that is not so wide, and so high, more is said below the list."""
_ABOVE: Final = 4
_ABOVE_LOW: Final = 2
"""How many rows the line above the list may take; the second on a screen that is not so high."""


class WorkplaceList(BaseScreen[None]):
    """A list with a line above it and a few below; or, where there is nothing, what to do next."""

    HELP_TOPIC = "workplace"
    DOCUMENT = "workplace"
    OF_RECORDS = False
    DEFAULT_CSS = """
    WorkplaceList #workplace-banner { height: auto; padding: 0 1; text-style: bold; }
    WorkplaceList LineInput { margin: 0 1; }
    """

    def __init__(self, context: Context, files: WorkplaceFiles) -> None:
        super().__init__(context)
        self.files = files
        self.banner = Static(Content(""), id="workplace-banner")
        self.empty = Instead(id="workplace-empty")
        self.grid = Grid()
        self.detail = Footnote()
        self._above = ""
        """What stands above the list, also where it has no room."""

    def body(self) -> ComposeResult:
        """Lay the list between the line above and the lines below."""
        yield self.banner
        yield self.empty
        yield self.grid
        yield self.detail

    def on_mount(self) -> None:
        """Show what has been read, and what is read from now on."""
        super().on_mount()
        self.files.heard.append(self._read_again)
        self.grid.focus()

    def on_resize(self, event: events.Resize) -> None:
        """Use the new width and height for what stands above the list and below it."""
        super().on_resize(event)
        self.show_banner(self._above)
        self._share_height()

    def _share_height(self) -> None:
        """Give what is said of a line one more row where its rows are short and there are many.

        And more, as long as the list needs them not: as many as the longest needs, so that the list
        stays where it is wherever the cursor goes.
        """
        width, height = self.app.size
        need = 4 if width < _WIDE and height >= HIGH else 3
        both = self.grid.size.height + self.detail.size.height
        rows = self.grid.body.rows
        spare = both - self.grid.body.header - len(rows)
        if spare > need:
            longest = max((self.detail.lines_of(*self.said_of(row.id)) for row in rows), default=0)
            need = min(max(need, longest), spare)
        self.detail.styles.height = need

    def on_unmount(self) -> None:
        """Hear no more of what is read."""
        super().on_unmount()
        self.files.heard.remove(self._read_again)

    def _read_again(self) -> None:
        self.bring_up_to_date(everything=True)

    def proposed(self) -> Proposed:
        """Return the document of all mentors, for `w`; none where it is hidden or empty."""
        page = self.files.page
        is_there = self.is_shown and bool(page.mentors or page.doubted) and not self.files.ended
        return Proposed(self.DOCUMENT if is_there else "")

    def workplace(self) -> Overview:
        """Return what the screen shows, for the documents that are made of it."""
        return self.files.page

    def show_banner(self, text: str) -> None:
        """Show what stands above the list; on a low screen as much of it as there is room for."""
        self._above = text
        most = _ABOVE if self.app.size.height >= HIGH else _ABOVE_LOW
        shown = "\n".join(wrap_within(text, max(self.app.size.width - 2, 1), most))
        if str(self.banner.content) != shown:  # to show the same again lays out the whole screen
            self.banner.update(Content(shown))

    @property
    def is_shown(self) -> bool:
        """Whether whoever looks on may see it: initials and numbers are of others' mentees."""
        return shows_all(self.context.reader)

    def instead(self) -> str:
        """Return what is said in place of the list; "" where there is one."""
        if not self.is_shown:
            return _("Other mentees are hidden in shared view: F6 exits it first")
        return self.files.ended if self.files.is_read else _("Reading …")

    def show_empty(self, text: str) -> None:
        """Say a text in place of the list; "" for the list itself."""
        self.empty.show(text)
        had = self.grid.display
        if text and had and self.is_shown:
            end_dialogs(self)  # they would write, or show, what is not there any more
        self.empty.display = bool(text)
        for one in (self.banner, self.grid, self.detail):
            one.display = not text
        self.refresh_bindings()  # what is written is there, or is not any more
        if not text and not had:
            self.call_after_refresh(self.grid.focus)

    def names(self, spoken: Spoken) -> Spoken:
        """Return the line of the list with what stands above it, or what is said in its place."""
        if self.empty.display:
            return Spoken(self.empty.plain)
        return replace(spoken, above=(self._above,)) if self._above else spoken

    def show_rows(self, rows: Sequence[Row], columns: Sequence[Column]) -> None:
        """Show the rows of the list, and below it what its cursor stands on."""
        self.grid.show(rows, columns)
        self.show_detail()
        self.call_after_refresh(self._share_height)

    @on(Grid.Moved)
    def show_detail(self) -> None:
        """Say in full what the cursor stands on."""
        heading, *lines = self.said_of(self.grid.row_id) or ("",)
        self.detail.show(heading, *lines)

    def said_of(self, row_id: str) -> Sequence[str]:
        """Return a line of the list in full: a heading, and what follows it."""
        return ()
