"""Away and back: another editor, the shell, another window size. Nothing is lost or left behind."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.tools.pty import Terminal

F5, F9, CTRL_E = "\x1b[15~", "\x1b[20~", "\x05"
SCREEN = ("en rolle at øve", "ready", "navn")


def command(folder: Path) -> list[str]:
    return [sys.executable, "-m", "tests.tui.apps", "editor", str(folder)]


def script(folder: Path, text: str) -> str:
    path = folder / "editor.sh"
    path.write_text("#!/bin/sh\n" + text, "utf-8")
    path.chmod(0o700)
    return str(path)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "data"
    path.mkdir()
    return path


def test_a_text_is_edited_elsewhere_and_leaves_no_file(tmp_path: Path, folder: Path) -> None:
    editor = script(
        tmp_path,
        """
        stat -c 'mode %a' "$1" > "$(dirname "$1")/../../seen"
        stat -c 'folder %a' "$(dirname "$1")" >> "$(dirname "$1")/../../seen"
        printf 'what now? '
        read answer
        printf ' med %s\\n' "$answer" >> "$1"
        touch "$1~" "$(dirname "$1")/.mentor.swp"
        """,
    )
    with Terminal(command(folder), env={"VISUAL": editor}) as terminal:
        terminal.wait_for("ready")
        terminal.key(CTRL_E)
        terminal.wait_for("what now?")
        assert not terminal.raw_mode()
        terminal.key("æøå\r")
        terminal.wait_for("ready med æøå")
        assert terminal.raw_mode()
        for text in SCREEN:
            assert text in terminal.screen()
        terminal.key("!")
        terminal.wait_for("!ready med æøå")
    assert (tmp_path / "seen").read_text("utf-8") == "mode 600\nfolder 700\n"
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    ("editor", "problem"),
    [
        ("exit 3", "ended with an error"),
        ("rm $1", "empty text"),
        ("kill -9 $$", "ended with an error"),
    ],
)
def test_an_editor_that_fails_costs_nothing(
    tmp_path: Path, folder: Path, editor: str, problem: str
) -> None:
    env = {"EDITOR": script(tmp_path, editor)}
    with Terminal(command(folder), env=env) as terminal:
        terminal.wait_for("ready")
        terminal.key(CTRL_E)
        terminal.wait_for(problem)
        for text in SCREEN:
            assert text in terminal.screen()
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("left", ["$1", "$1.save", "$(dirname $1)/#mentor.txt#"])
def test_what_an_editor_saved_before_it_was_killed_is_kept(
    tmp_path: Path, folder: Path, left: str
) -> None:
    env = {"EDITOR": script(tmp_path, f"echo 'ready og mere' > \"{left}\"; kill -HUP $$")}
    with Terminal(command(folder), env=env) as terminal:
        terminal.wait_for("ready")
        terminal.key(CTRL_E)
        terminal.wait_for("ready og mere")
    assert list(folder.iterdir()) == []


def test_without_any_editor_the_user_is_told(folder: Path) -> None:
    with Terminal(command(folder), env={"PATH": str(folder), "EDITOR": "nowhere"}) as terminal:
        terminal.wait_for("ready")
        terminal.key(CTRL_E)
        terminal.wait_for("No editor was found")


def test_ctrl_c_belongs_to_the_editor(tmp_path: Path, folder: Path) -> None:
    editor = script(tmp_path, "trap 'echo got it >> \"$1\"; exit 0' INT; echo hm; read x")
    with Terminal(command(folder), env={"EDITOR": editor}) as terminal:
        terminal.wait_for("ready")
        terminal.key(CTRL_E)
        terminal.wait_for("hm")
        terminal.key("\x03")
        terminal.wait_for("readygot it")


@pytest.fixture
def shell(folder: Path) -> Terminal:
    terminal = Terminal(["bash", "--norc", "--noprofile", "-i"], env={"PS1": "prompt> "})
    terminal.wait_for("prompt> ")
    terminal.key(" ".join(command(folder)) + "\r")
    terminal.wait_for("ready")
    return terminal


def test_suspended_and_brought_back_the_screen_is_whole(shell: Terminal) -> None:
    with shell:
        for _ in range(2):
            shell.key(F9)
            shell.wait_for("Stopped")
            shell.wait_for("prompt> ")
            assert shell.cursor[2]
            shell.key("fg\r")
            shell.wait_for("ready")
            shell.wait_gone("prompt> ")
            for text in SCREEN:
                shell.wait_for(text)
        shell.key("x")
        shell.wait_for("readyx")


def test_a_window_that_changed_meanwhile_is_filled(shell: Terminal) -> None:
    with shell:
        shell.key(F9)
        shell.wait_for("Stopped")
        shell.resize(60, 12)
        shell.key("fg\r")
        for text in SCREEN:
            shell.wait_for(text)
        shell.settle()
        assert shell.emulator.line(11).strip() == ""
        assert shell.emulator.line(10).startswith("navn")


def test_redrawing_mends_a_screen_that_others_wrote_on(folder: Path) -> None:
    with Terminal(command(folder)) as terminal:
        terminal.wait_for("ready")
        terminal.settle()
        terminal.emulator.feed("\x1b[2;1HBroadcast message from root\x1b[5;5H")
        assert "Broadcast" in terminal.screen()
        terminal.key(F5)
        terminal.wait_gone("Broadcast")
        for text in SCREEN:
            assert text in terminal.screen()


def test_resized_in_mid_edit_the_text_stays_and_the_cursor_is_in_it(folder: Path) -> None:
    with Terminal(command(folder)) as terminal:
        terminal.wait_for("ready")
        terminal.key(" " + "ord " * 30)
        terminal.wait_for("ord ord")
        for cols, rows in ((40, 10), (20, 5), (80, 24), (40, 10), (200, 50), (80, 24)):
            terminal.settle()
            terminal.resize(cols, rows)
            terminal.settle()
            terminal.key("æ")
            terminal.wait_for("æ")
            terminal.settle()
            x, y, shown = terminal.cursor
            assert shown
            assert terminal.emulator.line(y)[:x].rstrip().endswith("æ")
        assert terminal.screen().count("æ") == 6
        assert terminal.screen().count("ord") == 30
