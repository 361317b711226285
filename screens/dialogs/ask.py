"""A question that is answered with a key, such as yes or no."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from data.i18n import N_, _
from screens.dialogs.base import EXPLAINS, Answer, Dialog
from widgets.keys import YES, yes_key
from widgets.spoken import Spoken


class Question(Dialog[Answer]):
    """A question with an explanation, which the arrows scroll where it has no room."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "scroll_line(1)", show=False),
        Binding("up", "scroll_line(-1)", show=False),
        Binding("pagedown", "scroll_page(1)", show=False),
        Binding("pageup", "scroll_page(-1)", show=False),
    ]

    ANSWERS = 2

    DEFAULT_CSS = """
    Question VerticalScroll { height: auto; padding: 0 1; scrollbar-size-vertical: 1; }
    """

    def __init__(self, title: str, explanation: str = "") -> None:
        """Make a question: what is asked, and what there is to say about it, both translated."""
        super().__init__(title)
        self.explanation = explanation
        self.heading.can_focus = True

    def texts(self) -> Iterator[str]:
        """Yield the paragraphs of the explanation, translated."""
        if self.explanation:
            yield self.explanation

    def body(self) -> ComposeResult:
        """Show the explanation, if there is one."""
        with VerticalScroll(can_focus=False):
            for text in self.texts():
                yield Static(Content(text), classes=EXPLAINS)

    def on_mount(self) -> None:
        """Put the focus on the question."""
        self.heading.focus()

    def fit(self) -> None:
        """Limit the height of the explanation to the screen."""
        self.query_one(VerticalScroll).styles.max_height = self.room

    def action_scroll_line(self, way: int) -> None:
        """Scroll the explanation by a line, down (`way` is 1) or up (-1)."""
        self.query_one(VerticalScroll).scroll_relative(y=way, animate=False)

    def action_scroll_page(self, way: int) -> None:
        """Scroll it by what is in sight."""
        pane = self.query_one(VerticalScroll)
        pane.scroll_relative(y=way * pane.size.height, animate=False)


class AskDialog(Question[bool]):
    """Ask whether to go on with something that deletes. The answer is True for yes.

    Only `y` and `j` mean yes. Enter does not, because users press it out of habit.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y,j", "yes", N_("Yes"), key_display=YES),
        Binding("n", "give_up", N_("No")),
    ]

    def __init__(self, title: str, explanation: str = "", *, undoable: bool = True) -> None:
        """Make a question.

        Args:
            title: The question, translated.
            explanation: What a yes will do, translated; "" if the question says it all.
            undoable: Whether `u` can undo it afterwards; the dialog then says so.
        """
        super().__init__(title, explanation)
        self.undoable = undoable
        self.still_has_it = ""
        """What has a record for a while that a yes deletes, translated; "" if it deletes none."""

    def texts(self) -> Iterator[str]:
        """Yield the explanation, and what still has what is deleted."""
        yield from super().texts()
        if self.still_has_it:
            yield self.still_has_it

    def on_mount(self) -> None:
        """Say that it can be undone, if it can."""
        if self.undoable:
            self.say(_("It can be undone with u"))

    def names(self, spoken: Spoken) -> Spoken:
        """Return the keys that answer the question."""
        keys = _("{y} yes, {n} no").format(y=yes_key(), n="n")
        return super().names(replace(spoken, line=keys))

    def action_yes(self) -> None:
        """Answer yes."""
        self.dismiss(True)
