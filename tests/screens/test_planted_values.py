"""Whatever another program stores in a record, the program opens, and so does the mentee."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from data.settings import Settings
from data.store.opening import open_store
from screens.frame.base import BaseScreen
from screens.frame.context import Context
from screens.frame.places import PLACES
from tests.screens.conftest import screen_text
from tests.screens.places import go
from tests.tools.example import begin_with_example
from tests.tools.planted import Planter, plant
from tui.app import MentorApp


@pytest.mark.parametrize(
    ("kind", "first", "only"),
    [(date, 0, 0), (date, 0, 9), (date, 0, 10), (date, 0, 12), (datetime, 0, None), (int, 0, None)],
)
async def test_the_program_opens(path: Path, kind: type, first: int, only: int | None) -> None:
    begin_with_example(path, "da")
    plant(path, Planter(frozenset({kind}), first, only))
    opened = open_store(path, by="birgitte", threaded=True)
    try:
        app = MentorApp(Context(opened.store, Settings()))
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            assert "Maja Holm" in screen_text(app)
            for place in PLACES:
                await go(app, pilot, BaseScreen, place.key)
    finally:
        opened.close()
