"""What a library gives, as values: made of its entries when the program first asks for them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from data.library.shared import Shared
from data.library.tables import Table
from data.library.templates import PlanTemplate, template_of
from data.workplace.entries import Entry, Kind, Library
from data.workplace.rules import READERS


def values_of(library: Library) -> Shared:
    """Return what a library gives. An entry that is not right, as of a newer program, is left out.

    It never raises.
    """
    found: dict[Kind, list[Any]] = {kind: [] for kind in Kind}
    for kind, value in _values(library):
        found[kind].append(value)
    return Shared(
        library.name,
        library.version,
        _date(library.date),
        library.contact,
        library.language,
        questions=tuple(found[Kind.QUESTION]),
        duties=tuple(found[Kind.DUTY]),
        left_out=tuple(found[Kind.LEFT_OUT]),
        rhythms=tuple(found[Kind.RHYTHM]),
        templates=tuple(found[Kind.TEMPLATE]),
        people=tuple(found[Kind.PERSON]),
        tips=tuple(found[Kind.TIP]),
        materials=tuple(found[Kind.MATERIAL]),
        texts={one.key: one for one in found[Kind.TEXT]},
        expectations={one.key: one for one in found[Kind.EXPECTATION]},
    )


def _values(library: Library) -> Iterator[tuple[Kind, Any]]:
    for entry in library.entries:
        value = value_of(entry, library.language)
        if value is not None:
            yield entry.kind, value


def value_of(entry: Entry, language: str) -> Any:
    """Return an entry as one of the values of `data.library.shared`; None if it is not right.

    A template is a `PlanTemplate`, and a duty that is left out is its key.
    """
    if entry.kind is Kind.TEMPLATE:
        return _template(entry)
    table = Table((), {**entry.values, "key": entry.key}, [])
    value = READERS[entry.kind](table, language)
    if table.faults:
        return None
    return value if isinstance(value, str) else replace(value, file=entry.file)


def _template(entry: Entry) -> PlanTemplate | None:
    return template_of(entry.key, entry.values).template


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
