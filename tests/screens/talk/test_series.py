"""The series of talks: numbers kept, moved, postponed, cancelled, another rhythm, reading."""

from __future__ import annotations

import os
import stat
from datetime import date, timedelta
from pathlib import Path

import pytest
from textual.pilot import Pilot

from data.clock import today
from data.i18n import _
from data.records import Answer, Mentee, Talk, TalkState, Task
from data.store.change import Change
from data.store.store import Store
from screens.dialogs.ask import AskDialog
from screens.dialogs.pick import PickDialog
from screens.talk.papers import PreparationScreen, SummaryScreen
from screens.talk.read import TalkReadScreen
from screens.talk.screen import TalkScreen
from screens.talk.series import TalksScreen
from tests.screens.conftest import screen_text
from tests.screens.talk.tools import SIZE, maja, write
from tests.tools.hurry import until
from tui.app import MentorApp

Keys = Pilot[int]


def series(store: Store) -> list[Talk]:
    return sorted(store.of(Talk, maja(store).id), key=lambda one: one.number)


def numbered(store: Store, number: int) -> Talk:
    return next(one for one in series(store) if one.number == number)


async def talks(app: MentorApp, pilot: Keys, number: int) -> TalksScreen:
    """Open Maja's talks with the cursor on one of them."""
    screen = TalksScreen(app.context, maja(app.store).id)
    app.push_screen(screen)
    await pilot.pause()
    assert screen.grid.go_to(numbered(app.store, number).id)
    await pilot.pause()
    return screen


async def test_the_cursor_begins_on_the_talk_that_is_next(app: MentorApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        screen = TalksScreen(app.context, maja(app.store).id)
        app.push_screen(screen)
        await pilot.pause()

        talk = app.store.get(Talk, screen.grid.row_id)
        assert talk is not None
        assert talk.planned_on == today()
        lines = screen_text(app).splitlines()
        assert [line.split()[0] for line in lines[3:9]] == ["1", "2", "3", "4", "5", "▎"]


async def test_a_moved_talk_keeps_its_number(app: MentorApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await talks(app, pilot, 7)
        await pilot.press("f")
        await pilot.pause()
        await pilot.press("ctrl+u")
        await write(pilot, "9/12")
        await pilot.press("tab", "ctrl+u")
        await write(pilot, "14")
        await pilot.press("enter")
        await pilot.pause()

        moved = numbered(app.store, 7)
        assert (moved.planned_on, moved.planned_time) == (date(2026, 12, 9), "14:00")
        await pilot.press("u")
        assert numbered(app.store, 7).planned_on != date(2026, 12, 9)


async def test_a_bad_date_is_told_in_one_line_and_the_text_stays(app: MentorApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await talks(app, pilot, 7)
        before = numbered(app.store, 7)
        await pilot.press("f")
        await pilot.pause()
        await pilot.press("ctrl+u")
        await write(pilot, "snart")
        await pilot.press("f10")
        await pilot.pause()
        await pilot.pause()

        assert "snart" in screen_text(app)
        assert numbered(app.store, 7) == before


async def test_a_postponed_talk_waits_without_a_date(app: MentorApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await talks(app, pilot, 7)
        await pilot.press("p")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()

        talk = numbered(app.store, 7)
        assert (talk.state, talk.planned_on) == (TalkState.POSTPONED, None)
        assert _("no date") in screen_text(app)


async def test_a_cancelled_talk_keeps_its_number_and_can_be_planned_again(app: MentorApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await talks(app, pilot, 7)
        await pilot.press("x")
        await pilot.pause()
        assert isinstance(app.screen, AskDialog)
        await pilot.press("j")
        await pilot.pause()
        assert numbered(app.store, 7).state is TalkState.CANCELLED
        await pilot.press("f")
        await pilot.pause()
        await pilot.press("ctrl+u")
        await write(pilot, "+2u")
        await pilot.press("f10")
        await pilot.pause()

        again = numbered(app.store, 7)
        assert (again.state, again.planned_on) == (
            TalkState.PLANNED,
            today() + timedelta(weeks=2),
        )


async def test_a_talk_that_was_held_cannot_be_moved_and_says_so(app: MentorApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await talks(app, pilot, 3)
        for key in ("f", "p", "x", "d"):
            await pilot.press(key)
            await pilot.pause()
            said = _("Talk {number} has been held: Enter opens it, and e corrects its day")
            assert said.format(number=3) in " ".join(screen_text(app).split())
        assert numbered(app.store, 3).state is TalkState.HELD
        await pilot.press("o")
        await pilot.pause()
        assert "Ctrl+T" in screen_text(app)
        await pilot.press("e")
        await pilot.pause()
        assert isinstance(app.screen, TalkReadScreen), "it is corrected there"


async def test_e_on_a_talk_to_come_edits_its_day(app: MentorApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await talks(app, pilot, 7)
        await pilot.press("e", "ctrl+u")
        await write(pilot, "9/12")
        await pilot.press("f10")
        await pilot.pause()
        assert numbered(app.store, 7).planned_on == date(2026, 12, 9)


async def test_a_cancelled_talk_says_that_f_plans_it_again(app: MentorApp) -> None:
    app.store.commit([Change.edited(numbered(app.store, 7), state=TalkState.CANCELLED)])
    async with app.run_test(size=SIZE) as pilot:
        await talks(app, pilot, 7)
        for key in ("x", "d", "p", "enter"):
            await pilot.press(key)
            await pilot.pause()
            said = _("Talk {number} was cancelled; f plans it again").format(number=7)
            assert said in screen_text(app), key
        assert numbered(app.store, 7).state is TalkState.CANCELLED


async def test_a_talk_held_elsewhere_is_noted_with_one_key(app: MentorApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await talks(app, pilot, 6)
        await pilot.press("d")
        assert numbered(app.store, 6).state is TalkState.HELD


async def test_a_new_talk_gets_the_next_number_and_the_day_of_the_rhythm(app: MentorApp) -> None:
    last = series(app.store)[-1].number
    async with app.run_test(size=SIZE) as pilot:
        await talks(app, pilot, 1)
        await pilot.press("a")
        await pilot.pause()
        await pilot.press("f10")
        await pilot.pause()

        new = series(app.store)[-1]
        assert new.number == last + 1
        assert new.planned_on is not None
        assert new.planned_on > today()


async def test_another_rhythm_says_what_it_moves_before_it_does(app: MentorApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await talks(app, pilot, 7)
        before = series(app.store)
        await pilot.press("r")
        await pilot.pause()
        assert isinstance(app.screen, PickDialog)
        await pilot.press("down", "enter")
        await pilot.pause()
        await pilot.pause()
        assert isinstance(app.screen, AskDialog)
        assert series(app.store) == before
        assert _("Talk {number}: new, {after}").format(number=9, after="")[:14] in screen_text(app)
        await pilot.press("j")
        await pilot.pause()
        await pilot.pause()

        after = series(app.store)
        assert [one.number for one in after] == list(range(1, len(after) + 1))
        assert [one for one in after if one.number <= 6] == before[:6]
        assert maja(app.store).rhythm == "asye"
        await pilot.press("u")
        assert len(series(app.store)) == len(before)


async def test_an_ended_talk_is_read_with_the_wording_asked_then(app: MentorApp) -> None:
    held = numbered(app.store, 5)
    answer = next(
        one for one in app.store.of(Answer, held.mentee_id) if one.talk_id == held.id and one.mentee
    )
    app.store.commit([Change.edited(answer, question="Hvad spurgte vi om dengang?")])
    async with app.run_test(size=SIZE) as pilot:
        await talks(app, pilot, 5)
        await pilot.press("enter")
        await pilot.pause()

        assert isinstance(app.screen, TalkReadScreen)
        assert "Hvad spurgte vi om dengang?" in app.screen.pane.plain
        assert answer.mentee in app.screen.pane.plain


async def test_nothing_private_of_an_ended_talk_is_on_a_shared_screen(app: MentorApp) -> None:
    held = numbered(app.store, 5)
    canary = Answer(
        mentee_id=held.mentee_id,
        talk_id=held.id,
        key="wellbeing",
        question="Trivsel",
        mentor="KANARIE",
        private=True,
    )
    for one in app.store.of(Answer, held.mentee_id):
        if one.talk_id == held.id and one.key == "wellbeing":
            app.store.commit([Change.deleted(one)])
    app.store.commit([Change.created(canary)])
    async with app.run_test(size=SIZE) as pilot:
        await talks(app, pilot, 5)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, TalkReadScreen)
        assert "KANARIE" in app.screen.pane.plain
        await pilot.press("f6")
        await pilot.pause()
        assert "KANARIE" not in app.screen.pane.plain
        await pilot.press("f6", "S")
        await pilot.pause()
        assert isinstance(app.screen_stack[-1], SummaryScreen)
        assert "KANARIE" not in app.screen.pane.plain


async def test_the_summary_goes_into_a_file_for_its_owner_alone(app: MentorApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await talks(app, pilot, 5)
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("S")
        await pilot.pause()
        assert isinstance(app.screen, SummaryScreen)
        left_out, _line, shown = app.screen.pane.plain.partition("\n")
        assert left_out == "Ikke med: det private og det, mentor har lært."
        path = await write_text(pilot)
        assert path.read_text("utf-8").split() == ["Fortroligt", *shown.split()]
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert path.name in screen_text(app)


async def write_text(pilot: Pilot[int]) -> Path:
    """Write what the screen shows as a text file, and return its path."""
    await pilot.press("w")
    await pilot.pause()
    await pilot.press("tab", "t", "f10")
    folder = Path(os.environ["HOME"]) / "mentorrollen"
    await until(lambda: [*folder.glob("*.txt")])
    (path,) = folder.glob("*.txt")
    app = pilot.app
    assert isinstance(app, MentorApp)
    await until(lambda: path.name in screen_text(app), "nothing was said")
    return path


async def test_the_sheet_asks_about_the_tasks_that_were_chosen(app: MentorApp) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await talks(app, pilot, 7)
        await pilot.press("o")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        await pilot.pause()
        await pilot.press("escape")
        await pilot.pause()
        (task_id,) = numbered(app.store, 7).task_ids
        await pilot.press("v")
        await pilot.pause()

        assert isinstance(app.screen, PreparationScreen)
        task = app.store.get(Task, task_id)
        assert task is not None
        assert f"»{task.title}«" in app.screen.pane.plain.replace("\n", " ")
        assert "{task}" not in app.screen.pane.plain
        await write_text(pilot)
        await until(lambda: numbered(app.store, 7).prepared_on == today())


@pytest.mark.parametrize(("number", "opens"), [(7, TalkScreen), (6, TalkScreen)])
async def test_enter_begins_the_talk_under_the_cursor(
    app: MentorApp, number: int, opens: type
) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await talks(app, pilot, number)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, opens)
        await pilot.press("enter")
        await pilot.pause()
        assert numbered(app.store, number).state is TalkState.RUNNING


async def test_a_mentee_without_talks_says_what_to_do(app: MentorApp) -> None:
    nobody = Mentee(name="Ny Person", start=today())
    app.store.commit([Change.created(nobody)])
    async with app.run_test(size=SIZE) as pilot:
        app.push_screen(TalksScreen(app.context, nobody.id))
        await pilot.pause()
        told = _("No talks yet. a adds one, t starts one now, r plans a whole series.")
        assert told[:40] in screen_text(app)
        await pilot.press("r")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        await pilot.pause()
        await pilot.press("j")
        await pilot.pause()
        await pilot.pause()

        found = sorted(one.number for one in app.store.of(Talk, nobody.id))
        assert len(found) > 10
        assert found == list(range(1, len(found) + 1))
