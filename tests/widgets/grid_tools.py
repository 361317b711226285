"""A grid in an app of its own, for the tests of the grid."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import App, ComposeResult
from textual.message import Message

from widgets.grid import Column, Grid, Row, lettered

SIGNS = lettered(("", "None"), ("high", "High"), ("low", "Low"))
NAMES = ("Anne Beck", "Anders Ågård", "Bo Holm")


def number(text: str) -> str:
    """Echo a number, or say that it is none."""
    if text and not text.isdigit():
        raise ValueError(f"“{text}” is no number")
    return f"= {text}"


def names(text: str) -> Sequence[str]:
    return [name for name in NAMES if name.startswith(text)]


COLUMNS = (
    Column("name", "Name", 12, flex=1, fixed=True, edit="text"),
    Column("sign", "Sign", 8, edit="choice", choices=SIGNS),
    Column("size", "Size", 6, edit="text", right=True, check=number),
    Column("long", "Long", 10, edit="long"),
    Column("who", "Who", 10, edit="text", suggest=names),
)


def row(id: str, **cells: str) -> Row:
    return Row(id, {"name": f"name {id}", "size": "1", **cells})


class Gridded(App[None]):
    """A grid, and what it has told."""

    def __init__(self, rows: Sequence[Row], *, cells: bool = True) -> None:
        super().__init__()
        self.grid = Grid(COLUMNS, cells=cells)
        self.rows = list(rows)
        self.told: list[Message] = []
        self.hint = ("", False)

    def compose(self) -> ComposeResult:
        yield self.grid

    def on_mount(self) -> None:
        self.grid.show(self.rows)
        self.grid.focus()

    @on(Grid.Edited)
    @on(Grid.Chosen)
    @on(Grid.Opened)
    def keep(self, event: Message) -> None:
        self.told.append(event)

    @on(Grid.Hint)
    def hinted(self, event: Grid.Hint) -> None:
        self.hint = (event.text, event.problem)

    @property
    def edits(self) -> list[tuple[str, str, str]]:
        return [
            (one.row_id, one.column, one.text) for one in self.told if isinstance(one, Grid.Edited)
        ]

    @property
    def choices(self) -> list[tuple[str, str, str]]:
        return [
            (one.row_id, one.column, one.value) for one in self.told if isinstance(one, Grid.Chosen)
        ]

    @property
    def opened(self) -> list[tuple[str, str]]:
        return [(one.row_id, one.column) for one in self.told if isinstance(one, Grid.Opened)]

    def line(self, y: int) -> str:
        strips = self.screen._compositor.render_strips()
        return strips[y].text
