"""Files as spreadsheets, Word and mail programs save them, and files that are none of these."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from hypothesis import given, settings
from hypothesis import strategies as st

from data.documents.importing import csv_file
from data.documents.importing.content import ImportProblem
from data.documents.importing.reading import read_bytes, read_file
from data.text import clean
from tests.data.documents.forms import csv_bytes

HEADINGS = ("Nr.", "Opgave", "Beskrivelse", "Næste skridt")
ROWS = [
    HEADINGS,
    ("1", "Børnesamtaler; »svære«", "Første linje\nanden, med komma", "=1+1"),
    ("2", "Årsplan", "-minus", "'citat'"),
]
SAVED = {
    "Danish Excel": ("cp1252", ";"),
    "LibreOffice": ("utf-8", ","),
    "Excel with a mark": ("utf-8-sig", ";"),
    "Unicode text": ("utf-16", "\t"),
    "UTF-16 without a mark": ("utf-16-le", "\t"),
    "UTF-16, the other way round": ("utf-16-be", ";"),
}
TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cf", "Co", "Cn", "Zl", "Zp"))
    | st.sampled_from("\n;,\t\"'=+-@|æøåÆØÅ👩"),
    max_size=30,
).map(lambda text: clean(text, lines=True).strip())


@pytest.mark.parametrize("how", SAVED)
def test_a_table_is_read_however_it_was_saved(how: str) -> None:
    encoding, delimiter = SAVED[how]
    (grid,) = read_bytes("p.csv", csv_bytes(ROWS, encoding=encoding, delimiter=delimiter)).grids
    assert grid.headings == HEADINGS
    assert [row.cells for row in grid.rows] == ROWS[1:]
    assert [row.number for row in grid.rows] == [2, 3], "the rows of the spreadsheet"


def test_a_line_that_names_the_delimiter_and_a_title_above_are_no_headings() -> None:
    data = b"sep=;\r\nFortroligt\r\n\r\n" + csv_bytes(ROWS, encoding="cp1252")
    (grid,) = read_bytes("p.csv", data).grids
    assert grid.headings == HEADINGS
    assert [row.number for row in grid.rows] == [4, 5]


def test_commas_in_long_texts_do_not_divide_a_row() -> None:
    rows = [HEADINGS, ("1", "A", "a, b, c, d, e, f, g, h, i, j, k, l", "m, n, o, p, q, r, s, t, u")]
    (grid,) = read_bytes("p.csv", csv_bytes(rows)).grids
    assert grid.rows[0].cells == rows[1]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(TEXT, min_size=4, max_size=4), max_size=5), st.sampled_from(sorted(SAVED)))
def test_what_is_written_as_csv_is_read_as_it_was(cells: list[list[str]], how: str) -> None:
    encoding, delimiter = SAVED[how]
    if encoding == "cp1252":
        cells = [
            [one.encode("cp1252", "ignore").decode("cp1252").strip() for one in row]
            for row in cells
        ]
    wanted = [tuple(row) for row in cells if any(row)]
    data = csv_bytes([HEADINGS, *cells], encoding=encoding, delimiter=delimiter)
    _above, grid = csv_file.grid_of(csv_file.text_of(data))
    assert grid is not None
    assert grid.headings == HEADINGS
    assert [tuple(clean(one, lines=True) for one in row) for row in wanted] == [
        row.cells for row in grid.rows
    ]


def word_file(*blocks: str) -> bytes:
    word = docx.Document()
    body = word.element.body
    around = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    for block in blocks:
        body.insert(len(body) - 1, parse_xml(block.replace(">", f" {around}>", 1)))
    kept = io.BytesIO()
    word.save(kept)
    return kept.getvalue()


def cell(inner: str) -> str:
    return f"<w:tc><w:tcPr/><w:p>{inner}</w:p></w:tc>"


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def test_tracked_changes_and_controls_of_word_count_as_word_shows_them() -> None:
    deleted = "<w:del><w:r><w:delText>Gammel</w:delText></w:r></w:del>"
    inserted = f"<w:ins>{run('Ny')}</w:ins>"
    head = f"<w:tr>{cell(run('Opgave'))}{cell(run('Type'))}</w:tr>"
    two_lines = f"{run('a')}<w:r><w:br/></w:r>{run('b')}"
    row = f"<w:tr>{cell(deleted + inserted + run(' opgave'))}{cell(two_lines)}</w:tr>"
    added = f"<w:ins><w:tr>{cell(run('To'))}{cell(run('c'))}</w:tr></w:ins>"
    boxed = f"<w:sdt><w:sdtContent><w:tbl>{head}{row}{added}</w:tbl></w:sdtContent></w:sdt>"
    (grid,) = read_bytes("p.docx", word_file(boxed)).grids
    assert [one.cells for one in grid.rows] == [("Ny opgave", "a\nb"), ("To", "c")]


def test_a_soft_hyphen_that_libreoffice_saved_is_the_character_again() -> None:
    line = "<w:p><w:r><w:t>sags</w:t><w:softHyphen/><w:t>behandling</w:t></w:r></w:p>"
    assert "sags\u00adbehandling" in read_bytes("p.docx", word_file(line)).text


def test_merged_cells_keep_the_columns_in_place() -> None:
    wide = f'<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr><w:p>{run("A")}</w:p></w:tc>'
    head = "<w:tr>" + "".join(cell(run(one)) for one in ("Opgave", "Type", "Mål")) + "</w:tr>"
    table = f"<w:tbl>{head}<w:tr>{wide}{cell(run('Kan'))}</w:tr></w:tbl>"
    (grid,) = read_bytes("p.docx", word_file(table)).grids
    assert grid.rows[0].cells == ("A", "", "Kan")


def test_a_table_of_markdown_is_read() -> None:
    text = "# Plan\n\n| Nr. | Opgave |\n|---|:---|\n| 1 | Børn \\| unge<br>\\*to\\* |\n\nSlut\n"
    (grid,) = read_bytes("p.md", text.encode()).grids
    assert grid.headings == ("Nr.", "Opgave")
    assert [(row.number, row.cells) for row in grid.rows] == [(5, ("1", "Børn | unge\n*to*"))]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("plan.pdf", b"%PDF-1.7"),
        ("plan.doc", b"\xd0\xcf\x11\xe0rest"),
        ("plan.xlsx", b"PK\x03\x04"),
        ("plan.docx", b"PK\x03\x04damaged"),
        ("plan.docx", b"text"),
    ],
)
def test_what_cannot_be_read_is_said_in_a_line(name: str, data: bytes) -> None:
    with pytest.raises(ImportProblem) as said:
        read_bytes(name, data)
    assert name in str(said.value)
    assert "\n" not in str(said.value)


def test_no_file_a_folder_and_an_unreadable_one_are_said(tmp_path: Path) -> None:
    for path in (tmp_path / "nej.csv", tmp_path, Path("\0")):
        with pytest.raises(ImportProblem):
            read_file(path)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(["a.csv", "a.txt", "a.md", "a", "a.docx"]))
def test_no_bytes_break_the_reading(data: bytes, name: str) -> None:
    try:
        read_bytes(name, data)
    except ImportProblem:
        assert name == "a.docx" or data.startswith((b"PK", b"%PDF", b"\xd0\xcf", b"{\\rtf"))
