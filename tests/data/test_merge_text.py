"""Merging two edits of one text: whole words, whole lines, nothing lost, and the same for both."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.merge_text import merge_text

UNHURRIED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
"""However busy the machine is."""
BASE_WORDS = ("sag", "plan", "møde.", "og", "og", "\n", "\n")
gaps = st.sampled_from(["", " ", "  ", "\n", " \n"])


@st.composite
def texts(draw: st.DrawFn) -> tuple[str, str, str]:
    """A text, and two edits of it whose new words tell whose they are."""
    base = draw(st.lists(st.sampled_from(BASE_WORDS), max_size=10))
    return " ".join(base), draw(edited(base, "m")), draw(edited(base, "t"))


@st.composite
def edited(draw: st.DrawFn, base: list[str], mark: str) -> str:
    """The words with some taken out, some changed, and some put in between."""
    out: list[str] = []
    count = 0
    for word in [*base, ""]:
        for _new in range(draw(st.sampled_from([0, 0, 0, 1, 2]))):
            count += 1
            out.append(f"{mark}{count}{draw(st.sampled_from(['', '.', 'x']))}")
            out.append(draw(gaps) or " ")
        fate = draw(st.sampled_from(["stays", "stays", "stays", "goes", "changes"]))
        if word and fate == "stays":
            out += [word, " "]
        elif word and fate == "changes":
            count += 1
            out += [f"{word.strip()}{mark}{count}", draw(gaps) or " "]
    return "".join(out) if draw(st.booleans()) else "".join(out).strip()


def new_words(text: str, base: str) -> list[str]:
    known = set(base.split())
    return [word for word in text.split() if word not in known]


def is_within(few: list[str], many: list[str]) -> bool:
    """Whether all of the few come among the many, in that order."""
    rest = iter(many)
    return all(word in rest for word in few)


@settings(UNHURRIED, max_examples=150)
@given(texts())
def test_every_new_word_stays_whole_and_in_its_order(three: tuple[str, str, str]) -> None:
    base, mine, theirs = three
    text, _met = merge_text(base, mine, theirs)
    for side in (mine, theirs):
        assert is_within(new_words(side, base), text.split()), text


@settings(UNHURRIED, max_examples=150)
@given(texts())
def test_both_orders_of_arrival_give_the_same(three: tuple[str, str, str]) -> None:
    base, mine, theirs = three
    assert merge_text(base, mine, theirs) == merge_text(base, theirs, mine)


@settings(UNHURRIED, max_examples=100)
@given(texts())
def test_no_word_comes_out_that_nobody_wrote(three: tuple[str, str, str]) -> None:
    text, _met = merge_text(*three)
    assert set(text.split()) <= {word for side in three for word in side.split()}


@given(st.text(max_size=60), st.text(max_size=60))
def test_one_sided_edits_are_taken_as_they_are(base: str, edited: str) -> None:
    assert merge_text(base, edited, base) == (edited, False)
    assert merge_text(base, base, edited) == (edited, False)
    assert merge_text(base, edited, edited) == (edited, False)


@given(st.text("ab \n", max_size=40), st.text("c \n", max_size=40), st.text("q \n", max_size=40))
def test_texts_with_nothing_in_common_are_both_kept(base: str, mine: str, theirs: str) -> None:
    text, _met = merge_text(base, mine, theirs)
    assert text.count("c") == mine.count("c")
    assert text.count("q") == theirs.count("q")


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "both", "met"),
    [
        # Apart: each edit in its place.
        ("Først. Så hint.", "Allerførst. Så hint.", "Først. Så hint. Til sidst.", None, False),
        ("a\nb\nc", "a\nb2\nc", "a1\nb\nc", "a1\nb2\nc", False),
        ("a b", "a  b", "a b c", "a  b c", False),
        ("a b c", "b c", "a b", "b", False),
        # The last word is being written while somebody else goes on with a new line.
        ("aa0 a", "aa0 aa1 aa2", "aa0 a\nbb0", "aa0 aa1 aa2\nbb0", False),
        ("aa0 ", "aa0 aa1 ", "aa0 \nbb0 ", "aa0 aa1 \nbb0 ", False),
        ("aa0", "aa0 aa1 ", "aa0\nbb0", "aa0 aa1 \nbb0", False),
        ("aa0", "aa0 ", "aa0\nbb0", "aa0 \nbb0", False),
        ("aa0\ncc0", "aa0 \ncc0", "aa0\nbb0\ncc0", "aa0 \nbb0\ncc0", False),
        ("aa0 a", "aa0 aa1 ", "aa0 a\nbb0 ", "aa0 aa1 \nbb0 ", False),
        # Both begin, or go on with, the same line: two lines, each whole.
        ("", "bb0 bb1", "aa0 aa1", "aa0 aa1\nbb0 bb1", True),
        ("", "bb0 ", "aa0 ", "aa0 \nbb0 ", True),
        ("Ja.", "Ja. Min.", "Ja. Din.", "Ja. Din.\nMin.", True),
        ("Ja.\nNej.", "Ja. Min.\nNej.", "Ja. Din.\nNej.", "Ja. Din.\nMin.\nNej.", True),
        # Whole lines at the same place.
        ("x", "x\nb1\nb2", "x\na1\na2", "x\na1\na2\nb1\nb2", True),
        ("x\n", "x\nb1\n", "x\na1", "x\nb1\na1", False),
        # The same word changed in the middle of a line.
        ("til møde i dag", "til mødet i dag", "til møder i dag", "til møder mødet i dag", True),
        ("til møde i dag", "til i dag", "til mødet i dag", "til mødet i dag", True),
        # Both wrote the same, and one went on.
        ("", "aa0", "aa0 aa1", "aa0 aa1", False),
        # Words that lost the blank between them do not grow together.
        ("a, b", "a,", "c b", "c", False),
    ],
)
def test_examples(base: str, mine: str, theirs: str, both: str | None, met: bool) -> None:
    wanted = "Allerførst. Så hint. Til sidst." if both is None else both
    assert merge_text(base, mine, theirs) == (wanted, met)


def test_two_who_write_on_without_seeing_each_other_keep_their_lines() -> None:
    """Each keeps typing from its own last text; the file merges every stretch of it."""
    shared = ""
    own = {"a": "", "b": ""}
    lines = {"a": "aa0 aa1 aa2. aa3 aa4", "b": "bb0 bb1, bb2 bb3 bb4"}
    rnd = random.Random(4)
    while any(own[name] != lines[name] for name in own):
        name = rnd.choice("ab")
        before = own[name]
        own[name] = lines[name][: len(before) + rnd.randrange(1, 5)]
        shared, _met = merge_text(before, own[name], shared)
    assert sorted(shared.split("\n")) == sorted(lines.values())


@pytest.mark.parametrize("common", [0, 1500])
def test_long_texts_do_not_take_long(common: int) -> None:
    """The lock is held meanwhile. It once took more than half a minute."""
    rnd = random.Random(1)

    def soup(words: int) -> list[str]:
        return [f"ord{rnd.randrange(400)}" for _ in range(words)]

    shared = soup(common)
    base, mine, theirs = (" ".join([*shared, *soup(2500), *shared]) for _side in range(3))
    start = time.monotonic()
    text, met = merge_text(base, mine, theirs)
    assert time.monotonic() - start < 5
    assert met
    assert set(mine.split()) | set(theirs.split()) <= set(text.split())


def test_many_edits_in_a_long_text_are_each_made() -> None:
    words = [f"ord{number % 97}" for number in range(6000)]
    mine, theirs = list(words), list(words)
    for place in range(10, 6000, 60):
        mine[place] = f"m{place}"
        theirs[place + 30 - 10] = f"t{place}"
    text, met = merge_text(" ".join(words), " ".join(mine), " ".join(theirs))
    both = [m if m != w else t for w, m, t in zip(words, mine, theirs, strict=True)]
    assert (text.split(), met) == (both, False)
