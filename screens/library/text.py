"""The screen on which the workplace rewrites a text of the library; each character is saved."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from data.citizens import hint
from data.i18n import N_, language
from data.queries.own_texts import library_text, own_record
from data.records import OwnText, part_id
from screens.frame.base import BaseScreen
from screens.frame.context import Context
from screens.frame.title import Title
from widgets.keys import DONE
from widgets.note_area import NoteArea


class TextScreen(BaseScreen[None]):
    """A field to write in; Esc goes back. There is nothing to save."""

    HELP_TOPIC = "library"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", N_("Done"), priority=True),
        Binding("f10,ctrl+s", "back", N_("Done"), priority=True, key_display=DONE),
    ]
    DEFAULT_CSS = """
    TextScreen NoteArea { height: 1fr; padding: 0 1; max-width: 100; }
    """

    def __init__(self, context: Context, key: str) -> None:
        super().__init__(context)
        self.key = key
        self.area = NoteArea(library_text(self.store, language(), key).text)
        self.area.keep = self._keep

    def body(self) -> ComposeResult:
        """Show the text."""
        yield self.area

    def on_mount(self) -> None:
        """Put the cursor at the beginning of the text."""
        super().on_mount()
        self.area.move_cursor((0, 0))
        self.area.focus()

    def headline(self) -> Title:
        """Return the title of the text."""
        return Title(self._text_title)

    @property
    def _text_title(self) -> str:
        return library_text(self.store, language(), self.key).title

    def show_records(self) -> None:
        """Show what somebody else has written in the text, once the user pauses."""
        text = library_text(self.store, language(), self.key).text
        if text != self.area.text and own_record(self.store, self.key) is not None:
            self.area.show_changed_elsewhere(text)

    def on_note_area_paused(self, event: NoteArea.Paused) -> None:
        """Show what others wrote while the user was typing."""
        event.stop()
        self.show_records()

    def _keep(self, before: str, text: str) -> None:
        own = own_record(self.store, self.key)
        if own is None:
            own = OwnText(id=part_id(OwnText.table, self.key), key=self.key)
            self.store.begin_text(replace(own, text=text), "text", self._text_title)
        else:
            self.store.type_text(own, "text", text, self._text_title, shown=before)

    @on(NoteArea.Edited)
    def _look_for_numbers(self, event: NoteArea.Edited) -> None:
        event.stop()
        if said := hint(event.text):
            self.say(said, problem=True)

    def action_back(self) -> None:
        """Go back. What was written becomes one step of undo."""
        self.store.end_typing()
        super().action_back()
