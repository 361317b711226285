"""A vim user's fingers: keys typed fast over a line that cuts them do what they do typed slowly."""

from __future__ import annotations

import random
import re
import time
from pathlib import Path
from typing import Any

import pytest

from data.frozen import immutable
from tests.e2e.world import World, add_maja, add_task
from tests.tools.typist import ESCAPE_QUIET, KEYS, Typist

NAMES = ("esc", "j", "k", "enter", "down", "up")
LETTERS = "acdefghilmnopqrstvwxyzæøå"
"""Not `u`: how much of what was typed is one step of undo depends on the time it took."""


@immutable
class SlowLine(World):
    """A computer at the other end of a network, where Esc waits as long as it does over SSH."""

    @property
    def env(self) -> dict[str, str | None]:
        """The environment, with the program's own patience."""
        return {**super().env, "ESCDELAY": None, "SSH_CONNECTION": "a 1 b 22"}


def keys_of(chance: random.Random, count: int) -> list[str]:
    """Draw keys: Esc, moves, Enter and letters, half of them the ones that vim users press most."""
    return [chance.choice(NAMES if chance.random() < 0.5 else LETTERS) for _ in range(count)]


def start(typist: Typist) -> None:
    add_maja(typist)
    typist.press("2")
    add_task(typist, "Underretning", "Kan vurdere inden for 24 timer", "fre", "Karin Juhl")


def press_fast(typist: Typist, keys: list[str], chance: random.Random, longest: float) -> None:
    """Press keys with gaps of 0 to `longest` seconds; the line cuts each of them anywhere."""
    for name in keys:
        sent = KEYS.get(name, name).encode()
        cut = chance.randrange(len(sent))
        for piece in (sent[:cut], sent[cut:]):
            if piece:
                typist.terminal.key(piece)
                time.sleep(chance.uniform(0.0, 0.02))
        time.sleep(chance.uniform(0.0, longest))
    typist.terminal.rest(quiet=ESCAPE_QUIET)


def state(world: World, typist: Typist) -> tuple[str, dict[str, Any]]:
    """Return what is on the screen, and what is in the file but for names that are drawn by lot."""
    screen = typist.terminal.screen()
    typist.press("ctrl+q")
    typist.terminal.wait_exit()
    tables = {name: rows for name, rows in world.tables().items() if name[0] != "_"}
    return screen, {name: sorted(map(_plain, rows)) for name, rows in tables.items()}


def _plain(row: dict[str, Any]) -> str:
    drawn = ("id", "rev", "seq", "session")
    kept = {name: value for name, value in row.items() if name not in drawn}
    kept = {name: value for name, value in kept.items() if not name.endswith(("_id", "_ids"))}
    return re.sub(r"\d{15,}", "drawn", repr(kept))


def compare(tmp_path: Path, seed: int, count: int, longest: float) -> None:
    found = []
    for fast in (False, True):
        chance = random.Random(seed)
        keys = keys_of(chance, count)
        world = SlowLine(tmp_path / str(fast))
        with world.mentor() as typist:
            start(typist)
            if fast:
                press_fast(typist, keys, chance, longest)
            else:
                for name in keys:
                    quiet = 0.09 if name == "esc" else 0.03
                    typist.terminal.do(KEYS.get(name, name), quiet=quiet)
                typist.terminal.rest(quiet=ESCAPE_QUIET)
            found.append(state(world, typist))
    (slow_screen, slow), (quick_screen, quick) = found
    assert quick_screen == slow_screen, " ".join(keys)
    for name in slow | quick:
        assert quick.get(name, []) == slow.get(name, []), " ".join(keys)


def test_keys_typed_fast_do_what_they_do_typed_slowly(tmp_path: Path) -> None:
    compare(tmp_path, 0, 60, 0.1)


def test_a_key_typed_while_a_form_opens_goes_into_the_field_it_opens_on(tmp_path: Path) -> None:
    """The form of a task opens on the priority, where `j` means nothing, and not on the title."""
    world = SlowLine(tmp_path)
    with world.mentor() as typist:
        start(typist)
        typist.press("h")
        for pause in range(0, 160, 20):
            typist.terminal.key("e")
            time.sleep(pause / 1000)
            typist.terminal.key("j")
            typist.terminal.wait_for("Opgavetype")
            typist.terminal.rest()
            typist.terminal.key("\x1b")  # closes it at once where nothing was changed
            typist.terminal.wait_gone("Opgavetype")


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(10, 13))
def test_five_hundred_keys_do_what_they_do_typed_slowly(tmp_path: Path, seed: int) -> None:
    compare(tmp_path, seed, 500, 0.5)
