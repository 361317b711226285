"""Today after weeks away: lines of one sort are one, seen to with one key, endings first."""

from __future__ import annotations

from datetime import timedelta

import pytest
from textual.pilot import Pilot

from data.clock import now, today
from data.i18n import _
from data.library import duties
from data.method.mentorship.roles import new_mentee_records
from data.method.today.due import DueKind
from data.method.today.fold import FOLD_FROM
from data.records import Action, ActionState, Mentee, Postponed
from data.store.change import Change
from data.store.store import Store
from screens.dialogs.ask import AskDialog
from screens.home.screen import HomeScreen
from tests.screens.conftest import AppOn, screen_text
from tests.screens.home.support import home
from tui.app import MentorApp

AWAY = 14
"""Actions whose day passed while the mentor was away."""


def named(store: Store, name: str) -> Mentee:
    return next(one for one in store.all(Mentee) if one.name.startswith(name))


@pytest.fixture
def away(store: Store, app_on: AppOn) -> MentorApp:
    """The app after weeks away: many actions of Maja's, and Nadia's period has ended."""
    maja, nadia = named(store, "Maja"), named(store, "Nadia")
    actions = [
        Action(mentee_id=maja.id, what=f"Aftale {n}", due=today() - timedelta(days=3 * n + 1))
        for n in range(AWAY)
    ]
    store.commit([Change.created(one) for one in actions], "x")
    store.commit([Change.edited(nadia, ends=today() - timedelta(days=2))], "x")
    return app_on(store)


async def to_fold(app: MentorApp, pilot: Pilot[int], kind: DueKind) -> str:
    """Stand on the line of Today that stands for those of a kind; return its key."""
    await pilot.press("tab")
    key = next(key for key in home(app).lists.folds if key.startswith(f"fold:{kind}"))
    assert home(app).lists.today.go_to(key)
    await pilot.pause()
    return key


async def test_lines_of_one_sort_are_one_and_endings_come_first(away: MentorApp) -> None:
    async with away.run_test(size=(80, 30)) as pilot:
        await pilot.press("tab")
        lists = home(away).lists
        assert len(lists.dues) >= FOLD_FROM
        rows = lists.today.body.rows
        assert len(rows) < 10
        assert (first := lists.dues.due(rows[0].id)) is not None
        assert first.kind is DueKind.PERIOD
        text = screen_text(away)
        assert f"({AWAY + 1})" in text  # the actions, with the one of the example
        assert _("Today ({number})").format(number=len(lists.dues)) in text


async def test_one_key_settles_all_of_a_sort_and_u_takes_it_back(
    away: MentorApp, store: Store
) -> None:
    def open_ones() -> int:
        return sum(one.state is ActionState.OPEN for one in store.all(Action))

    async with away.run_test(size=(80, 30)) as pilot:
        before = open_ones()
        await to_fold(away, pilot, DueKind.ACTION)
        await pilot.press("d")
        await pilot.pause()
        assert isinstance(away.screen, AskDialog)
        assert "Aftale 13" in screen_text(away)  # it names what it would settle

        await pilot.press("y")
        await pilot.pause()
        assert before - open_ones() == AWAY + 1

        await pilot.press("u")
        await pilot.pause()
        assert open_ones() == before


async def test_one_key_puts_all_of_a_sort_off(away: MentorApp, store: Store) -> None:
    before = len(store.all(Postponed))
    async with away.run_test(size=(80, 30)) as pilot:
        await to_fold(away, pilot, DueKind.ACTION)
        await pilot.press("p", "f10")
        await pilot.pause()
        assert not any(due.kind is DueKind.ACTION for due in home(away).lists.dues)
    assert len(store.all(Postponed)) - before == AWAY + 1


async def test_enter_shows_each_and_folds_them_again(away: MentorApp) -> None:
    async with away.run_test(size=(80, 50)) as pilot:
        await to_fold(away, pilot, DueKind.ACTION)
        assert "Aftale: Aftale 9" not in screen_text(away)
        await pilot.press("enter")
        assert "  Aftale: Aftale 9" in screen_text(away)
        await pilot.press("down", "enter")  # a line inside opens its place
        await pilot.pause()
        assert not isinstance(away.screen, HomeScreen)
        await pilot.press("escape", "up", "enter")
        assert len(home(away).lists.today.body.rows) < 10


async def test_duties_from_before_have_one_line_for_all(store: Store, app_on: AppOn) -> None:
    changes = []
    for name in ("Bo Holm", "Ida Lund", "Åse Krogh"):
        start = today() - timedelta(weeks=20)
        mentee = Mentee(name=name, start=start, created_at=now())
        changes += new_mentee_records(mentee, "", duties("da"), today())
    store.commit(changes, "x")
    app = app_on(store)
    async with app.run_test(size=(80, 40)) as pilot:
        key = await to_fold(app, pilot, DueKind.EARLIER)
        fold = home(app).lists.folds[key]
        assert (len(fold.dues), fold.mentee_id) == (3, "")
        assert fold.who == "3 mentees"
        assert fold.who in screen_text(app)
        await pilot.press("d", "y")
        await pilot.pause()
        assert key not in home(app).lists.folds
        assert not any(due.kind is DueKind.EARLIER for due in home(app).lists.dues)


async def test_a_filter_that_fits_nobody_does_not_say_that_nothing_waits(app: MentorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("slash", *"qqq")
        await pilot.pause()
        text, number = screen_text(app), len(home(app).lists.dues)
        assert number
        assert _("Today ({shown} of {number})").format(shown=0, number=number) in text
        assert _("Nothing needs attention today.") not in text

        await pilot.press("escape")
        assert _("Today ({number})").format(number=number) in screen_text(app)
