"""A list, line by line: each line has a number, and is opened by it or by the start of its name."""

from __future__ import annotations

import re
from abc import abstractmethod
from collections.abc import Mapping, Sequence
from typing import ClassVar, Final, NamedTuple

from data.i18n import _, ngettext
from tui.cli.base import say_wrapped
from tui.cli.plain.dialogue import as_number, begins, several
from tui.cli.plain.place import Place

_KEY: Final = re.compile(r"([a-zæøå])(?: ?([0-9]{1,6})| +(.+))?", re.IGNORECASE)
"""A key of the screens, and the number of the line that it is about, or the start of its name."""


class Item(NamedTuple):
    """A line of a list."""

    id: str
    name: str
    """What it is opened by; said where it is asked about."""
    said: str
    """The line, without its number."""


class Listing(Place):
    """A list. Numbers mean the lines as they were heard last."""

    KEYS: ClassVar[Mapping[str, str]] = {"u": "undo"}
    """Keys that the screens have for it -> name of the command."""
    OF_ONE: ClassVar[frozenset[str]] = frozenset()
    """Commands that are about one line: its number or name follows them, or is asked for."""

    FIRST: ClassVar[int] = 0
    """How many lines are said at first; 0 for all."""

    def __init__(self, *arguments: object, **named: object) -> None:
        super().__init__(*arguments, **named)  # type: ignore[arg-type]
        self._heard: list[Item] = []

    @abstractmethod
    def heading(self) -> list[str]:
        """Return what is said before the lines."""

    @abstractmethod
    def items(self) -> Sequence[Item]:
        """Return the lines as they are now."""

    @abstractmethod
    def open(self, item: Item) -> None:
        """Open a line: raises `GoTo`, or says what there is to say."""

    def add(self, text: str) -> None:
        """Add a record; `text` is what was written after the command, or ""."""
        raise NotImplementedError

    def say(self) -> None:
        """Say the heading and the lines, or the first of them."""
        for line in self.heading():
            say_wrapped(line)
        self._heard = list(self.items())
        left = len(self._heard) - self.FIRST if self.FIRST else 0
        self._say_lines(0, self.FIRST if left > 1 else len(self._heard))
        if left > 1:
            more = ngettext("{number} more: .all says it.", "{number} more: .all says them.", left)
            say_wrapped(more.format(number=left))

    def again(self) -> None:
        """Take in what is new; lines that were heard keep their numbers."""
        now = {item.id: item for item in self.items()}
        heard = [now.pop(item.id, item) for item in self._heard]
        self._heard = [*heard, *now.values()]

    def _say_lines(self, first: int, end: int) -> None:
        for number, item in list(enumerate(self._heard, 1))[first:end]:
            say_wrapped(f"{number}. {item.said}")

    def take(self, line: str) -> None:
        """Say the list again for an empty line; open a line, or do what a key of screens does."""
        if not line:
            self.desk.look()
            self.say()
            return
        key = _KEY.fullmatch(line)
        command = self.KEYS.get(key[1].casefold(), "") if key else ""
        if key and self._is_meant(command, line, key[2] or "", key[3] or ""):
            self.do(command, key[2] or key[3] or "")
            return
        item = self._named(line)
        if item is not None:
            self.open(item)
        elif self._said_several(line):
            pass
        elif line.isdigit() and self._heard:
            takes = _("Write a number from 1 to {number}.")
            say_wrapped(takes.format(number=len(self._heard)))
        else:
            self.desk.refuse(line, _("? says what you can write here."))

    def _is_meant(self, command: str, line: str, number: str, words: str) -> bool:
        """Return whether a line is a key with what follows it, and not the start of a name.

        A new record may be named behind the key that adds one; a number behind it names nothing.
        """
        if command == "add":
            return not number and (not words or self._named(line) is None)
        return bool(command) and (
            not words or (command in self.OF_ONE and self._named(words) is not None)
        )

    def _said_several(self, typed: str) -> bool:
        """Say which lines begin so, where there are several; whether there are."""
        found = begins([item.name for item in self._heard], typed)
        if len(found) > 1:
            say_wrapped(several(self._heard[place].name for place in found))
        return len(found) > 1

    def _named(self, typed: str) -> Item | None:
        """Return the line that a number or the start of a name means; None for none or several."""
        number = as_number(typed, len(self._heard))
        if number is not None:
            return self._heard[number]
        found = begins([item.name for item in self._heard], typed)
        return self._heard[found[0]] if len(found) == 1 else None

    def do(self, command: str, rest: str) -> None:
        """Carry out a command, about one line where it is `OF_ONE`."""
        if command == "undo":
            self.desk.undo()
        elif command == "all":
            self._say_lines(0, len(self._heard))
        elif command == "add":
            self.add(rest)
        elif command in self.OF_ONE:
            item = self._asked(rest)
            if item is not None:
                self.do_with(command, item)
        else:
            super().do(command, rest)

    def do_with(self, command: str, item: Item) -> None:
        """Carry out a command that is about one line."""
        raise NotImplementedError(command)

    def _asked(self, typed: str) -> Item | None:
        """Return the line that was named; without a name, ask which. None if it is given up."""
        item = self._named(typed) if typed else None
        takes = _("Write a number from 1 to {number}, or the start of a name.")
        takes = takes.format(number=len(self._heard))
        while item is None:
            if typed and not self._said_several(typed):
                self.desk.refuse(typed, takes)
            if not self._heard or not (typed := self.desk.ask(_("Which number"), takes)):
                return None
            item = self._named(typed)
        return item
