"""What was pasted into a field of a form and goes on behind a tab: it belongs into the next fields.

So a row of a table, or a name, Tab and a date in one go, stand where they would if they were typed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from data.i18n import _, ngettext
from data.text import clean, shorten
from screens.dialogs.base import Dialog
from widgets.checked_input import CheckedInput
from widgets.choice_field import ChoiceField
from widgets.note_area import NoteArea

Input = CheckedInput | ChoiceField | NoteArea


def paste_on(
    form: Dialog[Any], inputs: Mapping[str, Input], key: str, parts: Sequence[str]
) -> None:
    """Put parts into the fields after one, give the focus to the last of them, and say so.

    Args:
        form: The form.
        inputs: The fields of the form, from the top.
        key: The field before the first of them.
        parts: What was pasted, one part for each field; an empty one leaves its field as it is.
    """
    keys = [one for one, field in inputs.items() if not field.disabled]
    after = keys[keys.index(key) + 1 :]
    left = [part for part in parts[len(after) :] if part.strip()]
    for one, part in zip(after, parts, strict=False):
        inputs[one].focus()
        if part.strip() and not _put(inputs[one], part):
            left.append(part)
    # later, because the field that gets the focus says something and would replace this
    form.call_after_refresh(_say, form, 1 + min(len(parts), len(after)), left)


def _say(form: Dialog[Any], number: int, left: Sequence[str]) -> None:
    if left:
        text = _("Pasted, but there is no place for “{text}”")
        without = shorten(clean(" ".join(left), lines=False), 30)
        form.say(text.format(text=without), problem=True)
        return
    text = ngettext(
        "Pasted into {number} field: look it through",
        "Pasted into {number} fields: look them through",
        number,
    )
    form.say(text.format(number=number))


def _put(field: Input, text: str) -> bool:
    """Put a text into a field, behind what is there; return whether it could take it."""
    if isinstance(field, CheckedInput):
        field.action_end()
        field.put(text)
        return True
    if isinstance(field, NoteArea):
        field.move_cursor(field.document.end)
        field.insert(clean(text, lines=True))
        return True
    wanted = text.strip().casefold()
    for choice in field.choices:
        if wanted in {choice.label.casefold(), choice.value.casefold(), choice.letter.casefold()}:
            field.choose(choice.value)
            return True
    return False
