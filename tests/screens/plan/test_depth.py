"""The plan in depth: steps, checks, potentials, agreement, own columns, progress, positions."""

from __future__ import annotations

from datetime import date

import pytest

from data.i18n import _
from data.records import (
    CheckResult,
    Goal,
    Mentee,
    Need,
    Note,
    NoteKind,
    Person,
    Step,
    Task,
)
from data.store.change import Change
from data.store.store import Store
from screens.overview.screen import OverviewScreen
from screens.plan.screen import PlanScreen
from tests.screens.conftest import MORNING, AppOn, screen_text
from tests.screens.plan.tools import MAJA, Plan, open_plan, three_tasks
from tui.app import MentorApp

TODAY = MORNING.date()


@pytest.fixture
def small(empty: Store, app_on: AppOn) -> MentorApp:
    """A plan of three tasks of two types, a mentor and a colleague."""
    three_tasks(empty)
    return app_on(empty)


# -- steps, checks, potential, agreement, columns -------------------------------------------------


async def test_a_training_step_has_a_day_and_a_companion(small: MentorApp) -> None:
    """R64."""
    async with open_plan(small, MAJA.id) as plan:
        await plan.on_cell("Journal", "title")
        await plan.press("s")
        await plan.dialog()
        await plan.press("space", "tab", "ctrl+u")
        await plan.type("20/11")
        await plan.press("tab")
        await plan.type("far")
        await plan.press("f10")
        await plan.back()
        (entry,) = plan.task("Journal").step_log
        assert (entry.step, entry.on) == (Step.TOGETHER, date(2026, 11, 20))
        assert entry.by == "Birgitte Dam"
        companion = plan.store.get(Person, entry.with_id)
        assert companion is not None
        assert companion.name == "Farid Amiri"
        await plan.press("s")
        await plan.dialog()
        await plan.press("f10")
        await plan.back()
        steps = [entry.step for entry in plan.task("Journal").step_log]
        assert steps == [Step.TOGETHER, Step.COACHED]
        await plan.until(lambda: "20-11-2026" in plan.editor.pane.plain)


async def test_a_quality_check_says_when_who_and_what(small: MentorApp) -> None:
    """R65."""
    async with open_plan(small, MAJA.id) as plan:
        await plan.on_cell("Journal", "checks")
        await plan.press("enter")
        await plan.dialog()
        await plan.press("space", "tab")
        await plan.type("Barnets ord kom med")
        await plan.press("f10")
        await plan.back()
        (check,) = plan.task("Journal").checks
        assert check.result is CheckResult.ADJUSTED
        assert (check.note, check.by, check.on) == ("Barnets ord kom med", "Birgitte Dam", TODAY)


async def test_a_potential_goes_to_the_needs_map_once(small: MentorApp) -> None:
    """R24."""
    async with open_plan(small, MAJA.id) as plan:
        await plan.on_cell("Partshøring", "title")
        await plan.press("f3", "enter")
        (need,) = plan.store.of(Need, MAJA.id)
        assert need.origin == plan.task("Partshøring").id
        assert need.mentor_view == "Kan blive tovholder"
        await plan.press("f3", "enter")
        assert plan.notice == _("The potential is already under Needs (6)")
        await plan.on_cell("Journal", "title")
        await plan.press("f3")
        assert len(plan.store.of(Need, MAJA.id)) == 1


async def agree(plan: Plan) -> None:
    await plan.press("f9")
    await plan.dialog()
    await plan.press("M", "H", "enter")
    await plan.back()


async def test_the_agreed_stamp_shows_later_edits_until_it_is_set_anew(small: MentorApp) -> None:
    """R15."""
    changed = _("changed since agreement")
    counted = _("{number} changed").format(number=1)
    async with open_plan(small, MAJA.id) as plan:
        assert _("not agreed yet (F9)") in plan.summary
        await agree(plan)
        mentee = plan.store.get(Mentee, MAJA.id)
        assert mentee is not None
        assert mentee.plan_agreed_on == TODAY
        assert mentee.plan_agreed_by == ("Maja Holm", "Birgitte Dam")
        assert _("Agreed {date}").format(date="23-11-2026") in plan.summary
        assert counted not in plan.summary
        await plan.press("space")
        await plan.on_cell("Journal", "priority")
        await plan.press("space")
        assert counted in plan.summary
        await plan.until(lambda: changed in plan.editor.pane.heading)
        assert "* Journal" in screen_text(plan.app), "the row is marked"
        await plan.on_cell("Journal", "title")
        await plan.press("enter", "end", "!", "enter")
        assert plan.task("Journal!").title == "Journal!", "the mark is no part of the name"
        await plan.press("u")
        await plan.on_cell("Partshøring", "step")
        await plan.press("enter", "s")
        assert counted in plan.summary
        await agree(plan)
        assert counted not in plan.summary


async def test_own_columns_show_save_and_keep_their_texts_when_renamed(small: MentorApp) -> None:
    """R16."""
    async with open_plan(small, MAJA.id, size=(200, 30)) as plan:
        await plan.press("c")
        await plan.dialog()
        await plan.type("Sagsnr")
        await plan.press("f10")
        await plan.back()
        await plan.on_cell("Journal", "extra.Sagsnr")
        await plan.press("enter", *"42", "enter")
        assert plan.task("Journal").extra == {"Sagsnr": "42"}
        await plan.press("c")
        await plan.dialog()
        await plan.press("ctrl+u")
        await plan.type("Journalnr")
        await plan.press("f10")
        await plan.back()
        assert plan.task("Journal").extra == {"Journalnr": "42"}
        assert "Journalnr" in screen_text(plan.app)
        await plan.press("u")
        assert plan.task("Journal").extra == {"Sagsnr": "42"}


# -- what is said over the plan, and where one stands ---------------------------------------------


async def test_progress_counts_steps_and_time_is_told_as_learning(small: MentorApp) -> None:
    """R20."""
    store = small.context.store
    async with open_plan(small, MAJA.id, size=(120, 30)) as plan:
        await plan.on_cell("Journal", "step")
        await plan.press("enter", "e")
        text = _("{percent}% of the steps · {done} of {number} done independently")
        assert text.format(done=1, number=3, percent=33) in plan.summary
        task = plan.task("Journal")
        store.commit([Change.edited(task, estimate_min=120, actual_min=300)])
        assert "5 t" in plan.summary
        assert "2 t" in plan.summary
        await plan.until(lambda: "3 t" in plan.editor.pane.plain)


async def test_cursor_and_column_are_found_again(small: MentorApp) -> None:
    async with open_plan(small, MAJA.id) as plan:
        await plan.on_cell("Journal", "sparring_on")
        await plan.press("left")
        await plan.press("1")
        await plan.until(lambda: isinstance(plan.app.screen, OverviewScreen))
        await plan.press("2")
        await plan.until(lambda: isinstance(plan.app.screen, PlanScreen))
        await plan.pilot.pause()
        assert plan.editor.task_id == plan.task("Journal").id
        assert plan.editor.column == "step"
        assert plan.screen.standing_on() == (MAJA.id, plan.task("Journal").id)


async def test_another_screen_may_send_us_to_a_goal(small: MentorApp) -> None:
    store = small.context.store
    third = next(task for task in store.of(Task, MAJA.id) if task.title == "Journal")
    goal = Goal(mentee_id=MAJA.id, task_id=third.id, text="Kan skrive kort")
    store.commit([Change.created(goal)])
    small.context.positions[f"plan:{MAJA.id}"] = (goal.id, "")
    async with open_plan(small, MAJA.id) as plan:
        assert plan.editor.task_id == third.id


async def test_private_notes_are_away_in_the_shared_view(small: MentorApp) -> None:
    store = small.context.store
    first = store.of(Task, MAJA.id)[0]
    for text, private, kind in (
        ("Kun for mig", True, NoteKind.NOTE),
        ("For os begge", False, NoteKind.FEEDBACK),
        ("En tvivl", False, NoteKind.DOUBT),
    ):
        note = Note(mentee_id=MAJA.id, text=text, private=private, kind=kind, task_id=first.id)
        store.commit([Change.created(note)])
    async with open_plan(small, MAJA.id, size=(80, 40)) as plan:
        await plan.on_cell("Børnesamtale", "title")
        await plan.until(lambda: "Kun for mig" in screen_text(plan.app))
        await plan.press("f6")
        text = screen_text(plan.app)
        assert "Kun for mig" not in text
        assert "En tvivl" not in text
        assert "For os begge" in text
