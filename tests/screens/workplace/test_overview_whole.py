"""The pages of a coordinator cut no text while rows of the screen are free."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from data.clock import today
from data.i18n import set_language
from data.published.schema import PublishedMentee, Stage
from data.settings import Settings
from data.store.opening import empty_store
from screens.frame.context import Context
from screens.workplace.overview_base import WorkplaceList
from screens.workplace.overview_mentor import MentorScreen
from screens.workplace.overview_screen import WorkplaceScreen
from tests.screens.conftest import Keys, screen_text
from tests.screens.workplace.published_files import ME, publish
from tests.tools.hurry import until
from tui.app import MentorApp


@pytest.fixture(params=["da", "en"])
def app(tmp_path: Path, request: pytest.FixtureRequest) -> MentorApp:
    """A mentor whose mentees lack all that can be told of."""
    set_language(request.param)
    long_ago = today() - timedelta(60)
    lacks = PublishedMentee(
        4711,
        9,
        Stage.LEARNING,
        3,
        4,
        last_talk=long_ago,
        steps=2,
        steps_of=8,
        no_plan=True,
        no_buddy=True,
        no_expectations=True,
        retention_due=today(),
    )
    publish(tmp_path, ME, *[lacks] * 5, written=today() - timedelta(20), capacity=4)
    context = Context(empty_store(), Settings(), has_records=False)
    return MentorApp(context, first=WorkplaceScreen(context, [tmp_path]))


def letters(text: str) -> str:
    """Return a text without its blanks, wherever its lines end."""
    return "".join(text.split())


def shown(app: MentorApp) -> str:
    return letters(screen_text(app).replace("▎", " "))


def is_whole(app: MentorApp, page: WorkplaceList) -> bool:
    """Whether no text is cut while a row is free, and what is said above the list is all there."""
    (above,) = page.names(page.grid.body.spoken()).above
    lines = screen_text(app).splitlines()[page.grid.region.y : page.grid.region.bottom]
    free = any(not line.strip() for line in lines)
    cut = any("…" in line for line in lines) or letters(page.detail.plain) not in shown(app)
    return letters(above) in shown(app) and not (free and cut)


async def look(app: MentorApp, pilot: Keys, page: WorkplaceList) -> None:
    """Look at the page on each of its rows."""
    await until(lambda: page.grid.body.rows)
    for row in page.grid.body.rows:
        if not row.heading:
            page.grid.go_to(row.id)
            await pilot.pause()
            with looked_at(app, page) as whole:
                await until(whole)


@contextmanager
def looked_at(app: MentorApp, page: WorkplaceList) -> Iterator[Callable[[], bool]]:
    """Yield what says whether the page is whole; show the page, if it never is."""
    try:
        yield lambda: is_whole(app, page)
    except AssertionError as never:
        raise AssertionError(screen_text(app)) from never


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)])
async def test_no_text_is_cut_while_there_are_free_rows(
    app: MentorApp, size: tuple[int, int]
) -> None:
    async with app.run_test(size=size) as pilot:
        front = app.screen
        assert isinstance(front, WorkplaceScreen)
        await look(app, pilot, front)
        if size != (60, 20):  # there are not so many rows
            assert letters(front.detail.plain) in shown(app), screen_text(app)
        await pilot.press("home", "enter")
        await pilot.pause()
        mentor = app.screen
        assert isinstance(mentor, MentorScreen)
        await look(app, pilot, mentor)
