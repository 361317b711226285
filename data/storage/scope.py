"""Whom a document is about: one mentee, or nobody, as what a whole team has in common."""

from __future__ import annotations

from typing import Final

from data.storage.history import OWNER
from data.storage.protocol import Doc

MENTEES: Final = "mentees"
"""The table of those whom all else is about."""
OF_TEAM: Final = ""
"""The scope of what belongs to no mentee: people, texts, questions, tips."""


def scope_of(table: str, id: str, doc: Doc | None) -> str:
    """Return the id of the mentee whom a document is about, or `OF_TEAM`."""
    if table == MENTEES:
        return id
    owner = (doc or {}).get(OWNER)
    return owner if isinstance(owner, str) else OF_TEAM
