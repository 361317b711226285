"""Choose a file by typing its path; the files that fit stand below."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input

from data.dates import show_date
from data.documents.importing.paths import Offered, chosen_path, completed, offered
from data.i18n import N_, _
from screens.dialogs.base import Dialog
from widgets.grid import Column, Grid, Row
from widgets.line_input import LineInput

_ROWS = 12


class FileDialog(Dialog[str]):
    """A line for a path, above the files and folders that it may become. The answer is the path.

    Tab completes what has been typed. Enter takes the file under the cursor, or goes into the
    folder.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "pick", N_("Choose"), priority=True),
        Binding("tab", "complete", N_("Complete"), priority=True),
        Binding("down", "move(1)", N_("Next"), show=False, priority=True),
        Binding("up", "move(-1)", N_("Previous"), show=False, priority=True),
        Binding("pagedown", "page(1)", show=False, priority=True),
        Binding("pageup", "page(-1)", show=False, priority=True),
    ]

    DEFAULT_CSS = """
    FileDialog LineInput { margin: 0 1; background: $boost; }
    FileDialog Grid, FileDialog GridBody { height: auto; }
    """

    def __init__(
        self, title: str, folder: Path, *, typed: str = "", problem: str = "", lists: bool = True
    ) -> None:
        """Make a dialog.

        Args:
            title: The title, translated.
            folder: The folder of documents, which is looked in first.
            typed: What stands in the line at first.
            problem: What to say at first, such as why the file chosen before was not read.
            lists: Whether to show files. Their names may name mentees, so it is False where
                somebody looks on.
        """
        super().__init__(title)
        self.folder = folder
        self.problem = problem
        self.lists = lists
        self.found: list[Offered] = []
        self.line = LineInput(typed, placeholder=_("Path of the file"))
        columns = [Column("name", "", 30, flex=1, keeps_end=True), Column("changed", "", 11)]
        self.grid = Grid(columns, header=False, takes_focus=False)

    def body(self) -> ComposeResult:
        """Put the line above the files."""
        yield self.line
        yield self.grid

    def on_mount(self) -> None:
        """Show what there is, and give the focus to the line."""
        self._show()
        if self.problem:
            self.say(self.problem, problem=True)
        self.line.focus()

    def fit(self) -> None:
        """Limit the height of the files to the screen; they scroll if there are too many."""
        self.give_room(self.grid, self.room - 1, _ROWS, least=3)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        if event.value != self._shown_for:
            self._show()

    _shown_for = ""

    def _show(self) -> None:
        self._shown_for = self.line.value
        self.found = offered(self.line.value, self.folder) if self.lists else []
        self.grid.show(
            [
                Row(
                    str(place),
                    {"name": self._label(one), "changed": show_date(one.changed)},
                    short={"name": one.name},
                )
                for place, one in enumerate(self.found)
            ]
        )
        if self.found:
            self.grid.go_to("0")
        if not self.lists:
            self.say(_("In shared view no files are listed; type the path"))
        elif not self.found and not self.line.value:
            self.say(_("No files here yet; type a path, Tab completes it"))
        else:
            self.say("")

    def _label(self, one: Offered) -> str:
        """Return the name of a file; with its folder where that has not been typed."""
        return one.name if "/" in self.line.value else one.text

    @property
    def _at(self) -> Offered | None:
        return self.found[int(self.grid.row_id)] if self.grid.row_id else None

    def action_complete(self) -> None:
        """Complete what was typed as far as it is clear, or else with the row of the cursor."""
        typed = self.line.value
        text = completed(typed, self.found)
        if text == typed and self._at is not None:
            text = self._at.text
        self._put(text)

    def _put(self, text: str) -> None:
        self.line.value = text
        self.line.action_end()
        self._show()

    def action_move(self, way: int) -> None:
        """Move the cursor to the next file (`way` is 1) or the previous one (-1)."""
        self.grid.body.action_move(way, 0)

    def action_page(self, way: int) -> None:
        """Move the cursor down by a page (`way` is 1) or up (-1)."""
        self.grid.body.action_page(way)

    def action_pick(self) -> None:
        """Answer with the file under the cursor, or with the path if no file fits it."""
        at, typed = self._at, self.line.value.strip()
        exact = bool(typed) and chosen_path(typed, self.folder).is_file()
        if at is not None and not exact:
            if at.text.endswith("/"):
                self._put(at.text)
            else:
                self.dismiss(at.text)
        elif typed:
            self.dismiss(typed)
