"""Tables as `data.documents.model.lines` writes them into a text file.

A wide table has no room there: it is a list of rows, the name of each and its values below it. A
narrow one has a line for each row, with its cells below the headings.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from data.documents.importing.content import Grid, GridRow
from data.documents.importing.sections import joined
from data.documents.importing.words import MATRIX, column_keys, key_of, known_headings
from data.i18n import in_every_language

_NAME: Final = re.compile(r"(\d{1,4})\.(?: .*)?")
_VALUE: Final = re.compile(r" {2}(\S[^:]{0,60}):(?: (.*))?")
_VALUE_INDENT: Final = 4
"""By how many blanks the lines of a value are set in, after the first."""
_MORE: Final = re.compile(r" {3,}\S.*")
_CELL: Final = re.compile(r"\S+(?: \S+)*")
"""A cell of a row in a line: two blanks end it."""
_ENOUGH: Final = 2
"""How many of the labels must be known in a plan, with that of the title."""


@dataclass
class _Row:
    number: str
    line: int
    values: dict[str, list[str]] = field(default_factory=dict)
    """Label, or "title" -> its lines as they stand in the file."""
    places: set[int] = field(default_factory=set)
    """The places of the lines that are of it."""


def grid_of_rows(lines: Sequence[str]) -> tuple[Grid | None, set[int]]:
    """Return the rows as a table, and the places of their lines; None if they are no such rows."""
    rows = _rows(lines)
    labels = list(dict.fromkeys(label for row in rows for label in row.values))
    if sum(map(bool, column_keys("plan", labels))) < _ENOUGH:
        return None, set()
    made = (GridRow(row.line, (row.number, *(_text(row, one) for one in labels))) for row in rows)
    places = {place for row in rows for place in row.places}
    return Grid(("number", *labels), tuple(made)), places


def _rows(lines: Sequence[str]) -> list[_Row]:
    rows: list[_Row] = []
    last: list[str] | None = None
    blanks = 0
    for place, line in enumerate(lines):
        if not line.strip():
            blanks += 1
            continue
        if found := _NAME.fullmatch(line):
            rows.append(_Row(found[1], place + 1, {"title": [line]}))
            last = rows[-1].values["title"]
        elif rows and (found := _VALUE.fullmatch(line)) and (last is not None or _is_known(found)):
            last = rows[-1].values.setdefault(found[1], [])
            last.append(line)
        elif last is not None and _MORE.fullmatch(line):
            last += [""] * blanks + [line]
        else:
            last = None
        if last is not None:
            rows[-1].places.add(place)
        blanks = 0
    for row in rows:
        _name(row)
    return list(_of_plan(rows))


def _is_known(value: re.Match[str]) -> bool:
    """Whether a line is a value of the row above, though other words stand between them."""
    return any(column_keys("plan", [value[1]]))


def _name(row: _Row) -> None:
    """Take the name of a row from the room for it, in a form in which each row has one."""
    for label in [one for one in row.values if column_keys("plan", [one]) == ["title"]]:
        if label == "title":
            continue
        name = _text(row, label)
        if name and not _text(row, "title"):
            row.values["title"] = [f"{row.number}. {name}"]
        elif name:
            continue  # it has two names: the second one is named in the preview
        del row.values[label]


def _of_plan(rows: Sequence[_Row]) -> Iterator[_Row]:
    """Yield the rows with values, and those with a name alone that go on with their numbers."""
    last = ""
    for row in rows:
        if len(row.values) > 1 or (last and int(row.number) == int(last) + 1):
            last = row.number
            yield row


def _text(row: _Row, label: str) -> str:
    """Return a value with the lines joined again that were broken to fit, lead included."""
    lead = {"title": f"{row.number}.", "text": ""}.get(label, f"{label}:")
    indent = None if label in ("title", "text") else _VALUE_INDENT
    return joined(row.values.get(label, ()), indent).removeprefix(lead).strip()


def grid_of_duties(lines: Sequence[str]) -> tuple[Grid | None, set[int]]:
    """Return the role matrix, and the places of its lines: each duty, and its values below it.

    It stands below its heading. A duty without values is one if another follows.
    """
    headings = {key_of(said) for said in in_every_language(MATRIX)}
    start = next((at for at, one in enumerate(lines) if _is_heading(one, headings)), len(lines))
    rows: list[_Row] = []
    for block in _blocks(lines, start + 1):
        end = next((at for at in block if _VALUE.fullmatch(lines[at])), block.stop)
        names = [lines[at] for at in range(block.start, end)]
        row = _Row("", block.start + 1, {"text": names}, {*block})
        last = names
        for at in range(end, block.stop):
            if found := _VALUE.fullmatch(lines[at]):
                last = row.values.setdefault(found[1], [])
            last.append(lines[at])
        rows.append(row)
    while rows and len(rows[-1].values) == 1:
        rows.pop()
    while rows and len(rows[0].values) == 1:
        del rows[0]
    labels = list(dict.fromkeys(label for row in rows for label in row.values))
    if not labels:
        return None, set()
    made = (GridRow(row.line, tuple(_text(row, one) for one in labels)) for row in rows)
    return Grid(tuple(labels), tuple(made)), {place for row in rows for place in row.places}


def _is_heading(line: str, headings: Collection[str]) -> bool:
    """Whether a line is one of these headings, and not set in as the words of a field are."""
    return not line[:1].isspace() and key_of(line) in headings


def _blocks(lines: Sequence[str], start: int) -> Iterator[range]:
    """Yield the places of lines that follow each other without an empty one."""
    begun = start
    for place in range(start, len(lines) + 1):
        if place == len(lines) or not lines[place].strip():
            if begun < place:
                yield range(begun, place)
            begun = place + 1


def aligned_grid(lines: Sequence[str]) -> tuple[Grid | None, set[int]]:
    """Return the first table with a line for each row, and the places of its lines."""
    for block in _blocks(lines, 0):
        for place in block:
            cells = list(_CELL.finditer(lines[place]))
            names = [one[0] for one in cells]
            if len(names) >= _ENOUGH and known_headings(names) >= _ENOUGH:
                starts = [one.start() for one in cells]
                rows = (
                    GridRow(at + 1, _cells_below(lines[at], starts))
                    for at in range(place + 1, block.stop)
                )
                return Grid(tuple(names), tuple(rows)), {*range(place, block.stop)}
    return None, set()


def _cells_below(line: str, starts: Sequence[int]) -> tuple[str, ...]:
    """Return the cells of a line: each below its heading, or one after the other.

    What somebody has typed into a line is hardly ever exactly below a heading.
    """
    found = list(_CELL.finditer(line))
    if any(one.start() not in starts for one in found):
        return tuple(one[0] for one in found)
    cells = {starts.index(one.start()): one[0] for one in found}
    return tuple(cells.get(place, "") for place in range(len(starts)))
