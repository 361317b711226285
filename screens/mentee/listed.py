"""Lists of what belongs to a mentee, in parts under headings: people to meet, actions, systems.

A screen names the parts that it shows; `screens.mentee.listed_commands` has the commands on them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from data.clock import today
from data.dates import show_date
from data.i18n import _
from data.method.finished import Listed, is_finished
from data.method.view import MenteeView
from data.method.visibility import Reader, seen, shows_all
from data.method.words import word
from data.records import Note
from data.store.store import Store
from screens.mentee.record_form import RecordForm
from widgets.glyphs import glyphs
from widgets.grid import Column, Row, Tone

Full = tuple[str, ...]
"""A heading and the lines under it. Empty lines are left out."""


@dataclass(frozen=True, slots=True)
class ListPart:
    """A part of such a list: all records of one kind, under a heading."""

    kind: str
    """What the ids of its rows begin with."""
    record: type[Listed]
    heading: str
    """msgid"""
    empty: str
    """What stands there as long as there is no record (msgid)."""
    rows: Callable[[MenteeView], Iterable[Row]]
    """Returns its rows, the finished ones last."""
    in_full: Callable[[MenteeView, Any], Full]
    """Returns the details of a record."""
    name: Callable[[Store, Any], str]
    """Returns what a record is called in questions about it."""
    new_form: Callable[[Store, str], RecordForm]
    """Returns the form of a new record of the mentee with an id."""
    form: Callable[[Store, Any], RecordForm]
    """Returns the form of a stored record."""
    finish_form: Callable[[Store, Any], RecordForm] | None = None
    """Returns the form that finishes a record, where that takes more than the day."""
    hidden_whole: bool = False
    """Whether it is left out, heading and all, if its records are hidden from the reader."""


def columns() -> tuple[Column, ...]:
    """Return the columns. The last one has the day on which a record was finished."""
    return (
        Column("what", _("What"), 28, flex=3),
        Column("who", _("Who"), 16, flex=1),
        Column("when", _("When"), 10),
    )


def rows(parts: Sequence[ListPart], view: MenteeView, reader: Reader) -> list[Row]:
    """Return the rows of the parts, as far as the reader may see them."""
    shown: list[Row] = []
    view = seen(view, reader)
    for part in parts:
        found = list(part.rows(view))
        if part.hidden_whole and not found and not shows_all(reader):
            continue
        shown.append(Row(f"heading:{part.kind}", {"what": _(part.heading)}, heading=True))
        empty = {"what": f"  {_(part.empty)}"}
        shown += found or [Row(f"{part.kind}:", empty, tones={"what": "muted"}, wide=True)]
    return shown


def next_row(parts: Sequence[ListPart], view: MenteeView, reader: Reader) -> str:
    """Return the id of the first row of a record that is not finished; "" if all are."""
    listed: tuple[Listed, ...] = (*view.introductions, *view.actions, *view.duties, *view.notes)
    waiting = {one.id for one in listed if not is_finished(one)}
    shown = (row.id for row in rows(parts, view, reader))
    return next((id for id in shown if id.partition(":")[2] in waiting), "")


def record_row(
    id: str,
    what: str,
    who: str,
    when: date | None,
    done: date | str | None,
    *,
    late: bool = False,
) -> Row:
    """Return the row of a record.

    `when` is the day by which it is to be done. `done` is the day on which it was finished, or a
    word that says how.
    """
    late = not done and (late or (when is not None and when < today()))
    mark = glyphs("✓") if done else "!" if late else " "
    finished = done if isinstance(done, str) else show_date(done)
    cells = {"what": f"{mark} {what}", "who": who, "when": finished or show_date(when)}
    tones: dict[str, Tone] = dict.fromkeys(cells, "muted") if done else {"who": "muted"}
    return Row(id, cells, tones=tones)


def or_last(day: date | None) -> date:
    """Return the day, for sorting: records without a day come last."""
    return day or date.max


def public_name(part: ListPart, store: Store, record: Listed) -> str:
    """Return the name of a record, for notices and for the name of a step of undo.

    Those are seen in the shared view too, so a doubt is only called a doubt there.
    """
    return word(record.kind).lower() if isinstance(record, Note) else part.name(store, record)
