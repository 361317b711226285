"""Texts that clashed, as they are shown, and as they can be put into their record again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import Any, Final

from data.clock import today
from data.dates import parse_date, show_date
from data.durations import parse_duration, show_duration
from data.i18n import _
from data.method.view import MENTEE
from data.method.words import word
from data.queries.field_names import field_name, table_name
from data.records import BY_TABLE, Conflict, Goal, Mentee, Person, Record, Task
from data.storage.protocol import BOOKKEEPING
from data.store.codec import decode, encode, problems_of
from data.store.store import Store

_NAMES: Final[dict[str, tuple[type[Record], str]]] = {
    **dict.fromkeys(("person_id", "by_id", "sparring_with", "who", "done_by"), (Person, "name")),
    "mentee_id": (Mentee, "name"),
    "task_id": (Task, "title"),
    "goal_id": (Goal, "text"),
}
"""Fields that hold the id of another record, and what that is called by."""
_MINUTES = frozenset({"minutes", "estimate_min", "actual_min"})


def record_of(store: Store, conflict: Conflict) -> Record | None:
    """Return the record that a text was written for; None where it is gone."""
    kind = BY_TABLE.get(conflict.of_table)
    return store.get(kind, conflict.of_id) if kind is not None and conflict.of_id else None


def what_of(conflict: Conflict) -> str:
    """Return what a text was written for: "Task: Next step"."""
    field = field_name(conflict.of_table, conflict.of_field)
    table = table_name(conflict.of_table)
    return f"{table}: {field}" if field and field != table else table


def theirs_now(store: Store, conflict: Conflict) -> str:
    """Return what stands in the field now, in words; where the record is gone, what stood there."""
    record = record_of(store, conflict)
    name, _dot, key = conflict.of_field.partition(".")
    if record is None or not _is_field(record, name):
        return in_words(store, conflict, conflict.theirs)
    value = getattr(record, name)
    if key and isinstance(value, dict):
        value = value.get(key, "")
    return _said(store, name, value)


def in_words(store: Store, conflict: Conflict, text: str) -> str:
    """Return a kept text as it is read: a date, a choice or a name instead of what is stored."""
    kind = BY_TABLE.get(conflict.of_table)
    if kind is None or not text:
        return text
    record = record_of(store, conflict) or decode(kind, conflict.of_id, {})
    value = _read(record, conflict.of_field, text)
    return text if value is None else _said(store, conflict.of_field.partition(".")[0], value)


def with_text(store: Store, conflict: Conflict, text: str) -> Record | None:
    """Return the record with the text in its field; None where it cannot stand there.

    The text is what is stored, or what somebody typed: "2026-12-01" or "1/12".
    """
    record = record_of(store, conflict)
    if record is None:
        return None
    name, _dot, key = conflict.of_field.partition(".")
    if name in _NAMES:
        text = _id_of(store, name, text)
        if not text:
            return None
    value = _read(record, conflict.of_field, text)
    if value is None:
        return None
    if key:
        value = {**getattr(record, name), key: value}
    change: dict[str, Any] = {name: value}
    return replace(record, **change)


def is_text(store: Store, conflict: Conflict) -> bool:
    """Whether the field holds free text, in which two have room after each other."""
    record = record_of(store, conflict)
    name = conflict.of_field.partition(".")[0]
    if record is None or name in _NAMES or not _is_field(record, name):
        return False
    value = getattr(record, name)
    return isinstance(value, dict) or (isinstance(value, str) and not isinstance(value, StrEnum))


def _is_field(record: Record, name: str) -> bool:
    return name in record.__dataclass_fields__ and name not in {"id", *BOOKKEEPING}


def _read(record: Record, field: str, text: str) -> Any:
    """Return the value of a field that a text says; None where it says none."""
    name, _dot, key = field.partition(".")
    if not _is_field(record, name):
        return None
    doc = encode(record)
    for raw in _readings(name, text):
        there = doc.get(name, {})
        if key and not isinstance(there, dict):
            return None
        doc[name] = {**there, key: raw} if key else raw
        if name not in problems_of(type(record), doc):
            value = getattr(decode(type(record), record.id, doc), name)
            return value[key] if key else value
    return None


def _readings(name: str, text: str) -> Iterator[Any]:
    """Yield what a text may stand for in a document."""
    yield text
    if text in {"True", "False"}:
        yield text == "True"
    if text.isdecimal():
        yield int(text)
    try:
        if name in _MINUTES:
            yield parse_duration(text)
        day = parse_date(text, today())
    except ValueError:
        return
    if day is not None:
        yield day.isoformat()


def _said(store: Store, name: str, value: Any) -> str:
    said = str(value)
    if value is None:
        said = ""
    elif isinstance(value, StrEnum):
        said = word(value)
    elif isinstance(value, bool):
        said = _("yes") if value else _("no")
    elif isinstance(value, date):
        said = show_date(value)
    elif isinstance(value, int) and name in _MINUTES:
        said = show_duration(value)
    elif isinstance(value, tuple):
        said = ", ".join(map(str, value))
    elif name in _NAMES:
        said = _name_of(store, name, said)
    return said


def _name_of(store: Store, field: str, id: str) -> str:
    kind, name = _NAMES[field]
    record = store.get(kind, id)
    if record is not None:
        return str(getattr(record, name))
    return _("Mentee") if id == MENTEE else id


def _id_of(store: Store, field: str, text: str) -> str:
    """Return the id that a text is or names; "" where it is none."""
    kind, name = _NAMES[field]
    if text == MENTEE or store.get(kind, text) is not None:
        return text
    named = [one.id for one in store.all(kind) if getattr(one, name).casefold() == text.casefold()]
    return named[0] if len(named) == 1 else ""


def whose(store: Store, conflict: Conflict) -> str:
    """Return the name of the mentee that a text belongs to, or ""."""
    mentee = store.get(Mentee, conflict.mentee_id)
    return mentee.name if mentee is not None else ""
