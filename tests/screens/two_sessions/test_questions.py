"""A question or a list to pick from is open while another session changes the same record."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from data.i18n import _
from data.records import Knowledge, Note, Record, Talk, TalkState, Task
from data.store.store import Store
from screens.actions.screen import ActionsScreen
from screens.library.questions import QuestionsScreen
from screens.library.tips import TipsScreen
from screens.needs.screen import NeedsScreen
from screens.note.screen import NoteScreen
from screens.people.screen import PeopleScreen
from screens.roles.screen import RolesScreen
from tests.screens.conftest import AppOn, screen_text
from tests.screens.two_sessions.opening import Open, Records, in_grid, in_library, in_talks
from tests.screens.two_sessions.world import (
    CALLED,
    Keys,
    conflicts,
    now_in,
    one_of_each,
    put_in,
    until,
    write_elsewhere,
)
from tui.app.app import MentorApp


async def both(
    app: MentorApp, pilot: Keys, path: Path, record: Record, values: dict[str, Any], *keys: str
) -> None:
    """Have the other session change a record, and then answer what is asked."""
    write_elsewhere(path, record, **values)
    await until(
        pilot,
        lambda: all(getattr(now_in(app.store, record), key) == one for key, one in values.items()),
    )
    await pilot.press(*keys)
    await pilot.pause()
    assert app.store.flush()
    await pilot.pause()


DELETED: list[tuple[Open, str, dict[str, Any]]] = [
    (in_grid(NeedsScreen, "need", "x"), "need", {"need": "Meget kortere"}),
    (in_grid(NeedsScreen, "knowledge", "x"), "knowledge", {"title": "Serviceloven"}),
    (in_grid(RolesScreen, "duty", "x"), "duty", {"text": "Vise kantinen"}),
    (in_grid(ActionsScreen, "action", "x"), "action", {"what": "Skrive til skolen"}),
    (in_grid(PeopleScreen, "introduction", "x"), "introduction", {"about": "Jura"}),
    (in_grid(ActionsScreen, "system", "x"), "system", {"text": "SAPA"}),
    (in_grid(ActionsScreen, "doubt", "x"), "doubt", {"text": "Hvornår?"}),
    (in_library(QuestionsScreen, "question", "x"), "question", {"text": "Hvad savner du?"}),
    (in_library(TipsScreen, "tip", "x"), "tip", {"text": "Leg sammen"}),
]


"""Where one record is deleted. `test_cascades` has those that take others with them."""


@pytest.mark.parametrize("case", DELETED, ids=lambda case: case[1])
async def test_what_is_written_while_its_deletion_is_asked_about_stays(
    empty: Store, app_on: AppOn, path: Path, case: tuple[Open, str, dict[str, Any]]
) -> None:
    open, name, values = case
    records: Records = one_of_each()
    put_in(empty, records.values())
    record, app = records[name], app_on(empty)
    async with app.run_test(size=(100, 40)) as pilot:
        await open(app, pilot, records)
        await both(app, pilot, path, record, values, "j")
        said = _("{name} has changed it in the meantime. It is as {name} wrote it.")
        await until(pilot, lambda: said.format(name=CALLED) in screen_text(app), "that it stays")
        assert {key: getattr(now_in(empty, record), key) for key in values} == values
        assert conflicts(empty) == []


async def test_both_sessions_ties_are_kept(empty: Store, app_on: AppOn, path: Path) -> None:
    records = one_of_each()
    task, item, talk = records["task"], records["knowledge"], records["next"]
    assert isinstance(task, Task)
    assert isinstance(item, Knowledge)
    assert isinstance(talk, Talk)
    second = replace(task, id="1790000000000000002", title="Partshøring", order=2.0)
    put_in(empty, [*records.values(), second])
    app = app_on(empty)
    async with app.run_test(size=(100, 40)) as pilot:
        await in_grid(NeedsScreen, "knowledge", "o")(app, pilot, records)
        await both(app, pilot, path, item, {"task_ids": (task.id,)}, *"Parts", "enter")
        assert {*now_in(empty, item).task_ids} == {task.id, second.id}

        await in_talks("next", "o")(app, pilot, records)
        await both(app, pilot, path, talk, {"task_ids": (task.id,)}, *"Parts", "enter")
        assert {*now_in(empty, talk).task_ids} == {task.id, second.id}
        assert conflicts(empty) == []


async def test_a_note_that_both_sessions_give_a_task_keeps_both(
    empty: Store, app_on: AppOn, path: Path
) -> None:
    records = one_of_each()
    task, note = records["task"], records["tip note"]
    assert isinstance(task, Task)
    assert isinstance(note, Note)
    second = replace(task, id="1790000000000000002", title="Partshøring", order=2.0)
    put_in(empty, [*records.values(), second])
    app = app_on(empty)
    async with app.run_test(size=(100, 40)) as pilot:
        await app.push_screen(NoteScreen(app.context, note_id=note.id))
        await pilot.press("ctrl+t")
        await pilot.pause()
        await both(app, pilot, path, note, {"task_id": task.id}, *"Parts", "enter")
        await until(pilot, lambda: conflicts(empty), "the clash")
        assert now_in(empty, note).task_id == task.id
        (kept,) = conflicts(empty)
        assert (kept.of_field, kept.mine) == ("task_id", second.id)


async def test_a_talk_is_cancelled_as_it_was_seen(empty: Store, app_on: AppOn, path: Path) -> None:
    records = one_of_each()
    put_in(empty, records.values())
    talk, app = records["next"], app_on(empty)
    assert isinstance(talk, Talk)
    async with app.run_test(size=(100, 40)) as pilot:
        await in_talks("next", "x")(app, pilot, records)
        moved = {"planned_on": date(2026, 12, 8), "minutes": 45}
        await both(app, pilot, path, talk, moved, "j")
        there = now_in(empty, talk)
        assert (there.state, there.planned_on) == (TalkState.CANCELLED, date(2026, 12, 8))
