"""Publishing from the program: on after a yes, renewed while it is open, shown, and off."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from data.clock import Clock, set_clock
from data.i18n import set_language
from data.paths import settings_file
from data.published.kept import kept
from data.published.read import NotReadable, read
from data.published.renew import prepared, take_away
from data.records import CourseState, Mentee, Note
from data.settings import Settings, load_settings, save_settings
from data.store.change import Change
from data.store.opening import OpenedStore, open_store
from screens.frame.base import BaseScreen
from screens.frame.context import Context
from screens.publishing.page import PublishedScreen
from screens.publishing.switch import PublishDialog
from tests.screens.conftest import screen_text
from tests.screens.test_deleted_for_good import delete
from tests.tools.hurry import until
from tui.app import MentorApp

TODAY = date(2026, 11, 23)


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[OpenedStore]:
    set_clock(Clock(datetime(2026, 11, 23, 8, 5)))  # noqa: DTZ001 - the clock adds the offset
    set_language("en")
    folder = tmp_path / "records"
    folder.mkdir(mode=0o700)
    found = open_store(folder / "mentor.json", by="birgitte", threaded=True)
    people = (Mentee(name="Maja Holm", start=TODAY), Mentee(name="Bo Lund", start=TODAY))
    found.store.commit(map(Change.created, people), undoable=False)
    found.store.flush()
    yield found
    found.close()


@pytest.fixture
def app(opened: OpenedStore) -> MentorApp:
    return MentorApp(Context(opened.store, Settings(), file=opened.path))


@pytest.fixture
def file(opened: OpenedStore) -> Path:
    """The file that is published."""
    return opened.path.with_name("published.json")


@pytest.fixture
def is_on(opened: OpenedStore) -> None:
    """It is published already, as by a command the day before."""
    settings = Settings(publish=True)
    save_settings(settings_file(os.environ), settings)
    prepared(opened.store, opened.path, settings, date(2026, 11, 22)).begin(os.environ)


def count(file: Path) -> int:
    """Return how many mentees are in it; -1 where it is not there."""
    try:
        return len(read(file).mentees)
    except NotReadable:
        return -1


def front(app: MentorApp) -> BaseScreen[None]:
    assert isinstance(app.screen, BaseScreen)
    return app.screen


async def test_on_shows_what_others_see_and_writes_it_after_a_yes(
    app: MentorApp, file: Path
) -> None:
    async with app.run_test(size=(80, 24)) as keys:
        await keys.pause()
        await keys.press("ctrl+p", *"counts: on", "enter")
        await until(lambda: isinstance(app.screen, PublishDialog))
        await keys.pause()
        text = " ".join(screen_text(app).replace("│", " ").split())
        assert "As of 23-11-2026: 2 mentees." in text
        assert "Who can read it:" in text
        assert "Maja" not in text
        await keys.press("escape")
        await keys.pause()
        assert not file.exists()
        await keys.press("ctrl+p", *"counts: on", "enter")
        await until(lambda: isinstance(app.screen, PublishDialog))
        await keys.press("y")
        await until(file.exists)
        await until(lambda: app.context.settings.publish)
        assert load_settings(settings_file(os.environ)).settings.publish
        await keys.press("ctrl+p", *"others see", "enter")
        await until(lambda: isinstance(app.screen, PublishedScreen))
        await keys.pause()
        assert str(read(file).mentees[0].who) in screen_text(app)
        await keys.press("ctrl+p", *"counts: off", "enter")
        await until(lambda: not file.exists())
        await until(lambda: "Nothing is published. Ctrl+P" in screen_text(app))
    assert not load_settings(settings_file(os.environ)).settings.publish
    assert not kept(os.environ).file


@pytest.mark.usefixtures("is_on")
async def test_what_is_of_an_earlier_day_is_renewed_when_the_program_is_opened(
    app: MentorApp, file: Path
) -> None:
    assert read(file).written == date(2026, 11, 22)
    async with app.run_test(size=(80, 24)):
        await until(lambda: read(file).written == TODAY)


@pytest.mark.usefixtures("is_on")
async def test_what_is_changed_is_in_it_when_the_program_rests(app: MentorApp, file: Path) -> None:
    async with app.run_test(size=(80, 24)) as keys:
        await until(lambda: read(file).written == TODAY)
        app.store.commit([Change.created(Mentee(name="Ida Krogh", start=TODAY))])
        await until(lambda: count(file) == 3)
        maja = next(one for one in app.store.all(Mentee) if one.name == "Maja Holm")
        before = file.stat().st_ino
        app.store.commit([Change.created(Note(mentee_id=maja.id, text="noget"))])
        await keys.pause(8.0)
        assert file.stat().st_ino == before
        app.store.commit([Change.edited(maja, state=CourseState.CLOSED, closed_on=TODAY)])
        await until(lambda: any(one.retention_due for one in read(file).mentees))


@pytest.mark.usefixtures("is_on")
async def test_who_is_deleted_for_good_is_out_of_it(
    app: MentorApp, opened: OpenedStore, file: Path
) -> None:
    async with app.run_test(size=(80, 24)):
        await until(lambda: read(file).written == TODAY)
        maja = next(one for one in app.store.all(Mentee) if one.name == "Maja Holm")
        delete(opened.path, maja.id)
        await until(lambda: count(file) == 1)


@pytest.mark.usefixtures("is_on")
async def test_after_off_in_a_command_an_open_session_writes_nothing(
    app: MentorApp, file: Path
) -> None:
    async with app.run_test(size=(80, 24)) as keys:
        await until(lambda: read(file).written == TODAY)
        take_away(file.with_name("mentor.json"), os.environ)
        app.store.commit([Change.created(Mentee(name="Ida Krogh", start=TODAY))])
        await keys.pause(8.0)
        assert not file.exists()


@pytest.mark.usefixtures("is_on")
async def test_a_failure_is_said_and_all_goes_on(
    app: MentorApp, opened: OpenedStore, tmp_path: Path
) -> None:
    folder = tmp_path / "gone"
    folder.mkdir()
    settings = Settings(publish=True, publish_folder=str(folder))
    save_settings(settings_file(os.environ), settings)
    prepared(opened.store, opened.path, settings, TODAY).begin(os.environ)
    shutil.rmtree(folder)
    async with app.run_test(size=(80, 24)):
        await until(lambda: "What you publish was not renewed." in screen_text(app))
        app.store.commit([Change.created(Mentee(name="Ida Krogh", start=TODAY))])
        assert app.store.flush()


async def test_the_demo_publishes_nothing(opened: OpenedStore, file: Path) -> None:
    app = MentorApp(Context(opened.store, Settings(), file=opened.path, demo=True))
    async with app.run_test(size=(80, 24)) as keys:
        await keys.pause()
        await keys.press("ctrl+p", *"counts: on", "enter")
        await until(lambda: "The demo publishes nothing" in screen_text(app))
        assert not file.exists()
        assert not isinstance(front(app), PublishedScreen)
