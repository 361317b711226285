"""What real editors keep of what is written in them: nothing, outside the folder of the text."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tools.pty import Terminal
from tests.tui.cli.tools import NOW, ROOT, Mentor, read
from tui.terminal.editor import Family, editor_command, family_of
from tui.terminal.editor_traces import without_traces
from tui.terminal.left_by_editor import recover_from_vim, swap_file

CANARY = "kanarie"
CTRL_E, CTRL_F, CTRL_O, CTRL_Q = "\x05", "\x06", "\x0f", "\x11"
CTRL_S, CTRL_W, CTRL_X = "\x13", "\x17", "\x18"
VIMS = ("vim", "vim.tiny", "vi", "nvim", "/usr/bin/vim.basic -c startinsert")
HOSTILE_VIM = """
set nocompatible directory=~/vim// undofile undodir=~/vim backup backupdir=~/vim
silent! set viminfo='100,<1000,n~/vim/info
silent! set viminfofile=~/vim/info
silent! set shada='100,<1000
silent! set shadafile=~/vim/shada
"""
HOSTILE_NANO = 'set historylog\nset positionlog\nset backup\nset backupdir "{0}"\n'


def installed(*commands: str) -> list[object]:
    return [
        pytest.param(
            one,
            marks=pytest.mark.skipif(
                shutil.which(one.split()[0]) is None, reason=f"{one} is not installed"
            ),
        )
        for one in commands
    ]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home folder whose editors are told to keep all that they can, in it."""
    home = tmp_path / "home"
    for folder in ("vim", "bak", ".config/nvim", ".config/nano"):
        (home / folder).mkdir(parents=True)
    (home / ".config/micro").mkdir()
    kept = dict.fromkeys(("permbackup", "savecursor", "savehistory", "saveundo"), True)
    (home / ".config/micro/settings.json").write_text(json.dumps(kept))
    (home / ".vimrc").write_text(HOSTILE_VIM)
    (home / ".config/nvim/init.vim").write_text(HOSTILE_VIM)
    # root's nano looks for its histories in root's own home folder, but for its settings here
    (home / ".config/nano/nanorc").write_text(HOSTILE_NANO.format(home / "bak"))
    return home


def note(home: Path, file: Path, editor: str) -> Terminal:
    env = {"MENTOR_FILE": str(file), "MENTOR_NOW": NOW, "HOME": str(home), "EDITOR": editor}
    env |= {"XDG_CONFIG_HOME": str(home / ".config"), "TMPDIR": str(home.parent / "tmp")}
    (home.parent / "tmp").mkdir(exist_ok=True)
    return Terminal([sys.executable, "-m", "tui", "note", "Maja"], env=env, cwd=ROOT)


def outside(folder: Path, file: Path) -> Iterator[Path]:
    """Yield the files with words of the text that are not in the folder of the data file."""
    for path in folder.rglob("*"):
        elsewhere = path.is_file() and not path.is_relative_to(file.parent)
        if elsewhere and CANARY.encode() in path.read_bytes():
            yield path


def write_in_vim(terminal: Terminal) -> None:
    terminal.wait_for("~")
    terminal.key(f"\x1b\x1bi{CANARY}A her\x1b")
    terminal.wait_for(f"{CANARY}A her")
    terminal.key("yyp")
    terminal.wait_until(lambda: terminal.screen().count(f"{CANARY}A her") == 2)
    terminal.key("dd")
    terminal.wait_until(lambda: terminal.screen().count(f"{CANARY}A her") == 1)
    terminal.key(f":s/{CANARY}A/{CANARY}B/\r")
    terminal.wait_for(f"{CANARY}B her")
    terminal.key(f"/{CANARY}B\r")
    terminal.wait_until(lambda: any(x in terminal.screen() for x in (f"/{CANARY}B", "BOTTOM")))


def write_in_nano(terminal: Terminal) -> None:
    terminal.wait_for("Exit")
    for keys, shown in (
        (f"{CANARY}A her", f"{CANARY}A her"),
        (CTRL_W, "Search"),
        (f"{CANARY}A\r", "Search Wrapped"),
        (CTRL_O, "File Name to Write"),
        ("\r", "Wrote 1 line"),
        (f"{CANARY}B", f"{CANARY}B"),
    ):
        terminal.key(keys)
        terminal.wait_for(shown)


@pytest.fixture
def maja(file: Path, mentor: Mentor) -> Path:
    mentor("add", "Maja Holm", "--start", "1/8")
    return file


@pytest.mark.parametrize("end", ["save", "kill", "hangup"])
@pytest.mark.parametrize("editor", installed(*VIMS))
def test_vim_keeps_nothing_elsewhere(
    home: Path, maja: Path, tmp_path: Path, editor: str, end: str
) -> None:
    with note(home, maja, editor) as terminal:
        write_in_vim(terminal)
        assert not list(outside(tmp_path, maja))
        finish(terminal, end, "\x1b:wq\r")
    assert not list(outside(tmp_path, maja))
    if end == "save":
        assert read(maja)[1][0].text == f"{CANARY}B her"
        assert not list(maja.parent.glob("edit-*"))
    else:
        assert list(maja.parent.glob("edit-*"))


@pytest.mark.parametrize("end", ["save", "kill", "hangup"])
@pytest.mark.parametrize("editor", installed("nano", "rnano"))
def test_nano_keeps_nothing_elsewhere(
    home: Path, maja: Path, tmp_path: Path, editor: str, end: str
) -> None:
    with note(home, maja, editor) as terminal:
        write_in_nano(terminal)
        assert not list(outside(tmp_path, maja))
        finish(terminal, end, f"{CTRL_O}\r{CTRL_X}")
    assert not list(outside(tmp_path, maja))


@pytest.mark.parametrize("end", ["save", "kill", "hangup"])
@pytest.mark.parametrize("editor", installed("micro"))
def test_micro_keeps_nothing_elsewhere(
    home: Path, maja: Path, tmp_path: Path, editor: str, end: str
) -> None:
    with note(home, maja, editor) as terminal:
        terminal.wait_for("records")
        for keys, shown in (
            (f"{CANARY}B her", f"{CANARY}B her"),
            (CTRL_F, "Find"),
            (CANARY, CANARY),
        ):
            terminal.key(keys)
            terminal.wait_for(shown)
        terminal.key("\r")
        assert not list(outside(tmp_path, maja))
        finish(terminal, end, f"{CTRL_S}{CTRL_Q}")
    assert not list(outside(tmp_path, maja))


def test_micro_is_given_the_options_that_it_has(tmp_path: Path) -> None:
    editor = by_hand(tmp_path, "micro")
    environ = {"PATH": str(tmp_path)}
    assert without_traces([str(editor)], tmp_path, environ)[0] == [str(editor)]
    shutil.rmtree(tmp_path / "editor")
    editor.write_text("#!/bin/sh\necho '-saveundo value'; echo '-savecursor value'\n")
    command, _changed = without_traces([str(editor), "-x"], tmp_path, environ)
    assert command == [str(editor), "-savecursor", "false", "-saveundo", "false", "-x"]


def finish(terminal: Terminal, end: str, keys: str) -> None:
    """Save and leave; or kill program and editor; or break the line."""
    if end == "save":
        terminal.key(keys)
        terminal.wait_for("saved")
        assert terminal.wait_exit() == 0
        return
    editors = children(terminal.pid)
    if end == "kill":
        for editor in editors:
            os.kill(editor, signal.SIGKILL)
        terminal.kill(signal.SIGKILL)
    else:
        terminal.hangup()
    terminal.wait_exit()
    end_of_patience = time.monotonic() + 20.0
    while any(map(is_alive, editors)):  # it puts its text aside first
        assert time.monotonic() < end_of_patience
        time.sleep(0.02)


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def children(pid: int) -> list[int]:
    tasks = Path(f"/proc/{pid}/task").iterdir()
    return [int(one) for task in tasks for one in (task / "children").read_text().split()]


def by_hand(folder: Path, *names: str) -> Path:
    """Make programs of these names, each a link to the one before, that do nothing."""
    before = None
    for name in names:
        path = folder / name
        if before is None:
            path.write_text("#!/bin/sh\n")
            path.chmod(0o700)
        else:
            path.symlink_to(before)
        before = path
    return folder / names[-1]


@pytest.mark.parametrize(
    ("names", "family"),
    [
        (["vim.basic", "vi"], Family.VIM),
        (["vim.tiny", "vim", "editor"], Family.VIM),
        (["vimx", "view"], Family.VIM),
        (["rvim"], Family.VIM),
        (["gvim"], Family.VIM),
        (["nvim", "vim"], Family.NEOVIM),
        (["nano", "editor"], Family.NANO),
        (["rnano"], Family.NANO),
        (["vi"], Family.OTHER),
        (["emacs"], Family.OTHER),
        (["nanoemacs"], Family.OTHER),
        (["vimtutor"], Family.OTHER),
        (["micro"], Family.MICRO),
        (["joe"], Family.OTHER),
    ],
)
def test_an_editor_is_known_behind_all_links(
    tmp_path: Path, names: list[str], family: Family
) -> None:
    assert family_of([str(by_hand(tmp_path, *names)), "-x"], {"PATH": str(tmp_path)}) is family


def test_an_editor_named_vi_says_which_one_it_is(tmp_path: Path) -> None:
    vi = by_hand(tmp_path, "vi")
    vi.write_text("#!/bin/sh\necho 'VIM - Vi IMproved 8.2 (2019 Dec 12)'\n")
    assert family_of(["vi"], {"PATH": str(tmp_path)}) is Family.VIM
    vi.write_text("#!/bin/sh\necho 'NVIM v0.10.0'\n")
    assert family_of(["vi"], {"PATH": str(tmp_path)}) is Family.NEOVIM


@pytest.mark.parametrize(
    ("environ", "chosen", "command"),
    [
        ({"EDITOR": "sensible-editor"}, "", ["editor"]),
        ({"EDITOR": "sensible-editor -w"}, "", ["editor", "-w"]),
        ({"VISUAL": "/usr/bin/sensible-editor", "EDITOR": "vim"}, "", ["vim"]),
        ({"EDITOR": "sensible-editor"}, 'SELECTED_EDITOR="vim.tiny"\n', ["vim.tiny"]),
        ({"EDITOR": "sensible-editor", "SELECTED_EDITOR": "vim"}, "", ["vim"]),
        ({"EDITOR": "sensible-editor", "SELECTED_EDITOR": "gone"}, "", ["editor"]),
    ],
)
def test_the_editor_behind_sensible_editor_is_started_itself(
    tmp_path: Path, environ: dict[str, str], chosen: str, command: list[str]
) -> None:
    by_hand(tmp_path, "editor", "vim", "vim.tiny", "sensible-editor")
    if chosen:
        (tmp_path / ".selected_editor").write_text(f"# generated\n{chosen}")
    environ = {"PATH": str(tmp_path), "HOME": str(tmp_path), **environ}
    assert editor_command(environ) == command


@pytest.mark.parametrize("name", ["vim", "nvim", "nano"])
def test_text_on_its_way_through_a_filter_stays_in_the_folder(tmp_path: Path, name: str) -> None:
    editor = by_hand(tmp_path, name)
    environ = {"PATH": str(tmp_path), "HOME": str(tmp_path), "TMPDIR": "/tmp", "X": "y"}
    command, changed = without_traces([str(editor), "-c", "x"], tmp_path, environ)
    assert command[0] == str(editor)
    assert command[-2:] == ["-c", "x"]
    assert Path(changed["TMPDIR"]).parent == tmp_path
    assert Path(changed["TMPDIR"]).stat().st_mode & 0o777 == 0o700
    assert changed["X"] == "y"


def test_another_editor_is_started_as_it_is(tmp_path: Path) -> None:
    editor = by_hand(tmp_path, "joe")
    environ = {"PATH": str(tmp_path)}
    assert without_traces([str(editor), "-x"], tmp_path, environ) == ([str(editor), "-x"], environ)
    assert [path.name for path in tmp_path.iterdir()] == ["joe"]


def test_histories_in_the_folder_of_nano_itself_are_off_and_its_settings_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = by_hand(tmp_path, "nano")
    (tmp_path / ".nano").mkdir()
    (tmp_path / ".nanorc").write_text('set historylog\nset linenumbers\nset tabsize "3"')
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    environ = {"PATH": str(tmp_path), "HOME": str(tmp_path)}
    command, _changed = without_traces([str(editor)], tmp_path, environ)
    assert command[-1] == "--ignorercfiles"  # this one knows no other way
    shutil.rmtree(tmp_path / "editor")
    editor.write_text("#!/bin/sh\necho '-f <file> --rcfile=<file> Use only this file'\n")
    command, _changed = without_traces([str(editor)], tmp_path, environ)
    assert command[-2] == "--rcfile"
    settings = Path(command[-1]).read_text().splitlines()
    assert {"set linenumbers", 'set tabsize "3"'} <= set(settings)
    assert settings[-2:] == ["unset historylog", "unset positionlog"]


@pytest.mark.parametrize("writer", installed("vim", "nvim"))
def test_what_vim_or_neovim_put_aside_is_read_by_either_and_leaves_no_history(
    home: Path, maja: Path, monkeypatch: pytest.MonkeyPatch, writer: str
) -> None:
    with note(home, maja, writer) as terminal:
        write_in_vim(terminal)
        finish(terminal, "hangup", "")
    (folder,) = maja.parent.glob("edit-*")
    monkeypatch.setenv("HOME", str(home))
    for reader in filter(shutil.which, ("vim", "nvim")):
        # Neovim may still listen there.
        sockets = [one.name for one in folder.iterdir() if one.is_socket()]
        copy = shutil.copytree(
            folder, maja.parent / f"by-{reader}", ignore=shutil.ignore_patterns(*sockets)
        )
        recover_from_vim(copy / "mentor.txt", [reader])
        assert (copy / "mentor.txt").read_text() == f"{CANARY}B her\n"
        assert not swap_file(copy / "mentor.txt").exists()
    assert not list(outside(home.parent, maja))


@pytest.mark.parametrize("editor", installed("vim", "nvim"))
def test_a_text_of_the_screen_leaves_nothing_elsewhere_either(
    home: Path, tmp_path: Path, editor: str
) -> None:
    folder = tmp_path / "records"
    folder.mkdir()
    argv = [sys.executable, "-m", "tests.tui.apps", "editor", str(folder)]
    env = {"VISUAL": editor, "HOME": str(home)}
    with Terminal(argv, env=env, cwd=ROOT) as terminal:
        terminal.wait_for("ready")
        terminal.key(CTRL_E)
        write_in_vim(terminal)
        terminal.key("\x1b:wq\r")
        terminal.wait_for("navn")
        terminal.wait_for(f"{CANARY}B her")
    assert not list(outside(tmp_path, folder / "x"))
    assert list(folder.iterdir()) == []
