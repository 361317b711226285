"""The fields of a form: what each asks for, its widget, and what is wrong with its text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from textual.widget import Widget

from data.i18n import N_, _
from data.store.filling import TextEdit
from data.text import shorten
from widgets.checked_input import Check, CheckedInput, Suggest
from widgets.choice_field import ChoiceField
from widgets.grid import Choice, lettered
from widgets.note_area import NoteArea
from widgets.spoken import Spoken, listed

SAVE: Final = N_("Save")
"""What F10 does with most forms (msgid)."""


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
    """What to say if the field is left empty, translated; "" if it may be empty."""
    hint: str = ""
    """Shown in the field while it is empty."""
    proposed: bool = False
    """Whether `value` is only a proposal, such as today's date, and not what is stored."""
    kept: bool = True
    """Whether what is typed outlives a broken line: not where another person types to agree."""


def yes_no(key: str, label: str, value: bool) -> Field:
    """Return a field with the choices yes and no. Its text is "yes" or ""."""
    choices = lettered(("", _("no")), ("yes", _("yes")))
    return Field(key, label, "yes" if value else "", "choice", choices)


def leaving_text(done: str) -> str:
    """Return what is said at the first Esc of a form; `done` is the msgid of what F10 does."""
    if done == SAVE:
        return _("Esc again closes without saving; Ctrl+S or F10 saves")
    return _("Esc again closes this; Ctrl+S or F10: {what}").format(what=_(done))


def problem_in(field: Field, text: str) -> str:
    """Return what is wrong with the text of a field, translated; "" if nothing is."""
    if field.required and not text.strip():
        return field.required
    if field.check is not None:
        try:
            field.check(text)
        except ValueError as problem:
            return str(problem)
    return ""


def field_widget(field: Field) -> CheckedInput | ChoiceField | NoteArea:
    """Return the widget in which a field is filled in."""
    if field.kind == "choice":
        return ChoiceField(field.choices, field.value)
    if field.kind == "lines":
        return NoteArea(field.value)
    return CheckedInput(
        field.value, check=field.check, suggest=field.suggest, placeholder=field.hint
    )


def text_in(widget: CheckedInput | ChoiceField | NoteArea) -> str:
    """Return what is filled in there."""
    return widget.text if isinstance(widget, NoteArea) else widget.value


def named_field(spoken: Spoken, fields: Sequence[Field], key: str) -> Spoken:
    """Return what a field says, with its name and which of how many it is."""
    keys = [field.key for field in fields]
    if key not in keys:
        return spoken
    at = keys.index(key)
    place = _("field {number} of {all}").format(number=at + 1, all=len(keys))
    label = fields[at].label
    said = f"{label}: {spoken.line}" if spoken.line else label
    return replace(spoken, line=listed([said, place]))


def offer_text(widget: Widget, offered: TextEdit, *, taken: bool) -> str:
    """Return what is said of what a crashed session had typed in a field with a newer text.

    Args:
        widget: The field.
        offered: The newer text, and what had been typed.
        taken: Whether the field shows what had been typed.
    """
    theirs, mine = offered
    if isinstance(widget, ChoiceField):
        labels = {choice.value: choice.label for choice in widget.choices}
        theirs, mine = labels.get(theirs, theirs), labels.get(mine, mine)
    if taken:
        return _("Your text. Ctrl+N brings “{text}” back").format(text=shorten(theirs, 30))
    said = _("This is newer. You were writing “{text}”; Ctrl+N uses it")
    return said.format(text=shorten(mine, 30))
