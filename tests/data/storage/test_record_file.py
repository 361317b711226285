from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tinydb import TinyDB

from data.storage.protocol import Tables
from data.storage.record_file import (
    HEAD,
    Lines,
    Meta,
    NotTinyDB,
    checksum,
    format_of_head,
    new_generation,
    parse,
    read_head,
    salvage,
    write,
)

TABLES: Tables = {
    "mentees": {"1": {"name": "Åse Ørsted", "rev": 1}},
    "notes": {"7": {"text": 'linje\n"to" {}'}, "9": {"text": "😀", "tags": ["a", {"b": None}]}},
}


def written(path: Path, tables: Tables) -> tuple[bytes, Meta]:
    fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        meta = write(fd, tables, new_generation(None, 4, "2026-11-23T14:03:00+01:00"))
    finally:
        os.close(fd)
    return path.read_bytes(), meta


def test_a_record_file_is_read_as_it_was_written(path: Path) -> None:
    data, meta = written(path, TABLES)
    content = parse(data)
    assert (content.tables, content.meta, content.sound) == (TABLES, meta, True)
    assert read_head(data) == meta
    assert format_of_head(data[:HEAD]) == meta.format


def test_a_table_with_the_name_of_the_head_says_nothing_of_the_file(path: Path) -> None:
    planted: Tables = {"_meta": {"1": {"format": 99}}, **TABLES}
    data, meta = written(path, planted)
    assert (parse(data).tables, parse(data).meta) == (TABLES, meta)
    end = data.rindex(b"\n}\n")
    changed = data[:end] + b',\n"_meta":{"1":{"format":99}}' + data[end:]
    content = parse(changed)
    assert (content.tables, content.meta, content.format) == (TABLES, meta, meta.format)


def test_plain_tinydb_reads_it(path: Path) -> None:
    written(path, TABLES)
    with TinyDB(path) as db:
        assert db.tables() == {"_meta", "mentees", "notes"}
        assert db.table("notes").get(doc_id=9) == TABLES["notes"]["9"]


def test_each_document_has_a_line_of_its_own(path: Path) -> None:
    data, _meta = written(path, TABLES)
    assert b'\n"7":{"text":' in data
    assert data.count(b"\n") == 2 + 3 + 3 + 1


names = st.text(max_size=5)
docs = st.dictionaries(names, st.text() | st.none(), max_size=4)
ids = st.integers(0).map(str)


@settings(max_examples=50)
@given(st.dictionaries(names, st.dictionaries(ids, docs, min_size=1, max_size=4), max_size=4))
def test_any_tables_come_back(tmp_path_factory: pytest.TempPathFactory, tables: Tables) -> None:
    tables.pop("_meta", None)
    data, _meta = written(tmp_path_factory.getbasetemp() / "any.json", tables)
    assert parse(data).tables == tables


def test_an_altered_file_is_not_sound(path: Path) -> None:
    data, _meta = written(path, TABLES)
    assert not parse(data.replace("Åse".encode(), "Ása".encode())).sound
    assert not parse(data + b" ").sound


@pytest.mark.parametrize("data", [b"", b"[1,2]", b"{", b"\0" * 400, b'{"a":1}', b'{"a":{"1":2}}'])
def test_what_is_no_tinydb_file_is_refused(data: bytes) -> None:
    with pytest.raises(NotTinyDB):
        parse(data)


def test_deep_nesting_is_refused_and_not_a_crash() -> None:
    with pytest.raises(NotTinyDB):
        parse(b'{"a":' + b"[" * 200_000)


def test_whole_lines_are_salvaged_from_a_damaged_file(path: Path) -> None:
    data, _meta = written(path, TABLES)
    cut = data[: data.index("😀".encode())]
    assert salvage(cut) == {"mentees": TABLES["mentees"], "notes": {"7": TABLES["notes"]["7"]}}


def test_lines_go_by_with_their_checksum(path: Path) -> None:
    _data, meta = written(path, TABLES)
    fd = os.open(path, os.O_RDONLY)
    lines = Lines(fd)
    assert sum(line.startswith(b'"') and b":{" in line for line in lines) == 5
    assert checksum(meta, lines.crc) == meta.crc
    os.close(fd)


def test_a_head_of_a_later_format_shows_its_number() -> None:
    later = json.dumps({"_meta": {"1": {"other": 1, "format": 12, "x": []}}}).encode()
    assert format_of_head(later) in {0, 12}
    assert format_of_head(b'{"_meta":{"1":{"format":12,"gen":3') == 12
    assert format_of_head(b"{}") == 0
