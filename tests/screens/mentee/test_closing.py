"""The close of a mentorship: what the mentee can do now (R6, R46); feedback on a goal (R12)."""

from __future__ import annotations

from datetime import timedelta

from textual.pilot import Pilot

from data.clock import now, today
from data.dates import show_date
from data.i18n import _
from data.records import Answer, Goal, Note, NoteKind, Step, StepEntry, Talk, Task
from data.store.change import Change
from data.store.store import Store
from screens.mentee.closing import ClosingScreen
from screens.overview.screen import OverviewScreen
from screens.plan.screen import PlanScreen
from tests.screens.conftest import screen_text
from tests.screens.places import go, mentee
from tui.app import MentorApp

Keys = Pilot[int]


def stepped(store: Store, title: str, *steps: Step) -> Task:
    """Give Maja a task that has gone these steps, a week apart, the last one yesterday."""
    last = today() - timedelta(days=1)
    days = [last - timedelta(weeks=back) for back in range(len(steps))][::-1]
    log = tuple(StepEntry(step=step, on=on) for step, on in zip(steps, days, strict=True))
    task = Task(mentee_id=mentee(store).id, title=title, step=steps[-1], step_log=log)
    store.commit([Change.created(task)], "x")
    return task


async def test_only_tasks_whose_step_rose_are_told_with_dates(app: MentorApp) -> None:
    stepped(app.store, "Rejst opgave", Step.OBSERVES, Step.INDEPENDENT)
    stepped(app.store, "Intet nyt om", Step.TOGETHER)
    async with app.run_test(size=(80, 40)) as pilot:
        await go(app, pilot, OverviewScreen)
        await pilot.press("s")
        await pilot.pause()
        assert isinstance(app.screen, ClosingScreen)
        shown = " ".join(app.screen.pane.plain.split())

        assert "Rejst opgave" in shown
        assert show_date(today() - timedelta(days=1)) in shown
        assert "Intet nyt om" not in shown


async def test_examples_are_told_and_what_is_private_is_not(app: MentorApp) -> None:
    maja = mentee(app.store)
    talk = app.store.of(Talk, maja.id)[0]
    open_one = Answer(mentee_id=maja.id, talk_id=talk.id, key="works", examples=("Ro i samtalen",))
    private = Answer(
        mentee_id=maja.id, talk_id=talk.id, key="x", examples=("Kanariefugl",), private=True
    )
    app.store.commit([Change.created(open_one), Change.created(private)], "x")
    async with app.run_test(size=(80, 40)) as pilot:
        await go(app, pilot, OverviewScreen)
        await pilot.press("s")
        await pilot.pause()
        assert isinstance(app.screen, ClosingScreen)

        assert "Ro i samtalen" in app.screen.pane.plain
        assert "Kanariefugl" not in app.screen.pane.plain


async def test_feedback_is_tied_to_a_goal_and_stands_there_in_order(app: MentorApp) -> None:
    store = app.store
    maja = mentee(store)
    task = store.of(Task, maja.id)[0]
    goal = Goal(mentee_id=maja.id, task_id=task.id, text="Zoologisk mål")
    earlier = Note(
        mentee_id=maja.id,
        text="Begyndte godt",
        kind=NoteKind.FEEDBACK,
        goal_id=goal.id,
        private=False,
        at=now() - timedelta(days=3),
    )
    store.commit([Change.created(goal), Change.created(earlier)], "x")
    async with app.run_test(size=(120, 40)) as pilot:
        plan = await go(app, pilot, PlanScreen, "2")
        await pilot.press("n", *"Nu selv", "ctrl+t", *"zoologisk", "enter")
        await pilot.pause()
        assert _("goal: {goal}").format(goal=goal.text) in screen_text(app)
        await pilot.press("escape")
        await pilot.pause()
        note = next(one for one in store.of(Note, maja.id) if one.text == "Nu selv")
        plan.editor.go_to(task.id)
        await pilot.press("m")
        await pilot.pause()
        assert plan.editor.goals.grid.go_to(goal.id)
        await pilot.pause()
        shown = "\n".join(part.text for part in plan.editor.goals.detail.texts)

        assert (note.goal_id, note.task_id) == (goal.id, task.id)
        assert shown.index("Begyndte godt") < shown.index("Nu selv")
