"""Opening a place of the example as the mentee list does, for tests that begin there."""

from __future__ import annotations

from typing import TypeVar

from textual.pilot import Pilot

from data.records import Mentee, MenteeRecord
from data.store.store import Store
from screens.frame.base import BaseScreen
from screens.frame.places import PLACES, load
from tui.app import MentorApp

R = TypeVar("R", bound=MenteeRecord)
S = TypeVar("S", bound=BaseScreen[None])


def mentee(store: Store, name: str = "Maja") -> Mentee:
    return next(one for one in store.all(Mentee) if one.name.startswith(name))


def own(store: Store, kind: type[R]) -> list[R]:
    """Return the records of a kind of the example's Maja."""
    return store.of(kind, mentee(store).id)


def newest(store: Store, kind: type[R]) -> R:
    """Return the one made last."""
    return max(own(store, kind), key=lambda one: int(one.id))


def again(store: Store, one: R) -> R:
    """Return a record as it is stored now."""
    found = store.get(type(one), one.id)
    assert found
    return found


async def go(app: MentorApp, pilot: Pilot[int], kind: type[S], *keys: str, name: str = "Maja") -> S:
    """Open a place of a mentee, press the keys, and return the screen that is then there.

    A digit that comes first is the key of the place, as in the mentee list; otherwise it is the
    overview.
    """
    place = next((one for one in PLACES if one.key == "".join(keys[:1])), None)
    await pilot.pause()
    screen = load(place.name if place else "overview")(app.context, mentee(app.store, name).id)
    await app.push_screen(screen)
    await pilot.press(*(keys[1:] if place else keys))
    await pilot.pause()
    assert isinstance(app.screen, kind), app.screen
    return app.screen
