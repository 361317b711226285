"""Documents that stay lines of the file until somebody asks for them."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.storage import raw_lines
from data.storage.backend import JournalBackend
from data.storage.journal import to_json
from data.storage.protocol import Doc, DocChange, Docs, Tables
from data.storage.raw_table import (
    JoinedTable,
    RawTable,
    copied,
    differing,
    several,
    texts,
    with_text,
)
from data.storage.record_file import (
    HEAD,
    Meta,
    NotTinyDB,
    checksum,
    lines_of,
    new_generation,
    parse,
    read,
    write,
)
from data.storage.snapshot import read_tables
from data.storage.upkeep.doctor import examine
from data.storage.upkeep.findings import Check
from tests.data.storage.support import Session

IDS = st.integers(1, 10**20).map(str)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.sampled_from(["1", "22", '"1"']),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
FIELDS = st.sampled_from(["mentee_id", "text", '"mentee_id"', "x,\\", "{", "mentee_id\\", "ø"])
DOCS = st.dictionaries(FIELDS, VALUES, max_size=5)
TABLES = st.dictionaries(
    st.sampled_from(["notes", "tasks", 'æ"{']), st.dictionaries(IDS, DOCS, max_size=8), max_size=3
)


def written(path: Path, tables: Mapping[str, Docs]) -> bytes:
    fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        write(fd, dict(tables), new_generation(None, 4, "2026-11-23T14:03:00+01:00"))
    finally:
        os.close(fd)
    return path.read_bytes()


def signed(body: bytes) -> bytes:
    """A record file with such a body, and the checksum that this program would give it."""
    meta = new_generation(None, 4, "2026-11-23T14:03:00+01:00")
    meta = replace(meta, bytes=len(body), crc=checksum(meta, crc32(body)))
    return (b'{"_meta":{"1":%s}' % to_json(asdict(meta))).ljust(HEAD) + body


def table(path: Path, docs: Docs) -> RawTable:
    found = read(written(path, {"notes": docs})).tables["notes"]
    assert isinstance(found, RawTable)
    return found


@given(tables=TABLES)
@settings(max_examples=150, deadline=None)
def test_what_is_read_line_by_line_is_what_was_written(
    tables: Tables, tmp_path_factory: pytest.TempPathFactory
) -> None:
    data = written(tmp_path_factory.mktemp("files") / "x.json", tables)
    content, whole = read(data), parse(data)
    assert all(isinstance(docs, RawTable) for docs in content.tables.values())
    assert content.tables == whole.tables == {name: docs for name, docs in tables.items() if docs}
    assert [list(docs) for docs in content.tables.values()] == [
        list(docs) for docs in whole.tables.values()
    ]
    assert (content.meta, content.sound, content.format) == (whole.meta, True, whole.format)


@given(
    docs=st.dictionaries(IDS, DOCS, max_size=8),
    field=FIELDS,
    value=st.sampled_from(["1", "22", "x", "ø", '"', ""]),
)
@settings(max_examples=150, deadline=None)
def test_a_field_is_found_in_the_lines_as_in_the_documents(
    docs: dict[str, Doc], field: str, value: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    if not docs:
        return
    raw = table(tmp_path_factory.mktemp("files") / "x.json", docs)
    plain = {id: dict(doc) for id, doc in docs.items()}
    field = field if field.isidentifier() else "mentee_id"
    for step in range(2):
        assert dict(texts(raw, field)) == dict(texts(plain, field))
        assert dict(with_text(raw, field, value)) == dict(with_text(plain, field, value))
        changed = list(docs)[step] if step < len(docs) else "7"
        for one in (raw, plain):
            one[changed] = {field: value}


@given(docs=st.dictionaries(IDS, DOCS, min_size=1, max_size=8), ids=st.lists(IDS, max_size=3))
@settings(max_examples=80, deadline=None)
def test_several_documents_are_found_as_one_by_one(
    docs: dict[str, Doc], ids: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    raw = table(tmp_path_factory.mktemp("files") / "x.json", docs)
    for wanted in (list(docs)[:3], [*ids, *docs, "x"], []):
        assert several(raw, wanted) == several(docs, wanted) == [docs.get(id) for id in wanted]
    gone, *others = docs
    del raw[gone]
    assert several(raw, [gone, *others]) == [None, *(docs[id] for id in others)]


@pytest.mark.parametrize("wrong", [b'{"n":2]}', b'{"n":2},"x":{}', b'{"n":"}', b'{},{"n":5}'])
def test_a_document_that_cannot_be_read_is_alone_in_that(wrong: bytes) -> None:
    body = b',\n"notes":{\n"1":{"n":1},\n"2":%s,\n"3":{"n":3}\n}\n}\n' % wrong
    docs = read(signed(body)).tables["notes"]
    assert isinstance(docs, RawTable)
    assert several(docs, ["1", "2", "3"]) == [{"n": 1}, {}, {"n": 3}]


STEPS = st.lists(
    st.tuples(st.sampled_from(["set", "drop", "copy"]), st.integers(0, 12), st.integers(0, 3)),
    max_size=20,
)


@given(first=st.sets(st.integers(0, 8)), steps=STEPS)
@settings(max_examples=150, deadline=None)
def test_it_behaves_as_a_dict_does(
    first: set[int], steps: list[tuple[str, int, int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    first = first or {3}
    start: Docs = {str(id): {"n": id} for id in first}
    raw = table(tmp_path_factory.mktemp("files") / "x.json", start)
    plain = dict(start)
    for what, number, value in steps:
        id = str(number)
        if what == "set":
            raw[id] = plain[id] = {"n": value}
        elif what == "drop":
            assert raw.pop(id, None) == plain.pop(id, None)
        else:
            before = raw
            raw = raw.copy()
            before["99"] = {"n": 99}
        assert raw == plain
        assert (len(raw), sorted(raw), id in raw) == (len(plain), sorted(plain), id in plain)
        assert differing(raw, plain) == differing(plain, raw) == []
        assert sorted(differing(start, raw)) == sorted(
            id for id in {**start, **plain} if start.get(id) != plain.get(id)
        )
    for missing in ("1000", "", "x", "٣", "03", "-3", "9" * 5000):
        assert missing not in raw
        with pytest.raises(KeyError):
            raw[missing]
    with pytest.raises(KeyError):
        del raw["1000"]


def test_tables_of_two_files_differ_in_what_differs(path: Path) -> None:
    one = table(path, {"1": {"n": 1}, "2": {"n": 2}, "3": {"n": 3}, "4": {"n": 4}})
    other = table(path, {"2": {"n": 2}, "3": {"n": 30}, "4": {"n": 4}, "5": {"n": 5}})
    other["4"] = {"n": 4}
    assert differing(one, other) == ["3", "5", "1"]


def test_what_has_not_changed_is_written_as_it_stood(path: Path) -> None:
    data = written(path, {"notes": {"3": {"n": 3}, "1": {"text": "å"}, "2": {"n": 2}}})
    tables = copied(read(data).tables)
    assert written(path, tables)[HEAD:] == data[HEAD:]
    del tables["notes"]["2"]
    tables["notes"]["1"] = {"text": "ø"}
    tables["notes"]["4"] = {"n": 4}
    expected = {"notes": {"3": {"n": 3}, "1": {"text": "ø"}, "4": {"n": 4}}}
    assert parse(written(path, tables)).tables == expected


def test_nothing_is_decoded_when_a_file_is_opened(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_notes = Session(path)
    for number in range(20):
        with_notes.put(str(number + 1), text=f"note {number}")
    with_notes.close()
    decoded: list[int] = []
    doc, several_docs = raw_lines.TableLines.doc, raw_lines.TableLines.docs

    def counted(self: raw_lines.TableLines, at: int) -> Doc:
        decoded.append(at)
        return doc(self, at)

    def counted_too(self: raw_lines.TableLines, lines: Sequence[int]) -> list[Doc]:
        decoded.extend(lines)
        return several_docs(self, lines)

    monkeypatch.setattr(raw_lines.TableLines, "doc", counted)
    monkeypatch.setattr(raw_lines.TableLines, "docs", counted_too)
    session = Session(path)
    assert decoded == []
    assert session.text("7") == "note 6"
    assert decoded == [6]
    session.close()


@pytest.mark.parametrize(
    "body",
    [
        b',\n"notes":{\n"1":{"n":1}, \n"2":{"n":2}\n}\n}\n',
        b',\n"notes":{\n"1":{"n":1},\n\n"2":{"n":2}\n}\n}\n',
        b',\n"notes":{"1":{"n":1}\n}\n}\n',
        b',\n"notes":{\n"1":{"n":1}\n},\n"notes":{\n"2":{"n":2}\n}\n}\n',
        b',"notes":{\n"1":{"n":1}\n}\n}\n',
        b',\n"notes":{\n"1":{"n":1}\n}}\n',
        b',\n"notes":{\n"1":{"n":1}\n}\n}',
    ],
)
def test_lines_of_another_form_are_decoded_at_once(body: bytes) -> None:
    data = signed(body)
    tables = read(data).tables
    assert not any(isinstance(docs, RawTable) for docs in tables.values())
    expected: Any = json.loads(data)
    expected.pop("_meta")
    assert tables == expected


@pytest.mark.parametrize(
    "body",
    [
        b',\n"notes":{\n"1":{"n":1},\n"1":{"n":2}\n}\n}\n',
        b',\n"notes":{\n"a":{"n":1}\n}\n}\n',
        b',\n"notes":{\n"1":{"n":1},\n"01":{"n":2}\n}\n}\n',
        b',\n"notes":{\n"1":{"n":1},\n"%d":{"n":2}\n}\n}\n' % (2**64 + 1),
        b',\n"notes":{\n"%s":{"n":1}\n}\n}\n' % (b"1" * 5000),
        b',\n"notes":{\n"2":{"n":1},\n"1":{"n":2},\n"2":{"n":3}\n}\n}\n',
        b',\n"notes":{\n"a\\"b":{"n":1},\n"\xc3\xa6":{"n":2}\n}\n}\n',
    ],
)
def test_a_table_with_ids_of_another_form_is_read_too(body: bytes) -> None:
    data = signed(body)
    expected: Docs = json.loads(data)["notes"]
    docs = read(data).tables["notes"]
    assert docs == expected
    assert len(docs) == len(expected)
    changed = read(data).tables["notes"]
    assert isinstance(changed, RawTable)
    new = changed.copy()
    new["7"] = {"n": 7}
    del new[next(iter(expected))]
    assert len(new) == len(expected)
    assert dict(texts(new, "n")).keys() == new.keys() == {*list(expected)[1:], "7"}
    assert changed == expected


@pytest.mark.parametrize(
    "body",
    [
        b',\n"notes":{\n"1":{"n":1},\n}\n}\n',
        b',\n"notes":{\n"1":{"n":1}\n"2":{"n":2}\n}\n}\n',
        b',\n"notes":{\n"1":{"n":1}\n',
        b',\n"notes":{\n"1":{"n":1',
        b',\n"notes":{',
        b",\n",
        b"",
        b',\n"notes":[\n"1":{"n":1}\n]\n}\n',
        b',\n"no"tes":{\n"1":{"n":1}\n}\n}\n',
    ],
)
def test_what_is_no_json_is_refused_though_its_checksum_is_right(body: bytes) -> None:
    with pytest.raises(NotTinyDB):
        read(signed(body))


def test_a_wrong_checksum_has_everything_looked_at(path: Path) -> None:
    data = bytearray(written(path, {"notes": {"1": {"text": "abc"}}}))
    data[data.index(b"abc")] = ord("x")
    content = read(bytes(data))
    assert (content.sound, content.tables) == (False, {"notes": {"1": {"text": "xbc"}}})
    assert isinstance(content.tables["notes"], dict)


def test_a_document_that_cannot_be_read_stays_in_the_file(path: Path) -> None:
    """Only somebody who gives the file a right checksum can make such a line."""
    session = Session(path)
    for id in ("1", "2"):
        session.put(id, text="abc")
    session.close()
    data = path.read_bytes()
    body = data[HEAD:].replace(b'"2":{"rev":1,"text":"abc"}', b'"2":{"rev":1,"text":"abc}')
    assert len(body) == len(data) - HEAD - 1
    meta = Meta(**json.loads(data[:HEAD] + b"}")["_meta"]["1"])
    meta = replace(meta, bytes=len(body), crc=checksum(meta, crc32(body)))
    path.write_bytes((b'{"_meta":{"1":%s}' % to_json(asdict(meta))).ljust(HEAD) + body)
    with pytest.raises(NotTinyDB):
        parse(path.read_bytes())
    session = Session(path)
    assert session.tables["notes"] == {"1": session.doc("1"), "2": {}}
    assert session.text("1") == "abc"
    assert Check.DAMAGED in {finding.check for finding in examine(path)}
    session.die()
    assert b'"2":{"rev":1,"text":"abc}' in path.read_bytes()


@pytest.mark.parametrize("what", ["cut", "zeros", "other"])
def test_a_session_has_all_it_read_whatever_becomes_of_the_file(path: Path, what: str) -> None:
    first = Session(path)
    for number in range(1, 50):
        first.put(str(number), text=f"note {number} " + "x" * 200)
    first.close()
    session = Session(path)
    size = path.stat().st_size
    with path.open("r+b") as file:
        if what == "cut":
            file.truncate(100)
        else:
            file.write(b"\0" * size if what == "zeros" else b"{}".ljust(size))
    assert [session.text(str(n))[:7].strip() for n in range(1, 50)] == [
        f"note {n}" for n in range(1, 50)
    ]
    session.backend._opened.rebuild()
    session.die()
    assert len(parse(path.read_bytes()).tables["notes"]) == 49


def test_tables_of_a_backend_change_by_themselves(path: Path) -> None:
    first = Session(path)
    first.put("1", text="abc")
    first.close()
    backend = JournalBackend(path)
    tables = backend.load()
    tables["notes"]["1"] = {"text": "not saved"}
    del tables["notes"]
    assert backend._opened.tables["notes"]["1"]["text"] == "abc"
    backend.close()


def plain_lines(docs: Docs) -> list[bytes]:
    return list(lines_of(docs))


def test_two_tables_together_stay_lines_and_the_second_counts(path: Path) -> None:
    def table(name: str, docs: dict[str, Doc]) -> RawTable:
        session = Session(path.with_name(name))
        session.commit([DocChange("notes", id, None, doc) for id, doc in docs.items()])
        session.close()
        found = read_tables(path.with_name(name))["notes"]
        assert isinstance(found, RawTable)
        return found

    one = table("one.json", {"1": {"text": "a"}, "2": {"text": "b"}, "3": {"text": "æ"}})
    other = table("other.json", {"2": {"text": "c"}, "4": {"text": "d"}})
    one["3"] = {"text": "ny"}
    del other["4"]
    both = JoinedTable(one, other)
    one["1"] = {"text": "senere"}
    early = both.copy()
    early["5"] = {"text": "e"}
    wanted = {"1": {"text": "a"}, "3": {"text": "ny"}, "2": {"text": "c"}}
    assert dict(both) == wanted
    assert dict(early) == {**wanted, "5": {"text": "e"}}
    late = both.copy()
    del late["1"]
    assert dict(late) == {id: wanted[id] for id in ("2", "3")}
    assert dict(both) == wanted
    assert dict(one)["2"] == {"text": "b"}
    apart = JoinedTable(table("third.json", {"7": {"text": "g"}}), other)
    assert sorted(texts(apart, "text")) == [("2", "c"), ("7", "g")]
    assert len(apart.base) == 3
    assert "4" not in apart
    assert plain_lines(apart) == [b'"7":{"text":"g"}', b'"2":{"text":"c"}']
