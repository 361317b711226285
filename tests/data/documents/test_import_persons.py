"""Names in forms: only a whole name, or a first name that one person alone has, means somebody."""

from __future__ import annotations

import pytest

from data.documents.importing.persons import Persons
from data.documents.importing.reading import read_bytes
from data.documents.taking_in import look_at_mentees, take_in
from data.i18n import set_language
from data.queries.views import mentee_view
from data.records import Mentee, Person, Role, RoleKind
from data.store.change import Change
from data.store.store import Store
from tests.data.backend import Disk, MemoryBackend
from tests.data.documents.forms import csv_bytes, look

PEOPLE = [
    Person(name=one, archived=one == "Gerda Gammel")
    for one in ("Per Holmgaard", "Bodil Å. Krog", "Lone Skov", "Lone Bach", "Gerda Gammel")
]


@pytest.fixture(autouse=True)
def _danish() -> None:
    set_language("da")


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Per Holmgaard", "Per Holmgaard"),
        ("PER  HOLMGÅRD", "Per Holmgaard"),
        ("Per", "Per Holmgaard"),
        ("Per Holm", ""),
        ("Per Holmgaard Hansen", ""),
        ("Holmgaard", ""),
        ("Bo", ""),
        ("Bodil Å.", ""),
        ("Lone", ""),
        ("Gerda", ""),
        ("gerda gammel", "Gerda Gammel"),
        ("", ""),
    ],
)
def test_a_name_means_one_person_or_nobody(name: str, found: str) -> None:
    person = Persons({one.id: one for one in PEOPLE}).find(name)
    assert (person.name if person else "") == found


def test_the_preview_shows_whom_a_first_name_means() -> None:
    store = Store(MemoryBackend(Disk()), by="met")
    mentee = Mentee(name="Maja Holm")
    role = Role(mentee_id=mentee.id, kind=RoleKind.BUDDY)
    store.commit([Change.created(one) for one in (*PEOPLE, mentee, role)])
    form = csv_bytes([("Rolle", "Navn"), ("Buddy", "per")])
    preview = look(store, mentee, "roller.csv", form)
    assert [one.text.partition(": ")[2] for one in preview.entries] == ["Per Holmgaard"]
    take_in(store, preview)
    view = mentee_view(store, mentee)
    assert [view.name_of(one.person_id) for one in view.roles] == ["Per Holmgaard"]
    assert look(store, mentee, "roller.csv", form).changes == ()
    rows = [("Navn", "Første arbejdsdag", "Buddy"), ("Åse Ødegård", "01-02-2027", "Per")]
    (line,) = look_at_mentees(store, read_bytes("nye.csv", csv_bytes(rows))).entries
    assert "Per Holmgaard" in line.text


def test_somebody_with_another_name_is_a_new_person_that_the_preview_names() -> None:
    store = Store(MemoryBackend(Disk()), by="met")
    mentee = Mentee(name="Maja Holm")
    role = Role(mentee_id=mentee.id, kind=RoleKind.BUDDY)
    store.commit([Change.created(one) for one in (*PEOPLE, mentee, role)])
    preview = look(
        store, mentee, "roller.csv", csv_bytes([("Rolle", "Navn"), ("Buddy", "Per Holm")])
    )
    assert any("Per Holm" in one.text and "person" in one.text for one in preview.entries)
    take_in(store, preview)
    assert len(store.all(Person)) == len(PEOPLE) + 1
