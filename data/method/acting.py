"""Who acts as mentor of a mentee, asked of documents: a server gives those access.

It is the rule of `mentors`: the main mentor, and co-mentors until their last day.
"""

from __future__ import annotations

from typing import Final

from data.method.made_ids import made_of
from data.method.parting import PARTING
from data.records import KINDS, Conflict, Mentee, MenteeRecord, Person, Role, RoleKind, Unfinished
from data.storage.postgres.rules import Actor, ServerRules
from data.storage.protocol import Doc, Docs
from data.storage.split.parts import Parting
from data.store.codec import decode, table_rules
from data.text import name_key

_ALWAYS_PRIVATE: Final = PARTING.alone | {Conflict.table, Unfinished.table}
"""What is the author's alone in a team file too, and what may hold any text: nobody else has it.

A colleague who could write a conflict would have a text put into a note of somebody else.
"""


def acting(mentee_id: str, roles: Docs, people: Docs) -> list[Actor]:
    """Return who acts as mentor of a mentee, the main mentor once.

    Args:
        mentee_id: The mentee.
        roles: The documents of all roles that are known.
        people: The documents of all people that are known.
    """
    found: list[Actor] = []
    for id, doc in roles.items():
        if doc.get("mentee_id") != mentee_id:
            continue
        role = decode(Role, id, doc)
        person = people.get(role.person_id)
        is_main = role.kind is RoleKind.MENTOR
        if person is None or not (is_main or role.kind is RoleKind.CO_MENTOR):
            continue
        if is_main and any(one.is_main for one in found):
            continue
        until = role.until.isoformat() if role.until and not is_main else None
        of = decode(Person, role.person_id, person)
        shown = "" if of.example else of.name
        found.append(Actor(id, name_key(of.name), shown, is_main, until))
    return found


def open_on_server(table: str, id: str, doc: Doc) -> Doc | None:
    """Return what others than its author may have of a document on a server.

    It is what they may have in a team file, without what is always the author's own there.
    """
    return None if table in _ALWAYS_PRIVATE else PARTING.open_part(table, id, doc)


SERVER_RULES: Final = ServerRules(
    Parting(PARTING.tables, open_on_server, PARTING.kept, True, _ALWAYS_PRIVATE, PARTING.decide),
    table_rules(),
    Role.table,
    acting,
    Person.table,
    made_of,
    frozenset(kind.table for kind in KINDS if issubclass(kind, Mentee | MenteeRecord)),
    name_key,
)
"""What a server is to know of the documents."""
