"""The data file is replaced, overwritten or cut short under an open program.

It says in the words of an opening which state counts, and what it knew can be restored.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.e2e.world import MENTOR, World, add_maja


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


def mentor(world: World, *args: str) -> str:
    """Run a command of the command line and return what it prints."""
    environ = {**os.environ, **{key: value or "" for key, value in world.env.items()}}
    done = subprocess.run([MENTOR, *args], env=environ, capture_output=True, text=True, check=True)
    return done.stdout


def notes(world: World) -> list[str]:
    return sorted(one["text"] for one in world.show("Maja")["notes"])


def by_cp(copy: Path, path: Path) -> None:
    """Put a copy back as `cp` does: into the same file."""
    path.write_bytes(copy.read_bytes())


def by_mv(copy: Path, path: Path) -> None:
    """Put a copy back as `mv` does: in place of the file."""
    shutil.copy(copy, path.with_name("again"))
    path.with_name("again").rename(path)


@pytest.fixture
def morning(world: World) -> Path:
    """A copy of the file as it was in the morning, before a note was written and folded."""
    with world.mentor() as typist:
        add_maja(typist)
        typist.press("esc ctrl+q")
        assert typist.terminal.wait_exit() == 0
    mentor(world, "note", "Maja", "Om morgenen")
    copy = world.folder / "copy.json"
    shutil.copy(world.path, copy)
    mentor(world, "note", "Maja", "Om formiddagen")
    return copy


@pytest.mark.parametrize("put_back", [by_cp, by_mv])
def test_an_earlier_copy_put_back_is_said_and_what_was_saved_can_be_restored(
    world: World, morning: Path, put_back: Callable[[Path, Path], None]
) -> None:
    with world.mentor() as typist, world.mentor(60, 20) as other:  # all of it has room there
        terminal = typist.terminal
        typist.press("n")
        typist.write("I programmet")
        typist.press("esc")
        terminal.wait_until(lambda: b"I programmet" in _journal(world))
        put_back(morning, world.path)
        for one in (typist, other):
            one.terminal.wait_for("skiftet ud med en tidligere kopi")
            said = " ".join(one.terminal.screen().split())
            assert "(se mentor backup list)." in said, "none of it is cut"
        assert notes(world) == ["Om morgenen"]
        terminal.idle(1.0)
        assert "tidligere kopi" in terminal.screen(), "it stays until keys are pressed"

        said = " ".join(terminal.screen().split())
        listed = json.loads(mentor(world, "backup", "list", "--format", "json"))
        (kept,) = [one["name"] for one in listed if one.get("whole")]
        assert kept in said.replace(" ", ""), "the notice names what can be restored"
        assert f"{kept}: lagt til side" in mentor(world, "backup", "list").replace("\n  ", "")

        mentor(world, "backup", "restore", kept)
        for one in (typist, other):
            one.terminal.wait_for("sikkerhedskopi")
        assert notes(world) == ["I programmet", "Om formiddagen", "Om morgenen"]
        typist.press("n")
        typist.write("Bagefter")
        typist.press("esc")
        terminal.wait_until(lambda: b"Bagefter" in _journal(world))
    assert notes(world) == ["Bagefter", "I programmet", "Om formiddagen", "Om morgenen"]


def _journal(world: World) -> bytes:
    return world.path.with_name("mentor.json.journal").read_bytes()


def overwrite(path: Path) -> None:
    path.write_bytes(b"something else" * 1000)


def cut_short(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def empty(path: Path) -> None:
    os.truncate(path, 0)


@pytest.mark.parametrize("damage", [overwrite, cut_short, empty])
def test_a_file_that_is_damaged_is_written_anew_with_all_and_that_is_said(
    world: World, morning: Path, damage: Callable[[Path], None]
) -> None:
    assert morning
    with world.mentor() as typist:
        damage(world.path)
        typist.terminal.wait_for("ntet mangler")
        said = typist.terminal.screen()
        assert "mentor.json" in said
        assert notes(world) == ["Om formiddagen", "Om morgenen"]
