"""`mentor library check` and `init`, and commands that use the library of a workplace."""

from __future__ import annotations

import json
import os
import stat
import sys
from pathlib import Path

import pytest

from data.workplace.reading import read_folder
from data.workplace.starting import example_names
from tests.data.workplace.library_folder import put, write_library
from tests.tools.pty import Terminal
from tests.tui.cli.tools import ROOT, Mentor, process

# -- check ----------------------------------------------------------------------------------------


def test_check_names_every_fault_with_file_and_line(mentor: Mentor, tmp_path: Path) -> None:
    folder = write_library(tmp_path / "library", tips='[[tip]]\ntext = ""\n')
    put(folder, "duties.toml", '[[duty]]\nkey = "systems"\nmain = "boss"\ndue = "snart"\n')
    found = mentor("library", "check", str(folder))
    assert found.status == 1
    assert found.err == ""
    assert found.out.splitlines() == [
        f'{folder}/duties.toml:3: “main” must be one of "mentor", "buddy", "manager", "newcomer",'
        ' "colleagues".',
        f"{folder}/duties.toml:4: due: “snart” is not a day to count from the start. Write “day"
        " 10”, “week 2” or “month 3”.",
        f"{folder}/tips.toml:2: “text” is needed, and must not be empty.",
    ]


def test_check_says_what_a_right_one_holds(mentor: Mentor, tmp_path: Path) -> None:
    folder = write_library(tmp_path / "library")
    found = mentor("library", "check", str(folder))
    assert found.status == 0
    assert " ".join(found.out.split()) == (
        "Jobcenter Nordby, version 1: nothing is wrong; 2 questions, 2 duties, 1 duty left out,"
        " 1 rhythm, 1 template, 1 person, 1 tip, 1 material, 1 text, 2 fields of the"
        " expectations."
    )
    as_json = json.loads(mentor("library", "check", str(folder), "--format", "json").out)
    assert as_json["faults"] == []
    assert as_json["counts"]["expectations"] == 2


def test_check_without_a_folder_looks_at_the_one_in_use(
    mentor: Mentor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    none = mentor("library", "check")
    assert none.status == 2
    assert none.problem == "No library is set. Name its folder: mentor library check FOLDER"
    folder = write_library(tmp_path / "library", tips="[[tip]]\n")
    monkeypatch.setenv("MENTOR_LIBRARY", str(folder))
    found = mentor("library", "check", "--format", "json")
    assert found.status == 1
    assert json.loads(found.out)["faults"] == [
        {"file": "tips.toml", "line": 1, "what": "“text” is needed, and must not be empty."}
    ]


def test_a_folder_that_is_not_there_is_a_fault(mentor: Mentor, tmp_path: Path) -> None:
    found = mentor("library", "check", str(tmp_path / "gone"))
    assert found.status == 1
    assert found.out == f"{tmp_path}/gone: There is no such folder.\n"


# -- init -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["da", "en"])
def test_what_init_writes_passes_check(mentor: Mentor, tmp_path: Path, language: str) -> None:
    folder = tmp_path / "new" / "library"
    started = mentor("library", "init", str(folder), "--lang", language)
    assert started.status == 0
    assert str(folder) in started.out
    found = mentor("library", "check", str(folder))
    assert found.status == 0, found.out
    names = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    assert names == {
        "library.toml",
        "duties.toml",
        "rhythms.toml",
        "people.toml",
        "tips.toml",
        "materials.toml",
        "expectations.toml",
        "questions/own.toml",
        "plans/first-weeks.toml",
        "texts/about_scheme.md",
        "texts/sparring_culture.md",
        "texts/your_data.md",
    }
    library = read_folder(folder).library
    assert library is not None
    assert library.language == language


@pytest.mark.parametrize("language", ["da", "en"])
def test_what_the_comments_show_is_right_when_they_count(
    mentor: Mentor, tmp_path: Path, language: str
) -> None:
    folder = tmp_path / "library"
    mentor("library", "init", str(folder), "--lang", language)
    for path in folder.rglob("*.toml"):
        lines = path.read_text("utf-8").splitlines()
        code = [line.removeprefix("# ") if _is_example(line) else line for line in lines]
        path.write_text("\n".join(code), "utf-8")
    found = mentor("library", "check", str(folder), "--format", "json")
    counts = json.loads(found.out)["counts"]
    assert json.loads(found.out)["faults"] == []
    assert counts == {
        "questions": 2,
        "duties": 2,
        "left_out": 2,
        "rhythms": 1,
        "templates": 1,
        "people": 1,
        "tips": 1,
        "materials": 1,
        "texts": 3,
        "expectations": 12,
    }


def _is_example(line: str) -> bool:
    code = line.removeprefix("# ")
    starts = code.split(" ", 1)
    assigns = len(starts) == 2 and starts[1].startswith("= ") and starts[0].isidentifier()
    return line.startswith("# ") and (assigns or code.startswith(("[[", "  {", "]")))


@pytest.mark.parametrize("name", example_names())
def test_a_worked_example_is_copied_and_passes_check(
    mentor: Mentor, tmp_path: Path, name: str
) -> None:
    folder = tmp_path / "library"
    assert mentor("library", "init", str(folder), "--example", name).status == 0
    assert mentor("library", "check", str(folder)).status == 0
    assert (folder / "library.toml").exists()


def test_init_writes_over_nothing(mentor: Mentor, tmp_path: Path) -> None:
    folder = tmp_path / "library"
    put(folder, "README", "mine")
    refused = mentor("library", "init", str(folder))
    assert refused.status == 2
    assert refused.problem == f"{folder} is not empty. Name a new folder."
    assert [path.name for path in folder.iterdir()] == ["README"]
    refused = mentor("library", "init", str(tmp_path / "new"), "--example", "nothing")
    assert refused.problem == (
        "There is no example “nothing”; there are boern-og-familier, english, jobcenter."
    )
    assert not (tmp_path / "new").exists()
    refused = mentor("library", "init", str(folder / "README" / "inner"))
    assert refused.status == 3
    assert refused.problem.endswith("could not be made: something in its path is no folder.")


def test_all_can_read_what_init_writes(mentor: Mentor, tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        mentor("library", "init", str(tmp_path / "library"))
        os.umask(0o077)
        said = mentor("library", "init", str(tmp_path / "closed")).out
    finally:
        os.umask(before)
    for path in (tmp_path / "library", *(tmp_path / "library").rglob("*")):
        assert stat.S_IMODE(path.stat().st_mode) == (0o755 if path.is_dir() else 0o644)
    assert f"chmod -R go+rX {tmp_path}/closed" in " ".join(said.split())


# -- other commands -------------------------------------------------------------------------------


def test_a_broken_library_is_one_line_and_what_was_in_use_goes_on(
    file: Path, tmp_path: Path
) -> None:
    folder = write_library(tmp_path / "library")

    def adds(name: str) -> tuple[str, str]:
        made = process(
            file, "add", name, "--start", "1-12-2025", "--lang", "en", MENTOR_LIBRARY=str(folder)
        )
        assert made.returncode == 0, made.stderr
        shown = process(
            file, "export", name, "roles", "--to", "txt", "-o", "-", MENTOR_LIBRARY=str(folder)
        )
        return made.stderr.decode(), shown.stdout.decode()

    put(folder, "tips.toml", "[[tip\n")
    said, roles = adds("Bo")
    assert said == (
        "mentor: The library cannot be read, so what is built in holds."
        f" {folder}/tips.toml:1: This is not TOML. Check quotation marks, = and brackets on the"
        " line and above it.\n"
    )
    assert "Vise kaffemaskinen" not in roles
    put(folder, "tips.toml", "")
    said, roles = adds("Ida")
    assert said == ""
    assert "Vise kaffemaskinen" in roles
    put(folder, "tips.toml", "[[tip\n")
    said, roles = adds("Eva")  # a copy is in use: the folder is not even read
    assert said == ""
    assert "Vise kaffemaskinen" in roles
    folder.rename(tmp_path / "away")
    said, roles = adds("Åse")
    assert said == ""
    assert "Vise kaffemaskinen" in roles


def test_the_settings_say_which_library_it_is(
    mentor: Mentor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def row() -> dict[str, str]:
        rows = json.loads(mentor("settings", "--format", "json").out)
        found: dict[str, str] = next(one for one in rows if one["setting"] == "library")
        return found

    assert row() == {"setting": "library", "value": "", "from": "Default"}
    for_all = write_library(tmp_path / "etc/mentorrollen/library")
    assert row()["value"] == str(for_all)
    own = tmp_path / "config/mentorrollen/settings.toml"
    own.parent.mkdir(parents=True)
    own.write_text('library = "~/mine"\n')
    assert row()["value"] == "~/mine"
    monkeypatch.setenv("MENTOR_LIBRARY", "/srv/library")
    assert row() == {"setting": "library", "value": "/srv/library", "from": "MENTOR_LIBRARY"}


def test_doctor_names_a_library_that_is_broken(
    mentor: Mentor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_library(tmp_path / "library")
    monkeypatch.setenv("MENTOR_LIBRARY", str(folder))
    mentor("add", "Bo", "--start", "1-12-2025")

    def said() -> list[tuple[str, str]]:
        lines = json.loads(mentor("doctor", "--format", "json").out)
        return [(one["weight"], one["text"]) for one in lines if one["check"] == "workplace"]

    fine = f"The workplace's library: Jobcenter Nordby, version 1, from {folder}."
    assert said() == [("fine", fine)]
    put(folder, "tips.toml", "[[tip]]\n[[tip]]\n")
    found = said()
    meanwhile = "Used meanwhile: Jobcenter Nordby, version 1, as it was read last."
    assert found[1] == ("note", meanwhile)
    assert found[0] == (
        "serious",
        f"The workplace's library has 2 faults, the first: {folder}/tips.toml:1: “text” is needed,"
        " and must not be empty. All of them: mentor library check",
    )
    folder.rename(tmp_path / "moved")
    assert said() == [
        ("serious", f"The workplace's library has 1 fault: {folder}: There is no such folder."),
        ("note", meanwhile),
    ]
    built_in = json.loads(mentor("doctor", "--format", "json").out)
    assert "The library can be read." not in {one["text"] for one in built_in}


# -- on a terminal --------------------------------------------------------------------------------


def _opened(tmp_path: Path, folder: Path, *words: str) -> Terminal:
    home = {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path / "data")}
    environ = {**home, "MENTOR_LANG": "en", "MENTOR_LIBRARY": str(folder)}
    return Terminal([sys.executable, "-m", "tui", *words], env=environ, cwd=ROOT)


def test_the_first_screen_says_which_line_is_broken_and_the_library_goes_on(
    tmp_path: Path,
) -> None:
    folder = write_library(tmp_path / "library")
    with _opened(tmp_path, folder) as terminal:
        terminal.wait_for("There are no mentees yet")
        assert "cannot be read" not in terminal.screen()
        terminal.do("b")
        terminal.wait_for("The workplace's library")
        terminal.do("\x11")
        terminal.wait_exit()
    write_library(tmp_path / "other", tips="[[tip]]\ntext = 3\n")
    with _opened(tmp_path, tmp_path / "other") as terminal:
        terminal.wait_for("There are no mentees yet")
        terminal.wait_for("tips.toml:2")
        assert "what you used last holds" in " ".join(terminal.screen().split())
        terminal.do("b")
        terminal.wait_for("The workplace's library")
        terminal.do("\x11")
        terminal.wait_exit()
    assert b"Traceback" not in terminal.raw


def test_the_demo_is_told_in_the_words_of_the_program(tmp_path: Path) -> None:
    folder = write_library(tmp_path / "library")
    with _opened(tmp_path, folder, "demo") as terminal:
        terminal.wait_for("Maja")
        terminal.do("b")
        terminal.wait_for("Before you begin")
        assert "The workplace's library" not in terminal.screen()
        terminal.do("\x11")
        terminal.wait_exit()
    assert not (tmp_path / "data" / "mentorrollen" / "library.json").exists()
