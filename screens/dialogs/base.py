"""What dialogs share: a box with a title, its own notice line, and translated bindings."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar, TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import ActiveBinding, Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Offset
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Static

from data.i18n import N_, _
from screens.frame.keys import keep_cursor, shown_keys, translated
from widgets.bars import KeyBar, NoticeBar
from widgets.edit_messages import Understood
from widgets.glyphs import ascii_only
from widgets.grid import Grid
from widgets.spoken import Spoken

Answer = TypeVar("Answer")

EXPLAINS = "explanation"
"""The class of a text that says more about what a dialog asks."""
FRAME_ROWS = 5
"""Rows of a dialog round its body: the box, the title, the notice and the keys."""


class _Title(Static):
    """The title of a dialog. It gets the focus in dialogs that have nothing else to focus."""

    @property
    def cursor_screen_offset(self) -> Offset:
        """Where the terminal's cursor belongs."""
        return self.content_region.offset

    def spoken(self) -> Spoken:
        """Return nothing: the dialog says its title."""
        return Spoken()


class Dialog(ModalScreen[Answer | None]):
    """A box over the screen that asks for something. Its answer is None if the user cancelled."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "give_up", N_("Cancel")),
        Binding("f1", "app.help", N_("Help")),
    ]

    DEFAULT_CSS = """
    Dialog { align: center middle; }
    Dialog > Vertical {
        width: 100%;
        max-width: 80;
        height: auto;
        max-height: 100%;
        border: solid $foreground-muted;
        background: $surface;
    }
    Dialog.-ascii > Vertical { border: ascii $foreground-muted; }
    Dialog.-covered > Vertical > * { visibility: hidden; }
    Dialog.-covered NoticeBar, Dialog.-covered KeyBar { visibility: visible; }
    Dialog _Title { height: auto; max-height: 3; padding: 0 1; text-style: bold; }
    """

    ANSWERS: ClassVar[int] = 1
    """How many of its keys answer it: these are seen however narrow the terminal is."""

    def __init__(self, title: str) -> None:
        """Make a dialog.

        Args:
            title: The title, translated. It may hold user text, so it is never markup.
        """
        super().__init__(classes="-ascii" if ascii_only() else None)
        self.title_text = title
        self.heading = _Title(Content(title))
        self.notice_bar = NoticeBar(shrinks=False)
        self.key_bar = KeyBar()
        self._typed_in: Widget | None = None
        """What had the focus when the dialog was hidden."""

    def compose(self) -> ComposeResult:
        """Put the title, the body, the notice line and the keys into the box."""
        with Vertical():
            yield self.heading
            yield from self.body()
            yield self.notice_bar
            yield self.key_bar

    def body(self) -> ComposeResult:
        """Yield the widgets between the title and the notice line; each dialog has its own."""
        yield from ()

    def on_mount(self) -> None:
        """Show the keys, and show them again whenever they change."""
        self.bindings_updated_signal.subscribe(self, self._show_keys)
        keep_cursor(self)
        self._show_keys()
        # A title or message of several lines takes them from the body: the keys stay in sight.
        for part in (self.heading, self.notice_bar):
            self.watch(part, "virtual_size", self._make_room, init=False)

    @property
    def room(self) -> int:
        """How many rows the body may take up at most: so many that all keys are seen below it."""
        parts = (self.heading, self.notice_bar)
        more_lines = sum(max(part.size.height - 1, 0) for part in parts)
        return max(self.size.height - FRAME_ROWS - more_lines, 1)

    def names(self, spoken: Spoken) -> Spoken:
        """Return what the place says, with the title of the dialog; nothing while it is hidden."""
        if self.has_class("-covered"):
            return Spoken(_("Hidden in shared view; F6 shows it again."))
        texts = tuple(str(one.content) for one in self.query(Static) if one.has_class(EXPLAINS))
        return replace(spoken, heading=self.title_text, above=(*spoken.above, *texts))

    def give_room(self, grid: Grid, rows: int, most: int, least: int = 1) -> None:
        """Limit the height of a list to so many rows, at least one; it scrolls if it has more.

        Args:
            grid: The list.
            rows: How many rows there is room for.
            most: How high it is at most, whatever the room.
            least: How high it is, however few rows it has, where there is room for that.
        """
        rows = max(min(rows, most), 1)
        for part in (grid, grid.body):
            part.styles.max_height = rows
        grid.styles.min_height = min(rows, least)

    def fit(self) -> None:
        """Limit the body to the `room` that there is now; each dialog with a body has its own."""

    @on(events.Resize)
    def _make_room(self) -> None:
        self.fit()

    def say(self, text: str, *, problem: bool = False) -> None:
        """Show a message in the dialog's own notice line; `problem` if something is wrong."""
        self._tell(text, problem=problem)

    def hint(self, text: str) -> None:
        """Say something about what stands in a field; who hears the field has heard it there."""
        self._tell(text, problem=False, typed=True)

    def _tell(self, text: str, *, problem: bool, typed: bool = False) -> None:
        """Show a message, unless the dialog is hidden: it may quote what is."""
        if not self.has_class("-covered"):
            passing = typed and not problem
            self.notice_bar.show(text, problem=problem, passing=passing, about_typing=typed)

    def cover(self, covered: bool) -> None:
        """Hide the content of a dialog when the shared view begins over it, or show it again.

        What is hidden loses the focus, and has it again afterwards.
        """
        if covered and self.focused is not None:
            self._typed_in = self.focused
            self.set_focus(None)
        self.set_class(covered, "-covered")
        if not covered and self._typed_in is not None:
            self.app.stylesheet.update(self)  # the focus is only for what can be seen
            self.set_focus(self._typed_in)
        said = _("Hidden in shared view; F6 shows it again.") if covered else ""
        self.notice_bar.show(said)

    @on(Understood)
    def _show_understood(self, event: Understood) -> None:
        event.stop()
        self._tell(event.text, problem=event.problem, typed=True)

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """The bindings that work here now, with their descriptions translated."""
        return translated(super().active_bindings)

    def _show_keys(self, _screen: object = None) -> None:
        self.key_bar.show(*shown_keys(self), needed=self.ANSWERS)

    @property
    def keeps_typed(self) -> bool:
        """Whether it holds words of the user's that are kept where what it is about is gone."""
        return False

    def leave(self) -> None:
        """Close without an answer, unasked: what it is about is not shown to the user any more."""
        self.dismiss(None)

    def action_give_up(self) -> None:
        """Close the dialog without an answer."""
        self.dismiss(None)
