"""The list of a step: rows, over the whole text of the row that the cursor stands on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content

from data.cell_width import cell_width
from data.clock import today
from data.dates import show_near
from data.frozen import immutable
from data.i18n import _
from data.method.talk.outcomes import if_then_text
from data.method.view import MenteeView
from data.records import Action, ActionState
from data.store.change import Change
from screens.frame.base import BaseScreen
from screens.talk.desk import TalkDesk
from widgets.glyphs import glyphs
from widgets.grid import Column, Grid, Row, Tone
from widgets.grid_model import GAP
from widgets.marked import Marked

TextRow = tuple[Row, str]
"""A row and its whole text, which stands below the list where the row has no room for it; "" where
the row shows all there is."""


@immutable
class RowSource:
    """Where a list has its rows from."""

    rows: Callable[[], Sequence[TextRow]]
    """Returns the rows as the records are now; their ids are "kind:id of the record"."""
    task_of: Callable[[str], str] = lambda _row_id: ""
    """Returns the id of the task that a row is about, or "", by the id of the row."""
    is_line: Callable[[str], bool] = lambda _row_id: True
    """Returns whether something can be made of the text of a row, by the id of the row."""
    empty: Callable[[], str] = lambda: ""
    """Returns what to say where there are no rows."""


def split_id(row_id: str) -> tuple[str, str]:
    """Return the kind and the record's id of a row: "task:12" is ("task", "12")."""
    kind, _sep, id = row_id.partition(":")
    return kind, id


def heading(id: str, text: str) -> TextRow:
    """Return a line between groups of rows."""
    return Row(f"heading:{id}", {"mark": text}, heading=True), ""


def action_row(view: MenteeView, action: Action, *muted: str) -> TextRow:
    """Return the row of an action: whether it is done, what it is, who does it and by when.

    The cells named by `muted` are drawn quietly, besides the one that says who and when.
    """
    who = view.name_of(action.who).split(" ", maxsplit=1)[0]
    cells = {
        "mark": glyphs("✓") if action.state is ActionState.DONE else glyphs("○"),
        "text": action.what,
        "more": f"{who} {show_near(action.due, today()) if action.due else ''}".strip(),
    }
    tones: dict[str, Tone] = dict.fromkeys(("more", *muted), "muted")
    return Row(f"action:{action.id}", cells, tones=tones), action.what


def next_time_rows(desk: TalkDesk) -> Iterator[TextRow]:
    """Yield the lines "Next time ..., I will ..." of the talk under a heading, if there are any."""
    flow = desk.flow
    lines = [one for one in flow.view.intents if one.talk_id == flow.talk.id]
    if lines:
        yield heading("intents", _("Next time"))
    for line in lines:
        text = if_then_text(line)
        yield Row(f"intent:{line.id}", {"text": text}), text


def columns(rows: Sequence[Row] = ()) -> list[Column]:
    """Return the columns for these rows: a mark, the text, and what goes with it.

    What goes with a text takes no room from it where no row has any.
    """
    found = [Column("mark", "", 2), Column("text", "", 12, flex=1)]
    if any(row.cells.get("more") for row in rows):
        found.append(Column("more", "", 20))
    return found


class StepList(Vertical):
    """Rows of one step of a talk. A subclass has the keys that do something with them."""

    DEFAULT_CSS = """
    StepList { height: 1fr; min-height: 4; }
    StepList > Grid { height: 1fr; }
    StepList > .list-detail { height: auto; max-height: 5; color: $text-muted; padding: 0 1; }
    """

    def __init__(self, desk: TalkDesk, source: RowSource) -> None:
        """Make the list of a talk; `show_records` fills it from `source`."""
        super().__init__()
        self.desk = desk
        self.grid = Grid(columns(), header=False)
        self.detail = Marked(Content(""), classes="list-detail")
        self._source = source
        self._texts: dict[str, str] = {}
        """The whole text of each row, by its id."""
        self._laid = False
        """Whether it is mounted, so that it can show anything."""

    def compose(self) -> ComposeResult:
        """Lay the rows over the whole text of one of them."""
        yield self.grid
        yield self.detail

    def on_mount(self) -> None:
        """Show the rows."""
        self._laid = True
        self.show_records()

    def on_resize(self) -> None:
        """Say below the rows what they now have no room for."""
        self._show_detail()

    def show_records(self) -> None:
        """Bring the rows up to date with the records; the cursor stays on its row."""
        if not self._laid:
            return
        found = self._source.rows()
        self._texts = {row.id: text for row, text in found}
        rows = [row for row, _text in found]
        self.grid.show(rows, columns(rows))
        self._show_detail()

    # -- what the cursor stands on --------------------------------------------------------------

    @property
    def at(self) -> tuple[str, str]:
        """The kind and the record's id of the row under the cursor; "" and "" where none is."""
        return split_id(self.grid.row_id)

    @property
    def line(self) -> str:
        """The text of the row under the cursor, or "" where nothing can be made of it."""
        row = self.grid.body.row
        if row is None or not self._source.is_line(row.id):
            return ""
        return self._texts.get(row.id) or row.cells.get("text", "")

    @property
    def task_id(self) -> str:
        """The id of the task that the row under the cursor is about, or ""."""
        return self._source.task_of(self.grid.row_id)

    @property
    def editing(self) -> bool:
        """Whether something is being edited, so that the step cannot be left now."""
        return self.grid.editing

    async def finish_edit(self) -> bool:
        """Save what is being edited: nothing ever is, since rows are edited in forms."""
        return True

    @property
    def on_rows(self) -> bool:
        """Whether the rows have the focus.

        `has_focus` turns true only once they have been told of it, which a key may come before.
        """
        return self.screen.focused is self.grid.body

    def take_focus(self) -> None:
        """Give the rows the focus."""
        self.grid.focus()

    @on(Grid.Moved)
    def _show_detail(self) -> None:
        text = self._texts.get(self.grid.row_id, "") if self.grid.row_id else self._source.empty()
        row = self.grid.body.row
        shown = row is not None and text == row.cells.get("text") and self._fits(row)
        self.detail.update(Content("" if shown else text))
        self.screen.refresh_bindings()  # some keys mean something on some rows only

    def _fits(self, row: Row) -> bool:
        """Return whether the row shows its whole text beside its mark and what goes with it."""
        shown = self.grid.body.columns
        others = [one for one in shown if one.key == "mark" or row.cells.get(one.key)]
        room = sum(one.width + GAP for one in others if one.key != "text")
        return cell_width(row.cells.get("text", "")) < self.grid.size.width - room - GAP

    # -- for its keys, and the forms that they open ---------------------------------------------

    def commit(self, changes: Iterable[Change], what: str) -> None:
        """Commit changes of the talk as one step of undo, named by `what`, and show them."""
        self.desk.commit(changes, what)
        self.show_records()

    def say(self, text: str) -> None:
        """Say something in the notice line of the screen."""
        if isinstance(self.screen, BaseScreen):
            self.screen.say(text)
