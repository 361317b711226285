"""The golden screens: what every screen looks like, stored as text. `make golden` rewrites them.

python -m tests.tools.golden

They are taken by pressing real keys in the real program on a pty, in Danish and in English, and in
a few other sizes and terminals. Look at the differences before you store them.
"""

from __future__ import annotations

import difflib
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tests.tools.server_tour import ON_SERVER, Visit, visit_as
from tests.tools.tour import OTHER, TOUR, Scene, Shot, visit, walk
from tests.tools.typist import Typist

FOLDER: Final = Path(__file__).parents[1] / "golden"

FEW: Final = tuple(
    Scene(name, keys)
    for name, keys in (
        ("home", ""),
        ("home-add", "a"),
        ("overview", "esc down enter"),
        ("plan", "2"),
        ("plan-all-fields", "e"),
        ("talks", "esc 3"),
        ("roles", "4"),
        ("people", "5"),
        ("needs", "6"),
        ("actions", "7"),
        ("talk-frame", "t"),
        ("talk-question", "pagedown pagedown Sagen"),
        ("talk-sort", "ctrl+g Sort enter"),
    )
)
"""Enough to see that another size or terminal is served."""


@dataclass(frozen=True, slots=True)
class Round:
    """A walk in one language, size and terminal; its screens lie in a folder of their own."""

    folder: str
    language: str
    size: tuple[int, int] = (80, 24)
    env: Mapping[str, str | None] = field(default_factory=dict)
    scenes: Sequence[Scene] = TOUR
    switched: bool = True
    """Begin in the other language, and change it from the palette."""
    visit: Visit = visit
    """What opens the program."""

    @property
    def path(self) -> Path:
        """The folder with its screens."""
        return FOLDER / self.folder


ROUNDS: Final = (
    Round("da", "da"),
    Round("en", "en"),
    Round("da/60x20", "da", (60, 20), scenes=FEW, switched=False),
    Round("da/120x40", "da", (120, 40), scenes=FEW, switched=False),
    Round("da/linux", "da", env={"TERM": "linux"}, scenes=FEW, switched=False),
    *(
        Round(f"{language}/{name}", language, scenes=scenes, visit=visit_as(login))
        for language in ("da", "en")
        for name, login, scenes in ON_SERVER
    ),
    Round("da/ascii", "da", env={"LANG": "C", "LC_ALL": "C"}, scenes=FEW, switched=False),
)


def stored(language: str) -> list[Path]:
    """Return the screens of a language that are 80x24 and of a usual terminal."""
    rounds = [one for one in ROUNDS if one.language == language and one.size == (80, 24)]
    return sorted(path for one in rounds if not one.env for path in one.path.glob("*.txt"))


def shots(round_: Round, folder: Path) -> Iterator[tuple[Scene, Typist]]:
    """Walk, and yield each scene with the terminal that shows it."""
    first = OTHER[round_.language] if round_.switched else round_.language
    with round_.visit(folder, round_.language, round_.size, round_.env, spoken=first) as typist:
        if round_.switched:
            switch_language(typist, round_.language)
        for scene in walk(typist, round_.scenes):
            yield scene, typist
        assert typist.terminal.emulator.unknown == []
        if round_.visit is not visit:
            return  # psycopg comes with it
        loaded = Path(f"/proc/{typist.terminal.pid}/maps").read_text("utf-8")
        assert "libcrypto" not in loaded, "OpenSSL takes 4 MB: see data/digest.py"


def switch_language(typist: Typist, to: str) -> None:
    """Change the language by its name in the palette."""
    typist.press("ctrl+p")
    typist.write({"da": "Dansk", "en": "English"}[to])
    typist.press("enter")


def differences(round_: Round, folder: Path, patience: float = 5.0) -> list[str]:
    """Return what the program shows otherwise than stored, as lines of a comparison.

    `patience`: seconds that are waited in all for screens to become as stored.
    """
    found: list[str] = []
    for scene, typist in shots(round_, folder):
        path = round_.path / f"{scene.name}.txt"
        stored = path.read_text("utf-8") if path.exists() else ""
        while (now := Shot.of(typist.terminal).text()) != stored and patience > 0:
            patience -= 0.05
            typist.terminal.idle(0.05)
        name = f"{round_.folder}/{scene.name}"
        lines = difflib.unified_diff(stored.splitlines(), now.splitlines(), name, "now", "", "", 0)
        found += lines
    known = {f"{scene.name}.txt" for scene in round_.scenes}
    found += [f"nothing shows {p}" for p in round_.path.glob("*.txt") if p.name not in known]
    return found


def store(round_: Round, folder: Path) -> int:
    """Store what the program shows now; the number of screens that changed."""
    round_.path.mkdir(parents=True, exist_ok=True)
    before = {path.name: path.read_text("utf-8") for path in round_.path.glob("*.txt")}
    changed = 0
    for scene, typist in shots(round_, folder):
        typist.terminal.rest(quiet=0.2)
        now = Shot.of(typist.terminal).text()
        changed += before.pop(f"{scene.name}.txt", "") != now
        (round_.path / f"{scene.name}.txt").write_text(now, "utf-8")
    for name in before:
        (round_.path / name).unlink()
    return changed


def main() -> int:
    """Rewrite all golden screens."""
    for round_ in ROUNDS:
        with tempfile.TemporaryDirectory() as folder:
            print(f"{round_.folder}: {store(round_, Path(folder) / 'records')} changed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
