"""The doctor says which charset holds: it asks the terminal, and looks for the locale."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.tui.cli.tools import NOW, ROOT
from tui.terminal.shown_charset import shows_utf8

ASK = b"\x1b[6n"


def environ(folder: Path, **given: str) -> dict[str, str]:
    inherited = {name: os.environ[name] for name in ("PATH", "LOCPATH") if name in os.environ}
    return {
        **inherited,
        "HOME": str(folder),
        "PYTHONPATH": str(ROOT),
        "MENTOR_LANG": "en",
        "MENTOR_NOW": NOW,
        "TERM": "xterm",
        **given,
    }


def on_a_terminal(folder: Path, charset: str, **given: str) -> str:
    """Return what the doctor says on a terminal that shows a charset, and answers where it is.

    With the charset "" it answers nothing.
    """
    pid, fd = pty.fork()
    if pid == 0:
        command = [sys.executable, "-m", "tui", "doctor"]
        os.execve(command[0], command, environ(folder, **given))
    said, asked = b"", 0
    while True:
        try:
            part = os.read(fd, 65536)
        except OSError:  # the program has ended
            break
        said += part
        while charset and said.count(ASK) > asked:
            asked += 1
            before = said.split(ASK)[:asked]
            line = b"".join(before).rpartition(b"\r")[2]
            os.write(fd, b"\x1b[7;%dR" % (len(line.decode(charset)) + 1))
    os.waitpid(pid, 0)
    os.close(fd)
    shown = re.sub(rb"\x1b\[[\d;]*[A-Za-z]", b"", said).decode("utf-8", "replace")
    return " ".join(shown.split())


def without(folder: Path, **given: str) -> tuple[str, str]:
    """Return weight and text of the doctor's line about the charset, without a terminal."""
    command = [sys.executable, "-m", "tui", "doctor", "--format", "json"]
    done = subprocess.run(
        command,
        env=environ(folder, **given),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    (found,) = [one for one in json.loads(done.stdout) if one["check"] == "charset"]
    return found["weight"], found["text"]


@pytest.mark.parametrize(
    ("given", "weight", "said"),
    [
        ({}, "fine", "No locale is set; UTF-8 is used."),
        ({"LANG": ""}, "fine", "No locale is set; UTF-8 is used."),
        ({"LANG": "C.UTF-8"}, "fine", "The locale uses UTF-8."),
        ({"LC_ALL": "C"}, "fine", "LC_ALL=C names no charset; UTF-8 is used."),
        ({"LANG": "tlh_QO.UTF-8"}, "note", "LANG=tlh_QO.UTF-8 is not installed on this computer;"),
        ({"LC_ALL": "tlh_QO.UTF-8"}, "note", "LC_ALL=tlh_QO.UTF-8 is not installed on this"),
    ],
)
def test_what_the_locale_is_where_there_is_no_terminal(
    tmp_path: Path, given: dict[str, str], weight: str, said: str
) -> None:
    found = without(tmp_path, **given)
    assert found[0] == weight
    assert found[1].startswith(said)


@pytest.mark.parametrize(
    ("charset", "given", "said"),
    [
        ("utf-8", {"LANG": "C.UTF-8"}, "OK: Terminal and program use UTF-8."),
        ("utf-8", {}, "OK: Terminal and program use UTF-8."),
        (
            "utf-8",
            {"LC_ALL": "da_DK.ISO-8859-1"},
            "Problem: The terminal shows UTF-8, but LC_ALL=da_DK.ISO-8859-1 says ISO8859-1",
        ),
        (
            "latin-1",
            {"LANG": "C.UTF-8"},
            "Problem: The terminal does not show UTF-8, but the program does",
        ),
        ("latin-1", {"LC_ALL": "da_DK.ISO-8859-1"}, "Notice: LC_ALL=da_DK.ISO-8859-1 is not inst"),
        ("", {"LANG": "C.UTF-8"}, "OK: The locale uses UTF-8."),
        ("utf-8", {"LANG": "C.UTF-8", "TERM": "dumb"}, "OK: The locale uses UTF-8."),
    ],
)
def test_the_terminal_is_asked_before_the_locale_is_believed(
    tmp_path: Path, charset: str, given: dict[str, str], said: str
) -> None:
    shown = on_a_terminal(tmp_path, charset, **given)
    assert said in shown
    assert "æ OK" not in shown


@pytest.fixture
def danish_latin(tmp_path: Path) -> dict[str, str]:
    """An environment with a Danish locale in Latin-1, as some servers have it."""
    folder = tmp_path / "locales"
    folder.mkdir()
    name = "da_DK.ISO-8859-1"
    try:
        command = ["localedef", "-i", "da_DK", "-f", "ISO-8859-1", str(folder / name)]
        subprocess.run(command, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("the sources of locales are not installed: NOT tested with a real one")
    return {"LOCPATH": str(folder), "LC_ALL": name}


def test_with_an_installed_locale_in_latin(tmp_path: Path, danish_latin: dict[str, str]) -> None:
    assert "Problem: The terminal shows UTF-8" in on_a_terminal(tmp_path, "utf-8", **danish_latin)
    said = on_a_terminal(tmp_path, "latin-1", **danish_latin)
    assert "Notice: The locale uses iso8859-1" in said


def test_what_is_no_terminal_is_not_asked(capfd: pytest.CaptureFixture[str]) -> None:
    assert shows_utf8() is None
    assert capfd.readouterr().out == ""
