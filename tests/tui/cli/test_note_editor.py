"""A note in an editor: kept where the editor fails, taken up where the line breaks."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

import pytest

from tests.tools.pty import Terminal
from tests.tui.cli.tools import NOW, ROOT, Mentor, process, read

SAVES_AND_WAITS = "printf 'hun trives\\n' > \"$1\"; echo saved; read answer"


@pytest.fixture
def maja(mentor: Mentor, file: Path) -> Path:
    mentor("add", "Maja Holm", "--start", "1/8")
    return file


def editor(folder: Path, script: str) -> str:
    path = folder / "editor"
    path.write_text(f"#!/bin/sh\n{script}\n", "utf-8")
    path.chmod(0o700)
    return str(path)


def write(file: Path, tmp_path: Path, script: str, *arguments: str) -> Terminal:
    env = {"MENTOR_FILE": str(file), "MENTOR_NOW": NOW, "HOME": str(tmp_path)}
    return Terminal(
        [sys.executable, "-m", "tui", "note", "Maja", *arguments],
        env={**env, "EDITOR": editor(tmp_path, script)},
        cwd=ROOT,
        cols=200,
    )


def left(file: Path) -> list[Path]:
    return list(file.parent.glob("edit-*"))


@pytest.mark.parametrize("end", ["close", "kill"])
def test_what_an_editor_saved_before_the_line_broke_is_taken_up_by_the_next_start(
    maja: Path, tmp_path: Path, end: str
) -> None:
    with write(maja, tmp_path, SAVES_AND_WAITS, "--shared") as terminal:
        terminal.wait_for("saved")
        if end == "kill":
            terminal.kill(signal.SIGKILL)
        else:
            terminal.hangup()
        terminal.wait_exit()
    (folder,) = left(maja)
    assert folder.stat().st_mode & 0o777 == 0o700
    assert all(path.stat().st_mode & 0o077 == 0 for path in folder.iterdir())
    for command in ("list", "doctor"):
        shown = process(maja, command, HOME=str(tmp_path))
        assert str(folder) in "".join((shown.stdout + shown.stderr).decode().split())
    assert read(maja)[1] == []
    done = process(maja, "note", "Maja", stdin=b"Og en til", HOME=str(tmp_path))
    said = b"mentor: The note about Maja Holm that was left in the editor is saved\n"
    assert done.stderr == said
    notes = read(maja)[1]
    assert [(note.text, note.private) for note in notes] == [
        ("hun trives", False),
        ("Og en til", True),
    ]
    assert left(maja) == []
    assert process(maja, "list").stderr == b""


def test_the_screen_takes_it_up_as_well(maja: Path, tmp_path: Path) -> None:
    with write(maja, tmp_path, SAVES_AND_WAITS) as terminal:
        terminal.wait_for("saved")
        terminal.hangup()
        terminal.wait_exit()
    env = {"MENTOR_FILE": str(maja), "MENTOR_NOW": NOW, "HOME": str(tmp_path)}
    with Terminal([sys.executable, "-m", "tui"], env=env, cwd=ROOT) as terminal:
        terminal.wait_for("left in the editor")
        terminal.wait_for("Maja Holm")
        terminal.key("\x11")
        terminal.wait_exit()
    assert [note.text for note in read(maja)[1]] == ["hun trives"]
    assert left(maja) == []


def test_a_text_about_somebody_who_is_gone_is_named_and_stays(maja: Path, tmp_path: Path) -> None:
    with write(maja, tmp_path, SAVES_AND_WAITS) as terminal:
        terminal.wait_for("saved")
        terminal.hangup()
        terminal.wait_exit()
    (folder,) = left(maja)
    about = folder / "about.json"
    about.write_text(about.read_text("utf-8").replace('"mentee_id": "', '"mentee_id": "9'), "utf-8")
    done = process(maja, "note", "Maja", stdin=b"Hej")
    assert str(folder) in done.stderr.decode()
    assert (folder / "mentor.txt").read_text("utf-8") == "hun trives\n"


def test_what_an_editor_wrote_that_failed_is_kept_and_named(maja: Path, tmp_path: Path) -> None:
    with write(maja, tmp_path, "printf 'en lang tanke\\n' > \"$1\"; exit 3") as terminal:
        assert terminal.wait_exit() == 2
        said = terminal.screen().replace("\n", "")
    (kept,) = (tmp_path / ".local/state/mentorrollen").glob("note-*.txt")
    assert str(kept) in said
    assert "(3)" in said
    assert kept.read_text("utf-8") == "en lang tanke\n"
    assert kept.stat().st_mode & 0o777 == 0o600
    assert read(maja)[1] == []
    assert left(maja) == []


def test_an_editor_of_an_older_charset_is_read_by_the_rule_of_standard_input(
    maja: Path, tmp_path: Path
) -> None:
    with write(maja, tmp_path, "printf 'r\\370d gr\\370d\\n' > \"$1\"") as terminal:
        assert terminal.wait_exit() == 0
    assert process(maja, "note", "Maja", stdin=b"r\xf8d gr\xf8d\n").returncode == 0
    assert [note.text for note in read(maja)[1]] == ["rød grød", "rød grød"]


def test_ctrl_c_in_the_editor_ends_nothing(maja: Path, tmp_path: Path) -> None:
    script = "trap 'echo heard' INT; printf 'hej\\n' > \"$1\"; echo saved; read a; read b; exit 0"
    with write(maja, tmp_path, script) as terminal:
        terminal.wait_for("saved")
        terminal.key("\x03")
        terminal.wait_for("heard")
        terminal.key("x\nx\n")
        assert terminal.wait_exit() == 0
    assert [note.text for note in read(maja)[1]] == ["hej"]
