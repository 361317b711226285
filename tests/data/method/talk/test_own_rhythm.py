"""A rhythm of talks of one's own is typed as people write it (R41)."""

from __future__ import annotations

import pytest

from data.dates import EntryError
from data.library.talk_rhythms import rhythm
from data.method.talk.own_rhythm import own_rhythms, parse_rhythm


@pytest.mark.parametrize(
    "text",
    [
        "1 to 8, 3 to 40",
        "1 til 8, 3 til 40",
        "hver uge til uge 8, hver 3. uge til uge 40",
        "every week to week 8, then every 3 weeks to week 40",
        "1-8 ; 3-40",
    ],
)
def test_it_is_understood(text: str) -> None:
    key = parse_rhythm(text)
    assert key == "own:1/8,3/40"
    own = rhythm(key)
    assert [own.every_weeks(week) for week in (1, 8, 9, 40, 41)] == [1, 1, 3, 3, None]
    assert own.title("da") == "Egen: hver uge til uge 8, hver 3. uge til uge 40"
    assert own.title("en") == "Own: every week to week 8, every 3 weeks to week 40"


@pytest.mark.parametrize("text", ["", "to", "8 to 1, 3 to 1", "0 to 8", "1 to 8, x", "1 to 999"])
def test_what_it_is_not_says_how_to_write_it(text: str) -> None:
    with pytest.raises(EntryError):
        parse_rhythm(text)


@pytest.mark.parametrize("key", ["own:", "own:1/8,3/4", "own:x", "own:1/9999", "own:²/8"])
def test_a_broken_key_is_the_standard_rhythm(key: str) -> None:
    assert rhythm(key) is rhythm("standard")


def test_the_own_ones_of_all_mentees_are_offered_once() -> None:
    assert own_rhythms(["standard", "own:1/8", "asye", "own:1/8"]) == ["own:1/8"]
