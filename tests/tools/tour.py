"""A walk through every screen and dialog, key by key, and what is to be seen on the way."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from data.clock import Clock, now, set_clock
from data.i18n import language, set_language
from data.queries.worked_example import load_example
from data.records import Person, Record, Role, RoleKind
from data.store.change import Change
from data.store.opening import open_store
from tests.tools.pty import Terminal
from tests.tools.typist import Typist

ROOT: Final = Path(__file__).parents[2]
MONDAY: Final = datetime(2026, 11, 23, 8, 5)  # noqa: DTZ001 - the clock adds the computer's offset
OTHER: Final = {"da": "en", "en": "da"}


@dataclass(frozen=True, slots=True)
class Scene:
    """What is to be seen after these keys, from where the scene before it ended."""

    name: str
    keys: str


TOUR: Final = (
    Scene("home", ""),
    Scene("home-today", "tab"),
    Scene("home-help", "f1"),
    Scene("home-put-off", "esc p"),
    Scene("home-find", "esc / maj"),
    Scene("home-commands", "esc up ctrl+p"),
    Scene("home-add", "esc a"),
    Scene("home-add-date", "Ida tab 1/12"),
    Scene("home-edit", "esc esc down e"),
    Scene("home-close", "esc x"),
    Scene("home-closed", "esc v"),
    Scene("note", "esc n"),
    Scene("note-typed", "God_afdækning_hos_borger_2 f4"),
    Scene("note-saved", "esc"),
    Scene("search", "/ samtale"),
    Scene("guide", "esc ctrl+p guide enter"),
    Scene("overview", "esc down enter"),
    Scene("overview-use", "pagedown pagedown"),
    Scene("overview-help", "f1"),
    Scene("agreement", "esc 0"),
    Scene("agreement-edit", "e"),
    Scene("plan", "esc esc 2"),
    Scene("plan-choice", "enter"),
    Scene("plan-cell", "esc right enter"),
    Scene("plan-right", "esc right right right right right right"),
    Scene("plan-details", "home tab pagedown"),
    Scene("plan-description", "esc i"),
    Scene("plan-goals", "esc m"),
    Scene("plan-goal-new", "a"),
    Scene("plan-all-fields", "esc esc e"),
    Scene("plan-step", "esc s"),
    Scene("plan-check", "esc q"),
    Scene("plan-recall", "esc r"),
    Scene("plan-filter", "esc v"),
    Scene("plan-agreed", "esc f9"),
    Scene("plan-columns", "esc c"),
    Scene("plan-delete", "esc x"),
    Scene("plan-add", "esc a"),
    Scene("plan-help", "esc f1"),
    Scene("plan-shared", "esc f6"),
    Scene("talks", "f6 3"),
    Scene("talks-add", "a"),
    Scene("talks-move", "esc f"),
    Scene("talks-postpone", "esc p"),
    Scene("talks-cancel", "esc x"),
    Scene("talks-held", "esc d"),
    Scene("talks-undone", "u"),
    Scene("talks-preparation", "v"),
    Scene("talks-rhythm", "esc r"),
    Scene("talk-read", "esc up enter"),
    Scene("talk-summary", "S"),
    Scene("roles", "esc esc 4"),
    Scene("roles-person", "right right enter"),
    Scene("roles-duty", "esc down down e"),
    Scene("roles-add", "esc a"),
    Scene("roles-own", "esc c"),
    Scene("roles-page", "esc v"),
    Scene("roles-help", "esc f1"),
    Scene("people", "esc 5"),
    Scene("people-edit", "e"),
    Scene("people-add", "esc a"),
    Scene("needs", "esc 6"),
    Scene("needs-edit", "e"),
    Scene("needs-mentee", "esc i"),
    Scene("needs-mentor", "esc I"),
    Scene("needs-task", "esc home j j j o"),
    Scene("needs-add", "a"),
    Scene("needs-round", "esc r"),
    Scene("actions", "esc 7"),
    Scene("actions-edit", "e"),
    Scene("actions-add", "esc a"),
    Scene("actions-doubt", "esc end k k k k a"),
    Scene("talk-frame", "esc t"),
    Scene("talk-since", "pagedown"),
    Scene("talk-question", "pagedown Min_første_partshøring_og_samtalen_med_moren."),
    Scene("talk-probes", "ctrl+o enter"),
    Scene("talk-private", "ctrl+o enter f2 f4 Min"),
    Scene("talk-make", "f3"),
    Scene("talk-action", "enter"),
    Scene("talk-jump", "esc ctrl+g"),
    Scene("talk-task", "esc pagedown pagedown"),
    Scene("talk-wellbeing", "pagedown pagedown pagedown pagedown pagedown"),
    Scene("talk-sort", "pagedown"),
    Scene("talk-sorted", "tab 2"),
    Scene("talk-understand", "pagedown"),
    Scene("talk-praise", "pagedown"),
    Scene("talk-praise-asked", "pagedown"),
    Scene("talk-potential", "pagedown"),
    Scene("talk-next", "pagedown"),
    Scene("talk-plan", "pagedown"),
    Scene("talk-close", "pagedown"),
    Scene("talk-date", "f10"),
    Scene("talk-held", "f10"),
    Scene("home-after", "esc esc"),
)


@dataclass(frozen=True, slots=True)
class Shot:
    """What a user sees: the lines, and where the cursor stands."""

    lines: tuple[str, ...]
    cursor: str

    @classmethod
    def of(cls, terminal: Terminal) -> Shot:
        """Look at a terminal."""
        lines = [line.rstrip() for line in terminal.emulator.text().splitlines()]
        column, row, shown = terminal.cursor
        return cls(tuple(lines), f"{column},{row}" if shown else "hidden")

    def text(self) -> str:
        """The shot as it is stored."""
        return "\n".join((*self.lines, f"cursor {self.cursor}", ""))


def write_example(
    path: Path, language_: str, change: Callable[[Record], Record] = lambda record: record
) -> None:
    """Write the example, told from a certain Monday, into a new record file.

    Its mentor is the one who looks at it, or else the account's name would stand on some screens.
    `change` may make something else of its records.
    """
    before = language()
    set_language(language_)
    set_clock(Clock(MONDAY))
    opened = open_store(path, by="birgitte", threaded=False)
    try:
        made = [one.after for one in load_example(now(), language_)]
        changes = [Change.created(change(record)) for record in made if record is not None]
        opened.store.commit(changes, undoable=False)
        mentor = next(one for one in opened.store.all(Role) if one.kind is RoleKind.MENTOR)
        person = opened.store.get(Person, mentor.person_id)
        assert person is not None
        opened.store.commit([Change.edited(person, example=False)], undoable=False)
    finally:
        opened.close()
        set_clock(None)
        set_language(before)


@contextmanager
def visit(
    folder: Path,
    language_: str,
    size: tuple[int, int] = (80, 24),
    env: Mapping[str, str | None] | None = None,
    *,
    spoken: str = "",
    change: Callable[[Record], Record] = lambda record: record,
    root: Path = ROOT,
) -> Iterator[Typist]:
    """Open the program on the example in a language, with the clock stopped.

    `spoken`: the interface's language, where it is another one. `root`: the folder with the rooms.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / "mentor.json"
    write_example(path, language_, change)
    environ: dict[str, str | None] = {
        f"XDG_{name}_HOME": str(folder / name) for name in ("DATA", "CONFIG", "STATE")
    }
    environ |= {"MENTOR_NOW": MONDAY.isoformat(), "ESCDELAY": "20", **(env or {})}
    environ["MENTOR_LANG"] = spoken or language_
    argv = [sys.executable, "-m", "tui", "--file", str(path)]
    with Terminal(argv, *size, env=environ, cwd=root) as terminal:
        terminal.wait_until(lambda: any(terminal.emulator.line(y).strip() for y in (1, 2)))
        terminal.rest()
        yield Typist(terminal, escape_quiet=0.05)


def walk(typist: Typist, scenes: Sequence[Scene] = TOUR) -> Iterator[Scene]:
    """Go from scene to scene; each is yielded when its keys have been dealt with."""
    for scene in scenes:
        typist.press(scene.keys)
        assert typist.terminal.alive, typist.terminal.screen()
        yield scene
