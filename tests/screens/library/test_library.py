"""The library by keys: texts, questions, tips and materials (R42, R44, R63, R75, R79, R87)."""

from __future__ import annotations

import os
from typing import TypeVar

import pytest
from textual.pilot import Pilot

from data.clock import now, today
from data.i18n import _
from data.library import materials, text
from data.library.shared import Shared, use_shared
from data.library.templates import PlanTemplate, TemplateRow
from data.method.plan.recall import recall
from data.paths import templates_folder
from data.queries.own_texts import library_text
from data.queries.views import mentee_view
from data.records import Mentee, Note, NoteKind, OwnText, Question, Task, Tip
from data.settings import Settings
from data.store.change import Change
from data.store.store import Store
from data.templates.own import save_template
from screens.frame.base import BaseScreen
from screens.frame.context import Context
from screens.home.screen import HomeScreen
from screens.library.culture import CultureScreen
from screens.library.questions import QuestionsScreen
from screens.library.screen import LibraryScreen
from screens.library.shelves import shelves
from screens.library.text import TextScreen
from screens.library.tips import TipsScreen
from screens.mentee.expectations import ExpectationsScreen
from tests.screens.conftest import screen_text
from tui.app import MentorApp

Keys = Pilot[int]
S = TypeVar("S", bound=BaseScreen[None])


async def write(pilot: Keys, words: str) -> None:
    await pilot.press(*("space" if char == " " else char for char in words))


def at(app: MentorApp, kind: type[S]) -> S:
    assert isinstance(app.screen, kind), app.screen
    return app.screen


async def shelf(app: MentorApp, pilot: Keys, key: str) -> LibraryScreen:
    """Open the library, and go to one of its headings."""
    await pilot.pause()
    await app.push_screen(LibraryScreen(app.context))
    place = [one.key for one in shelves()].index(key)
    await pilot.press("home", *["down"] * place)
    await pilot.pause()
    return at(app, LibraryScreen)


def maja(store: Store) -> Mentee:
    return next(one for one in store.all(Mentee) if one.name.startswith("Maja"))


# -- texts ----------------------------------------------------------------------------------------


async def test_a_text_made_the_workplaces_own_is_kept_key_by_key(app: MentorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await shelf(app, pilot, "sparring_culture")
        await pilot.press("e")
        await pilot.pause()
        at(app, TextScreen)
        await write(pilot, "Hos os ")
        kept = library_text(app.store, "da", "sparring_culture").text
        await pilot.press("escape")
        await pilot.pause()

        assert kept == "Hos os " + text("da", "sparring_culture")
        assert "Hos os Her hos os" in at(app, LibraryScreen).pane.plain

        await pilot.press("u")
        await pilot.pause()
        assert library_text(app.store, "da", "sparring_culture").own is None


async def test_the_librarys_own_words_can_be_had_back_and_that_undone(app: MentorApp) -> None:
    app.store.commit([Change.created(OwnText(key="about_scheme", text="Vores egne ord"))], "x")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await shelf(app, pilot, "about_scheme")
        assert "Vores egne ord" in screen.pane.plain
        await pilot.press("x")
        await pilot.pause()
        await pilot.press("j")
        await pilot.pause()
        assert text("da", "about_scheme")[:40] in screen.pane.plain
        await pilot.press("u")
        await pilot.pause()
        assert "Vores egne ord" in screen.pane.plain


async def test_a_cpr_number_in_a_text_is_warned_about(app: MentorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await shelf(app, pilot, "about_scheme")
        await pilot.press("e")
        await pilot.pause()
        await write(pilot, "010203-1234 ")
        await pilot.pause()

        assert _("Possible CPR number: remove it") in screen_text(app)


async def test_materials_stand_with_addresses_that_can_be_copied(app: MentorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await shelf(app, pilot, "materials")

        for one in materials("da"):
            assert one.title in screen.pane.plain
            assert one.where in screen.pane.plain.splitlines()


async def test_the_empty_first_screen_says_that_the_mentee_may_read_it_all(empty: Store) -> None:
    app = MentorApp(Context(empty, Settings()))
    async with app.run_test(size=(80, 24)) as pilot:
        at(app, HomeScreen)
        first = text("da", "first_start").split("\n")[0]
        shown = " ".join(screen_text(app).split())
        await pilot.press("b")
        at(app, LibraryScreen)
        screen = await shelf(app, pilot, "first_start")

        assert first in shown
        assert first in screen.pane.plain


# -- the sparring culture -------------------------------------------------------------------------


async def test_the_culture_is_gone_through_from_the_agreement(app: MentorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(ExpectationsScreen(app.context, maja(app.store).id))
        await pilot.press("b")
        await pilot.pause()
        at(app, CultureScreen)
        await pilot.press("d")
        await pilot.pause()

        assert maja(app.store).culture_seen_on == today()
        await pilot.press("u")
        await pilot.pause()
        assert maja(app.store).culture_seen_on != today()


# -- questions ------------------------------------------------------------------------------------


async def questions_screen(app: MentorApp, pilot: Keys) -> QuestionsScreen:
    await shelf(app, pilot, "questions")
    await pilot.press("e")
    await pilot.pause()
    return at(app, QuestionsScreen)


async def test_a_question_is_added_ordered_and_switched(app: MentorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await questions_screen(app, pilot)
        for words in ("Hvad undrer dig", "Hvordan gik det"):
            await pilot.press("a")
            await pilot.pause()
            await write(pilot, words)
            await pilot.press("f10")
            await pilot.pause()
        await pilot.press("K")
        await pilot.pause()
        await pilot.press("space")
        await pilot.pause()
        own = sorted(app.store.all(Question), key=lambda one: one.order)

        assert [(one.text, one.active) for one in own] == [
            ("Hvordan gik det", False),
            ("Hvad undrer dig", True),
        ]


async def test_a_closed_question_is_saved_with_a_soft_word(app: MentorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await questions_screen(app, pilot)
        await pilot.press("a")
        await pilot.pause()
        await write(pilot, "Kan du lide det")
        await pilot.press("f10")
        await pilot.pause()

        assert [one.text for one in app.store.all(Question)] == ["Kan du lide det"]
        word = _("Saved. It can be answered with yes or no; consider an open follow-up.")
        assert word[:40] in screen_text(app)


async def test_a_set_is_switched_as_a_whole(app: MentorApp) -> None:
    made = [Question(text=f"Hvad {n}?", set_name="Teamet", order=n) for n in (1.0, 2.0)]
    app.store.commit([Change.created(one) for one in made], "x")
    async with app.run_test(size=(80, 24)) as pilot:
        await questions_screen(app, pilot)
        await pilot.press("s")
        await pilot.pause()
        off = [one.active for one in app.store.all(Question)]
        await pilot.press("s")
        await pilot.pause()

        assert off == [False, False]
        assert [one.active for one in app.store.all(Question)] == [True, True]


async def test_the_guides_questions_cannot_be_changed(app: MentorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await questions_screen(app, pilot)
        await pilot.press("home", "e")
        await pilot.pause()

        at(app, QuestionsScreen)
        assert _("The guide's questions cannot be changed; a adds one of your own") in screen_text(
            app
        )


# -- tips -----------------------------------------------------------------------------------------


def tip_note(store: Store, words: str) -> Note:
    task = next(task for task in store.of(Task, maja(store).id) if task.type)
    note = Note(mentee_id=maja(store).id, text=words, kind=NoteKind.TIP, task_id=task.id, at=now())
    store.commit([Change.created(note)], "x")
    return note


async def tips_screen(app: MentorApp, pilot: Keys) -> TipsScreen:
    await shelf(app, pilot, "tips")
    await pilot.press("e")
    await pilot.pause()
    return at(app, TipsScreen)


async def test_a_note_is_shared_as_a_tip_that_knows_no_mentee(app: MentorApp) -> None:
    for note in [one for one in app.store.all(Note) if one.kind is NoteKind.TIP]:
        app.store.commit([Change.deleted(note)], "x")
    note = tip_note(app.store, "Begynd med det barnet kan lide")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await tips_screen(app, pilot)
        assert screen.grid.go_to(note.id)
        await pilot.press("f3", "enter")
        await pilot.pause()
        await pilot.press("f10")
        await pilot.pause()
        (tip,) = app.store.all(Tip)
        task = app.store.get(Task, note.task_id)
        assert task is not None

        assert (tip.text, tip.task_type) == (note.text, task.type)
        assert maja(app.store).id not in repr(tip)
        assert "Maja" not in repr(tip)
        other = next(one for one in app.store.all(Mentee) if one.name.startswith("Nadia"))
        assert recall(mentee_view(app.store, other), task.type).shared == (tip,)


async def test_a_tip_with_a_mentees_name_is_not_shared_until_it_is_out(app: MentorApp) -> None:
    note = tip_note(app.store, "Det hjalp Maja at tegne")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await tips_screen(app, pilot)
        assert screen.grid.go_to(note.id)
        await pilot.press("f3", "enter")
        await pilot.pause()
        await pilot.press("f10")
        await pilot.pause()

        assert app.store.all(Tip) == []
        assert _("Tips are anonymous: remove “{name}”").format(name="Maja") in screen_text(app)


async def test_notes_stay_out_of_sight_in_the_shared_view(app: MentorApp) -> None:
    note = tip_note(app.store, "Begynd med det barnet kan lide")
    app.context.shared_view = True
    async with app.run_test(size=(80, 24)) as pilot:
        await tips_screen(app, pilot)

        assert note.text not in screen_text(app)


@pytest.mark.parametrize("size", [(60, 20), (120, 40)])
async def test_the_library_fits_small_and_large_windows(
    app: MentorApp, size: tuple[int, int]
) -> None:
    async with app.run_test(size=size) as pilot:
        await shelf(app, pilot, "materials")
        shown = screen_text(app)

        assert materials("da")[0].title in shown
        assert "F1" in shown


async def test_templates_stand_with_their_tasks_and_where_they_come_from(
    app: MentorApp,
) -> None:
    rows = (TemplateRow("Journal"), TemplateRow("Telefonen"))
    use_shared(
        Shared(name="Nordby", version="1", templates=(PlanTemplate("b", "Børn", rows=rows),))
    )
    save_template(PlanTemplate("", "Min egen", rows=rows[:1]), os.environ)
    (templates_folder(os.environ) / "a.toml").write_text("[")
    try:
        async with app.run_test(size=(100, 40)) as pilot:
            await shelf(app, pilot, "templates")
            shown = screen_text(app)
    finally:
        use_shared(None)
    for words in ("2 opgaver · Nordby", "- Telefonen", "1 opgave · din egen · min-egen.toml"):
        assert words in shown
    assert "a.toml, linje 1: det er ikke TOML." in shown


async def test_without_a_template_there_is_no_shelf_for_them(app: MentorApp) -> None:
    assert "templates" not in [one.key for one in shelves()]
    async with app.run_test() as pilot:
        await shelf(app, pilot, "materials")
        assert "Skabeloner" not in screen_text(app)
