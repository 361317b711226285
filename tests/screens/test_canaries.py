"""Nothing private is seen by others in any place, and each place really asks the one rule.

Every place is looked at twice over records with a private text of each sort: as it is, and with the
rule changed to "everything may be seen". What then comes to sight is what the rule had hidden.
"""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from data.clock import now
from data.method import visibility
from data.privacy import canaries as c
from data.privacy.canaries import Planted, plant
from data.store.store import Store
from screens.actions.screen import ActionsScreen
from screens.conflicts.screen import ConflictsScreen
from screens.frame.base import BaseScreen
from screens.frame.places import BY_NAME, load
from screens.home.screen import HomeScreen
from screens.library.tips import TipsScreen
from screens.mentee.closing import ClosingScreen
from screens.needs.screen import NeedsScreen
from screens.note.screen import NoteScreen
from screens.overview.screen import OverviewScreen
from screens.plan.screen import PlanScreen
from screens.search.screen import SearchScreen
from screens.talk.papers import PreparationScreen, SummaryScreen
from screens.talk.plan import TalkPlan
from screens.talk.read import TalkReadScreen
from tests.screens.conftest import screen_text
from tests.screens.places import mentee
from tests.screens.talk.tools import enter, talk_screen
from tui.app import MentorApp
from widgets.step_rail import StepRail

Keys = Pilot[int]
SIZE = (120, 70)
"""Room for all that a place has to show."""


@dataclass
class Visit:
    """One look at one place."""

    app: MentorApp
    keys: Keys
    planted: Planted

    async def open(self, screen: BaseScreen[None], *keys: str) -> str:
        """Open a screen, press keys, and return what is to be seen then."""
        await self.app.push_screen(screen)
        return await self.press(*keys)

    async def press(self, *keys: str) -> str:
        """Press keys, and return what is to be seen then."""
        await self.keys.pause()
        await self.keys.press(*keys)
        await self.keys.pause()
        return screen_text(self.app)

    async def talk(self, step: str) -> str:
        """Go to a step of the talk under way, and return what is to be seen there."""
        screen = await enter(self.app, self.keys, self.planted.mentee)
        screen.post_message(StepRail.Picked(step))
        text = await self.press()
        assert screen.pane.step.key == step
        return text

    @property
    def context(self) -> Any:
        """What the screens are given."""
        return self.app.context

    @property
    def has_written(self) -> bool:
        """Whether a file is there: it is made outside the event loop."""
        folder = Path(os.environ["HOME"]) / "mentorrollen"
        return folder.is_dir() and any(folder.glob("*.txt"))

    def written(self) -> str:
        """Return what has been written to files, and take them away."""
        found = sorted((Path(os.environ["HOME"]) / "mentorrollen").iterdir())
        texts = [path.read_text("utf-8") for path in found]
        for path in found:
            path.unlink()
        return "\n".join(texts)


Look = Callable[[Visit], Awaitable[str]]


async def overview(visit: Visit) -> str:
    return await visit.open(OverviewScreen(visit.context, visit.planted.mentee.id))


async def private_note(visit: Visit) -> str:
    return await visit.open(NoteScreen(visit.context, note_id=visit.planted.note.id))


async def shared_doubt(visit: Visit) -> str:
    return await visit.open(NoteScreen(visit.context, note_id=visit.planted.shared_doubt.id))


async def earlier_notes(visit: Visit) -> str:
    planted = visit.planted
    return await visit.open(NoteScreen(visit.context, planted.mentee.id, planted.task.id))


async def search(visit: Visit) -> str:
    visit.context.positions.pop("search", None)  # else it goes on with the last search
    return await visit.open(SearchScreen(visit.context), *"kanarie")


async def actions(visit: Visit) -> str:
    return await visit.open(ActionsScreen(visit.context, visit.planted.mentee.id))


def _plan(visit: Visit) -> PlanScreen:
    visit.context.positions[f"plan:{visit.planted.mentee.id}"] = (visit.planted.task.id, "title")
    return PlanScreen(visit.context, visit.planted.mentee.id)


async def plan_details(visit: Visit) -> str:
    screen = _plan(visit)
    await visit.open(screen)
    screen.editor.show_row()  # now, and not when the cursor has rested there for a while
    return await visit.press()


async def plan_goals(visit: Visit) -> str:
    return await visit.open(_plan(visit), "m")


async def plan_recall(visit: Visit) -> str:
    return await visit.open(_plan(visit), "r")


async def talk_since(visit: Visit) -> str:
    return await visit.talk("since")


async def talk_words(visit: Visit) -> str:
    return await visit.talk("help")


async def talk_wellbeing(visit: Visit) -> str:
    return await visit.talk("wellbeing")


async def talk_action(visit: Visit) -> str:
    await visit.talk("help")
    return await visit.press("f3", "enter")


async def talk_tip(visit: Visit) -> str:
    await visit.talk("close")
    return await visit.press("f3", "6")


async def talk_sort(visit: Visit) -> str:
    visit.context.shared_view = False  # what is sorted is looked at together anyway
    return await visit.talk("sort")


async def talk_plan(visit: Visit) -> str:
    visit.context.shared_view = False  # the step shares the screen by itself
    await visit.talk("plan")
    part = talk_screen(visit.app).pane.list
    assert isinstance(part, TalkPlan)
    part.editor.go_to(visit.planted.task.id)
    part.editor.show_row()
    return await visit.press()


async def _read(visit: Visit, kind: type[Any], talk_id: str, *keys: str) -> str:
    screen = kind(visit.context, talk_id)
    await visit.open(screen, *keys)
    return str(screen.pane.plain)


async def talk_read(visit: Visit) -> str:
    return await _read(visit, TalkReadScreen, visit.planted.held.id)


async def talk_summary(visit: Visit) -> str:
    visit.context.shared_view = False  # it is for the mentee whoever looks
    return await _read(visit, SummaryScreen, visit.planted.held.id)


async def preparation(visit: Visit) -> str:
    visit.context.shared_view = False
    return await _read(visit, PreparationScreen, visit.planted.to_come.id)


async def _write(visit: Visit, screen: type[Any], id: str) -> str:
    """Write what a screen proposes as a text file, and return what is in it."""
    await _read(visit, screen, id, "w", "tab", "t", "f10")
    for _n in range(200):
        if visit.has_written:
            break
        await visit.keys.pause(0.02)
    return visit.written()


async def written_talk(visit: Visit) -> str:
    visit.context.shared_view = False
    return await _write(visit, TalkReadScreen, visit.planted.held.id)


async def written_in_shared_view(visit: Visit) -> str:
    return await _write(visit, TalkReadScreen, visit.planted.held.id)


async def written_summary(visit: Visit) -> str:
    visit.context.shared_view = False
    return await _write(visit, SummaryScreen, visit.planted.held.id)


async def closing(visit: Visit) -> str:
    visit.context.shared_view = False
    return await _write(visit, ClosingScreen, visit.planted.mentee.id)


async def needs(visit: Visit) -> str:
    screen = NeedsScreen(visit.context, visit.planted.mentee.id)
    await visit.open(screen)
    screen.grid.go_to(f"need:{visit.planted.need.id}")
    return await visit.press()


async def mentors_view(visit: Visit) -> str:
    await needs(visit)
    return await visit.press("I")


async def tips(visit: Visit) -> str:
    return await visit.open(TipsScreen(visit.context))


async def clashes(visit: Visit) -> str:
    return await visit.open(ConflictsScreen(visit.context))


@dataclass(frozen=True, slots=True)
class Place:
    """A place to look at."""

    look: Look
    kept: tuple[str, ...]
    """Canaries that only the rule keeps from it."""
    seen: str = ""
    """What is to be seen there."""


PLACES = [
    Place(overview, (c.NOTE, c.DOUBT, c.SHARED_DOUBT, c.TIP), c.OPEN),
    Place(private_note, (c.NOTE,)),
    Place(shared_doubt, (c.SHARED_DOUBT,)),
    Place(earlier_notes, (c.DOUBT, c.SHARED_DOUBT), c.OPEN),
    Place(search, (c.NOTE, c.DOUBT, c.SHARED_DOUBT, c.ANSWER, c.WELLBEING, c.VIEW)),
    Place(actions, (c.DOUBT, c.SHARED_DOUBT)),
    Place(plan_details, (c.NOTE, c.DOUBT, c.SHARED_DOUBT, c.ANSWER, c.WELLBEING, c.TIP), c.OPEN),
    Place(plan_goals, (c.NOTE,), "Kan fodre"),
    Place(plan_recall, (c.TIP,)),
    Place(talk_since, (c.NOTE, c.DOUBT, c.SHARED_DOUBT, c.WISH), c.OPEN),
    Place(talk_words, (c.ANSWER, c.EXAMPLE)),
    Place(talk_wellbeing, (c.WELLBEING, c.PULSE)),
    Place(talk_action, (c.ANSWER,)),
    Place(talk_tip, (c.LEARNED,)),
    Place(talk_sort, (c.NOTE, c.SHARED_DOUBT, c.ANSWER, c.EXAMPLE, c.WELLBEING), c.OPEN),
    Place(talk_plan, (c.NOTE, c.DOUBT, c.SHARED_DOUBT, c.ANSWER, c.WELLBEING, c.TIP), c.OPEN),
    Place(talk_read, (c.ANSWER, c.EXAMPLE, c.WISH, c.WELLBEING, c.PULSE), c.OPEN),
    Place(talk_summary, (c.ANSWER, c.EXAMPLE, c.WISH, c.WELLBEING), c.OPEN),
    Place(preparation, (c.QUESTION,)),
    Place(written_talk, (c.ANSWER, c.EXAMPLE, c.WISH, c.WELLBEING), c.OPEN),
    Place(written_in_shared_view, (c.ANSWER, c.EXAMPLE, c.WISH, c.WELLBEING), c.OPEN),
    Place(written_summary, (c.ANSWER, c.EXAMPLE, c.WISH, c.WELLBEING), c.OPEN),
    Place(closing, (c.EXAMPLE,)),
    Place(needs, (c.VIEW,), "Fugle"),
    Place(mentors_view, (c.VIEW,), "Fugle"),
    Place(tips, (c.TIP,)),
    Place(clashes, (c.CLASH,)),
]


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.look.__name__)
async def test_a_place_hides_what_is_private_and_only_by_the_rule(
    app: MentorApp, store: Store, monkeypatch: pytest.MonkeyPatch, place: Place
) -> None:
    planted = plant(store, mentee(store), now())
    async with app.run_test(size=SIZE) as keys:
        await keys.pause()
        visit = Visit(app, keys, planted)
        app.context.shared_view = True
        seen = await place.look(visit)
        assert c.ALL not in seen
        assert place.seen in seen

        while len(app.screen_stack) > 1:
            app.pop_screen()
        monkeypatch.setattr(visibility, "shows_all", lambda _reader: True)
        app.context.shared_view = True
        seen = await place.look(visit)
        assert [canary for canary in place.kept if canary not in seen] == []


async def test_no_other_place_shows_anything_private(app: MentorApp, store: Store) -> None:
    planted = plant(store, mentee(store), now())
    async with app.run_test(size=SIZE) as keys:
        await keys.pause()
        await keys.press("f6")
        visit = Visit(app, keys, planted)
        assert c.ALL not in await visit.open(HomeScreen(app.context))
        assert c.ALL not in await visit.press("tab")
        for name in BY_NAME:
            assert c.ALL not in await visit.open(load(name)(app.context, planted.mentee.id))
