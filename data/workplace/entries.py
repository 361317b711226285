"""A library as entries: what is compared with a newer version, and taken one by one.

An entry has its values as they stand in the folder, of types that JSON knows. So the copy in use is
written as it was read, and read again by the same rules.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum

from data.frozen import immutable


class Kind(StrEnum):
    """What an entry is. The value is the key of its list in the copy."""

    QUESTION = "questions"
    DUTY = "duties"
    LEFT_OUT = "left_out"
    """A built-in duty that this workplace does not use: it has a key and no values."""
    RHYTHM = "rhythms"
    TEMPLATE = "templates"
    PERSON = "people"
    TIP = "tips"
    MATERIAL = "materials"
    TEXT = "texts"
    EXPECTATION = "expectations"
    """One field of the expectations; its only value is "value"."""


@immutable
class Entry:
    """One thing that the library gives."""

    kind: Kind
    key: str
    """By which it is known again; no two of a kind have the same."""
    values: Mapping[str, object]
    """Its values but the key, as they stand in the folder, texts cleaned."""
    file: str = ""
    """The file of the folder in which it stands, such as "duties.toml"."""

    @property
    def name(self) -> tuple[Kind, str]:
        """Kind and key: what it is, whatever it says."""
        return (self.kind, self.key)

    def says_as(self, other: Entry) -> bool:
        """Whether both say the same, whichever file they stand in."""
        return self.name == other.name and self.values == other.values


@immutable
class Library:
    """A whole library: of the folder, or the copy in use."""

    name: str
    version: str
    date: str = ""
    """An ISO date; "" where none is given."""
    contact: str = ""
    language: str = "da"
    entries: tuple[Entry, ...] = ()
    """In the order of the folder: by kind, file and place in the file."""
    more: Mapping[str, object] = field(default_factory=dict)
    """Further keys of the copy, of a newer program: they are written back as they are."""

    def by_name(self) -> dict[tuple[Kind, str], Entry]:
        """Return kind and key -> entry."""
        return {one.name: one for one in self.entries}


def version_numbers(version: str) -> tuple[int, ...]:
    """Return the numbers of a version, to compare: "1.10" comes after "1.9"; () for no version.

    "1" and "1.0" are the same.
    """
    parts = version.replace("-", ".").split(".")
    if not all(part.isascii() and part.isdigit() and len(part) < 10 for part in parts):
        return ()
    numbers = list(map(int, parts))
    while len(numbers) > 1 and not numbers[-1]:
        numbers.pop()
    return tuple(numbers)
