"""The names in the example data are nobody's in the file: who is called so already gets another."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any, Final

from data.records import Mentee, Person, Record

_WOMEN: Final = (
    ("Maja", "Nadia", "Birgitte", "Mette", "Signe", "Karin", "Pia", "Lone"),
    ("Astrid", "Ellen", "Freja", "Gerda", "Ida", "Johanne", "Laura", "Nanna", "Rosa", "Sofie"),
)
_MEN: Final = (
    ("Emil", "Jonas", "Farid", "Ole", "Henrik"),
    ("Aksel", "Bjarke", "Carl", "Elias", "Frode", "Gustav", "Ivan", "Magnus", "Oskar", "Silas"),
)
"""The first names in the example data, and those that take their places."""


def nobodys(records: Sequence[Record], taken: Iterable[str]) -> list[Record]:
    """Return the records of the example data with first names that nobody in the file has.

    Args:
        records: The records of the example data.
        taken: The names of the mentees and persons in the file.
    """
    known = {_first(name) for name in taken}
    own = {_first(one.name) for one in records if isinstance(one, Mentee | Person)}
    others: dict[str, str] = {}
    for names, spare in (_WOMEN, _MEN):
        free = (name for name in spare if name.casefold() not in known)
        for name in names:
            if name.casefold() in known & own:
                others[name] = next(free, f"{name} II")
    if not others:
        return list(records)
    pattern = re.compile(rf"\b({'|'.join(others)})(?=s?\b)")
    return [_renamed(record, pattern, others) for record in records]


def _first(name: str) -> str:
    return (name.split() or [""])[0].casefold()


def _renamed(value: Any, pattern: re.Pattern[str], others: Mapping[str, str]) -> Any:
    """Return a value with the other names in all its texts."""
    if type(value) is str:
        return pattern.sub(lambda found: others[found[1]], value)
    if isinstance(value, tuple):
        return tuple(_renamed(one, pattern, others) for one in value)
    if isinstance(value, dict):
        return {key: _renamed(one, pattern, others) for key, one in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        own: dict[str, Any] = {
            one.name: _renamed(getattr(value, one.name), pattern, others) for one in fields(value)
        }
        return replace(value, **own)
    return value
