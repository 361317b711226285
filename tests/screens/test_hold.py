"""On hold: a deletion is refused before anybody is asked about it, and so is undo."""

from __future__ import annotations

from data.clock import today
from data.method.hold import hold
from data.records import Note, Task
from data.storage.kept.policy import longest_days
from data.store.change import Change
from screens.dialogs.base import Dialog
from screens.plan.screen import PlanScreen
from tests.screens.conftest import screen_text
from tests.screens.places import go, mentee, own
from tui.app import MentorApp

SAID = "Intet om Maja Holm må slettes"


async def test_x_says_why_and_deletes_nothing(app: MentorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        maja = mentee(app.store)
        app.store.commit([hold(maja, today(), "indsigt")], undoable=False)
        before = own(app.store, Task), own(app.store, Note)
        await go(app, pilot, PlanScreen, "2", "x")
        assert not isinstance(app.screen, Dialog)
        assert SAID in screen_text(app)
        assert (own(app.store, Task), own(app.store, Note)) == before


async def test_undo_of_a_new_note_is_refused_in_the_same_words(app: MentorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await go(app, pilot, PlanScreen, "2", "n", *"en ny note", "escape")
        maja = mentee(app.store)
        app.store.commit([hold(maja, today())], undoable=False)
        await pilot.press("u")
        await pilot.pause()
        assert SAID in screen_text(app)
        assert "Fortrudt" not in screen_text(app)
        assert any(note.text == "en ny note" for note in own(app.store, Note))


async def test_where_it_is_not_asked_first_it_is_said_too(app: MentorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await go(app, pilot, PlanScreen, "2")
        maja = mentee(app.store)
        app.store.commit([hold(maja, today())], undoable=False)
        task = own(app.store, Task)[0]
        screen.commit([Change.deleted(task)], "slet")
        await pilot.pause()
        assert SAID in screen_text(app)
        assert task in own(app.store, Task)


async def test_a_question_about_a_deletion_says_how_long_backups_have_it(app: MentorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await go(app, pilot, PlanScreen, "2")
        await pilot.press("x")
        await pilot.pause()
        assert isinstance(app.screen, Dialog)
        assert f"op til {longest_days()} dage" in screen_text(app)
