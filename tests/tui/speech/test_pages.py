"""Whatever a terminal showed before, it shows the page that is said last."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from tests.tools.emulator import Emulator
from tests.tools.listener import utterances
from tui.speech.page import Page
from tui.speech.pages import Pages
from tui.terminal.abilities import Abilities
from widgets.spoken import in_rows

WORDS = st.sampled_from(["Maja", "Ærø", "i", "dag", "日本語", "👩‍👧", "e\u0301n", "x" * 30])
TEXTS = st.lists(WORDS, max_size=12).map(" ".join)
SIZES = st.tuples(st.integers(20, 90), st.integers(5, 30))


@st.composite
def pages(draw: st.DrawFn) -> Page:
    """Make any page; where there are rows, one types in one of them."""
    typed = draw(TEXTS | st.none())
    above = tuple(draw(st.lists(TEXTS, max_size=4)))
    rows: tuple[str, ...] = ()
    caret = None
    if typed is not None:
        rows, caret = in_rows(typed, draw(st.integers(0, len(typed))), 20)
    behind = tuple(draw(st.lists(TEXTS, max_size=2))), in_rows(draw(TEXTS), 0, 20)[0]
    title, status, notice = draw(TEXTS), draw(TEXTS), draw(TEXTS)
    place, is_typed = (draw(st.integers(0, 1)),), draw(st.booleans())
    repeats, fresh = draw(st.integers(0, 2)), draw(st.integers(0, 1))
    asked = tuple(draw(st.lists(TEXTS, max_size=2)))
    return Page(
        title,
        status,
        notice,
        asked,
        (behind,),
        above,
        rows,
        caret,
        place,
        is_typed,
        repeats,
        fresh,
    )


class Glass:
    """A terminal on which pages are said, with a clock of its own."""

    def __init__(self, cols: int, rows: int) -> None:
        self.pages = Pages(Abilities(), lambda _seconds: None)
        self.emulator = Emulator(cols, rows)
        self.emulator.feed("\x1b[?7l")
        self._clock = count()

    def show(self, page: Page) -> str:
        """Say a page to its end; return what was written."""
        self.pages.show(page)
        return self.go_on()

    def go_on(self) -> str:
        """Write until there is nothing more to write; return it."""
        written = ""
        with patch("tui.speech.pages.monotonic", self._clock.__next__):
            while frame := self.pages.frame(self.emulator.cols, self.emulator.rows):
                self.emulator.feed(frame)
                written += frame
        return written


def shown_by(glass: Glass) -> list[str]:
    """Return the lines of a terminal that are not empty."""
    return [line for line in glass.emulator.text().split("\n") if line.strip()]


@settings(deadline=None, max_examples=150)
@given(st.lists(st.tuples(pages(), SIZES | st.none()), min_size=1, max_size=6), SIZES)
def test_the_terminal_shows_the_page_whatever_it_showed_before(
    steps: list[tuple[Page, tuple[int, int] | None]], size: tuple[int, int]
) -> None:
    glass = Glass(*size)
    for page, resized in steps:
        if resized is not None:
            glass.emulator.resize(*resized)
        glass.show(page)
    last = steps[-1][0]
    anew = Glass(glass.emulator.cols, glass.emulator.rows)
    anew.show(last)

    assert glass.emulator.unknown == []
    x, y, shown = glass.emulator.cursor
    assert shown
    if last.caret is None or last.place not in {page.place for page, _size in steps[:-1]}:
        # Texts that stay are not moved up when there is less above them.
        now, wanted = shown_by(glass), shown_by(anew)
        assert now == wanted[: len(now)]
        assert now == wanted or glass.emulator.line(glass.emulator.rows - 1).strip()
    if last.caret is not None and any(
        last.rows
    ):  # the row that one types in is in sight, whatever was scrolled
        row = last.rows[last.caret[1]]
        assert glass.emulator.line(y).rstrip() == row.rstrip()
        assert x == min(last.caret[0], glass.emulator.cols - 1)


@settings(deadline=None, max_examples=60)
@given(pages(), pages())
def test_a_page_that_is_said_is_not_said_again(before: Page, page: Page) -> None:
    glass = Glass(80, 24)
    glass.show(before)
    glass.show(page)

    assert glass.show(page) == ""


def test_a_notice_said_again_is_blank_for_a_while_first() -> None:
    later: list[float] = []
    pages = Pages(Abilities(), later.append)
    page = Page("Maja", "Dato, felt 1 af 1", "Der findes ingen måned 13.")
    emulator = Emulator(80, 24)
    pages.show(page)
    with patch("tui.speech.pages.monotonic", lambda: 10.0):
        emulator.feed(pages.frame(80, 24))
        pages.show(Page(page.title, page.status, page.notice, repeats=1))
        blank = pages.frame(80, 24)
        assert pages.frame(80, 24) == ""
    emulator.feed(blank)

    assert utterances(blank) == ()
    assert "måned" not in emulator.text()
    assert later, "nobody would write it"
    with patch("tui.speech.pages.monotonic", lambda: 10.0 + later[0]):
        assert utterances(pages.frame(80, 24)) == (page.notice,)


@pytest.mark.parametrize("cols", [20, 40, 80])
def test_one_text_is_one_utterance_however_many_lines_it_has(cols: int) -> None:
    glass = Glass(cols, 24)
    texts = ("Hvad har du særlig været optaget af " * 2).strip(), "45 min · Samtalerum 3"

    said = utterances(glass.show(Page("Maja Holm", "Samtale 6: trin 1 af 17", "Gemt", above=texts)))

    assert said[-2:] == texts
    assert all(cell_len(one) > 3 for one in said)
    assert len(said) == 5


def test_words_typed_in_another_line_than_before_are_said_whole() -> None:
    """The line where they are now has had the same letters in the same cells."""
    glass = Glass(80, 24)
    glass.show(Page("I dag", "Navn", above=("samtalen",), rows=("",), caret=(0, 0)))

    said = utterances(
        glass.show(Page("I dag", "Navn", rows=("samtale",), caret=(7, 0), is_typed=True))
    )

    assert said == ("samtale",)


def test_in_an_empty_field_the_line_of_the_cursor_says_which_one_it_is() -> None:
    glass = Glass(40, 24)
    glass.show(Page("Maja Holm", "Dato, felt 1 af 2", rows=("",), caret=(0, 0)))
    x, y, _shown = glass.emulator.cursor
    assert (x, glass.emulator.line(y).rstrip()) == (0, "Dato, felt 1 af 2")

    glass.show(Page("Maja Holm", "Dato, felt 1 af 2", rows=("1",), caret=(1, 0), is_typed=True))
    x, y, _shown = glass.emulator.cursor
    assert (x, glass.emulator.line(y).rstrip()) == (1, "1")


@pytest.mark.parametrize(
    "after", [Page("I dag", "Navn"), Page("I dag", "Navn", rows=("sam",), caret=(3, 0))]
)
def test_the_cursor_is_found_when_a_letter_takes_texts_away(after: Page) -> None:
    """As the answer to "where am I?", which goes with the next key, whatever that key does."""
    glass = Glass(80, 24)
    glass.show(replace(after, above=("Alt er gemt.", "Private tekster vises her.")))

    glass.show(replace(after, is_typed=True))

    x, y, _shown = glass.emulator.cursor
    assert (x, glass.emulator.line(y).rstrip()) == ((3, "sam") if after.rows else (0, "Navn"))


@pytest.mark.parametrize("typed", [False, True])
def test_a_longer_place_leaves_nothing_behind_above_texts_that_stay(typed: bool) -> None:
    glass = Glass(40, 10)
    glass.show(Page("Maja", "Privat " * 20, above=("Intet bliver slettet.",)))

    after = Page("Maja", "Samtale", above=("Intet bliver slettet.",), is_typed=typed)
    said = utterances(glass.show(after))

    assert said == ("Samtale",)
    assert shown_by(glass)[0].rstrip() == "Maja"
    assert [line.rstrip() for line in shown_by(glass)[1:]] == ["Samtale", *after.above]


def test_a_notice_longer_than_the_window_leaves_the_row_in_which_one_types() -> None:
    glass = Glass(20, 5)
    page = Page("Maja", "Navn", rows=("Ida",), caret=(3, 0))
    glass.show(page)

    glass.show(replace(page, notice="Det er ikke en dato. " * 8, is_typed=True))

    assert glass.emulator.cursor[:2] == (3, 4)
    assert glass.emulator.line(4).rstrip() == "Ida"


def test_a_notice_said_again_over_words_that_are_no_longer_there_keeps_the_cursor() -> None:
    glass = Glass(20, 5)
    glass.show(Page(above=("Det",) * 6, rows=("",), caret=(0, 0)))
    glass.show(Page(rows=("Maja",), caret=(0, 0), repeats=1))

    assert glass.emulator.unknown == []
    x, y, _shown = glass.emulator.cursor
    assert (x, glass.emulator.line(y).rstrip()) == (0, "Maja")


@pytest.mark.parametrize("way", [range(59, -1, -1), range(60)], ids=["up", "down"])
def test_a_long_text_is_said_screen_by_screen_on_the_way_through_it(way: range) -> None:
    """A line is said once more at most, where the last screen is not a whole one."""
    glass = Glass(80, 24)
    rows = tuple(f"linje {number}." for number in range(60))
    said = ""
    for at in way:
        written = glass.show(Page("Maja", "Note", rows=rows, caret=(0, at)))
        said += " ".join(utterances(written))
        assert glass.emulator.line(glass.emulator.cursor[1]).rstrip() == rows[at]

    assert max(map(said.count, rows)) <= 2
