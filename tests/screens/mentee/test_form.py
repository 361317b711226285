"""Adding and editing a mentee: few keys, dates understood, nothing moved unasked."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from data.clock import today
from data.i18n import _
from data.method.view import MENTEE
from data.records import (
    Action,
    CourseState,
    Duty,
    Mentee,
    Note,
    Role,
    RoleKind,
    Talk,
    TalkState,
)
from data.store.change import Change
from data.store.store import Store
from screens.dialogs.ask import AskDialog
from screens.dialogs.form import FormDialog
from screens.dialogs.pick import PickDialog
from screens.home.screen import HomeScreen
from screens.overview.screen import OverviewScreen
from tests.screens.conftest import AppOn, screen_text
from tui.app import MentorApp
from widgets.checked_input import CheckedInput


def only(store: Store) -> Mentee:
    (mentee,) = store.all(Mentee)
    return mentee


def fill(app: MentorApp, key: str, text: str) -> None:
    """Put a text into a field of the form in front, as a paste does."""
    assert isinstance(app.screen, FormDialog)
    field = app.screen.inputs[key]
    assert isinstance(field, CheckedInput)
    field.value = text


@pytest.fixture
def first() -> type[HomeScreen]:
    """These tests begin where a user does."""
    return HomeScreen


@pytest.fixture
def blank(empty: Store, app_on: AppOn) -> MentorApp:
    return app_on(empty)


async def test_a_newly_qualified_mentee_is_there_with_five_keys_besides_the_text(
    blank: MentorApp, empty: Store
) -> None:
    async with blank.run_test(size=(80, 24)) as pilot:
        await pilot.press("a", *"Maja Holm", "tab", *"3/8", "tab", "j", "f10")

        assert isinstance(blank.screen, OverviewScreen)
        said = _("{name} added. Next: 4 assign roles, 2 start the plan, t first talk.")
        assert said.format(name="Maja Holm")[:60] in screen_text(blank)

    mentee = only(empty)
    assert (mentee.name, mentee.start, mentee.newly_qualified) == (
        "Maja Holm",
        date(2026, 8, 3),
        True,
    )
    assert len(empty.of(Role, mentee.id)) == 5
    assert empty.of(Duty, mentee.id)
    numbers = sorted(talk.number for talk in empty.of(Talk, mentee.id))
    assert numbers == list(range(1, len(numbers) + 1))
    mentor = next(one for one in empty.of(Role, mentee.id) if one.kind is RoleKind.MENTOR)
    assert mentor.person_id


async def test_one_undo_takes_a_new_mentee_back(blank: MentorApp, empty: Store) -> None:
    async with blank.run_test(size=(80, 24)) as pilot:
        await pilot.press("a", *"Maja", "f10", "u")

    assert empty.all(Mentee) == []
    assert empty.all(Talk) == []


async def test_the_start_is_echoed_as_it_is_understood(blank: MentorApp) -> None:
    async with blank.run_test(size=(80, 24)) as pilot:
        await pilot.press("a", *"Maja", "tab", *"uge 50")

        assert "07-12-2026" in screen_text(blank)


@pytest.mark.parametrize(
    ("start", "ends", "said"),
    [
        ("1-8-2026", "31-7-2026", "The mentorship cannot end before it starts on {date}."),
        ("i forgårs x", "", "is not a date"),
    ],
)
async def test_what_cannot_be_is_refused_and_the_text_is_kept(
    blank: MentorApp, empty: Store, start: str, ends: str, said: str
) -> None:
    async with blank.run_test(size=(80, 24)) as pilot:
        await pilot.press("a", *"Maja")
        fill(blank, "start", start)
        fill(blank, "ends", ends)
        await pilot.press("f10")
        await pilot.pause()

        assert isinstance(blank.screen, FormDialog)
        assert blank.screen.texts()["name"] == "Maja"
        assert blank.screen.texts()["start"] == start
    assert empty.all(Mentee) == []


async def test_a_mentee_needs_a_name(blank: MentorApp, empty: Store) -> None:
    async with blank.run_test(size=(80, 24)) as pilot:
        await pilot.press("a", "space", "f10")
        await pilot.pause()

        assert _("A mentee needs a name") in screen_text(blank)
    assert empty.all(Mentee) == []


async def test_two_mentees_may_have_the_same_name(app: MentorApp, store: Store) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("a", *"Maja Holm", "f10")
        assert "Maja Holm" in screen_text(app)
        assert isinstance(app.screen, FormDialog), "it asks first"
        assert [one.name for one in store.all(Mentee)].count("Maja Holm") == 1
        await pilot.press("f10")

    assert [one.name for one in store.all(Mentee)].count("Maja Holm") == 2


async def test_a_mentee_about_whom_nothing_is_written_can_be_deleted(
    blank: MentorApp, empty: Store
) -> None:
    async with blank.run_test(size=(80, 24)) as pilot:
        await pilot.press("a", *"Mjaa", "f10", "escape", "x")
        assert _("Delete {name}?").format(name="Mjaa") in screen_text(blank)
        await pilot.press("y")
        assert [empty.all(kind) for kind in (Mentee, Role, Duty, Talk)] == [[]] * 4
        await pilot.press("u")
        maja = only(empty)
        empty.commit([Change.created(Note(mentee_id=maja.id, text="Hej"))])
        await pilot.press("x")
        assert _("Delete {name}?").format(name="Mjaa") not in screen_text(blank)
        await pilot.press("escape")
    assert only(empty) == maja


async def test_another_start_says_which_talks_it_moves_and_asks(
    blank: MentorApp, empty: Store
) -> None:
    async with blank.run_test(size=(80, 24)) as pilot:
        await pilot.press("a", *"Maja", "tab", *"1-12-2026", "f10", "escape")
        assert isinstance(blank.screen, HomeScreen)
        first = min(empty.all(Talk), key=lambda talk: talk.number)
        await pilot.press("e", "tab", *["backspace"] * 10, *"8-12-2026", "f10")
        await pilot.pause()
        assert isinstance(blank.screen, AskDialog)
        await pilot.press("j")

    moved = min(empty.all(Talk), key=lambda talk: talk.number)
    assert first.planned_on
    assert moved.planned_on == first.planned_on + timedelta(days=7)
    assert only(empty).start == date(2026, 12, 8)


async def test_no_leaves_start_and_talks_and_saves_the_rest(blank: MentorApp, empty: Store) -> None:
    async with blank.run_test(size=(80, 24)) as pilot:
        await pilot.press("a", *"Maja", "tab", *"1-12-2026", "f10", "escape")
        before = {talk.id: talk.planned_on for talk in empty.all(Talk)}
        await pilot.press("e", *" Holm", "tab", *["backspace"] * 10, *"8-12-2026", "f10", "n")

    assert (only(empty).name, only(empty).start) == ("Maja Holm", date(2026, 12, 1))
    assert {talk.id: talk.planned_on for talk in empty.all(Talk)} == before


async def test_a_paused_course_says_so_and_has_nothing_due(app: MentorApp, store: Store) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("down", "e", *["tab"] * 8, "space", "f10")

        maja = next(one for one in store.all(Mentee) if one.name == "Maja Holm")
        assert maja.state is CourseState.PAUSED
        assert _("paused") in screen_text(app)
        assert isinstance(app.screen, HomeScreen)
        left = [due for due in app.screen.lists.dues if due.mentee_id == maja.id]
        owed = {one.id for one in store.of(Action, maja.id) if one.who != MENTEE}
        assert {due.record_id for due in left} <= owed  # what others owe stays


async def test_a_pause_has_a_day_on_which_it_ends_and_it_is_said(
    app: MentorApp, store: Store
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("down", "e", *["tab"] * 8, "space", "tab", *"1/12", "f10")
        await pilot.pause()
        maja = next(one for one in store.all(Mentee) if one.name == "Maja Holm")
        assert (maja.state, maja.back_on) == (CourseState.PAUSED, date(2026, 12, 1))
        said = _("paused until {date}").format(date="01-12-2026")
        assert said in " ".join(screen_text(app).split())
        await pilot.press("enter")
        await pilot.pause()
        assert said in screen_text(app)
        await pilot.press("e", *["tab"] * 8, "space", "f10")
        await pilot.pause()
        maja = next(one for one in store.all(Mentee) if one.name == "Maja Holm")
        assert (maja.state, maja.back_on) == (CourseState.ACTIVE, None)


async def test_enter_by_habit_cancels_no_talk_after_a_new_end(
    blank: MentorApp, empty: Store
) -> None:
    mentee = Mentee(name="Maja", start=today() - timedelta(days=30))
    talk = Talk(mentee_id=mentee.id, number=1, planned_on=today() + timedelta(days=20))
    empty.commit([Change.created(mentee), Change.created(talk)])
    async with blank.run_test(size=(80, 24)) as pilot:
        await pilot.press("e", *["tab"] * 6, *"+1u", "f10")
        await pilot.pause()
        assert isinstance(blank.screen, PickDialog)
        assert [one.label for one in blank.screen.items] == [
            _("Keep them"),
            _("Move them"),
            _("Cancel them"),
        ]
        await pilot.press("enter")
        await pilot.pause()

    found = empty.get(Talk, talk.id)
    assert found == empty.all(Talk)[0]
    assert (found.state, found.planned_on) == (TalkState.PLANNED, talk.planned_on)
    assert empty.all(Mentee)[0].ends == today() + timedelta(weeks=1)


async def test_a_start_to_come_is_told_in_days(blank: MentorApp, empty: Store) -> None:
    async with blank.run_test(size=(80, 24)) as pilot:
        await pilot.press("a", *"Maja", "tab", *"4-12-2026", "f10", "escape")

        assert _("starts in {days} d").format(days=11) in screen_text(blank)


async def test_esc_asks_twice_where_text_would_go(blank: MentorApp, empty: Store) -> None:
    async with blank.run_test(size=(80, 24)) as pilot:
        await pilot.press("a", *"Maja", "escape")
        assert len(blank.screen_stack) == 2
        await pilot.press("escape")
        assert len(blank.screen_stack) == 1

    assert empty.all(Mentee) == []


async def test_closing_cancels_talks_to_come(blank: MentorApp, empty: Store) -> None:
    mentee = Mentee(name="Maja", start=today() - timedelta(days=30))
    talk = Talk(mentee_id=mentee.id, number=1, planned_on=today() + timedelta(days=2))
    empty.commit([Change.created(mentee), Change.created(talk)])
    async with blank.run_test(size=(80, 24)) as pilot:
        await pilot.press("x", "n", "j")  # it could be deleted, too

    found = empty.get(Talk, talk.id)
    assert found
    assert (found.state, found.number) == (TalkState.CANCELLED, 1)


async def test_any_name_is_kept_and_shown_as_typed(blank: MentorApp, empty: Store) -> None:
    names = ["[red]x[/]", "=1+1", "Åse Østergård-Ærø", "n" * 80, "😀 Bo"]
    async with blank.run_test(size=(120, 24)) as pilot:
        for name in names:
            await pilot.press("a")
            fill(blank, "name", name)
            await pilot.press("f10", "escape")
            assert name[:40] in screen_text(blank)

    assert {mentee.name for mentee in empty.all(Mentee)} == set(names)
