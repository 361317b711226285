"""The table of a task's fields: it is whole, and values go through text and back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date

import pytest

from data.dates import EntryError
from data.i18n import set_language
from data.method.plan.agreed import agree
from data.method.plan.fields import (
    EDITED,
    FIELDS,
    OWN,
    Kind,
    Reading,
    field_label,
    field_of,
    fields_of,
    show_value,
    stored_text,
    stored_value,
    text_of,
    typed,
    value_of,
)
from data.method.view import MenteeView
from data.records import Goal, Mentee, MenteeRecord, Priority, Source, Step, Task, TaskStatus
from tests.data.method.build import PEOPLE, START, TODAY, bare, make, mentee

TOLD_OTHERWISE = {"step_log", "order", "origin", "extra"}
"""The history of the steps, the place in the plan, where a row comes from, and own columns."""
READING = Reading(TODAY, START, "Hanne", lambda _before, name: name.lower())
FULL = make(
    Task,
    title="Notat",
    type="Skrivning",
    description="Kort.\nKlart.",
    priority=Priority.HIGH,
    estimate_min=90,
    actual_min=120,
    sparring_on=TODAY,
    sparring_held_on=START,
    sparring_with="rikke",
    next_step="Ring\nSkriv",
    next_step_to_manager=True,
    potential="Overblik",
    potential_source=Source.MANAGER,
    step=Step.TOGETHER,
    status=TaskStatus.READY,
    needs_check=True,
    learned_on=START,
    first_used_on=TODAY,
    extra={"Sagsnr": "42"},
)
VIEW = MenteeView.of(mentee(columns=("Sagsnr",)), [FULL], PEOPLE)
KEYS = (*EDITED, f"{OWN}Sagsnr")


@pytest.fixture(params=["en", "da"])
def _language(request: pytest.FixtureRequest) -> Iterator[None]:
    set_language(request.param)
    yield
    set_language("en")


def test_every_field_of_a_task_is_in_the_table() -> None:
    own = {one.name for one in fields(Task)} - {one.name for one in fields(MenteeRecord)}
    assert {one.key for one in FIELDS} == own - TOLD_OTHERWISE | {"goals"}
    assert len({one.key for one in FIELDS}) == len(FIELDS)
    places = [one.cell.place for one in fields_of(("a",)) if one.cell]
    assert len(set(places)) == len(places), "no two columns of the grid want the same place"
    assert max(places) == next(one.cell.place for one in fields_of(("a",))[-1:] if one.cell)


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.usefixtures("_language")
def test_what_reads_as_text_can_be_typed_again(key: str) -> None:
    field = field_of(key)
    assert text_of(field, FULL, VIEW), f"give FULL a value for {key}"
    value = value_of(FULL, key)
    text = value.value if field.kind is Kind.CHOICE else text_of(field, FULL, VIEW)
    empty = replace(typed(FULL, key, "", READING), step_log=())
    assert not text_of(field, empty, VIEW) or key in ("title", "status")
    assert value_of(typed(empty, key, text, READING), key) == value


@pytest.mark.parametrize("key", KEYS)
def test_what_a_talk_keeps_is_read_back(key: str) -> None:
    field, value = field_of(key), value_of(FULL, key)
    assert stored_value(field, stored_text(value)) == value
    assert show_value(key, stored_text(value), VIEW) == text_of(field, FULL, VIEW)
    assert show_value(key, "", VIEW) == ""


def test_what_a_newer_program_kept_stands_as_it_was_kept() -> None:
    assert show_value("step", "flying", VIEW) == "flying"
    assert show_value("estimate_min", "long", VIEW) == "long"
    assert show_value("goal.status", "Kan selv: flown", VIEW) == "Kan selv: flown"


def test_a_training_step_is_noted_in_the_history() -> None:
    after = typed(FULL, "step", "independent", READING)
    assert [(one.step, one.on, one.by) for one in after.step_log] == [
        (Step.INDEPENDENT, TODAY, "Hanne")
    ]


def test_a_task_keeps_its_name_and_a_strange_text_is_refused() -> None:
    assert typed(FULL, "title", "  ", READING) == FULL
    assert typed(FULL, "sparring_on", "dag 10", READING).sparring_on == date(2025, 10, 16)
    with pytest.raises(EntryError):
        typed(FULL, "sparring_on", "snart", READING)
    with pytest.raises(EntryError):
        typed(FULL, "actual_min", "længe", READING)


@pytest.mark.usefixtures("_language")
def test_an_own_column_keeps_its_name_in_every_language() -> None:
    own = fields_of(("Task", "Priority"))[-2:]
    assert [one.name for one in own] == ["Task", "Priority"]
    assert field_label("extra.Task") == "Task"


def test_a_plan_that_was_agreed_earlier_still_reads_as_agreed() -> None:
    """The digest of a row is kept in the file: it must not depend on the program's version."""
    goal = make(Goal, task_id=FULL.id, text="Kan selv")
    stamped = agree(MenteeView.of(mentee(), [FULL, goal]), ["Maja"], TODAY).after
    assert isinstance(stamped, Mentee)
    assert list(stamped.plan_agreed_rows.values()) == ["a8d30f9e43a53f69"]


def test_of_an_empty_task_there_is_nothing_to_tell() -> None:
    empty = make(Task, title="x")
    told = {one.key: text_of(one, empty, bare(empty)) for one in FIELDS}
    assert {key: text for key, text in told.items() if text} == {"title": "x", "status": "Planned"}
