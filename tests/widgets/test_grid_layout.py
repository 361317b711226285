"""How columns share the width, how a cell's text is cut, and which letters choices get."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from widgets.grid_model import GAP, Column, Layout, first_to_show, fit, lay_out, lettered


@st.composite
def grids(draw: st.DrawFn) -> list[Column]:
    """Columns as screens have them: a fixed one or none first, each fits 60 cells beside it."""
    fixed = draw(st.booleans())
    columns = [Column("0", "", draw(st.integers(1, 28)), draw(st.integers(0, 3)), fixed=fixed)]
    for i in range(draw(st.integers(0, 11))):
        columns.append(Column(str(i + 1), "", draw(st.integers(1, 29)), draw(st.integers(0, 3))))
    return columns


WIDTHS = st.sampled_from([60, 80, 120]) | st.integers(60, 250)


@given(grids(), WIDTHS, st.data())
def test_columns_stand_side_by_side_within_the_width(
    columns: list[Column], width: int, data: st.DataObject
) -> None:
    loose = sum(not column.fixed for column in columns)
    layout = lay_out(columns, width, data.draw(st.integers(0, max(loose - 1, 0))))

    x = 0
    for place in layout.placed:
        assert place.x == x + GAP, "exactly one gap before each column"
        assert place.width >= place.column.width
        x = place.x + place.width
    assert x <= width
    if any(place.column.flex for place in layout.placed) and layout.placed:
        assert x == width - GAP, "columns that may grow leave room for the mark only"


@given(grids(), WIDTHS)
def test_every_column_can_be_reached_and_is_in_sight_then(
    columns: list[Column], width: int
) -> None:
    first = 0
    keys = list(range(len(columns)))
    for index in [*keys, *reversed(keys)]:
        first = first_to_show(columns, width, first, index)
        layout = lay_out(columns, width, first)
        assert layout.find(index) is not None
        assert layout.more_left == (first > 0)


@given(grids(), WIDTHS, st.integers(60, 250), st.data())
def test_the_cursor_stays_in_sight_when_the_window_changes(
    columns: list[Column], width: int, other: int, data: st.DataObject
) -> None:
    index = data.draw(st.integers(0, len(columns) - 1))
    first = first_to_show(columns, width, 0, index)
    first = first_to_show(columns, other, first, index)
    assert lay_out(columns, other, first).find(index) is not None


@given(grids(), WIDTHS)
def test_a_wider_window_leaves_no_column_hidden_at_the_left_that_would_fit(
    columns: list[Column], width: int
) -> None:
    last = len(columns) - 1
    first = first_to_show(columns, width, len(columns), last)
    if first:
        before = lay_out(columns, width, first - 1)
        assert before.find(last) is None, "one more at the left would push the last one out"


def test_no_columns_are_no_layout() -> None:
    assert lay_out([], 80) == Layout(())


HOSTILE = [
    "[red]x[/]",
    "=1+1",
    "a\x1b[31mb",
    "x" * 5000,
    "👩🏽‍🚒 hej",
    "é" * 40,
    "日本語",
    "",
    "\t \n",
]


@given(st.text() | st.sampled_from(HOSTILE), st.integers(1, 60), st.booleans())
@example("abc\ndef", 3, False)
def test_a_cell_has_exactly_its_width_and_no_control_characters(
    text: str, width: int, right: bool
) -> None:
    cut = fit(text, width, right=right)
    assert cell_len(cut) == width
    assert all(ord(char) >= 32 and not 127 <= ord(char) < 160 for char in cut)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Børnesamtale", "Børnesa…"),
        ("kort", "kort    "),
        ("to\nlinjer", "to…     "),
        ("[b]x[/b]", "[b]x[/b]"),
        ("a\x1b[31mrød", "arød    "),
    ],
)
def test_what_is_cut_off_is_marked(text: str, shown: str) -> None:
    assert fit(text, 8) == shown


def test_numbers_stand_at_the_right() -> None:
    assert fit("12", 5, right=True) == "   12"


@given(st.lists(st.text(min_size=1, max_size=20), max_size=8))
def test_letters_of_choices_differ_and_stand_in_their_words(labels: list[str]) -> None:
    choices = lettered(*((str(i), label) for i, label in enumerate(labels)))
    letters = [choice.letter for choice in choices if choice.letter]
    assert len(set(letters)) == len(letters)
    for choice in choices:
        assert choice.letter in choice.label.casefold()


@pytest.mark.parametrize(
    ("labels", "letters"),
    [
        (("Hovedansvar", "Medvirker", "Orienteres"), "hmo"),
        (("Main responsibility", "Takes part", "Informed"), "mti"),
        (("Følger med", "Sammen", "Selv med sparring", "Selvstændig"), "fsme"),
        (("nej", "ja"), "nj"),
        (("no", "yes"), "ny"),
    ],
)
def test_a_letter_is_the_first_of_a_word_where_it_is_free(
    labels: tuple[str, ...], letters: str
) -> None:
    choices = lettered(*((label, label) for label in labels))
    assert "".join(choice.letter for choice in choices) == letters
