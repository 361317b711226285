"""A command does what it does, whoever reads it: no traceback, and the status of what it did."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.tui.cli.tools import NOW, ROOT, example_file, process, read

READING = (
    "list",
    "show Maja",
    "show Maja --format json",
    "due",
    "",
    "backup list",
    "--help",
    "--version",
)


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MENTOR_NOW", NOW)
    return example_file(tmp_path)


def shell(file: Path, command: str) -> subprocess.CompletedProcess[bytes]:
    """Run a command line in which `mentor` is the program."""
    script = f'mentor() {{ "{sys.executable}" -m tui "$@"; }}\n{command}\n'
    return subprocess.run(
        ["bash", "-c", script],
        cwd=ROOT,
        input=b"",
        capture_output=True,
        env={**os.environ, "MENTOR_FILE": str(file), "MENTOR_NOW": NOW, "LANG": "C.UTF-8"},
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("command", READING)
def test_a_closed_output_is_written_nowhere(file: Path, command: str) -> None:
    done = shell(file, f"mentor {command} >&-")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


@pytest.mark.parametrize("command", READING)
def test_a_reader_that_leaves_is_no_fault(file: Path, command: str) -> None:
    done = shell(file, f"mentor {command} | true; echo ${{PIPESTATUS[0]}}")
    assert (done.stdout, done.stderr) == (b"0\n", b"")


def test_what_was_done_is_done_and_gives_the_status(file: Path) -> None:
    for number, end in enumerate(("| true", ">&-", ">&- 2>&-", "2>&1 | true"), 1):
        name = f"Bo {number}"
        for command in (f"add '{name}' --start 1/9", f"note '{name}' Hej"):
            done = shell(file, f"exec 9>&1; mentor {command} {end}; echo ${{PIPESTATUS[0]}} >&9")
            assert done.stdout == b"0\n"
        assert [one.name for one in read(file)[0]].count(name) == 1
    assert sum(note.text == "Hej" for note in read(file)[1]) == 4


@pytest.mark.parametrize(("command", "status"), [("show Nobody", 4), ("list --nonsense", 2)])
@pytest.mark.parametrize("end", ["| true", ">&-", "2>&-", ">&- 2>&-", "2>&1 | true"])
def test_a_problem_keeps_its_status(file: Path, command: str, status: int, end: str) -> None:
    done = shell(file, f"exec 9>&1; mentor {command} {end}; echo ${{PIPESTATUS[0]}} >&9")
    assert done.stdout == f"{status}\n".encode()
    assert b"Traceback" not in done.stderr


def test_what_doctor_finds_is_told_by_its_status(file: Path) -> None:
    journal = file.with_name(f"{file.name}.journal")
    journal.write_bytes(journal.read_bytes() + b"half a line")
    found = process(file, "doctor").returncode
    assert found == 1
    done = shell(file, "mentor doctor | true; echo ${PIPESTATUS[0]}")
    assert (done.stdout, done.stderr) == (b"1\n", b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
def test_a_full_disk_behind_the_output_is_said(file: Path) -> None:
    done = shell(file, "mentor list >/dev/full")
    assert done.returncode == 5
    assert done.stderr.startswith(b"mentor: The output could not be written: ")
    assert done.stderr.count(b"\n") == 1


def test_a_closed_output_is_not_where_the_records_go(file: Path) -> None:
    """The next file that is opened would have the number of the stream that is closed."""
    before = read(file)
    done = shell(file, "mentor note Maja Hej <&- >&- 2>&-")
    assert done.returncode == 0
    after = read(file)
    assert (len(after[0]), len(after[1])) == (len(before[0]), len(before[1]) + 1)
    assert process(file, "doctor").returncode == 0
