"""Every form of the program: where it is opened, and what two sessions do with it at once."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from data.records import (
    Mentee,
    Record,
)
from screens.actions.screen import ActionsScreen
from screens.documents.status import StatusScreen
from screens.home.screen import HomeScreen
from screens.library.questions import QuestionsScreen
from screens.library.tips import TipsScreen
from screens.mentee.expectations import ExpectationsScreen
from screens.needs.screen import NeedsScreen
from screens.note.screen import NoteScreen
from screens.overview.screen import OverviewScreen
from screens.people.screen import PeopleScreen
from screens.plan.screen import PlanScreen
from screens.roles.rows import PERSONS
from screens.roles.screen import RolesScreen
from screens.talk.read import TalkReadScreen
from screens.talk.series import TalksScreen
from screens.talk.whole_talk import HEAD
from tests.screens.talk.tools import enter, go, grid_of
from tests.screens.two_sessions.world import Keys, one_of_each
from tui.app import MentorApp
from widgets.grid import Grid

InGrid = NeedsScreen | RolesScreen | PeopleScreen | ActionsScreen
"""Screens that are one grid."""
Records = Mapping[str, Record]
Stand = Callable[[MentorApp, Keys, Records], Awaitable[None]]
"""Opens a screen and stands on a record."""


@dataclass(frozen=True, slots=True)
class Open:
    """How a form is opened: where one stands, and the keys pressed there."""

    stand: Stand
    keys: tuple[str, ...]

    async def __call__(self, app: MentorApp, pilot: Keys, records: Records) -> None:
        """Stand there, and open the form."""
        await self.stand(app, pilot, records)
        await self.again(pilot)

    async def again(self, pilot: Keys) -> None:
        """Open the form where one stands already."""
        await press(pilot, *self.keys)


Typed = str | tuple[str, ...]
"""A text that goes to the end of a field, or keys."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A form that edits a record, and what each session does with it."""

    kind: str
    """The kind of the form."""
    open: Open
    record: str
    """The record that is changed, by its name in the world."""
    field: str
    """Its field that the user changes."""
    key: str
    """Key of that field in the form."""
    becomes: Any
    """What the field is after the first form, or a function that says whether it is right."""
    kept: str
    """What is kept of the second form's text, which clashes with the other session's."""
    other: Mapping[str, Any]
    """What the other session writes in other fields while the first form is open."""
    same: Any
    """What it writes in the same field while the second is open, or a function of the record."""
    types: tuple[Typed, Typed] = ("x", "y")
    """What the user types in the two forms."""
    holds: Callable[[Any], bool] | None = None
    """Where the field has room for both, so that nothing clashes: whether it holds both."""

    world: Callable[[], dict[str, Record]] = one_of_each
    """Makes the records that are there."""
    answers: tuple[str, ...] = ()
    """Keys that answer what is asked after the first form."""
    says_something_new: bool = False
    """Whether it says something each time it is saved, such as the next step of training."""

    @property
    def name(self) -> str:
        """What it is called in a test's report."""
        return f"{self.kind}: {self.record}.{self.field}"


@dataclass(frozen=True, slots=True)
class Create:
    """A form that makes a record; both sessions make one."""

    kind: str
    """The kind of the form."""
    open: Open
    types: Mapping[str, Typed]
    theirs: Callable[[Records], Record]
    """What the other session makes meanwhile."""

    @property
    def name(self) -> str:
        """What it is called in a test's report."""
        return f"{self.kind}: {self.theirs.__name__}"


# -- standing on a record -------------------------------------------------------------------------


async def press(pilot: Keys, *keys: str) -> None:
    await pilot.pause()
    await pilot.press(*keys)
    await pilot.pause()


def in_grid(kind: type[InGrid], record: str, *keys: str) -> Open:
    """Open a screen of the mentee, stand on a record, and press keys."""

    async def stand(app: MentorApp, pilot: Keys, records: Records) -> None:
        screen = kind(app.context, records["mentee"].id)
        await app.push_screen(screen)
        await pilot.pause()
        screen.go_to(records[record].id)

    return Open(stand, keys)


def on_role(record: str, *keys: str) -> Open:
    async def stand(app: MentorApp, pilot: Keys, records: Records) -> None:
        screen = RolesScreen(app.context, records["mentee"].id)
        await app.push_screen(screen)
        await pilot.pause()
        screen.grid.go_to(PERSONS, records[record].id)

    return Open(stand, keys)


def in_plan(*keys: str) -> Open:
    async def stand(app: MentorApp, pilot: Keys, records: Records) -> None:
        screen = PlanScreen(app.context, records["mentee"].id)
        await app.push_screen(screen)
        await pilot.pause()
        screen.editor.go_to(records["task"].id, "title")

    return Open(stand, keys)


def in_talks(record: str, *keys: str) -> Open:
    async def stand(app: MentorApp, pilot: Keys, records: Records) -> None:
        screen = TalksScreen(app.context, records["mentee"].id)
        await app.push_screen(screen)
        await pilot.pause()
        screen.grid.go_to(records[record].id)

    return Open(stand, keys)


def in_library(kind: type[QuestionsScreen | TipsScreen], record: str, *keys: str) -> Open:
    async def stand(app: MentorApp, pilot: Keys, records: Records) -> None:
        screen = kind(app.context)
        await app.push_screen(screen)
        await pilot.pause()
        screen.grid.go_to(records[record].id)

    return Open(stand, keys)


def in_talk(step: str, row: str, *keys: str, words: str = "") -> Open:
    """Go to a step of the talk under way, and to a row of its list where there is one."""

    async def stand(app: MentorApp, pilot: Keys, records: Records) -> None:
        mentee = records["mentee"]
        assert isinstance(mentee, Mentee)
        await enter(app, pilot, mentee)
        await go(app, pilot, step)
        if row:
            grid: Grid = grid_of(app)
            kind, _sep, name = row.partition(":")
            begins = f"{kind}:{records[name].id if name else ''}"
            ids = [one.id for one in grid.body.rows if one.id.startswith(begins)]
            assert ids, row
            grid.go_to(ids[0])
        if words:
            await pilot.press(*words)

    return Open(stand, keys)


async def over_home(app: MentorApp, pilot: Keys, records: Records) -> None:
    await pilot.pause()
    screen = HomeScreen(app.context)
    await app.push_screen(screen)
    await pilot.pause()
    screen.opening.complete()
    screen.lists.mentees.go_to(records["mentee"].id)
    await pilot.pause()


def at_home(*keys: str) -> Open:
    async def stand(app: MentorApp, pilot: Keys, records: Records) -> None:
        await over_home(app, pilot, records)

    return Open(stand, keys)


def of_mentee(kind: type[OverviewScreen | ExpectationsScreen | StatusScreen], *keys: str) -> Open:
    async def stand(app: MentorApp, pilot: Keys, records: Records) -> None:
        await app.push_screen(kind(app.context, records["mentee"].id))

    return Open(stand, keys)


def in_held_talk(answer: str, *keys: str) -> Open:
    """Read the held talk, with the mark on an answer; on its head where none is given."""

    async def stand(app: MentorApp, pilot: Keys, records: Records) -> None:
        screen = TalkReadScreen(app.context, records["held"].id)
        await app.push_screen(screen)
        await pilot.pause()
        screen.pane.mark(f"answer:{records[answer].id}" if answer else HEAD)

    return Open(stand, keys)


def in_note(record: str, *keys: str) -> Open:
    async def stand(app: MentorApp, pilot: Keys, records: Records) -> None:
        await app.push_screen(NoteScreen(app.context, note_id=records[record].id))

    return Open(stand, keys)


def in_a_note(*keys: str) -> Open:
    async def stand(app: MentorApp, pilot: Keys, records: Records) -> None:
        await app.push_screen(NoteScreen(app.context, records["mentee"].id))

    return Open(stand, keys)
