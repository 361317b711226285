"""How long each screen takes to open and to show a change, with 30 mentees and with one.

Each of them has 40 tasks, 25 talks and 300 notes, on a real file. What is measured is the work of
the program itself, from the order to open a screen until nothing waits to be drawn; the terminal's
part is in `tests.bench.terminal`. Run `python -m tests.bench.scale`.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from time import perf_counter

from textual.pilot import Pilot

from data.clock import Clock, set_clock, today
from data.i18n import set_language
from data.library import duties
from data.method.mentorship.roles import new_mentee_records
from data.records import Answer, Goal, Mentee, Record, Talk, TalkState, Task
from data.settings import Settings
from data.store.change import Change
from data.store.opening import open_store
from data.store.store import Store
from screens.frame.base import BaseScreen
from screens.frame.context import Context
from screens.frame.places import PLACES, open_place
from screens.library.screen import LibraryScreen
from screens.note.screen import NoteScreen
from screens.search.screen import SearchScreen
from screens.talk.open import open_talk
from tests.bench.population import fill
from tui.app import MentorApp

MANY = 30
TASKS, TALKS, NOTES = 40, 25, 300
ROUNDS = 5
ASKED = ("occupied", "works", "skills", "help", "sparring", "wellbeing", "praise", "potential")
SEEN = 100.0
"""Milliseconds from which on a wait is seen."""

Do = Callable[[MentorApp], object]


def populate(path: Path, mentees: int) -> None:
    """Write a file with so many mentees, each with all that belongs to one."""
    fill(path, mentees, tasks=TASKS, talks=TALKS, notes=NOTES)
    opened = open_store(path, threaded=False)
    try:
        for mentee in opened.store.all(Mentee):
            made = [Change.created(one) for one in _more(opened.store, mentee)]
            own = new_mentee_records(mentee, "", duties("da"), today())
            made += [one for one in own if one.table in ("roles", "duties")]
            opened.store.commit(made, "more")
    finally:
        opened.close()


def _more(store: Store, mentee: Mentee) -> Iterator[Record]:
    """Yield two goals for each task, and an answer to each question of each talk held."""
    for task in store.of(Task, mentee.id):
        for text in ("Kan tale med barnet alene", "Kan begrunde en afgørelse"):
            yield Goal(mentee_id=mentee.id, task_id=task.id, text=text)
    for talk in store.of(Talk, mentee.id):
        if talk.state is TalkState.HELD:
            for key in ASKED:
                yield Answer(
                    mentee_id=mentee.id,
                    talk_id=talk.id,
                    key=key,
                    question="Hvad har du særlig været optaget af?",
                    mentee="Den svære samtale med skolen, som gik bedre end ventet. " * 2,
                    mentor="Du holdt fast i barnets perspektiv.",
                )


# -- what is measured -----------------------------------------------------------------------------


def _mentee(app: MentorApp) -> Mentee:
    return app.store.all(Mentee)[0]


def _place(name: str) -> Do:
    return lambda app: open_place(app, app.context, name, _mentee(app).id)


def _talk(app: MentorApp) -> None:
    screen = app.screen
    assert isinstance(screen, BaseScreen)
    open_talk(screen, _mentee(app).id)


def _search(app: MentorApp) -> None:
    app.push_screen(SearchScreen(app.context))


def _look_for(app: MentorApp) -> None:
    assert isinstance(app.screen, SearchScreen)
    app.screen.line.value += "s"


def _note(app: MentorApp) -> None:
    app.push_screen(NoteScreen(app.context, mentee_id=_mentee(app).id))


def _library(app: MentorApp) -> None:
    app.push_screen(LibraryScreen(app.context))


def _change(app: MentorApp) -> None:
    """Make a change that the screen in front shows."""
    task = app.store.of(Task, _mentee(app).id)[0]
    app.store.commit([Change.edited(task, title=f"{task.title[:40]}.")], "change")


async def _settle(app: MentorApp, pilot: Pilot[int]) -> None:
    """Wait until nothing waits to be done or drawn."""
    await pilot.pause()


async def _timed(app: MentorApp, pilot: Pilot[int], do: Do) -> float:
    await _settle(app, pilot)
    began = perf_counter()
    do(app)
    await _settle(app, pilot)
    return (perf_counter() - began) * 1000


async def _home(app: MentorApp, pilot: Pilot[int]) -> None:
    while len(app.screen_stack) > 1:
        app.pop_screen()
        await _settle(app, pilot)


async def measure(path: Path) -> dict[str, float]:
    """Return the median of some rounds in milliseconds, by what was done."""
    opened = open_store(path, threaded=True)
    app = MentorApp(Context(opened.store, Settings()))
    found: dict[str, list[float]] = {}

    async def round_of(pilot: Pilot[int], name: str, first: Do | None, do: Do) -> None:
        if first is not None:
            first(app)
        found.setdefault(name, []).append(await _timed(app, pilot, do))
        await _home(app, pilot)

    try:
        async with app.run_test(size=(80, 24)) as pilot:
            for _round in range(ROUNDS):
                await round_of(pilot, "first screen, a change", None, _change)
                for place in PLACES:
                    await round_of(pilot, place.name, None, _place(place.name))
                    first = _place(place.name)
                    await round_of(pilot, f"{place.name}, a change", first, _change)
                await round_of(pilot, "talk", None, _talk)
                await round_of(pilot, "search", None, _search)
                await round_of(pilot, "search, a letter", _search, _look_for)
                await round_of(pilot, "note", None, _note)
                await round_of(pilot, "library", None, _library)
    finally:
        opened.close()
    return {name: statistics.median(times) for name, times in found.items()}


def main(args: list[str]) -> None:
    """Print milliseconds for each screen, with many mentees, with one, and the ratio."""
    many = int(args[0]) if args else MANY
    set_language("da")
    set_clock(Clock(datetime(2026, 3, 2, 9)))  # noqa: DTZ001 - the clock adds the offset
    figures = []
    with tempfile.TemporaryDirectory() as folder:
        for mentees in (1, many):
            path = Path(folder) / str(mentees) / "mentor.json"
            path.parent.mkdir(mode=0o700)
            populate(path, mentees)
            figures.append(asyncio.run(measure(path)))
    set_clock(None)
    one, all_of_them = figures
    print(f"{'screen':<26}{'1 mentee':>10}{f'{many} mentees':>13}{'ratio':>8}")
    for name, took in all_of_them.items():
        seen = "  seen" if took > SEEN else ""
        print(f"{name:<26}{one[name]:>8.0f}ms{took:>11.0f}ms{took / one[name]:>8.2f}{seen}")


if __name__ == "__main__":
    main(sys.argv[1:])
