"""Persons who share a name are offered with what tells them apart."""

from __future__ import annotations

import pytest

from data.method.words import word
from data.queries.persons import find_person, offered_names
from data.records import Mentee, Person, Role, RoleKind
from data.store.change import Change
from data.store.store import Store
from tests.data.backend import Disk, MemoryBackend


def ida(title: str = "", contact: str = "") -> Person:
    return Person(name="Ida Bech", title=title, contact=contact)


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        ({"title": "Leder"}, {"title": "Jurist"}, ("Leder", "Jurist")),
        ({"title": "Leder", "contact": "11"}, {"title": "Leder", "contact": "12"}, ("11", "12")),
        ({"title": "Leder"}, {"contact": "12"}, ("Leder", "12")),
        ({"title": "Leder"}, {"title": "leder"}, ("Leder, 1", "leder, 2")),
        ({}, {}, ("1", "2")),
        ({"title": "Leder"}, {}, ("Leder, 1", "2")),
    ],
)
def test_what_tells_them_apart(
    one: dict[str, str], other: dict[str, str], told: tuple[str, str]
) -> None:
    both = [ida(**one), ida(**other)]
    store = Store(MemoryBackend(Disk()), by="met")
    store.commit([Change.created(person) for person in (*both, Person(name="Ida Beck"))])
    names = offered_names(store, [*both, Person(name="Ida Beck")])
    assert names == [f"Ida Bech ({told[0]})", f"Ida Bech ({told[1]})", "Ida Beck"]
    assert [find_person(store, name) for name in names[:2]] == [
        store.get(Person, person.id) for person in both
    ]


def test_roles_tell_them_apart_without_naming_a_mentee() -> None:
    both = [Person(name="Ida Bech"), Person(name="Ida Bech")]
    maja = Mentee(name="Maja Holm")
    kinds = (RoleKind.BUDDY, RoleKind.MANAGER)
    roles = [
        Role(mentee_id=maja.id, kind=kind, person_id=one.id)
        for one, kind in zip(both, kinds, strict=True)
    ]
    store = Store(MemoryBackend(Disk()), by="met")
    store.commit([Change.created(one) for one in (maja, *both, *roles)])
    assert offered_names(store, both) == [f"Ida Bech ({word(kind)})" for kind in kinds]
