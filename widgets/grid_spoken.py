"""What a grid says of the row or the cell under its cursor, in words, and what is copied of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from data.i18n import _
from widgets.copying import Part, UnderCursor
from widgets.grid_model import Column, Row
from widgets.spoken import Spoken, in_words, is_sign, listed


def said_at(
    columns: Sequence[Column], rows: Sequence[Row], at: int, key: str, cells: bool
) -> Spoken:
    """Return what a grid says of its cursor.

    Args:
        columns: All columns; the first one names the rows.
        rows: All rows.
        at: The row of the cursor, counted from 0.
        key: The key of the cursor's column.
        cells: Whether the cursor is on one cell instead of a whole row.
    """
    if not 0 <= at < len(rows) or not columns:
        return Spoken(_("Nothing in the list"))
    said = _of_cell if cells and not rows[at].wide else _of_row
    return Spoken(said(columns, rows, at, key))


def _of_cell(columns: Sequence[Column], rows: Sequence[Row], at: int, key: str) -> str:
    """Return what a cell says: "Sparring: today · Network meeting, row 3 of 13"."""
    row = rows[at]
    column = next((one for one in columns if one.key == key), columns[0])
    place = _place(rows, at, _("row"))
    naming = naming_column(columns)
    name = in_words(row.said(naming.key))
    text = cell_words(column, row)
    if column is naming:
        return f"{_group(rows, at)}{listed([text, place])}"
    said = f"{column.label}: {text}" if column.label else text
    return f"{_group(rows, at)}{said} · {listed([name, place])}"


def _of_row(columns: Sequence[Column], rows: Sequence[Row], at: int, _key: str) -> str:
    """Return what a row says: its texts with what they are, and which of how many it is.

    What matters comes first: a sign in a column of its own is said behind the texts.
    """
    row = rows[at]
    texts, signs = [], []
    for number, column in enumerate(columns):
        text = cell_words(column, row, empty="")
        if is_sign(row.said(column.key)):
            signs.append(text)
        elif text and number and column.label and not (column.lists or column.speaks):
            texts.append(f"{column.label.lower()} {text}")
        else:
            texts.append(text)
    # How many there are is said anyway.
    of = next((re.sub(r" \(\d+\)$", "", one.label) for one in columns if one.lists), "")
    return f"{_group(rows, at)}{listed([*texts, *signs, _place(rows, at, of)])}"


def naming_column(columns: Sequence[Column]) -> Column:
    """Return the column whose text is what a row is called."""
    return next((one for one in columns if one.names), columns[0])


def cell_words(column: Column, row: Row, *, empty: str | None = None) -> str:
    """Return what a cell says, its choice by name; `empty` (by default: "empty") for nothing."""
    column = row.columns.get(column.key, column)
    value = row.value(column.key)
    label = next((one.label for one in column.choices if one.value == value), "")
    text = label or in_words(row.said(column.key))
    return text or (_("empty") if empty is None else empty)


def _place(rows: Sequence[Row], at: int, name: str) -> str:
    """Return which row it is, of those that the cursor can stand on."""
    # Of many rows that are made late none is a heading, and they are not to be made for this.
    few = (
        [number for number, row in enumerate(rows) if not row.heading] if _has_groups(rows) else []
    )
    number, all_ = (few.index(at) + 1, len(few)) if at in few else (at + 1, len(rows))
    said = _("{number} of {all}").format(number=number, all=all_)
    return f"{name} {said}".strip()


def _has_groups(rows: Sequence[Row]) -> bool:
    return isinstance(rows, tuple)


def _group(rows: Sequence[Row], at: int) -> str:
    """Return the heading of a group, where the row is the first in it."""
    if not at or not _has_groups(rows) or not rows[at - 1].heading:
        return ""
    said = in_words(" ".join(rows[at - 1].cells.values())).rstrip(":")
    return f"{said}. " if said else ""


def copied_at(row: Row | None, columns: Sequence[Column], key: str) -> UnderCursor | None:
    """Return what is copied of a row: one cell where the cursor is on one, or else the whole row.

    Args:
        row: The row under the cursor; None where there is none.
        columns: All columns.
        key: Key of the column of the cell; "" where the cursor is on the whole row.
    """
    if row is None:
        return None
    if key and not row.wide:
        text, part = row.said(key), Part.CELL
    else:
        texts = (row.said(column.key).strip() for column in columns)
        text, part = "\t".join(filter(None, texts)), Part.LINE
    return UnderCursor(text, part) if text.strip() else None
