"""Needs under real keys: two views entered apart, rounds, and knowledge tied to tasks."""

from __future__ import annotations

from datetime import date

import pytest

from data.clock import today
from data.i18n import _
from data.records import Knowledge, KnowledgeKind, Mentee, Need, Priority, Task
from data.store.change import Change
from data.store.store import Store
from screens.frame.places import open_place
from screens.needs.screen import NeedsScreen
from tests.screens.conftest import screen_text
from tests.screens.places import go, mentee
from tui.app import MentorApp


def needs(store: Store, round: int) -> list[Need]:
    return [one for one in store.of(Need, mentee(store).id) if one.round == round]


def knowledge(store: Store, title: str) -> Knowledge:
    found = (one for one in store.of(Knowledge, mentee(store).id) if one.title.startswith(title))
    return next(found)


def need_now(store: Store, one: Need) -> Need:
    found = store.get(Need, one.id)
    assert found
    return found


async def test_the_two_views_are_written_apart(app: MentorApp, store: Store) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await go(app, pilot, NeedsScreen, "6")
        await pilot.press("home", "a", *"Notater", "tab", *"kortere", "tab", "h", "f10")
        await pilot.pause()
        need = next(one for one in needs(store, 2) if one.area == "Notater")
        assert (need.need, need.priority, need.on) == ("kortere", Priority.HIGH, today())
        assert _("no answers yet") in screen_text(app)

        await pilot.press("i", *"For lange", "f10")
        await pilot.pause()
        await pilot.press("I")
        await pilot.pause()
        form = screen_text(app)
        assert "For lange" not in form.split(_("Mentor's answer"))[1].split("└")[0]
        await pilot.press(*"Grundige", "f10")
        await pilot.pause()

        now = need_now(store, need)
        assert (now.mentee_view, now.mentor_view) == ("For lange", "Grundige")
        said = _("Mentee, {when}: {text}").format(when=_("now"), text="For lange")
        assert said in screen.detail.plain


async def test_now_stands_beside_then(app: MentorApp, store: Store) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await go(app, pilot, NeedsScreen, "6")
        need = needs(store, 2)[0]
        before = next(one for one in needs(store, 1) if one.area == need.area)
        screen.go_to(need.id)
        await pilot.pause()

        lines = screen.detail.plain.split("\n")
        assert lines[0] == need.area
        assert _("Mentee, {when}: {text}").format(when=_("then"), text=before.mentee_view) in lines


async def test_a_new_round_asks_anew_and_keeps_the_old_one(app: MentorApp, store: Store) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await go(app, pilot, NeedsScreen, "6")
        old = needs(store, 2)
        await pilot.press("r", "j")
        await pilot.pause()

        new = needs(store, 3)
        assert [one.area for one in new] == [one.area for one in old]
        assert all(not one.mentee_view and not one.mentor_view for one in new)
        assert needs(store, 2) == old
        heading = _("Development needs, round {number}").format(number=3)
        assert heading in screen_text(app)
        screen.go_to(new[0].id)
        await pilot.pause()
        assert _("in the plan") in screen_text(app), "tasks of the earlier round still serve it"
        await pilot.press("u")
        assert needs(store, 3) == []


async def test_a_need_becomes_a_task_once(app: MentorApp, store: Store) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await go(app, pilot, NeedsScreen, "6")
        need = next(one for one in needs(store, 2) if one.area == "Overblik over egne sager")
        screen.go_to(need.id)
        await pilot.press("o")
        said = _("{title} is now in the plan (2)").format(title=need.area)
        assert said in screen_text(app)
        await pilot.press("o")
        tasks = [one for one in store.of(Task, mentee(store).id) if one.origin == need.id]
        assert [one.title for one in tasks] == [need.area]


async def test_the_mentors_view_waits_in_a_shared_view(app: MentorApp, store: Store) -> None:
    need = Need(mentee_id=mentee(store).id, area="Kanarie", round=2, mentor_view="min mening")
    store.commit([Change.created(need)])
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await go(app, pilot, NeedsScreen, "6")
        screen.go_to(need.id)
        await pilot.pause()
        assert "min mening" in screen_text(app)
        await pilot.press("f6")
        await pilot.pause()
        assert "min mening" not in screen_text(app)
        await pilot.press("i", *"mit syn", "f10")
        await pilot.pause()
        assert "min mening" in screen_text(app), "the mentee has said theirs"


async def test_knowledge_is_tied_to_a_task_and_untied(app: MentorApp, store: Store) -> None:
    item = knowledge(store, "Vejledning")
    assert item.task_ids == ()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await go(app, pilot, NeedsScreen, "6")
        screen.go_to(item.id)
        await pilot.pause()
        assert _("Not linked to a task yet") in screen.detail.plain
        await pilot.press("o", *"partsh", "enter")
        await pilot.pause()
        tied = knowledge(store, "Vejledning").task_ids
        task = store.get(Task, tied[0])
        assert task
        assert task.title == "Partshøring"
        assert "Partshøring" in screen.detail.plain
        await pilot.press("o", *"partsh", "enter")
        await pilot.pause()
        assert knowledge(store, "Vejledning").task_ids == ()


async def test_knowledge_is_learned_and_used(app: MentorApp, store: Store) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await go(app, pilot, NeedsScreen, "6")
        screen.go_to(knowledge(store, "Vejledning").id)
        await pilot.press("a", *"Ny regel", "tab", "r", "tab", *"9-11-2026", "f10")
        await pilot.pause()
        item = knowledge(store, "Ny regel")
        assert (item.kind, item.learned_on) == (KnowledgeKind.RULE, date(2026, 11, 9))
        assert _("not used for {days} d").format(days=14) in screen_text(app)
        await pilot.press("d")
        assert knowledge(store, "Ny regel").used_on == today()
        assert _("used after {days} d").format(days=14) in screen_text(app)
        await pilot.press("d")
        assert knowledge(store, "Ny regel").used_on is None


async def test_knowledge_added_from_a_bare_task_is_tied_to_it(app: MentorApp, store: Store) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await go(app, pilot, NeedsScreen, "6")
        await pilot.press("end")
        kind, task_id = screen.here()
        assert kind == "task"
        await pilot.press("a", *"Kursus i det", "f10")
        await pilot.pause()
        assert knowledge(store, "Kursus i det").task_ids == (task_id,)


async def test_needs_are_deleted_by_name_and_come_back(app: MentorApp, store: Store) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await go(app, pilot, NeedsScreen, "6")
        need = needs(store, 2)[0]
        screen.go_to(need.id)
        await pilot.press("x", "j")
        await pilot.pause()
        assert store.get(Need, need.id) is None
        await pilot.press("u")
        assert store.get(Need, need.id)


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)])
async def test_an_empty_map_says_how_it_begins(
    app: MentorApp, store: Store, size: tuple[int, int]
) -> None:
    new = Mentee(name="Bo Ågård", start=today())
    store.commit([Change.created(new)])
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        open_place(app, app.context, "needs", new.id)
        await pilot.pause()
        assert _("No needs yet: a adds an area to look at together")[:50] in screen_text(app)
        await pilot.press("r")
        assert _("No needs to review yet") in screen_text(app)
        await pilot.press("i", "I", "o", "d", "x", "e", "enter", *"Område", "f10")
        await pilot.pause()
        assert [one.area for one in store.of(Need, new.id)] == ["Område"]


async def test_a_need_keeps_its_earlier_round_when_its_area_gets_another_name(
    app: MentorApp, store: Store
) -> None:
    maja = mentee(store)
    first = Need(mentee_id=maja.id, area="Zonesamtaler", mentee_view="Svært")
    store.commit([Change.deleted(one) for one in store.of(Need, maja.id)])
    store.commit([Change.created(first)])
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await go(app, pilot, NeedsScreen, "6")
        await pilot.press("r", "y")
        await pilot.pause()
        (second,) = needs(store, 2)
        screen.grid.go_to(f"need:{second.id}")
        await pilot.press("enter", *["backspace"] * 12, *"Andet", "f10")
        await pilot.pause()
        assert need_now(store, second).area == "Andet"
        said = _("Mentee, {when}: {text}").format(when=_("then"), text="Svært")
        assert said in screen.detail.plain


async def test_one_of_an_older_file_stays_with_its_round_too(app: MentorApp, store: Store) -> None:
    maja = mentee(store)
    old = Need(mentee_id=maja.id, area="Zonesamtaler", mentee_view="Svært", round=7)
    now = Need(mentee_id=maja.id, area="zonesamtaler", round=8)
    store.commit([Change.created(old), Change.created(now)])
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await go(app, pilot, NeedsScreen, "6")
        screen.grid.go_to(f"need:{now.id}")
        await pilot.press("e", *["backspace"] * 12, *"Andet", "f10")
        await pilot.pause()
        assert need_now(store, now).earlier_id == old.id
        assert "Svært" in screen.detail.plain


async def test_one_key_makes_the_task_of_knowledge_and_ties_it(
    app: MentorApp, store: Store
) -> None:
    maja = mentee(store)
    item = Knowledge(mentee_id=maja.id, title="Zoneloven")
    store.commit([Change.created(item)])
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await go(app, pilot, NeedsScreen, "6")
        screen.grid.go_to(f"knowledge:{item.id}")
        await pilot.press("o", "enter")
        await pilot.pause()
        (task,) = (one for one in store.of(Task, maja.id) if one.title == "Zoneloven")
        assert knowledge(store, "Zoneloven").task_ids == (task.id,)
        await pilot.press("o", *"Egen opgave", "enter")
        await pilot.pause()
        own = next(one for one in store.of(Task, maja.id) if one.title == "Egen opgave")
        assert knowledge(store, "Zoneloven").task_ids == (task.id, own.id)
        await pilot.press("u")
        await pilot.pause()
        assert store.get(Task, own.id) is None
        assert knowledge(store, "Zoneloven").task_ids == (task.id,)
