"""A field of a record: what stands in it, said in a line, and the line that changes it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from data.citizens import hint
from data.dates import EntryError
from data.i18n import _
from tui.cli.base import say_wrapped
from tui.cli.plain.desk import Desk
from tui.cli.plain.dialogue import as_number, begins
from tui.cli.plain.line import more_has_come, read_line
from tui.cli.plain.moves import GoTo
from tui.cli.plain.place import Place

NOTHING: Final = "-"
"""What empties a field."""
IN_PROMPT: Final = 40
"""What is longer is said before the prompt, which is not broken into lines."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field, as it was when it was said."""

    label: str
    text: str
    """What stands in it; "" for nothing."""
    write: Callable[[str], str]
    """Saves what was typed, or the value that was chosen, and returns it as it was understood; ""
    where there is nothing to say. The change begins with what was said, or with what this function
    has saved since. Raises `EntryError` for what cannot be read, and nothing has changed."""
    takes: str = ""
    """What can be written, to the one who asks by `?`."""
    choices: tuple[tuple[str, str], ...] = ()
    """What can be chosen: value and word; none where a text is typed."""
    is_long: bool = False
    """Whether it may have several lines: a paste of several is one text."""
    can_be_empty: bool = True
    place: Callable[[], Place] | None = None
    """Makes the place in which it is seen to, where a line is not enough."""
    shut: str = ""
    """Why it cannot be seen or changed here; "" where it can."""

    @property
    def now(self) -> str:
        """What stands in it, in one line."""
        return " ".join(self.text.split())


def say_field(number: int, field: Field) -> None:
    """Say a field with its number."""
    say_wrapped(f"{number}. {field.label}: {field.shut or field.now or '–'}")


def change(desk: Desk, field: Field, typed: str = "") -> None:
    """Change a field to what was typed with its number, or else to what is asked for.

    What cannot be read is asked for again; an empty line leaves the field as it is.
    """
    if field.shut:
        say_wrapped(field.shut)
        if typed:
            desk.keep(typed)
        return
    if field.place is not None:
        if typed:
            desk.keep(typed)
        raise GoTo(field.place())
    line = typed
    while line or (line := desk.ask(_prompt(field), _takes(field))):
        try:
            value = _value(field, line)
            said = field.write(value)
        except EntryError as problem:
            desk.refuse(line, str(problem))
            line = ""
            continue
        while field.is_long and more_has_come():  # each line of a paste is saved at once
            value = f"{value}\n{read_line('')}"
            field.write(value)
        say_wrapped(said or _("Saved: {field}").format(field=field.label))
        if field.is_long and field.now and not line.startswith("+"):
            say_wrapped(_("Replaces: {text}").format(text=field.now))
        if warned := hint(line):
            say_wrapped(f"{warned}.")
        return


def _prompt(field: Field) -> str:
    if field.choices:
        words = [word for _value, word in field.choices]
        say_wrapped(", ".join(f"{number} {word}" for number, word in enumerate(words, 1)))
    if len(field.now) > IN_PROMPT:
        say_wrapped(f"{field.label}: {field.now}")
        return field.label
    return _("{field} (now: {text})").format(field=field.label, text=field.now or "–")


def _takes(field: Field) -> str:
    takes = field.takes
    if not takes:
        takes = (
            _("Write a number, or the start of a word.")
            if field.choices
            else _("What you write takes the place of what stands there.")
        )
        if field.is_long:
            takes += " " + _("A plus sign in front adds it instead.")
    empties = " " + _("{sign} empties the field.").format(sign=NOTHING)
    return (
        takes + (empties if field.can_be_empty else "") + " " + _("An empty line changes nothing.")
    )


def _value(field: Field, line: str) -> str:
    """Return what is to be written into the field. Raises `EntryError` for no choice of it."""
    if line == NOTHING and field.can_be_empty:
        return ""
    if field.choices:
        words = [word for _value, word in field.choices]
        number = as_number(line, len(words))
        found = [number] if number is not None else begins(words, line)
        if len(found) != 1:
            raise EntryError(_("Write a number, or the start of a word."))
        return field.choices[found[0]][0]
    if field.is_long and line.startswith("+"):
        return "\n".join(filter(None, (field.text.rstrip(), line[1:].strip())))
    return line
