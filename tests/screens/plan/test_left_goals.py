"""What a dead session left of each learning goal, in the form that has one a line."""

from __future__ import annotations

import pytest

from screens.frame.left_goals import left_line

WAS = "Kan vurdere\nKan skrive"


@pytest.mark.parametrize(
    ("typed", "place", "edit", "rest"),
    [
        ("Kan vurdere alene\nKan skrive", 0, ("Kan vurdere", "Kan vurdere alene"), None),
        (
            "Kan vurdere nu\nKan skrive\nKan ringe",
            0,
            ("Kan vurdere", "Kan vurdere nu"),
            "Kan vurdere\nKan skrive\nKan ringe",
        ),
        ("Kan vurdere\nKan skrive\nKan ringe\n", None, ("", "Kan ringe"), None),
    ],
)
def test_a_line_is_offered_and_the_rest_stays(
    typed: str, place: int | None, edit: tuple[str, str], rest: str | None
) -> None:
    found = left_line((WAS, typed), WAS.split("\n"), place)
    assert found is not None
    assert found.edit == edit
    assert found.rest == (rest and (WAS, rest))


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("Kan vurdere\nKan skrive alene", 0),  # another line
        ("Kan skrive", 0),  # deleted: there is nothing to go on with
        ("Kan skrive\nKan vurdere", 0),  # moved
        ("Kan vurdere\nKan skrive alene", None),  # no new line
    ],
)
def test_where_nothing_was_typed_nothing_is_offered(typed: str, place: int | None) -> None:
    assert left_line((WAS, typed), WAS.split("\n"), place) is None


def test_it_is_found_where_a_colleague_has_added_a_goal_before_it() -> None:
    now = ["Kan ringe", "Kan vurdere", "Kan skrive"]
    typed = (WAS, "Kan vurdere alene\nKan skrive")
    assert left_line(typed, now, 0) is None
    found = left_line(typed, now, 1)
    assert found is not None
    assert found.edit == ("Kan vurdere", "Kan vurdere alene")
