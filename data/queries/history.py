"""Who changed what and when about a mentee, in words (R15, R56: "opdateret i fællesskab").

It is read from the disk (`Backend.history`), with the names that things have now; what is gone
keeps the name that it was given first or last.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from functools import cache
from itertools import groupby
from typing import Any, Final

from data.clock import local, seconds_of
from data.frozen import immutable
from data.i18n import _
from data.queries.called import called
from data.queries.clashes import shown_value
from data.queries.field_names import field_name, table_name
from data.queries.record_names import NAMED_BY, NAMELESS, record_name
from data.records import BY_TABLE, Record, Role, Talk
from data.records.base import PASSING
from data.storage.protocol import Happening
from data.store import by_key
from data.store.codec import decode, problems_of
from data.store.store import Store
from data.text import danish_key

RELEASED: Final = "released"
"""In place of a table: a status was released to a manager on a server, or taken back. The id is the
manager's login."""
_MANY: Final = 3
"""Of more records that were made in one minute it is only told how many there were."""
_GONE: Final = "–"
"""What is shown for a value that is empty."""


@immutable
class Told:
    """What somebody did, in words."""

    at: datetime | None
    """When, in local time; None where the file does not tell."""
    by: str
    """Who did it: the name that colleagues use, or else the login."""
    id: str
    """The id of the record that it was done to; "" for several."""
    about: str
    """What it was done to, as in "Task: Decision"; "" for several."""
    what: str
    """What was done, as in "Step: Together → Independent; Description changed"."""


def told(store: Store, found: Sequence[Happening], of: str = "") -> list[Told]:
    """Return what happened to a mentee and what belongs to them in words, newest first.

    Args:
        store: The store, which knows what things are called now.
        found: What `Store.history` returns.
        of: The id of the record that it is about, with what belongs to it; "" for all of them.
    """
    names = _Names(store, found)
    asked = [one for one in found if not of or names.is_about(one, of)]
    asked.sort(key=_when)  # what a hand-over brought stands after what was done here meanwhile
    lines = []
    for (kind, by, minute, is_release), same in groupby(asked, key=_together):
        together = [*same]
        if kind == "new" and not of and not is_release and len(together) > _MANY:
            lines.append(Told(_time(minute), called(store, by), "", "", _made(together)))
            continue
        for one in together:
            what = _what(store, one)
            if what:
                who = called(store, one.by)
                lines.append(Told(_time(one.at), who, one.id, names.of(one), what))
    return lines[::-1]


def _together(one: Happening) -> tuple[str, str, str, bool]:
    """Return the same for what was done at once."""
    return one.kind, one.by, one.at[:16], one.table == RELEASED


def _made(found: Iterable[Happening]) -> str:
    """Return how many records of which kinds were made at once: "added: Goal 12, Task 13"."""
    numbers = Counter(table_name(one.table) for one in found)
    names = sorted(numbers, key=danish_key)
    kinds = ", ".join(f"{name} {numbers[name]}" for name in names)
    return _("added: {kinds}").format(kinds=kinds)


class _Names:
    """What the things are called that something happened to."""

    def __init__(self, store: Store, found: Iterable[Happening]) -> None:
        self._store = store
        self._told: dict[tuple[str, str], dict[str, Any]] = {}
        for one in found:
            values = self._told.setdefault((one.table, one.id), {})
            for name, pair in one.fields.items():
                if pair is not None:
                    values[name] = pair[1] if pair[1] is not None else pair[0]

    def of(self, one: Happening) -> str:
        """Return table and name, as in "Task: Decision"."""
        kind = table_name(one.table)
        name = self._name(one)
        if one.table == Talk.table:
            return f"{kind} {name}"
        return f"{kind}: {name}" if name and name != kind else kind

    def _name(self, one: Happening) -> str:
        if one.table == RELEASED:
            return one.id
        record = self._store.get(BY_TABLE[one.table], one.id)
        if name := record_name(record):
            return name
        if isinstance(record, Role) or one.table in NAMELESS:
            return ""
        values = self._told[one.table, one.id]
        if one.table in by_key.TABLES:
            by_key.put_in(values)
        if one.table == Talk.table:
            return str(values.get("number", ""))
        return next((str(values[name]) for name in NAMED_BY if values.get(name)), "")

    def is_about(self, one: Happening, of: str) -> bool:
        """Whether it happened to a record, or to what belongs to it."""
        if one.id == of:
            return True
        if one.table == RELEASED:
            return False
        record = self._store.get(BY_TABLE[one.table], one.id)
        owner = getattr(record, "task_id", "") or self._told[one.table, one.id].get("task_id", "")
        return bool(owner) and owner == of


def _what(store: Store, one: Happening) -> str:
    """Return what was done to a record, in words; "" where it is nothing that users see."""
    if one.table == RELEASED:
        return _("withdrawn") if one.kind == "del" else _("released")
    if one.kind != "set":
        return _("deleted") if one.kind == "del" else _("added")
    parts = []
    for field, pair in one.fields.items():
        name = _field_name(one.table, field)
        if name and pair is None:
            parts.append(_("{field} changed").format(field=name))
        elif name and pair is not None:
            before, after = (_value(store, one, field, value) for value in pair)
            if before != after:
                parts.append(f"{name}: {before or _GONE} → {after or _GONE}")
    return "; ".join(parts)


def _field_name(table: str, field: str) -> str:
    """Return the name of a field, translated; "" where users do not see it."""
    if field.partition(".")[0] in _passing(table):
        return ""
    name = field_name(table, field)
    # "Task: Decision: Task: …" would say it twice: a task's title is called as the task is
    return _("Name") if name and name == table_name(table) else name


@cache
def _passing(table: str) -> frozenset[str]:
    """Return the fields whose changes do not count, such as the order of rows."""
    kind = BY_TABLE[table]
    return frozenset(one.name for one in fields(kind) if one.metadata == PASSING)


def _value(store: Store, one: Happening, field: str, raw: Any) -> str:
    """Return a stored value as the user reads it."""
    name, _dot, key = field.partition(".")
    kind: type[Record] = BY_TABLE[one.table]
    if raw == "" and one.table in by_key.TABLES and name == by_key.FIELD:
        known = store.get(kind, one.id)
        doc: dict[str, Any] = {name: raw, "key": getattr(known, "key", "")}
        by_key.put_in(doc)
        raw = doc[name]
    if raw is None or raw == "":
        return ""
    doc = {name: {key: raw} if key else raw}
    record = decode(kind, one.id, doc)
    if name in problems_of(kind, doc) or not hasattr(record, name):
        return str(raw)
    value = getattr(record, name)
    return shown_value(store, name, value.get(key) if key and isinstance(value, Mapping) else value)


def _when(one: Happening) -> float:
    at = _time(one.at)
    return seconds_of(at)


def _time(text: str) -> datetime | None:
    try:  # of a minute alone, too, whose offset is cut off
        return local(datetime.fromisoformat(text))
    except ValueError:
        return None
