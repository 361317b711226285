"""Dates counted from the first day at work ("dag 10") are understood wherever a date is typed."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

from data.clock import today
from data.dates import echo_date
from data.i18n import _
from data.method.plan.changes import new_task
from data.queries.views import mentee_view
from data.records import Agreement, Duty, Knowledge, Mentee, Note, NoteKind, Task
from data.store.store import Store
from screens.actions.rows import PARTS as ACTIONS
from screens.actions.screen import ActionsScreen
from screens.dialogs.form import Field, FormDialog
from screens.frame.entries import dates_from
from screens.home.screen import HomeScreen
from screens.mentee.expectations import ExpectationsScreen
from screens.needs.forms import knowledge_form
from screens.needs.screen import NeedsScreen
from screens.people.rows import PARTS as PEOPLE
from screens.plan.columns import columns
from screens.plan.forms import PlanForms
from screens.plan.goals import goal_columns
from screens.roles.forms import duty_form
from tests.screens.conftest import AppOn, screen_text
from tests.screens.places import go, mentee
from tui.app import MentorApp
from widgets.checked_input import Check, CheckedInput

SCREENS = Path(__file__).parents[2] / "screens"


def parsing(path: Path) -> list[int]:
    """Return the lines where a file understands a date by itself, or counts from no first day."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Name | ast.Call)
        and ast.unparse(node) in ("parse_date", "dates_from(None)")
    ]


def test_one_helper_understands_the_dates_of_all_screens() -> None:
    found = {str(path.relative_to(SCREENS)): len(parsing(path)) for path in SCREENS.rglob("*.py")}
    helper, first_day = "frame/entries.py", "mentee/form.py"
    assert {name for name, number in found.items() if number} == {helper, first_day}
    assert found[first_day] == 1, "the first day at work itself counts from no other"


def dated(fields: Iterable[Field]) -> dict[str, Check]:
    """Return the checks of the fields that take a date."""
    return {field.key: field.check for field in fields if field.check and is_date(field.check)}


def is_date(check: Check) -> bool:
    """Whether the check understands a date, and nothing but one."""
    try:
        return check("1-12-2026") != "1-12-2026" and not takes(check, "Bodil")
    except ValueError:
        return False


def takes(check: Check, text: str) -> bool:
    try:
        check(text)
    except ValueError:
        return False
    return True


DONE = {
    "access_on",
    "access_ordered_on",
    "answered_on",
    "done_on",
    "first_used_on",
    "learned_on",
    "on",
    "sparring_held_on",
    "used_on",
}
"""Keys of the fields about what has been done."""


def forms_with_dates(store: Store) -> dict[str, dict[str, Check]]:
    """Return the checks of the dates of all forms and grids about Maja."""
    maja = mentee(store)
    assert maja.start
    view, dates = mentee_view(store, maja), dates_from(maja.start)
    plan = PlanForms(store, view)
    task = store.of(Task, maja.id)[0]
    forms: dict[str, Iterable[Field]] = {
        "new task": plan.new_task(new_task(view, "")).fields,
        "task": plan.all_fields(task, "title").fields,
        "step": plan.step(task).fields,
        "check": plan.check(task).fields,
        "agreed": plan.agreement().fields,
        "duty": duty_form(Duty(mentee_id=maja.id, text=""), dates).fields,
        "knowledge": knowledge_form(store.of(Knowledge, maja.id)[0], dates).fields,
    }
    for part in (*PEOPLE, *ACTIONS):
        forms[part.kind] = part.new_form(store, maja.id).form.fields
    for place, cells in (("plan", columns(store, maja)), ("goals", goal_columns(maja))):
        forms[place] = [Field(one.key, one.label, check=one.check) for one in cells]
    found = {place: dated(fields) for place, fields in forms.items()}
    assert all(found.values()), "each of them has a date"
    return found


def test_what_was_done_on_friday_was_done_last_friday(store: Store) -> None:
    last, coming = today() - timedelta(days=3), today() + timedelta(days=4)
    for place, checks in forms_with_dates(store).items():
        for key, check in checks.items():
            meant = last if key in DONE else coming
            assert check("fre") == echo_date(meant, today()), (place, key)


def test_every_date_of_every_form_counts_from_the_first_day(store: Store) -> None:
    start = mentee(store).start
    assert start
    echo = echo_date(start + timedelta(days=10), today())
    for checks in forms_with_dates(store).values():
        assert {check("dag 10") for check in checks.values()} == {echo}


def fill(app: MentorApp, **texts: str) -> None:
    """Put texts into fields of the form in front, as a paste does."""
    form = app.screen
    assert isinstance(form, FormDialog)
    for key, text in texts.items():
        field = form.inputs[key]
        assert isinstance(field, CheckedInput)
        field.value = text


async def test_knowledge_is_learned_on_a_day_of_the_course(app: MentorApp, store: Store) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await go(app, pilot, NeedsScreen, "6")
        item = store.of(Knowledge, mentee(store).id)[0]
        screen.go_to(item.id)
        await pilot.press("e")
        fill(app, learned_on="dag 10", use_planned_on="dag 12", used_on="dag 14")
        await pilot.press("f10")
        await pilot.pause()

    start, after = mentee(store).start, store.get(Knowledge, item.id)
    assert after
    days = (after.learned_on, after.use_planned_on, after.used_on)
    assert start
    assert days == tuple(start + timedelta(days=number) for number in (10, 12, 14))


async def test_expectations_are_looked_at_again_on_a_day_of_the_course(
    app: MentorApp, store: Store
) -> None:
    maja = mentee(store)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(ExpectationsScreen(app.context, maja.id))
        await pilot.press("e")
        fill(app, review_on="dag 90")
        await pilot.press("f10")
        await pilot.pause()

    assert maja.start
    assert store.of(Agreement, maja.id)[-1].review_on == maja.start + timedelta(days=90)


async def test_a_doubt_was_answered_on_a_day_of_the_course(app: MentorApp, store: Store) -> None:
    maja = mentee(store)
    doubt = next(note for note in store.of(Note, maja.id) if note.kind is NoteKind.DOUBT)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await go(app, pilot, ActionsScreen, "7")
        screen.go_to(doubt.id)
        await pilot.press("e")
        fill(app, answered_on="dag 20")
        await pilot.press("f10")
        await pilot.pause()

    after = store.get(Note, doubt.id)
    assert after
    assert maja.start
    assert after.answered_on == maja.start + timedelta(days=20)


async def test_the_end_of_a_new_period_counts_from_the_first_day_typed_above_it(
    empty: Store, app_on: AppOn
) -> None:
    app = app_on(empty)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(HomeScreen(app.context))
        await pilot.press("a", *"Bo")
        fill(app, start="1-12-2026", ends="dag 180")
        await pilot.press("f10")
        await pilot.pause()

    (made,) = empty.all(Mentee)
    assert (made.start, made.ends) == (date(2026, 12, 1), date(2027, 5, 30))


async def test_where_no_first_day_is_typed_the_end_cannot_count_from_it(
    empty: Store, app_on: AppOn
) -> None:
    app = app_on(empty)
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(HomeScreen(app.context))
        await pilot.press("a", *"Bo")
        fill(app, start="", ends="dag 180")
        await pilot.press("f10")
        await pilot.pause()
        assert isinstance(app.screen, FormDialog)
        assert app.screen.texts()["ends"] == "dag 180"
        assert _("There is no first day at work to count from.") in screen_text(app)
