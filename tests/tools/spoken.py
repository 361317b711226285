"""What speech mode says of every screen, stored as text. `make golden` rewrites it.

python -m tests.tools.spoken

Of a word its last letter is heard alone: how many come at once depends on the computer.

It is heard by pressing real keys in the real program on a pty, in Danish and in English. Read the
differences before you store them: would you know where you are, and what has happened?
"""

from __future__ import annotations

import difflib
import re
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.tools.listener import Felt, Listener
from tests.tools.tour import Scene, visit

FOLDER: Final = Path(__file__).parents[1] / "golden/spoken"
LANGUAGES: Final = ("da", "en")
QUIET: Final = 0.25
"""Seconds: the program waits until a screen has settled before it says anything, and on a machine
that is busy its timers come late."""
DRAWN: Final = re.compile("[\u2500-\u259f]")
"""Boxes and bars, which are for the eye."""

WALK: Final = (
    Scene("mentees", ""),
    Scene("mentees, next", "down"),
    Scene("mentees, last", "down"),
    Scene("mentees, no further", "down"),
    Scene("today", "up tab"),
    Scene("today, next", "down"),
    Scene("help", "f1"),
    Scene("help, next line", "down"),
    Scene("help, next heading", "pagedown"),
    Scene("help, closed", "esc"),
    Scene("form", "tab a"),
    Scene("form, typed", "Id a"),
    Scene("form, next field", "tab"),
    Scene("form, left with a bad date", "32/13 tab"),
    Scene("form, not saved", "f10"),
    Scene("form, refused again", "f10"),
    Scene("form, a good date", "ctrl+u 1/12 tab"),
    Scene("form, a choice", "right"),
    Scene("form, Esc", "esc"),
    Scene("form, cancelled", "esc"),
    Scene("overview", "enter"),
    Scene("overview, next line", "down"),
    Scene("overview, next heading", "pagedown"),
    Scene("expectations", "0"),
    Scene("plan", "esc 2"),
    Scene("plan, next row", "down"),
    Scene("plan, right", "right"),
    Scene("plan, a choice", "enter"),
    Scene("plan, next choice", "down"),
    Scene("plan, changed", "enter"),
    Scene("plan, undone", "u"),
    Scene("plan, all fields", "e"),
    Scene("plan, details", "esc tab"),
    Scene("plan, where", "tab f5"),
    Scene("talks", "esc 3"),
    Scene("talks, postponed", "p"),
    Scene("roles", "esc esc 4"),
    Scene("roles, right", "right"),
    Scene("people", "5"),
    Scene("needs", "6"),
    Scene("needs, next", "down"),
    Scene("actions", "7"),
    Scene("actions, done", "d"),
    Scene("actions, undone", "u"),
    Scene("history", "H"),
    Scene("talk", "esc t"),
    Scene("talk, next step", "pagedown"),
    Scene("talk, list of the step", "tab"),
    Scene("talk, question", "tab pagedown"),
    Scene("talk, typed", "Jeg_blev_i_tvivl ."),
    Scene("talk, other voice", "f2"),
    Scene("talk, make something", "f3"),
    Scene("talk, where", "esc f5"),
    Scene("talk, steps", "ctrl+g"),
    Scene("talk, next date", "esc f10 f10"),
    Scene("talk, left", "esc esc esc"),
    Scene("note", "n"),
    Scene("note, typed", "God_da g"),
    Scene("note, shared", "f4"),
    Scene("note, saved", "esc"),
    Scene("names", "/"),
    Scene("names, typed", "n a"),
    Scene("names, next", "down"),
    Scene("search", "esc 2 /"),
    Scene("search, typed", "samtal e"),
    Scene("search, next hit", "down"),
    Scene("search, opened", "enter"),
    Scene("commands", "ctrl+p"),
    Scene("commands, typed", "gu i"),
    Scene("guide", "enter"),
    Scene("guide, next chapter", "down"),
    Scene("guide, text", "enter"),
    Scene("library", "esc ctrl+p bib enter"),
    Scene("shared view", "esc f6"),
    Scene("hidden", "ctrl+l"),
    Scene("shown again", "enter"),
)


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody hears and feels after the keys of a scene."""

    scene: Scene
    said: tuple[str, ...]
    felt: Felt

    def text(self) -> str:
        """Return it as it is stored; what the last of the keys has said, and the cursor's line."""
        keys = f" [{self.scene.keys}]" if self.scene.keys else ""
        said = [f"- {one}" for one in self.said]
        at = f"{self.felt.row}:{self.felt.at}" if self.felt.shown else "hidden"
        return "\n".join((f"{self.scene.name}{keys}", *said, f"@{at} {self.felt.line}", ""))


def walk(language: str, folder: Path) -> Iterator[Told]:
    """Go from scene to scene, and tell of each what the last of its keys has said."""
    with visit(folder, language, env={"MENTOR_SPEECH": "1"}) as typist:
        listener = Listener(typist.terminal)
        typist.terminal.rest(quiet=QUIET)
        for scene in WALK:
            *before, last = scene.keys.split() or [""]
            typist.press(" ".join(before))
            if scene.keys:
                typist.terminal.rest(quiet=QUIET)
                listener.heard()
                typist.press(last)
                typist.terminal.rest(quiet=QUIET)
            assert typist.terminal.alive, typist.terminal.screen()
            assert not DRAWN.search(typist.terminal.screen()), typist.terminal.screen()
            assert typist.terminal.cursor[2], f"no cursor: {scene.name}"
            yield Told(scene, listener.heard(), listener.felt())
        assert typist.terminal.emulator.unknown == []


def told(language: str, folder: Path) -> str:
    """Return all that is said on the walk, as it is stored."""
    return "\n".join(each.text() for each in walk(language, folder))


def differences(language: str, folder: Path) -> list[str]:
    """Return what is said otherwise than stored, as lines of a comparison."""
    stored = path_of(language).read_text("utf-8").splitlines()
    now = told(language, folder).splitlines()
    return list(difflib.unified_diff(stored, now, "stored", "now", "", "", 1))


def path_of(language: str) -> Path:
    """Return where it is stored."""
    return FOLDER / f"{language}.txt"


def main() -> int:
    """Store what is said now."""
    FOLDER.mkdir(exist_ok=True)
    for language in LANGUAGES:
        with tempfile.TemporaryDirectory() as folder:
            path_of(language).write_text(told(language, Path(folder) / "records"), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
