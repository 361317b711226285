"""A disk that does not answer: the title never says that something is saved which is not."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from data.records import Mentee
from data.store.change import Change
from data.store.opening import open_store
from tests.tools.pty import Terminal

PROGRAM = """
import os, sys, time
from data.storage.disk import Disk
real, flag = os.pwrite, sys.argv[1]
def pwrite(*args):
    while os.path.exists(flag):
        time.sleep(0.02)
    return real(*args)
Disk.pwrite = staticmethod(pwrite)
del sys.argv[1:]
from tui.cli.main import main
main()
"""
"""The program on a disk that takes nothing as long as a file is there."""


@pytest.fixture
def hangs(tmp_path: Path) -> Path:
    return tmp_path / "hangs"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    folder = tmp_path / "records"
    folder.mkdir(mode=0o700)
    opened = open_store(folder / "mentor.json", threaded=False)
    opened.store.commit([Change.created(Mentee(name="Maja Holm"))])
    opened.close()
    return folder / "mentor.json"


def test_letters_are_never_shown_as_saved_while_the_disk_hangs(file: Path, hangs: Path) -> None:
    env = {"MENTOR_FILE": str(file), "HOME": str(file.parent)}
    program = [sys.executable, "-c", PROGRAM, str(hangs)]
    with Terminal(program, env=env, cwd=Path(__file__).parents[2]) as terminal:
        terminal.wait_for("Maja Holm")
        terminal.do("n")
        terminal.do("Hun")
        terminal.wait_for("Saved ")
        hangs.touch()
        terminal.key(" trives")
        terminal.wait_until(lambda: "trives" in terminal.screen())
        assert "Waiting for the disk" in terminal.screen()
        assert "Saved " not in terminal.screen()
        terminal.key(" her")
        terminal.wait_until(lambda: "trives her" in terminal.screen(), 2.0)
        assert "Waiting for the disk" in terminal.screen()
        hangs.unlink()
        terminal.wait_for("Saved ")
        assert "trives her" in terminal.screen()
        terminal.key("\x11")
        terminal.wait_exit()
