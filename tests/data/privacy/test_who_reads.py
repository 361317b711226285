"""Who can read what: which files are asked about, and how it is said."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from data.logins import user_name
from data.privacy.access import EVERYBODY, User
from data.privacy.places import PlaceKind, places
from data.privacy.who_reads import as_json, in_words, who_reads
from data.records import Mentee, Task
from data.store.change import Change
from data.store.opening import open_store

ME = user_name(os.geteuid())
ANNE = User("anne", 61001, frozenset({62001}))
BO = User("bo", 61002, frozenset({62002}))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home folder with a data file, a backup, documents, and a text that could not be saved."""
    folder = tmp_path / "share" / "mentorrollen"
    folder.mkdir(parents=True, mode=0o700)
    maja = Mentee(name="Maja Holm")
    for number in range(2):
        opened = open_store(folder / "mentor.json", threaded=False)
        opened.store.commit([Change.created(Task(mentee_id=maja.id, title=f"Opgave {number}"))])
        opened.close()
    state = tmp_path / "state" / "mentorrollen"
    state.mkdir(parents=True, mode=0o700)
    (state / "note-1.txt").write_text("en note")
    (state / "styles.json").write_text("{}")
    for kept in (state, folder):  # in the one it is where both are one folder
        (kept / "reminded").write_text("2025-11-24")
        (kept / "library.json").write_text("{}")
    (folder / "templates").mkdir()
    (folder / "templates" / "boern.toml").write_text("")
    documents = tmp_path / "documents"
    documents.mkdir()
    (documents / "plan-maja-holm-2026-11-28.docx").write_text("x")
    (documents / "plan-emil-kragh-2026-11-28.docx").write_text("x")
    (documents / "maja-holm-2026-11-28").mkdir()
    (documents / "maja-holm-2026-11-28" / "plan.docx").write_text("x")
    return tmp_path


def environ(home: Path) -> dict[str, str]:
    folders = {"XDG_STATE_HOME": str(home / "state"), "XDG_DATA_HOME": str(home / "share")}
    return folders | {"HOME": str(home)}


def record(home: Path) -> Path:
    return home / "share" / "mentorrollen" / "mentor.json"


def test_every_file_that_is_kept_is_asked_about(home: Path) -> None:
    found = places(record(home), environ(home), home / "documents")
    names = {(one.kind, one.path.name) for one in found}
    assert (PlaceKind.RECORDS, "mentor.json") in names
    assert (PlaceKind.RECORDS, "mentor.json.history") in names
    assert (PlaceKind.STATE, "note-1.txt") in names
    assert (PlaceKind.DOCUMENTS, "plan.docx") in names
    assert (PlaceKind.TEMPLATES, "boern.toml") in names
    assert {kind for kind, _name in names} >= {PlaceKind.BACKUPS}
    assert {"styles.json", "reminded", "library.json"}.isdisjoint(name for _kind, name in names)
    every = {path for path in (home / "share").rglob("*") if path.is_file()}
    left = {path.name for path in every - {one.path for one in found}}
    assert left <= {"mentor.json.lock", "mentor.json.reserve", "reminded", "library.json"}


def test_only_documents_about_the_mentee_are_named(home: Path) -> None:
    found = who_reads(record(home), environ(home), home / "documents", about="maja-holm", users=[])
    documents = [one.paths for one in found.access if one.kind is PlaceKind.DOCUMENTS]
    names = sorted(path.name for paths in documents for path in paths)
    assert names == ["plan-maja-holm-2026-11-28.docx", "plan.docx"]


def test_words_name_who_can_read_and_the_files_that_others_can(home: Path) -> None:
    for folder in (home / "documents", home, *home.parents):
        if folder != Path("/"):
            os.chmod(folder, folder.stat().st_mode | 0o055)  # noqa: PTH101
    me = User(ME, os.geteuid(), frozenset())
    found = who_reads(record(home), environ(home), home / "documents", users=[me, ANNE, EVERYBODY])
    said = in_words(found, ME)
    own = next(line for line in said if line.startswith("The data file"))
    assert own.endswith(f": {ME} (you), and those who look after the server.")
    documents = next(line for line in said if line.startswith("Documents"))
    assert "everybody who has an account on this computer" in documents
    assert any("plan-maja-holm" in line for line in said)
    assert not any("mentor.json" in line for line in said)
    assert any("root" in line for line in said)
    files = as_json(found)["files"]
    assert isinstance(files, list)
    assert {one["everybody"] for one in files} == {True, False}


def test_whose_file_it_is_is_said_of_root_too(home: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("NOT TRIED: only the file of root is told about here")
    found = who_reads(record(home), environ(home), home / "documents", users=[ANNE])
    own = next(line for line in in_words(found, "root") if line.startswith("The data file"))
    assert own.endswith(": root (you), and those who look after the server.")
    files = as_json(found)["files"]
    assert isinstance(files, list)
    assert {tuple(one["readers"]) for one in files} == {("root",)}


def test_a_group_is_told_by_its_members(tmp_path: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("NOT TRIED: only root can give a file to another group")
    path = tmp_path / "mentor.json"
    path.write_text("{}")
    path.chmod(0o640)
    os.chown(path, 0, 62001)
    for folder in (tmp_path, *tmp_path.parents):
        if folder != Path("/"):
            os.chmod(folder, folder.stat().st_mode | 0o055)  # noqa: PTH101
    found = who_reads(path, {"HOME": str(tmp_path)}, None, users=[ANNE, BO, EVERYBODY])
    assert [(one.users, one.everybody) for one in found.access] == [(("root", "anne"), False)]
    told = "root (you), anne, and those who look after the server."
    assert told in in_words(found, ME)[0]
    gone = who_reads(tmp_path / "gone.json", {"HOME": str(tmp_path)}, None, users=[ANNE])
    assert gone.access == ()
