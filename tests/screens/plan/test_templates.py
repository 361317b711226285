"""Plans from a template, and a plan saved as one, by real keys on real files."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from data.library.shared import Shared, use_shared
from data.library.templates import PlanTemplate, TemplateGoal, TemplateRow, template_of
from data.method.visibility import Reader
from data.paths import templates_folder
from data.records import Goal, GoalKind, Mentee, Note, Person, Task
from data.store.store import Store
from data.templates.own import read_template, save_template
from screens.dialogs.form import FormDialog
from screens.overview.screen import OverviewScreen
from screens.plan.templates import RowsDialog, TemplatesDialog
from tests.screens.conftest import AppOn, screen_text
from tests.screens.places import go
from tests.screens.plan.tools import MAJA, Plan, fill, open_plan, tasks
from tests.tools.hurry import until
from tui.app import MentorApp
from widgets.note_area import NoteArea

THIRTEEN = tuple(
    TemplateRow(f"Opgave {n}", sparring=7 * n, goals=(TemplateGoal(f"Kan {n}", due=7 * n + 3),))
    for n in range(1, 14)
)
BOERN = PlanTemplate("boern", "Børn og unge, første tre måneder", rows=THIRTEEN)
EMIL = Mentee(name="Emil Kragh", start=date(2026, 1, 5))
"""An earlier mentee."""


@pytest.fixture(autouse=True)
def workplace() -> Iterator[None]:
    use_shared(Shared(name="Jobcenter Nordby", version="1", templates=(BOERN,)))
    yield
    use_shared(None)


@pytest.fixture
def new(empty: Store, app_on: AppOn) -> MentorApp:
    """A mentee whose plan has no tasks, and who begins on Saturday 1 August."""
    fill(empty, mentee=replace(MAJA, start=date(2026, 8, 1)))
    return app_on(empty)


async def test_a_plan_of_13_rows_takes_at_most_6_keys(new: MentorApp) -> None:
    keys = ["a", "enter", "f10"]
    assert len(keys) <= 6
    async with open_plan(new, MAJA.id) as plan:
        await plan.press(keys[0])
        await plan.dialog()
        assert "Børn og unge, første tre måneder" in screen_text(new)
        assert "13 opgaver · Jobcenter Nordby" in screen_text(new)
        await plan.press(keys[1])
        assert isinstance(new.screen, RowsDialog)
        await plan.press(keys[2])
        await plan.back()
        assert plan.titles() == [row.title for row in THIRTEEN]
        assert plan.editor.task_id == plan.task("Opgave 1").id
        # Day 91 from Saturday 1 August is a Saturday again, so the sparring is on the Monday.
        assert plan.task("Opgave 13").sparring_on == date(2026, 11, 2)
        assert [goal.due for goal in plan.goals("Opgave 1")] == [date(2026, 8, 11)]
        assert "13 opgaver tilføjet. u fortryder det." in plan.notice


async def test_undo_takes_all_rows_back_in_one_step_and_redo_brings_them(new: MentorApp) -> None:
    async with open_plan(new, MAJA.id) as plan:
        await plan.press("a")
        await plan.dialog()
        await plan.press("enter", "f10")
        await plan.back()
        await plan.press("u")
        assert (plan.titles(), plan.store.all(Goal)) == ([], [])
        assert "opgaver fra »Børn og unge, første tre måneder«" in plan.notice
        await plan.press("U")
        assert len(plan.titles()) == len(plan.store.all(Goal)) == 13


async def test_rows_are_chosen_with_space_and_s_chooses_all_or_none(new: MentorApp) -> None:
    async with open_plan(new, MAJA.id) as plan:
        await plan.press("a")
        await plan.dialog()
        await plan.press("enter")
        dialog = new.screen
        assert isinstance(dialog, RowsDialog)
        assert dialog.notice_bar.text.startswith("13 af 13 valgt")
        await plan.press("space", "down", "enter")
        assert [row.title for row in dialog.chosen] == [row.title for row in THIRTEEN[2:]]
        assert dialog.notice_bar.text.startswith("11 af 13 valgt")
        await plan.press("s", "s", "f10")
        assert dialog.notice_bar.text == "Intet er valgt: mellemrum vælger en række"
        await plan.press("down", "space", "ctrl+s")
        await plan.back()
        assert plan.titles() == ["Opgave 3"]


async def test_what_the_plan_has_already_is_not_chosen(new: MentorApp) -> None:
    fill(new.context.store, *tasks("opgave 2", mentee=EMIL), mentee=EMIL)
    async with open_plan(new, EMIL.id) as plan:
        await plan.press("T")
        await plan.dialog()
        await plan.press("enter")
        dialog = new.screen
        assert isinstance(dialog, RowsDialog)
        assert len(dialog.chosen) == 12
        await plan.press("down")
        assert "Opgave 2 · er i planen" in screen_text(new)
        await plan.press("escape")
        await plan.back()
        assert plan.titles() == ["opgave 2"]


async def test_without_a_first_day_nothing_gets_a_date_and_that_is_said(
    empty: Store, app_on: AppOn
) -> None:
    fill(empty, mentee=replace(MAJA, start=None))
    app = app_on(empty)
    async with open_plan(app, MAJA.id) as plan:
        await plan.press("a")
        await plan.dialog()
        await plan.press("enter")
        assert "Der er ingen første arbejdsdag endnu, så intet har en dato." in screen_text(app)
        assert "dag 7" in screen_text(app)
        await plan.press("f10")
        await plan.back()
        assert plan.task("Opgave 1").sparring_on is None
        assert "Der er ingen første arbejdsdag endnu" in plan.notice


@pytest.mark.parametrize("start", [None, date(2026, 8, 1)])
async def test_days_are_as_the_template_has_them_or_dates_where_there_is_a_first_day(
    empty: Store, app_on: AppOn, start: date | None
) -> None:
    read = template_of("a", {"name": "A", "task": [{"title": "Ét", "sparring": "week 2"}]})
    assert read.template is not None
    use_shared(Shared(name="Jobcenter Nordby", version="1", templates=(read.template,)))
    fill(empty, mentee=replace(MAJA, start=start))
    app = app_on(empty)
    async with open_plan(app, MAJA.id) as plan:
        await plan.press("a")
        await plan.dialog()
        await plan.press("enter")
        assert ("uge 2" in screen_text(app)) == (start is None)
        assert ("11-08" in screen_text(app)) == (start is not None)


async def test_an_empty_plan_says_that_there_are_templates(new: MentorApp) -> None:
    async with open_plan(new, MAJA.id) as plan:
        assert "a tilbyder også skabeloner" in " ".join(screen_text(new).split())
        use_shared(None)
        plan.editor.show_row()
        await plan.press("down")
        assert "skabeloner" not in screen_text(new)


async def test_a_title_that_is_typed_becomes_a_new_task(new: MentorApp) -> None:
    async with open_plan(new, MAJA.id) as plan:
        await plan.press("a")
        await plan.dialog()
        await plan.type("Journal")
        assert "Ny opgave: Journal" in screen_text(new)
        await plan.press("enter")
        assert isinstance(new.screen, FormDialog)
        await plan.press("f10")
        await plan.back()
        assert plan.titles() == ["Journal"]


async def test_an_empty_row_is_the_last_in_the_list(new: MentorApp) -> None:
    async with open_plan(new, MAJA.id) as plan:
        await plan.press("a")
        await plan.dialog()
        await plan.press("down", "enter")
        assert isinstance(new.screen, FormDialog)
        await plan.press("escape")
        await plan.back()
        assert plan.titles() == []


async def test_where_there_is_no_template_a_adds_a_task_at_once(new: MentorApp) -> None:
    use_shared(None)
    async with open_plan(new, MAJA.id) as plan:
        await plan.press("a")
        await plan.dialog()
        assert isinstance(new.screen, FormDialog)
        await plan.press("escape")
        await plan.back()
        await plan.press("T")
        assert plan.notice.startswith("Der er ingen skabelon endnu: Ctrl+P, Gem som skabelon")


async def test_the_plan_of_an_earlier_mentee_comes_without_that_one(new: MentorApp) -> None:
    use_shared(None)
    lesson = Task(mentee_id=EMIL.id, title="Følg Emil og Jette", next_step="Emil ringer")
    fill(new.context.store, lesson, Person(name="Jette Hansen"), mentee=EMIL)
    async with open_plan(new, MAJA.id) as plan:
        await plan.press("a")
        await plan.dialog()
        assert "Emil Kragh" in screen_text(new)
        await plan.press("enter", "f10")
        await plan.back()
        (task,) = plan.store.of(Task, MAJA.id)
        assert (task.title, task.next_step) == ("Følg mentee og en kollega", "")
        await plan.press("u")
        assert "Emil" not in plan.notice


async def test_in_shared_view_no_other_mentee_is_offered(new: MentorApp) -> None:
    fill(new.context.store, *tasks("Et", mentee=EMIL), mentee=EMIL)
    async with open_plan(new, MAJA.id) as plan:
        await plan.press("f6", "a")
        await plan.dialog()
        assert new.context.reader is Reader.SHARED
        assert "Børn og unge" in screen_text(new)
        assert "Emil" not in screen_text(new)


async def test_a_broken_own_template_is_one_line_and_the_others_are_there(new: MentorApp) -> None:
    folder = templates_folder(os.environ)
    folder.mkdir(parents=True)
    (folder / "a.toml").write_text("[")
    save_template(replace(BOERN, name="Min egen"), os.environ)
    async with open_plan(new, MAJA.id) as plan:
        await plan.press("a")
        await plan.dialog()
        dialog = new.screen
        assert isinstance(dialog, TemplatesDialog)
        await plan.until(lambda: dialog.notice_bar.text == "a.toml, linje 1: det er ikke TOML.")
        assert "13 opgaver · din egen" in screen_text(new)


# -- saving ---------------------------------------------------------------------------------------


@pytest.fixture
def full(empty: Store, app_on: AppOn) -> MentorApp:
    """A plan of two tasks with names in it, and a note."""
    first, second = tasks("Møde med Maja", "Journal")
    fill(
        empty,
        replace(first, next_step="Maja ringer", sparring_on=date(2026, 10, 29)),
        second,
        Goal(mentee_id=MAJA.id, task_id=first.id, text="Kan det", kind=GoalKind.KNOWLEDGE),
        Note(mentee_id=MAJA.id, text="Kanarie", task_id=first.id),
    )
    return app_on(empty)


async def palette(plan: Plan, app: MentorApp) -> None:
    """Open the form that saves the plan as a template, from the list of commands."""
    await plan.press("ctrl+p")
    await plan.dialog()
    await plan.type("gem som skabelon")
    await plan.press("enter")
    await plan.until(lambda: isinstance(app.screen, FormDialog), "no form came")


async def test_a_plan_is_saved_as_a_template_after_every_line_was_shown(full: MentorApp) -> None:
    async with open_plan(full, MAJA.id) as plan:
        await palette(plan, full)
        area = full.screen.query_one(NoteArea)
        assert "Maja" not in area.text
        assert "Kanarie" not in area.text
        assert "Møde med mentee" in area.text
        await plan.type("Første uger")
        await plan.press("tab")
        await plan.type("# Fra Nordby\n")
        assert area.text.startswith("# Fra Nordby\n[[task]]")
        await plan.press("f10")
        await plan.back()
        path = templates_folder(os.environ) / "foerste-uger.toml"
        assert plan.notice == f"Gemt som {path}"
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        template = read_template(path)
        assert (template.name, [row.title for row in template.rows]) == (
            "Første uger",
            ["Møde med mentee", "Journal"],
        )
        assert template.rows[0].sparring == 10


async def test_it_is_in_the_list_of_commands_of_every_screen(full: MentorApp) -> None:
    async with full.run_test() as pilot:
        await go(full, pilot, OverviewScreen)
        await pilot.press("ctrl+p")
        await pilot.pause()
        await pilot.press(*"gem", "space", *"som", "space", *"skabelon")
        await pilot.pause()
        assert "Gem som skabelon" in screen_text(full)
        await pilot.press("enter")
        await until(lambda: isinstance(full.screen, FormDialog), "no form came")
        assert "Møde med mentee" in full.screen.query_one(NoteArea).text


async def test_what_is_wrong_is_said_and_what_was_typed_stays(full: MentorApp) -> None:
    async with open_plan(full, MAJA.id) as plan:
        await palette(plan, full)
        dialog = full.screen
        assert isinstance(dialog, FormDialog)
        await plan.press("f10")
        assert dialog.notice_bar.text == "Giv skabelonen et navn"
        await plan.type("Ny")
        area = full.screen.query_one(NoteArea)
        whole = area.text
        area.text = whole.replace("[[task]]", "[[task]", 1)
        await plan.press("f10")
        assert "linje 1: det er ikke TOML." in dialog.notice_bar.text
        area.text = whole.replace("Journal", "Journal med Maja")
        await plan.press("f10")
        assert "Her er nogen nævnt" in dialog.notice_bar.text
        await plan.press("f10")
        await plan.back()
        assert read_template(templates_folder(os.environ) / "ny.toml").rows[1].title == (
            "Journal med Maja"
        )


async def test_another_template_is_only_replaced_on_yes(full: MentorApp) -> None:
    path = save_template(replace(BOERN, name="Ny"), os.environ)
    before = path.read_bytes()
    async with open_plan(full, MAJA.id) as plan:
        await palette(plan, full)
        await plan.type("Ny")
        await plan.press("f10")
        await plan.until(lambda: "Erstat skabelonen ny.toml?" in screen_text(full), "not asked")
        await plan.press("n")
        await plan.until(lambda: isinstance(full.screen, FormDialog), "the form is gone")
        assert path.read_bytes() == before
        await plan.press("f10")
        await plan.until(lambda: "Erstat skabelonen ny.toml?" in screen_text(full), "not asked")
        await plan.press("j")
        await plan.back()
        assert len(read_template(path).rows) == 2


async def test_a_plan_without_tasks_is_no_template(new: MentorApp) -> None:
    async with open_plan(new, MAJA.id) as plan:
        new.screen.call_later(plan.screen.action_save_as_template)
        await plan.until(lambda: "ingen opgaver endnu" in plan.notice, "nothing was said")


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (120, 40), (40, 10)])
async def test_the_keys_are_in_sight_at_every_size(new: MentorApp, size: tuple[int, int]) -> None:
    async with open_plan(new, MAJA.id, size) as plan:
        await plan.press("a")
        await plan.dialog()
        await plan.press("enter")
        shown = screen_text(new)
        assert "F10" in shown
        assert "Opgave 1" in shown
        assert "13 af 13 valgt" in shown


@pytest.mark.parametrize("key", ["tab", "f10", "ctrl+s"])
async def test_who_types_a_task_there_reads_that_enter_comes_first(
    new: MentorApp, key: str
) -> None:
    async with open_plan(new, MAJA.id) as plan:
        await plan.press("a")
        await plan.dialog()
        await plan.press(*"Ny", "space", *"opgave", key)
        dialog = new.screen
        assert isinstance(dialog, TemplatesDialog)
        assert (
            dialog.notice_bar.text
            == "Enter tager først linjen ved markøren; derefter udfyldes resten"
        )
        assert dialog.line.value == "Ny opgave"
