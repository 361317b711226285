"""The command line as its users have it: what is printed, what is kept, and how it ends."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import click
import pytest
import tinydb

from data.records import (
    CourseState,
    Duty,
    Goal,
    Mentee,
    Note,
    Person,
    Priority,
    Role,
    Talk,
    Task,
    TaskStatus,
    new_id,
)
from data.store.change import Change
from data.store.opening import open_store
from data.text import UNWANTED, safe
from tests.tools.example import example_file_at
from tests.tui.cli.tools import ROOT, Mentor, process, read
from tui.cli.base import WholeNumber
from tui.cli.program import program
from tui.cli.wrapping import WIDEST

# -- adding and printing --------------------------------------------------------------------------


def test_a_mentee_is_added_with_everything_that_goes_with_it(mentor: Mentor, file: Path) -> None:
    done = mentor(
        "add", " Maja  Holm ", "--start", "1-8-2025", "--title", "Rådgiver", "--newly-qualified"
    )
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith("Maja Holm added. First day at work: Fri 01-08-2025")
    opened = open_store(file, threaded=False)
    (maja,) = opened.store.all(Mentee)
    assert (maja.name, maja.title, maja.newly_qualified) == ("Maja Holm", "Rådgiver", True)
    assert len(opened.store.of(Role, maja.id)) == 5
    assert len(opened.store.of(Duty, maja.id)) > 20
    assert len(opened.store.of(Talk, maja.id)) > 8
    opened.close()
    with tinydb.TinyDB(file) as db:
        assert [doc["name"] for doc in db.table("mentees").all()] == ["Maja Holm"]


def test_the_list_says_each_mentee_in_a_sentence(mentor: Mentor) -> None:
    mentor("add", "Bo", "--start", "1/9")
    mentor("add", "Åse", "--start", "1-12-2025")
    mentor("add", "Maja", "--start", "1-8-2025")
    found = mentor("list").out
    assert found.index("Bo:") < found.index("Maja:") < found.index("Åse:")
    assert "Maja: week 17; plan –; social 0 of 7" in found
    assert "Åse: starts in 7 d" in found
    assert all(len(line) <= WIDEST for line in found.splitlines())
    values = json.loads(mentor("list", "--format", "json").out)
    assert [one["name"] for one in values] == ["Bo", "Maja", "Åse"]
    assert values[1]["start"] == "2025-08-01"
    assert "no_buddy" in values[1]["missing"]


def test_a_list_of_nobody_does_not_say_that_there_never_was_anybody(
    mentor: Mentor, file: Path
) -> None:
    mentor("add", "Maja", "--start", "1-8-2025")
    opened = open_store(file, threaded=False)
    maja = opened.store.all(Mentee)[0]
    opened.store.commit([Change.edited(maja, state=CourseState.CLOSED)])
    assert opened.close()
    said = "No active mentorship; 1 is closed: mentor list --all\n"
    assert mentor("list").out == said
    assert mentor().out == said
    assert mentor("list", "--all").out.startswith("Maja")


def test_an_example_is_told_in_both_languages(mentor: Mentor, file: Path) -> None:
    example_file_at(file)
    for language, words in (("en", ("Plan", "Talks", "held")), ("da", ("Plan", "Samtaler"))):
        shown = mentor("show", "maja", "--lang", language)
        assert shown.status == 0
        assert all(f"\n{word}" in shown.out or word in shown.out for word in words)
        assert all(len(line) <= WIDEST for line in shown.out.splitlines())
        assert "\x1b" not in shown.out
    assert "private notes and doubts are not shown" in mentor("show", "maja").out
    assert "private notes and doubts are not shown" not in mentor("show", "maja", "--private").out
    assert "Maja Holm" in mentor("due").out


def test_show_as_json_has_everything(mentor: Mentor, file: Path) -> None:
    example_file_at(file)
    values = json.loads(mentor("show", "Maja", "--format", "json").out)
    opened = open_store(file, threaded=False)
    maja = next(one for one in opened.store.all(Mentee) if one.name.startswith("Maja"))
    assert values["mentee"]["name"] == maja.name
    assert [task["title"] for task in values["tasks"]] == [
        task.title for task in opened.store.of(Task, maja.id)
    ]
    assert not values["private"]
    assert not any(one.get("private") for one in (*values["notes"], *values["answers"]))
    values = json.loads(mentor("show", "Maja", "--private", "--format", "json").out)
    assert values["private"]
    assert len(values["notes"]) == len(opened.store.of(Note, maja.id))
    assert any(note["private"] for note in values["notes"])
    assert values["people"]
    opened.close()


def test_without_a_terminal_it_prints_today(mentor: Mentor, file: Path) -> None:
    example_file_at(file)
    shown = mentor()
    assert shown.status == 0
    assert shown.out.startswith("Today, 24-11-2025: ")
    assert "Maja Holm: " in shown.out
    assert json.loads(mentor("--format", "json").out)
    assert json.loads(mentor("due", "--days", "14", "--format", "json").out)
    assert mentor("due", "--days", "14").out.count("\n") > mentor("due").out.count("\n")


def test_looking_makes_no_file(mentor: Mentor, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "There is no file" in mentor("list").problem
    assert mentor("list").status == 3
    monkeypatch.delenv("MENTOR_FILE")
    for command in (["list"], ["due"], []):
        assert mentor(*command).status == 0
    assert mentor("show", "Maja").status == 4
    assert list(file.parent.iterdir()) == []
    assert not (file.parents[1] / "data").exists()


def test_the_users_own_file_is_made_in_a_folder_of_their_own(
    mentor: Mentor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MENTOR_FILE")
    before = os.umask(0)
    try:
        assert mentor("add", "Maja", "--start", "1/8").status == 0
    finally:
        os.umask(before)
    own = tmp_path / "data/mentorrollen"
    assert stat.S_IMODE(own.stat().st_mode) == 0o700
    assert stat.S_IMODE((own / "mentor.json").stat().st_mode) == 0o600


# -- names ----------------------------------------------------------------------------------------


def test_a_name_is_found_by_its_start(mentor: Mentor) -> None:
    for name in ("Maja Holm", "Maja", "Mette Aagaard", "Åse"):
        mentor("add", name, "--start", "1/8")
    for typed, found in (
        ("maja h", "Maja Holm"),
        ("MAJA", "Maja"),
        ("mette ågaard", "Mette Aagaard"),
        ("ase", "Åse"),
    ):
        assert mentor("show", typed).out.startswith(f"{found}\n")
    two = mentor("show", "m")
    assert two.status == 2
    assert "“m” matches 3 mentees: Maja Holm, Maja, Mette Aagaard." in two.problem
    nobody = mentor("show", "Z")
    assert nobody.status == 4
    assert "no mentee whose name begins with “Z”" in nobody.problem
    assert mentor("show", " ").status == 4


def test_two_of_one_name_are_told_apart_by_number(mentor: Mentor, file: Path) -> None:
    mentor("add", "Maja", "--start", "1/8")
    mentor("add", "Maja", "--start", "3-8-2026", "--again")
    _first, second = read(file)[0]
    problem = mentor("show", "Maja").problem
    assert "(number 1, first day 01-08-" in problem
    assert "(number 2, first day 03-08-2026)" in problem
    for number in ("2", second.id):
        assert "03-08-2026" in mentor("show", number).out


# -- problems -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "status", "english", "danish"),
    [
        (["nonsense"], 2, "No such command 'nonsense'.", "Ukendt kommando 'nonsense'"),
        (["lst"], 2, "Did you mean 'list'?", "Mente du 'list'?"),
        (["list", "--frmat", "json"], 2, "Did you mean '--format'?", "Mente du '--format'?"),
        (["list", "--format", "xml"], 2, "is not one of", "er ikke en af"),
        (["list", "--format"], 2, "requires an argument", "skal have en værdi"),
        (["list", "extra"], 2, "unexpected extra argument", "For mange argumenter: extra."),
        (["add"], 2, "Missing argument 'NAME'.", "Argumentet mangler: 'NAVN'"),
        (["add", "Bo"], 2, "Missing option '--start'.", "Tilvalget mangler: '--start'"),
        (["add", "Bo", "--start", "den 41."], 2, "den 41.", "den 41."),
        (["add", "Bo", "--start", ""], 2, "first day", "Første arbejdsdag"),
        (["add", " ", "--start", "1/8"], 2, "The name is empty.", "Navnet er tomt."),
        (["add", "B" * 300, "--start", "1/8"], 2, "longer than 200", "længere end 200"),
        (["due", "--days", "-1"], 2, "a whole number", "et helt antal"),
        (["due", "--days", "1" * 5000], 2, "a whole number", "et helt antal"),
        (["publish", "on", "--capacity", "-1"], 2, "from 0 to 1000.", "fra 0 til 1000."),
        (["released", "abe"], 2, "a whole number. See: mentor rel", "helt tal. Se: mentor rel"),
        (["list", "--format"], 2, "See: mentor list --help", "Se: mentor list --help"),
        (["--format"], 2, "See: mentor --help", "Se: mentor --help"),
        (["publish", "--format"], 2, "See: mentor publish --help", "Se: mentor publish --help"),
        (["purge"], 2, "Missing argument 'NAME'.", "Argumentet mangler: 'NAVN'"),
        (["purge", "--yes", "Maja"], 2, "--yes 'WHOLE NAME'", "--yes 'HELE NAVNET'"),
        (["purge", "Maja", "--yes"], 2, "--yes 'WHOLE NAME'", "--yes 'HELE NAVNET'"),
        (["purge", "Maja", "--yes", ""], 2, "--yes 'WHOLE NAME'", "--yes 'HELE NAVNET'"),
        (["purge", "Maja", "--yes", "Ma"], 2, "whole name, Maja.", "hele navnet, Maja."),
        (["list", "--lang", "fr"], 2, "is not one of", "er ikke en af"),
        (["show", "Bo"], 4, "There is no mentee", "Der er ingen mentee"),
        (["talk", "Bo"], 2, "--plain", "--plain"),
        (["plan", "Bo"], 2, "--plain", "--plain"),
        (["today"], 2, "--plain", "--plain"),
        (["roles", "Bo"], 2, "--plain", "--plain"),
        (["people", "Bo"], 2, "--plain", "--plain"),
        (["needs", "Bo"], 2, "--plain", "--plain"),
        (["demo"], 2, "terminal", "terminal"),
    ],
)
def test_every_problem_is_one_line(
    mentor: Mentor, arguments: list[str], status: int, english: str, danish: str
) -> None:
    mentor("add", "Maja", "--start", "1/8")
    for language, words in (("en", english), ("da", danish)):
        failed = mentor("--lang", language, *arguments)
        assert failed.status == status
        assert words in failed.problem


def params(found: click.Command) -> Iterator[click.Parameter]:
    yield from found.params
    if isinstance(found, click.Group):
        for name in found.list_commands(click.Context(found)):
            inner = found.get_command(click.Context(found), name)
            assert inner is not None
            yield from params(inner)


def test_no_value_is_called_in_the_words_of_the_argument_library() -> None:
    """Click calls its other types in English, whatever the language: `integer range`."""
    known = (click.Choice, WholeNumber, type(click.STRING), type(click.BOOL))
    assert [one.name for one in params(program()) if not isinstance(one.type, known)] == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_that_may_not_be_read(mentor: Mentor, file: Path) -> None:
    mentor("add", "Maja", "--start", "1/8")
    file.chmod(0)
    assert mentor("list").status == 3


def test_a_file_that_cannot_be_used(mentor: Mentor, file: Path, tmp_path: Path) -> None:
    file.mkdir()
    failed = mentor("list")
    assert failed.status == 3
    assert "mentor.json" in failed.problem
    missing = mentor("add", "Maja", "--start", "1/8", "--file", str(tmp_path / "no/such/x.json"))
    assert missing.status == 3
    assert str(tmp_path / "no/such") in missing.problem


def test_a_failure_of_the_program_says_nothing_of_what_was_written(
    mentor: Mentor, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mentor("add", "Maja", "--start", "1/8")

    def fail(*_arguments: object) -> None:
        raise RuntimeError("secret words")

    monkeypatch.setattr("tui.cli.write.find_mentee", fail)
    failed = mentor("note", "Maja", "secret words")
    assert failed.status == 70
    assert "report-" in failed.problem
    (report,) = (tmp_path / "state/mentorrollen").glob("report-*.txt")
    assert stat.S_IMODE(report.stat().st_mode) == 0o600
    assert "RuntimeError" in report.read_text()
    assert "secret" not in report.read_text()


def test_a_reader_that_has_seen_enough(file: Path) -> None:
    example_file_at(file)
    run = subprocess.run(
        f"'{sys.executable}' -m tui show Maja --format json | head -c 1; exit ${{PIPESTATUS[0]}}",
        shell=True,
        executable="/bin/bash",
        cwd=ROOT,
        capture_output=True,
        env={**os.environ, "MENTOR_FILE": str(file)},
        check=False,
    )
    assert (run.returncode, run.stdout, run.stderr) == (0, b"{", b"")


@pytest.mark.parametrize("charset", ["C", "POSIX", "C.UTF-8"])
def test_danish_letters_in_every_locale(file: Path, charset: str) -> None:
    added = process(file, "add", "Åse Ørsted", "--start", "1/8", LANG=charset, LC_ALL=charset)
    assert added.returncode == 0
    assert read(file)[0][0].name == "Åse Ørsted"
    assert process(file, "list", LC_ALL=charset, PYTHONIOENCODING="ascii").returncode == 0


def test_a_task_is_told_in_one_line(mentor: Mentor, file: Path) -> None:
    assert mentor("add", "Maja", "--start", "2025-10-06").status == 0
    opened = open_store(file, threaded=False)
    (maja,) = opened.store.all(Mentee)
    rikke = Person(name="Rikke")
    task = Task(
        mentee_id=maja.id,
        title="Notat",
        priority=Priority.HIGH,
        sparring_on=date(2025, 12, 1),
        sparring_with=rikke.id,
        next_step="Ring\nog skriv.",
    )
    parked = replace(task, id=new_id(), title="Sag", status=TaskStatus.PARKED, next_step="")
    goal = Goal(mentee_id=maja.id, task_id=task.id, text="Kan selv")
    opened.store.commit([Change.created(one) for one in (rikke, task, parked, goal)])
    opened.close()
    lines = " ".join(mentor("show", "Maja").out.split())
    told = "Notat: 1 learning goal; priority high; Planned; sparring 01-12-2025 (Rikke);"
    assert f"{told} next step: Ring og skriv" in lines
    assert "Sag: priority high; Parked" in lines
    assert lines.count("sparring 01-12-2025") == 1, "a parked task awaits none"


def test_duties_from_before_have_one_line_for_all_mentees(mentor: Mentor) -> None:
    for name in ("Bo", "Ida", "Maja"):
        mentor("add", name, "--start", "1-8-2025")
    said = " ".join(mentor("due").out.split())
    assert "3 mentees: Overdue at start. Bo, Ida, Maja." in said
    assert (
        len(
            [
                one
                for one in json.loads(mentor("due", "--format", "json").out)
                if one["kind"] == "earlier"
            ]
        )
        == 3
    )


def test_nothing_in_json_steers_the_terminal(mentor: Mentor, file: Path) -> None:
    mentor("add", "Maja", "--start", "1/8")
    opened = open_store(file, threaded=False)
    text = "\x9b31mrød\u202ebagvendt\u200b"
    try:
        (person,) = opened.store.all(Person)  # the mentor; as another program may write it
        opened.store.commit([Change.edited(person, contact=text)])
    finally:
        opened.close()
    for words in (
        ("show", "Maja", "--format", "json"),
        ("export", "Maja", "all", "--to", "json", "-o", "-"),
    ):
        done = mentor(*words)
        assert not UNWANTED.search(done.out), words
        assert json.loads(done.out)["people"][0]["contact"] == safe(text)
