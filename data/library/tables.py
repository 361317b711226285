"""Tables of the TOML files that people edit by hand: read leniently, with all their faults.

A fault says where in the file it is, as keys and places in lists. Where that is as a line of the
file, `data.workplace.toml_lines` knows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from enum import StrEnum
from typing import Final, TypeVar

from data.dates import EntryError
from data.durations import DurationProblem, parse_duration
from data.frozen import immutable
from data.i18n import _
from data.library.offsets import parse_offset
from data.stored_values import LONGEST
from data.text import line

_Choice = TypeVar("_Choice", bound=StrEnum)
_Value = TypeVar("_Value")
_KEY: Final = re.compile(r"[\w-]{1,60}")


@immutable
class Fault:
    """What is wrong with a file."""

    at: tuple[str | int, ...]
    """Where in the file: the keys, and the places in lists from 0, as in ("task", 3, "title")."""
    what: str
    """What is wrong and what to write instead: a sentence in the language in use."""


@immutable
class Table:
    """A table of the file, with its place, and the list that its faults are added to.

    What asks for a value that is wrong gets that of an empty file, and the fault is noted.
    """

    at: tuple[str | int, ...]
    values: Mapping[str, object]
    faults: list[Fault]

    def fault(self, key: str, what: str) -> None:
        """Note a fault at a key of the table, once; "" for the table itself."""
        found = Fault((*self.at, key) if key else self.at, what)
        if found not in self.faults:
            self.faults.append(found)

    def only(self, *allowed: str) -> None:
        """Note a fault for each key that is not among these, so that a misspelt one is noticed."""
        for key in self.values:
            if key not in allowed:
                what = _("“{key}” is not known here; known are {keys}.")
                self.fault(key, what.format(key=line(key)[:40], keys=", ".join(allowed)))

    def text(self, key: str, tidy: Callable[[str], str] = line) -> str:
        """Return the text at a key; "" if there is none."""
        value = self.values.get(key, "")
        if isinstance(value, str):
            return tidy(value)
        self.fault(key, _("“{key}” must be a text in quotation marks.").format(key=key))
        return ""

    def needed(self, key: str) -> str:
        """Return the text at a key, which must be there and not be empty."""
        value = self.text(key)
        if not value and isinstance(self.values.get(key, ""), str):
            self.fault(key, _("“{key}” is needed, and must not be empty.").format(key=key))
        return value

    def key(self) -> str:
        """Return the table's own `key`: letters, digits, - and _."""
        value = self.needed("key")
        if value and not _KEY.fullmatch(value):
            self.fault("key", _("A key is at most 60 letters, digits, - and _, without blanks."))
            return ""
        return value

    def texts(self, key: str) -> tuple[str, ...] | None:
        """Return the list of texts at a key; None if there is none."""
        value = self.values.get(key)
        if value is None:
            return None
        if isinstance(value, list) and all(isinstance(one, str) for one in value):
            return tuple(found for one in value if (found := line(one)))
        self.fault(key, _('“{key}” must be a list of texts: ["…", "…"].').format(key=key))
        return None

    def flag(self, key: str) -> bool:
        """Return the true or false at a key; false if there is none."""
        value = self.values.get(key, False)
        if isinstance(value, bool):
            return value
        self.fault(key, _("“{key}” must be true or false.").format(key=key))
        return False

    def choice(
        self, key: str, kind: type[_Choice], allowed: Collection[_Choice] = ()
    ) -> _Choice | None:
        """Return the name at a key as a member of `kind`, of those `allowed`; None if none."""
        value = self.values.get(key)
        if value is None or value == "":
            return None
        return self._member(key, value, tuple(allowed or kind))

    def choices(
        self, key: str, kind: type[_Choice], allowed: Collection[_Choice] = ()
    ) -> tuple[_Choice, ...] | None:
        """Return the list of names at a key as members of `kind`; None if there is none."""
        value = self.values.get(key)
        if value is None:
            return None
        if not isinstance(value, list):
            self.fault(key, _('“{key}” must be a list of texts: ["…", "…"].').format(key=key))
            return None
        found = [self._member(key, one, tuple(allowed or kind)) for one in value if one]
        return tuple(dict.fromkeys(one for one in found if one is not None))

    def _member(self, key: str, value: object, members: tuple[_Choice, ...]) -> _Choice | None:
        found = next((one for one in members if one == value), None)
        if found is None:
            names = ", ".join(f'"{one}"' for one in members)
            self.fault(key, _("“{key}” must be one of {names}.").format(key=key, names=names))
        return found

    def one_of(self, key: str, allowed: Collection[str]) -> None:
        """Note a fault where the text at a key is none of these."""
        if self.text(key) not in allowed:
            what = _("“{key}” must be one of {names}.")
            self.fault(key, what.format(key=key, names=", ".join(allowed)))

    def whole(self, key: str, least: int, most: int) -> int | None:
        """Return the whole number at a key, within bounds; None if there is none."""
        value = self.values.get(key)
        if value is None:
            return None
        if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
            return value
        what = _("“{key}” must be a whole number from {least} to {most}.")
        self.fault(key, what.format(key=key, least=least, most=most))
        return None

    def offset(self, key: str) -> int | None:
        """Return the days from the first day at work at a key (`parse_offset`); None if none."""
        value = self.values.get(key)
        return None if value is None else self._read(key, lambda: parse_offset(value))

    def minutes(self, key: str) -> int | None:
        """Return the working time at a key, in minutes; None if there is none."""
        value = self.values.get(key)
        return None if value is None else self._read(key, lambda: _minutes_of(value))

    def _read(self, key: str, read: Callable[[], _Value]) -> _Value | None:
        try:
            return read()
        except EntryError as problem:
            self.fault(key, f"{key}: {problem}")
            return None

    def tables(self, key: str) -> Iterator[Table]:
        """Return the tables of the list at a key; none if there is no list."""
        found = self.values.get(key, [])
        if not isinstance(found, list):
            self.fault(key, _("“{key}” must be a list of tables: [[{key}]].").format(key=key))
            return
        for place, one in enumerate(found):
            at = (*self.at, key, place)
            if isinstance(one, dict):
                yield Table(at, one, self.faults)
            else:
                what = _("“{key}” must be a list of tables: [[{key}]].").format(key=key)
                self.faults.append(Fault(at, what))


def _minutes_of(value: object) -> int | None:
    """Return the minutes of an estimate: "3 t", "45 min", or a whole number of minutes.

    Raises DurationProblem for anything else.
    """
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= LONGEST:
        return value
    if isinstance(value, str):
        return parse_duration(value)
    raise DurationProblem(_("It must be a time such as “3 h” or “45 min”, or minutes."))
