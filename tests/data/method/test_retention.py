"""When data about a mentee is due for deletion, and what Today says of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from data.method.limits import Limits
from data.method.retention import DueDeletion, What, due_deletion
from data.method.today.due import DueKind, due_items
from data.method.today.mark_done import mark_done
from data.method.view import MenteeView
from data.records import CourseState, MenteeRecord, Note, Postponed
from tests.data.method.build import bare, days, make

CLOSED = date(2026, 6, 1)
LIMITS = Limits()
SECRET = make(Note, text="en privat note")
SHARED = make(Note, text="en delt note", private=False)


def closed(*records: MenteeRecord, **fields: Any) -> MenteeView:
    return bare(*records, state=CourseState.CLOSED, closed_on=CLOSED, **fields)


@pytest.mark.parametrize(
    ("after", "what"),
    [(0, What.PRIVATE), (182, What.PRIVATE), (183, What.ALL), (1000, What.ALL)],
)
def test_private_texts_are_due_at_the_close_and_the_rest_half_a_year_later(
    after: int, what: What
) -> None:
    found = due_deletion(closed(SECRET), CLOSED + days(after), LIMITS)
    assert found == DueDeletion(what, CLOSED + days(183 if what is What.ALL else 0))


def test_where_nothing_is_private_only_the_rest_is_due() -> None:
    assert due_deletion(closed(SHARED), CLOSED + days(100), LIMITS) is None
    found = due_deletion(closed(SHARED), CLOSED + days(183), LIMITS)
    assert found is not None
    assert found.what is What.ALL


def test_the_settings_say_after_how_many_days() -> None:
    limits = Limits(private_days=30, rest_days=40)
    view = closed(SECRET)
    assert due_deletion(view, CLOSED + days(29), limits) is None
    assert due_deletion(view, CLOSED + days(30), limits) == DueDeletion(
        What.PRIVATE, CLOSED + days(30)
    )
    assert due_deletion(view, CLOSED + days(40), limits) == DueDeletion(What.ALL, CLOSED + days(40))


def test_a_hold_comes_before_all_and_nothing_is_due_while_it_is_not_closed() -> None:
    late = CLOSED + days(2000)
    assert due_deletion(closed(SECRET, held_since=CLOSED), late, LIMITS) is None
    assert due_deletion(bare(SECRET), late, LIMITS) is None
    paused = bare(SECRET, state=CourseState.PAUSED)
    assert due_deletion(paused, late, LIMITS) is None


def test_today_names_what_is_due_and_nothing_else_of_a_closed_mentorship() -> None:
    rows = due_items(closed(SECRET), CLOSED + days(1), LIMITS)
    assert [(row.kind, row.on, row.screen) for row in rows] == [
        (DueKind.DELETION, CLOSED, "closed")
    ]
    assert "Private notes" in rows[0].why
    snoozed = make(Postponed, key=rows[0].key, until=CLOSED + days(30))
    assert due_items(closed(SECRET, snoozed), CLOSED + days(1), LIMITS) == []


def test_today_reminds_of_a_request_in_time_and_d_notes_that_it_was_answered() -> None:
    asked = date(2026, 11, 1)
    view = bare(extract_asked_on=asked, held_since=asked)

    def requests(day: date, of: MenteeView) -> list[date | None]:
        rows = due_items(of, day, LIMITS)
        return [row.on for row in rows if row.kind is DueKind.EXTRACT]

    assert requests(asked + days(19), view) == []
    assert requests(asked + days(20), view) == [asked + days(30)]
    assert requests(asked + days(50), view) == [asked + days(30)]
    rows = due_items(view, asked + days(20), LIMITS)
    row = next(one for one in rows if one.kind is DueKind.EXTRACT)
    (change,) = mark_done(row, view, asked + days(21))
    answered = replace(view, mentee=change.after)  # type: ignore[arg-type]
    assert requests(asked + days(22), answered) == []
