"""What one session was filling in: the fields that were changed in a form or a cell, as JSON.

This is what stands in `Unfinished.texts`. A field is kept with what stood there when the form was
opened, so that a later session can tell whether somebody has written there since.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from data.frozen import immutable

Typed = tuple[str, str]
"""What stood in a field when it was opened, and what was typed there."""


@immutable
class Filling:
    """The changed fields of one form or cell, and the record that they are about."""

    table: str
    id: str
    """The record's id; empty for a record that is only being made."""
    mentee_id: str
    """Whose record it is; empty where it belongs to no mentee."""
    fields: Mapping[str, Typed]

    def to_json(self) -> str:
        """Return it as the text of an `Unfinished`."""
        doc: dict[str, Any] = {"table": self.table, "id": self.id, "mentee": self.mentee_id}
        doc["fields"] = {name: list(typed) for name, typed in self.fields.items()}
        return json.dumps(doc, ensure_ascii=False)


def from_json(text: str) -> Filling | None:
    """Return what such a text says; None where it was not written by `to_json`."""
    try:
        doc = json.loads(text)
        fields = {str(name): (str(was), str(typed)) for name, (was, typed) in _items(doc)}
        return Filling(str(doc["table"]), str(doc["id"]), str(doc["mentee"]), fields)
    except (ValueError, TypeError, KeyError):
        return None


def _items(doc: Any) -> list[tuple[Any, Any]]:
    fields = doc["fields"]
    if not isinstance(fields, dict):
        raise TypeError(fields)
    return list(fields.items())
