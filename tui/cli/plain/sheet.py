"""A record, line by line: its fields have numbers, by which they are changed."""

from __future__ import annotations

import re
from abc import abstractmethod
from collections.abc import Sequence
from typing import Final

from data.i18n import _
from tui.cli.base import say_wrapped
from tui.cli.plain.desk import Desk
from tui.cli.plain.dialogue import as_number, begins, several
from tui.cli.plain.field import Field, change, say_field
from tui.cli.plain.moves import Leave
from tui.cli.plain.place import Place

_NUMBERED: Final = re.compile(r"([0-9]{1,3})(?:[.:]?\s+(.*))?")
"""The number of a field, and what it is to become."""


class Sheet(Place):
    """A record that is open: an empty line closes it."""

    def __init__(self, desk: Desk, mentee_id: str = "", task_id: str = "") -> None:
        super().__init__(desk, mentee_id, task_id)
        self._heard: list[Field] = []
        """The fields as they were said last."""

    @abstractmethod
    def heading(self) -> list[str]:
        """Return what is said before the fields. Raises `Leave` where the record is gone."""

    @abstractmethod
    def fields(self) -> Sequence[Field]:
        """Return the fields as they are now. Raises `Leave` where the record is gone."""

    def more(self) -> list[str]:
        """Return what is said after the fields."""
        return []

    @property
    def takes(self) -> str:
        """What can be written here."""
        return _(
            "The number of a field, or the start of its name, changes it; with the new text after "
            "the number it is one line, such as 2 Friday. An empty line closes this."
        )

    def say(self) -> None:
        """Say the fields in which something stands, and name the others."""
        for line in self.heading():
            say_wrapped(line)
        self._heard = list(self.fields())
        for number, field in enumerate(self._heard, 1):
            if field.now or field.shut:
                say_field(number, field)
        empty = [
            f"{number} {field.label}"
            for number, field in enumerate(self._heard, 1)
            if not field.now and not field.shut
        ]
        if empty:
            say_wrapped(_("Empty: {fields}.").format(fields=", ".join(empty).rstrip(".")))
        for line in self.more():
            say_wrapped(line)

    def again(self) -> None:
        """Say what has changed in the fields since they were said."""
        self._renew()

    def take(self, line: str) -> None:
        """Change a field, or close the record."""
        if not line:
            raise Leave
        field, typed = self._meant(line)
        if field is not None:
            change(self.desk, field, typed)
            self._renew(field.label)
            return
        labels = [one.label for one in self._heard]
        found = begins(labels, line)
        if len(found) > 1:
            say_wrapped(several(labels[place] for place in found))
        else:
            self.desk.refuse(line, _("? says what you can write here."))

    def _meant(self, line: str) -> tuple[Field | None, str]:
        """Return the field that a line is about, and the text for it; "" where it is asked for."""
        numbered = _NUMBERED.fullmatch(line)
        if numbered:
            place = as_number(numbered[1], len(self._heard))
            return (None, "") if place is None else (self._heard[place], numbered[2] or "")
        labels = [field.label for field in self._heard]
        found = begins(labels, line)
        name, colon, text = line.partition(":")
        if not found and colon:
            found, line = begins(labels, name), text
            return (self._heard[found[0]], text.strip()) if len(found) == 1 else (None, "")
        return (self._heard[found[0]], "") if len(found) == 1 else (None, "")

    def _renew(self, changed: str = "") -> None:
        """Take the fields as they are now; say those that others have changed meanwhile.

        `changed` is the label of the field that was changed here, and has been said.
        """
        before = {field.label: field for field in self._heard}
        self._heard = list(self.fields())
        for number, field in enumerate(self._heard, 1):
            old = before.get(field.label)
            if field.label != changed and old is not None and old.now != field.now:
                say_field(number, field)
