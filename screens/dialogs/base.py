"""What dialogs share: a box with a title, its own notice line, and translated bindings."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar, TypeVar

from textual import on
from textual.app import ComposeResult
from textual.binding import ActiveBinding, Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from data.i18n import N_, _
from widgets.bars import KeyBar, NoticeBar
from widgets.checked_input import Understood
from widgets.keys import key_label

Answer = TypeVar("Answer")


class Dialog(ModalScreen[Answer | None]):
    """A box over the screen. Its answer is None where it was given up."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "give_up", N_("Cancel"))]

    DEFAULT_CSS = """
    Dialog { align: center middle; }
    Dialog > Vertical { width: 90%; max-width: 76; height: auto; max-height: 90%; padding: 0 1; }
    Dialog .dialog-title { height: 1; text-style: bold; }
    """

    def __init__(self, title: str) -> None:
        """Make a dialog. `title` is translated; it may hold user text and is never markup."""
        super().__init__()
        self.heading = title
        self.notice_bar = NoticeBar()
        self.key_bar = KeyBar()

    def compose(self) -> ComposeResult:
        """Lay the box."""
        with Vertical():
            yield Static(Content(self.heading), classes="dialog-title")
            yield from self.body()
            yield self.notice_bar
            yield self.key_bar

    def body(self) -> ComposeResult:
        """Lay what is inside."""
        yield from ()

    def on_mount(self) -> None:
        """Show the keys."""
        self.bindings_updated_signal.subscribe(self, self._show_keys)
        self._show_keys()

    def say(self, text: str, *, problem: bool = False) -> None:
        """Say something in the dialog's own notice line."""
        self.notice_bar.show(text, problem=problem)

    @on(Understood)
    def _show_understood(self, event: Understood) -> None:
        event.stop()
        self.say(event.text, problem=event.problem)

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """The bindings that work here now, with their descriptions translated."""
        return {
            key: active._replace(
                binding=replace(active.binding, description=_(active.binding.description))
                if active.binding.description
                else active.binding
            )
            for key, active in super().active_bindings.items()
        }

    def _show_keys(self, _screen: object = None) -> None:
        seen: set[str] = set()
        keys = []
        for active in self.active_bindings.values():
            binding = active.binding
            if binding.show and active.enabled and binding.action not in seen:
                seen.add(binding.action)
                keys.append((key_label(binding), binding.description))
        self.key_bar.show(keys)

    def action_give_up(self) -> None:
        """Leave without an answer."""
        self.dismiss(None)
