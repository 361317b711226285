"""The first screen: mentees, Today, what one key does there, and the empty beginning."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date, timedelta

import pytest
from textual.pilot import Pilot

from data.clock import now, today
from data.i18n import _
from data.method.today.due import DueKind
from data.records import (
    KINDS,
    CourseState,
    Mentee,
    Note,
    Person,
    Postponed,
    Talk,
    TalkState,
    Task,
)
from data.store.change import Change
from data.store.store import Store
from screens.frame.places import PLACES, load
from screens.home.opening import Opening
from screens.home.screen import HomeScreen
from screens.mentee.base import MenteeScreen
from screens.overview.screen import OverviewScreen
from screens.people.screen import PeopleScreen
from screens.search.screen import SearchScreen
from tests.screens.conftest import AppOn, screen_text
from tui.app import MentorApp


@pytest.fixture
def first() -> type[HomeScreen]:
    """These tests begin where a user does."""
    return HomeScreen


def home(app: MentorApp) -> HomeScreen:
    assert isinstance(app.screen, HomeScreen)
    return app.screen


@asynccontextmanager
async def whole(app: MentorApp, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Pilot[int]]:
    """Open the app and wait, as a user does, until more than the names can be seen."""
    async with app.run_test(size=size) as pilot:
        for _turn in range(20):
            await pilot.pause()
            if not home(app).opening.names_only:
                break
        await pilot.pause()
        yield pilot


def mentee(store: Store, name: str) -> Mentee:
    return next(one for one in store.all(Mentee) if one.name.startswith(name))


async def to_due(app: MentorApp, pilot: Pilot[int], kind: DueKind) -> str:
    """Stand on the first line of Today of that kind; return the id of its record."""
    await pilot.press("tab")
    lists = home(app).lists
    for _step in range(len(lists.dues)):
        if lists.due and lists.due.kind is kind:
            return lists.due.record_id
        await pilot.press("down")
    pytest.fail(f"no {kind} in Today")


async def test_each_mentee_has_a_line_that_says_how_it_goes(app: MentorApp) -> None:
    async with whole(app):
        lines = {line[1:15].strip(): line for line in screen_text(app).splitlines()}

    assert _("starts in {days} d").format(days=14) in lines["Emil Kragh"]
    assert _("week {number}").format(number=6) in lines["Maja Holm"]
    assert "5/7" in lines["Maja Holm"]
    assert "14:00" in lines["Maja Holm"]


async def test_today_has_all_that_is_due_with_who_what_and_why(app: MentorApp) -> None:
    async with app.run_test(size=(80, 40)) as pilot:
        await to_due(app, pilot, DueKind.SPARRING)
        text = screen_text(app)

        assert len(home(app).lists.dues) >= 8
        assert all(due.mentee.split()[0] in text for due in home(app).lists.dues)
        due = home(app).lists.due
        assert due
        assert set(due.why.split()) <= set(text.split())


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)])
async def test_both_lists_are_in_sight_at_every_size(app: MentorApp, size: tuple[int, int]) -> None:
    async with whole(app, size):
        text = screen_text(app)

        assert "Nadia Berg" in text
        assert _("Today ({number})").format(number=len(home(app).lists.dues)) in text


async def test_one_key_settles_a_sparring_and_u_takes_it_back(app: MentorApp, store: Store) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        task_id = await to_due(app, pilot, DueKind.SPARRING)
        before = store.get(Task, task_id)
        await pilot.press("d")

        task = store.get(Task, task_id)
        assert task
        assert task.sparring_held_on == today()
        assert all(due.record_id != task_id for due in home(app).lists.dues) or task.needs_check

        await pilot.press("u")
        task = store.get(Task, task_id)
        assert task
        assert before
        assert task.sparring_held_on == before.sparring_held_on


async def test_p_puts_a_line_off_to_a_day_and_it_comes_back_then(
    app: MentorApp, store: Store
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await to_due(app, pilot, DueKind.ACTION)
        due = home(app).lists.due
        assert due
        await pilot.press("p", "enter")

        assert home(app).lists.dues.due(due.key) is None
        (one,) = [one for one in store.all(Postponed) if one.key == due.key]
        assert one.until == today() + timedelta(days=7)


async def test_p_refuses_a_day_that_is_not_to_come_and_keeps_what_was_typed(
    app: MentorApp, store: Store
) -> None:
    put_off = len(store.all(Postponed))
    async with app.run_test(size=(80, 24)) as pilot:
        await to_due(app, pilot, DueKind.ACTION)
        await pilot.press("p", *["backspace"] * 10, *"1-1-2026", "enter")

        assert "1-1-2026" in screen_text(app)
        assert _("Choose a date after today") in screen_text(app)
    assert len(store.all(Postponed)) == put_off


async def test_enter_in_today_opens_the_place_on_the_record(app: MentorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        introduction_id = await to_due(app, pilot, DueKind.INTRODUCTION)
        mentee_id = home(app).lists.mentee_id
        await pilot.press("enter")

        assert isinstance(app.screen, PeopleScreen)
        assert app.screen.mentee_id == mentee_id
        assert app.screen.grid.row_id.endswith(introduction_id)


async def test_enter_opens_every_line_of_today(app: MentorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("tab")
        for key in [due.key for due in home(app).lists.dues]:
            assert home(app).lists.today.go_to(key)
            await pilot.press("enter")
            await pilot.pause()
            assert not isinstance(app.screen, HomeScreen), key
            await pilot.press("escape")
            await pilot.pause()
            assert isinstance(app.screen, HomeScreen), key


async def test_a_digit_opens_that_screen_of_the_mentee_under_the_cursor(app: MentorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        mentee_id = home(app).lists.mentee_id
        for place in PLACES:
            await pilot.press(place.key)
            shown = app.screen
            assert isinstance(shown, MenteeScreen)
            assert (type(shown), shown.mentee_id) == (load(place.name), mentee_id)
            await pilot.press("escape")
            assert home(app).lists.mentee_id == mentee_id


async def test_the_slash_narrows_by_name_and_enter_opens(app: MentorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("slash", "n", "a", "d")
        assert "Emil" not in screen_text(app)

        await pilot.press("enter")
        assert isinstance(app.screen, OverviewScreen)
        assert app.screen.mentee
        assert app.screen.mentee.name == "Nadia Berg"

        await pilot.press("escape")
        assert "Emil" in screen_text(app)


@pytest.mark.parametrize("keys", [("escape",), ("enter", "escape")])
async def test_esc_after_finding_leaves_the_cursor_on_what_was_found(
    app: MentorApp, keys: tuple[str, ...]
) -> None:
    async with whole(app) as pilot:
        lists = home(app).lists
        shown = [row.id for row in lists.mentees.body.rows if row.id in lists.views]
        assert len(shown) > 1
        last = lists.views[shown[-1]].mentee

        await pilot.press("slash", *last.name[:3].lower(), *keys)
        await pilot.pause()

        assert {row.id for row in lists.mentees.body.rows} >= set(shown)
        assert lists.mentees.row_id == last.id


async def test_a_second_slash_searches_everything_for_what_was_typed(app: MentorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("slash", *"barn", "slash")

        assert isinstance(app.screen, SearchScreen)
        assert app.screen.line.value == "barn"
        await pilot.press("e")
        assert app.screen.line.value == "barne", "it is gone on with"


async def test_letters_in_the_filter_are_no_commands(app: MentorApp, store: Store) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("slash", *"adxtesprvnu")

        assert home(app).finder.line.value == "adxtesprvnu"
        await pilot.press("escape")
        assert len(home(app).lists.views) == 3


async def test_closing_says_what_it_means_and_r_takes_the_course_up_again(
    app: MentorApp, store: Store
) -> None:
    maja = mentee(store, "Maja")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("down", "x")
        assert app.screen.is_modal
        await pilot.press("f10")

        closed = store.get(Mentee, maja.id)
        assert closed
        assert closed.state is CourseState.CLOSED
        assert closed.closed_on == today()
        await pilot.pause()
        assert _("What {name} can do now").format(name=maja.name) in screen_text(app)
        await pilot.press("escape")
        assert maja.id not in home(app).lists.views

        await pilot.press("v")
        assert "Maja Holm" in screen_text(app)
        await pilot.press("r")
        again = store.get(Mentee, maja.id)
        assert again
        assert again.state is CourseState.ACTIVE

        await pilot.press("escape")
        assert maja.id in home(app).lists.views


async def test_each_of_the_two_lists_remembers_where_the_cursor_stood(
    store: Store, app_on: AppOn
) -> None:
    store.commit([Change.created(Mentee(name=f"Åse {at}")) for at in range(4)])
    app = app_on(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("down", "down", "down")
        stood_on = home(app).lists.mentee_id
        await pilot.press("v")
        assert home(app).lists.mentee_id != stood_on
        await pilot.press("v")
        assert home(app).lists.mentee_id == stood_on


async def test_no_is_no(app: MentorApp, store: Store) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("x", "n")

    assert all(one.state is not CourseState.CLOSED for one in store.all(Mentee))


async def test_a_talk_that_was_cut_off_is_offered_first(app: MentorApp, store: Store) -> None:
    nadia = mentee(store, "Nadia")
    talk = next(t for t in store.of(Talk, nadia.id) if t.state is TalkState.PLANNED)
    started = now().replace(hour=7, minute=42)
    store.commit([Change.edited(talk, state=TalkState.RUNNING, started_at=started)])

    async with whole(app):
        second = screen_text(app).splitlines()[1]

        assert "Nadia Berg" in second
        assert "07:42" in second
        assert home(app).lists.mentee_id == nadia.id


async def test_an_empty_start_says_what_to_do_and_one_key_brings_the_example(
    empty: Store, app_on: AppOn
) -> None:
    app = app_on(empty)
    async with app.run_test(size=(80, 24)) as pilot:
        assert _("There are no mentees yet.") in screen_text(app)
        await pilot.press("E")
        assert _("Add the example data?") in screen_text(app)
        assert not empty.all(Mentee)
        await pilot.press("y")
        await pilot.pause()
        assert "Maja Holm" in screen_text(app)

        await pilot.press("u")
        assert _("There are no mentees yet.") in screen_text(app)
    assert not empty.all(Mentee)


async def test_the_example_goes_in_one_action_and_leaves_nothing(
    empty: Store, app_on: AppOn
) -> None:
    app = app_on(empty)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("E", "y", "E", "y")

        assert _("There are no mentees yet.") in screen_text(app)
        assert {kind.table: empty.all(kind) for kind in KINDS if empty.all(kind)} == {}
        await pilot.press("u")
        assert "Maja Holm" in screen_text(app)


async def test_people_of_the_example_stay_where_somebody_else_names_them(
    app: MentorApp, store: Store
) -> None:
    person = next(one for one in store.all(Person) if one.example)
    own = Mentee(name="Ida", start=date(2026, 11, 2))
    task = Task(mentee_id=own.id, title="Hjemmebesøg", sparring_with=person.id)
    store.commit([Change.created(own), Change.created(task)])

    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("E", "y")

    assert [one.name for one in store.all(Mentee)] == ["Ida"]
    assert [replace(one, rev=0).id for one in store.all(Person)] == [person.id]
    assert not store.all(Person)[0].example


async def test_markup_in_a_name_is_shown_as_it_was_typed(app: MentorApp, store: Store) -> None:
    store.commit([Change.edited(mentee(store, "Emil"), name="[red]x[/] æøå", title="[b]")])
    async with whole(app):
        text = screen_text(app)

        assert "[red]x[/] æøå" in text


async def test_n_notes_something_about_the_mentee_under_the_cursor(
    app: MentorApp, store: Store
) -> None:
    emil = mentee(store, "Emil")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("n", *"ring", "escape")

    (note,) = [one for one in store.of(Note, emil.id) if one.text == "ring"]
    assert note.private


async def test_monday_five_past_eight(app: MentorApp, store: Store) -> None:
    """Two sparrings, a newcomer without a buddy and the talk are seen without a key."""
    emil = mentee(store, "Emil")
    async with whole(app):
        text = screen_text(app)
        kinds = [due.kind for due in home(app).lists.dues]

        assert kinds.count(DueKind.SPARRING) == 2
        assert DueKind.TALK in kinds
        assert text.count(_("Sparring")) >= 2
        assert _("no buddy") in text.split(emil.name)[1].split("Maja Holm")[0]


async def test_what_opening_had_to_say_stands_there_until_esc(app: MentorApp) -> None:
    app.context.notices.append("[b]Filen var beskadiget")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("down")
        assert "[b]Filen var beskadiget" in screen_text(app)
        await pilot.press("escape")
        assert "[b]Filen var beskadiget" not in screen_text(app)


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_the_names_stand_there_until_the_rest_is_worked_out(
    store: Store,
    app_on: Callable[[Store], MentorApp],
    monkeypatch: pytest.MonkeyPatch,
    size: tuple[int, int],
) -> None:
    monkeypatch.setattr(Opening, "complete", lambda _opening, **_how: None)
    app = app_on(store)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()

        assert "Maja Holm" in screen_text(app)
        assert _("All mentorships are closed") not in screen_text(app)
