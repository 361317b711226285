"""`mentor library diff` and `take`: both wordings, the status, and what is taken. Real folders."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from data.paths import settings_file
from data.workplace.taken import copy_file
from tests.data.workplace.library_folder import HEAD, QUESTIONS, put, write_library
from tests.tui.cli.tools import Mentor, process


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mentor: Mentor, file: Path) -> Path:
    """A library that has been in use since its version 1, and is version 2 now."""
    made = write_library(tmp_path / "library")
    monkeypatch.setenv("MENTOR_LIBRARY", str(made))
    assert mentor("library", "take").status == 0
    return made


def reword(folder: Path, version: str = "2") -> None:
    put(folder, "library.toml", HEAD.replace('"1"', f'"{version}"'))
    put(folder, "questions/10.toml", QUESTIONS.replace("Hvad fylder hos dig", "Hvad sker der"))
    put(folder, "texts/sparring_culture.md", "# Ny overskrift\n\nVi spørger først.\n")


def test_what_needs_attention_names_a_newer_version(mentor: Mentor, folder: Path) -> None:
    mentor("add", "Bo", "--start", "24-11-2025")
    assert "The library" not in mentor("due", "--lang", "en").out
    reword(folder)
    row = (
        "The library has a new version: 2 changes: mentor library diff shows them, and mentor"
        " library take takes them."
    )
    for words in (("due",), ("due", "--quiet"), ()):
        said = mentor(*words, "--lang", "en")
        assert (said.status, said.err) == (0, "")
        assert " ".join(said.out.split()).endswith(row), words
    *_others, due = json.loads(mentor("due", "--format", "json").out)
    assert (due["kind"], due["mentee_id"]) == ("library", "")


@pytest.mark.parametrize("settings", ["", "mail_names = true\n"])
def test_a_reminder_counts_a_newer_version(mentor: Mentor, folder: Path, settings: str) -> None:
    mentor("add", "Bo", "--start", "24-11-2025")
    reword(folder)
    path = settings_file(os.environ)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(settings)
    said = mentor("remind", "--lang", "en")
    assert (said.status, said.err) == (0, "")
    assert "The library (1)" in said.out


def test_nothing_newer_is_said_with_status_0(mentor: Mentor, folder: Path) -> None:
    said = mentor("library", "diff", "--lang", "en")
    assert (said.status, said.err) == (0, "")
    assert said.out == "You use what the library has: Jobcenter Nordby, version 1.\n"


def test_what_is_newer_is_shown_in_both_wordings_with_status_1(
    mentor: Mentor, folder: Path
) -> None:
    reword(folder)
    before = copy_file(os.environ).read_bytes()
    said = mentor("library", "diff", "--lang", "en")
    assert (said.status, said.err) == (1, "")
    assert said.out.splitlines()[:5] == [
        "The library has a new version: 2 changes.",
        "Question: On your mind (changed) [questions/occupied]",
        "  Question",
        "    - Hvad fylder hos dig lige nu?",
        "    + Hvad sker der lige nu?",
    ]
    assert "Text: Ny overskrift (changed) [texts/sparring_culture]" in said.out
    assert mentor("library", "diff").status == 1, "it changes nothing"
    assert copy_file(os.environ).read_bytes() == before


def test_diff_in_json_has_the_values(mentor: Mentor, folder: Path) -> None:
    reword(folder)
    said = mentor("library", "diff", "--format", "json")
    assert said.status == 1
    found = json.loads(said.out)
    assert (found["name"], found["version"], found["back"]) == ("Jobcenter Nordby", "2", False)
    assert [one["entry"] for one in found["changes"]] == [
        "questions/occupied",
        "texts/sparring_culture",
    ]
    assert found["changes"][0]["after"]["text"] == "Hvad sker der lige nu?"


def test_one_is_taken_and_one_is_kept(mentor: Mentor, folder: Path) -> None:
    reword(folder)
    assert mentor("library", "take", "questions/occupied", "--lang", "en").out == (
        "1 change taken.\n"
    )
    assert "questions/occupied" not in mentor("library", "diff").out
    said = mentor("library", "take", "--keep", "--lang", "en").out
    said = " ".join(said.split())
    assert said == "You keep what you use: 1 change is not offered as it is again."
    assert mentor("library", "diff").status == 0
    reword(folder, "3")
    assert mentor("library", "diff").status == 0
    put(folder, "texts/sparring_culture.md", "# Ny overskrift\n\nVi spørger altid først.\n")
    assert mentor("library", "diff").status == 1


def test_what_is_not_offered_cannot_be_taken(mentor: Mentor, folder: Path) -> None:
    said = mentor("library", "take", "questions/nothing", "--lang", "en")
    assert said.status == 2
    assert said.problem == "questions/nothing is not offered; mentor library diff shows what is."
    assert mentor("library", "take", "--lang", "en").out == "Nothing is newer in the library.\n"


def test_a_version_that_goes_back_is_called_so(mentor: Mentor, folder: Path) -> None:
    put(folder, "library.toml", HEAD.replace('"1"', '"2"'))
    assert mentor("library", "take").status == 0
    write_library(folder, tips="")
    said = mentor("library", "diff", "--lang", "en")
    assert said.out.splitlines()[0] == "The library has gone back to version 1: 1 change."


def test_a_broken_folder_is_told_with_file_and_line(mentor: Mentor, folder: Path) -> None:
    put(folder, "tips.toml", "[[tip]]\n")
    said = mentor("library", "diff", "--lang", "en")
    assert said.status == 3
    assert f"{folder}/tips.toml:1" in said.problem
    assert "Traceback" not in said.err


def test_another_process_sees_what_was_taken(mentor: Mentor, folder: Path, file: Path) -> None:
    reword(folder)
    assert process(file, "library", "take").returncode == 0
    assert process(file, "library", "diff").returncode == 0


def test_without_a_library_it_says_where_one_is_named(
    mentor: Mentor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MENTOR_LIBRARY", raising=False)
    said = mentor("library", "diff", "--lang", "en")
    assert said.status == 2
    assert said.problem == "No library is set: write its folder as library in the settings."
