"""`C` on the talks of a mentee, and on the first screen for all: a calendar file."""

from __future__ import annotations

from pathlib import Path

import pytest
from icalendar import Calendar

from data.records import CalendarEntry, Mentee, Talk
from data.store.change import Change
from screens.home.screen import HomeScreen
from screens.talk.series import TalksScreen
from tests.screens.places import go, mentee, own
from tui.app import MentorApp


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    (tmp_path / "home").mkdir()
    return tmp_path / "home"


def statuses(path: Path) -> list[str]:
    calendar = Calendar.from_ical(path.read_bytes())
    return [str(event["STATUS"]) for event in calendar.walk("VEVENT")]


async def test_the_talks_of_a_mentee_are_written_and_undo_takes_back_what_was_before(
    app: MentorApp, home: Path
) -> None:
    async with app.run_test() as pilot:
        screen = await go(app, pilot, TalksScreen, "3")
        await pilot.press("C")
        await pilot.pause()
        path = home / "mentorrollen/kalender-maja-holm.ics"
        assert (
            screen.notice_bar.text == "Kalenderen er skrevet: ~/mentorrollen/kalender-maja-holm.ics"
        )
        assert set(statuses(path)) == {"CONFIRMED"}
        await pilot.press("u")
        await pilot.pause()
        assert app.store.all(CalendarEntry)
        coming = next(one for one in own(app.store, Talk) if one.planned_on and not one.started_at)
        given = {one.of_id for one in app.store.all(CalendarEntry)}
        assert given
        gone = next(one for one in own(app.store, Talk) if one.id in given)
        app.store.commit([Change.deleted(gone)])
        await pilot.press("C")
        await pilot.pause()
        assert statuses(path).count("CANCELLED") == 1
        assert coming


async def test_a_folder_that_cannot_be_made_is_said(app: MentorApp, home: Path) -> None:
    (home / "mentorrollen").write_text("a file")
    async with app.run_test() as pilot:
        screen = await go(app, pilot, TalksScreen, "3")
        await pilot.press("C")
        await pilot.pause()
        assert screen.notice_bar.text.startswith("Der blev ikke skrevet noget")


@pytest.mark.parametrize("keys", [("f", "+", "3", "d", "f10"), ("p", "f10"), ("x", "j")])
async def test_a_talk_that_changes_after_its_calendar_was_written_says_so(
    app: MentorApp, home: Path, keys: tuple[str, ...]
) -> None:
    async with app.run_test() as pilot:
        screen = await go(app, pilot, TalksScreen, "3")
        talk = next(one for one in own(app.store, Talk) if one.planned_on and not one.started_at)
        said = f"Samtale {talk.number} står i kalenderen, som den var: C skriver filen igen"
        screen.grid.go_to(talk.id)
        for written in (False, True):
            if written:
                await pilot.press("C")
                await pilot.pause()
            await pilot.press(keys[0], *(["ctrl+u"] if keys[0] == "f" else []), *keys[1:])
            await pilot.pause()
            changed = app.store.get(Talk, talk.id)
            assert changed
            assert changed.rev > talk.rev
            assert (screen.notice_bar.text == said) is written
            await pilot.press("u")
            await pilot.pause()


async def test_the_calendar_of_the_mentee_is_found_by_other_words_on_its_own_screen(
    app: MentorApp, home: Path
) -> None:
    async with app.run_test() as pilot:
        await go(app, pilot, TalksScreen, "3")
        await pilot.press("ctrl+p", *"outlook", "enter")
        await pilot.pause()
        assert [one.name for one in (home / "mentorrollen").iterdir()] == ["kalender-maja-holm.ics"]


class TestOnTheFirstScreen:
    @pytest.fixture
    def first(self) -> type[HomeScreen]:
        """Begin where a user does."""
        return HomeScreen

    async def test_all_mentees_are_in_one_file_also_found_by_name(
        self, app: MentorApp, home: Path
    ) -> None:
        async with app.run_test() as pilot:
            await pilot.pause()
            await pilot.press("ctrl+p")
            await pilot.pause()
            await pilot.press(*"outlook", "enter")
            await pilot.pause()
            path = home / "mentorrollen/kalender.ics"
            assert len(statuses(path)) > 3
            assert app.screen.notice_bar.text.endswith("kalender.ics")  # type: ignore[attr-defined]
            assert mentee(app.store).name.encode() not in path.read_bytes()

    async def test_without_mentees_no_calendar_is_written(self, app: MentorApp, home: Path) -> None:
        for each in app.store.all(Mentee):
            app.store.commit([Change.deleted(each)])
        for entry in app.store.all(CalendarEntry):
            app.store.commit([Change.deleted(entry)])
        async with app.run_test() as pilot:
            await pilot.pause()
            await pilot.press("C")
            await pilot.pause()
            assert not (home / "mentorrollen").exists()
            assert app.screen.notice_bar.text == "Der er ingen mentees endnu"  # type: ignore[attr-defined]
