"""`mentor overview` and `mentor mentors`: all mentors, of what they publish, in each format."""

from __future__ import annotations

import csv
import io
import json
import os
import sys
from datetime import date
from pathlib import Path

import pytest

from data.paths import settings_file
from data.published.schema import PublishedMentee, Stage
from tests.screens.workplace.published_files import ME, a_workplace, publish
from tests.tools.pty import Terminal
from tests.tui.cli.tools import ROOT, Mentor, process

DAY = date(2025, 11, 24)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    a_workplace(tmp_path / "published", DAY)
    return tmp_path / "published"


def test_the_page_as_text(mentor: Mentor, folder: Path) -> None:
    said = mentor("overview", str(folder), "--lang", "en")
    lines = said.out.splitlines()
    assert said.status == 0
    assert said.err == ""
    assert lines[0] == "3 mentors, 7 mentees, 1 closed."
    assert lines[1].startswith("In all: no tasks: 1, no buddy: 1, long since the last talk: 1")
    assert "Tasks done alone, of all: 25%." in lines
    heads = [line.split(":")[0] for line in lines if " mentees; " in line or " mentee; " in line]
    assert heads == ["bo (root)" if ME == "root" else f"bo ({ME})", ME, f"anna ({ME})"]
    at = lines.index("Files to look at:")
    told = " ".join(" ".join(lines[at:]).split())
    assert f"{folder}/bo.json: It was written 20 days ago, and may not be so any more." in told
    assert f"{folder}/anna.json: It is called after anna, but belongs to {ME}." in told
    assert f"{folder}/foreign.json: It is not a file that a mentor publishes." in told


def test_the_page_as_json(mentor: Mentor, folder: Path) -> None:
    for use in (("overview", "--format", "json"), ("--format", "json", "overview")):
        page = json.loads(mentor(*use, str(folder)).out)
        assert page["date"] == DAY.isoformat()
        assert [len(one["mentees"]) for one in page["mentors"]] == [2, 2, 4]
        first = page["mentors"][0]
        assert (first["capacity"], first["room"]) == (2, 0)
        assert first["mentees"][0]["who"] == "MK"
        assert first["mentees"][0]["needs"] == ["no_plan", "no_buddy", "long_since_talk"]
        assert page["counts"]["phases"]["closed"] == 1
        assert page["figures"]["steps"] == {"all": 25.0, "phases": {"learning": 25.0}}
        doubts = {Path(one["file"]).stem: one["doubts"] for one in page["mentors"]}
        assert "stale" in doubts["bo"]
        assert "stale" not in doubts["anna"]
        assert {one["what"] for one in page["to_look_at"]} == {"stale", "owner", "unreadable"}


@pytest.mark.parametrize(("tongue", "comma"), [("da", ";"), ("en", ",")])
def test_the_page_as_csv(folder: Path, file: Path, tongue: str, comma: str) -> None:
    publish(folder, "=cmd", PublishedMentee(7, phase=Stage.START), written=DAY)
    publish(folder, "empty", written=DAY)
    done = process(file, "overview", str(folder), "--format", "csv", "--lang", tongue)
    assert done.returncode == 0
    assert done.stdout.startswith(b"\xef\xbb\xbf")
    head, names, *rows = csv.reader(io.StringIO(done.stdout.decode("utf-8-sig")), delimiter=comma)
    assert head == ["Fortroligt" if tongue == "da" else "Confidential"]
    assert len(names) == 13
    assert [row[1] for row in rows if row[0].startswith("bo")] == ["MK", "Mentee 4711"]
    assert any(row[0] == f"'=cmd ({ME})" for row in rows), "no cell is a formula"
    assert [row[1:12] for row in rows if row[0].startswith("empty")] == [[""] * 11]
    assert "foreign.json" in done.stderr.decode()


def test_who_could_take_one_more(mentor: Mentor, folder: Path) -> None:
    said = mentor("mentors", str(folder), "--lang", "en")
    assert said.out.splitlines() == sorted(
        [
            f"anna ({ME}): 4 mentees; has not said how many",
            f"bo ({ME}): 2 mentees; no room for more",
            f"{ME}: 1 mentee; room for 2 more",
        ]
    )
    assert "foreign.json" in said.err
    rows = json.loads(mentor("mentors", str(folder), "--format", "json").out)
    assert [(one["active"], one["room"]) for one in rows] == [(4, None), (2, 0), (1, 2)]


def test_the_folder_of_the_settings_is_used_and_else_it_is_asked_for(
    mentor: Mentor, folder: Path
) -> None:
    for use in ("overview", "mentors"):
        said = mentor(use, "--lang", "en")
        assert said.status == 2
        assert said.problem.startswith("Name the folder with what the mentors publish:")
    path = settings_file(os.environ)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'publish_folder = "{folder}"\n')
    assert mentor("overview", "--lang", "en").out.startswith("3 mentors, 7 mentees, 1 closed.")
    assert len(mentor("mentors").out.splitlines()) == 3


def test_what_is_not_there_or_nothing_of_it_can_be_read_has_a_status(
    mentor: Mentor, tmp_path: Path
) -> None:
    gone = mentor("overview", str(tmp_path / "gone"), "--lang", "en")
    assert gone.status == 3
    assert gone.problem == f"There is no file {tmp_path / 'gone'}."
    os.mkfifo(tmp_path / "pipe\x1b[31m.json")
    (tmp_path / "empty").mkdir()
    said = mentor("overview", str(tmp_path), "--lang", "en")
    assert said.status == 3
    assert "pipe.json: It is not an ordinary file." in " ".join(said.out.split())
    assert "\x1b" not in said.out
    empty = mentor("overview", str(tmp_path / "empty"), "--lang", "en")
    assert empty.status == 0
    assert empty.out.startswith("No mentor has published anything here yet.")


def test_on_a_terminal_the_page_opens_and_makes_no_data_file(tmp_path: Path, folder: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    env = {
        "HOME": str(home),
        "MENTOR_LANG": "en",
        "PYTHONPATH": str(ROOT),
        "MENTOR_NOW": "2025-11-24T08:05",
    }
    command = [sys.executable, "-m", "tui", "overview", str(folder)]
    with Terminal(command, 80, 24, env=env) as terminal:
        terminal.wait_for("3 mentors, 7 mentees, 1 closed")
        terminal.do("\r")
        terminal.wait_for("4711")
        terminal.do("\x1b")
        terminal.wait_for("Files to look at")
        publish(folder, "zoe", PublishedMentee(7, phase=Stage.START), written=DAY)
        terminal.wait_for("4 mentors, 8 mentees, 1 closed")
        terminal.key("\x11")
        assert terminal.wait_exit() == 0
    left = [path.name for path in home.rglob("*") if path.is_file()]
    assert not [name for name in left if name.startswith("mentor.json")], left


def test_it_can_be_heard(tmp_path: Path, folder: Path) -> None:
    env = {
        "HOME": str(tmp_path),
        "MENTOR_LANG": "en",
        "PYTHONPATH": str(ROOT),
        "MENTOR_NOW": "2025-11-24T08:05",
    }
    command = [sys.executable, "-m", "tui", "overview", "--speech", str(folder)]
    with Terminal(command, 80, 24, env=env) as terminal:
        terminal.wait_until(
            lambda: "mentees 2 of 2" in bytes(terminal.raw).decode("utf-8", "replace")
        )
        terminal.key("\x11")
        assert terminal.wait_exit() == 0


def test_what_mentors_publish_is_what_the_coordinator_reads(mentor: Mentor, tmp_path: Path) -> None:
    """From `mentor publish` to the page, without a word of the records on the way."""
    shared = tmp_path / "shared"
    shared.mkdir()
    mentor("add", "Ida Kjær", "--start", "1-9-2025")
    done = mentor("publish", "on", "--folder", str(shared), "--capacity", "3", "--yes")
    assert done.status == 0, done.err
    text = mentor("overview", "--lang", "en").out
    assert f"{ME}: 1 mentee; check: no tasks: 1, no buddy: 1, expectations not agreed: 1" in text
    page = json.loads(mentor("overview", "--format", "json").out)
    assert page["to_look_at"] == []
    assert [one["mentor"] for one in page["mentors"]] == [ME]
    assert page["mentors"][0]["mentees"][0]["week"] == 13
    assert "Ida" not in text
    assert mentor("mentors", "--lang", "en").out == f"{ME}: 1 mentee; room for 2 more\n"
    assert mentor("mentors", "--lang", "da").out.endswith("; plads til 2 flere\n")
    mentor("publish", "off")
    assert mentor("mentors", str(shared), "--lang", "en").out.startswith("No mentor has published")


def test_the_page_is_a_document_for_word_and_paper_too(mentor: Mentor, folder: Path) -> None:
    path = settings_file(os.environ)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'publish_folder = "{folder}"\n')
    said = mentor("export", "workplace", "--to", "txt", "-o", "-", "--lang", "en")
    assert said.err == "", "no data file is asked for"
    assert said.out.startswith("Confidential")
    assert said.out.index(f"bo ({ME})") < said.out.index("Files to look at")
    assert "MK: week 7; learning; 0 talks held; check: no tasks, no buddy" in said.out
    table = mentor("export", "mentors", "--to", "md", "-o", "-", "--lang", "en").out
    assert f"| {ME} | 1 | 3 | room for 2 more | 24-11-2025 |" in table
    path.unlink()
    assert mentor("export", "workplace", "-o", "-", "--to", "txt", "--lang", "en").status == 2
