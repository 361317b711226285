"""Files that are damaged, endless, or small only as long as they are packed: one line says so."""

from __future__ import annotations

import io
import os
import stat
import threading
import time
import zipfile
from contextlib import suppress
from pathlib import Path

import docx
import pytest

from data.documents.importing import csv_file, paths
from data.documents.importing.content import ImportProblem, ReadFile
from data.documents.importing.reading import read_bytes, read_file
from data.i18n import set_language
from tests.data.documents.test_import_files import cell, run, word_file

SECONDS = 5.0
"""Processor time in which a file is read or refused, whatever is in it."""


@pytest.fixture(autouse=True)
def _danish() -> None:
    set_language("da")


def refusal(name: str, data: bytes) -> str:
    with pytest.raises(ImportProblem) as said:
        read_bytes(name, data)
    text = str(said.value)
    assert text.count(name) == 1
    assert "\n" not in text
    return text


def spanning(span: str) -> bytes:
    wide = f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/></w:tcPr><w:p>{run("A")}</w:p></w:tc>'
    return word_file(f"<w:tbl><w:tr>{wide}{cell(run('B'))}</w:tr></w:tbl>")


@pytest.mark.parametrize(
    ("span", "columns"),
    [("abc", 2), ("", 2), ("-3", 2), ("0", 2), ("2", 3), ("1.5", 2), ("99", 64), ("9" * 5000, 2)],
)
def test_a_cell_spans_as_many_columns_as_there_can_be(span: str, columns: int) -> None:
    (grid,) = read_bytes("p.docx", spanning(span)).grids
    assert len(grid.headings) == columns
    assert grid.headings[0] == "A"
    assert grid.headings[-1] == "B"


def test_whatever_goes_wrong_in_reading_is_said_in_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    # A limit of csv as it would be met by a field that never ends.
    monkeypatch.setattr(csv_file, "_LONGEST", 1000)
    refusal("plan.csv", b'Opgave;Type\n"' + b"x;y\n" * 1000)


def packed(**parts: bytes) -> bytes:
    word = io.BytesIO()
    docx.Document().save(word)
    with zipfile.ZipFile(word, "a", zipfile.ZIP_DEFLATED) as file:
        for name, data in parts.items():
            file.writestr(name.replace("_", "."), data)
    return word.getvalue()


@pytest.mark.parametrize("name", ["more_xml", "more_bin"])
def test_a_file_that_unpacks_to_more_than_a_form_is_refused_unread(name: str) -> None:
    data = packed(**{name: bytes(70_000_000)})
    assert len(data) < 200_000
    before = time.process_time()
    assert "MB" in refusal("p.docx", data)
    assert time.process_time() - before < SECONDS


@pytest.mark.parametrize("ending", ["txt", "md", "csv"])
def test_a_text_that_is_no_form_by_its_size_is_refused(ending: str) -> None:
    assert "2 MB" in refusal(f"p.{ending}", b"x\n" * 1_000_001)


@pytest.mark.parametrize("end", [b"\n", b"\r", b"\r\n"])
def test_more_lines_than_a_form_has_are_refused(end: bytes) -> None:
    assert "10000" in refusal("p.csv", b"Opgave;Type" + end + (b"a;b" + end) * 10_001)


LONG = {
    "blanks below a bar": "|\n|" + " " * 500_000 + "x",
    "a rule that never ends": "|\n|" + "-" * 500_000 + "x",
    "marks of a quotation": ">" * 500_000,
    "bold that never ends": "**a" * 100_000,
    "digits": "1" * 500_000,
    "short lines": "a\n" * 9_000,
    "quotation marks": '"' * 500_000,
    "a quotation that never ends": '"' + "x;y\n" * 9_000,
}


@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
@pytest.mark.parametrize("ending", ["md", "csv"])
def test_long_lines_take_no_time(text: str, ending: str) -> None:
    before = time.process_time()
    with suppress(ImportProblem):
        read_bytes(f"p.{ending}", text.encode())
    assert time.process_time() - before < SECONDS


def read_in_thread(path: Path) -> str:
    """Return what is said of a file; a thread, so that a test that fails does not wait forever."""
    found: list[str | ReadFile] = []

    def work() -> None:
        try:
            found.append(read_file(path))
        except ImportProblem as wrong:
            found.append(str(wrong))

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    thread.join(SECONDS)
    assert not thread.is_alive(), "it waits for ever"
    (said,) = found
    assert isinstance(said, str)
    return said


def test_only_ordinary_files_are_read_and_offered(tmp_path: Path) -> None:
    fifo = tmp_path / "plan.txt"
    os.mkfifo(fifo)
    (tmp_path / "nul.txt").symlink_to("/dev/zero")
    (tmp_path / "mine.txt").write_text("x")
    (tmp_path / "link.txt").symlink_to(tmp_path / "mine.txt")
    for path in (fifo, tmp_path / "nul.txt", Path("/dev/zero")):
        assert "almindelig" in read_in_thread(path)
    assert stat.S_ISFIFO(fifo.stat().st_mode)
    offered = {one.name for one in paths.offered(f"{tmp_path}/", tmp_path)}
    assert offered == {"mine.txt", "link.txt"}


def test_what_is_wrong_with_a_file_is_said_once(tmp_path: Path) -> None:
    large = tmp_path / "stor.docx"
    with large.open("wb") as file:
        file.truncate(30_000_000)
    for path, said in ((large, "20 MB"), (tmp_path, "mappe"), (tmp_path / "nej.csv", "Der er")):
        with pytest.raises(ImportProblem) as wrong:
            read_file(path)
        assert said in str(wrong.value)
        assert str(wrong.value).count(path.name) == 1
        assert "kan ikke læses" not in str(wrong.value)


OLE = b"\xd0\xcf\x11\xe0" + bytes(500)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("plan.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "adgangskode"),
        ("plan.docx", OLE + "WordDocument".encode("utf-16-le"), ".docx-fil"),
        ("plan.docx", OLE + "Workbook".encode("utf-16-le"), ".csv-fil"),
        ("svar.msg", OLE + "__substg1.0_".encode("utf-16-le"), ".eml-fil"),
        ("plan.csv", b"%PDF-1.7", "er en PDF og kan ikke importeres: bed om Word-filen"),
        ("plan.docx", b"{\\rtf1", ".docx-fil"),
    ],
)
def test_a_file_of_another_format_says_what_can_be_read(name: str, data: bytes, said: str) -> None:
    assert said in refusal(name, data)


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        ("xl/workbook.xml", ".csv-fil"),
        ("application/vnd.oasis.opendocument.spreadsheet", ".csv-fil"),
        ("application/vnd.oasis.opendocument.text", ".docx-fil"),
    ],
)
@pytest.mark.parametrize("name", ["plan.docx", "plan.csv", "plan.txt"])
def test_a_packed_file_is_known_by_what_is_in_it(name: str, inside: str, said: str) -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        if "/vnd" in inside:
            file.writestr("mimetype", inside)
        else:
            file.writestr(inside, "<x/>")
    assert said in refusal(name, made.getvalue())
