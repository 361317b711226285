"""Needs, knowledge and expectations line by line: both views, then and now."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from data.method.mentorship.needs import current_needs, latest_round
from data.queries.views import mentee_view
from data.records import Agreement, Knowledge, Need, Priority, Task
from data.store.change import Change
from tests.tui.cli.plain.tools import Type, named, opened


def first(file: Path) -> Need:
    with opened(file) as store:
        return current_needs(mentee_view(store, named(store, "Maja")))[0]


def test_both_views_are_heard_now_and_then(type_lines: Type) -> None:
    out = type_lines("needs Maja", "1")
    assert "Maja Holm, round 2: 5 needs, 6 pieces of knowledge." in out
    assert "4. Mentee's answer: Harder than I thought." in out
    assert "5. Mentor's answer: Good contact from the first minute." in out
    assert "Mentee, then: Probably all right." in out
    assert "Mentor, then: Has not tried it alone." in out


def test_a_need_is_changed_and_becomes_a_task(type_lines: Type, file: Path) -> None:
    out = type_lines(
        "needs Maja",
        ".add Mødeledelse",
        "2 Øve sig",
        "3 lo",
        "4 Svært",
        "5 + Godt",
        ".task",
        ".task",
    )
    assert "Mødeledelse is now in the plan." in out
    assert "Mødeledelse is already in the plan." in out
    with opened(file) as store:
        (need,) = [one for one in store.all(Need) if one.area == "Mødeledelse"]
        (task,) = [one for one in store.all(Task) if one.title == "Mødeledelse"]
    assert (need.need, need.priority, need.round) == ("Øve sig", Priority.LOW, 2)
    assert (need.mentee_view, need.mentor_view) == ("Svært", "Godt")
    assert task.origin == need.id


def test_the_mentors_answer_is_private_until_the_mentee_has_answered(
    type_lines: Type, file: Path
) -> None:
    out = type_lines(
        "needs Maja", "a", "Telefonvagt", "5 Min hemmelighed", "", "telefon", "5 Andet"
    )
    assert out.count("Min hemmelighed") == 0
    assert "5. Mentor's answer: private until the mentee has answered" in out
    with opened(file) as store:
        (need,) = [one for one in store.all(Need) if one.area == "Telefonvagt"]
    assert need.mentor_view == "Min hemmelighed"
    assert "Min hemmelighed" in type_lines("needs Maja", "telefon", ".private")
    out = type_lines("needs Maja", "telefon", "4 Set fra mig")
    assert "5. Mentor's answer: Min hemmelighed" in out, "now both may hear it"


def test_a_round_begins_once(type_lines: Type, file: Path) -> None:
    out = type_lines("needs Maja", ".round", "yes")
    assert "Maja Holm, round 3: 5 needs" in out
    assert first(file).mentee_view == ""
    assert first(file).earlier_id

    def other() -> None:
        with opened(file) as store:
            need = Need(mentee_id=named(store, "Maja").id, area="Ny", round=4)
            store.commit([Change.created(need)])

    out = type_lines("needs Maja", ".round", other, "yes")
    assert "Someone else has started a new round; it is shown here." in out
    with opened(file) as store:
        assert latest_round(mentee_view(store, named(store, "Maja"))) == 4


def test_knowledge_has_its_days_and_its_tasks(type_lines: Type, file: Path) -> None:
    out = type_lines(
        "needs Maja",
        ".knowledge Kursus",
        *("2 rule", "3 1/11", "5 1/10", "5 -", "6 child a", "6 2", "6 child a", ""),
        "d kursus",
    )
    assert "Used on 01-10-2025, before it was learned on 01-11-2025." in " ".join(out.split())
    assert "Kursus: used today." in out
    with opened(file) as store:
        (item,) = [one for one in store.all(Knowledge) if one.title == "Kursus"]
        tasks = store.of(Task, named(store, "Maja").id)
    assert (item.learned_on, item.used_on) == (date(2025, 11, 1), date(2025, 11, 24))
    assert item.task_ids == (tasks[1].id,)


def test_needs_and_knowledge_are_deleted(type_lines: Type, file: Path) -> None:
    type_lines("needs Maja", "x 1", "yes", "x 6", "yes", ".delete 7", "no", "")
    with opened(file) as store:
        view = mentee_view(store, named(store, "Maja"))
    assert (len(current_needs(view)), len(view.knowledge)) == (4, 5)


# -- expectations --------------------------------------------------------------------------------


def test_expectations_begin_with_a_proposal_and_are_agreed_on(type_lines: Type, file: Path) -> None:
    out = type_lines("plan Emil", ".expectations", "4 Lokale 3", "3 1h", ".agree", ".agree")
    assert "these are a proposal that you change together" in out
    assert "Agreed today; review on" in out
    assert "Already agreed today." in out
    with opened(file) as store:
        (agreement,) = store.of(Agreement, named(store, "Emil").id)
    assert (agreement.place, agreement.minutes) == ("Lokale 3", 60)
    assert agreement.agreed_on == date(2025, 11, 24)
    assert agreement.review_on


def test_the_day_before_is_kept_when_they_are_agreed_on_again(type_lines: Type, file: Path) -> None:
    type_lines("plan Maja", ".expectations", ".agree", "yes", ".confirmed", "yes")
    with opened(file) as store:
        (agreement,) = store.of(Agreement, named(store, "Maja").id)
    assert agreement.agreed_earlier == (date(2025, 10, 21),)
    assert agreement.manager_confirmed_on is None
