"""A published file holds counts and dates, and what is read of it is what was written."""

import json
import os
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.published.read import MOST_BYTES, NotReadable, parse, read
from data.published.schema import (
    FIRST_DAY,
    HEAD,
    LAST_DAY,
    MENTEE,
    Kind,
    Published,
    PublishedMentee,
    Stage,
    fits,
)
from data.published.write import text_of

days = st.dates(FIRST_DAY, LAST_DAY)
counts = st.integers(0, 5000)
who = st.integers(1, 10**9) | st.text("ABCÆØÅÉЖ", min_size=1, max_size=3)


@st.composite
def mentees(draw: st.DrawFn) -> PublishedMentee:
    of = draw(counts)
    return PublishedMentee(
        who=draw(who),
        week=draw(st.none() | st.integers(-500, 5000)),
        phase=draw(st.sampled_from(Stage)),
        talks_planned=draw(counts),
        talks_held=draw(counts),
        talks_cancelled=draw(counts),
        last_talk=draw(st.none() | days),
        no_buddy=draw(st.booleans()),
        no_plan=draw(st.booleans()),
        no_expectations=draw(st.booleans()),
        steps=draw(st.integers(0, of)),
        steps_of=of,
        retention_due=draw(st.none() | days),
    )


published = st.builds(
    Published,
    written=days,
    capacity=st.none() | st.integers(0, 100),
    mentees=st.lists(mentees(), max_size=5).map(tuple),
)


@given(published)
def test_what_is_written_is_read(one: Published) -> None:
    assert parse(text_of(one).encode()) == one


def test_no_field_can_hold_a_text() -> None:
    """Every kind of value refuses words; of letters, only initials stand for a mentee."""
    for name, field in {**HEAD, **MENTEE}.items():
        for text in ("", "Maja Holm", "Maja", "maja", "mh", "M H", "M.H", "ABCD", "see note", "١"):
            assert not fits(field, text), (name, text)
        for other in (["MH"], {"a": 1}, 1.5, float("nan"), -(10**30), 10**30):
            assert not fits(field, other), (name, other)
    of_letters = [name for name, field in MENTEE.items() if fits(field, "MH")]
    assert of_letters == ["who"]
    assert {field.kind for field in {**HEAD, **MENTEE}.values()} == set(Kind)


@given(st.text())
def test_only_dates_and_initials_are_letters(text: str) -> None:
    for field in {**HEAD, **MENTEE}.values():
        if fits(field, text):
            letters = [one for one in text if one.isalpha()]
            assert len(letters) <= 3
            assert field.kind in {Kind.DATE, Kind.WHO}


def changed(**values: object) -> bytes:
    found = json.loads(text_of(Published(date(2026, 11, 30), None, (PublishedMentee(4711),))))
    for name, value in values.items():
        if name in HEAD or name == "mentees":
            found[name] = value
        else:
            found["mentees"][0][name] = value
    return json.dumps(found).encode()


NO_JSON = "It is not JSON. To write it again its mentor gives: mentor publish on."


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", NO_JSON),
        (b"\xff\xfe", NO_JSON),
        (b"[" * 100_000, NO_JSON),
        (b'{"format":1,"format":1}', NO_JSON),
        (b"[]", "It is not a file that a mentor publishes."),
        (b"{}", "It is not a file that a mentor publishes."),
        (b'{"format":' + b"9" * 10_000 + b"}", NO_JSON),
        (changed(capacity=float("nan")), NO_JSON),
        (changed(format=True), "It is not a file that a mentor publishes."),
        (changed(format=2), "It is of a newer version of the program (format 2)."),
        (changed(mentees={}), "It is not a file that a mentor publishes."),
        (changed(mentees=[1]), "It is not a file that a mentor publishes."),
        (changed(notes="tired"), "“notes” does not belong in it."),
        (changed(**{"no\x1b[31m\ntes": 1}), "“no tes” does not belong in it."),
        (changed(who="Maja"), "“who” must be a number, or one to three capital letters."),
        (changed(who=0), "“who” must be a number, or one to three capital letters."),
        (changed(week="5"), "“week” must be a whole number, or null."),
        (changed(no_plan=1), "“no_plan” must be true or false."),
        (changed(phase=6), "“phase” must be a whole number from 0 to 5."),
        (
            changed(last_talk="9999-12-31"),
            "“last_talk” must be a date such as 2026-11-30, or null.",
        ),
        (changed(last_talk="20261130"), "“last_talk” must be a date such as 2026-11-30, or null."),
        (changed(written=None), "“written” must be a date such as 2026-11-30."),
        (changed(steps=2, steps_of=1), "“steps” is more than “steps_of”."),
        (changed(talks_held=10**30), "“talks_held” must be a whole number from 0 to 1000000."),
    ],
)
def test_anything_else_is_refused_with_a_reason(data: bytes, reason: str) -> None:
    with pytest.raises(NotReadable) as refused:
        parse(data)
    assert str(refused.value) == reason


def refusal_of(data: bytes) -> str:
    try:
        parse(data)
    except NotReadable as refused:
        return str(refused)
    return ""


@given(
    st.binary(max_size=300)
    | st.recursive(
        st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
        lambda inner: (
            st.lists(inner) | st.dictionaries(st.sampled_from([*HEAD, *MENTEE, "x"]), inner)
        ),
    ).map(lambda value: json.dumps(value).encode())
)
def test_whatever_a_file_holds_there_is_one_kind_of_error(data: bytes) -> None:
    said = refusal_of(data)
    assert said.isprintable()
    assert said.endswith(".") or not said


def test_a_file_is_read_with_its_owner(tmp_path: Path) -> None:
    one = Published(date(2026, 11, 30), 3, (PublishedMentee("MK", 5, Stage.LEARNING),))
    file = tmp_path / "published.json"
    file.write_text(text_of(one), encoding="utf-8")
    found = read(file)
    assert found.owner == os.geteuid()
    assert found.mentees == one.mentees


def test_a_value_that_may_not_stand_there_is_not_written() -> None:
    far = LAST_DAY + timedelta(days=1)
    for wrong in (PublishedMentee("Maja"), PublishedMentee(1, last_talk=far)):
        with pytest.raises(ValueError, match=r"who|last_talk"):
            text_of(Published(date(2026, 11, 30), None, (wrong,)))


def test_links_pipes_folders_and_long_files_are_refused(tmp_path: Path) -> None:
    there = tmp_path / "there.json"
    there.write_text(text_of(Published(date(2026, 11, 30))), encoding="utf-8")
    (tmp_path / "link.json").symlink_to(there)
    (tmp_path / "round.json").symlink_to("round.json")
    os.mkfifo(tmp_path / "pipe.json")
    with (tmp_path / "long.json").open("wb") as long:
        long.truncate(MOST_BYTES + 1)
    reasons = {}
    for name in ("link", "round", "pipe", "long", "none", "a\0b"):
        with pytest.raises(NotReadable) as refused:
            read(tmp_path / f"{name}.json")
        reasons[name] = str(refused.value)
    with pytest.raises(NotReadable, match="not an ordinary file"):
        read(tmp_path)
    assert reasons["link"] == reasons["round"] == "It is a link, and links are not followed here."
    assert reasons["pipe"] == "It is not an ordinary file."
    assert reasons["long"] == "It is longer than 8 MB."
    assert reasons["none"] == reasons["a\0b"] == "There is no such file."
