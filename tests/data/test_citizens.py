"""CPR numbers and names of citizens are pointed out; other words are left in peace."""

from __future__ import annotations

import pytest

from data.citizens import has_cpr, hint, hint_of, names_citizen, without_citizens

NUMBER, NAME = "Possible CPR number: remove it", "Possible name of a citizen: leave it out"


@pytest.mark.parametrize(
    "text",
    [
        "God afdækning hos borger Fatima i dag",
        "Borgeren Jens Hansen ringede",
        "borger ved navn Ole",
        "En klient der hedder Åse",
        "the citizen Peter called",
        "A service user named Ayse",
        "BORGER Ærø",
    ],
)
def test_a_name_after_citizen_is_pointed_out(text: str) -> None:
    assert names_citizen(text)
    assert hint(text) == NAME


@pytest.mark.parametrize(
    "text",
    [
        "god afdækning hos borger 2",
        "Mødte borgeren. Hun var glad",
        "borgeren\nMaja skrev notatet",
        "borger A og borger B",
        "Borgeren Hun var glad",
        "borgerinddragelse Ja",
        "samtale med borgeren i dag",
        "Borgmester Jensen",
        "KLIENT OG BORGER",
        "",
    ],
)
def test_other_words_are_left_in_peace(text: str) -> None:
    assert hint(text) == ""


def test_a_number_comes_first_in_what_is_said_of_a_document() -> None:
    assert hint("borger Fatima, 010203-1234") == NUMBER
    assert hint_of(["borger Fatima", "tlf 12345678", "0102031234"]) == NUMBER
    assert hint_of(["borger Fatima", "intet"]) == NAME
    assert hint_of([]) == ""


def test_a_long_text_is_looked_through_in_time_that_grows_as_it_does() -> None:
    assert hint("borger " * 20_000 + "a" * 100_000) == ""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("født 010203-1234 i", True),
        ("0102031234", True),
        ("010203 1234", True),
        ("ring 12345678", False),
        ("sag 123456789012", False),
        ("010203-123", False),
    ],
)
def test_a_cpr_number_is_seen(text: str, found: bool) -> None:
    assert has_cpr(text) is found


def test_a_text_without_citizens_keeps_all_else() -> None:
    text = "Borgeren Jens Hansen (010203-1234) ringede. Borgeren Hun, borger 2 og borger A"
    assert without_citizens(text) == "Borgeren (…) ringede. Borgeren Hun, borger 2 og borger A"
