"""Actions, doubts and case systems under real keys."""

from __future__ import annotations

from datetime import date

import pytest

from data.clock import today
from data.dates import show_date
from data.i18n import _
from data.method.view import MENTEE
from data.records import (
    Action,
    ActionState,
    Duty,
    DutyKind,
    Mentee,
    Note,
    NoteKind,
)
from data.store.change import Change
from data.store.store import Store
from screens.actions.screen import ActionsScreen
from screens.frame.places import open_place
from tests.screens.conftest import screen_text
from tests.screens.places import again, go, mentee, newest, own
from tui.app import MentorApp


async def test_an_action_has_what_who_and_when_and_is_carried_until_done(
    app: MentorApp, store: Store
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await go(app, pilot, ActionsScreen, "7")
        screen.go_to(own(store, Action)[0].id)
        await pilot.press("a", *"Ringe til skolen", "enter", *"maj", "down", "enter", *"fre", "f10")
        await pilot.pause()

        action = newest(store, Action)
        assert (action.what, action.who, action.due) == (
            "Ringe til skolen",
            MENTEE,
            date(2026, 11, 27),
        )
        await pilot.press("d")
        assert again(store, action).state is ActionState.DONE
        assert again(store, action).done_on == today()
        await pilot.press("d")
        assert again(store, action).state is ActionState.OPEN
        assert again(store, action).done_on is None


async def test_an_action_can_be_dropped_in_its_form(app: MentorApp, store: Store) -> None:
    action = next(one for one in own(store, Action) if one.state is ActionState.OPEN)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await go(app, pilot, ActionsScreen, "7")
        screen.go_to(action.id)
        await pilot.press("enter", "tab", "tab", "tab", "left", "f10")
        await pilot.pause()

        assert again(store, action).state is ActionState.DROPPED
        assert again(store, action).done_on is None


async def test_a_case_system_without_access_from_the_first_day_is_marked(
    app: MentorApp, store: Store
) -> None:
    system = next(one for one in own(store, Duty) if one.kind is DutyKind.SYSTEM)
    store.commit([Change.edited(system, access_on=None, done_on=None, first_used_on=None)])
    async with app.run_test(size=(80, 40)) as pilot:
        screen = await go(app, pilot, ActionsScreen, "7")
        screen.go_to(system.id)
        assert f"! {system.text}" in screen_text(app)
        await pilot.press("e", "tab", "tab", "tab", "tab", *"i dag", "f10")
        await pilot.pause()

        assert again(store, system).access_on == today()
        assert f"! {system.text}" not in screen_text(app) or again(store, system).due
        since = _("access since {date}").format(date=show_date(today()))
        assert since in screen.detail.plain


async def test_a_doubt_is_noted_without_a_subject_and_answered(
    app: MentorApp, store: Store
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await go(app, pilot, ActionsScreen, "7")
        screen.go_to(next(one for one in own(store, Note) if one.kind is NoteKind.DOUBT).id)
        await pilot.press("a", *"Må jeg spørge to gange?", "f10")
        await pilot.pause()

        note = newest(store, Note)
        assert (note.kind, note.private) == (NoteKind.DOUBT, True)
        assert screen.here() == ("doubt", note.id)
        assert "Må jeg spørge to gange?" in screen.detail.plain
        await pilot.press("d")
        await pilot.pause()
        await pilot.press("f10")
        await pilot.pause()
        assert again(store, note).answered_on == today()


async def test_doubts_are_not_on_the_screen_in_a_shared_view(app: MentorApp, store: Store) -> None:
    doubt = Note(mentee_id=mentee(store).id, kind=NoteKind.DOUBT, text="kanariefugl")
    store.commit([Change.created(doubt)])
    async with app.run_test(size=(80, 40)) as pilot:
        screen = await go(app, pilot, ActionsScreen, "7")
        screen.go_to(doubt.id)
        await pilot.pause()
        assert screen_text(app).count("kanariefugl") == 2
        await pilot.press("f6")
        await pilot.pause()
        assert "kanariefugl" not in screen_text(app)
        assert _("Doubts and questions") not in screen_text(app)


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)])
async def test_an_empty_list_says_what_belongs_there(
    app: MentorApp, store: Store, size: tuple[int, int]
) -> None:
    new = Mentee(name="Bo Ågård", start=today())
    store.commit([Change.created(new)])
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        open_place(app, app.context, "actions", new.id)
        await pilot.pause()
        text = screen_text(app)
        assert _("No case systems yet: a adds one") in text
        assert (
            _("Nothing yet: a adds a question or something the mentee is unsure about")[:50] in text
        )
        await pilot.press("d", "x", "e")
        await pilot.pause()
        assert isinstance(app.screen, ActionsScreen), "there is nothing to settle or delete"
        await pilot.press("enter", *"Aftale", "f10")
        await pilot.pause()
        assert [one.what for one in store.of(Action, new.id)] == ["Aftale"]
