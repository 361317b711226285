"""What the steps of a talk that are lists have in common."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from data.store.change import Change
from data.text import cell_width
from screens.frame.base import BaseScreen
from screens.talk.desk import TalkDesk
from widgets.grid import Column, Grid, Row
from widgets.grid_model import GAP


def split_id(row_id: str) -> tuple[str, str]:
    """Return the kind and the record's id of a row: "task:12" is ("task", "12")."""
    kind, _sep, id = row_id.partition(":")
    return kind, id


class TalkPart(Vertical):
    """What a step of a talk has besides its question and its words."""

    DEFAULT_CSS = """
    TalkPart { height: 1fr; min-height: 4; }
    """

    def __init__(self, desk: TalkDesk) -> None:
        """Make the part of a talk; `bring` fills it."""
        super().__init__()
        self.desk = desk

    def bring(self) -> None:
        """Bring it up to date with the records; the cursor stays on its row."""

    @property
    def grid(self) -> Grid:
        """Its rows."""
        raise NotImplementedError

    @property
    def editing(self) -> bool:
        """Whether something is being edited, so that the step cannot be left now."""
        return self.grid.editing

    @property
    def line(self) -> str:
        """The text of the row under the cursor, to make something of."""
        return ""

    @property
    def task_id(self) -> str:
        """The task that the row under the cursor is about, or ""."""
        return ""

    @property
    def on_rows(self) -> bool:
        """Whether the focus is on the rows; `has_focus` says so only when they have heard of it."""
        return self.screen.focused is self.grid.body

    def take_focus(self) -> None:
        """Give the rows the focus."""
        self.grid.focus()

    def commit(self, changes: Iterable[Change], what: str) -> None:
        """Commit changes of the talk as one step of undo, and show them."""
        self.desk.commit(changes, what)
        self.bring()

    def say(self, text: str) -> None:
        """Say something in the screen's notice line."""
        if isinstance(self.screen, BaseScreen):
            self.screen.say(text)


class TalkList(TalkPart):
    """Rows of one step, over the whole text of the row under the cursor."""

    DEFAULT_CSS = """
    TalkList > Grid { height: 1fr; }
    TalkList > .list-detail { height: auto; max-height: 3; color: $text-muted; padding: 0 1; }
    """

    def __init__(self, desk: TalkDesk) -> None:
        """Make the list of a talk; `bring` fills it."""
        super().__init__(desk)
        self._grid = Grid(self.columns(), header=False)
        self.detail = Static(Content(""), classes="list-detail")
        self._details: dict[str, str] = {}
        self._laid = False

    @staticmethod
    def columns() -> tuple[Column, ...]:
        """Return the columns: a mark, the text, and what goes with it."""
        return (Column("mark", "", 2), Column("text", "", 12, flex=1), Column("more", "", 20))

    def compose(self) -> ComposeResult:
        """Lay the rows over the detail."""
        yield self.grid
        yield self.detail

    def on_mount(self) -> None:
        """Show the rows."""
        self._laid = True
        self.bring()

    def on_resize(self) -> None:
        """Say below the rows what they have no room for."""
        self._show_detail()

    # -- for each list to say -------------------------------------------------------------------

    def rows(self) -> Sequence[tuple[Row, str]]:
        """Return the rows, each with its whole text (or "" where the row shows all)."""
        return ()

    def empty(self) -> str:
        """Return what to say where there are no rows."""
        return ""

    # -- for the step -----------------------------------------------------------------------------

    def bring(self) -> None:
        """Bring the rows up to date; the cursor stays on its row."""
        if not self._laid:
            return
        found = self.rows()
        self._details = {row.id: text for row, text in found}
        rows = [row for row, _text in found]
        self.grid.show(rows, self.shown_columns(rows))
        self._show_detail()

    def shown_columns(self, rows: Sequence[Row]) -> Sequence[Column]:
        """Return the columns for these rows.

        What goes with a text takes no room from it where there is nothing.
        """
        bare = not any(row.cells.get("more") for row in rows)
        return [one for one in self.columns() if not (bare and one.key == "more")]

    @property
    def grid(self) -> Grid:
        """The rows."""
        return self._grid

    @property
    def line(self) -> str:
        """The text of the row under the cursor, to make something of."""
        row = self.grid.body.row
        return "" if row is None else self._details.get(row.id) or row.cells.get("text", "")

    @on(Grid.Moved)
    def _show_detail(self) -> None:
        text = self._details.get(self.grid.row_id, "") if self.grid.row_id else self.empty()
        row = self.grid.body.row
        shown = row is not None and text == row.cells.get("text") and self._fits(row)
        self.detail.update(Content("" if shown else text))
        self.screen.refresh_bindings()  # some keys mean something on some rows only

    def _fits(self, row: Row) -> bool:
        """Whether the row shows its whole text beside its mark and what goes with it."""
        columns = self.grid.body.columns
        others = [one for one in columns if one.key == "mark" or row.cells.get(one.key)]
        room = sum(one.width + GAP for one in others if one.key != "text")
        return cell_width(row.cells.get("text", "")) < self.grid.size.width - room - GAP


def heading(id: str, text: str) -> tuple[Row, str]:
    """Return a line between groups of rows."""
    return Row(f"heading:{id}", {"mark": text}, heading=True), ""
