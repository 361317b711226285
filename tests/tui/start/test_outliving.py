"""An open session goes on when its program is replaced or removed: every screen opens."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import icalendar
import pytest
import textual
import tinydb
import tomlkit

from tests.tools.golden import FEW, switch_language
from tests.tools.tour import ROOT, TOUR, Scene, visit, walk
from tests.tools.typist import Typist
from tui.app.app import OUTLIVING_SECONDS
from tui.start.installed import REMOVED, REPLACED, TOO_EARLY, Installation
from tui.start.kept_code import ROOMS


def install(at: Path) -> Path:
    """Install the program in a folder, with the libraries of which it loads something late."""
    for room in ROOMS:
        shutil.copytree(ROOT / room, at / room)
    for library in (textual, tinydb, tomlkit, icalendar):
        folder = Path(library.__path__[0])
        shutil.copytree(folder, at / folder.name)
    return at


def remove(installed: Path) -> None:
    """Remove it all, as an uninstaller does."""
    shutil.rmtree(installed)


def replace(installed: Path) -> None:
    """Put another version in its place, of which no module fits those that are loaded."""
    for path in installed.rglob("*"):
        if path.suffix in {".pyc", ".toml", ".mo", ".tcss"}:
            path.unlink()
        elif path.suffix == ".py":
            path.unlink()
            path.write_text("raise ImportError('of another version')\n")


def wait_until_idle(typist: Typist) -> None:
    """Wait until the program has nothing left to do by itself."""
    before = -1.0
    while before != (before := typist.terminal.cpu_seconds()):
        typist.terminal.idle(OUTLIVING_SECONDS + 1.0)


@pytest.mark.parametrize(
    ("change", "scenes", "said"),
    [
        (remove, FEW, "files have been removed"),
        pytest.param(remove, TOUR, "files have been removed", marks=pytest.mark.soak),
        (replace, FEW, "files have been replaced"),
    ],
)
def test_every_screen_opens_after_it(
    tmp_path: Path, change: Callable[[Path], None], scenes: tuple[Scene, ...], said: str
) -> None:
    installed = install(tmp_path / "program")
    records = tmp_path / "records"
    with visit(records, "en", root=installed) as typist:
        terminal = typist.terminal
        wait_until_idle(typist)
        change(installed)
        terminal.wait_for(said, 60)
        if change is replace:
            typist.press("enter 3 C")
            terminal.wait_for("A part of the program is not there")
            typist.press("esc esc")
        for _scene in walk(typist, scenes):
            last = terminal.screen()
        assert said not in last, "it is told once"
        switch_language(typist, "da")
        typist.press("ctrl+q")
        assert terminal.wait_exit() == 0


@pytest.mark.parametrize("change", [remove, replace])
def test_in_the_first_seconds_it_is_told_and_nothing_ends(
    tmp_path: Path, change: Callable[[Path], None]
) -> None:
    installed = install(tmp_path / "program")
    with visit(tmp_path / "records", "en", root=installed) as typist:
        (installed / "tui/start/installed.py").unlink()  # at once: the rest takes a while
        change(installed)
        typist.terminal.wait_for("while it was starting", 60)
        typist.press("ctrl+q")
        assert typist.terminal.wait_exit() == 0


def test_every_module_that_is_not_loaded_is_kept() -> None:
    """In a process of its own: in this one nearly all are loaded."""
    program = """
import pkgutil, sys
import tui.app
from tui.start.kept_code import ROOMS, KeptCode
kept = KeptCode()
for _step in kept.keep():
    pass
assert sys.meta_path[0] is kept
for room in ROOMS:
    for one in pkgutil.walk_packages([room], f"{room}."):
        apart = one.name.startswith(("tui.cli.", "data.example.")) or one.name == "tui.__main__"
        if one.name not in sys.modules and not apart:
            spec = kept.find_spec(one.name)
            assert spec is not None and bool(spec.submodule_search_locations) == one.ispkg, one.name
"""
    subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True)


def test_to_keep_it_loads_little_else() -> None:
    program = """
import sys
import tui.app
from data.documents.kinds import names
from tui.start.kept_code import KeptCode
assert "plan" in names()
for _step in KeptCode().keep():
    pass
assert not {"data.documents.model.source", "importlib.abc", "pkgutil"} & sys.modules.keys()
"""
    subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True)


def test_it_is_told_once_and_when_it_is_there(tmp_path: Path) -> None:
    file = tmp_path / "installed.py"
    file.write_text("one")
    found = Installation(file)
    found.all_kept()
    assert not found.look()
    file.unlink()
    assert not found.look(), "another one may come at once"
    file.write_text("another")
    assert not found.look()
    assert found.look() == REPLACED
    assert not found.look()
    gone = Installation(file)
    gone.all_kept()
    file.unlink()
    assert [gone.look() for _time in range(3)] == ["", REMOVED, ""]


def test_files_replaced_before_all_was_kept_are_told_apart(tmp_path: Path) -> None:
    """What is in memory may then be of both versions."""
    file = tmp_path / "installed.py"
    for change in (file.unlink, lambda: file.write_text("another version")):
        file.write_text("one")
        found = Installation(file)
        change()
        found.all_kept()
        assert [found.look() for _time in range(3)] == ["", TOO_EARLY, ""]
