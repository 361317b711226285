"""Looks for canaries on every screen in the shared view: the app itself, without a terminal.

It is the program's own app, which Textual runs without a terminal, at 80x24; keys are pressed, and
what is then to be seen is read from what it would draw.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any, Final

from textual.pilot import Pilot

from data.clock import now
from data.i18n import N_, _, language
from data.method.talk.lifecycle import start_talk
from data.paths import positions_file
from data.positions import save_positions
from data.privacy.canaries import ALL, OPEN, Planted
from data.privacy.looking import TRACES, Looked, NothingProved, canaries_in
from data.queries.views import mentee_view
from data.records import Mentee, MenteeRecord, Need
from data.settings import Settings
from data.store.opening import OpenedStore
from screens.dialogs.base import Dialog
from screens.frame.context import Context
from screens.frame.places import PLACES, load, open_place
from screens.library.screen import LibraryScreen
from screens.library.tips import TipsScreen
from screens.talk.desk import TalkDesk
from screens.talk.screen import TalkScreen
from tui.app.app import MentorApp
from tui.terminal.textual_private import words_on
from widgets.step_rail import StepRail

SCREENS: Final = N_("Shared view (F6)")
SIZE: Final = (80, 24)
PAGES: Final = 2
"""How many screenfuls of a long page are looked at, besides its end."""
_PAGES: Final = {
    "notes": N_("All notes and answers"),
    "history": N_("History"),
    "closing": N_("Closing page"),
    "roles_page": N_("Who does what"),
    "status": N_("Status for the manager"),
}
"""Pages of a mentee that are no tab."""
_OF_TEAM: Final = tuple((_PAGES[name], name) for name in ("history", "closing", "notes"))
"""Those that are looked at in a team file, by msgid and name; the last one shows all notes."""


class Tour:
    """One way through all screens, in the language in use."""

    def __init__(
        self,
        app: MentorApp,
        pilot: Pilot[int],
        looked: Looked,
        tell: Callable[[str], None],
        group: str = SCREENS,
    ) -> None:
        self.app = app
        self.pilot = pilot
        self.looked = looked
        self.tell = tell
        self.group = group
        """The group of the places that are looked at, a msgid."""

    def seen(self) -> str:
        """Return the words on the screen in front without the gaps, so that none is broken."""
        return "".join("".join(words_on(self.app)).split())

    def look(self, place: str, which: str = "") -> None:
        """Look at the screen as it is, and at the title that the app has now."""
        which = f"{which}, {language()}" if which else language()
        # As they are spelt: what is searched for stands on the screen, too, in small letters.
        self.looked.note(self.group, place, self.seen().count(ALL), which)
        title = f"{self.app.title}\n{self.app.sub_title}\n{self.app.screen.title}"
        self.looked.note(TRACES, N_("Title of the terminal"), canaries_in(title), which)

    async def press(self, *keys: str) -> None:
        """Press keys; the pilot waits until the screen has answered."""
        await self.pilot.press(*keys)

    async def close(self) -> None:
        """Go back to the first screen."""
        while len(self.app.screen_stack) > 1:
            self.app.pop_screen()
        await self.pilot.pause()

    async def open(self, screen: Any) -> None:
        """Open a screen over the first one, in the place of whatever is there."""
        while len(self.app.screen_stack) > 2:
            self.app.pop_screen()
        if len(self.app.screen_stack) == 2:
            await self.app.switch_screen(screen)
        else:
            await self.app.push_screen(screen)
        await self.pilot.pause()

    async def at(self, name: str, record: MenteeRecord, column: str = "") -> None:
        """Open a place of a mentee with the cursor on a record."""
        await self.close()
        row = f"need:{record.id}" if isinstance(record, Need) else record.id
        open_place(self.app, self.app.context, name, record.mentee_id, row, column=column)
        await self.pilot.pause()

    async def page(self, place: str, screen: Any, *, whole: bool, which: str = "") -> None:
        """Open a screen and look at it; `whole`: also further down, and with dialogs over it."""
        self.tell(_(place))
        await self.open(screen)
        self.look(place, which)
        if not whole:
            return
        for key in ["pagedown"] * PAGES + ["end"]:
            await self.press(key)
            self.look(place, which)
        await self.over(N_("Help"), "f1")
        await self.over(N_("Commands (Ctrl+P)"), "ctrl+p")

    async def over(self, place: str, key: str, *more: str) -> None:
        """Open a dialog by its key, look at it, and close it."""
        front = self.app.screen
        await self.press(key)
        self.look(place)
        for typed in more:
            await self.press(typed)
            self.look(place)
        while self.app.screen is not front and isinstance(self.app.screen, Dialog):
            self.app.pop_screen()
            await self.pilot.pause()


async def tour(
    opened: OpenedStore,
    planted: Planted,
    settings: Settings,
    looked: Looked,
    tell: Callable[[str], None],
) -> None:
    """Open every place of every mentee in the shared view, in the language in use, and look.

    Raises:
        NothingProved: The mentor's own view shows no canary either.
    """
    context = Context(opened.store, settings, folder=opened.path.parent, file=opened.path)
    app = MentorApp(context, opened.typing_log.barrier if opened.typing_log else None)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        way = Tour(app, pilot, looked, tell)
        await way.open(load("note")(context, note_id=planted.note.id))
        if not canaries_in(way.seen()):
            raise NothingProved
        await way.close()
        await way.press("f6")
        await _first_screen(way)
        await _mentees(way, context, planted)
        await _talks(way, context, planted)
        await _words(way, context, planted)
    save_positions(positions_file(os.environ), context.positions_as_text())


async def tour_of_team(
    opened: OpenedStore,
    planted: Planted,
    settings: Settings,
    looked: Looked,
    tell: Callable[[str], None],
) -> None:
    """Open the places of a mentee in a team file whose canaries are another member's, and look.

    Nothing is hidden: it is not the shared view.

    Raises:
        NothingProved: What may be seen is not shown either.
    """
    context = Context(opened.store, settings, folder=opened.folder, file=opened.path)
    context.of_team = opened.of_team
    app = MentorApp(context, opened.typing_log.barrier if opened.typing_log else None)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        way = Tour(app, pilot, looked, tell, N_("Team file, as its other member reads it"))
        context.shared_view = False
        way.look(N_("Home screen"))
        for title, name in (*((one.title, one.name) for one in PLACES), *_OF_TEAM):
            await way.page(title, load(name)(context, planted.mentee.id), whole=False)
        proved = "".join(OPEN.split()) in way.seen()
        await way.page(
            N_("A talk that was held"), load("held")(context, planted.held.id), whole=False
        )
        await way.page(N_("Conflicts"), load("conflicts")(context), whole=False)
        await way.open(load("search")(context))
        await way.press(*ALL.lower())
        way.look(N_("Search"))
    if not proved:
        raise NothingProved


async def _first_screen(way: Tour) -> None:
    for key in ("tab", "home", "pagedown"):
        way.look(N_("Home screen"))
        await way.press(key)
    await way.over(N_("Help"), "f1")
    await way.over(N_("Commands (Ctrl+P)"), "ctrl+p", *ALL.lower()[:3])


async def _mentees(way: Tour, context: Context, planted: Planted) -> None:
    for mentee in context.store.all(Mentee):
        whole = mentee.id == planted.mentee.id
        for place in PLACES:
            screen = load(place.name)(context, mentee.id)
            await way.page(place.title, screen, whole=whole, which=mentee.name)
        for name, title in _PAGES.items():
            screen = load(name)(context, mentee.id)
            await way.page(title, screen, whole=whole, which=mentee.name)
    task, need = planted.task, planted.need
    context.positions[f"plan:{planted.mentee.id}"] = (task.id, "title")
    for key in ("enter", "m", "r"):
        await way.open(load("plan")(context, planted.mentee.id))
        await way.press(key)
        way.look(N_("Plan"))
    context.positions[f"needs:{planted.mentee.id}"] = (f"need:{need.id}", "")
    await way.open(load("needs")(context, planted.mentee.id))
    await way.press("I")
    way.look(N_("Needs"))


async def _talks(way: Tour, context: Context, planted: Planted) -> None:
    for talk in (planted.held, planted.running, planted.to_come):
        for kind in ("summary", "prep"):
            screen = load("document")(context, planted.mentee.id, kind, talk_id=talk.id)
            await way.page(N_("Summary and preparation"), screen, whole=False)
    await way.page(N_("A talk that was held"), load("held")(context, planted.held.id), whole=True)
    view = mentee_view(context.store, planted.mentee)
    talk, starting = start_talk(view, now(), which=planted.running)
    screen = TalkScreen(context, TalkDesk(context, planted.mentee, talk, starting))
    await way.open(screen)
    for step in screen.rail.steps:
        screen.post_message(StepRail.Picked(step.key))
        await way.pilot.pause()
        way.look(N_("Talk, each step"))
        await way.over(N_("Talk, each step"), "f3")


async def _words(way: Tour, context: Context, planted: Planted) -> None:
    """Look where words are written and found: notes, search, conflicts, tips."""
    notes = [planted.note.id, planted.shared_doubt.id]
    for id in notes:
        await way.page(N_("A note"), load("note")(context, note_id=id), whole=False)
    new = load("note")(context, planted.mentee.id, planted.task.id)
    await way.page(N_("A note"), new, whole=False)
    await way.open(load("overview")(context, planted.mentee.id))
    await way.app.push_screen(load("search")(context))
    await way.press(*ALL.lower())
    way.look(N_("Search"))
    await way.press("enter")
    way.look(N_("Search"))
    await way.page(N_("Conflicts"), load("conflicts")(context), whole=False)
    await way.page(N_("Tips"), TipsScreen(context), whole=False)
    await way.page(N_("Library"), LibraryScreen(context), whole=False)
    context.positions[f"plan:{planted.mentee.id}"] = (planted.other_task.id, "title")
    await way.open(load("plan")(context, planted.mentee.id))
    await way.over(N_("Form that was left unfinished"), "e")
