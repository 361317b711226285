"""The plan's cells: edited in place, each kind in its own way."""

from __future__ import annotations

from datetime import date

import pytest

from data.i18n import _
from data.method.words import word
from data.records import Person, Priority, Step, Task, TaskStatus
from data.store.change import Change
from data.store.store import Store
from screens.frame.entries import choices
from screens.plan.view import LEAST_PANE
from tests.screens.conftest import MORNING, AppOn, screen_text
from tests.screens.plan.tools import MAJA, fill, open_plan, tasks
from tui.app import MentorApp
from widgets.grid_model import GAP

TODAY = MORNING.date()


@pytest.fixture
def small(empty: Store, app_on: AppOn) -> MentorApp:
    """A plan of three tasks, and two people."""
    people = Person(name="Birgitte Dam", knows="Undersøgelser"), Person(name="Farid Amiri")
    fill(empty, *tasks("Børnesamtale", "Partshøring", "Journal"), *people)
    return app_on(empty)


async def test_enter_edits_a_text_and_enter_saves_it(small: MentorApp) -> None:
    async with open_plan(small, MAJA.id) as plan:
        await plan.press("enter", *"xy", "enter")
        assert plan.titles() == ["Børnesamtalexy", "Partshøring", "Journal"]
        assert plan.task("Børnesamtalexy")
        assert plan.editor.column == "title"
        await plan.press("u")
        assert plan.titles()[0] == "Børnesamtale"


async def test_esc_leaves_the_cell_as_it_was(small: MentorApp) -> None:
    async with open_plan(small, MAJA.id) as plan:
        await plan.press("enter", *"xy", "escape")
        assert plan.titles()[0] == "Børnesamtale"
        assert not plan.editor.grid.editing
        assert plan.app.screen is plan.screen


async def test_a_task_keeps_its_name(small: MentorApp) -> None:
    async with open_plan(small, MAJA.id) as plan:
        await plan.press("enter", "ctrl+u", "enter")
        await plan.until(lambda: plan.notice == _("A task needs a name"))
        assert plan.titles()[0] == "Børnesamtale"


async def test_tab_saves_and_goes_on_through_all_kinds_of_cells(small: MentorApp) -> None:
    async with open_plan(small, MAJA.id) as plan:
        await plan.on_cell("Partshøring", "priority")
        await plan.press("enter", "space", "tab", *"x", "tab")
        await plan.until(lambda: plan.editor.column == "step" and plan.editor.grid.editing)
        await plan.press("tab", *"1/12", "tab")
        await plan.until(lambda: plan.editor.long.area.has_focus)
        await plan.type("Ring")
        await plan.press("tab")
        await plan.until(lambda: plan.editor.grid.editing)
        assert plan.editor.column == "sparring_with"
        task = plan.task("Partshøringx")
        assert task.priority is Priority.HIGH
        assert task.sparring_on == date(2026, 12, 1)
        assert task.next_step == "Ring"


async def test_a_letter_chooses_and_space_gives_the_next(small: MentorApp) -> None:
    async with open_plan(small, MAJA.id) as plan:
        await plan.on_cell("Journal", "priority")
        low = next(one for one in choices(Priority) if one.value == Priority.LOW)
        await plan.press("enter", low.letter)
        assert plan.task("Journal").priority is Priority.LOW
        await plan.press("space", "space")
        assert plan.task("Journal").priority is Priority.HIGH
        await plan.press("enter", "minus")
        assert plan.task("Journal").priority is None


async def test_a_step_is_chosen_and_not_gone_through(small: MentorApp) -> None:
    """Each step that was passed on the way would stand in the history for good."""
    async with open_plan(small, MAJA.id) as plan:
        await plan.on_cell("Journal", "step")
        await plan.press("space", "space", "space", "space", "enter")
        task = plan.task("Journal")
        assert task.step is Step.COACHED
        assert [(entry.step, entry.on) for entry in task.step_log] == [(Step.COACHED, TODAY)]
        assert task.status is TaskStatus.ACTIVE


async def test_the_letters_of_a_choice_differ_and_are_said(small: MentorApp) -> None:
    async with open_plan(small, MAJA.id) as plan:
        await plan.on_cell("Journal", "status")
        await plan.press("enter")
        for status in TaskStatus:
            assert word(status) in plan.notice
        found = [one.letter for one in choices(TaskStatus)]
        assert len(set(found)) == len(found)
        assert all(found)
        await plan.press(found[-1])
        assert plan.task("Journal").status is TaskStatus.PARKED


async def test_a_date_is_echoed_as_understood_and_nonsense_stays_to_be_mended(
    small: MentorApp,
) -> None:
    async with open_plan(small, MAJA.id) as plan:
        await plan.on_cell("Journal", "sparring_on")
        await plan.press("enter", *"fre")
        assert "27-11-2026" in plan.notice
        await plan.press(*"dag", "ctrl+u", *"31/2", "enter")
        assert plan.editor.grid.editing
        assert plan.screen.notice_bar.problem
        assert "31/2" in screen_text(plan.app)
        await plan.press("ctrl+u", *"dag", "space", *"36", "enter")
        assert plan.task("Journal").sparring_on == date(2026, 11, 24)
        await plan.press("enter", "ctrl+u", "enter")
        assert plan.task("Journal").sparring_on is None


async def test_a_duration_is_understood_in_all_its_forms(small: MentorApp) -> None:
    async with open_plan(small, MAJA.id) as plan:
        await plan.on_cell("Journal", "estimate_min")
        for typed, minutes in (("3t", 180), ("1,5t", 90), ("2d", 888), ("1u", 2220)):
            await plan.press("enter", "ctrl+u")
            await plan.type(typed)
            assert plan.notice
            await plan.press("enter")
            assert plan.task("Journal").estimate_min == minutes
        await plan.press("enter", "ctrl+u", *"snart", "enter")
        assert "snart" in plan.notice
        assert plan.editor.grid.editing


async def test_part_of_a_name_is_enough(small: MentorApp) -> None:
    async with open_plan(small, MAJA.id) as plan:
        await plan.on_cell("Journal", "sparring_with")
        await plan.press("enter", *"bir")
        assert "Birgitte Dam" in plan.notice
        assert "Undersøgelser" in plan.notice
        await plan.press("enter")
        person = plan.store.get(Person, plan.task("Journal").sparring_with)
        assert person is not None
        assert person.name == "Birgitte Dam"


async def test_a_new_person_is_made_and_unmade_with_the_cell(small: MentorApp) -> None:
    async with open_plan(small, MAJA.id) as plan:
        await plan.on_cell("Journal", "sparring_with")
        await plan.press("enter")
        await plan.type("Liv Å")
        assert plan.notice == _("New person: {name}").format(name="Liv Å")
        await plan.press("enter")
        names = {person.name for person in plan.store.all(Person)}
        assert "Liv Å" in names
        await plan.press("u")
        assert "Liv Å" not in {person.name for person in plan.store.all(Person)}
        assert plan.task("Journal").sparring_with == ""


async def test_a_person_no_longer_offered_stays_where_its_name_stands(small: MentorApp) -> None:
    store = small.context.store
    gone = Person(name="Gitte Gammel", archived=True)
    old = Task(mentee_id=MAJA.id, title="Gammel", sparring_with=gone.id, order=9)
    store.commit([Change.created(gone), Change.created(old)])
    async with open_plan(small, MAJA.id) as plan:
        await plan.on_cell("Gammel", "sparring_with")
        await plan.press("enter", "enter")
        assert plan.task("Gammel").sparring_with == gone.id
        assert [p.name for p in store.all(Person)].count("Gitte Gammel") == 1


async def test_known_types_are_suggested(small: MentorApp) -> None:
    store = small.context.store
    store.commit([Change.created(Task(mentee_id=MAJA.id, title="Ny", type="Samtale", order=9))])
    async with open_plan(small, MAJA.id) as plan:
        await plan.on_cell("Journal", "type")
        await plan.press("enter", *"sa", "down", "enter")
        assert plan.task("Journal").type == "Samtale"


async def test_what_is_typed_is_shown_as_typed(small: MentorApp) -> None:
    async with open_plan(small, MAJA.id, size=(120, 30)) as plan:
        await plan.press("enter", "ctrl+u")
        await plan.type("[red]x[/] =1+1 æøå ÆØÅ")
        await plan.press("enter")
        assert plan.titles()[0] == "[red]x[/] =1+1 æøå ÆØÅ"
        await plan.until(lambda: "[red]x[/] =1+1" in plan.editor.pane.heading)
        assert "[red]x[/]" in screen_text(plan.app)


async def test_an_edit_under_way_survives_a_reload_and_a_resize(small: MentorApp) -> None:
    store = small.context.store
    async with open_plan(small, MAJA.id) as plan:
        await plan.on_cell("Partshøring", "title")
        await plan.press("enter", *"xy")
        task = plan.task("Partshøring")
        others = Task(mentee_id=MAJA.id, title="Fra en anden", order=0.5)
        store.commit([Change.created(others), Change.edited(task, type="Afgørelse")])
        await plan.pilot.resize_terminal(60, 20)
        await plan.pilot.pause()
        assert plan.titles()[0] == "Fra en anden"
        assert plan.editor.grid.editing
        editor = plan.app.focused
        assert editor is not None
        body = plan.editor.grid.body
        assert editor.region.y == body.region.y + body.cell_region().y
        await plan.press(*"z", "enter")
        task = plan.task("Partshøringxyz")
        assert task.type == "Afgørelse"


async def test_a_row_deleted_under_an_edit_does_no_harm(small: MentorApp) -> None:
    store = small.context.store
    async with open_plan(small, MAJA.id) as plan:
        await plan.on_cell("Partshøring", "title")
        await plan.press("enter", *"xy")
        store.commit([Change.deleted(plan.task("Partshøring"))])
        await plan.press("enter", "down")
        assert plan.app.screen is plan.screen
        assert not plan.editor.grid.editing


async def test_every_column_is_reached_by_moving_and_all_are_seen_at_wide(
    small: MentorApp,
) -> None:
    async with open_plan(small, MAJA.id) as plan:
        columns = plan.editor.grid.body.columns
        keys = [column.key for column in columns]
        shown = [place.column.key for place in plan.editor.grid.body._layout.placed]
        assert shown[:5] == ["priority", "title", "step", "sparring_on", "next_step"]
        await plan.press("left")
        for key in keys:
            assert plan.editor.column == key
            placed = [place.column.key for place in plan.editor.grid.body._layout.placed]
            assert key in placed
            assert "title" in placed
            await plan.press("right")
        least = GAP + sum(column.width + GAP for column in columns)
        for width in (least, least + 8, least + 58):
            await plan.pilot.resize_terminal(width, 50)
            await plan.pilot.pause()
            assert len(plan.editor.grid.body._layout.placed) == len(keys)


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40), (200, 50)])
async def test_the_pane_has_room_at_every_size(app: MentorApp, size: tuple[int, int]) -> None:
    maja = next(m.id for m in app.context.store.all(type(MAJA)) if m.name.startswith("Maja"))
    async with open_plan(app, maja, size=size) as plan:
        assert plan.editor.pane.size.height >= LEAST_PANE
        assert plan.editor.pane.size.width >= 40
        assert plan.editor.grid.size.height >= 7
