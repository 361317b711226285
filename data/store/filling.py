"""The text of an `Unfinished` record: what had been changed in a form or a cell, as JSON.

Each changed field is kept with what it held when the form was opened. So a later session can tell
whether somebody else has written there since.
"""

from __future__ import annotations

import json
from collections.abc import Container, Mapping
from dataclasses import field, replace
from typing import Any

from data.frozen import immutable

TextEdit = tuple[str, str]
"""What a field held when the form was opened, and what was typed there."""


@immutable
class Filling:
    """What had been changed in one form or cell, and the record that it is about."""

    table: str
    id: str
    """The record's id; empty for a record that is only being made."""
    mentee_id: str
    """Whose record it is; empty where it belongs to no mentee."""
    fields: Mapping[str, TextEdit]
    days: Mapping[str, str] = field(default_factory=dict)
    """By field of a date: the day that was meant, as "24-11-2026". "Tomorrow" means another day
    when it is read another day."""

    def without(self, names: Container[str]) -> Filling:
        """Return the same without what was typed in the fields of those names."""
        return replace(self, fields={k: v for k, v in self.fields.items() if k not in names})

    def to_json(self) -> str:
        """Return the text to be kept in an `Unfinished` record."""
        doc: dict[str, Any] = {"table": self.table, "id": self.id, "mentee": self.mentee_id}
        doc["fields"] = {name: list(typed) for name, typed in self.fields.items()}
        if self.days:
            doc["days"] = dict(self.days)
        return json.dumps(doc, ensure_ascii=False)


def from_json(text: str) -> Filling | None:
    """Return what such a text holds, or None if `to_json` did not write it."""
    try:
        doc = json.loads(text)
        fields = {str(name): (str(was), str(typed)) for name, (was, typed) in _items(doc)}
        days = {str(name): str(day) for name, day in doc.get("days", {}).items()}
        return Filling(str(doc["table"]), str(doc["id"]), str(doc["mentee"]), fields, days)
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def _items(doc: Any) -> list[tuple[Any, Any]]:
    fields = doc["fields"]
    if not isinstance(fields, dict):
        raise TypeError(fields)
    return list(fields.items())
