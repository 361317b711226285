"""Two of one name, all of the notes, and an environment that is not as it should be."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from data.records import Mentee, Note
from data.store.change import Change
from data.store.opening import open_store
from tests.tools.pty import Terminal
from tests.tui.cli.tools import NOW, ROOT, Mentor, process, read


def test_a_name_that_is_there_is_added_again_only_when_that_is_meant(
    mentor: Mentor, file: Path
) -> None:
    mentor("add", "Bo Test", "--start", "1-8-2025")
    refused = mentor("add", "bo  test", "--start", "1-12-2025")
    assert refused.status == 2
    assert "Bo Test already exists (first day at work 01-08-2025)." in refused.problem
    assert "--again" in refused.problem
    assert len(read(file)[0]) == 1
    assert mentor("add", "bo test", "--start", "1-12-2025", "--again").status == 0
    assert len(read(file)[0]) == 2
    again = mentor("add", "Bo Test", "--start", "2-12-2025")
    assert "Bo Test already exists (first day at work 01-08-2025)." in again.problem


def test_at_a_terminal_it_is_asked(mentor: Mentor, file: Path) -> None:
    mentor("add", "Bo Test", "--start", "1-8-2025")
    command = [sys.executable, "-m", "tui", "add", "Bo Test", "--start", "1-9-2025"]
    env = {"MENTOR_FILE": str(file), "MENTOR_NOW": NOW, "HOME": str(file.parent)}
    for answer, status, number in (("no", 2, 1), ("yes", 0, 2)):
        with Terminal(command, env=env, cwd=ROOT) as terminal:
            terminal.wait_for("Add another with that")
            terminal.key(f"{answer}\n")
            assert terminal.wait_exit() == status
        assert len(read(file)[0]) == number


def test_two_of_one_name_are_told_apart_by_number_and_first_day(mentor: Mentor, file: Path) -> None:
    mentor("add", "Anna", "--start", "1-8-2025")
    mentor("add", "Bo Test", "--start", "1-8-2025")
    mentor("add", "Bo Test", "--start", "1-12-2025", "--again")
    listed = mentor("list").out
    assert "Anna: " in listed
    assert "Bo Test (number 2, first day 01-08-2025): " in listed
    assert "Bo Test (number 3, first day 01-12-2025): " in listed
    values = json.loads(mentor("list", "--format", "json").out)
    assert [one["number"] for one in values] == [1, 2, 3]
    problem = mentor("note", "Bo Test", "Hej").problem
    assert "Bo Test (number 2, first day 01-08-2025)" in problem
    assert "Bo Test (number 3, first day 01-12-2025)" in problem
    assert mentor("note", "3", "Hej").status == 0
    mentees, (note,) = read(file)
    assert note.mentee_id == mentees[2].id
    assert mentor("note", "4", "Hej").status == mentor("note", "0", "Hej").status == 4


def test_show_says_how_much_it_leaves_out_and_tells_all_when_asked(
    mentor: Mentor, file: Path
) -> None:
    mentor("add", "Bo", "--start", "1-8-2025")
    (bo,) = read(file)[0]
    for number in range(10):
        mentor("note", "Bo", f"Note {number}", "--shared" if number % 2 else "--private")
    shown = mentor("show", "Bo", "--private").out
    assert [f"Note {number}" in shown for number in range(10)] == [False] * 5 + [True] * 5
    assert "5 of 10 shown (--all shows all)." in shown
    assert shown.index("Note 9") < shown.index("Note 5")
    all_shown = mentor("show", "Bo", "--private", "--all").out
    assert all(f"Note {number}" in all_shown for number in range(10))
    assert "(--all shows all)" not in all_shown
    assert "(--all shows all)" not in mentor("show", "Bo").out.partition("notes")[2]
    opened = open_store(file, threaded=False)
    note = Note(mentee_id=bo.id, text="Endnu en", private=False)
    opened.store.commit([Change.created(note), Change.created(Mentee(name="Åse"))])
    opened.close()
    assert "5 of 6 shown" in mentor("show", "Bo").out


def test_show_says_how_many_talks_it_leaves_out(mentor: Mentor) -> None:
    mentor("add", "Bo", "--start", "1-8-2025")
    shown = mentor("show", "Bo").out
    number = mentor("show", "Bo", "--all").out.count("\n  Talk ")
    assert f"1 of {number} shown" in shown


def test_escape_codes_in_the_environment_command_no_terminal(file: Path) -> None:
    hostile = f"{file.parent}/\x1b]0;x\x07\x1b[31mred.json"
    for command in ("list", "show", "due"):
        done = process(Path(hostile), command, *(["x"] if command == "show" else []))
        assert done.returncode == 3
        assert not set(done.stdout + done.stderr) & set(b"\x1b\x07")
        assert b"red.json" in done.stderr


def test_a_home_that_is_no_full_path_is_refused_in_words(file: Path) -> None:
    for command in ("list", "doctor"):
        done = process(file, command, HOME="here", MENTOR_FILE="")
        assert done.returncode == 2
        assert done.stderr.startswith("mentor: HOME is “here”, which is not a full path.".encode())
        assert done.stderr.count(b"\n") == 1
    assert not (ROOT / "here").exists()


def test_help_and_doctor_say_who_can_read_a_command(mentor: Mentor) -> None:
    mentor("add", "Bo", "--start", "1-8-2025")
    words = " ".join(mentor("note", "--help").out.split())
    assert "Others on the computer can see the words" in words
    assert "Best without TEXT" in words
    checks = {one["check"]: one for one in json.loads(mentor("doctor", "--format", "json").out)}
    hidden = "hidepid=" in Path("/proc/mounts").read_text("utf-8")
    assert ("commands" in checks) is not hidden
    if not hidden:
        assert checks["commands"]["weight"] == "note"


def test_wrong_settings_are_one_line_and_doctor_names_them_all(
    mentor: Mentor, file: Path, tmp_path: Path
) -> None:
    mentor("add", "Bo", "--start", "1-8-2025")
    settings = tmp_path / "config/mentorrollen/settings.toml"
    settings.parent.mkdir(parents=True)
    wrong = [f"wrong_{number} = 1" for number in range(8)]
    settings.write_text("\n".join([*wrong, 'theme = "solarized"']) + "\n", "utf-8")
    config = str(tmp_path / "config")
    done = process(file, "list", XDG_CONFIG_HOME=config)
    said = b"mentor: settings.toml: 9 entries are not understood; mentor doctor names them.\n"
    assert done.stderr == said
    named = " ".join(process(file, "doctor", XDG_CONFIG_HOME=config).stdout.decode().split())
    assert all(f"“wrong_{number}” is not a setting" in named for number in range(8))
    assert '“theme” must be "mentor-dark" / "mentor-light" / "mentor-plain".' in named
    with Terminal(
        [sys.executable, "-m", "tui"],
        env={
            "MENTOR_FILE": str(file),
            "MENTOR_NOW": NOW,
            "HOME": str(tmp_path),
            "XDG_CONFIG_HOME": config,
        },
        cwd=ROOT,
    ) as terminal:
        terminal.wait_for("settings.toml: 9 entries are not understood")
        terminal.wait_for("Bo")
        terminal.key("\x1b")
        terminal.wait_gone("settings.toml")
