"""What a record is called, where a line is about one of several of its kind."""

from __future__ import annotations

from typing import Final

from data.method.mentorship.roles import role_name
from data.records import Agreement, Mentee, Record, Role, Talk

NAMED_BY: Final = ("title", "text", "what", "name")
"""Fields that name a record, the first that it has."""
NAMELESS: Final = frozenset({Mentee.table, Agreement.table})
"""Tables of which a mentee has one record: it needs no name."""


def record_name(record: Record | None) -> str:
    """Return what a record is called: a task's title, a talk's number; "" if it has no name."""
    if record is None or record.table in NAMELESS:
        return ""
    if isinstance(record, Role):
        return role_name(record)
    if isinstance(record, Talk):
        return str(record.number or "")
    found = (getattr(record, name, None) for name in NAMED_BY)
    return next((str(name) for name in found if name), "")
