"""Of documents of several mentees that have one id: which of them a session believes.

Ids that are made of others can be worked out. A colleague could put a document of such an id among
those of another mentee, or of the team, before the real one is there; and give access to it later.
"""

from __future__ import annotations

from collections.abc import Iterable

from data.storage.postgres.rules import ServerRules
from data.storage.protocol import Doc, Tables
from data.storage.references import MENTEES, OF_TEAM, scope_of
from data.storage.split.parts import Key

Twin = tuple[str, str, Doc]
"""Table, id and content of a document whose id another one has, too."""


def believe(tables: Tables, twins: Iterable[Twin], rules: ServerRules) -> None:
    """Put the right one of twins in place, and leave out what is about nobody and should not be.

    Args:
        tables: The documents, of twins the oldest. They are changed.
        twins: The others, oldest first.
        rules: What is to be known of documents.
    """
    for table in rules.of_mentees & tables.keys():
        docs = tables[table]
        for id in [one for one, doc in docs.items() if scope_of(table, one, doc) == OF_TEAM]:
            del docs[id]
    others: dict[Key, list[Doc]] = {}
    for table, id, doc in twins:
        if not (table in rules.of_mentees and scope_of(table, id, doc) == OF_TEAM):
            others.setdefault((table, id), []).append(doc)
    open_keys = set(others)

    def settle(key: Key) -> None:
        """Decide about one, after what its id is made of."""
        if key not in open_keys:
            return
        open_keys.discard(key)
        table, id = key
        docs = tables.setdefault(table, {})
        found = [*([docs[id]] if id in docs else []), *others[key]]
        docs[id] = next((one for one in found if is_at_home(table, id, one)), found[0])

    def is_at_home(table: str, id: str, doc: Doc) -> bool:
        """Whether the id of a document is made of what it is about."""
        of = rules.made_of(table, id, doc)
        if of is None:
            return False
        if of[0] == MENTEES:
            return True
        settle(of)
        known = tables.get(of[0], {}).get(of[1])
        return known is not None and scope_of(*of, known) == scope_of(table, id, doc)

    for key in list(others):
        settle(key)
