"""What the tests of the talk share."""

from __future__ import annotations

from collections.abc import Callable

from textual.pilot import Pilot

from data.clock import today
from data.records import (
    Answer,
    Mentee,
    Talk,
    TalkState,
)
from data.store.store import Store
from screens.dialogs.pick import PickDialog
from screens.frame.base import BaseScreen
from screens.talk.open import open_talk
from screens.talk.screen import TalkScreen
from tests.tools import hurry
from tui.app import MentorApp
from widgets.grid import Grid
from widgets.step_rail import StepRail

SIZE = (80, 24)
Keys = Pilot[int]


def maja(store: Store) -> Mentee:
    return next(one for one in store.all(Mentee) if one.name.startswith("Maja"))


def running(store: Store) -> Talk:
    return next(one for one in store.of(Talk, maja(store).id) if one.state is TalkState.RUNNING)


def planned(store: Store) -> Talk:
    return next(one for one in store.of(Talk, maja(store).id) if one.planned_on == today())


def answers(store: Store) -> dict[str, Answer]:
    talk = running(store)
    return {one.key: one for one in store.of(Answer, talk.mentee_id) if one.talk_id == talk.id}


def talk_screen(app: MentorApp) -> TalkScreen:
    assert isinstance(app.screen, TalkScreen)
    return app.screen


def step(app: MentorApp) -> str:
    return talk_screen(app).pane.step.key


def grid_of(app: MentorApp) -> Grid:
    rows = talk_screen(app).pane.list
    assert rows is not None
    return rows.grid


async def write(pilot: Keys, text: str) -> None:
    await pilot.press(*("space" if char == " " else char for char in text))


async def enter(app: MentorApp, pilot: Keys, mentee: Mentee | None = None) -> TalkScreen:
    """Start or resume the talk of a mentee, Maja if none is named, as `t` does.

    One that is agreed for a later day is brought forward.
    """
    await pilot.pause()
    below = app.screen
    assert isinstance(below, BaseScreen)
    open_talk(below, (mentee or maja(app.store)).id)
    await pilot.pause()
    if isinstance(app.screen, PickDialog):
        await pilot.press("down", "enter")
        await pilot.pause()
    return talk_screen(app)


async def go(app: MentorApp, pilot: Keys, key: str) -> None:
    """Go to a step as Ctrl+G does, and to its list if it has one."""
    wanted = (step for step in talk_screen(app).desk.flow.steps if key in (step.key, step.base))
    app.screen.post_message(StepRail.Picked(next(wanted).key))
    await pilot.pause()
    pane = talk_screen(app).pane
    assert pane.step.base == key.partition(":")[0]
    if pane.list is not None:
        assert pane.words.active, "typing starts at once"
        await pilot.press("tab")
        await pilot.pause()


async def until(pilot: Keys, condition: Callable[[], bool], *stores: Store) -> None:
    """Wait until it is so, while other sessions take in what is written."""

    def so() -> bool:
        for store in stores:
            store.pump()
        return condition()

    await hurry.until(so, "waited in vain")
    await pilot.pause()
