"""On which line of a TOML text something is set, for messages about what is wrong there.

`tomllib` tells the values of a text and not their lines. This walks through a text that `tomllib`
has read, so all that it needs to know is where a key, a text, a list and a table begin and end.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

Place = tuple[str | int, ...]
"""Keys, and places in lists from 0: ("question", 2, "text") is `text` of the third [[question]]."""

_BLANK: Final = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_HEAD: Final = re.compile(r"\[\[?[ \t]*")
_PART: Final = re.compile(r"[ \t]*(?:\"((?:\\.|[^\"\\\n])*)\"|'([^'\n]*)'|([A-Za-z0-9_-]+))[ \t]*")
_TEXT: Final = re.compile(
    r'"""(?:\\.|(?!""")[\s\S])*"{3,5}|\'\'\'(?:(?!\'\'\')[\s\S])*\'{3,5}'
    r'|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'',
    re.DOTALL,
)
_OTHER: Final = re.compile(r"[^,\]}#\n]*")


def lines_of(text: str) -> Mapping[Place, int]:
    """Return where each key, table and part of a list is set -> its line, from 1.

    Args:
        text: A text that `tomllib` can read. Of any other, what was found until the first fault.
    """
    walk = _Walk(text)
    walk.run()
    return walk.found


def line_at(lines: Mapping[Place, int], place: Place) -> int:
    """Return the line of a place, or of the nearest that is around it; 1 for the whole file."""
    while place and place not in lines:
        place = place[:-1]
    return lines.get(place, 1)


class _Walk:
    """A walk through one text, from its start to its end."""

    def __init__(self, text: str) -> None:
        self.found: dict[Place, int] = {}
        self._text = text
        self._at = 0
        self._counted: dict[Place, int] = {}
        """The place of an array of tables -> how many tables it has had."""
        self._line = (0, 1)
        """A place in the text, and its line: lines are counted from there."""

    def run(self) -> None:
        """Find all lines."""
        table: Place = ()
        while self._after(_BLANK) < len(self._text):
            before = self._at
            if self._text.startswith("[", self._at):
                table = self._head()
            else:
                self._pair(table)
            if self._at == before:  # no TOML
                return

    def _after(self, pattern: re.Pattern[str]) -> int:
        found = pattern.match(self._text, self._at)
        self._at = found.end() if found else self._at
        return self._at

    def _note(self, place: Place, at: int) -> None:
        known, line = self._line
        line += self._text.count("\n", known, at)
        self._line = (at, line)
        self.found.setdefault(place, line)

    def _keys(self) -> list[str]:
        """Return the parts of a key with dots."""
        keys: list[str] = []
        while found := _PART.match(self._text, self._at):
            self._at = found.end()
            keys.append(next(part for part in found.groups() if part is not None))
            if not self._text.startswith(".", self._at):
                break
            self._at += 1
        return keys

    def _head(self) -> Place:
        """Note a line such as [a] or [[a.b]], and return the place of its table."""
        start = self._at
        is_array = self._text.startswith("[[", start)
        self._after(_HEAD)
        place: Place = ()
        keys = self._keys()
        for number, key in enumerate(keys):
            place = (*place, key)
            if is_array and number == len(keys) - 1:
                self._counted[place] = self._counted.get(place, 0) + 1
                self._note(place, start)
            if place in self._counted:
                place = (*place, self._counted[place] - 1)
            self._note(place, start)
        if keys:
            self._at += 2 if is_array else 1
        else:
            self._at = start
        return place

    def _pair(self, table: Place) -> None:
        """Note a key and walk through its value."""
        start = self._at
        place = table
        for key in self._keys():
            place = (*place, key)
            self._note(place, start)
        if self._text.startswith("=", self._at):
            self._at += 1
            self._value(place)
        else:
            self._at = start

    def _value(self, place: Place) -> None:
        self._after(_BLANK)
        opens = self._text[self._at : self._at + 1]
        if opens in {'"', "'"}:
            self._after(_TEXT)
        elif opens == "[":
            self._list(place)
        elif opens == "{":
            self._table(place)
        else:
            self._after(_OTHER)

    def _list(self, place: Place) -> None:
        self._at += 1
        number = 0
        while self._goes_on("]"):
            before = self._at
            self._note((*place, number), self._at)
            self._value((*place, number))
            number += 1
            if self._at == before:
                return

    def _table(self, place: Place) -> None:
        self._at += 1
        while self._goes_on("}"):
            before = self._at
            self._pair(place)
            if self._at == before:
                return

    def _goes_on(self, end: str) -> bool:
        """Step over a comma and blanks; whether something comes before the end of a list."""
        self._after(_BLANK)
        if self._text.startswith(",", self._at):
            self._at += 1
            self._after(_BLANK)
        if self._text.startswith(end, self._at):
            self._at += 1
            return False
        return self._at < len(self._text)
