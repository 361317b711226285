"""Text is made safe, measured, sorted and found."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.addresses import addresses
from data.cell_width import cell_width
from data.text import (
    clean,
    csv_safe,
    danish_key,
    first_line,
    in_context,
    match_names,
    matches,
    shorten,
    spelling_key,
)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Maja", "Maja"),
        ("[red]x[/] [b", "[red]x[/] [b"),
        ("=1+1", "=1+1"),
        ("\x1b[31mrød\x1b[0m", "rød"),
        ("\x1b]0;titel\x07tekst", "tekst"),
        ("\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x1b]0;ingen ende", "0;ingen ende"),
        ("\x1b(Btekst\x1bc", "tekstc"),
        ("a\x00b\x07c\x7fd\x9be", "abcde"),
        ("lone \ud800 surrogate", "lone  surrogate"),
        ("\u202egnp.exe", "gnp.exe"),
        ("\ufeffBOM", "BOM"),
        ("A\u030a", "Å"),
        ("👩\u200d💻", "👩\u200d💻"),
    ],
)
def test_what_could_act_is_taken_out(typed: str, kept: str) -> None:
    assert clean(typed, lines=True) == kept
    assert clean(typed, lines=False) == kept


def test_lines_and_tabs() -> None:
    assert clean("a\r\nb\rc\u2028d\n\ne\tf", lines=True) == "a\nb\nc\nd\n\ne   f"
    assert clean("a\r\nb\rc\n\nd\te", lines=False) == "a b c d e"


@given(st.text(), st.booleans())
def test_clean_text_stays_as_it_is_and_can_be_stored(text: str, lines: bool) -> None:
    once = clean(text, lines=lines)
    assert clean(once, lines=lines) == once
    assert unicodedata.is_normalized("NFC", once)
    assert not any(unicodedata.category(c) in ("Cc", "Cs") for c in once if c != "\n")
    assert lines or "\n" not in once
    once.encode()


def test_small_helpers() -> None:
    assert first_line("\n  \n to\ntre") == "to"
    assert first_line("") == ""
    for start in "=+-@\t\r":
        assert csv_safe(start + "1") == "'" + start + "1"
    assert csv_safe("Maja") == "Maja"
    assert csv_safe("") == ""


@given(st.text(), st.integers(0, 30))
def test_shortened_text_fits(text: str, width: int) -> None:
    short = shorten(text, width)
    assert cell_width(short) <= width
    assert short == text or cell_width(text) > width


def test_shortening_keeps_letters_whole() -> None:
    assert shorten("Lærings- og kompetenceplan", 10) == "Lærings-…"
    assert shorten("日本語", 5) == "日本…"
    assert shorten("日本語", 4) == "日…"
    assert shorten("e\u0301e\u0301e\u0301", 2) == "e\u0301…"
    assert shorten("abc", 0) == ""


def test_names_sort_the_danish_way() -> None:
    names = ["Ågård", "Zita", "Østergård", "Aase", "Ærø", "anna", "Özil", "Opgave 10", "Opgave 9"]
    expected = [
        "anna", "Opgave 9", "Opgave 10", "Zita", "Ærø", "Østergård", "Özil", "Ågård", "Aase",
    ]  # fmt: skip
    assert sorted(names, key=danish_key) == expected


@given(st.lists(st.text()))
def test_any_texts_can_be_sorted(texts: list[str]) -> None:
    backwards = texts[::-1]
    assert sorted(texts, key=danish_key) == sorted(backwards, key=danish_key)


def test_thousands_of_digits_can_be_sorted() -> None:
    assert danish_key("9" * 5000) > danish_key("8" * 5000)


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("Østergård", "ostergard"),
        ("Østergård", "oestergaard"),
        ("Oestergaard", "ØSTERGÅRD"),
        ("Ostergard", "østergård"),
        ("Østergaard", "ostergård"),
        ("Ærø", "aero"),
        ("Åse", "aase"),
        ("Aase", "åse"),
        ("André", "andre"),
        ("Andre", "André"),
        ("Östlund", "o\u0308st"),
        ("Östlund", "ost"),
    ],
)
def test_spellings_that_people_take_for_the_same(text: str, query: str) -> None:
    assert matches(text, query)
    assert spelling_key(query) in spelling_key(text)


@given(st.text(alphabet="aeoæøåAÅ bdé1"), st.data())
def test_every_part_of_a_text_is_found_in_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    part = text[start:end]
    if part.strip():
        assert matches(text, part)


def test_hits_have_their_places() -> None:
    assert matches("God afdækning, afdaekning", "AFDÆK") == [(4, 9), (15, 21)]
    assert matches("to  ord", "to ord") == [(0, 7)]
    assert matches("a.c abc", "a.c") == [(0, 3)]
    assert matches("noget", " ") == []


def test_hits_are_shown_in_their_line() -> None:
    text = "første linje\nen meget lang linje som handler om børnesamtalen med skolen\nslut"
    hit = matches(text, "børnesam")[0]
    shown, (start, end) = in_context(text, hit, 30)
    assert cell_width(shown) <= 30
    assert shown[start:end] == "børnesam"


@given(st.text(min_size=1), st.data(), st.integers(8, 40))
def test_context_always_fits(text: str, data: st.DataObject, width: int) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    shown, (left, right) = in_context(text, (start, end), width)
    assert cell_width(shown) <= width
    assert "\n" not in shown
    assert 0 <= left <= right <= len(shown)


def test_names_are_found_by_the_start_of_any_word() -> None:
    names = ["Hanne Maja Lund", "Maja Holm", "Rikke", "Karl-Maja", "Maja Holm", "Armaja"]
    assert match_names(names, "maj") == [1, 4, 0, 3, 5]
    assert match_names(names, "maja h") == [1, 4]
    assert match_names(names, "") == [0, 1, 2, 3, 4, 5]
    assert match_names(names, "x") == []
    assert match_names(["Søren", "Åse"], "so") == [0]
    assert match_names(["Søren", "Åse"], "aas") == [1]


def test_an_address_ends_before_the_signs_of_its_sentence() -> None:
    said = {
        "(see https://a.dk/x).": "https://a.dk/x",
        "https://a.dk/x_(y).)": "https://a.dk/x_(y)",
        "https://a.dk/(x)).!)": "https://a.dk/(x)",
        "skriv til a@b.dk!": "a@b.dk",
    }
    assert {text: addresses(text) for text in said} == {
        text: [address] for text, address in said.items()
    }
    # counted again for each bracket this would take half a minute
    assert addresses("https://a.dk/x" + ")" * 200_000) == ["https://a.dk/x"]
