"""Notes from the command line, in every way."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from data.records import Task
from data.store.opening import open_store
from tests.tools.example import example_file_at
from tests.tools.pty import Terminal
from tests.tui.cli.tools import NOW, ROOT, Mentor, process, read


def test_a_note_in_every_way(mentor: Mentor, file: Path, tmp_path: Path) -> None:
    mentor("add", "Maja Holm", "--start", "1/8")
    assert mentor("note", "maja", "god", "afdækning").out == (
        "Note about Maja Holm saved (private).\n"
    )
    assert mentor("note", "maja", "--shared", "--", "-x").status == 0
    assert process(file, "note", "Maja", stdin="Fra rør: æøå\nto linjer\n".encode()).returncode == 0
    assert process(file, "note", "Maja", stdin="Fra gammel terminal: æøå".encode("cp1252")).stdout
    assert process(file, "note", "Maja", "som arg: æøå".encode("cp1252")).returncode == 0
    notes = read(file)[1]
    assert [note.text for note in notes] == [
        "god afdækning",
        "-x",
        "Fra rør: æøå\nto linjer",
        "Fra gammel terminal: æøå",
        "som arg: æøå",
    ]
    assert [note.private for note in notes] == [True, False, True, True, True]
    assert all(note.at for note in notes)


def test_a_note_about_a_task(mentor: Mentor, file: Path) -> None:
    example_file_at(file)
    title = json.loads(mentor("show", "Maja", "--format", "json").out)["tasks"][2]["title"]
    done = mentor("note", "Maja", "--task", title[:-3].upper(), "Hej")
    assert done.status == 0
    note = read(file)[1][-1]
    opened = open_store(file, threaded=False)
    task = opened.store.get(Task, note.task_id)
    assert task is not None
    assert task.title == title
    opened.close()
    assert (
        "no task that begins with “xyz”" in mentor("note", "Maja", "--task", "xyz", "Hej").problem
    )


def test_wrong_usage_says_where_the_right_one_stands(mentor: Mentor, file: Path) -> None:
    for arguments, hint in (
        (["nonsense"], "See: mentor --help"),
        (["add", "Maja"], "See: mentor add --help"),
        (["show", "Maja", "--format", "xml"], "See: mentor show --help"),
    ):
        found = mentor(*arguments)
        assert (found.status, found.problem.endswith(hint)) == (2, True)
    folder = mentor("list", "--file", str(file.parent))
    assert (folder.status, "is a folder" in folder.problem) == (3, True)


def test_an_empty_note_is_not_kept(mentor: Mentor, file: Path) -> None:
    mentor("add", "Maja", "--start", "1/8")
    done = process(file, "note", "Maja", stdin=b" \n")
    assert done.returncode == 2
    assert done.stderr == b"mentor: Nothing was written, so nothing was saved.\n"
    assert read(file)[1] == []


def test_a_note_with_a_number_of_a_person_is_kept_and_said(mentor: Mentor, file: Path) -> None:
    mentor("add", "Maja", "--start", "1/8")
    done = mentor("note", "Maja", "010203-1234")
    assert done.status == 0
    assert "CPR" in done.err
    assert read(file)[1][0].text == "010203-1234"


def test_what_is_typed_commands_no_terminal(mentor: Mentor, file: Path) -> None:
    hostile = "\x1b]0;x\x07\x1b[31m[red]x[/]\x1b[0m\x07\u202e"
    mentor("add", f"Maja {hostile}", "--start", "1/8", "--title", hostile)
    mentor("note", "Maja", "--shared", f"=1+1 {hostile} {'a' * 5000}")
    for command in (["list"], ["show", "Maja", "--private"], ["due"], []):
        shown = mentor(*command)
        assert shown.status == 0
        assert not set(shown.out) & {"\x1b", "\x07", "\u202e"}
    assert "[red]x[/]" in mentor("list").out
    shown = mentor("show", hostile)
    assert "[red]x[/]" in shown.problem
    assert "\x1b" not in shown.err


def test_a_note_in_the_editor(file: Path, mentor: Mentor, tmp_path: Path) -> None:
    mentor("add", "Maja", "--start", "1/8")
    editor = tmp_path / "editor"
    editor.write_text(
        '#!/bin/sh\nls -l "$1" > "$0.seen"; echo "$1" >> "$0.seen"\n'
        'printf \'fra editor: \\303\\246\\n\' > "$1"; cp "$1" "$1~"\n'
    )
    editor.chmod(0o700)
    env = {
        "MENTOR_FILE": str(file),
        "EDITOR": str(editor),
        "MENTOR_NOW": NOW,
        "HOME": str(tmp_path),
    }
    with Terminal([sys.executable, "-m", "tui", "note", "Maja"], env=env, cwd=ROOT) as terminal:
        terminal.wait_for("saved")
        assert terminal.wait_exit() == 0
    seen = (tmp_path / "editor.seen").read_text()
    assert seen.startswith("-rw-------")
    assert str(file.parent) in seen
    assert read(file)[1][0].text == "fra editor: æ"
    assert not list(file.parent.glob(".note*"))


@pytest.mark.parametrize("editor", ["gone", "false"])
def test_an_editor_that_fails(file: Path, mentor: Mentor, tmp_path: Path, editor: str) -> None:
    mentor("add", "Maja", "--start", "1/8")
    env = {"MENTOR_FILE": str(file), "VISUAL": editor, "MENTOR_NOW": NOW, "HOME": str(tmp_path)}
    if editor == "gone":
        env["PATH"] = str(tmp_path)
    with Terminal([sys.executable, "-m", "tui", "note", "Maja"], env=env, cwd=ROOT) as terminal:
        assert terminal.wait_exit() == 2
        assert "editor" in terminal.screen()
    assert read(file)[1] == []


def test_an_editor_that_is_not_there_gives_way_to_the_simplest_that_is(
    file: Path, mentor: Mentor, tmp_path: Path
) -> None:
    mentor("add", "Maja", "--start", "1/8")
    nano = tmp_path / "bin/nano"
    nano.parent.mkdir()
    nano.write_text("#!/bin/sh\nfor file do :; done; echo 'fra nano' > \"$file\"\n", "utf-8")
    nano.chmod(0o700)
    env = {"MENTOR_FILE": str(file), "EDITOR": "gone", "MENTOR_NOW": NOW, "HOME": str(tmp_path)}
    env["PATH"] = str(nano.parent)
    with Terminal([sys.executable, "-m", "tui", "note", "Maja"], env=env, cwd=ROOT) as terminal:
        assert terminal.wait_exit() == 0
    assert read(file)[1][0].text == "fra nano"


@pytest.mark.parametrize(
    ("typed", "moment"),
    [("fri", "2025-11-21"), ("20/11 kl. 14.30", "2025-11-20T14:30"), ("today", "2025-11-24")],
)
def test_a_note_about_another_day(mentor: Mentor, file: Path, typed: str, moment: str) -> None:
    mentor("add", "Maja", "--start", "1/8")
    said = mentor("note", "Maja", "--on", typed, "Hej").out
    (note,) = read(file)[1]
    assert note.at
    assert note.at.isoformat().startswith(moment)
    assert note.at.strftime("%d-%m-%Y") in said


def test_a_note_is_not_about_a_day_to_come(mentor: Mentor, file: Path) -> None:
    mentor("add", "Maja", "--start", "1/8")
    refused = mentor("note", "Maja", "--on", "tomorrow", "Hej")
    assert refused.status == 2
    assert "is in the future" in refused.problem
    assert read(file)[1] == []
