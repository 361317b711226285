"""The list of mentees, and how two of one name are told apart."""

from __future__ import annotations

from datetime import date

from data.queries.mentees import namesakes, numbers, told_apart
from data.records import Mentee
from data.store.change import Change
from data.store.store import Store
from tests.data.backend import Disk
from tests.data.store.store_tools import direct
from tests.tools.steps import steps_of


def _store(*names: str) -> Store:
    store = direct(Disk())
    for name in names:
        store.commit([Change.created(Mentee(name=name, start=date(2026, 3, 2)))])
    return store


def test_two_of_one_name_have_a_number_until_one_is_called_otherwise() -> None:
    store = _store("Åse Holm", "Bo", "aase  holm")
    first, _bo, third = store.all(Mentee)
    assert [one.id for one in namesakes(store, "Aase Holm")] == [first.id, third.id]
    assert told_apart(store, third) == "aase  holm (number 3, first day 02-03-2026)"
    store.commit([Change.edited(first, name="Ida")])
    assert told_apart(store, third) == "aase  holm"
    assert numbers(store)[third.id] == 3
    assert namesakes(store, "Nobody") == ()


def test_telling_all_apart_is_no_square() -> None:
    def steps(number: int) -> int:
        store = _store(*(f"Maja {at // 2}" for at in range(number)))
        found = store.all(Mentee)
        return steps_of(lambda: [told_apart(store, one) for one in found])

    steps(4)  # what is loaded or looked up only once
    assert steps(160) < 6 * steps(40)
