"""Persons by the names in a form: those that are known, and new ones."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from data.documents.importing.preview import Entry, EntryKind
from data.documents.importing.words import key_of
from data.i18n import _, in_every_language
from data.method.words import msgids_of
from data.records import Person, PersonKind, Role, RoleKind
from data.store.change import Change
from data.text import line, name_key


class Persons:
    """Finds persons by name. Somebody who is not known becomes a new person, once."""

    def __init__(self, people: Mapping[str, Person], roles: Iterable[Role] = ()) -> None:
        """Begin with everybody at the workplace, by id.

        `roles` are those of the mentee: "Mentor" means whoever has that role, if anybody has.
        """
        known = [one for one in people.values() if one.kind is PersonKind.PERSON]
        self._known = sorted(known, key=lambda one: (one.archived, one.id))
        self._holders = {
            key_of(said): people[role.person_id]
            for role in roles
            if role.person_id in people and role.kind is not RoleKind.OWN
            for msgid in msgids_of(role.kind)
            for said in in_every_language(msgid)
        }
        self.new: list[Person] = []
        """The persons who were not known, in the order in which they were met."""

    def find(self, name: str) -> Person | None:
        """Return whom a name means: the whole name, a role, or the first name of one alone."""
        everybody = [*self._known, *self.new]
        wanted = name_key(line(name))
        for person in everybody:
            if name_key(person.name) == wanted:
                return person
        if holder := self._holders.get(key_of(name)):
            return holder
        called = [
            one
            for one in everybody
            if not one.archived and name_key(one.name).split()[:1] == [wanted]
        ]
        return called[0] if len(called) == 1 else None

    def of(self, name: str, contact: str = "") -> Person:
        """Return whom a name means; somebody who is not known becomes a new person."""
        found = self.find(name)
        if found is None:
            found = Person(name=" ".join(line(name).split()), contact=contact)
            self.new.append(found)
        return found

    def entries(self) -> list[Entry]:
        """Return a line of the preview for each new person: a misspelt name is seen there."""
        return [
            Entry(EntryKind.NEW, _("New person: {name}").format(name=one.name)) for one in self.new
        ]

    def made(self) -> list[Change]:
        """Return the changes that make the new persons."""
        return [Change.created(one) for one in self.new]
