"""Whom a typed name means: the persons at the workplace that can be chosen, and new ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from data.method.view import MENTEE, MenteeView
from data.records import Mentee, Person, PersonKind
from data.store.change import Change
from data.store.store import Store
from data.text import danish_key, line, match_names


def people(store: Store) -> list[Person]:
    """Return the persons that can be chosen, the Danish way by name."""
    found = [p for p in store.all(Person) if p.kind is PersonKind.PERSON and not p.archived]
    return sorted(found, key=lambda person: (danish_key(person.name), person.id))


def to_meet(store: Store) -> list[Person]:
    """Return the persons and networks that can be met, the Danish way by name."""
    found = [one for one in store.all(Person) if not one.archived]
    return sorted(found, key=lambda person: (danish_key(person.name), person.id))


def find_person(
    store: Store, text: str, of: Callable[[Store], Sequence[Person]] = people
) -> Person | None:
    """Return the person whom a typed name means: the whole name, or the only fitting beginning.

    `of` returns those among whom it is looked for.
    """
    known = of(store)
    typed = line(text)
    for person in known:
        if person.name.casefold() == typed.casefold():
            return person
    fitting = match_names([person.name for person in known], typed) if typed else []
    return known[fitting[0]] if len(fitting) == 1 else None


def person_id(store: Store, text: str) -> tuple[str, list[Change]]:
    """Return the id of the person whom a typed name means, and what makes a new one, if any."""
    typed = line(text)
    if not typed:
        return "", []
    person = find_person(store, typed)
    if person is not None:
        return person.id, []
    new = Person(name=typed)
    return new.id, [Change.created(new)]


def person_of(store: Store, view: MenteeView, before: str, text: str) -> tuple[str, list[Change]]:
    """Return the id of the person that a typed name means, and the changes that create a new one.

    Args:
        store: Where the persons are looked up.
        view: The mentee's records as the user saw them.
        before: Id of the person who stood in the field, or "". An unchanged name keeps that person,
            even one who is no longer offered.
        text: The typed name.
    """
    if before and line(text) == line(view.name_of(before)):
        return before, []
    return person_id(store, text)


def known_person(store: Store, text: str, shown: Person | None) -> Person | None:
    """Return the person or network that a typed name means; None if it is a new one.

    `shown` is whom the form showed. If the name still means that person, it is returned as it was
    shown.
    """
    typed = line(text).casefold()
    for person in store.all(Person):
        if person.name.casefold() == typed:
            return shown if shown is not None and shown.id == person.id else person
    return find_person(store, text, to_meet)


def who_names(store: Store, mentee_id: str) -> list[tuple[str, str]]:
    """Return pairs of id and name of all who can have an action, the mentee first."""
    mentee = store.get(Mentee, mentee_id)
    first = [(MENTEE, mentee.name)] if mentee else []
    return first + [(person.id, person.name) for person in people(store)]


def who_id(store: Store, mentee_id: str, text: str) -> tuple[str, list[Change]]:
    """Return the id that a typed name means, and the changes that create a person who is new.

    The id is `MENTEE` for the mentee, and "" if nothing was typed.
    """
    typed = line(text)
    if not typed:
        return "", []
    known = who_names(store, mentee_id)
    fitting = match_names([name for _id, name in known], typed)
    exact = [id for id, name in known if name.casefold() == typed.casefold()]
    if exact:
        return exact[0], []
    if fitting and fitting[0] == 0:
        return MENTEE, []
    return person_id(store, typed)


def met_person(store: Store, before: str, text: str) -> tuple[str, list[Change]]:
    """Return the id of the person or network that a typed name means, and what makes a new one.

    `before` is the id of the one who stood in the field, or ""; an empty text leaves that.
    """
    typed = line(text)
    if not typed:
        return before, []
    known = known_person(store, typed, store.get(Person, before) if before else None)
    if known is not None:
        return known.id, []
    new = Person(name=typed)
    return new.id, [Change.created(new)]
