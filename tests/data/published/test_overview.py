"""All mentors on one page: what needs help first, nobody ranked, and no figure of a few."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from data.published.as_json import as_json
from data.published.figures import FEWEST, Measure, counted, shown_groups
from data.published.overview import (
    LONG_DAYS,
    STALE_DAYS,
    Doubt,
    Filed,
    Mentor,
    Need,
    needs_of,
    overview,
)
from data.published.overview_words import (
    doubted_line,
    figures,
    mentee_line,
    mentor_line,
    total_line,
)
from data.published.schema import Published, PublishedMentee, Stage
from tests.data.published.test_schema import mentees, published

DAY = date(2026, 11, 30)
FINE = PublishedMentee(1, week=9, phase=Stage.LEARNING, talks_held=3, last_talk=DAY)


def filed(name: str, *mentees: PublishedMentee, written: date = DAY, path: str = "") -> Filed:
    return Filed(path or f"/srv/{name}.json", name, name, Published(written, None, mentees))


def names(found: Sequence[Mentor]) -> list[str]:
    return [one.name for one in found]


def test_what_a_mentorship_needs_is_told_the_first_first() -> None:
    long = DAY - timedelta(LONG_DAYS + 1)
    all_of_it = replace(FINE, no_plan=True, no_buddy=True, no_expectations=True, last_talk=long)
    assert needs_of(FINE, DAY) == ()
    assert needs_of(all_of_it, DAY) == tuple(Need)[:4]
    assert needs_of(replace(FINE, last_talk=DAY - timedelta(LONG_DAYS)), DAY) == ()
    never = replace(FINE, talks_held=0, last_talk=None)
    assert needs_of(never, DAY) == (Need.LONG_SINCE_TALK,)
    assert needs_of(replace(never, week=5), DAY) == ()
    assert needs_of(replace(never, week=None), DAY) == ()


def test_of_a_closed_mentorship_only_what_is_due_for_deletion_is_told() -> None:
    closed = PublishedMentee(2, phase=Stage.CLOSED, no_plan=True, no_buddy=True)
    assert needs_of(replace(closed, retention_due=DAY + timedelta(1)), DAY) == ()
    assert needs_of(replace(closed, retention_due=DAY), DAY) == (Need.RETENTION_DUE,)


def test_what_is_missing_comes_first_and_then_the_name_however_much_it_is() -> None:
    no_plan, no_buddy = replace(FINE, no_plan=True), replace(FINE, no_buddy=True)
    page = overview(
        [
            filed("dorte", no_buddy, no_buddy, no_buddy),
            filed("anna", FINE),
            filed("åse", no_plan),
            filed("bo", no_plan, no_plan, FINE),
            filed("carl"),
            filed("cecilie", no_buddy),
        ],
        DAY,
    )
    assert names(page.mentors) == ["bo", "åse", "cecilie", "dorte", "anna", "carl"]
    assert names(page.by_name) == ["anna", "bo", "carl", "cecilie", "dorte", "åse"]
    assert [row.mentee for row in page.mentors[0].rows] == [no_plan, no_plan, FINE]


def test_stale_future_foreign_and_doubled_files_are_named_and_still_shown() -> None:
    old = filed("anna", written=DAY - timedelta(STALE_DAYS + 1))
    found = [
        old,
        filed("bo", written=DAY + timedelta(1)),
        Filed("/srv/carl.json", "carl", "mallory", Published(DAY)),
        filed("dorte", FINE, path="/home/dorte/published.json"),
        filed("dorte", written=DAY - timedelta(1), path="/srv/dorte.json"),
        Filed("/srv/x\x1b[31m\ny.json", "x", why="It is not JSON."),
        filed("fine", written=DAY - timedelta(STALE_DAYS)),
    ]
    page = overview(found, DAY)
    assert names(page.by_name) == ["anna", "bo", "carl (mallory)", "dorte", "fine"]
    assert {(one.path, one.doubt) for one in page.doubted} == {
        ("/srv/anna.json", Doubt.STALE),
        ("/srv/bo.json", Doubt.AHEAD),
        ("/srv/carl.json", Doubt.OWNER),
        ("/srv/dorte.json", Doubt.TWICE),
        ("/srv/x\x1b[31m\ny.json", Doubt.UNREADABLE),
    }
    assert next(one for one in page.mentors if one.name == "dorte").rows, "the newer one is shown"
    lines = [doubted_line(one) for one in page.doubted]
    assert "/srv/anna.json: It was written 15 days ago, and may not be so any more." in lines
    assert "/srv/carl.json: It is called after carl, but belongs to mallory." in lines
    assert "/srv/x y.json: It is not JSON." in lines


def test_there_is_room_where_the_mentor_has_said_how_many() -> None:
    closed = PublishedMentee(3, phase=Stage.CLOSED)
    room = [
        overview([Filed("/p", "", "a", Published(DAY, capacity, (FINE, closed, FINE)))], DAY)
        .mentors[0]
        .room
        for capacity in (None, 0, 2, 3)
    ]
    assert room == [None, 0, 0, 1]


# -- figures ---------------------------------------------------------------------------------------


@given(st.lists(st.integers(0, 12), max_size=6))
def test_no_figure_is_of_a_few_nor_is_what_the_others_leave(sizes: list[int]) -> None:
    groups = {key: [0] * size for key, size in enumerate(sizes)}
    whole, shown = shown_groups(groups)
    assert whole == (sum(sizes) >= FEWEST)
    assert all(sizes[key] >= FEWEST for key in shown)
    rest = sum(sizes) - sum(sizes[key] for key in shown)
    assert whole or not shown
    assert not whole or rest == 0 or rest >= FEWEST


def test_a_small_group_takes_a_large_one_with_it() -> None:
    """Else the whole less the large group would tell of the small one."""
    assert shown_groups({"a": [0] * 9, "b": [0] * 4}) == (True, [])
    assert shown_groups({"a": [0] * 9, "b": [0] * 6, "c": [0] * 4}) == (True, ["a"])
    assert shown_groups({"a": [0] * 9, "b": [0] * 4, "c": [0]}) == (True, ["a"])
    assert shown_groups({"a": [0] * 9, "b": [0] * 5}) == (True, ["a", "b"])
    assert shown_groups({"a": [0] * 4}) == (False, [])


def test_what_is_counted_and_measured() -> None:
    learning = [
        replace(FINE, who=i, talks_held=i, last_talk=DAY - timedelta(i), steps=1, steps_of=4)
        for i in range(1, 6)
    ]
    start = [replace(FINE, who=9, phase=Stage.START, no_plan=True, last_talk=None, talks_held=0)]
    closed = PublishedMentee(8, phase=Stage.CLOSED, retention_due=DAY, talks_held=1000, steps_of=9)
    counts = counted(overview([filed("a", *learning, closed), filed("b", *start)], DAY))
    assert (counts.mentors, counts.mentees, counts.closed) == (2, 6, 1)
    assert counts.needs[Need.NO_PLAN] == 1
    assert counts.needs[Need.RETENTION_DUE] == 1
    assert counts.needs[Need.NO_BUDDY] == 0
    assert counts.phases[Stage.LEARNING] == 5
    assert counts.figures[Measure.TALKS].whole == 15 / 6
    assert counts.figures[Measure.TALKS].groups == {}, "one is not in it: the rest would tell"
    assert counts.figures[Measure.DAYS].whole == 3
    assert counts.figures[Measure.DAYS].groups == {Stage.LEARNING: 3}
    assert counts.figures[Measure.STEPS].whole == 25
    assert total_line(counts) == "2 mentors, 6 mentees, 1 closed"
    assert dict(figures(counts)) == {
        "Talks held with each, on average": "2.5",
        "Days since the last talk, the middle one": "3",
        "Tasks done alone, of all": "25%",
    }


@given(st.lists(mentees(), max_size=FEWEST - 1))
def test_of_fewer_than_five_there_are_no_figures_at_all(few: list[PublishedMentee]) -> None:
    counts = counted(overview([filed("a", *few)], DAY))
    assert not list(figures(counts))


@given(
    st.lists(st.builds(Filed, st.text(), st.text(), st.text(), st.none() | published)), st.dates()
)
def test_whatever_is_published_there_is_a_page_of_it_in_words(
    found: list[Filed], day: date
) -> None:
    page = overview(found, day)
    said = [mentor_line(one) for one in page.mentors] + [doubted_line(one) for one in page.doubted]
    said += [mentee_line(row, day) for one in page.mentors for row in one.rows]
    said += [text for pair in figures(counted(page)) for text in pair]
    assert not any("\x1b" in line or "\n" in line for line in said)
    assert as_json(page, counted(page))["date"] == day.isoformat()
    shown = {one.path for one in page.mentors} | {one.path for one in page.doubted}
    assert shown >= {one.path for one in found}, "no file is left out"
