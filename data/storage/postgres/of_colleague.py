"""What a colleague has deleted for good, as far as a session takes their word for it.

Whoever may delete something tells the server what goes. It knows what of that they could see; what
others keep private it takes by the mentee alone (`sql/privacy.sql`). A session does likewise. Any
id could be among those that go, so by ids it takes only what a colleague may delete: what is
shared, and is about the mentee whom the deletion is about, or about none; and only while the server
has no such document.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import field, fields
from typing import TypeAlias

from data.frozen import immutable
from data.storage.deletion import Deletion, key, opaque
from data.storage.history import OWNER
from data.storage.protocol import Doc
from data.storage.purge_list import Deletions
from data.storage.references import OF_TEAM, scope_of
from data.storage.split.parts import Parting, is_fields_table

IsThere: TypeAlias = Callable[[str, str], bool]
"""Says whether the server has a document, by its table and its id."""


@immutable
class OfColleague(Deletion):
    """A deletion that somebody else than the user has made."""

    parting: Parting = field(kw_only=True)
    """What of a document only its author may see."""
    is_there: IsThere = field(kw_only=True)

    def knows(self, id: str | bytes) -> bool:
        """Whether an id is that of an owner who is gone."""
        return opaque(self.salt, id) in self.owners

    def is_of_owner(self, line: bytes) -> bool:
        """Whether a document says that it belongs to an owner who is gone."""
        owner = _in_line(line).get(OWNER)
        return isinstance(owner, str) and bool(owner) and self.knows(owner)

    def reaches(self, table: str, id: str, line: bytes) -> bool:
        """Whether a colleague may have deleted a document, or a part of it."""
        doc = _in_line(line)
        if is_fields_table(table) or self.is_there(table, id):
            return False
        may_be_private = table in self.parting.tables
        if may_be_private and self.parting.open_part(table, id, doc) is None:
            return False
        scope = scope_of(table, id, doc)
        if scope == OF_TEAM:
            return opaque(self.salt, key(table, id)) in self.of_team
        return opaque(self.salt, scope) == self.about


def believed(
    deletions: Iterable[Deletion], by: str, parting: Parting, is_there: IsThere
) -> Deletions:
    """Return deletions, those of others than the user as `OfColleague`.

    Args:
        deletions: What was deleted for good.
        by: The login name of the user.
        parting: What of a document only its author may see.
        is_there: Whether the server has a document.
    """
    return tuple(
        one
        if one.by == by
        else OfColleague(
            **{each.name: getattr(one, each.name) for each in fields(Deletion)},
            parting=parting,
            is_there=is_there,
        )
        for one in deletions
    )


def _in_line(line: bytes) -> Doc:
    """Return the document in a line of JSON, with or without its id before it."""
    value = json.loads(line if line.startswith(b"{") else b"{%s}" % line)
    doc = value if line.startswith(b"{") else next(iter(value.values()))
    return doc if isinstance(doc, dict) else {}
