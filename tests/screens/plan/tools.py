"""The plan's screen under test: on the example's Maja, or on a plan made of given records."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date

from textual.pilot import Pilot

from data.records import Goal, Mentee, Person, Record, Role, RoleKind, Task
from data.store.change import Change
from data.store.store import Store
from screens.plan.editor import PlanEditor
from screens.plan.screen import PlanScreen
from tests.tools.hurry import until
from tui.app import MentorApp

START = date(2026, 10, 19)
MAJA = Mentee(name="Maja Holm", start=START)


class Plan:
    """A running plan screen and the keys pressed on it."""

    def __init__(self, app: MentorApp, pilot: Pilot[int], mentee_id: str) -> None:
        self.app = app
        self.pilot = pilot
        self.store = app.context.store
        self.mentee_id = mentee_id

    @property
    def screen(self) -> PlanScreen:
        screen = next(one for one in self.app.screen_stack if isinstance(one, PlanScreen))
        assert isinstance(screen, PlanScreen)
        return screen

    @property
    def editor(self) -> PlanEditor:
        return self.screen.editor

    @property
    def summary(self) -> str:
        return str(self.editor.summary.content)

    @property
    def notice(self) -> str:
        return self.screen.notice_bar.text

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def type(self, text: str) -> None:
        """Press the keys of a text; the names of those that are no letters are Textual's."""
        for char in text:
            event_key = {" ": "space", "\n": "enter"}.get(char, char)
            await self.pilot.press(event_key)

    async def until(self, condition: Callable[[], object], what: str = "it never came") -> None:
        """Wait until it is so."""
        await until(condition, what)
        await self.pilot.pause()

    async def dialog(self) -> None:
        """Wait until a dialog stands over the plan."""
        await self.until(lambda: self.app.screen is not self.screen, "no dialog came")
        await self.pilot.pause()

    async def back(self) -> None:
        """Wait until no dialog stands over the plan."""
        await self.until(lambda: self.app.screen is self.screen, "the dialog stayed")
        await self.pilot.pause()

    async def on_cell(self, task: str, column: str) -> None:
        """Stand on a cell of the task with that name."""
        assert self.editor.go_to(self.task(task).id, column)
        await self.pilot.pause()
        assert self.editor.column == column

    def task(self, title: str) -> Task:
        return next(task for task in self.store.of(Task, self.mentee_id) if task.title == title)

    def goals(self, title: str) -> list[Goal]:
        task_id = self.task(title).id
        goals = [goal for goal in self.store.of(Goal, self.mentee_id) if goal.task_id == task_id]
        return sorted(goals, key=lambda goal: goal.order)

    def titles(self) -> list[str]:
        """The names in the grid, from top to bottom."""
        return [row.cells["title"] for row in self.editor.grid.body.rows]


def fill(store: Store, *records: Record, mentee: Mentee = MAJA) -> Mentee:
    """Put a mentee and other records into the store, as no step of undo."""
    store.commit([Change.created(mentee), *map(Change.created, records)], undoable=False)
    return mentee


def tasks(*titles: str, mentee: Mentee = MAJA) -> list[Task]:
    return [
        Task(mentee_id=mentee.id, title=title, order=float(place))
        for place, title in enumerate(titles, 1)
    ]


def three_tasks(store: Store) -> None:
    """Put in a plan of three tasks of two types, a mentor and a colleague."""
    first, second, third = tasks("Børnesamtale", "Partshøring", "Journal")
    birgitte = Person(name="Birgitte Dam")
    fill(
        store,
        replace(first, type="Samtale", next_step="Lade barnet tegne"),
        replace(second, type="Afgørelse", potential="Kan blive tovholder"),
        third,
        birgitte,
        Person(name="Farid Amiri"),
        Role(mentee_id=MAJA.id, kind=RoleKind.MENTOR, person_id=birgitte.id),
    )


@asynccontextmanager
async def open_plan(
    app: MentorApp, mentee_id: str, size: tuple[int, int] = (80, 24), keys: Sequence[str] = ()
) -> AsyncIterator[Plan]:
    """Run the app on the plan of a mentee."""
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        app.push_screen(PlanScreen(app.context, mentee_id))
        await pilot.pause()
        plan = Plan(app, pilot, mentee_id)
        await plan.press(*keys)
        yield plan
