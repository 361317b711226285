"""The people of the workplace's library line by line: they come, and say where they are from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from data.library.shared import Shared, SharedPerson, use_shared
from data.records import Person
from tests.data.workplace.library_folder import HEAD, put, write_library
from tests.tui.cli.plain.tools import Type, opened
from tests.tui.cli.tools import Mentor

NORDBY = Shared("Nordby", "1", people=(SharedPerson("anne", "Anne Holm", place="lokale 2.14"),))


@pytest.fixture(autouse=True)
def _library() -> Iterator[None]:
    use_shared(NORDBY)
    yield
    use_shared(None)


def test_somebody_of_the_workplace_is_met_and_says_where_they_are_from(
    type_lines: Type, file: Path
) -> None:
    out = type_lines("people Maja", "a", "Anne Holm")
    assert "Contact: lokale 2.14" in out
    assert "From Nordby." in out
    with opened(file) as store:
        assert [one.shared_key for one in store.all(Person) if one.shared_key] == ["anne"]


def test_today_says_that_the_library_has_a_newer_version(
    type_lines: Type, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_library(tmp_path / "library")
    monkeypatch.setenv("MENTOR_LIBRARY", str(folder))
    assert "library" not in type_lines("today")
    put(folder, "library.toml", HEAD.replace('"1"', '"2"'))
    put(folder, "duties.toml", "")
    out = " ".join(type_lines("today").split())
    assert "The library has a new version: 3 changes: mentor library diff shows them" in out


def test_a_command_that_only_reads_writes_nobody(
    type_lines: Type, mentor: Mentor, file: Path
) -> None:
    before = file.read_bytes()
    assert mentor("list").status == 0
    assert file.read_bytes() == before
    with opened(file) as store:
        assert not any(one.shared_key for one in store.all(Person))
