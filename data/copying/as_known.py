"""The user among what is copied from a file, called as colleagues on the server know them.

In a file of one's own the mentor is often called by the login, as the program does where the
account has no other name. On a server Today, access and what is published go by the name that the
server has.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from data.copying.ends import Rows, Source
from data.records import Person, PersonKind, Role, RoleKind
from data.storage.protocol import Doc, Happening
from data.text import name_key


class AsKnown:
    """A source that calls the user by another name; else it is the same to the letter."""

    def __init__(self, source: Source, called: Iterable[str], name: str) -> None:
        """Remember who the user is.

        Args:
            source: What is copied.
            called: The names that are the user's there, and nobody else's.
            name: By which colleagues know the user.
        """
        self._source = source
        self._called = {name_key(one) for one in called} - {name_key(name)}
        self.name = name
        self.was = ""
        """What the user was called in what was read last; "" if they have their name there."""
        self.is_missing = False
        """Whether somebody is a mentor in what was read last, and nobody is called as the user."""

    def rows(self) -> Rows:
        """Read all, with the new name. Raises `StorageError`."""
        rows = self._source.rows()
        people = rows.tables.get(Person.table, {})
        own = {id: doc for id, doc in people.items() if _called(doc) in self._called}
        self.was = next((str(doc["name"]) for doc in own.values()), "")
        roles = rows.tables.get(Role.table, {}).values()
        is_known = own or any(_called(doc) == name_key(self.name) for doc in people.values())
        self.is_missing = not is_known and any(map(_is_mentors, roles))
        if not own:
            return rows
        named = {id: {**doc, "name": self.name} for id, doc in own.items()}
        return rows._replace(tables={**rows.tables, Person.table: {**people, **named}})

    def history(self, mentee_id: str) -> Sequence[Happening]:
        """Return what happened to a mentee; it names people by their ids."""
        return self._source.history(mentee_id)

    def close(self) -> None:
        """Close the source."""
        self._source.close()


def _called(doc: Doc) -> str:
    """Return the name of a person as it is compared; "" for who can be no user."""
    name, kind = doc.get("name"), doc.get("kind", PersonKind.PERSON)
    is_person = isinstance(name, str) and kind == PersonKind.PERSON and not doc.get("example")
    return name_key(str(name)) if is_person else ""


def _is_mentors(doc: Doc) -> bool:
    """Whether a document is the role of a mentor that somebody has."""
    of = RoleKind.MENTOR, RoleKind.CO_MENTOR
    return doc.get("kind") in of and bool(doc.get("person_id")) and not doc.get("example")
