"""Opening a place of the example as the mentee list does, for tests that begin there."""

from __future__ import annotations

from typing import TypeVar

from textual.pilot import Pilot

from data.records import Mentee
from data.store import Store
from screens.base import BaseScreen
from screens.places import BY_NAME
from tui.app import MentorApp

S = TypeVar("S", bound=BaseScreen[None])


def mentee(store: Store, name: str = "Maja") -> Mentee:
    return next(one for one in store.all(Mentee) if one.name.startswith(name))


async def go(app: MentorApp, pilot: Pilot[int], kind: type[S], *keys: str) -> S:
    """Open Maja from the first screen, press the keys, and return the screen that is then there."""
    await pilot.pause()
    await app.push_screen(BY_NAME["overview"].load()(app.context, mentee(app.store).id))
    await pilot.press(*keys)
    await pilot.pause()
    assert isinstance(app.screen, kind), app.screen
    return app.screen
