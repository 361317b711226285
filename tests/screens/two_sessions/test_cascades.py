"""A deletion that takes other records with it, while another session works on one of them.

All of it is deleted, or nothing: what the user was asked about is not what would go.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from data.i18n import _
from data.records import Duty, Goal, Mentee, Note, Part, Record, Role, RoleKind, Task
from data.store import saver
from data.store.change import Change
from data.store.opening import open_store
from data.store.store import Store
from tests.screens.conftest import AppOn, screen_text
from tests.screens.two_sessions.opening import Open, Records, at_home, in_plan, in_talk, on_role
from tests.screens.two_sessions.world import (
    CALLED,
    OTHER,
    Keys,
    conflicts,
    fill_in,
    form_in,
    now_in,
    one_of_each,
    put_in,
    save,
    until,
    write_elsewhere,
)
from tui.app.app import MentorApp

ROOT = Path(__file__).parents[3]
NEVER = 3600.0
"""Seconds between two looks for what others have saved, where none is to come."""
CHANGED = "It was changed in the meantime, so nothing was deleted. Check it, and delete again."
STANDS = "{name} has changed it in the meantime. It is as {name} wrote it."


@pytest.fixture(params=[True, False], ids=["seen", "unseen"])
def known(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether this session sees what the other one does before the user goes on."""
    monkeypatch.setattr(saver, "POLL_SECONDS", 0.02 if request.param else NEVER)
    return bool(request.param)


def world() -> dict[str, Record]:
    """Return one record of each kind, with ties between them."""
    records = one_of_each()
    duty, note = records["duty"], records["tip note"]
    assert isinstance(duty, Duty)
    assert isinstance(note, Note)
    records["duty"] = replace(duty, parts={records["own role"].id: Part.MAIN})
    goal_id = records["goal"].id
    records["tip note"] = replace(note, task_id=records["task"].id, goal_id=goal_id)
    return records


def in_goals(*keys: str) -> Open:
    return in_plan("m", *keys)


def new_goal(records: Records) -> Record:
    return Goal(mentee_id=records["mentee"].id, task_id=records["task"].id, text="METTES MÅL")


@dataclass(frozen=True, slots=True)
class Cascade:
    """A deletion, and what the other session does while it is asked about."""

    name: str
    open: Open
    goes: tuple[str, ...]
    """What would be deleted, the record itself last."""
    theirs: str | Callable[[Records], Record]
    """The record that the other session changes, or a function that makes a new one."""
    values: dict[str, Any]
    clashes: bool = True
    """Whether it clashes even where this session does not know of it when the answer is given."""


CASCADES = [
    Cascade("goal changed", in_plan("x"), ("goal", "task"), "goal", {"text": "Kan METTES"}),
    Cascade("goal added", in_plan("x"), ("goal", "task"), new_goal, {}),
    Cascade("task changed", in_plan("x"), ("goal", "task"), "task", {"next_step": "METTES"}),
    Cascade(
        "note rewritten", in_plan("x"), ("goal", "task"), "tip note", {"text": "M"}, clashes=False
    ),
    Cascade("goal changed itself", in_goals("x"), ("goal",), "goal", {"text": "Kan METTES"}),
    Cascade("role", on_role("own role", "x"), ("own role",), "own role", {"relation": "nabo"}),
]


async def answer(
    app: MentorApp, pilot: Keys, path: Path, case: Cascade, records: Records, *, known: bool
) -> Record:
    """Have the other session do its part, and say yes."""
    made = case.theirs(records) if callable(case.theirs) else records[case.theirs]
    write_elsewhere(path, made, **case.values)
    if known:

        def has_come() -> bool:
            there = app.store.get(type(made), made.id)
            values = case.values.items()
            return there is not None and all(getattr(there, key) == one for key, one in values)

        await until(pilot, has_come, "their change")
    await pilot.press("j")
    await pilot.pause()
    assert app.store.flush()
    await pilot.pause()
    return made


@pytest.mark.parametrize("case", CASCADES, ids=lambda case: case.name)
async def test_all_of_a_deletion_is_made_or_nothing(
    empty: Store,
    app_on: AppOn,
    path: Path,
    case: Cascade,
    known: bool,
) -> None:
    records = world()
    put_in(empty, records.values())
    app = app_on(empty)
    async with app.run_test(size=(100, 40)) as pilot:
        await case.open(app, pilot, records)
        made = await answer(app, pilot, path, case, records, known=known)
        if not known and not case.clashes:
            assert empty.get(type(records[case.goes[-1]]), records[case.goes[-1]].id) is None
            assert all(getattr(now_in(empty, made), key) == one for key, one in case.values.items())
            return
        said = _(CHANGED) if known else _(STANDS).format(name=CALLED)
        await until(pilot, lambda: said in screen_text(app), "that nothing was deleted")
        for name, record in records.items():
            there = now_in(empty, record)
            if record.id != made.id:
                assert without_stamps(there) == without_stamps(record), name
        assert all(getattr(now_in(empty, made), key) == one for key, one in case.values.items())
        assert conflicts(empty) == []
        assert empty.undo() is None, "nothing was done that could be undone"

        await case.open(app, pilot, records)
        await pilot.press("j")
        await pilot.pause()
        assert empty.flush()
        assert empty.get(type(records[case.goes[-1]]), records[case.goes[-1]].id) is None
        assert [goal.text for goal in empty.all(Goal) if not empty.get(Task, goal.task_id)] == []


def without_stamps(record: Record) -> Record:
    return replace(record, rev=0, created_at=None, changed_at=None, changed_by="")


async def test_a_mentee_that_somebody_writes_about_is_not_deleted(
    empty: Store, app_on: AppOn, path: Path, known: bool
) -> None:
    maja = one_of_each()["mentee"]
    role = Role(mentee_id=maja.id, kind=RoleKind.MENTOR)
    put_in(empty, [maja, role])
    app = app_on(empty)
    async with app.run_test(size=(100, 40)) as pilot:
        await at_home("x")(app, pilot, {"mentee": maja})
        write_elsewhere(path, role, relation="nabo")
        if known:
            await until(pilot, lambda: now_in(empty, role).relation == "nabo", "their change")
        await pilot.press("j")
        await pilot.pause()
        assert empty.flush()
        await pilot.pause()
        assert now_in(empty, maja) is not None
        assert now_in(empty, role).relation == "nabo"


async def test_a_deletion_is_undone_and_done_again_as_a_whole(
    empty: Store, app_on: AppOn, path: Path
) -> None:
    records = world()
    put_in(empty, records.values())
    app = app_on(empty)
    goal, task, note = records["goal"], records["task"], records["tip note"]
    async with app.run_test(size=(100, 40)) as pilot:
        await in_plan("x", "j")(app, pilot, records)
        assert empty.get(Task, task.id) is None
        assert empty.get(Goal, goal.id) is None
        empty.undo()
        assert empty.flush()
        assert now_in(empty, note) is not None
        assert isinstance(there := now_in(empty, note), Note)
        assert (there.task_id, there.goal_id) == (task.id, goal.id)
        write_elsewhere(path, goal, text="Kan METTES")
        empty.redo()
        assert empty.flush()
        await pilot.pause()
        assert isinstance(kept := now_in(empty, goal), Goal)
        assert kept.text == "Kan METTES"
        assert now_in(empty, task) is not None
        assert conflicts(empty) == []


def delete_elsewhere(path: Path, *records: Record) -> None:
    opened = open_store(path, by=OTHER, threaded=False)
    there = [found for one in records if (found := opened.store.get(type(one), one.id))]
    opened.store.commit(map(Change.deleted, there), "x")
    opened.close()


async def test_a_goal_typed_for_a_task_that_is_deleted_is_kept(
    empty: Store, app_on: AppOn, path: Path, known: bool
) -> None:
    records = one_of_each()
    put_in(empty, records.values())
    task, app = records["task"], app_on(empty)
    async with app.run_test(size=(100, 40)) as pilot:
        await in_talk("next", "", "f3", "4", words="Ring")(app, pilot, records)
        delete_elsewhere(path, records["goal"], task)
        if known:
            await until(pilot, lambda: not empty.get(Task, task.id), "that it is gone")
        await fill_in(app, pilot, "text", " EMIL")
        typed = form_in(app).texts()["text"]
        await save(app, pilot)
        await until(pilot, lambda: conflicts(empty), "what is kept")
        assert empty.all(Goal) == []
        assert ("text", typed) in {(one.of_field, one.mine) for one in conflicts(empty)}
        assert {one.mentee_id for one in conflicts(empty)} == {records["mentee"].id}
        assert CALLED in screen_text(app)


async def test_a_goal_typed_in_the_plan_is_kept_as_well(
    empty: Store, app_on: AppOn, path: Path, known: bool
) -> None:
    records = one_of_each()
    put_in(empty, records.values())
    task, app = records["task"], app_on(empty)
    async with app.run_test(size=(100, 40)) as pilot:
        await in_plan("m", "a", *"EMIL")(app, pilot, records)
        delete_elsewhere(path, records["goal"], task)
        if known:
            await until(pilot, lambda: not empty.get(Task, task.id), "that it is gone")
        await pilot.press("enter")
        await pilot.pause()
        assert empty.flush()
        await until(pilot, lambda: conflicts(empty), "what is kept")
        assert empty.all(Goal) == []
        assert "EMIL" in {one.mine for one in conflicts(empty)}


def test_every_deletion_of_several_records_is_made_together() -> None:
    """A function of `data/method` that deletes, and changes others as well, marks them."""
    alone = {
        "_without_empty_answers": "each answer stands for itself: one that was filled in stays",
        "_reschedule": "each talk stands for itself: one that was changed stays",
    }
    found = {}
    for path in sorted((ROOT / "data/method").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef):
                code = ast.unparse(node)
                if "Change.deleted(" in code and "together(" not in code:
                    found[node.name] = path
    assert found.keys() == alone.keys(), found


def test_every_kind_that_belongs_to_another_says_so() -> None:
    from data.store.codec import table_rules  # the names of the tables as the store knows them

    owners = {table: dict(rule.owners) for table, rule in table_rules().items() if rule.owners}
    assert owners == {"goals": {"task_id": "tasks"}, "answers": {"talk_id": "talks"}}
    for kind in (Mentee, Role):
        assert kind.table in table_rules()
