"""The plan line by line: heard, opened, changed, agreed on; and what others change meanwhile."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from data.method.plan.agreed import changed_since_agreed
from data.method.plan.fields import FIELDS, Kind, value_of
from data.queries.views import mentee_view
from data.records import (
    CheckResult,
    Conflict,
    Goal,
    GoalStatus,
    Need,
    Note,
    Priority,
    Task,
    TaskStatus,
)
from data.storage.problems import ErrorKind, NotSaved
from data.store.change import Change
from data.store.store import Store
from tests.tui.cli.plain.tools import Type, named, opened

FIRST = "Child assessment"
NUMBERS = {field.key: number for number, field in enumerate(FIELDS, 1)}
TYPED = {
    "title": ("Ny titel", "Ny titel"),
    "type": ("Andet", "Andet"),
    "description": ("Kort", "Kort"),
    "priority": ("lo", Priority.LOW),
    "step": ("4", "independent"),
    "status": ("ready", TaskStatus.READY),
    "sparring_on": ("Friday", date(2025, 11, 28)),
    "sparring_with": ("mette lund", "Mette Lund"),
    "sparring_held_on": ("Friday", date(2025, 11, 21)),
    "next_step": ("Ringe", "Ringe"),
    "next_step_to_manager": ("yes", True),
    "estimate_min": ("2h", 120),
    "actual_min": ("90 min", 90),
    "potential": ("Overblik", "Overblik"),
    "potential_source": ("mentee", "mentee"),
    "needs_check": ("no", False),
    "learned_on": ("1/11", date(2025, 11, 1)),
    "first_used_on": ("Monday", date(2025, 11, 24)),
}
"""For each field that is typed in a line: what is typed, and what stands in it afterwards."""


def first(file: Path) -> Task:
    with opened(file) as store:
        return store.of(Task, named(store, "Maja").id)[0]


def test_all_fields_of_the_table_are_tried() -> None:
    others = {field.key for field in FIELDS if field.kind in (Kind.GOALS, Kind.LOG)}
    assert set(TYPED) | others == set(NUMBERS)


@pytest.mark.parametrize("key", TYPED)
@pytest.mark.parametrize("inline", [True, False])
def test_each_field_is_changed_by_its_number(
    type_lines: Type, file: Path, key: str, inline: bool
) -> None:
    typed, expected = TYPED[key]
    lines = (f"{NUMBERS[key]} {typed}",) if inline else (str(NUMBERS[key]), typed)
    type_lines("plan Maja", "1", *lines)
    value = value_of(first(file), key)
    if key == "sparring_with":
        with opened(file) as store:
            value = mentee_view(store, named(store, "Maja")).name_of(value)
    assert value == expected


def test_a_task_is_opened_by_the_start_of_its_name_and_heard(type_lines: Type) -> None:
    out = type_lines("plan Maja", "child a")
    assert "Child assessment, task 1 of 14." in out
    assert "\n8. Sparring when: 24-11-2025\n" in out
    assert "Empty: 12 Next step to the manager, 18 Quality check." in out


def test_a_field_is_found_by_the_start_of_its_name(type_lines: Type, file: Path) -> None:
    type_lines("plan Maja", "1", "next step: Tage den: alene", "development", "Ser det hele")
    task = first(file)
    assert (task.next_step, task.potential) == ("Tage den: alene", "Ser det hele")


def test_a_date_is_said_as_it_was_understood(type_lines: Type, file: Path) -> None:
    out = type_lines("plan Maja", "1", "8 uge 38", lang="da")
    assert "Sparring hvornår: man 14-09-2026, uge 38" in out
    assert first(file).sparring_on == date(2026, 9, 14)


def test_a_bad_date_is_one_line_and_asked_for_again(type_lines: Type, file: Path) -> None:
    out = type_lines("plan Maja", "1", "8 fredag den 99", "1/12")
    assert "“fredag den 99” is not a date. Write e.g. 1/8" in out
    assert "Sparring when: Mon 01-12-2025" in out
    assert first(file).sparring_on == date(2025, 12, 1)
    with opened(file) as store:
        (note,) = [n for n in store.all(Note) if n.text == "fredag den 99"]
        assert note.private
        assert note.task_id == first(file).id


def test_a_field_is_emptied_and_a_long_text_is_added_to(type_lines: Type, file: Path) -> None:
    before = first(file).next_step
    type_lines("plan Maja", "1", "8 -", "11 + Og ringe")
    task = first(file)
    assert task.sparring_on is None
    assert task.next_step == f"{before}\nOg ringe"


def test_the_name_cannot_be_emptied(type_lines: Type, file: Path) -> None:
    out = type_lines("plan Maja", "1", "1 -", "")
    assert "1 -" not in out
    assert first(file).title == "-"


def test_a_task_is_added_filled_in_and_deleted(type_lines: Type, file: Path) -> None:
    out = type_lines("plan Maja", "a", "Tilsyn", "8 1/12", "", "x 15", "yes", ".undo")
    assert "Tilsyn, task 15 of 15." in out
    assert "Delete the task “Tilsyn”?" in out
    assert "Undone: delete task: Tilsyn" in out
    with opened(file) as store:
        (task,) = [one for one in store.all(Task) if one.title == "Tilsyn"]
        assert task.sparring_on == date(2025, 12, 1)


def test_a_new_task_may_be_named_behind_the_key_that_adds_one(type_lines: Type, file: Path) -> None:
    type_lines("plan Maja", "a Ny opgave her", "", "a3")
    with opened(file) as store:
        titles = [task.title for task in store.of(Task, named(store, "Maja").id)]
    assert "Ny opgave her" in titles
    assert "3" not in titles


def test_goals_are_heard_added_and_changed(type_lines: Type, file: Path) -> None:
    type_lines("plan Maja", "1", "4", "a", "Kan selv", "2 reached", "4 1/12", "", "x 1", "yes")
    with opened(file) as store:
        task = first(file)
        goals = mentee_view(store, named(store, "Maja")).goals_of(task.id)
    assert len(goals) == 3
    assert (goals[-1].text, goals[-1].status) == ("Kan selv", GoalStatus.REACHED)
    assert goals[-1].due == date(2025, 12, 1)
    assert goals[-1].log[-1].on == date(2025, 11, 24)


def test_a_quality_check_is_noted(type_lines: Type, file: Path) -> None:
    type_lines("plan Maja", "1", "18", "adjusted", "Fristen var en anden")
    (check,) = first(file).checks
    assert (check.result, check.note) == (CheckResult.ADJUSTED, "Fristen var en anden")
    assert check.on == date(2025, 11, 24)


def test_sparring_is_held_and_the_plan_agreed_on(type_lines: Type, file: Path) -> None:
    out = type_lines("plan Maja", "d 1", ".agree", "alt for lange initialer", "mh")
    assert "Child assessment: sparring held today." in out
    assert "Initials are a few letters" in out
    assert "The plan was agreed on today." in out
    with opened(file) as store:
        maja = named(store, "Maja")
        assert first(file).sparring_held_on == date(2025, 11, 24)
        assert (maja.plan_agreed_on, maja.plan_agreed_initials) == (date(2025, 11, 24), "mh")
        assert not changed_since_agreed(mentee_view(store, maja))


def test_notes_are_private_until_they_are_shared_and_said_only_when_asked_for(
    type_lines: Type, file: Path
) -> None:
    out = type_lines(
        "plan Maja", "1", "Det var svært", ".notes", ".notes private", ".share", ".notes"
    )
    assert out.count("Det var svært") == 4  # kept, asked for, shared, then for both
    assert "left out; .notes private says" in out
    with opened(file) as store:
        (note,) = [one for one in store.all(Note) if one.text == "Det var svært"]
        assert (note.private, note.task_id) == (False, first(file).id)


# -- others --------------------------------------------------------------------------------------


def change(file: Path, **fields: object) -> None:
    """Change the first task as another session."""
    with opened(file) as store:
        task = store.of(Task, named(store, "Maja").id)[0]
        store.commit([Change.edited(task, **fields)])


def test_what_another_session_changed_meanwhile_is_not_overwritten(
    type_lines: Type, file: Path
) -> None:
    out = type_lines("plan Maja", "1", lambda: change(file, type="Deres"), "2 Mit")
    assert "edited the same at the same time, and that is what counts now" in " ".join(out.split())
    assert first(file).type == "Deres"
    with opened(file) as store:
        (conflict,) = store.all(Conflict)
        assert (conflict.mine, conflict.theirs) == ("Mit", "Deres")


def test_what_another_session_changed_in_another_field_is_said(
    type_lines: Type, file: Path
) -> None:
    out = type_lines("plan Maja", "1", lambda: change(file, next_step="Deres"), "2 Mit")
    assert "\n11. Next step: Deres\n" in out
    task = first(file)
    assert (task.type, task.next_step) == ("Mit", "Deres")


def test_a_task_that_another_session_deleted_is_left(type_lines: Type, file: Path) -> None:
    def delete() -> None:
        with opened(file) as store:
            task = store.of(Task, named(store, "Maja").id)[0]
            goals = [goal for goal in store.all(Goal) if goal.task_id == task.id]
            store.commit([Change.deleted(one) for one in (*goals, task)])

    out = type_lines("plan Maja", "1", delete, "2 Mit", "1")
    assert "This is no longer there." in out
    with opened(file) as store:
        assert "Mit" in "".join(conflict.mine for conflict in store.all(Conflict))


def test_a_plan_that_another_session_changed_is_not_agreed_on_unheard(
    type_lines: Type, file: Path
) -> None:
    out = type_lines("plan Maja", ".agree", lambda: change(file, title="Anden"), "mh")
    assert "Someone else has changed the plan meanwhile" in out
    with opened(file) as store:
        assert named(store, "Maja").plan_agreed_on == date(2025, 11, 17)


def test_undo_says_what_the_field_is_again(type_lines: Type, file: Path) -> None:
    out = type_lines("plan Maja", "1", "8 1/12", ".undo")
    assert "Undone: sparring when: Child assessment\n8. Sparring when: 24-11-2025\n" in out
    assert first(file).sparring_on == date(2025, 11, 24)


def test_a_command_on_the_open_task_says_the_field_that_it_changed(type_lines: Type) -> None:
    out = type_lines("plan Maja", "1", ".held")
    assert "sparring held today.\n10. Sparring held: 24-11-2025\n" in out


def test_what_cannot_be_saved_is_kept_and_tried_again(
    type_lines: Type, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit, refused = Store.commit, [True]

    def refusing(self: Store, *arguments: object, **named: object) -> None:
        if refused:
            refused.pop()
            raise NotSaved(ErrorKind.DISK, name=str(file))
        commit(self, *arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(Store, "commit", refusing)
    out = type_lines("plan Maja", "1", "11 Ringe op", "Også dette", "")
    assert "NOT SAVED." in out
    assert first(file).next_step == "Ringe op"
    with opened(file) as store:
        assert [one.text for one in store.all(Note) if one.text == "Også dette"]


# -- commands on a task --------------------------------------------------------------------------


def test_a_step_is_noted_with_its_day_and_who_trained(type_lines: Type, file: Path) -> None:
    type_lines("plan Maja", "1", ".step", "4", "Friday", "Signe", "yes")
    entry = first(file).step_log[-1]
    with opened(file) as store:
        name = mentee_view(store, named(store, "Maja")).name_of(entry.with_id)
    assert (entry.step, entry.on, name) == ("independent", date(2025, 11, 21), "Signe Toft")


def test_what_earlier_tasks_have_taught_becomes_the_next_step(type_lines: Type, file: Path) -> None:
    out = type_lines("plan Maja", "a", "Ny undersøgelse", "2 assessment", ".recall", "1")
    assert "known from earlier tasks of this type: .recall says" in out
    taught = first(file).next_step
    with opened(file) as store:
        (task,) = [one for one in store.all(Task) if one.title == "Ny undersøgelse"]
    assert task.next_step == taught


def test_a_potential_is_copied_to_the_needs_once(type_lines: Type, file: Path) -> None:
    out = type_lines("plan Maja", "1", ".potential", ".potential", "15 -", ".potential")
    assert "The potential is now among the needs: .needs" in out
    assert "The potential is already among the needs: .needs" in out
    assert "The task has no potential yet" in out
    with opened(file) as store:
        assert [one for one in store.all(Need) if one.origin == first(file).id]


def test_a_long_text_that_is_replaced_is_said(type_lines: Type, file: Path) -> None:
    before = first(file).next_step
    out = type_lines("plan Maja", "1", "11 Ringe op", "u")
    assert f"Saved: Next step\nReplaces: {before}" in " ".join(out.split(" ")).replace("\n  ", " ")


def test_a_start_that_fits_several_names_them_and_is_no_note(type_lines: Type, file: Path) -> None:
    out = type_lines("plan Maja", "d", "du", "c", "99", "1", "sparring")
    out = " ".join(out.split())
    assert "Several begin so: Child assessment, Case note on the same day" in out
    assert "Write a number from 1 to 14." in out
    assert "Several begin so: Sparring when, Sparring with, Sparring held." in out
    with opened(file) as store:
        assert not [one for one in store.all(Note) if one.text in {"c", "sparring"}]
