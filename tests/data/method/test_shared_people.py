"""People of the workplace's library: they follow it, field by field, and what is typed stays."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from data.library.shared import Shared, SharedPerson
from data.method.shared_people import (
    FIELDS,
    brought_up_to_date,
    contact_of,
    has_left,
    is_of_library,
    library_of,
    own_fields,
)
from data.records import Person, PersonKind
from data.store.change import Change

ANNE = SharedPerson(
    key="anne", name="Anne Holm", place="lokale 2.14", phone="12 34 56 78", knows="børnesager"
)
NETWORK = SharedPerson(key="net", name="Netværk for nye", kind=PersonKind.NETWORK)


def library(
    *people: SharedPerson, version: str = "1", name: str = "Nordby", **values: Any
) -> Shared:
    return Shared(name=name, version=version, people=people, **values)


def after(people: list[Person], changes: list[Change]) -> list[Person]:
    """Return the people when the changes have been made; a record is never deleted."""
    made = {one.id: one for one in people}
    for change in changes:
        assert isinstance(change.after, Person)
        made[change.id] = change.after
    return [*made.values()]


def renewed(people: list[Person], found: Shared, *, back: bool = False) -> list[Person]:
    made = after(people, brought_up_to_date(people, found, back=back))
    assert brought_up_to_date(made, found, back=back) == []
    return made


def test_a_person_is_made_with_place_and_phone_as_one_line() -> None:
    [anne, network] = renewed([], library(ANNE, NETWORK))
    assert (anne.name, anne.contact) == ("Anne Holm", "lokale 2.14, tlf. 12 34 56 78")
    assert network.kind is PersonKind.NETWORK
    assert library_of(anne) == "Nordby"
    assert is_of_library(anne)
    assert own_fields(anne) == ()


def test_two_files_make_the_same_record() -> None:
    one, other = (brought_up_to_date([], library(ANNE))[0].after for _file in range(2))
    assert one == other


def test_the_word_before_the_phone_is_of_the_librarys_language() -> None:
    assert contact_of(ANNE, "en") == "lokale 2.14, tel. 12 34 56 78"
    assert contact_of(replace(ANNE, place="", phone="omstillingen 12"), "da") == "omstillingen 12"


def test_a_change_of_room_reaches_all_but_what_the_mentor_has_written() -> None:
    [anne] = renewed([], library(ANNE))
    typed = replace(anne, knows="alt om børn")
    moved = replace(ANNE, place="lokale 3.01", knows="børn og unge")
    [found] = renewed([typed], library(moved, version="2"))
    assert found.contact == "lokale 3.01, tlf. 12 34 56 78"
    assert found.knows == "alt om børn"
    assert own_fields(found) == ("knows",)
    # Written as the library has it, the field follows it again.
    [same] = renewed([replace(found, knows="børn og unge")], library(moved, version="2"))
    [again] = renewed([same], library(replace(moved, knows="unge"), version="3"))
    assert again.knows == "unge"


def test_who_has_left_the_library_is_no_longer_offered_and_comes_back() -> None:
    [anne] = renewed([], library(ANNE))
    [gone] = renewed([anne], library(version="2"))
    assert gone.archived
    assert has_left(gone)
    assert not is_of_library(gone)
    [back] = renewed([gone], library(ANNE, version="3"))
    assert not back.archived
    assert is_of_library(back)


def test_who_has_left_stays_where_the_mentor_has_written_about_them() -> None:
    [anne] = renewed([], library(ANNE))
    [kept] = renewed([replace(anne, contact="ring til mig først")], library(version="2"))
    assert not kept.archived
    assert has_left(kept)
    assert kept.contact == "ring til mig først"


def test_whom_the_mentor_has_archived_stays_so() -> None:
    [anne] = renewed([], library(ANNE))
    [gone] = renewed([replace(anne, archived=True)], library(version="2"))
    [back] = renewed([gone], library(ANNE, version="3"))
    assert back.archived


def test_people_of_another_library_are_left_alone() -> None:
    [anne] = renewed([], library(ANNE))
    found = renewed([anne], library(NETWORK, name="Sydby", version="9"))
    assert anne in found
    assert len(found) == 2


def test_an_older_version_changes_nothing_unless_it_is_taken() -> None:
    moved = replace(ANNE, place="lokale 3.01")
    [anne] = renewed([], library(moved, version="1.10"))
    assert brought_up_to_date([anne], library(ANNE, version="1.9")) == []
    assert brought_up_to_date([anne], library(version="1.9")) == []
    [back] = renewed([anne], library(ANNE, version="1.9"), back=True)
    assert back.contact == "lokale 2.14, tlf. 12 34 56 78"


def test_a_person_who_was_entered_before_is_the_one_of_that_name() -> None:
    own = Person(name="anne holm", contact="min egen note")
    [found] = renewed([own], library(ANNE))
    assert found.id == own.id
    assert found.name == "anne holm"
    assert (found.contact, found.knows) == ("min egen note", "børnesager")
    assert own_fields(found) == ("name", "contact")


def test_of_two_of_that_name_none_is_taken() -> None:
    own = [Person(name="Anne Holm"), Person(name="Anne Holm", title="en anden")]
    found = renewed(own, library(ANNE))
    assert len(found) == 3
    assert found[:2] == own


def test_the_example_is_nobody_of_the_workplace() -> None:
    example = Person(name="Anne Holm", example=True)
    found = renewed([example], library(ANNE))
    assert len(found) == 2


def test_what_was_deleted_for_good_is_not_made_again() -> None:
    assert brought_up_to_date([], library(ANNE), is_deleted=lambda _id: True) == []


_words = st.sampled_from(["", "a", "b", "c"])
_people = st.lists(
    st.builds(
        SharedPerson,
        key=st.sampled_from(["k1", "k2", "k3"]),
        name=st.sampled_from(["Anne", "Bo"]),
        kind=st.sampled_from(PersonKind),
        title=_words,
        place=_words,
        phone=_words,
        knows=_words,
    ),
    unique_by=lambda one: one.key,
)
_typed = st.dictionaries(
    st.sampled_from(["title", "knows", "contact"]), st.sampled_from(["", "mit"]), max_size=2
)


@given(st.lists(st.tuples(_people, _typed, st.integers(0, 2)), max_size=5))
def test_whatever_comes_nobody_is_lost_and_what_was_typed_stays(
    steps: list[tuple[list[SharedPerson], dict[str, str], int]],
) -> None:
    people: list[Person] = [Person(id="1", name="Anne")]
    typed: dict[tuple[str, str], str] = {}
    for version, (shared, edits, at) in enumerate(steps):
        ids = {one.id for one in people}
        people = renewed(people, library(*shared, version=str(version)))
        assert ids <= {one.id for one in people}
        for one in people:
            for (id, field), text in typed.items():
                if id == one.id:
                    assert getattr(one, field) == text
        person = people[at % len(people)]
        written: dict[str, Any] = {**edits}
        people = [replace(one, **written) if one is person else one for one in people]
        typed |= {(person.id, key): text for key, text in edits.items()}
        # What the library says too is the library's, whoever said it first.
        own = {(one.id, key) for one in people for key in own_fields(one)}
        own |= {(one.id, key) for one in people if not one.shared_key for key in FIELDS}
        typed = {key: text for key, text in typed.items() if text or key[0] != "1"}
        typed = {key: text for key, text in typed.items() if key in own}
