"""Of what an id is made that is made of others, asked of documents.

Such an id can be worked out by whoever knows the others. So of two documents that have one id, only
the one whose id is made of what it is about is what it says.
"""

from __future__ import annotations

from collections.abc import Iterator

from data.records import Agreement, Answer, Mentee, Need, Postponed, Talk, part_id
from data.storage.protocol import Doc

_MOST_TALKS = 200
"""A talk that nobody had planned may have got another number since."""


def made_of(table: str, id: str, doc: Doc) -> tuple[str, str] | None:
    """Return table and id of the document of whose id an id is made, by what the document says.

    None if it is not made of what it would be made of.
    """
    for of_table, of_id, part in _parts(table, doc):
        if isinstance(of_id, str) and of_id and part_id(of_id, part) == id:
            return of_table, of_id
    return None


def _parts(table: str, doc: Doc) -> Iterator[tuple[str, object, str]]:
    """Yield table and id of what the id of a document may be made of, and the part of it."""
    mentee = doc.get("mentee_id")
    if table == Agreement.table:
        yield Mentee.table, mentee, Agreement.table
    elif table == Postponed.table:
        yield Mentee.table, mentee, f"{Postponed.table}:{doc.get('key')}"
    elif table == Answer.table:
        yield Talk.table, doc.get("talk_id"), str(doc.get("key"))
    elif table == Need.table:
        yield Need.table, doc.get("earlier_id"), "next round"
    elif table == Talk.table:
        for number in (doc.get("number"), *range(1, _MOST_TALKS)):
            yield Mentee.table, mentee, f"talk:{number}"
