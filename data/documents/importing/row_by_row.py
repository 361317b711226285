"""The tasks of a plan as a text file has them: the name of each, and its values below it.

A wide table has no room in a text file, so `data.documents.model.lines` writes it in this way.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from data.documents.importing.content import Grid, GridRow
from data.documents.importing.sections import joined
from data.documents.importing.words import column_keys

_NAME: Final = re.compile(r"(\d{1,3})\. (\S.*)")
_VALUE: Final = re.compile(r" {2}(\S[^:]{0,60}):(?: (.*))?")
_MORE: Final = re.compile(r" {3,}\S.*")
_ENOUGH: Final = 2
"""How many of the labels must be known in a plan, with that of the title."""


@dataclass
class _Row:
    number: str
    line: int
    values: dict[str, list[str]] = field(default_factory=dict)
    """Label, or "title" -> its lines as they stand in the file."""


def grid_of_rows(lines: Sequence[str]) -> Grid | None:
    """Return the rows as a table; None if the lines are no such rows."""
    rows = _rows(lines)
    labels = list(dict.fromkeys(label for row in rows for label in row.values))
    if sum(map(bool, column_keys("plan", labels))) < _ENOUGH:
        return None
    made = (GridRow(row.line, (row.number, *(_text(row, one) for one in labels))) for row in rows)
    return Grid(("number", *labels), tuple(made))


def _rows(lines: Sequence[str]) -> list[_Row]:
    rows: list[_Row] = []
    last: list[str] | None = None
    for number, line in enumerate(lines, 1):
        if found := _NAME.fullmatch(line):
            rows.append(_Row(found[1], number, {"title": [line]}))
            last = rows[-1].values["title"]
        elif rows and last is not None and (found := _VALUE.fullmatch(line)):
            last = rows[-1].values.setdefault(found[1], [])
            last.append(line)
        elif last is not None and _MORE.fullmatch(line):
            last.append(line)
        elif not line.strip():
            last = None if last is None or len(rows[-1].values) > 1 else last
        else:
            last = None
    return [row for row in rows if len(row.values) > 1]


def _text(row: _Row, label: str) -> str:
    """Return a value with the lines joined again that were broken to fit, lead included."""
    lead = f"{row.number}." if label == "title" else f"{label}:"
    return joined(row.values.get(label, ())).removeprefix(lead).strip()
