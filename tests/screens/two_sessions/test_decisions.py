"""What two sessions decide, sort and undo at the same time, and what clashes then."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from data.method.limits import Limits
from data.records import Action, Conflict, Goal, Need, OwnText, Person, Record, Role, Talk, Task
from data.store import saver
from data.store.opening import open_store
from data.store.store import Store
from screens.conflicts.screen import ConflictsScreen
from screens.library.screen import LibraryScreen
from screens.needs.screen import NeedsScreen
from tests.screens.conftest import AppOn, screen_text
from tests.screens.two_sessions.opening import in_grid, in_plan, in_talk, on_role, press
from tests.screens.two_sessions.world import (
    CALLED,
    OTHER,
    Keys,
    arrived,
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
from tui.cli.plain import dialogue
from tui.cli.plain_talk import conversation, steps

FIRST, SECOND = date(2026, 12, 8), date(2026, 12, 15)


async def theirs(store: Store, pilot: Keys, path: Path, record: Record, **values: Any) -> None:
    """Have the other session change a record, and wait until it shows."""
    write_elsewhere(path, record, **values)
    await arrived(pilot, store, record, values)


DECIDED: list[tuple[str, str | tuple[str, ...], dict[str, Any], dict[str, Any]]] = [
    ("day", "", {"no_next": True}, {"next_on": date(2026, 12, 7), "no_next": False}),
    ("none", ("space",), {"next_on": FIRST}, {"next_on": None, "no_next": True}),
]


@pytest.mark.parametrize("case", DECIDED, ids=lambda case: case[0])
async def test_the_next_talk_is_one_decision(
    empty: Store,
    app_on: AppOn,
    path: Path,
    case: tuple[str, str | tuple[str, ...], dict[str, Any], dict[str, Any]],
) -> None:
    key, keys, their, mine = case
    records = one_of_each()
    put_in(empty, records.values())
    talk, app = records["talk"], app_on(empty)
    assert isinstance(talk, Talk)
    async with app.run_test(size=(100, 40)) as pilot:
        await in_talk("close", "", "f")(app, pilot, records)
        await theirs(empty, pilot, path, talk, **their)
        await fill_in(app, pilot, key, keys)
        await save(app, pilot)
        await until(pilot, lambda: conflicts(empty), "the clash")
        there = now_in(empty, talk)
        assert (there.next_on, there.no_next) == (their.get("next_on"), "no_next" in their)
        assert CALLED in screen_text(app)
        assert len(conflicts(empty)) == 1

        await app.push_screen(ConflictsScreen(app.context))
        await pilot.press("ctrl+n")
        await pilot.pause()
        there = now_in(empty, talk)
        assert there.no_next == mine["no_next"]
        assert (there.next_on is None) == (mine["next_on"] is None)
        assert conflicts(empty) == []


async def test_sorting_leaves_an_action_that_has_become_more(
    empty: Store, app_on: AppOn, path: Path
) -> None:
    records = one_of_each()
    put_in(empty, records.values())
    app = app_on(empty)
    async with app.run_test(size=(100, 40)) as pilot:
        await in_talk("sort", "item", "4")(app, pilot, records)
        (made,) = [one for one in empty.all(Action) if one.id != records["action"].id]
        await pilot.press("up", "2")
        assert empty.get(Action, made.id) is None, "nobody has written in it"
        await pilot.press("up", "4")
        (made,) = [one for one in empty.all(Action) if one.id != records["action"].id]
        assert empty.flush()
        await theirs(empty, pilot, path, made, who=records["person"].id, due=FIRST)
        await pilot.press("up", "2")
        await pilot.pause()
        assert empty.flush()
        assert now_in(empty, made).due == FIRST
        await pilot.press("up", "4")
        assert len(empty.all(Action)) == 2, "it is asked about already"


@pytest.mark.parametrize("known", [True, False])
async def test_a_new_round_is_begun_once(
    empty: Store, app_on: AppOn, path: Path, monkeypatch: pytest.MonkeyPatch, known: bool
) -> None:
    monkeypatch.setattr(saver, "POLL_SECONDS", 0.02 if known else 3600)
    records = one_of_each()
    put_in(empty, records.values())
    need, app = records["need"], app_on(empty)
    assert isinstance(need, Need)
    async with app.run_test(size=(100, 40)) as pilot:
        await in_grid(NeedsScreen, "need", "r")(app, pilot, records)
        begin_round_elsewhere(path, need)
        if known:
            await until(pilot, lambda: len(empty.all(Need)) == 2, "their round")
        await pilot.press("j")
        await pilot.pause()
        assert empty.flush()
        await pilot.pause()
        rounds = sorted((one.round, one.mentee_view) for one in empty.all(Need))
        assert rounds == [(1, ""), (2, "METTES SVAR")]
        assert conflicts(empty) == []


def begin_round_elsewhere(path: Path, need: Need) -> None:
    """Begin a new round in the other session, and give a view in it."""
    from data.clock import today
    from data.method.mentorship.needs import next_round
    from data.queries.views import mentee_view
    from data.records import Mentee
    from data.store.change import Change

    opened = open_store(path, by=OTHER, threaded=False)
    store = opened.store
    mentee = store.get(Mentee, need.mentee_id)
    assert mentee is not None
    store.commit(next_round(mentee_view(store, mentee), today()))
    (made,) = [one for one in store.all(Need) if one.round == 2]
    store.commit([Change.edited(made, mentee_view="METTES SVAR")])
    opened.close()


async def test_words_that_come_while_the_librarys_own_are_asked_for_stay(
    empty: Store, app_on: AppOn, path: Path
) -> None:
    own = OwnText(key="about_scheme", text="Vores egne ord")
    put_in(empty, [own])
    app = app_on(empty)
    async with app.run_test(size=(100, 40)) as pilot:
        await app.push_screen(LibraryScreen(app.context, "about_scheme"))
        await pilot.pause()
        await pilot.press("x")
        await theirs(empty, pilot, path, own, text="Vores egne ord\nOg METTES")
        await pilot.press("j")
        await pilot.pause()
        assert empty.flush()
        await pilot.pause()
        assert now_in(empty, own).text.strip() == "Og METTES"


async def test_undo_after_a_clash_takes_back_what_was_done(
    empty: Store, app_on: AppOn, path: Path
) -> None:
    records = one_of_each()
    put_in(empty, records.values())
    need, app = records["need"], app_on(empty)
    assert isinstance(need, Need)
    async with app.run_test(size=(100, 40)) as pilot:
        await in_grid(NeedsScreen, "need", "e")(app, pilot, records)
        await theirs(empty, pilot, path, need, area="METTE")
        await fill_in(app, pilot, "area", " EMIL")
        await fill_in(app, pilot, "need", " EMIL")
        await save(app, pilot)
        await until(pilot, lambda: conflicts(empty), "the clash")
        for key, expected in (("u", need.need), ("U", f"{need.need} EMIL"), ("u", need.need)):
            await pilot.press(key) if key == "u" else empty.redo()
            await pilot.pause()
            assert empty.flush()
            await pilot.pause()
            there = now_in(empty, need)
            assert (there.area, there.need) == ("METTE", expected)
            kept = ["Notater EMIL"] if key == "U" else []
            assert [one.mine for one in conflicts(empty)] == kept, "it is part of the step"


async def test_the_order_of_goals_never_clashes(empty: Store, app_on: AppOn, path: Path) -> None:
    records = one_of_each()
    goal, task = records["goal"], records["task"]
    assert isinstance(goal, Goal)
    more = [
        Goal(mentee_id=goal.mentee_id, task_id=task.id, text=f"Nr. {n}", order=float(n))
        for n in (1, 2)
    ]
    put_in(empty, [*records.values(), *more])
    app = app_on(empty)
    async with app.run_test(size=(100, 40)) as pilot:
        await in_plan("e")(app, pilot, records)
        from tests.screens.two_sessions.test_cascades import delete_elsewhere

        delete_elsewhere(path, more[1])
        await until(pilot, lambda: not empty.get(Goal, more[1].id), "that it is gone")
        box: Any = form_in(app).inputs["goals"]
        box.text = f"EMIL\n{box.text}"
        await pilot.pause()
        await save(app, pilot)
        assert {one.text for one in empty.all(Goal)} == {"EMIL", goal.text, "Nr. 1"}
        assert conflicts(empty) == []


async def test_who_had_a_role_before_is_kept_when_a_clash_is_settled(
    empty: Store, app_on: AppOn, path: Path
) -> None:
    records = one_of_each()
    put_in(empty, records.values())
    role, karin = records["role"], records["person"]
    assert isinstance(role, Role)
    bo, ida = Person(name="Bo Ro"), Person(name="Ida Ny")
    async with app_on(empty).run_test(size=(100, 40)) as pilot:
        app: Any = pilot.app
        write_elsewhere(path, bo)
        write_elsewhere(path, ida)
        await until(pilot, lambda: empty.get(Person, ida.id), "Ida")
        await on_role("role", "e")(app, pilot, records)
        await theirs(empty, pilot, path, role, person_id=bo.id)
        erase = ("end", *["backspace"] * 12)
        await fill_in(app, pilot, "person", (*erase, *"Ida", "space", *"Ny"))
        await save(app, pilot)
        await until(pilot, lambda: conflicts(empty), "the clash")
        await app.push_screen(ConflictsScreen(app.context))
        while conflicts(empty):
            before = len(conflicts(empty))
            await pilot.press("ctrl+n")
            await pilot.pause()
            assert len(conflicts(empty)) < before
        there = now_in(empty, role)
        assert there.person_id == ida.id
        assert {one.person_id for one in there.earlier} >= {bo.id}
        assert karin is not None


def plain(
    path: Path, monkeypatch: pytest.MonkeyPatch, answers: Iterator[str], talk: Record
) -> conversation.Conversation:
    """Return a plain talk that is answered by an iterator."""
    monkeypatch.setattr(dialogue, "read_line", lambda _prompt="": next(answers))
    monkeypatch.setattr(conversation, "more_has_come", lambda: False)
    opened = open_store(path, by="birgitte", threaded=False)
    there = opened.store.get(Talk, talk.id)
    assert there is not None
    return conversation.Conversation(opened.store, there, Limits(), lambda *_all: None)


def kept(store: Store) -> list[tuple[str, str]]:
    return [(one.of_field, one.mine) for one in store.all(Conflict)]


async def test_the_plain_talk_changes_the_task_that_it_showed(
    empty: Store, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    records = one_of_each()
    put_in(empty, records.values())
    task = records["task"]

    def answers() -> Iterator[str]:
        yield "1"
        yield "Ringe"
        yield "1"
        write_elsewhere(path, task, sparring_on=FIRST)
        yield "15-12-2026"
        yield from ("", "", "")

    talk = plain(path, monkeypatch, answers(), records["talk"])
    steps.plan(talk)
    found = talk.store.get(Task, task.id)
    assert found is not None
    assert (found.next_step, found.sparring_on) == ("Ringe", FIRST)
    assert kept(talk.store) == [("sparring_on", SECOND.isoformat())]
    talk.store.close()


async def test_the_plain_talk_does_not_overwrite_the_date_that_was_agreed(
    empty: Store, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    records = one_of_each()
    put_in(empty, records.values())

    def answers() -> Iterator[str]:
        yield from ("", "nej")
        write_elsewhere(path, records["talk"], next_on=FIRST)
        yield "15-12-2026"
        yield from ("nej", "")

    talk = plain(path, monkeypatch, answers(), records["talk"])
    talk.go_to("close", "mentor")
    steps.close(talk)
    found = talk.store.get(Talk, records["talk"].id)
    assert found is not None
    assert found.next_on == FIRST
    assert kept(talk.store) == [("next_on", SECOND.isoformat())]
    talk.store.close()


async def test_what_is_written_while_a_clash_is_mended_is_not_written_over(
    empty: Store, app_on: AppOn, path: Path
) -> None:
    records = one_of_each()
    need = records["need"]
    clash = Conflict(
        of_table="needs",
        of_id=need.id,
        of_field="area",
        mine="EMIL",
        theirs="Notater",
        mentee_id=records["mentee"].id,
    )
    put_in(empty, [*records.values(), clash])
    app = app_on(empty)
    async with app.run_test(size=(100, 40)) as pilot:
        await app.push_screen(ConflictsScreen(app.context))
        await press(pilot, "e")
        assert form_in(app).texts()["text"] == "Notater / EMIL"
        await theirs(empty, pilot, path, need, area="METTE")
        await save(app, pilot)
        await until(pilot, lambda: conflicts(empty), "the clash")
        there = now_in(empty, need)
        assert isinstance(there, Need)
        assert there.area == "METTE"
        assert [one.mine for one in conflicts(empty)] == ["Notater / EMIL"]
