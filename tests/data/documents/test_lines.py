"""A document as lines of text: nothing is lost, nothing is too wide, addresses stay whole."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from data.cell_width import cell_width
from data.documents.model.document import (
    Column,
    Document,
    Fact,
    Facts,
    Heading,
    Items,
    Paragraph,
    Room,
    Signatures,
    Table,
)
from data.documents.model.lines import LineKind, lines_of, text_of, wrap
from data.documents.model.sheets import on_sheets

WORDS = st.text(alphabet="abcæøå漢🙂", min_size=1, max_size=12)


def document(*blocks: object) -> Document:
    return Document("plan", "Titel", tuple(blocks), "da")  # type: ignore[arg-type]


@given(st.lists(WORDS, max_size=30), st.integers(12, 80))
def test_wrapping_keeps_every_word_in_order(words: list[str], width: int) -> None:
    lines = wrap(" ".join(words), width, "  - ")
    assert " ".join(lines).split() == ["-", *words]
    for line in lines:
        assert cell_width(line) <= width or len(line.split()) <= 2, "only one long word"


def test_line_breaks_stay_and_an_address_is_never_broken() -> None:
    address = "https://vpt.dk/" + "langt" * 20
    assert wrap(f"Se\n\n{address} nu", 40) == ["Se", "", address, "nu"]


def test_a_page_marks_headings_and_what_is_said_beside() -> None:
    made = document(
        Heading("Om"),
        Facts((Fact("Navn", "Maja Holm"),)),
        Items(("en", "to"), (True, False)),
        Paragraph("Hjælp", quiet=True),
        Room("a", "Svar", 2, "før"),
        Signatures(("Maja (mentee)",)),
    )
    lines = list(lines_of(made, 40))
    assert lines[0] == (LineKind.HEADING, "Titel")
    assert (LineKind.QUIET, "Hjælp") in lines
    text = text_of(made, 40)
    for part in ("Om\nNavn: Maja Holm\n  [x] en\n  [ ] to\n", "Svar: før\n\n\n", "Maja (mentee), "):
        assert part in text


def test_a_table_is_aligned_where_it_fits_and_told_row_by_row_elsewhere() -> None:
    columns = (Column("number", "Nr."), Column("title", "Opgave"), Column("x", "Status"))
    table = Table(columns, (("1", "Notat", "I gang"), ("2", "Sag", "")), "title")
    assert "Nr.  Opgave  Status\n1    Notat   I gang\n2    Sag\n" in text_of(document(table), 40)
    narrow = text_of(document(table), 16)
    assert "1. Notat\n  Status: I gang\n\n2. Sag\n" in narrow


@given(st.lists(st.integers(1, 8), min_size=1, max_size=24), st.integers(20, 40))
def test_a_wide_table_is_shared_out_and_every_column_is_there_once(
    shares: list[int], room: int
) -> None:
    columns = [Column("number", "Nr.", 1), Column("title", "Opgave", 5)]
    columns += [Column(str(place), str(place), share) for place, share in enumerate(shares)]
    table = Table(tuple(columns), (tuple(column.key for column in columns),), "title")
    parts = on_sheets(table, room)
    for part in parts:
        assert [column.key for column in part.columns][:2] == ["number", "title"]
        assert part.rows == (tuple(column.key for column in part.columns),)
    others = [column.key for part in parts for column in part.columns[2:]]
    assert others == [column.key for column in columns[2:]]
    widest = max(sum(column.share for column in part.columns) for part in parts)
    assert widest <= room + 8
