"""The app on a real file, with the worked example, in Danish, on a Monday morning."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest
from textual._context import visible_screen_stack
from textual.pilot import Pilot

from data.clock import Clock, set_clock
from data.i18n import set_language
from data.settings import Settings
from data.store.opening import OpenedStore, empty_store, open_store
from data.store.store import Store
from screens.frame.base import BaseScreen
from screens.frame.context import Context
from tests.tools.example import begin_with_example
from tui.app import MentorApp

MORNING = datetime(2026, 11, 23, 8, 5)  # noqa: DTZ001 - the clock adds the computer's offset

Keys = Pilot[int]
First = Callable[[Context], BaseScreen[None]]
AppOn = Callable[[Store], MentorApp]


class Lobby(BaseScreen[None]):
    """An empty first screen, for tests that begin in a place further in."""


@pytest.fixture(autouse=True)
def _morning() -> Iterator[None]:
    set_clock(Clock(MORNING))
    set_language("da")
    yield
    set_clock(None)
    set_language("en")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    folder = tmp_path / "records"
    folder.mkdir(mode=0o700)
    return folder / "mentor.json"


@pytest.fixture
def opened(path: Path, request: pytest.FixtureRequest) -> Iterator[OpenedStore]:
    """A file saved by its thread as in the running program: with the example for `store`."""
    if "store" in request.fixturenames:
        begin_with_example(path, "da")
    found = open_store(path, by="birgitte", threaded=True)
    yield found
    found.close()


@pytest.fixture
def empty(opened: OpenedStore) -> Store:
    return opened.store


@pytest.fixture
def store(opened: OpenedStore) -> Store:
    """A file with the worked example, which is no step of undo."""
    return opened.store


@pytest.fixture
def no_records() -> Iterator[Store]:
    """What those have who have no data file: an app may start a thread for it, which ends here."""
    found = empty_store()
    yield found
    found.close()


@pytest.fixture
def first() -> First:
    """Make the screen that the app opens with: none that takes time, unless a file has its own."""
    return Lobby


@pytest.fixture
def app_on(first: First) -> AppOn:
    """Make an app on a store."""

    def make(store: Store) -> MentorApp:
        context = Context(store, Settings())
        return MentorApp(context, first=first(context))

    return make


@pytest.fixture
def app(store: Store, app_on: AppOn) -> MentorApp:
    """The app on the worked example."""
    return app_on(store)


def screen_text(app: MentorApp) -> str:
    """Return what the screen in front shows, line by line."""
    visible_screen_stack.set(app._background_screens)
    strips = app.screen._compositor.render_strips()
    return "\n".join(strip.text.rstrip() for strip in strips)
