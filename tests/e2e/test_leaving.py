"""Leaving while another session holds the file: it waits, it asks, and it says what is lost."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from data.records import Mentee
from data.store.opening import open_store
from tests.e2e.world import World, add_maja
from tests.tools.typist import Typist


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


@contextmanager
def held(world: World) -> Iterator[None]:
    """Hold the lock, as a session does that has been stopped in the middle of saving."""
    with world.path.with_name("mentor.json.lock").open("rb+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def add_while_held(typist: Typist) -> None:
    """Make a change that cannot be saved now, and leave at once."""
    for keys in ("a", "Nora", "\t", "1/9", "\x1b[21~", "\x11"):
        typist.terminal.key(keys)
        typist.terminal.idle(0.05)


def names(world: World) -> list[str]:
    opened = open_store(world.path, threaded=False)
    found = [mentee.name for mentee in opened.store.all(Mentee)]
    opened.close()
    return found


def test_leaving_waits_for_the_other_session_and_then_leaves(world: World) -> None:
    with world.mentor() as typist:
        add_maja(typist)
        typist.press("esc")
        with held(world):
            add_while_held(typist)
            typist.terminal.idle(0.5)
            assert typist.terminal.alive
        assert typist.terminal.wait_exit() == 0
    assert sorted(names(world)) == ["Maja", "Nora"]


def test_leaving_asks_and_says_what_was_not_saved(world: World) -> None:
    with world.mentor() as typist:
        add_maja(typist)
        typist.press("esc")
        with held(world):
            add_while_held(typist)
            typist.terminal.wait_for("Ikke gemt. Luk alligevel")
            typist.press("ctrl+q")
            typist.press("esc")
            assert typist.terminal.alive
            typist.press("ctrl+q")
            typist.terminal.wait_for("Ikke gemt. Luk alligevel")
            typist.terminal.key("j")
            assert typist.terminal.wait_exit() == 3
            assert "mentor: Ikke gemt: " in typist.terminal.screen()
    assert names(world) == ["Maja"]
