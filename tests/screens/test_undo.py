"""Undo says what it takes back and whose it was, and asks about a mentee who is not in front."""

from __future__ import annotations

import pytest

from data.i18n import _
from data.records import Mentee, Need, Note, Task
from data.store.change import Change
from data.store.store import Store
from screens.dialogs.ask import AskDialog
from screens.home.screen import HomeScreen
from screens.overview.screen import OverviewScreen
from tests.screens.conftest import screen_text
from tests.screens.places import mentee
from tui.app import MentorApp


@pytest.fixture
def first() -> type[HomeScreen]:
    """These tests begin where a user does."""
    return HomeScreen


def titles(store: Store, one: Mentee) -> list[str]:
    return [task.title for task in store.of(Task, one.id) if task.title in {"Ny A", "Ny B"}]


async def test_undo_held_down_stops_before_another_mentee(app: MentorApp, store: Store) -> None:
    maja, emil = mentee(store), mentee(store, "Emil")
    for one, title in ((emil, "Ny A"), (maja, "Ny B")):
        task = Task(mentee_id=one.id, title=title)
        store.commit([Change.created(task)], title)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)
        app.screen.lists.mentees.go_to(maja.id)
        await pilot.press("u")
        await pilot.pause()
        said = screen_text(app)
        assert "Ny B" in said
        assert "Maja Holm" in said.splitlines()[-2] + said.splitlines()[-3]
        await pilot.press("u", "u", "u")
        await pilot.pause()
        assert isinstance(app.screen, AskDialog)
        assert len(app.screen_stack) == 2
        assert emil.name in screen_text(app)
        assert titles(store, emil) == ["Ny A"]
        await pilot.press("n", "u")
        await pilot.pause()
        await pilot.press("y")
        await pilot.pause()
        assert titles(store, emil) == []
        await pilot.press("U")
        await pilot.pause()
        assert isinstance(app.screen, AskDialog)
        await pilot.press("y")
        await pilot.pause()

    assert (titles(store, emil), titles(store, maja)) == (["Ny A"], [])


async def test_the_shared_view_asks_without_a_name(app: MentorApp, store: Store) -> None:
    emil = mentee(store, "Emil")
    note = Note(mentee_id=emil.id, text="Hemmelig")
    store.commit([Change.created(note)], "Hemmelig")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)
        app.screen.lists.mentees.go_to(mentee(store).id)
        await pilot.press("f6", "u")
        await pilot.pause()
        assert isinstance(app.screen, AskDialog)
        assert "Hemmelig" not in screen_text(app)
        title = next(line for line in screen_text(app).splitlines() if _("Undo?") in line)
        assert emil.name not in title


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (Change.created, "new: {name}"),
        (Change.deleted, "{name} deleted"),
        (lambda need: Change.edited(need, need="x"), "edit {name}"),
    ],
)
async def test_a_step_that_is_called_as_its_record_says_what_was_done(
    app: MentorApp, store: Store, change: object, said: str
) -> None:
    maja = mentee(store)
    need = Need(mentee_id=maja.id, area="Notatteknik")
    assert callable(change)
    if "new" not in said:
        store.commit([Change.created(need)], undoable=False)
    store.commit([change(store.get(Need, need.id) or need)], need.area)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)
        app.screen.lists.mentees.go_to(maja.id)
        await pilot.press("u")
        await pilot.pause()
        assert _(said).format(name=need.area) in screen_text(app)
        assert maja.name in screen_text(app).splitlines()[-2]


async def test_undo_that_leads_back_is_said_on_the_screen_it_leads_to(
    app: MentorApp, store: Store
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("a", *"Ny", "tab", *"1-12-2026", "f10")
        await pilot.pause()
        assert isinstance(app.screen, OverviewScreen)
        await pilot.press("2")
        await pilot.pause()
        await pilot.press("u")
        await pilot.pause()
        assert isinstance(app.screen, HomeScreen)
        assert [one for one in store.all(Mentee) if one.name == "Ny"] == []
        undone = _("Undone: {what} (U redoes)").partition(":")[0]
        assert undone in screen_text(app)
        await pilot.press("U")
        await pilot.pause()
        assert _("Redone: {what}").partition(":")[0] in screen_text(app)
