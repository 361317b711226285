"""What leaves a file for others names nobody: no name survives, in any case or inflection."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.i18n import set_language
from data.method import no_names
from data.method.no_names import Names, has_name, names_of, without_names
from data.records import Mentee, Person, PersonKind
from data.text import plain_letters

FILE = names_of(
    [Mentee(name="Mia Kjær"), Mentee(name="Jens Åge Holm", closed_on=None)],
    [
        Person(name="Jette Hansen"),
        Person(name="Bo van der Aa", archived=True),
        Person(name="Åse"),
        Person(name="Netværk for nye sagsbehandlere", kind=PersonKind.NETWORK),
    ],
    ["Peer Gynt"],
)


@pytest.fixture(autouse=True)
def danish() -> None:
    set_language("da")


@pytest.mark.parametrize(
    ("text", "becomes"),
    [
        ("Følg med Mia til mødet", "Følg med mentee til mødet"),
        ("Mias plan; MIAS PLAN; mia’s plan", "Mentees plan; mentees PLAN; mentees plan"),
        ("Mia skal se det. Mia Kjær øver", "Mentee skal se det. Mentee øver"),
        ("Jens’ sager og Jens' notat", "Mentees sager og mentees notat"),
        ("Spørg jette hansen eller Jette", "Spørg en kollega eller en kollega"),
        ("Hansens skabelon", "En kollegas skabelon"),
        ("hos Bo, som skal bo der", "hos en kollega, som skal bo der"),
        ("BO VAN DER AA og Bo van der Aa", "En kollega og en kollega"),
        ("aase og Åses liste", "en kollega og en kollegas liste"),
        ("Kjaer og kjær", "Mentee og mentee"),
        ("Peer ved det", "En kollega ved det"),
        ("mødetMia og MiaHolm, McDonald", "mødetmentee og mentee, McDonald"),
        ("miav er et andet ord, og Hansensen", "miav er et andet ord, og Hansensen"),
        ("Mød Netværk for nye sagsbehandlere", "Mød Netværk for nye sagsbehandlere"),
        ("010190-1234 ringede", "… ringede"),
        ("Borgeren Fatima Ali ringede", "Borgeren ringede"),
        ("skriv til mia.kjaer@kommune.example nu", "skriv til … nu"),
        ("Se https://www.retsinformation.dk/", "Se https://www.retsinformation.dk/"),
        ("", ""),
    ],
)
def test_a_name_becomes_what_the_person_is(text: str, becomes: str) -> None:
    assert without_names(text, FILE) == becomes


def test_english_has_articles() -> None:
    set_language("en")
    assert without_names("Mia's plan for Mia. Ask Jette", FILE) == (
        "The mentee’s plan for the mentee. Ask a colleague"
    )


def test_a_name_with_a_capital_letter_inside_is_found() -> None:
    names = Names(mentees=("Ann McDonald",))
    for text in ("McDonald", "mcdonald", "MCDONALDS", "tilMcDonald", "McDonaldTil"):
        assert "onald" not in without_names(text, names).lower()


def test_a_name_of_two_parts_is_found_written_as_one() -> None:
    names = Names(mentees=("Anne-Sofie Lund", "Kåre O'Brien", "Per Le"))
    for text in ("annesofie", "Annesofies", "ANNESOFIE", "sofielund", "OBrien", "obriens"):
        assert without_names(text, names).lower().rstrip("s") == "mentee"
    assert without_names("En perle", names) == "En perle"


def test_what_nobody_sees_within_a_name_does_not_hide_it() -> None:
    for text in ("Mi\xada", "M\u200bia", "Kj\u2060ær", "\ufeffMia"):
        assert without_names(text, FILE) == "Mentee"
        assert has_name(text, FILE)
    assert without_names("Mia og Kjær", Names(("Mi\xada Kjær",))) == "Mentee og mentee"


def test_without_names_nothing_is_replaced() -> None:
    assert without_names("Mia og Jette", Names()) == "Mia og Jette"


letters = st.sampled_from("abdeghijklmnoprstuvyæøåéüABEMÆØÅ")
part = st.text(letters, min_size=3, max_size=9)
name = st.lists(part, min_size=1, max_size=3).map(" ".join)
REPLACED = "mentees en kollegas"


def _written(name: str) -> st.SearchStrategy[str]:
    """A name, or one of its parts, as people write it in a sentence."""
    cases = [str.lower, str.upper, str.title, str]
    return st.builds(
        lambda one, case, ending: case(one) + ending,
        st.sampled_from([name, *name.split()]),
        st.sampled_from(cases),
        st.sampled_from(["", "s", "'s", "’s", "S"]),
    )


@given(st.data(), st.lists(name, min_size=1, max_size=5), st.integers(0, 5))
def test_no_name_survives(data: st.DataObject, names: list[str], mentees: int) -> None:
    file = Names(mentees=tuple(names[:mentees]), others=tuple(names[mentees:]))
    if has_name(REPLACED, file):
        return  # somebody is called as the words that replace a name
    around = st.text('abeks ,.-–\n()"0123456789ÆØÅæøå', max_size=12)
    text = ""
    for one in data.draw(st.lists(st.sampled_from(names), min_size=1, max_size=6)):
        text += data.draw(around) + " " + data.draw(_written(one)) + " "
    stripped = without_names(text + data.draw(around), file)
    assert not has_name(stripped, file)
    words = set(
        "".join(letter if letter.isalpha() else " " for letter in plain_letters(stripped)).split()
    )
    for every in names:
        for word in every.split():
            is_part = word[0].isupper() or not any(one[0].isupper() for one in every.split())
            assert not is_part or not words & {plain_letters(word), plain_letters(word) + "s"}


@given(
    st.lists(st.text("aåoøæeEAs M-7Bb", min_size=1, max_size=7), min_size=1, max_size=3),
    st.text("aåoøæeEAs M-7Bb'", max_size=16),
)
def test_a_text_is_left_alone_only_where_no_name_can_be(names: list[str], text: str) -> None:
    """The quick look at a text's words never overlooks what the patterns find."""
    looked = no_names._looked(Names(tuple(names)))
    if looked is not None and not looked.may_be_in(text):
        assert looked.replaced(looked.replaced(text), joins=True).replace("\x00", "") == text


@given(st.text(max_size=80))
def test_a_text_without_names_stays(text: str) -> None:
    once = without_names(text, FILE)
    assert without_names(once, FILE) == once
    if not has_name(text, FILE) and "@" not in text and not any(c.isdigit() for c in text):
        assert without_names(text, FILE) == once


def test_names_are_prepared_once_for_all_texts_of_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """A plan has hundreds of texts, and a workplace hundreds of names."""
    prepared: list[object] = []
    whole = no_names._patterns

    def noted(names: tuple[str, ...]) -> Iterator[tuple[str, bool]]:
        prepared.append(names)
        return whole(names)

    monkeypatch.setattr(no_names, "_patterns", noted)
    names = Names(("Signe Bech",), ("Torben Friis",))
    for text in ("Signe ser på", "Torben spørger", "Ingen"):
        without_names(text, names)
        has_name(text, Names(("Signe Bech",), ("Torben Friis",)))
    assert prepared == [("Signe Bech",), ("Torben Friis",)]
