"""Which column of the plan each column of a file is, with the workplace's own columns (R16).

An own column may be called as a column of the program is in everyday words, or even spelt the same.
A document has all own columns, so its headings are looked at together, over all its tables.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from data.documents.importing.words import column_keys, key_of
from data.i18n import N_, in_every_language
from data.method.plan.fields import FIELDS, GUIDE, OWN, field_of

_NUMBER: Final = "number"
_IN_EACH: Final = (_NUMBER, "title")
"""What stands in each table of a plan."""


@dataclass(frozen=True, slots=True)
class _Heading:
    """A heading, and where it stands."""

    table: int
    place: int
    text: str

    @property
    def plain(self) -> str:
        return key_of(self.text)

    @property
    def label(self) -> str:
        """The key of the field that is called so in documents; "" if none is."""
        return _labels().get(self.plain, "")


@cache
def _labels() -> Mapping[str, str]:
    named = [(_NUMBER, N_("No.")), *((one.key, one.label) for one in FIELDS)]
    return {key_of(said): key for key, label in named for said in in_every_language(label)}


def plan_columns(tables: Sequence[Sequence[str]], own: Sequence[str] = ()) -> list[list[str]]:
    """Return the key of each column of a plan's tables; "" for one that is not known.

    Args:
        tables: The headings of each table, in any language of the program, or the keys themselves.
        own: The names of the workplace's own columns.
    """
    headings = [
        _Heading(table, place, text.strip().removeprefix(OWN))
        for table, texts in enumerate(tables)
        for place, text in enumerate(texts)
    ]
    found = [[""] * len(texts) for texts in tables]
    for heading in headings:  # own names first, then those of documents, then everyday words
        key = _own_key(heading, own)
        if key and key not in found[heading.table] and _is_own(heading, headings):
            found[heading.table][heading.place] = key
    for heading in headings:
        keys = found[heading.table]
        if not keys[heading.place] and heading.label not in keys:
            keys[heading.place] = heading.label
    there = {key for keys in found for key in keys} - {*_IN_EACH}
    for texts, keys in zip(tables, found, strict=True):
        rest = ["" if key else text for text, key in zip(texts, keys, strict=True)]
        for place, key in enumerate(column_keys("plan", rest)):
            if key and key not in keys and key not in there:
                keys[place] = key
    return found


def _own_key(heading: _Heading, own: Sequence[str]) -> str:
    """Return the key of the own column that is called so, if possible with the same letters."""
    alike = [name for name in own if key_of(name) == heading.plain]
    same = [name for name in alike if name == heading.text]
    return OWN + (same or alike)[0] if alike else ""


def _is_own(heading: _Heading, headings: Sequence[_Heading]) -> bool:
    """Whether a heading that is the name of an own column is not that of a field of the program.

    Where both are spelt the same, both are in a document, in the order of the columns: first those
    of the grid, then own ones, then fields that the grid does not show. If there is only one, it is
    the field of the program in forms that have it always, as the blank one.
    """
    key = heading.label
    if not key:
        return True
    alike = [
        one
        for one in headings
        if one.label == key and (key not in _IN_EACH or one.table == heading.table)
    ]
    same = [one for one in alike if one.plain == heading.plain]
    if len(same) < len(alike):
        return True  # the field of the program stands there in another language
    if len(same) == 1:
        return key not in (*GUIDE, _NUMBER)
    is_first = same[0] is heading
    return not is_first if key == _NUMBER or field_of(key).cell is not None else is_first
