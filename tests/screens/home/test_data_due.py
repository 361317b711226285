"""Today names what is due about the data of a closed mentorship, and Enter leads to it."""

from __future__ import annotations

from data.clock import today
from data.method.hold import hold
from data.records import CourseState, Mentee
from data.store.change import Change
from screens.frame.base import BaseScreen
from screens.home.screen import HomeScreen
from tests.screens.conftest import screen_text
from tests.screens.places import mentee
from tui.app import MentorApp


def close(app: MentorApp) -> Mentee:
    maja = mentee(app.store)
    closed = Change.edited(maja, state=CourseState.CLOSED, closed_on=today())
    app.store.commit([closed], undoable=False)
    found = app.store.get(Mentee, maja.id)
    assert found
    return found


async def test_private_notes_of_a_closed_mentorship_are_named_and_enter_leads_there(
    app: MentorApp,
) -> None:
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.pause()
        assert "Sletning" not in screen_text(app)
        maja = close(app)
        await pilot.pause()
        assert "Sletning" in screen_text(app)
        assert "Private noter kan slettes" in screen_text(app)

        home = app.screen
        assert isinstance(home, HomeScreen)
        await pilot.press("tab")
        row = next(one for one in home.lists.today.body.rows if "deletion" in one.id)
        home.lists.today.go_to(row.id)
        await pilot.press("enter")
        await pilot.pause()
        assert "Afsluttede forløb" in screen_text(app)
        assert home.lists.mentees.row_id == maja.id

        await pilot.press("v", "tab")
        home.lists.today.go_to(row.id)
        await pilot.press("p")
        await pilot.pause()
        assert not isinstance(app.screen, BaseScreen)
        await pilot.press("f10")
        await pilot.pause()
        assert "Private noter kan slettes" not in screen_text(app)


async def test_on_hold_nothing_is_due(app: MentorApp) -> None:
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.pause()
        maja = close(app)
        app.store.commit([hold(maja, today())], undoable=False)
        await pilot.pause()
        assert "Sletning" not in screen_text(app)


async def test_a_mentorship_that_is_reopened_has_its_lines_again(app: MentorApp) -> None:
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.pause()
        before = screen_text(app)
        maja = close(app)
        await pilot.pause()
        opened = Change.edited(maja, state=CourseState.ACTIVE, closed_on=None)
        app.store.commit([opened], undoable=False)
        await pilot.pause()
        now, then = (
            text.replace("▎", " ").splitlines()[1:-2] for text in (screen_text(app), before)
        )
        assert now == then
