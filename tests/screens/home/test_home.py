"""The first screen: mentees, what one key does there, and the empty beginning."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from data.clock import now, today
from data.i18n import _
from data.records import KINDS, CourseState, Mentee, Note, Person, Talk, TalkState, Task
from data.store.change import Change
from data.store.store import Store
from screens.frame.places import PLACES, load
from screens.home.opening import Opening
from screens.home.screen import HomeScreen
from screens.mentee.base import MenteeScreen
from screens.overview.screen import OverviewScreen
from screens.search.screen import SearchScreen
from tests.screens.conftest import AppOn, screen_text
from tests.screens.home.support import home, whole
from tests.screens.places import mentee
from tui.app import MentorApp


async def test_each_mentee_has_a_line_that_says_how_it_goes(app: MentorApp) -> None:
    async with whole(app):
        lines = {line[1:15].strip(): line for line in screen_text(app).splitlines()}

    assert _("starts in {days} d").format(days=14) in lines["Emil Kragh"]
    assert _("week {number}").format(number=6) in lines["Maja Holm"]
    assert "5/7" in lines["Maja Holm"]
    assert "14:00" in lines["Maja Holm"]


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)])
async def test_both_lists_are_in_sight_at_every_size(app: MentorApp, size: tuple[int, int]) -> None:
    async with whole(app, size):
        text = screen_text(app)

        assert "Nadia Berg" in text
        assert _("Today ({number})").format(number=len(home(app).lists.dues)) in text


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


@pytest.mark.parametrize(("key", "closes"), [("n", True), ("escape", False)])
async def test_only_no_asks_whether_to_close_one_of_whom_nothing_is_written(
    empty: Store, app_on: AppOn, key: str, closes: bool
) -> None:
    empty.commit([Change.created(Mentee(name="Åse Holm"))])
    app = app_on(empty)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("x")
        await pilot.pause()
        assert _("Delete {name}?").format(name="Åse Holm") in screen_text(app)
        await pilot.press(key)
        await pilot.pause()
        asked = _("Close the mentorship with {name}?").format(name="Åse Holm")
        assert (asked in screen_text(app)) is closes
        assert isinstance(app.screen, HomeScreen) is not closes
    assert [one.name for one in empty.all(Mentee)] == ["Åse Holm"]


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


@pytest.mark.parametrize("size", [(60, 20), (40, 10)])
async def test_the_empty_start_uses_the_lines_it_has(
    empty: Store, app_on: AppOn, size: tuple[int, int]
) -> None:
    app = app_on(empty)
    async with app.run_test(size=size):
        lines = screen_text(app).splitlines()
        assert lines[-1].strip(), "the keys"
        assert not lines[-2].strip(), "the line for what happens"
        assert lines[-3].strip() or not home(app).empty.is_cut, "the text goes on to the end"


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


async def test_deleting_for_good_says_what_comes_before_it(app: MentorApp) -> None:
    said = _("Close the mentorship first (x); v shows the closed ones, and X deletes there")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("X")
        await pilot.pause()
        assert said in screen_text(app)
        await pilot.press("escape", "ctrl+p", *_("Delete for good"), "enter")
        await pilot.pause()
        assert said in screen_text(app)
