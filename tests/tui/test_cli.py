"""The command line as its users have it: what is printed, what is kept, and how it ends."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import tinydb

from data.opening import open_store
from data.records import Duty, Mentee, Note, Role, Talk, Task
from tests.tools.pty import Terminal
from tui.cli import run
from tui.cli_base import WIDTH
from tui.cli_program import COMMANDS
from tui.cli_screen import fill_with_example

ROOT = Path(__file__).parents[2]
NOW = "2025-11-24T08:05"


class Result:
    """What one use of the command line came to."""

    def __init__(self, status: int, out: str, err: str) -> None:
        self.status = status
        self.out = out
        self.err = err

    @property
    def problem(self) -> str:
        """The one line on stderr."""
        assert self.err.startswith("mentor: "), self.err
        assert self.err.count("\n") == 1, self.err
        assert self.out == ""
        return self.err.removeprefix("mentor: ").strip()


Mentor = Callable[..., Result]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    folder = tmp_path / "records"
    folder.mkdir(mode=0o700)
    return folder / "mentor.json"


@pytest.fixture
def mentor(
    file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Mentor:
    """Run a command in this process."""
    monkeypatch.setenv("MENTOR_NOW", NOW)
    monkeypatch.setenv("MENTOR_FILE", str(file))
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.setenv("LANGUAGE", "")

    def call(*arguments: str) -> Result:
        capsys.readouterr()
        status = run(arguments)
        got = capsys.readouterr()
        return Result(status, got.out, got.err)

    return call


def process(
    file: Path, *arguments: str | bytes, stdin: bytes = b"", **environ: str
) -> subprocess.CompletedProcess[bytes]:
    """Run a command as a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "tui", *arguments],
        cwd=ROOT,
        input=stdin,
        capture_output=True,
        env={**os.environ, "MENTOR_FILE": str(file), "MENTOR_NOW": NOW, "LANG": "C.UTF-8"}
        | environ,
        timeout=60,
        check=False,
    )


def read(file: Path) -> tuple[list[Mentee], list[Note]]:
    opened = open_store(file, threaded=False)
    try:
        return opened.store.all(Mentee), opened.store.all(Note)
    finally:
        opened.close()


# -- adding and printing --------------------------------------------------------------------------


def test_a_mentee_is_added_with_everything_that_goes_with_it(mentor: Mentor, file: Path) -> None:
    done = mentor(
        "add", " Maja  Holm ", "--start", "1-8-2025", "--title", "Rådgiver", "--newly-qualified"
    )
    assert (done.status, done.err) == (0, "")
    assert done.out.startswith("Maja Holm is added. First day at work: Fri 01-08-2025")
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
    assert all(len(line) <= WIDTH for line in found.splitlines())
    values = json.loads(mentor("list", "--format", "json").out)
    assert [one["name"] for one in values] == ["Bo", "Maja", "Åse"]
    assert values[1]["start"] == "2025-08-01"
    assert "no_buddy" in values[1]["missing"]


def test_an_example_is_told_in_both_languages(mentor: Mentor, file: Path) -> None:
    fill_with_example(file)
    for language, words in (("en", ("Plan", "Talks", "held")), ("da", ("Plan", "Samtaler"))):
        shown = mentor("show", "maja", "--lang", language)
        assert shown.status == 0
        assert all(f"\n{word}" in shown.out or word in shown.out for word in words)
        assert all(len(line) <= WIDTH for line in shown.out.splitlines())
        assert "\x1b" not in shown.out
    assert "private notes are not shown" in mentor("show", "maja").out
    assert "private notes are not shown" not in mentor("show", "maja", "--private").out
    assert "Maja Holm" in mentor("due").out


def test_show_as_json_has_everything(mentor: Mentor, file: Path) -> None:
    fill_with_example(file)
    values = json.loads(mentor("show", "Maja", "--format", "json").out)
    opened = open_store(file, threaded=False)
    maja = next(one for one in opened.store.all(Mentee) if one.name.startswith("Maja"))
    assert values["mentee"]["name"] == maja.name
    assert [task["title"] for task in values["tasks"]] == [
        task.title for task in opened.store.of(Task, maja.id)
    ]
    assert len(values["notes"]) == len(opened.store.of(Note, maja.id))
    assert any(note["private"] for note in values["notes"])
    assert values["people"]
    opened.close()


def test_without_a_terminal_it_prints_today(mentor: Mentor, file: Path) -> None:
    fill_with_example(file)
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


# -- notes ----------------------------------------------------------------------------------------


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
    fill_with_example(file)
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
    assert done.stderr == b"mentor: Nothing was written, so nothing has been saved.\n"
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
    nano.write_text("#!/bin/sh\necho 'fra nano' > \"$1\"\n", "utf-8")
    nano.chmod(0o700)
    env = {"MENTOR_FILE": str(file), "EDITOR": "gone", "MENTOR_NOW": NOW, "HOME": str(tmp_path)}
    env["PATH"] = str(nano.parent)
    with Terminal([sys.executable, "-m", "tui", "note", "Maja"], env=env, cwd=ROOT) as terminal:
        assert terminal.wait_exit() == 0
    assert read(file)[1][0].text == "fra nano"


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
    assert "“m” fits 3 mentees: Maja Holm, Maja, Mette Aagaard." in two.problem
    nobody = mentor("show", "Z")
    assert nobody.status == 4
    assert "no mentee whose name begins with “Z”" in nobody.problem
    assert mentor("show", " ").status == 4


def test_two_of_one_name_are_told_apart_by_number(mentor: Mentor, file: Path) -> None:
    mentor("add", "Maja", "--start", "1/8")
    mentor("add", "Maja", "--start", "2-8-2026")
    first, second = read(file)[0]
    problem = mentor("show", "Maja").problem
    assert first.id in problem
    assert second.id in problem
    assert "02-08-2026" in mentor("show", second.id).out


# -- problems -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "status", "english", "danish"),
    [
        (["nonsense"], 2, "No such command 'nonsense'.", "ingen kommando 'nonsense'"),
        (["lst"], 2, "Did you mean 'list'?", "Mente du 'list'?"),
        (["list", "--frmat", "json"], 2, "Did you mean '--format'?", "Mente du '--format'?"),
        (["list", "--format", "xml"], 2, "is not one of", "er ikke en af"),
        (["list", "--format"], 2, "requires an argument", "skal have en værdi"),
        (["list", "extra"], 2, "unexpected extra argument", "et argument for meget"),
        (["add"], 2, "Missing argument 'NAME'.", "mangler argumentet 'NAVN'"),
        (["add", "Bo"], 2, "Missing option '--start'.", "mangler valget '--start'"),
        (["add", "Bo", "--start", "den 41."], 2, "den 41.", "den 41."),
        (["add", "Bo", "--start", ""], 2, "first day", "Første arbejdsdag"),
        (["add", " ", "--start", "1/8"], 2, "The name is empty.", "Navnet er tomt."),
        (["add", "B" * 300, "--start", "1/8"], 2, "longer than 200", "længere end 200"),
        (["due", "--days", "-1"], 2, "a whole number", "et helt antal"),
        (["due", "--days", "1" * 5000], 2, "a whole number", "et helt antal"),
        (["list", "--lang", "fr"], 2, "is not one of", "er ikke en af"),
        (["show", "Bo"], 4, "There is no mentee", "Der er ingen mentee"),
        (["talk", "Bo"], 2, "--plain", "--plain"),
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

    monkeypatch.setattr("tui.cli_write.find_mentee", fail)
    failed = mentor("note", "Maja", "secret words")
    assert failed.status == 70
    assert "report-" in failed.problem
    (report,) = (tmp_path / "state/mentorrollen").glob("report-*.txt")
    assert stat.S_IMODE(report.stat().st_mode) == 0o600
    assert "RuntimeError" in report.read_text()
    assert "secret" not in report.read_text()


def test_a_reader_that_has_seen_enough(file: Path) -> None:
    fill_with_example(file)
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


# -- language, settings, help ---------------------------------------------------------------------


def test_the_language_is_chosen_in_order(
    mentor: Mentor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mentor("add", "Maja", "--start", "1-8-2025")

    def speaks() -> str:
        return "da" if "uge 17" in mentor("list").out else "en"

    assert speaks() == "en"
    monkeypatch.setenv("LANG", "da_DK.UTF-8")
    assert speaks() == "da"
    settings = tmp_path / "config/mentorrollen/settings.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text('language = "en"\n')
    assert speaks() == "en"
    monkeypatch.setenv("MENTOR_LANG", "da")
    assert speaks() == "da"
    assert "week 17" in mentor("list", "--lang", "en").out
    assert "week 17" in mentor("--lang=en", "list").out


def test_a_fault_in_the_settings_is_said_and_hinders_nothing(
    mentor: Mentor, tmp_path: Path
) -> None:
    mentor("add", "Maja", "--start", "1/8")
    settings = tmp_path / "config/mentorrollen/settings.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text("stale_day = 3\n")
    shown = mentor("list")
    assert shown.status == 0
    assert shown.out.startswith("Maja")
    assert shown.err == (
        "mentor: settings.toml, line 1: “stale_day” is no setting; did you mean “stale_days”?"
        " The default is used.\n"
    )


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_command_has_its_help(mentor: Mentor, language: str) -> None:
    whole = mentor("--help", "--lang", language)
    assert whole.status == 0
    assert ("Brug:" if language == "da" else "Usage:") in whole.out
    for name in COMMANDS:
        assert f"  {name} " in whole.out
        own = mentor(name, "--help", "--lang", language)
        assert own.status == 0
        assert "--file" in own.out
        assert max(map(len, own.out.splitlines())) <= 80
        words = own.out + whole.out
        english = ("Usage:", "Options", "Commands", "Show this", "The record file")
        assert language == "en" or not any(word in words for word in english)


def test_the_version_is_said(file: Path) -> None:
    assert process(file, "--version").stdout.startswith(b"mentor 0.")


def test_options_may_stand_before_or_after_the_command(mentor: Mentor, tmp_path: Path) -> None:
    folder = tmp_path / "other"
    folder.mkdir(mode=0o700)
    path = str(folder / "x.json")
    assert mentor("--file", path, "add", "Bo", "--start", "1/8").status == 0
    assert "Bo" in mentor("list", "--file", path).out


# -- weight ---------------------------------------------------------------------------------------


def test_a_note_needs_no_screen_and_little_else() -> None:
    heavy = ("textual", "rich", "tinydb", "tomllib", "asyncio", "subprocess", "data.method")
    code = (
        "import sys\nfrom tui.cli import run\nrun(['note', 'Maja', 'Hej'])\n"
        f"print(*(name for name in {heavy!r} if name in sys.modules), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env={**os.environ, "MENTOR_FILE": "/nonexistent/x.json"},
        check=True,
    )
    assert done.stderr.splitlines()[-1] == ""


# -- backups and the doctor -----------------------------------------------------------------------


def test_a_backup_brings_back_and_is_itself_undone(mentor: Mentor) -> None:
    mentor("add", "Maja", "--start", "1/8")
    mentor("note", "Maja", "Hej")
    listed = json.loads(mentor("backup", "list", "--format", "json").out)
    assert len(listed) == 2
    assert mentor("backup", "list").out.count("as it was on") == 2
    done = mentor("backup", "restore", listed[1]["name"])
    assert done.status == 0
    assert "Note" not in mentor("show", "Maja", "--private").out
    undo = done.out.split()[-1]
    assert mentor("backup", "restore", undo).status == 0
    assert "Hej" in mentor("show", "Maja", "--private").out
    unknown = mentor("backup", "restore", "nonsense")
    assert (unknown.status, "nonsense" in unknown.problem) == (3, True)
    assert mentor("backup").problem == "Missing command. See: mentor backup --help"


def test_the_doctor_finds_nothing_wrong(mentor: Mentor, file: Path) -> None:
    fill_with_example(file)
    for language in ("en", "da"):
        found = mentor("doctor", "--lang", language)
        assert (found.status, found.err) == (0, "")
        assert "mentor.json" in found.out
        assert "{" not in found.out
    assert "Fine" not in found.out
    checks = json.loads(mentor("doctor", "--format", "json").out)
    assert {"sound", "library", "terminal"} <= {one["check"] for one in checks}


def test_the_doctor_changes_nothing_until_asked(mentor: Mentor, file: Path) -> None:
    mentor("add", "Maja", "--start", "1/8")
    journal = file.with_name("mentor.json.journal")
    journal.write_bytes(journal.read_bytes() + b'{"c":"0","r":{}}\nhalf')
    before = {path: path.read_bytes() for path in file.parent.iterdir() if path.is_file()}
    found = mentor("doctor")
    assert found.status == 1
    assert "Can be mended: " in found.out
    assert "--repair" in found.out
    assert {p: p.read_bytes() for p in file.parent.iterdir() if p.is_file()} == before
    assert mentor("doctor", "--repair").status == 0
    assert mentor("list").out.startswith("Maja")
    assert any((file.parent / "mentor.json.quarantine").iterdir())


def test_the_doctor_names_values_that_cannot_be_read(mentor: Mentor, file: Path) -> None:
    mentor("add", "Maja", "--start", "1-8-2025")
    text = file.read_text()
    file.write_text(text.replace('"2025-08-01"', '"1. august"', 1))
    assert "week" not in mentor("list").out
    found = mentor("doctor")
    assert found.status == 1
    assert "1 record has values that cannot be read (mentees " in found.out
    assert "start)" in found.out


def test_the_doctor_of_nothing(mentor: Mentor, tmp_path: Path) -> None:
    assert mentor("doctor", "--file", str(tmp_path / "no/x.json")).status == 0
    (tmp_path / "open").mkdir()
    (tmp_path / "open").chmod(0o777)
    refused = mentor("doctor", "--file", str(tmp_path / "open/x.json"))
    assert refused.status == 3
    assert "Problem: " in refused.out


# -- on a terminal --------------------------------------------------------------------------------


def on_a_terminal(tmp_path: Path, *arguments: str, **environ: str) -> Terminal:
    env = {"HOME": str(tmp_path), "MENTOR_NOW": NOW, **environ}
    return Terminal([sys.executable, "-m", "tui", *arguments], env=env, cwd=ROOT)


def test_it_opens_on_the_screen_and_leaves_a_private_file(tmp_path: Path) -> None:
    with on_a_terminal(tmp_path) as terminal:
        terminal.wait_for("F1")
        terminal.key(b"\x11")
        assert terminal.wait_exit() == 0
        assert not terminal.raw_mode()
    own = tmp_path / ".local/share/mentorrollen"
    assert stat.S_IMODE(own.stat().st_mode) == 0o700
    assert stat.S_IMODE((own / "mentor.json").stat().st_mode) == 0o600


def test_a_simple_terminal_is_told_what_it_can_have(tmp_path: Path) -> None:
    with on_a_terminal(tmp_path, TERM="dumb") as terminal:
        assert terminal.wait_exit() == 2
        assert b"mentor talk NAME --plain" in terminal.raw
        assert b"\x1b" not in terminal.raw


def test_a_file_that_cannot_be_opened_on_the_screen(tmp_path: Path) -> None:
    with on_a_terminal(tmp_path, "--file", str(tmp_path / "no/x.json")) as terminal:
        assert terminal.wait_exit() == 3
        assert "There is no folder" in terminal.screen()
        assert b"\x1b[?1049h" not in terminal.raw


def test_the_example_is_thrown_away(tmp_path: Path) -> None:
    own = tmp_path / ".local/share/mentorrollen"
    dead = own / "demo-999999999-xxxxxxxx"
    dead.mkdir(parents=True)
    with on_a_terminal(tmp_path, "demo") as terminal:
        terminal.wait_for("Maja Holm")
        (copy,) = own.glob("demo-*")
        assert stat.S_IMODE(copy.stat().st_mode) == 0o700
        terminal.key(b"\x11")
        assert terminal.wait_exit() == 0
    assert list(own.iterdir()) == []
