"""On every row of a list a key acts, or says why it cannot; and lists open on what is next."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from textual.binding import Binding
from textual.pilot import Pilot

from data.clock import Clock, now, set_clock, today
from data.method.actions import set_state
from data.records import Action, ActionState, Mentee, Note, Question, Talk, TalkState
from data.store.change import Change
from data.store.store import Store
from screens.actions.screen import ActionsScreen
from screens.frame.base import BaseScreen
from screens.frame.commands import part_with
from screens.library.questions import QuestionsScreen
from screens.library.tips import TipsScreen
from screens.mentee.base import MenteeScreen
from screens.needs.screen import NeedsScreen
from screens.people.screen import PeopleScreen
from screens.plan.screen import PlanScreen
from screens.roles.screen import RolesScreen
from screens.talk.series import TalksScreen
from tests.screens.conftest import screen_text
from tests.screens.places import mentee
from tests.tools.key_table import own_bindings
from tui.app import MentorApp
from widgets.grid import Grid, Row

SIZE = (100, 30)
PLACES: list[type[MenteeScreen]] = [
    TalksScreen,
    NeedsScreen,
    PeopleScreen,
    ActionsScreen,
    RolesScreen,
    PlanScreen,
]
LISTS = [QuestionsScreen, TipsScreen]
ROWS = [
    pytest.param(False, id="kinds of rows"),
    pytest.param(True, id="every row", marks=pytest.mark.soak),
]


def keys_of(screen: BaseScreen[None]) -> list[str]:
    """Return the letters of a screen's own commands."""
    bindings = [*own_bindings(type(screen)), *Binding.make_bindings(more_keys(screen))]
    return sorted({one.key for one in bindings if len(one.key) == 1})


def more_keys(screen: BaseScreen[None]) -> Any:
    return getattr(screen, "MORE_KEYS", [])


async def back(app: MentorApp, pilot: Pilot[int], screen: BaseScreen[None]) -> None:
    """Leave whatever a key has opened."""
    for _time in range(6):
        if app.screen is screen:
            break
        await pilot.press("escape")
        await pilot.pause()
    assert app.screen is screen


def rows_to_try(screen: BaseScreen[None], grid: Grid, *, every: bool) -> list[str]:
    """Return the ids of the rows; unless `every`, one of those that are alike to all commands."""
    actions = [one.action for one in own_bindings(type(screen))]
    commands = [found[1] for one in actions if (found := re.fullmatch(r"do\('(\w+)'\)", one))]
    parts = [part_with(screen.commands, command) for command in commands]
    rows: dict[object, str] = {}
    for row in [row.id for row in grid.body.rows if not row.heading] or [""]:
        grid.go_to(row)
        name, colon, _id = row.partition(":")
        answers = [
            (part.offers(one), part.why_not(one)) for part, one in zip(parts, commands, strict=True)
        ]
        rows[row if every else (name if colon else "", *answers)] = row
    return list(rows.values())


async def every_key_on_the_rows(
    app: MentorApp, pilot: Pilot[int], screen: BaseScreen[None], *, every: bool
) -> None:
    grid = screen.query(Grid).first()
    for row in rows_to_try(screen, grid, every=every):
        for key in keys_of(screen):
            grid.go_to(row)
            grid.focus()
            screen.notices.bar.show("")
            await pilot.pause()
            before = screen_text(app)
            await pilot.press(key)
            await pilot.pause()
            assert app.screen is not screen or screen_text(app) != before, (row, key)
            await back(app, pilot, screen)


@pytest.mark.parametrize("kind", PLACES)
@pytest.mark.parametrize("empty_mentee", [False, True])
@pytest.mark.parametrize("every", ROWS)
async def test_a_key_acts_or_says_why_not(
    app: MentorApp, store: Store, kind: type[MenteeScreen], empty_mentee: bool, every: bool
) -> None:
    maja = mentee(store)
    if empty_mentee:
        maja = Mentee(name="Ny", start=today())
        store.commit([Change.created(maja)], undoable=False)
    else:
        held = next(one for one in store.of(Talk, maja.id) if one.state is TalkState.PLANNED)
        store.commit([Change.edited(held, state=TalkState.CANCELLED)], undoable=False)
    async with app.run_test(size=SIZE) as pilot:
        screen = kind(app.context, maja.id)
        await app.push_screen(screen)
        await pilot.pause()
        await every_key_on_the_rows(app, pilot, screen, every=every)


@pytest.mark.parametrize("kind", LISTS)
@pytest.mark.parametrize("every", ROWS)
async def test_a_key_of_the_library_acts_or_says_why_not(
    app: MentorApp, store: Store, kind: type[QuestionsScreen] | type[TipsScreen], every: bool
) -> None:
    store.commit([Change.created(Question(text="Hvad nu?"))], undoable=False)
    async with app.run_test(size=SIZE) as pilot:
        screen = kind(app.context)
        await app.push_screen(screen)
        await pilot.pause()
        await every_key_on_the_rows(app, pilot, screen, every=every)


async def visit(app: MentorApp, pilot: Pilot[int], kind: type[MenteeScreen], row: str = "") -> str:
    """Open a screen, return the row that it opens on, and leave it on another row."""
    screen = kind(app.context, mentee(app.store).id)
    await app.push_screen(screen)
    await pilot.pause()
    grid = screen.query(Grid).first()
    opened_on = grid.row_id
    if row:
        grid.go_to(row)
        await pilot.pause()
    await pilot.press("escape")
    await pilot.pause()
    return opened_on


@pytest.mark.parametrize("kind", [TalksScreen, NeedsScreen, PeopleScreen, ActionsScreen])
async def test_a_list_opens_on_what_is_next_unless_it_was_left_a_moment_ago(
    app: MentorApp, store: Store, kind: type[MenteeScreen]
) -> None:
    maja = mentee(store)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        first = await visit(app, pilot, kind)
        talk = store.get(Talk, first)
        if kind is TalksScreen:
            assert talk is not None
            assert talk.planned_on == today()
        last = max(store.of(Talk, maja.id), key=lambda one: one.number).id
        kinds: dict[type[MenteeScreen], str] = {
            TalksScreen: last,
            NeedsScreen: "knowledge:",
            PeopleScreen: "introduction:",
            ActionsScreen: "doubt:",
        }
        rows = [row.id for row in await rows_of(app, pilot, kind)]
        other = next(row for row in reversed(rows) if row.startswith(kinds[kind]))
        assert await visit(app, pilot, kind, other) == first
        assert await visit(app, pilot, kind) == other, "a moment ago"
        set_clock(Clock((now() + timedelta(minutes=5)).replace(tzinfo=None)))
        assert await visit(app, pilot, kind) == first


async def rows_of(app: MentorApp, pilot: Pilot[int], kind: type[MenteeScreen]) -> list[Row]:
    screen = kind(app.context, mentee(app.store).id)
    await app.push_screen(screen)
    await pilot.pause()
    found = [row for row in screen.query(Grid).first().body.rows if not row.heading]
    app.context.left_at.clear()
    await pilot.press("escape")
    await pilot.pause()
    app.context.left_at.clear()
    return found


async def test_actions_open_on_what_is_still_to_be_done(app: MentorApp, store: Store) -> None:
    maja = mentee(store)
    done = [
        set_state(one, ActionState.DONE, today())
        for one in store.of(Action, maja.id)
        if one.state is ActionState.OPEN
    ]
    store.commit(done, undoable=False)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        kind, _sep, id = (await visit(app, pilot, ActionsScreen)).partition(":")
        assert kind == "doubt"
        doubt = store.get(Note, id)
        assert doubt is not None
        assert doubt.answered_on is None
