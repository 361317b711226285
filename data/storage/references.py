"""Which documents refer to which, and whom a document is about. Pure functions.

The rules of a table say which of its fields hold the ids of other documents. What is about a mentee
is named by what is about the same mentee alone: another document that names it does not count, so
that nobody holds it back who may not see the mentee.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final

from data.storage.history import OWNER
from data.storage.protocol import NO_RULES, Doc, Docs, Rules, TableRules, Tables
from data.storage.raw_table import naming

Key = tuple[str, str]
"""Table and id of a document."""
MENTEES: Final = "mentees"
"""The table of those whom all else is about."""
OF_TEAM: Final = ""
"""The scope of what belongs to no mentee: people, texts, questions, tips."""
_FEW: Final = 30
"""Up to so many ids are each looked for in the lines of a table; with more, all are read."""


def scope_of(table: str, id: str, doc: Doc | None) -> str:
    """Return the id of the mentee whom a document is about, or `OF_TEAM`."""
    if table == MENTEES:
        return id
    owner = (doc or {}).get(OWNER)
    return owner if isinstance(owner, str) else OF_TEAM


def references(doc: Doc, rules: Rules) -> Iterator[tuple[str, Key]]:
    """Yield field, and table and id of each document that a document names.

    Of a field that names documents of several tables, each of them is told.
    """
    for name, table in rules.owners.items():
        yield from ((name, (table, id)) for id in _ids(doc.get(name), ""))
    for name, reference in rules.refers.items():
        for id in _ids(doc.get(name), reference.at):
            yield from ((name, (table, id)) for table in reference.tables)


def _ids(value: Any, at: str) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for one in value:
            found = one.get(at) if at and isinstance(one, dict) else one
            if isinstance(found, str):
                yield found


def may_name(doc: Doc, table: str, id: str, named: Doc) -> bool:
    """Return whether it counts that a document names another one.

    Args:
        doc: The document that names the other one.
        table: The table of the other one.
        id: Its id.
        named: The other one.
    """
    mentee = scope_of(table, id, named)
    return mentee == OF_TEAM or doc.get(OWNER) == mentee


def users_of(
    wanted: Mapping[Key, Doc], tables: Tables, rules: TableRules
) -> Mapping[Key, list[tuple[str, Key]]]:
    """Return for documents which fields of which documents name them."""
    found: defaultdict[Key, list[tuple[str, Key]]] = defaultdict(list)
    ids = {id for _table, id in wanted}
    for table, docs in tables.items():
        own = rules.get(table, NO_RULES)
        if not own.refers and not own.owners:
            continue
        for id, doc in _candidates(docs, ids):
            for name, key in references(doc, own):
                if key in wanted and may_name(doc, *key, wanted[key]):
                    found[key].append((name, (table, id)))
    return found


def _candidates(docs: Docs, ids: Collection[str]) -> Iterator[tuple[str, Doc]]:
    if len(ids) > _FEW:
        yield from docs.items()
        return
    seen: set[str] = set()
    for wanted in ids:
        for id, doc in naming(docs, wanted):
            if id not in seen:
                seen.add(id)
                yield id, doc
