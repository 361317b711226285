"""A program of which parts are missing, as while it is being installed, says so in one line."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
INSTALL = {
    "da": "Er det netop installeret, så prøv igen; ellers installér det igen.",
    "en": "If it has just been installed, try again; otherwise install it again.",
}
SAID = {
    "da": ("mentor: En del af programmet mangler: ", "Prøv igen om lidt.", INSTALL["da"]),
    "en": ("mentor: A part of the program is missing: ", "Try again", INSTALL["en"]),
}


def run(folder: Path, language: str, *options: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, *options, "-m", "mentorrollen", "list"],
        cwd=folder,
        env={"HOME": str(folder), "LANG": {"da": "da_DK.UTF-8", "en": "C.UTF-8"}[language]},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1, done.stderr
    return done.returncode, done.stderr


@pytest.mark.parametrize("language", ["da", "en"])
def test_it_is_said_in_one_line(tmp_path: Path, language: str) -> None:
    begin, again, install = SAID[language]
    shutil.copytree(ROOT / "mentorrollen", tmp_path / "mentorrollen")
    status, line = run(tmp_path, language, "-S")
    assert status == 70
    assert line.startswith(f"{begin}tui")
    assert again in line
    for room in ("data", "tui"):
        shutil.copytree(ROOT / room, tmp_path / room)
    (tmp_path / "tui/cli/read.py").unlink()
    status, line = run(tmp_path, language)
    assert status == 70
    assert line == f"{begin}tui.cli.read. {install}\n"
