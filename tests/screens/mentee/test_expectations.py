"""The alignment of expectations: proposed, changed together, agreed on, looked at again."""

from __future__ import annotations

from datetime import date, timedelta

from data.clock import today
from data.dates import show_date
from data.i18n import _
from data.library import agreement_defaults
from data.records import Agreement, Mentee
from data.store.change import Change
from data.store.store import Store
from screens.mentee.expectations import ExpectationsScreen
from tests.screens.conftest import screen_text
from tests.screens.places import go, mentee
from tui.app import MentorApp


def agreement(store: Store, one: Mentee | None = None) -> Agreement:
    (found,) = store.of(Agreement, (one or mentee(store)).id)
    return found


async def test_the_page_says_what_was_agreed(app: MentorApp, store: Store) -> None:
    async with app.run_test(size=(80, 40)) as pilot:
        page = await go(app, pilot, ExpectationsScreen, "0")
        there = agreement(store)

        assert there.purpose in page.pane.plain
        assert there.agreed_on
        stamp = _("Agreed on {date}").format(date=show_date(there.agreed_on))
        assert stamp in screen_text(app)


async def test_a_new_one_begins_with_a_proposal_that_is_changed_together(
    app: MentorApp, store: Store
) -> None:
    store.commit([Change.deleted(agreement(store))])
    defaults = agreement_defaults("da").for_mentee(mentee(store).id)
    async with app.run_test(size=(80, 24)) as pilot:
        await go(app, pilot, ExpectationsScreen, "0")
        assert _("There is expectations not agreed yet.") in screen_text(
            app
        ) or "Enter" in screen_text(app)
        await pilot.press("d")
        assert _("Nothing to agree on yet: Enter starts the expectations") in screen_text(app)
        await pilot.press("enter")
        await pilot.press(*" Vi lærer.", "tab", "tab", "ctrl+u", *"1t", "tab", *"Lokale 7", "f10")
        await pilot.pause()

        there = agreement(store)
        assert there.purpose == f"{defaults.purpose} Vi lærer.".strip()
        assert there.minutes == 60
        assert there.place.endswith("Lokale 7")
        assert there.agreed_on is None
        not_yet = _("Not agreed yet: d marks it as agreed today")
        assert not_yet in screen_text(app)


async def test_d_notes_the_day_and_when_it_is_looked_at_again(app: MentorApp, store: Store) -> None:
    store.commit([Change.edited(agreement(store), agreed_on=None, review_on=None)])
    days = agreement_defaults("da").review_days
    async with app.run_test(size=(80, 24)) as pilot:
        await go(app, pilot, ExpectationsScreen, "0", "d")

        there = agreement(store)
        assert there.agreed_on == today()
        assert there.review_on == today() + timedelta(days=days)
        await pilot.press("u")
        assert agreement(store).agreed_on is None


async def test_a_review_to_come_stays_when_agreed_anew(app: MentorApp, store: Store) -> None:
    coming = today() + timedelta(days=5)
    store.commit([Change.edited(agreement(store), review_on=coming)])
    first = agreement(store).agreed_on
    assert first
    async with app.run_test(size=(80, 24)) as pilot:
        await go(app, pilot, ExpectationsScreen, "0")
        await pilot.press("d")
        await pilot.pause()
        assert agreement(store).agreed_on == first
        await pilot.press("y")
        await pilot.pause()

        there = agreement(store)
        assert there.review_on == coming
        assert (there.agreed_on, there.agreed_earlier) == (today(), (first,))
        before = _("Agreed on before: {dates}").format(dates=show_date(first))
        assert before in screen_text(app)
        await pilot.press("d")
        await pilot.pause()
        assert agreement(store).agreed_earlier == (first,)


async def test_m_notes_that_the_manager_confirmed(app: MentorApp, store: Store) -> None:
    store.commit([Change.edited(agreement(store), manager_confirmed_on=None)])
    async with app.run_test(size=(80, 24)) as pilot:
        await go(app, pilot, ExpectationsScreen, "0")
        await pilot.press("D")
        await pilot.pause()
        assert agreement(store).manager_confirmed_on is None
        await pilot.press("y")
        await pilot.pause()
        assert agreement(store).manager_confirmed_on == today()
        await pilot.press("D", "y")
        await pilot.pause()
        assert agreement(store).manager_confirmed_on is None


async def test_a_wrong_date_is_said_and_nothing_typed_is_lost(app: MentorApp, store: Store) -> None:
    before = agreement(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await go(app, pilot, ExpectationsScreen, "0")
        await pilot.press("e")
        await pilot.pause()
        await pilot.press(*" Nyt.", "shift+tab", "ctrl+u", *"31-2", "f10")
        await pilot.pause()
        assert agreement(store) == before
        await pilot.press(*["backspace"] * 9, *"1-3-2027", "f10")
        await pilot.pause()

        assert agreement(store).purpose.endswith(" Nyt.")
        assert agreement(store).review_on == date(2027, 3, 1)


async def test_a_deleted_mentee_takes_the_page_along(app: MentorApp, store: Store) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await go(app, pilot, ExpectationsScreen, "0")
        store.commit([Change.deleted(mentee(store))])
        await pilot.pause()

        assert not isinstance(app.screen, ExpectationsScreen)
