"""A text that was being typed about somebody who is gone: it goes on here, and is kept.

What is typed next would else be lost, or would be commands on the screen behind.
"""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from data.citizens import hint
from data.i18n import N_, _
from data.method.visibility import shows_all
from data.records import Conflict, Mentee
from data.store.change import Change
from data.store.store import Event
from screens.conflicts.screen import open_conflicts
from screens.frame.base import BaseScreen
from screens.frame.context import Context
from screens.frame.giving_way import Typed, gives_way
from screens.frame.title import Title
from widgets.keys import DONE
from widgets.note_area import NoteArea
from widgets.spoken import Spoken


class KeptTextScreen(BaseScreen[None]):
    """A field with what was being typed; it is kept as a conflict, as far as it is written."""

    HELP_TOPIC = "conflicts"
    IN_PASSING: ClassVar[bool] = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "back", N_("Done"), priority=True),
        Binding("f10,ctrl+s", "back", N_("Done"), priority=True, key_display=DONE),
    ]
    DEFAULT_CSS = """
    KeptTextScreen .kept-head { height: auto; padding: 0 1; margin-bottom: 1; text-style: bold; }
    KeptTextScreen NoteArea { height: 1fr; padding: 0 1; }
    """

    def __init__(self, context: Context, typed: Typed) -> None:
        """Make the screen; `typed` is what was being typed, and where."""
        super().__init__(context)
        self.typed = typed
        self.area = NoteArea(typed.text)
        self.area.keep = self._keep
        self.head = Static(Content(""), classes="kept-head")
        self._record = next((one for one in open_conflicts(self.store) if typed.is_in(one)), None)
        """What keeps the text; None while nothing is written."""
        self._in_shared_view = not shows_all(context.reader)
        """Whether the mentee saw the text while it was typed."""
        if self._record is not None:
            self._keep(self._record.mine, typed.text)
        else:
            self._keep("", typed.text)

    def body(self) -> ComposeResult:
        """Put what has happened above the text."""
        yield self.head
        yield self.area

    def on_mount(self) -> None:
        """Let the user go on typing."""
        super().on_mount()
        self.area.focus()

    def headline(self) -> Title:
        """Return the screen's name."""
        return Title(_("Your text"))

    def names(self, spoken: Spoken) -> Spoken:
        """Return the text with what has happened."""
        said = str(self.head.content)
        return replace(spoken, line=said) if self.area.display else Spoken(said)

    def show_records(self) -> None:
        """Say why the text is here; hide it where the view has become shared since."""
        hidden = not shows_all(self.context.reader) and not self._in_shared_view
        if self.area.display is hidden:
            self.area.display, self.area.disabled = not hidden, hidden
            if not hidden:
                self.area.focus()
        said = _("Hidden in shared view; F6 shows it again.") if hidden else self._said()
        self.head.update(Content(said))

    def _said(self) -> str:
        kept = _("What you write here is kept for you alone; ! shows it again.")
        if self.store.lost_access.of_team:
            kept = _("What you write here is kept on this computer, for you alone.")
        return f"{self.typed.why} {kept}"

    def _on_store(self, event: Event) -> None:
        super()._on_store(event)
        gives_way(self, self.typed.mentee_id, event)

    def _keep(self, before: str, text: str) -> None:
        """Keep the text as it is now."""
        what = _("text that is kept")
        if self._record is not None:
            self.store.type_text(self._record, "mine", text, what, shown=before)
        elif text.strip():
            self._record = self.typed.conflict(text)
            self.store.begin_text(self._record, "mine", what, instead=self.typed.place)

    @on(NoteArea.Edited)
    def _look_for_numbers(self, event: NoteArea.Edited) -> None:
        event.stop()
        said = hint(event.text)
        self.notices.understood(said, problem=bool(said))

    def action_back(self) -> None:
        """Go back; a text of which nothing is left is not kept."""
        self.store.end_typing()
        kept = self.store.get(Conflict, self._record.id) if self._record is not None else None
        if kept is not None and not kept.mine.strip():
            self.commit([Change.deleted(kept)], _("text that is kept"))
            kept = None
        there = [
            one
            for one in self.app.screen_stack
            if isinstance(one, BaseScreen) and one is not self and not self._is_gone(one)
        ]
        super().action_back()
        if kept is not None and there:
            there[-1].notices.tell(_("What you were typing is kept: ! shows it"), None)

    def _is_gone(self, screen: BaseScreen[object]) -> bool:
        """Whether a screen behind goes too, because it is about somebody who is gone."""
        about = screen.renewal.about
        return bool(about) and self.store.get(Mentee, about) is None
