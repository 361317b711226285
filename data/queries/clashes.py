"""Conflicts: how their two texts are shown, and how either is put into its record again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date
from enum import StrEnum
from typing import Any, Final

from data.clock import today
from data.dates import show_date
from data.durations import parse_duration, show_duration
from data.i18n import _
from data.method.mentorship.roles import assign
from data.method.talk.wellbeing import ITEMS, word_text
from data.method.view import MENTEE
from data.method.words import word
from data.queries.called import called
from data.queries.field_names import field_name, table_name
from data.records import (
    BY_TABLE,
    Answer,
    CheckResult,
    Conflict,
    Goal,
    Mentee,
    Person,
    PersonKind,
    Record,
    Role,
    Task,
)
from data.records.base import MINUTES
from data.storage.protocol import BOOKKEEPING
from data.store.codec import decode, encode, problems_of
from data.store.store import Store
from data.typed_dates import parse_date

_NAMES: Final[dict[str, tuple[type[Record], str]]] = {
    **dict.fromkeys(
        ("person_id", "by_id", "sparring_with", "who", "done_by", "with_id"), (Person, "name")
    ),
    "mentee_id": (Mentee, "name"),
    **dict.fromkeys(("task_id", "task_ids"), (Task, "title")),
    "goal_id": (Goal, "text"),
}
"""Field with the id of another record -> the class of that record, and the field of its name."""
_FORM_CHOICES: Final[dict[str, dict[str, type[StrEnum]]]] = {
    "tasks": {"result": CheckResult},
    "introductions": {"kind": PersonKind},
}
"""Table -> key in a form about it that is no field of the record -> the choices."""
"""Fields with a number of minutes."""


def record_of(store: Store, conflict: Conflict) -> Record | None:
    """Return the record that was edited, or None if it is gone."""
    kind = BY_TABLE.get(conflict.of_table)
    return store.get(kind, conflict.of_id) if kind is not None and conflict.of_id else None


def why_gone(store: Store, conflict: Conflict) -> str:
    """Return that what was edited is not there, and what to do; "" where it is there.

    Where others write too it need not be deleted: it may only be shown to the user no longer.
    """
    if record_of(store, conflict) is not None or not conflict.of_id:
        return ""
    if store.of_team or store.on_server:
        return _("What the text belonged to is not shown to you any more; copy it from here")
    return _("What the text belonged to has been deleted; copy the text from here")


def what_of(conflict: Conflict, label: str = "") -> str:
    """Return the names of the table and the field that was edited, as in "Task: Next step".

    `label` is what the form calls the field in which it was typed; "" for the field's own name.
    """
    field = label or field_name(conflict.of_table, conflict.of_field)
    table = table_name(conflict.of_table)
    return f"{table}: {field}" if field and field != table else table


def theirs_now(store: Store, conflict: Conflict) -> str:
    """Return the value of the field now, as the user reads it.

    If the record is gone, it is the text that took the place of the other (`Conflict.theirs`).
    """
    record = record_of(store, conflict)
    name, _dot, key = conflict.of_field.partition(".")
    if record is None or not _is_field(record, name):
        return in_words(store, conflict, conflict.theirs)
    value = getattr(record, name)
    if key and isinstance(value, dict):
        value = value.get(key, "")
    if isinstance(value, str) and (choice := _choice(conflict, value)) is not None:
        return choice
    return shown_value(store, name, value)


def in_words(store: Store, conflict: Conflict, text: str) -> str:
    """Return a text of the conflict as the user reads it: a stored id, for example, as a name."""
    kind = BY_TABLE.get(conflict.of_table)
    if kind is None or not text:
        return text
    if (choice := _choice(conflict, text)) is not None:
        return choice
    record = record_of(store, conflict) or decode(kind, conflict.of_id, {})
    value = _read(record, conflict.of_field, text)
    return text if value is None else shown_value(store, conflict.of_field.partition(".")[0], value)


def _choice(conflict: Conflict, text: str) -> str | None:
    """Return a choice of a form in words where its key is no field of a record; or None."""
    if conflict.of_table == Answer.table and conflict.of_field.rpartition(".")[2] in ITEMS:
        return word_text(text)
    if conflict.of_field == "none":
        return _("yes") if text else _("no")
    values = _FORM_CHOICES.get(conflict.of_table, {}).get(conflict.of_field)
    return word(values(text)) if values is not None and text in {*values} else None


def with_text(store: Store, conflict: Conflict, record: Record | None, text: str) -> Record | None:
    """Return the record, as the user saw it, with the text in its field.

    None if the record is gone or the text is no value. The text is as it is stored or as somebody
    typed it: "2026-12-01" or "1/12".
    """
    if record is None:
        return None
    name, _dot, key = conflict.of_field.partition(".")
    if name in _NAMES and name != "task_ids":
        text = _id_of(store, name, text)
        if not text:
            return None
    value = _read(record, conflict.of_field, text)
    if value is None:
        return None
    if key:
        value = {**getattr(record, name), key: value}
    if isinstance(record, Role) and name == "person_id":
        return assign(record, value, today()).after
    change: dict[str, Any] = {**_undecided(record, name), name: value}
    return replace(record, **change)


def _undecided(record: Record, name: str) -> dict[str, Any]:
    """Return the empty values of the other fields that are one decision with this field."""
    marks = {one.name: one.metadata.get("decision") for one in fields(record)}
    return {
        one.name: one.default
        for one in fields(record)
        if one.name != name and marks[name] and marks[one.name] == marks[name]
    }


def is_text(store: Store, conflict: Conflict) -> bool:
    """Whether the field holds free text, so that one text can be put after the other."""
    record = record_of(store, conflict)
    name = conflict.of_field.partition(".")[0]
    if record is None or name in _NAMES or not _is_field(record, name):
        return False
    value = getattr(record, name)
    return isinstance(value, dict) or (isinstance(value, str) and not isinstance(value, StrEnum))


def _is_field(record: Record, name: str) -> bool:
    """Whether the record has a field of that name that users fill in."""
    return name in record.__dataclass_fields__ and name not in {"id", *BOOKKEEPING}


def _read(record: Record, field: str, text: str) -> Any:
    """Return the value of the field that a text stands for, or None.

    `field` may have a key: "extra.Colour" is the entry "Colour" of the dict in the field "extra".
    """
    name, _dot, key = field.partition(".")
    if not _is_field(record, name):
        return None
    doc = encode(record)
    readings = [*_readings(name, text)]
    if isinstance(getattr(record, name), tuple):
        readings.append(_list(name, text))
    for raw in readings:
        there = doc.get(name, {})
        if key and not isinstance(there, dict):
            return None
        doc[name] = {**there, key: raw} if key else raw
        if name not in problems_of(type(record), doc):
            value = getattr(decode(type(record), record.id, doc), name)
            return value[key] if key else value
    return None


def _readings(name: str, text: str) -> Iterator[Any]:
    """Yield the values that a text may stand for, as they are stored in a document."""
    yield text
    if text in {"True", "False"}:
        yield text == "True"
    if text.isdecimal():
        yield int(text)
    try:
        if name in MINUTES:
            yield parse_duration(text)
        day = parse_date(text, today())
    except ValueError:
        return
    if day is not None:
        yield day.isoformat()


def _list(name: str, text: str) -> list[str]:
    """Return the entries of a list, one on each line; own columns also with commas between them."""
    lines = text.replace(",", "\n") if name == "columns" else text
    return list(dict.fromkeys(one.strip() for one in lines.split("\n") if one.strip()))


def shown_value(store: Store, name: str, value: Any) -> str:
    """Return the value of a record's field `name` as the user reads it."""
    shown = str(value)
    if value is None:
        shown = ""
    elif isinstance(value, StrEnum):
        shown = word(value)
    elif isinstance(value, bool):
        shown = _("yes") if value else _("no")
    elif isinstance(value, date):
        shown = show_date(value)
    elif isinstance(value, int) and name in MINUTES:
        shown = show_duration(value)
    elif isinstance(value, tuple):
        parts = [_name_of(store, name, one) if name in _NAMES else str(one) for one in value]
        shown = ", ".join(parts)
    elif name in _NAMES:
        shown = _name_of(store, name, shown)
    return shown


def _name_of(store: Store, field: str, id: str) -> str:
    """Return the name of the record whose id is in the field; the id if there is none."""
    kind, name = _NAMES[field]
    record = store.get(kind, id)
    if record is not None:
        return str(getattr(record, name))
    return _("Mentee") if id == MENTEE else id


def _id_of(store: Store, field: str, text: str) -> str:
    """Return the id that a text is, or of the only record with that name; or ""."""
    kind, name = _NAMES[field]
    if text == MENTEE or store.get(kind, text) is not None:
        return text
    named = [one.id for one in store.all(kind) if getattr(one, name).casefold() == text.casefold()]
    return named[0] if len(named) == 1 else ""


def is_long_text(store: Store, conflict: Conflict) -> bool:
    """Whether the field takes several lines."""
    record = record_of(store, conflict)
    name, _dot, key = conflict.of_field.partition(".")
    if record is None or key or not _is_field(record, name):
        return False
    return bool(record.__dataclass_fields__[name].metadata.get("text"))


def who_and_when(store: Store, conflict: Conflict) -> str:
    """Return who wrote what stands there now, and when it clashed: "bob, 01-12-2026 14:03"."""
    record = record_of(store, conflict)
    by = conflict.by or (record.changed_by if record is not None else "")
    at = conflict.created_at
    when = f"{show_date(at.date())} {at:%H:%M}" if at is not None else ""
    return ", ".join(filter(None, (called(store, by), when)))


def whose(store: Store, conflict: Conflict) -> str:
    """Return the name of the mentee that the conflict is about, or ""."""
    mentee = store.get(Mentee, conflict.mentee_id)
    return mentee.name if mentee is not None else ""
