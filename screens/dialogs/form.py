"""A form: labelled fields, filled in from the keyboard, returned as texts by key."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import ClassVar, Literal

from textual import events, on
from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from data.i18n import N_, _
from data.text import has_cpr
from screens.dialogs.base import Dialog
from screens.frame.base import BaseScreen
from screens.frame.unfinished import SWEEP_SECONDS, unfinished_of
from widgets.checked_input import Check, CheckedInput, Suggest
from widgets.choice_field import ChoiceField
from widgets.glyphs import glyphs
from widgets.grid import Choice, lettered
from widgets.note_area import NoteArea


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form."""

    key: str
    label: str
    value: str = ""
    kind: Literal["text", "lines", "choice"] = "text"
    choices: tuple[Choice, ...] = ()
    check: Check | None = None
    suggest: Suggest | None = None
    required: str = ""
    """What to say where it is left empty (translated); "" allows it."""
    hint: str = ""
    """Stands in the empty field."""


def yes_no(key: str, label: str, value: bool) -> Field:
    """Return a field that is yes ("yes") or no ("")."""
    choices = lettered(("", _("no")), ("yes", _("yes")))
    return Field(key, label, "yes" if value else "", "choice", choices)


LABEL_WIDTH = 23
"""Cells for what a field is called, with a mark before it and a blank after."""


class _Label(Static):
    """What a field is called; marked where the field has the focus."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text
        self.mark(False)

    def mark(self, here: bool) -> None:
        """Draw it as that of the field with the focus, or of another."""
        mark = glyphs("▎") if here else " "
        lines = wrap(self.text, LABEL_WIDTH - 2, initial_indent=mark, subsequent_indent=" ")
        self.update(Content("\n".join(lines)))


class FormDialog(Dialog[Mapping[str, str]]):
    """Fill in fields: Tab and Enter go on, F10 saves, Esc gives up (twice where text would go)."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f10", "save", N_("Save"), priority=True),
        Binding("tab", "step(1)", N_("Next field"), priority=True),
        Binding("shift+tab", "step(-1)", N_("Previous field"), show=False, priority=True),
        Binding("enter", "onward", N_("Next field, or save after the last"), show=False),
        Binding("down", "step(1)", show=False),
        Binding("up", "step(-1)", show=False),
    ]

    DEFAULT_CSS = """
    FormDialog VerticalScroll { height: auto; scrollbar-size-vertical: 1; }
    FormDialog Horizontal { height: auto; padding: 0 1 0 0; }
    FormDialog _Label { width: 23; }
    FormDialog CheckedInput, FormDialog ChoiceField { width: 1fr; }
    FormDialog CheckedInput, FormDialog NoteArea { background: $boost; }
    FormDialog NoteArea { width: 1fr; height: auto; min-height: 2; max-height: 6; }
    """

    def __init__(
        self,
        title: str,
        fields: Sequence[Field],
        *,
        validate: Callable[[Mapping[str, str]], str] | None = None,
        first: str = "",
        about: str = "",
    ) -> None:
        """Offer fields, with the cursor in `first`.

        `validate` gets all texts and returns what is wrong with them together, or "". `about` is
        the id of the record that is edited: what was filled in for it is offered for no other.
        """
        super().__init__(title)
        self.title_shown = title
        self.about = about
        self.fields = tuple(fields)
        self.validate = validate
        self.first = first
        self.inputs: dict[str, CheckedInput | ChoiceField | NoteArea] = {
            field.key: _input(field) for field in self.fields
        }
        self._labels = {field.key: _Label(field.label) for field in self.fields}
        self._wrong = ("", "")
        """Field and problem that saving has found, to be said when the field gets the focus."""
        self._began = self.texts()
        self._left: Mapping[str, str] | None = None
        """What stood there at the first Esc; the second leaves only where it still does."""

    def body(self) -> ComposeResult:
        """Lay the fields."""
        with VerticalScroll(can_focus=False):
            for field in self.fields:
                with Horizontal():
                    yield self._labels[field.key]
                    yield self.inputs[field.key]

    def on_mount(self) -> None:
        """Begin in the first field; long texts are read from their beginning."""
        for area in self.query(NoteArea):
            area.move_cursor((0, 0))
        self._go_on_with_what_was_left()
        start = self.first if self.first in self.inputs else self.fields[0].key
        self.inputs[start].focus()

    @property
    def _kept_as(self) -> str:
        """The key under which it is kept while it is being filled in."""
        below = self.app.screen_stack[-2] if len(self.app.screen_stack) > 1 else None
        mentee = below.standing_on()[0] if isinstance(below, BaseScreen) else ""
        return f"form:{type(below).__name__}:{mentee}:{self.about}:{self.title_shown}"

    def _go_on_with_what_was_left(self) -> None:
        """Fill in what stood here when a session died in the middle of it."""
        unfinished = unfinished_of(self.app)
        if unfinished is None:
            return
        key = self._kept_as
        left = unfinished.left(key).get(key)
        for name, text in (left or {}).items():
            field = self.inputs.get(name)
            if isinstance(field, NoteArea):
                field.text = text
            elif field is not None:
                field.value = text
        if left:
            self.call_after_refresh(self.say, _("Here is what you were filling in"))

    @on(Input.Changed)
    @on(NoteArea.Edited)
    @on(ChoiceField.Changed)
    def _keep(self) -> None:
        """Keep what was filled in, until it is saved or given up."""
        unfinished = unfinished_of(self.app)
        if unfinished is not None and self.texts() != self._began:
            unfinished.keep(self._kept_as, self.texts())

    @on(ChoiceField.Changed)
    def _say_choice(self, event: ChoiceField.Changed) -> None:
        if event.field.has_focus:
            self.say(event.field.said)

    @on(Input.Changed)
    @on(NoteArea.Edited)
    def _look_for_numbers(self, event: Input.Changed | NoteArea.Edited) -> None:
        """Warn about what looks like a CPR number; nobody is kept from writing."""
        text = event.text if isinstance(event, NoteArea.Edited) else event.value
        if has_cpr(text):
            # After what the field has to say about the same text.
            self.call_later(self.say, _("Possible CPR number – remove it"), problem=True)

    def dismiss(self, result: Mapping[str, str] | None = None) -> AwaitComplete:
        """Answer; what was kept goes when the one who asked has had time to save it."""
        unfinished, key = unfinished_of(self.app), self._kept_as
        if unfinished is not None:
            unfinished.end(key)
            self.app.set_timer(SWEEP_SECONDS, unfinished.sweep)
        return super().dismiss(result)

    def on_resize(self) -> None:
        """Let the fields scroll where they are too many for the screen."""
        self.query_one(VerticalScroll).styles.max_height = self.room

    def texts(self) -> dict[str, str]:
        """Return what the fields hold now."""
        return {
            key: field.text if isinstance(field, NoteArea) else field.value
            for key, field in self.inputs.items()
        }

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Say how the field's text is understood, or which keys it takes."""
        widget = event.widget
        for key, label in self._labels.items():
            label.mark(self.inputs[key] is widget)
        wrong, problem = self._wrong
        self._wrong = ("", "")
        self.say("")
        if wrong and self.inputs[wrong] is widget:
            self.say(problem, problem=True)
        elif isinstance(widget, CheckedInput):
            widget.introduce()
        elif isinstance(widget, ChoiceField):
            self.say(widget.said)

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_onward()

    def action_onward(self) -> None:
        """Go to the next field; save after the last."""
        keys = list(self.inputs)
        here = next((key for key in keys if self.inputs[key].has_focus), keys[-1])
        if here == keys[-1]:
            self.action_save()
        else:
            self.action_step(1)

    def action_step(self, way: int) -> None:
        """Go to another field."""
        if way > 0:
            self.focus_next()
        else:
            self.focus_previous()

    def action_save(self) -> None:
        """Answer with the texts, unless something is wrong; then go there and say it."""
        texts = self.texts()
        for field in self.fields:
            problem = self._problem(field, texts[field.key])
            if problem:
                self._wrong = (field.key, problem)
                self.inputs[field.key].focus()
                self.say(problem, problem=True)
                return
        wrong = self.validate(texts) if self.validate else ""
        if wrong:
            self.say(wrong, problem=True)
            return
        self.dismiss(texts)

    @staticmethod
    def _problem(field: Field, text: str) -> str:
        if field.required and not text.strip():
            return field.required
        if field.check is not None:
            try:
                field.check(text)
            except ValueError as problem:
                return str(problem)
        return ""

    def action_give_up(self) -> None:
        """Leave; asks for a second Esc where typed text would go."""
        texts = self.texts()
        if texts not in (self._began, self._left):
            self._left = texts
            self.say(_("Esc again leaves without saving; F10 saves"), problem=True)
            return
        self.dismiss(None)


def _input(field: Field) -> CheckedInput | ChoiceField | NoteArea:
    if field.kind == "choice":
        return ChoiceField(field.choices, field.value)
    if field.kind == "lines":
        return NoteArea(field.value)
    return CheckedInput(
        field.value, check=field.check, suggest=field.suggest, placeholder=field.hint
    )
