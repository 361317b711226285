from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.storage.journal import frame, header, is_header, scan, to_json, unframe, with_room

RECORD = {"s": 7, "at": "2026-11-23T14:03:00+01:00", "by": "met", "ops": [{"t": "notes", "i": "1"}]}
leaves = st.none() | st.booleans() | st.integers() | st.text()
values = st.dictionaries(st.text(max_size=5), leaves | st.lists(leaves, max_size=4), max_size=5)


@given(values)
def test_a_line_gives_back_what_was_framed(value: dict[str, object]) -> None:
    line = frame(value)
    assert line.count(b"\n") == 1
    assert unframe(line[:-1]) == value


@given(values)
def test_a_value_is_encoded_as_the_standard_library_would(value: dict[str, object]) -> None:
    expected = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    assert to_json(value) == expected


def test_half_a_character_survives() -> None:
    assert unframe(frame({"text": "\ud83d"})[:-1]) == {"text": "\ud83d"}


@pytest.mark.parametrize("value", [float("nan"), {1, 2}, b"x"])
def test_what_is_not_json_is_refused(value: object) -> None:
    with pytest.raises((TypeError, ValueError)):
        frame({"x": value})


@given(st.data())
def test_no_single_changed_byte_goes_unnoticed(data: st.DataObject) -> None:
    line = bytearray(frame(RECORD)[:-1])
    at = data.draw(st.integers(0, len(line) - 1))
    line[at] ^= data.draw(st.integers(1, 255))
    assert unframe(bytes(line)) is None


def test_a_scan_reads_lines_and_skips_padding() -> None:
    lines = frame(RECORD) + frame({"s": 8})
    found = scan(with_room(lines))
    assert found.records == [RECORD, {"s": 8}]
    assert (found.good_end, found.end, found.torn, found.damaged) == (len(lines),) * 2 + (b"", [])


def test_a_damaged_line_between_others_is_told_from_a_torn_one() -> None:
    one, two = frame({"s": 1}), frame({"s": 2})
    found = scan(one + b"rubbish\n" + two + two[:10])
    assert found.damaged == [b"rubbish"]
    assert found.torn == two[:10]
    assert found.good_end == len(one) + 8 + len(two)
    assert found.unended


def test_every_cut_of_a_journal_keeps_the_lines_before_it() -> None:
    lines = [frame({"s": number, "text": "æ" * 5}) for number in range(4)]
    whole = b"".join(lines)
    for cut in range(len(whole) + 1):
        found = scan(whole[:cut])
        assert len(found.records) >= whole[:cut].count(b"\n")
        assert found.damaged == []


def test_a_whole_line_counts_without_its_newline() -> None:
    line = frame({"s": 1})
    found = scan(line[:-1])
    assert found.records == [{"s": 1}]
    assert found.unended


def test_a_header_is_known_in_every_format() -> None:
    assert is_header(header(1, "abc", gen=1, base=0, at="now", by="met"))
    assert is_header({"h": 99, "base": 4})
    assert not is_header(RECORD)
