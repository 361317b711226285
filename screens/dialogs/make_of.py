"""What to make of the line: one small list, for all places where text is written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from data.i18n import N_, _
from data.method.talk.make_of import Thing
from data.text import shorten
from screens.dialogs.base import Dialog
from widgets.glyphs import glyphs
from widgets.grid import Column, Grid, Row

_LABELS: dict[Thing, str] = {
    Thing.ACTION: N_("An action: who, and by when"),
    Thing.NEXT_STEP: N_("The next step of a task"),
    Thing.POTENTIAL: N_("A potential of a task"),
    Thing.GOAL: N_("A learning goal, with a date"),
    Thing.TASK: N_("A new task in the plan"),
    Thing.EXAMPLE: N_("An example of what went well"),
    Thing.TIP: N_("A tip for others, without names"),
    Thing.NEED: N_("A need, under Needs"),
    Thing.BOTH: N_("Keep the earlier next step too"),
    Thing.OFF: N_("Take it off the task; it stays in the talk"),
}


class MakeOfDialog(Dialog[Thing]):
    """A numbered list of things. Enter takes the first of them, or the one under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", N_("Make it"), priority=True),
        Binding("1", "number(1)", N_("By its number"), key_display="1-9"),
    ]
    DEFAULT_CSS = """
    MakeOfDialog Grid { height: auto; }
    MakeOfDialog GridBody { height: auto; }
    MakeOfDialog .line { height: auto; max-height: 2; padding: 0 1; color: $text-muted; }
    """

    def __init__(self, things: Sequence[Thing], line: str) -> None:
        """Make the dialog.

        Args:
            things: What can be made, the natural thing first.
            line: The line of which it is made; "" for none.
        """
        super().__init__(_("Make something of the line"))
        self._things = tuple(things)
        self._line = line
        columns = (Column("number", "", 1), Column("label", "", 30, flex=1))
        self.grid = Grid(columns, header=False)

    def body(self) -> ComposeResult:
        """Show the line above the list."""
        if self._line:
            text = shorten(self._line, 66)
            yield Static(Content(glyphs(_("“{line}”")).format(line=text)), classes="line")
        yield self.grid

    def on_mount(self) -> None:
        """Fill the list and begin on its first row."""
        self.grid.show(
            [
                Row(thing, {"number": str(number), "label": _(_LABELS[thing])})
                for number, thing in enumerate(self._things, 1)
            ]
        )
        self.grid.focus()

    def fit(self) -> None:
        """Limit the height of the list to the screen."""
        said = self.query(".line")
        self.give_room(self.grid, self.room - (2 if said else 0), len(self._things))

    @on(Grid.Opened)
    def _opened(self) -> None:
        self.action_take()

    def action_take(self) -> None:
        """Answer with the thing under the cursor."""
        if self.grid.row_id:
            self.dismiss(Thing(self.grid.row_id))

    def on_key(self, event: events.Key) -> None:
        """Take the digits that have no binding of their own."""
        if event.key in "23456789":
            event.stop()
            self.action_number(int(event.key))

    def action_number(self, number: int) -> None:
        """Answer with the thing that has this number."""
        if number <= len(self._things):
            self.dismiss(self._things[number - 1])


async def ask_thing(screen: Screen[None], things: Sequence[Thing], line: str) -> Thing | None:
    """Ask what to make of a line; None where it was given up. Call it from a worker."""
    return await screen.app.push_screen_wait(MakeOfDialog(things, line))
