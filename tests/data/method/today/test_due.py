"""Today lists what is due, says why, and can be settled or put off."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.i18n import set_language
from data.method.limits import Limits
from data.method.mentorship.phases import pause_text
from data.method.today.due import Due, DueKind, all_due, due_items
from data.method.today.mark_done import mark_done, put_off
from data.method.today.rows import MarkAs
from data.method.view import MENTEE, MenteeView
from data.records import (
    Action,
    ActionState,
    Agreement,
    CheckResult,
    CourseState,
    Duty,
    DutyKind,
    Introduction,
    Knowledge,
    MenteeRecord,
    Note,
    Part,
    Person,
    Postponed,
    QualityCheck,
    TalkState,
    TaskStatus,
)
from tests.data.method.build import (
    START,
    TODAY,
    at,
    bare,
    days,
    held,
    make,
    mentee,
    sound,
    talk,
    task,
)

YESTERDAY = TODAY - days(1)
TOMORROW = TODAY + days(1)


def kinds(*records: MenteeRecord, **fields: Any) -> list[DueKind]:
    return [one.kind for one in due_items(sound(*records, **fields), TODAY)]


def only(*records: MenteeRecord, **fields: Any) -> Due:
    (one,) = due_items(sound(*records, **fields), TODAY)
    return one


def test_nothing_is_due_where_nothing_is() -> None:
    assert kinds() == []


def duty(text: str, due: date, kind: DutyKind = DutyKind.SOCIAL, **fields: Any) -> Duty:
    return make(Duty, text=text, due=due, kind=kind, parts={"r": Part.MAIN}, **fields)


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        (lambda: task(sparring_on=TODAY), [DueKind.SPARRING]),
        (lambda: task(sparring_on=YESTERDAY), [DueKind.SPARRING]),
        (lambda: task(sparring_on=TOMORROW), []),
        (lambda: task(sparring_on=YESTERDAY, sparring_held_on=YESTERDAY), []),
        (lambda: task(sparring_on=TODAY, sparring_held_on=YESTERDAY), [DueKind.SPARRING]),
        (lambda: task(sparring_on=YESTERDAY, status=TaskStatus.PARKED), []),
        (lambda: task(sparring_on=YESTERDAY, status=TaskStatus.DONE), []),
        (lambda: talk(3, planned_on=TODAY + days(7)), [DueKind.TALK]),
        (lambda: talk(3, planned_on=TODAY + days(8)), []),
        (lambda: talk(3, planned_on=YESTERDAY), [DueKind.TALK]),
        (lambda: talk(3, TalkState.CANCELLED, planned_on=TODAY), []),
        (lambda: talk(3, TalkState.RUNNING, started_at=at(TODAY)), [DueKind.TALK_BEGUN]),
        (lambda: talk(3, TalkState.ARCHIVED, started_at=at(TODAY)), []),
        (lambda: make(Action, what="x", due=TODAY), [DueKind.ACTION]),
        (lambda: make(Action, what="x", due=TOMORROW), []),
        (lambda: make(Action, what="x"), []),
        (lambda: make(Action, what="x", due=TODAY, state=ActionState.DONE), []),
        (lambda: make(Introduction, person_id="rikke", planned_on=TODAY), [DueKind.INTRODUCTION]),
        (lambda: make(Introduction, person_id="rikke", planned_on=TODAY, done_on=TODAY), []),
        (lambda: duty("Velkomst", START), [DueKind.FIRST_DAY]),
        (lambda: duty("Frokost", START + days(4)), [DueKind.FIRST_WEEK]),
        (lambda: duty("Plads", START - days(1)), [DueKind.BEFORE_START]),
        (lambda: duty("Netværk", TODAY), [DueKind.DUTY]),
        (lambda: duty("Netværk", TOMORROW), []),
        (lambda: duty("Netværk", TODAY, done_on=TODAY), []),
        (lambda: duty("Uge 1", START + days(3), DutyKind.MANAGER), [DueKind.MANAGER]),
        (lambda: duty("Plads", START - days(1), DutyKind.MANAGER), [DueKind.BEFORE_START]),
        (lambda: duty("Mail", START, DutyKind.SYSTEM), [DueKind.ACCESS]),
        (lambda: duty("Fagsystem", TODAY + days(60), DutyKind.SYSTEM), [DueKind.ACCESS]),
        (lambda: duty("Mail", START, DutyKind.SYSTEM, access_on=START), [DueKind.FIRST_DAY]),
        (lambda: duty("Mail", TOMORROW, DutyKind.SYSTEM, access_on=START), []),
        (lambda: duty("Mail", START, DutyKind.SYSTEM, done_on=START), []),
        (lambda: task(needs_check=True, status=TaskStatus.READY), [DueKind.CHECK]),
        (lambda: task(needs_check=True), []),
        (
            lambda: task(
                needs_check=True,
                status=TaskStatus.DONE,
                checks=(QualityCheck(on=TODAY, result=CheckResult.FINE),),
            ),
            [],
        ),
        (lambda: make(Knowledge, title="Lov", learned_on=TODAY - days(15)), [DueKind.UNUSED]),
        (lambda: make(Knowledge, title="Lov", learned_on=TODAY - days(14)), []),
        (
            lambda: make(
                Knowledge,
                title="Lov",
                learned_on=TODAY - days(40),
                use_planned_on=TOMORROW,
            ),
            [],
        ),
        (lambda: make(Knowledge, title="L", learned_on=START, used_on=START), []),
        (lambda: task(learned_on=START), [DueKind.UNUSED]),
        (lambda: task(learned_on=START, first_used_on=START), []),
    ],
)
def test_each_sort_of_row(record: Any, expected: list[DueKind]) -> None:
    assert kinds(record()) == expected


def test_a_task_without_a_change_for_more_than_the_limit_is_quiet() -> None:
    def quiet(idle: int, *records: MenteeRecord, **fields: Any) -> bool:
        old = task(changed_at=at(TODAY - days(idle)), status=TaskStatus.ACTIVE, id="7", **fields)
        return DueKind.STALE in kinds(old, *records)

    assert quiet(15)
    assert not quiet(14)
    assert not quiet(15, sparring_held_on=TODAY - days(3))
    assert not quiet(15, make(Note, text="x", task_id="7", at=at(YESTERDAY)))
    assert quiet(15, make(Note, text="x", task_id="8", at=at(YESTERDAY)))
    view = sound(task(changed_at=at(TODAY - days(4)), status=TaskStatus.ACTIVE))
    assert [one.kind for one in due_items(view, TODAY, Limits(stale_days=3))] == [DueKind.STALE]
    resting = (TaskStatus.PLANNED, TaskStatus.DONE, TaskStatus.PARKED)
    assert not any(kinds(task(changed_at=at(START), status=status)) for status in resting)


def test_knowledge_has_its_limit_from_the_team() -> None:
    course = make(Knowledge, title="Lov", learned_on=date(2025, 8, 1))
    day = date(2025, 8, 25)
    view = MenteeView(mentee=sound().mentee, knowledge=(course,))
    assert DueKind.UNUSED in {one.kind for one in due_items(view, day, Limits(unused_days=14))}
    assert DueKind.UNUSED not in {one.kind for one in due_items(view, day, Limits(unused_days=24))}


def test_without_a_next_talk_the_rhythm_suggests_one() -> None:
    last = held(1, TODAY - days(14))
    (row,) = [one for one in due_items(bare(last), TODAY) if one.kind is DueKind.TALK_UNPLANNED]
    assert row.on == TOMORROW
    assert row.why.startswith("25-11-2025, tomorrow: the rhythm suggests")
    declined = held(1, TODAY - days(14), no_next=True)
    assert DueKind.TALK_UNPLANNED not in {o.kind for o in due_items(bare(declined), TODAY)}


def test_the_frame_of_the_mentorship() -> None:
    no_frame = {one.kind for one in due_items(bare(roles_seen_on=None), TODAY)}
    assert {DueKind.AGREEMENT, DueKind.ROLES} <= no_frame
    early = due_items(bare(roles_seen_on=None, start=TODAY + days(9)), TODAY)
    assert {DueKind.AGREEMENT, DueKind.ROLES}.isdisjoint({one.kind for one in early})
    review = only(make(Agreement, agreed_on=START, review_on=TODAY, id="9" * 19))
    assert review.kind is DueKind.AGREEMENT_REVIEW


def test_the_end_of_the_period() -> None:
    assert kinds(ends=TODAY + days(22)) == []
    assert "in 21 days" in only(ends=TODAY + days(21)).why
    assert only(ends=YESTERDAY).why.startswith("23-11-2025: the mentorship ended. Close it")


def test_a_closed_mentorship_has_nothing_due_and_a_paused_one_only_the_talk_begun() -> None:
    records = [task(sparring_on=TODAY), talk(3, TalkState.RUNNING, started_at=at(TODAY))]
    assert kinds(*records, state=CourseState.CLOSED) == []
    assert kinds(*records, state=CourseState.PAUSED) == [DueKind.TALK_BEGUN]


def test_an_old_draft_is_asked_about() -> None:
    assert "archive it?" in only(talk(3, TalkState.RUNNING, started_at=at(TODAY - days(15)))).why
    assert "not finished" in only(talk(3, TalkState.RUNNING, started_at=at(TODAY - days(14)))).why


def test_rows_come_by_date_and_then_by_weight() -> None:
    found = due_items(
        sound(
            make(Action, what="ring", due=TODAY),
            task("Notat", sparring_on=TODAY),
            talk(3, planned_on=TODAY),
            duty("Velkomst", START),
            talk(4, planned_on=TODAY + days(3)),
            task("Sag", changed_at=at(START), status=TaskStatus.ACTIVE),
        ),
        TODAY,
    )
    assert [one.kind for one in found] == [
        DueKind.FIRST_DAY,
        DueKind.TALK,
        DueKind.SPARRING,
        DueKind.ACTION,
        DueKind.STALE,
        DueKind.TALK,
    ]


def test_rows_say_why_in_one_neutral_sentence() -> None:
    row = only(task("Notat", sparring_on=TODAY - days(3), sparring_with="rikke"))
    assert row.why == "21-11-2025, 3 days ago: sparring with Rikke was agreed."
    assert (row.name, row.mentee, row.screen, row.label) == ("Notat", "Maja", "plan", "Sparring")
    assert "Maja" in only(make(Action, what="ring", who="mentee", due=TODAY)).why
    assert "at 14:00" in only(talk(3, planned_on=TODAY, planned_time="14:00")).why


def test_looking_ahead() -> None:
    view = sound(task(sparring_on=TODAY + days(5)))
    assert due_items(view, TODAY, Limits(ahead_days=4)) == []
    assert len(due_items(view, TODAY, Limits(ahead_days=5))) == 1


def test_sparring_held_before_its_day_is_settled_too() -> None:
    ahead = Limits(ahead_days=7)
    view = sound(task(sparring_on=TODAY + days(5)))
    (row,) = due_items(view, TODAY, ahead)
    (change,) = mark_done(row, view, TODAY)
    assert isinstance(change.after, MenteeRecord)
    assert due_items(sound(change.after), TODAY, ahead) == []


def test_a_row_put_off_comes_back_on_its_day() -> None:
    lesson = task(sparring_on=TODAY)
    view = sound(lesson)
    (row,) = due_items(view, TODAY)
    (change,) = put_off(row, view, TODAY + days(2))
    assert isinstance(change.after, Postponed)
    later = sound(lesson, change.after)
    assert due_items(later, TODAY) == due_items(later, TOMORROW) == []
    (back,) = due_items(later, TODAY + days(2))
    assert back.key == row.key
    (again,) = put_off(back, later, TODAY + days(9))
    assert again.before == change.after, "one record a row"
    moved = make(type(lesson), title="Børnesamtale", sparring_on=YESTERDAY, id=lesson.id)
    assert due_items(sound(moved, change.after), TODAY), "another date is another matter"


@pytest.mark.parametrize(
    "record",
    [
        lambda: task(sparring_on=YESTERDAY),
        lambda: make(Action, what="x", due=TODAY),
        lambda: make(Introduction, person_id="rikke", planned_on=TODAY),
        lambda: duty("Velkomst", START),
        lambda: make(Knowledge, title="Lov", learned_on=START),
        lambda: task(learned_on=START),
        lambda: talk(3, TalkState.RUNNING, started_at=at(START)),
    ],
)
def test_one_key_settles_the_row(record: Any) -> None:
    before = record()
    view = sound(before)
    (row,) = due_items(view, TODAY)
    (change,) = mark_done(row, view, TODAY)
    assert isinstance(change.after, MenteeRecord)
    assert kinds(change.after) == []


def test_access_and_the_page_of_roles_are_settled_too() -> None:
    mail = duty("Mail", TODAY + days(9), DutyKind.SYSTEM)
    (change,) = mark_done(only(mail), sound(mail), TODAY)
    assert isinstance(change.after, Duty)
    assert change.after.access_on == TODAY
    view = sound(roles_seen_on=None)
    (row,) = due_items(view, TODAY)
    (seen,) = mark_done(row, view, TODAY)
    assert seen.after == sound(roles_seen_on=TODAY).mentee


def test_duties_from_before_the_mentee_was_entered_are_one_row_that_one_key_settles() -> None:
    early = [
        duty("Velkomst", START),
        duty("Vise rundt", START),
        duty("Mail", START + days(9), DutyKind.SYSTEM),
        duty("Gjort", START, done_on=START),
    ]
    later = duty("Frokost", YESTERDAY)
    view = sound(*early, later, created_at=at(YESTERDAY - days(1)))
    rows = due_items(view, TODAY)
    assert [one.kind for one in rows] == [DueKind.EARLIER, DueKind.DUTY]
    assert "3" in rows[0].why
    changes = mark_done(rows[0], view, TODAY)
    assert {change.id for change in changes} == {one.id for one in early[:3]}
    after = [change.after for change in changes if isinstance(change.after, Duty)]
    assert all(one.done_on == TODAY for one in after)
    assert [one.access_on for one in after if one.kind is DutyKind.SYSTEM] == [TODAY]
    left = sound(*after, early[3], later, created_at=view.mentee.created_at)
    assert [one.kind for one in due_items(left, TODAY)] == [DueKind.DUTY]


def test_two_duties_from_before_stand_for_themselves() -> None:
    early = duty("Velkomst", START), duty("Vise rundt", START)
    assert kinds(*early, created_at=at(TODAY)) == [DueKind.FIRST_DAY, DueKind.FIRST_DAY]


def test_what_must_be_opened_is_not_settled() -> None:
    view = sound(talk(3, planned_on=TODAY))
    assert mark_done(due_items(view, TODAY)[0], view, TODAY) == []


def test_all_mentees_come_in_one_list() -> None:
    first = sound(task(sparring_on=TODAY))
    second = sound(task(sparring_on=YESTERDAY))
    assert [one.on for one in all_due([first, second], TODAY)] == [YESTERDAY, TODAY]


@given(st.integers(-400, 800), st.integers(0, 60))
def test_no_day_crashes_and_keys_are_unique(offset: int, ahead: int) -> None:
    view = bare(
        task(sparring_on=TODAY, learned_on=START, needs_check=True, status=TaskStatus.ACTIVE),
        held(1, START + days(3)),
        duty("Mail", START, DutyKind.SYSTEM),
        make(Action, what="x", due=TODAY),
        ends=START + timedelta(days=365),
        roles_seen_on=None,
    )
    day = TODAY + timedelta(days=offset)
    found = due_items(view, day, Limits(ahead_days=ahead))
    assert len({one.key for one in found}) == len(found)
    assert all(one.why and "{" not in one.why for one in found)


def test_in_a_pause_what_others_owe_stays_and_its_end_is_told() -> None:
    paused = mentee(state=CourseState.PAUSED, back_on=TODAY + days(3))
    own = make(Action, what="Egen", who=MENTEE, due=TODAY - days(3))
    theirs = make(Action, what="Deres", who="5", due=TODAY - days(3))
    view = MenteeView.of(paused, [own, theirs], {"5": Person(id="5", name="Ole")})
    found = due_items(view, TODAY)
    assert [(one.kind, one.name) for one in found] == [
        (DueKind.PAUSE, ""),
        (DueKind.ACTION, "Deres"),
    ]
    assert found[0].why.startswith("27-11-2025, in 3 days: the pause ends")
    assert found[0].label == "Pause ends"
    assert "27-11-2025" in pause_text(paused)
    assert pause_text(mentee()) == ""


def test_a_reason_that_many_rows_share_is_said_in_the_language_in_use() -> None:
    said: dict[str, str] = {}
    for language in ("da", "en", "da"):
        set_language(language)
        row = only(task(sparring_on=YESTERDAY))
        assert row.why == said.setdefault(language, row.why)
    assert said["da"] != said["en"]


def test_access_to_a_system_and_access_to_data_are_two_words_in_danish() -> None:
    """»Indsigt« is the right to see what is kept about one (GDPR); a system gives »adgang«."""
    set_language("da")
    row = Due(DueKind.ACCESS, "m1", "Maja", "d1", None, "", "", MarkAs.OPEN)
    labels = {kind: row._replace(kind=kind).label for kind in (DueKind.ACCESS, DueKind.EXTRACT)}
    assert labels == {DueKind.ACCESS: "Adgang", DueKind.EXTRACT: "Indsigt"}
