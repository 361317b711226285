"""`mentor contribute`: each line is shown and asked, and nothing else is in the file."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import tomllib
from datetime import date
from pathlib import Path

import pytest

from data.paths import documents_folder
from data.records import Goal, Mentee, Person, Question, Task, Tip
from data.store.change import Change
from data.store.opening import open_store
from tests.tools.pty import Terminal
from tests.tui.cli.tools import NOW, ROOT, Mentor, process, say

PEOPLE = ("Maja Holm", "Bo Lund", "Åse Kirk", "Emil Dahl", "Nadia Ali")


@pytest.fixture
def filled(file: Path) -> Path:
    """A file with five mentees, a tip, a question, and a task with times for each."""
    opened = open_store(file, threaded=False)
    changes = [
        Change.created(Person(name="Jette Hansen")),
        Change.created(Tip(text="Spørg Jette før Majas møde", task_type="Samtale")),
        Change.created(Tip(text="Skriv samme dag")),
        Change.created(Question(text="Hvad lærte du af Bo Lund?", probes=("Hvornår?",))),
    ]
    for name in PEOPLE:
        mentee = Mentee(name=name, start=date(2025, 8, 1))
        task = Task(
            mentee_id=mentee.id,
            title=f"{name.split()[0]}s journal",
            type="Journal",
            estimate_min=180,
            actual_min=240,
            next_step="HEMMELIGT",
            sparring_on=date(2025, 8, 11),
        )
        changes += [
            Change.created(mentee),
            Change.created(task),
            Change.created(Goal(mentee_id=mentee.id, task_id=task.id, text="Kan skrive kort")),
        ]
    opened.store.commit(changes)
    assert opened.close()
    return file


def test_only_what_was_answered_with_yes_is_written(filled: Path, tmp_path: Path) -> None:
    to = tmp_path / "bidrag.toml"
    answers = "\nn\ne\nNyt fra Maja\n-\n\n\nyes\n"
    done = process(filled, "contribute", "--plan", "maja", "-o", str(to), stdin=answers.encode())
    assert (done.returncode, done.stderr) == (0, b""), done
    out = done.stdout.decode()
    assert "5 lines for the library of the workplace (Tip: 2; Question: 1; Task: 1;" in out
    assert "2 of 5. Tip: Samtale\n  Spørg a colleague før the mentee’s møde\n" in out
    assert f"4 lines have been written to this file:\n{to}\n" in out
    assert stat.S_IMODE(to.stat().st_mode) == 0o600
    written = to.read_text("utf-8")
    assert tomllib.loads(written) == {
        "tip": [{"type": "", "text": "Skriv samme dag"}],
        "question": [{"key": "nyt-fra-the-mentee", "text": "Nyt fra the mentee"}],
        "task": [
            {
                "title": "The mentee’s journal",
                "type": "Journal",
                "estimate": "3 h",
                "sparring": "day 10",
                "goals": [{"text": "Kan skrive kort", "kind": "skill"}],
            }
        ],
    }
    assert "# Journal: expected 3 h, took 4 h, 5 tasks" in written
    for word in ("HEMMELIGT", "Jette", "Spørg", *(name.split()[0] for name in PEOPLE)):
        assert word not in written


def test_it_never_replaces_a_file_and_goes_to_the_documents(filled: Path, tmp_path: Path) -> None:
    folder = tmp_path / "docs"
    folder.mkdir()
    for name in ("contribution-2025-11-24.toml", "contribution-2025-11-24-2.toml"):
        done = process(filled, "contribute", "-o", str(folder), stdin=b"\n\n\n\n")
        assert done.returncode == 0
        assert done.stdout.decode().endswith(f"{folder / name}\n")
    home = process(filled, "contribute", stdin=b"\n\n\n\n", HOME=str(tmp_path))
    assert home.returncode == 0
    path = Path(home.stdout.decode().splitlines()[-1])
    assert path.parent == documents_folder("", os.environ | {"HOME": str(tmp_path)})


def test_a_dry_run_shows_every_line_and_asks_nothing(filled: Path, mentor: Mentor) -> None:
    done = mentor("contribute", "--dry-run")
    assert (done.status, done.err) == (0, "")
    assert "  Skriv samme dag\n" in done.out
    assert "  Journal: expected 3 h, took 4 h, 5 tasks\n" in done.out
    assert "In the file?" not in done.out


@pytest.mark.parametrize("answers", [b"", b"\n\n", b"\ne\n"])
def test_where_the_input_ends_nothing_is_written(
    filled: Path, tmp_path: Path, answers: bytes
) -> None:
    to = tmp_path / "bidrag.toml"
    done = process(filled, "contribute", "-o", str(to), stdin=answers)
    assert done.returncode == 2
    assert done.stderr == b"mentor: Stopped before the last line; nothing has been written.\n"
    assert not to.exists()


def test_who_chooses_nothing_writes_nothing(filled: Path, tmp_path: Path) -> None:
    to = tmp_path / "bidrag.toml"
    done = process(filled, "contribute", "-o", str(to), stdin=b"n\nno\nn\nn\n")
    assert done.returncode == 0
    assert done.stdout.decode().endswith("You chose no line, so nothing has been written.\n")
    assert not to.exists()


def test_an_edit_that_empties_a_line_leaves_it_and_an_odd_answer_is_asked_again(
    filled: Path, tmp_path: Path
) -> None:
    to = tmp_path / "bidrag.toml"
    answers = b"hvad\ne\n-\n\n\nn\nn\ne\nn\n"  # the last line is a figure: it cannot be edited
    done = process(filled, "contribute", "-o", str(to), stdin=answers)
    assert done.returncode == 0
    out = done.stdout.decode()
    assert "“Tip” must not be empty." in out
    assert out.count("Enter or yes: in the file. n: not. e: edit it first.") == 2
    assert tomllib.loads(to.read_text("utf-8")) == {
        "tip": [{"type": "", "text": "Skriv samme dag"}]
    }


def test_a_place_where_no_file_can_be_is_one_line(filled: Path, tmp_path: Path) -> None:
    for where in ("/dev/null", str(tmp_path / "gone" / "x.toml")):
        done = process(filled, "contribute", "-o", where, stdin=b"\n\n\n\n")
        assert done.returncode == 3
        assert done.stderr.decode().count("\n") == 1


def test_nothing_to_give_is_said(mentor: Mentor, file: Path) -> None:
    mentor("add", "Maja", "--start", "1-8-2025")
    done = mentor("contribute")
    assert (done.status, done.err) == (0, ""), (done.err, done.out)
    assert done.out.startswith("There is nothing to contribute yet")
    assert mentor("contribute", "--plan", "nobody").status == 4


def test_at_a_terminal_each_line_is_asked(filled: Path, tmp_path: Path) -> None:
    to = tmp_path / "bidrag.toml"
    env = {"MENTOR_FILE": str(filled), "MENTOR_NOW": NOW}
    argv = [sys.executable, "-m", "tui", "contribute", "-o", str(to), "--lang", "da"]
    with Terminal(argv, env=env, cwd=ROOT) as terminal:
        say(terminal, "Med i filen? Enter ja, n nej, e ret", "", "n", "")
        say(terminal, "Med i filen? Enter ja, n nej", "")
        terminal.wait_until(to.exists)
    assert len(tomllib.loads(to.read_text("utf-8"))["question"]) == 1


@pytest.mark.parametrize("example", ["jobcenter", "boern-og-familier", "english"])
def test_a_worked_library_can_be_begun_with(file: Path, tmp_path: Path, example: str) -> None:
    folder = tmp_path / "library"
    made = process(file, "library", "init", str(folder), "--example", example)
    assert (made.returncode, made.stderr) == (0, b"")
    done = process(file, "library", "check", str(folder))
    assert (done.returncode, done.stderr) == (0, b""), done.stdout.decode()


def test_what_is_contributed_can_be_put_in_a_library(filled: Path, tmp_path: Path) -> None:
    """A coordinator copies each section into its file; what is there is not asked again."""
    folder, to = tmp_path / "library", tmp_path / "bidrag.toml"
    process(filled, "library", "init", str(folder), "--example", "jobcenter")

    def contribute(*more: str) -> subprocess.CompletedProcess[bytes]:
        return process(
            filled,
            *("contribute", "--plan", "maja", *more),
            stdin=b"\n\n\n\n\n",
            MENTOR_LIBRARY=str(folder),
            HOME=str(tmp_path),
            XDG_DATA_HOME="",
        )

    done = contribute("-o", str(to))
    assert (done.returncode, done.stderr) == (0, b"")
    assert "Give it to: Mentorkoordinatoren i Jobcenter Nordby" in done.stdout.decode()
    _head, *parts = to.read_text("utf-8").split("\n# --- ")
    sections = dict(part.split("\n", 1) for part in parts)
    assert list(sections) == ["tips.toml", "questions/*.toml", "plans/*.toml"]
    with (folder / "tips.toml").open("a", encoding="utf-8") as tips:
        tips.write(sections["tips.toml"])
    (folder / "questions/nye.toml").write_text(sections["questions/*.toml"], "utf-8")
    plan = f'name = "Journal"\n{sections["plans/*.toml"]}'
    (folder / "plans/journal.toml").write_text(plan, "utf-8")
    checked = process(filled, "library", "check", str(folder))
    assert (checked.returncode, checked.stderr) == (0, b""), checked.stdout.decode()
    assert "11 tips" in checked.stdout.decode()
    for copy in tmp_path.rglob("library.json"):
        copy.unlink()  # as another mentor has it, who begins with this version
    again = contribute("--dry-run")
    assert again.stdout.decode() == "Time taken\n  Journal: expected 3 h, took 4 h, 5 tasks\n"
