"""What stands for a mentee stays the same, is nobody else's, and tells nothing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from data.published.schema import MENTEE, fits, is_initials
from data.published.who import initials, numbers

ids = st.lists(st.integers(10**18, 10**19 - 1).map(str), unique=True, max_size=30)
names = st.dictionaries(st.integers(1, 9).map(str), st.text(max_size=20), max_size=9)


@given(ids, st.randoms())
def test_everybody_has_a_number_whatever_the_order(all_ids: list[str], random: object) -> None:
    found = numbers(all_ids, "1000")
    assert len(set(found.values())) == len(all_ids)
    assert numbers(reversed(all_ids), "1000") == found
    assert all(fits(MENTEE["who"], one) for one in found.values())


@given(ids.filter(lambda one: len(one) > 1))
def test_whoever_comes_or_goes_the_others_keep_theirs(all_ids: list[str]) -> None:
    """But for the one in some thousands who had a number in common: nobody is mistaken for them."""
    whole, fewer = numbers(all_ids, "1000"), numbers(all_ids[1:], "1000")
    other = [id for id in all_ids[1:] if whole[id] != fewer[id]]
    assert len(other) <= 1
    assert all(fewer[id] == whole[all_ids[0]] for id in other)


def test_a_number_tells_neither_the_order_nor_the_mentor_of_another() -> None:
    in_order = [str(10**18 + i) for i in range(40)]
    found = list(numbers(in_order, "1000").values())
    assert found != sorted(found)
    assert numbers(in_order, "1000") != numbers(in_order, "1001")
    assert all(1000 <= one <= 9999 for one in found)


def test_ten_thousand_have_a_number_each() -> None:
    many = [str(10**18 + i) for i in range(10_000)]
    found = numbers(many, "1000")
    assert len(set(found.values())) == 10_000


@given(names)
def test_initials_are_capitals_and_nobody_elses(all_names: dict[str, str]) -> None:
    found = initials(all_names)
    assert len(set(found.values())) == len(found)
    assert all(map(is_initials, found.values()))


def test_two_with_the_same_initials_have_none() -> None:
    people = {
        "1": "Maja Holm",
        "2": "Mads Hjort",
        "3": "Anne-Marie af Rosenborg Nielsen",
        "4": "åse",
        "5": "123",
        "6": "",
        "7": "محمد",
    }
    assert initials(people) == {"3": "AMN", "4": "Å"}
    assert initials({"1": "Maja Holm"}) == {"1": "MH"}
