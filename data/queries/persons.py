"""Whom a typed name means: the persons at the workplace that can be chosen, and new ones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from data.method.view import MENTEE, MenteeView
from data.method.words import word
from data.records import Mentee, Person, PersonKind, Role
from data.store.change import Change
from data.store.store import Store
from data.text import danish_key, line, match_names, name_key


def people(store: Store) -> list[Person]:
    """Return the persons that can be chosen, the Danish way by name."""
    found = [p for p in store.all(Person) if p.kind is PersonKind.PERSON and not p.archived]
    return sorted(found, key=lambda person: (danish_key(person.name), person.id))


def to_meet(store: Store) -> list[Person]:
    """Return the persons and networks that can be met, the Danish way by name."""
    found = [one for one in store.all(Person) if not one.archived]
    return sorted(found, key=lambda person: (danish_key(person.name), person.id))


def names_of(store: Store, of: Callable[[Store], Sequence[Person]]) -> list[str]:
    """Return the names under which those are offered among whom somebody is looked for."""
    return offered_names(store, of(store))


def offered_names(store: Store, known: Sequence[Person]) -> list[str]:
    """Return the names under which persons are offered, in their order.

    Those who share a name have it with what tells them apart: "Lone Skov (Team manager)". That is
    nothing about a mentee, for one may look on.
    """
    by_name = defaultdict[str, list[Person]](list)
    for person in known:
        by_name[name_key(person.name)].append(person)
    told = {
        id: said
        for same in by_name.values()
        if len(same) > 1
        for id, said in _told_apart(store, same).items()
    }
    return [
        f"{person.name} ({told[person.id]})" if person.id in told else person.name
        for person in known
    ]


def _told_apart(store: Store, same: Sequence[Person]) -> Mapping[str, str]:
    """Return by their ids what tells persons apart who share a name."""
    facts = {
        person.id: (person.title, person.contact, person.knows, _roles_of(store, person))
        for person in same
    }
    first = {id: next(filter(None, known), "") for id, known in facts.items()}
    for found in (*({id: known[i] for id, known in facts.items()} for i in range(4)), first):
        if all(found.values()) and len({one.casefold() for one in found.values()}) == len(same):
            return found
    ids = sorted(facts)  # in the order in which they were made
    return {id: ", ".join(filter(None, (first[id], str(ids.index(id) + 1)))) for id in ids}


def _roles_of(store: Store, person: Person) -> str:
    """Return which roles a person has, whoever the mentees are."""
    kinds = {role.kind for role in store.all(Role) if role.person_id == person.id}
    return ", ".join(sorted(word(kind) for kind in kinds))


def offered_name(store: Store, person: Person) -> str:
    """Return the name under which a person is offered, who may not be offered any more."""
    known = people(store)
    at = next((i for i, one in enumerate(known) if one.id == person.id), None)
    return person.name if at is None else offered_names(store, known)[at]


def several_have(known: Sequence[Person], text: str) -> bool:
    """Whether a typed text is the name of more than one person."""
    typed = name_key(line(text))
    return sum(name_key(person.name) == typed for person in known) > 1


def find_person(
    store: Store,
    text: str,
    of: Callable[[Store], Sequence[Person]] = people,
    *,
    whole: bool = False,
) -> Person | None:
    """Return the person whom a typed name means: the whole name, or the only fitting beginning.

    Args:
        store: Where it is looked for.
        text: The typed name.
        of: Returns those among whom it is looked for.
        whole: Whether only a whole name means anybody.
    """
    known = of(store)
    typed = line(text)
    offered = offered_names(store, known)
    for person, name in zip(known, offered, strict=True):
        if name_key(name) == name_key(typed):
            return person
    if (one := _of_name(known, typed)) is not None or whole:
        return one
    fitting = match_names(offered, typed) if typed else []
    return known[fitting[0]] if len(fitting) == 1 else None


def _of_name(known: Iterable[Person], typed: str) -> Person | None:
    """Return who has a name: as it is spelt, or else however it is."""
    found = [one for one in known if name_key(one.name) == name_key(typed)]
    same = [one for one in found if one.name.casefold() == typed.casefold()]
    return next(iter([*same, *found]), None)


def person_id(store: Store, text: str, *, whole: bool = False) -> tuple[str, list[Change]]:
    """Return the id of the person whom a typed name means, and what makes a new one, if any.

    `whole`: whether only a whole name means anybody.
    """
    typed = line(text)
    if not typed:
        return "", []
    person = find_person(store, typed, whole=whole)
    if person is not None:
        return person.id, []
    new = Person(name=typed)
    return new.id, [Change.created(new)]


def person_of(
    store: Store, view: MenteeView, before: str, text: str, *, whole: bool = False
) -> tuple[str, list[Change]]:
    """Return the id of the person that a typed name means, and the changes that create a new one.

    Args:
        store: Where the persons are looked up.
        view: The mentee's records as the user saw them.
        before: Id of the person who stood in the field, or "". An unchanged name keeps that person,
            even one who is no longer offered.
        text: The typed name.
        whole: Whether only a whole name means anybody.
    """
    if before and line(text) == line(view.name_of(before)):
        return before, []
    return person_id(store, text, whole=whole)


def known_person(
    store: Store, text: str, shown: Person | None, *, whole: bool = False
) -> Person | None:
    """Return the person or network that a typed name means; None if it is a new one.

    `shown` is whom the form showed. If the name still means that person, it is returned as it was
    shown. `whole`: whether only a whole name means anybody.
    """
    person = _of_name(store.all(Person), line(text))
    if person is not None:
        return shown if shown is not None and shown.id == person.id else person
    return find_person(store, text, to_meet, whole=whole)


def who_names(store: Store, mentee_id: str) -> list[tuple[str, str]]:
    """Return pairs of id and name of all who can have an action, the mentee first."""
    mentee = store.get(Mentee, mentee_id)
    first = [(MENTEE, mentee.name)] if mentee else []
    return first + [(person.id, person.name) for person in people(store)]


def who_id(
    store: Store, mentee_id: str, text: str, *, whole: bool = False
) -> tuple[str, list[Change]]:
    """Return the id that a typed name means, and the changes that create a person who is new.

    The id is `MENTEE` for the mentee, and "" if nothing was typed. `whole`: whether only a whole
    name means anybody.
    """
    typed = line(text)
    if not typed:
        return "", []
    known = who_names(store, mentee_id)
    fitting = match_names([name for _id, name in known], typed)
    exact = [id for id, name in known if name.casefold() == typed.casefold()]
    exact = exact or [id for id, name in known if name_key(name) == name_key(typed)]
    if exact:
        return exact[0], []
    if fitting and fitting[0] == 0 and not whole:
        return MENTEE, []
    return person_id(store, typed, whole=whole)


def met_person(
    store: Store, before: str, text: str, *, whole: bool = False
) -> tuple[str, list[Change]]:
    """Return the id of the person or network that a typed name means, and what makes a new one.

    `before` is the id of the one who stood in the field, or ""; an empty text leaves that.
    `whole`: whether only a whole name means anybody.
    """
    typed = line(text)
    if not typed:
        return before, []
    shown = store.get(Person, before) if before else None
    known = known_person(store, typed, shown, whole=whole)
    if known is not None:
        return known.id, []
    new = Person(name=typed)
    return new.id, [Change.created(new)]
