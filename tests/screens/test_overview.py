"""The overview: a mentorship at a glance, each line opening its place; shared view hides."""

from __future__ import annotations

from dataclasses import replace

import pytest
from textual.pilot import Pilot

from data.clock import now, today
from data.dates import show_date, show_near
from data.i18n import _, ngettext
from data.method.mentorship.pointers import pointers
from data.method.plan.agreed import changed_since_agreed
from data.queries.views import mentee_view
from data.records import (
    Action,
    CourseState,
    Mentee,
    Note,
    Step,
    StepEntry,
    Task,
    TaskStatus,
)
from data.store.change import Change
from data.store.store import Store
from screens.actions.screen import ActionsScreen
from screens.needs.screen import NeedsScreen
from screens.note.by_day import NotesScreen
from screens.note.screen import NoteScreen
from screens.overview.screen import OverviewScreen
from screens.plan.screen import PlanScreen
from screens.roles.screen import RolesScreen
from tests.screens.conftest import AppOn, Lobby, screen_text
from tests.screens.places import go
from tui.app import MentorApp


def maja(store: Store) -> Mentee:
    return next(one for one in store.all(Mentee) if one.name == "Maja Holm")


def overview(app: MentorApp) -> OverviewScreen:
    assert isinstance(app.screen, OverviewScreen)
    return app.screen


async def open_overview(app: MentorApp, pilot: Pilot[int]) -> None:
    """Open Maja's overview."""
    await go(app, pilot, OverviewScreen)


async def stand_on(app: MentorApp, pilot: Pilot[int], start: str) -> str:
    """Go down to the first line whose id begins so; return its id."""
    shown = overview(app).shown
    await pilot.press("home")
    for _step in shown.lines:
        if shown.grid.row_id.startswith(start):
            return shown.grid.row_id
        await pilot.press("down")
    pytest.fail(f"no line {start}: {shown.grid.row_id} {list(shown.lines)[-4:]}")


def line_of(app: MentorApp, label: str) -> str:
    return next(line for line in screen_text(app).splitlines() if line[1:].startswith(label))


async def test_both_sorts_of_progress_stand_side_by_side_and_are_never_merged(
    app: MentorApp, store: Store
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await open_overview(app, pilot)
        lines = {line.id: line.text for line in overview(app).shown.lines.values()}

    assert "52 %" in lines["professional"]
    assert "71 %" in lines["social"]
    assert "█" in lines["professional"]


async def test_no_social_duty_done_is_told(app: MentorApp, store: Store) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await go(app, pilot, OverviewScreen, name="Emil")

        text = overview(app).shown.lines["social"].text
    words = ngettext("{done} of {of} duty done", "{done} of {of} duties done", 7)
    assert text.endswith(words.format(done=0, of=7))


async def test_the_first_page_has_figures_the_picture_and_dates_at_80x24(app: MentorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await open_overview(app, pilot)
        text = screen_text(app)
        drawn = [id for id in overview(app).shown.lines if id.startswith("weeks:")]

        for heading in ("Mentorship", "Week by week", "Next", "Check"):
            assert _(heading) in text
        assert overview(app).shown.lines["agreed_by"].text, "a line of its own"
        assert len(drawn) == 5, "so four tasks and not five, and how many more there are"
        await pilot.press("pagedown")
        await pilot.pause()
        assert _("Five pointers about learning") in screen_text(app)
        assert _("From learned to used") in screen_text(app)


async def test_enter_draws_all_tasks(app: MentorApp, store: Store) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await open_overview(app, pilot)
        await stand_on(app, pilot, "weeks:more")
        await pilot.press("enter")
        lines = overview(app).shown.lines

    plan = mentee_view(store, maja(store)).tasks
    assert "weeks:more" not in lines
    assert [id for id in lines if id.startswith("weeks:")] == [
        f"weeks:{task.id}" for task in plan if task.status is not TaskStatus.PARKED
    ]


async def test_talks_stand_on_their_day_over_the_tasks(app: MentorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await open_overview(app, pilot)
        talks = line_of(app, _("Talks"))

    assert talks.count("●") == 5
    assert talks.count("○") == 1, "today's; the one after today is not drawn yet"
    assert ngettext("{n} held", "{n} held", 5).format(n=5) in talks


async def test_a_long_course_is_drawn_from_its_first_week(app: MentorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await go(app, pilot, OverviewScreen, name="Nadia")
        weeks = overview(app).shown.lines["weeks"].text

    assert weeks.startswith("1 ")
    assert " 40" in weeks


async def test_a_bar_shows_what_was_learned_long_ago_and_not_used(app: MentorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await open_overview(app, pilot)
        gaps = [
            line for id, line in overview(app).shown.lines.items() if id.startswith("gap-days:")
        ]
        unused = next(line for line in gaps if "░│░" in line.text)
        assert "█" not in unused.text
        await stand_on(app, pilot, unused.id)
        assert unused.whole in " ".join(screen_text(app).split())


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40), (200, 50)])
async def test_all_lines_can_be_reached_at_every_size(
    app: MentorApp, size: tuple[int, int]
) -> None:
    async with app.run_test(size=size) as pilot:
        await open_overview(app, pilot)
        shown = overview(app).shown
        seen = set()
        for _step in shown.lines:
            seen.add(shown.grid.row_id)
            await pilot.press("down")

    assert seen == set(shown.lines)


async def test_each_gap_names_the_key_that_opens_its_place(app: MentorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await open_overview(app, pilot)
        await stand_on(app, pilot, "gap:no_manager")
        line = overview(app).shown.line
        assert line
        assert line.key == "4"

        await pilot.press("enter")
        assert isinstance(app.screen, RolesScreen)
        await pilot.press("escape")
        assert overview(app).shown.grid.row_id == "gap:no_manager"


async def test_enter_on_an_action_opens_the_screen_of_actions_on_it(app: MentorApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await open_overview(app, pilot)
        action_id = (await stand_on(app, pilot, "action:")).partition(":")[2]
        await pilot.press("enter")

        assert isinstance(app.screen, ActionsScreen)
        assert app.screen.grid.row_id.endswith(action_id)


async def test_the_five_pointers_tell_what_they_rest_on_and_open_their_place(
    app: MentorApp, store: Store
) -> None:
    found = pointers(mentee_view(store, maja(store)), today())
    async with app.run_test(size=(80, 24)) as pilot:
        await open_overview(app, pilot)
        lines = overview(app).shown.lines
        for pointer in found:
            line = lines[f"pointer:{pointer.number}"]
            assert (line.text, line.opens) == (pointer.rests_on, pointer.screen)

        await stand_on(app, pilot, "pointer:1")
        await pilot.press("enter")
        assert isinstance(app.screen, NeedsScreen)


async def test_the_steps_of_a_task_are_drawn_week_by_week(app: MentorApp, store: Store) -> None:
    mentee = maja(store)
    assert mentee.start
    log = tuple(
        StepEntry(step=step, on=mentee.start.fromordinal(mentee.start.toordinal() + 7 * week))
        for week, step in ((1, Step.OBSERVES), (3, Step.TOGETHER), (4, Step.INDEPENDENT))
    )
    task = store.of(Task, mentee.id)[0]
    store.commit([Change.edited(task, step_log=log, step=Step.INDEPENDENT)])
    async with app.run_test(size=(120, 40)) as pilot:
        await open_overview(app, pilot)

        weeks = "".join(sign * 4 for sign in "·░░▒██")
        assert weeks in line_of(app, task.title)
        assert _("Independent").lower() in line_of(app, task.title)
        await stand_on(app, pilot, f"weeks:{task.id}")
        began = show_near(log[0].on, today())
        assert f"{_('Observing').lower()} {began}" in screen_text(app)


async def test_private_notes_are_shown_to_the_mentor_alone(app: MentorApp, store: Store) -> None:
    mine = Note(mentee_id=maja(store).id, text="kun for mig", at=now())
    ours = replace(mine, id="9" * 19, text="for os begge", private=False)
    store.commit([Change.created(mine), Change.created(ours)])
    async with app.run_test(size=(120, 90)) as pilot:
        await open_overview(app, pilot)
        assert "kun for mig" in screen_text(app)

        await pilot.press("f6")
        await pilot.pause()
        assert "kun for mig" not in screen_text(app)
        assert "for os begge" in screen_text(app)


async def test_no_private_note_is_told_anywhere_in_shared_view(
    app: MentorApp, store: Store
) -> None:
    for note in store.all(Note):
        store.commit([Change.edited(note, text=f"kanariefugl {note.text}", private=True)])
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f6")
        await open_overview(app, pilot)
        for _step in range(len(overview(app).shown.lines)):
            assert "kanariefugl" not in screen_text(app)
            await pilot.press("down")


async def test_a_note_opens_to_be_gone_on_with_and_x_deletes_it(
    app: MentorApp, store: Store
) -> None:
    note = Note(mentee_id=maja(store).id, text="slet mig", at=now())
    store.commit([Change.created(note)])
    async with app.run_test(size=(80, 24)) as pilot:
        await open_overview(app, pilot)
        await stand_on(app, pilot, f"note:{note.id}")
        await pilot.press("enter")
        assert isinstance(app.screen, NoteScreen)
        assert app.screen.area.text == "slet mig"

        await pilot.press("escape", "x", "j")
        assert store.get(Note, note.id) is None
        await pilot.press("u")
        assert store.get(Note, note.id)


async def test_all_older_notes_come_with_one_key(app: MentorApp, store: Store) -> None:
    for number in range(20):
        note = Note(mentee_id=maja(store).id, text=f"nr. {number}", at=now())
        store.commit([Change.created(note)])
    async with app.run_test(size=(80, 24)) as pilot:
        await open_overview(app, pilot)
        assert sum(id.startswith("note:") for id in overview(app).shown.lines) == 6
        await stand_on(app, pilot, "notes:more")
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, NotesScreen)
        ids = {row.id.partition(":")[0] for row in app.screen.grid.body.rows}
        assert {note.id for note in store.of(Note, maja(store).id)} <= ids


async def test_a_mentee_with_nothing_still_has_a_full_screen(empty: Store, app_on: AppOn) -> None:
    empty.commit([Change.created(Mentee(name="Ida"))])
    app = app_on(empty)
    async with app.run_test(size=(80, 24)) as pilot:
        await go(app, pilot, OverviewScreen, name="Ida")
        text = screen_text(app)
        lines = overview(app).shown.lines

    assert "0 %" not in text
    assert "100 %" not in text
    assert {"gap:no_tasks", "gap:no_buddy", "pointer:5", "notes:none"} <= set(lines)


async def test_what_is_agreed_next_stands_there_with_its_person(
    app: MentorApp, store: Store
) -> None:
    action = Action(mentee_id=maja(store).id, what="ring til Pia", who="mentee", due=today())
    for one in store.of(Action, maja(store).id):
        store.commit([Change.deleted(one)])
    store.commit([Change.created(action)])
    async with app.run_test(size=(80, 24)) as pilot:
        await open_overview(app, pilot)

        assert "ring til Pia · Maja Holm" in screen_text(app)


async def test_it_tells_when_the_plan_was_agreed_and_which_rows_changed_since(
    app: MentorApp, store: Store
) -> None:
    """R15."""
    view = mentee_view(store, maja(store))
    changed = [one for id in changed_since_agreed(view).changed if (one := view.task(id))]
    async with app.run_test(size=(80, 24)) as pilot:
        await open_overview(app, pilot)
        line = overview(app).shown.lines["agreed"]
        assert view.mentee.plan_agreed_on
        agreed = _("Agreed {date}").format(date=show_date(view.mentee.plan_agreed_on))
        assert agreed in screen_text(app)
        assert _("{number} changed").format(number=2) in screen_text(app)
        await stand_on(app, pilot, "agreed")
        await pilot.pause()
        for task in changed:
            assert task.title in " ".join(screen_text(app).split())
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, PlanScreen)
        assert app.screen.editor.task_id == line.record_id == changed[0].id


async def test_closing_from_the_overview_goes_back_to_the_first_screen(
    app: MentorApp, store: Store
) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await open_overview(app, pilot)
        await pilot.press("x", "f10")
        await pilot.pause()
        await pilot.press("escape")

        assert isinstance(app.screen, Lobby)
    assert maja(store).state is CourseState.CLOSED


async def test_text_is_shown_as_it_was_typed(app: MentorApp, store: Store) -> None:
    task = store.of(Task, maja(store).id)[0]
    store.commit([Change.edited(task, title="[red]x[/] =1+1 æøå")])
    async with app.run_test(size=(120, 90)) as pilot:
        await open_overview(app, pilot)

        assert "[red]x[/] =1+1 æøå" in screen_text(app)
