"""What the operating system refuses is said in the user's language, and so that it can be done."""

from __future__ import annotations

import errno
import os
import re
from pathlib import Path

import pytest

from data.i18n import set_language
from data.storage.problems import ErrorKind
from data.storage.reasons import no_folder, reason, said_of

ROOT = Path(__file__).parents[3]
USUAL = (
    *("ENOSPC", "EACCES", "EROFS", "EPERM", "ENOENT", "EIO", "EDQUOT"),
    *("ENAMETOOLONG", "EISDIR", "ENOTDIR", "EFBIG", "EBUSY", "ELOOP"),
)


@pytest.fixture(autouse=True)
def _english_again() -> object:
    yield
    set_language("en")


@pytest.mark.parametrize("name", USUAL)
def test_the_usual_reasons_have_words_in_both_languages(name: str) -> None:
    error = OSError(getattr(errno, name), os.strerror(getattr(errno, name)))
    set_language("en")
    english = reason(error)
    set_language("da")
    danish = reason(error)
    assert english != danish
    assert os.strerror(getattr(errno, name)) not in (english, danish)


def test_what_is_not_known_is_said_as_the_system_says_it() -> None:
    assert reason(OSError(errno.EXDEV, "Cross-device link")) == "Cross-device link"
    assert reason(OSError()) == "OSError"


def test_an_error_of_the_system_names_the_file() -> None:
    set_language("da")
    refused = PermissionError(errno.EACCES, "Permission denied", "/srv/team/a.txt")
    assert said_of(refused) == "a.txt kan ikke bruges: du har ikke adgang."
    assert said_of(ValueError("Ordet passer ikke")) == "Ordet passer ikke"


def test_no_room_says_what_the_operating_system_says() -> None:
    """Only `reason` may: others would say it in English."""
    rooms = [
        path
        for room in ("data", "widgets", "screens", "tui")
        for path in (ROOT / room).rglob("*.py")
    ]
    found = [
        str(path.relative_to(ROOT))
        for path in rooms
        if path.name != "reasons.py" and re.search(r"\w\.strerror\b(?!\()", path.read_text("utf-8"))
    ]
    assert found == []


def test_a_folder_is_only_to_be_created_where_that_can_be_done(tmp_path: Path) -> None:
    assert no_folder(tmp_path / "a/b").kind is ErrorKind.NO_FOLDER
    (tmp_path / "file").touch()
    wrong = no_folder(tmp_path / "file/b/c")
    assert (wrong.kind, wrong.name) == (ErrorKind.NOT_A_FOLDER, str(tmp_path / "file"))
    for folder in ("/proc", "/proc/a/b"):
        refused = no_folder(Path(folder))
        assert (refused.kind, refused.name) == (ErrorKind.NOTHING_NEW, "/proc")


def test_in_a_folder_of_somebody_else_nothing_is_to_be_created(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda *_arguments: False)
    assert no_folder(tmp_path / "a").kind is ErrorKind.NOTHING_NEW
