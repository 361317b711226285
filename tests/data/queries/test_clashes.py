"""Texts that clashed: in words, with the field's name, and back into their record."""

from __future__ import annotations

from datetime import date

import pytest

from data.i18n import _
from data.queries.clashes import (
    in_words,
    is_text,
    record_of,
    theirs_now,
    what_of,
    whose,
    with_text,
)
from data.queries.field_names import field_name, table_name
from data.records import (
    Action,
    Answer,
    Conflict,
    Duty,
    Mentee,
    Need,
    Part,
    Person,
    Priority,
    Record,
    Step,
    Task,
    TaskStatus,
)
from data.store.change import Change
from data.store.store import Store
from tests.data.backend import Disk
from tests.data.store.store_tools import direct

KARIN = Person(name="Karin Juhl")
MAJA = Mentee(name="Maja Holm", columns=("Farve",))
TASK = Task(
    mentee_id=MAJA.id,
    title="Underretning",
    sparring_with=KARIN.id,
    extra={"Farve": "rød"},
    step=Step.TOGETHER,
    estimate_min=90,
    needs_check=True,
)
RECORDS = {
    "tasks": TASK,
    "needs": Need(mentee_id=MAJA.id, area="Notater", priority=Priority.LOW),
    "duties": Duty(mentee_id=MAJA.id, text="Vise rundt", due=date(2026, 12, 8)),
    "actions": Action(mentee_id=MAJA.id, what="Ringe", who="mentee"),
    "mentees": MAJA,
    "answers": Answer(mentee_id=MAJA.id, talk_id="3", key="wellbeing", pulse={"role": "not_yet"}),
}


@pytest.fixture
def store() -> Store:
    made = direct(Disk())
    made.commit(map(Change.created, [KARIN, *RECORDS.values()]))
    return made


def clash(table: str, field: str, mine: str) -> Conflict:
    record = RECORDS[table]
    owner = "" if table == "mentees" else MAJA.id
    return Conflict(of_table=table, of_id=record.id, of_field=field, mine=mine, mentee_id=owner)


CASES = [
    # table, field, what is kept, how it reads, what stands there now, what it becomes
    ("tasks", "title", "Partshøring", "Partshøring", "Underretning", "Partshøring"),
    ("tasks", "step", "coached", "On their own, with sparring", "Together", Step.COACHED),
    ("tasks", "status", "done", "Finished", "Planned", TaskStatus.DONE),
    ("tasks", "sparring_on", "2026-12-01", "01-12-2026", "", date(2026, 12, 1)),
    ("tasks", "sparring_on", "1-12-2026", "01-12-2026", "", date(2026, 12, 1)),
    ("tasks", "estimate_min", "120", "2 h", "1.5 h", 120),
    ("tasks", "needs_check", "False", "no", "yes", False),
    ("tasks", "sparring_with", "Karin Juhl", "Karin Juhl", "Karin Juhl", KARIN.id),
    ("tasks", "extra.Farve", "blå", "blå", "rød", {"Farve": "blå"}),
    ("needs", "priority", "high", "High", "Low", Priority.HIGH),
    ("duties", "due", "2026-12-01", "01-12-2026", "08-12-2026", date(2026, 12, 1)),
    ("duties", "parts.7", "main", "Main responsibility", "", {"7": Part.MAIN}),
    ("actions", "who", KARIN.id, "Karin Juhl", "Mentee", KARIN.id),
    ("answers", "pulse.role", "mostly", "most of the time", "not yet", {"role": "mostly"}),
    ("mentees", "columns", "Sag, Farve", "Sag, Farve", "Farve", ("Sag", "Farve")),
    ("mentees", "columns", "Sag\nFarve", "Sag, Farve", "Farve", ("Sag", "Farve")),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case[0]}.{case[1]}")
def test_a_kept_text_is_read_in_words_and_can_be_put_back(
    store: Store, case: tuple[str, str, str, str, str, object]
) -> None:
    table, field, mine, reads, now, becomes = case
    conflict = clash(table, field, mine)
    assert in_words(store, conflict, mine) == reads
    assert theirs_now(store, conflict) == now
    after = with_text(store, conflict, record_of(store, conflict), mine)
    assert after is not None
    assert getattr(after, field.partition(".")[0]) == becomes


@pytest.mark.parametrize(
    ("table", "field", "mine"),
    [
        ("tasks", "step", "sideways"),
        ("tasks", "sparring_on", "someday"),
        ("tasks", "sparring_with", "Nobody Known"),
        ("tasks", "on", "1-12-2026"),
        ("tasks", "rev", "7"),
        ("tasks", "id", "7"),
    ],
)
def test_what_cannot_stand_there_is_not_put_in(
    store: Store, table: str, field: str, mine: str
) -> None:
    conflict = clash(table, field, mine)
    assert with_text(store, conflict, record_of(store, conflict), mine) is None
    assert in_words(store, conflict, mine)


def test_a_text_whose_record_is_gone_still_reads_in_words(store: Store) -> None:
    gone = Conflict(of_table="tasks", of_id="9", of_field="sparring_on", mine="2026-12-01")
    assert in_words(store, gone, gone.mine) == "01-12-2026"
    assert with_text(store, gone, record_of(store, gone), gone.mine) is None
    assert whose(store, gone) == ""
    strange = Conflict(of_table="nonsense", of_id="9", of_field="x", mine="y")
    assert (what_of(strange), in_words(store, strange, "y")) == ("nonsense", "y")


def test_two_texts_have_room_only_in_a_text(store: Store) -> None:
    assert is_text(store, clash("tasks", "title", "x"))
    assert is_text(store, clash("tasks", "extra.Farve", "x"))
    for field in ("step", "sparring_on", "sparring_with", "estimate_min"):
        assert not is_text(store, clash("tasks", field, "x"))


def test_what_a_text_was_written_for_has_a_name(store: Store) -> None:
    assert what_of(clash("tasks", "next_step", "x")) == f"{_('Task')}: {_('Next step')}"
    assert what_of(clash("tasks", "title", "x")) == _("Task")
    assert what_of(clash("tasks", "extra.Farve", "x")) == f"{_('Task')}: Farve"
    assert field_name("nonsense", "x") == ""
    assert table_name("nonsense") == "nonsense"
    record: Record = MAJA
    assert whose(store, clash("tasks", "title", "x")) == getattr(record, "name", "")
