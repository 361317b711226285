"""About your data: what it says of this computer is what is so here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from data.documents.model.here import Here, set_here
from data.documents.sources import document_of
from data.privacy.here import note_here
from data.records import Mentee
from data.settings import Settings
from data.store.opening import open_store
from tests.data.documents.build import example, first_mentee


@pytest.fixture(autouse=True)
def nothing_noted() -> Iterator[None]:
    set_here(Here())
    yield
    set_here(Here())


def text(mentee: Mentee | None = None) -> str:
    store = example()
    return "\n".join(document_of(store, "data", mentee or first_mentee(store)).texts())


def test_the_days_are_those_of_the_settings() -> None:
    assert "183 days after the close" in text()
    assert "when the mentorship is closed" in text()
    set_here(Here(private_days=1, rest_days=30))
    assert "1 day after the close" in text()
    assert "30 days after the close" in text()


def test_a_hold_is_said() -> None:
    store = example()
    mentee = first_mentee(store)
    assert "because of a hold" not in text()
    held = replace(mentee, held_since=date(2026, 12, 1))
    assert "Nothing is deleted because of a hold since\n01-12-2026" in text(held)


def test_who_can_read_the_files_is_asked_of_the_computer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    folder = tmp_path / "own"
    folder.mkdir(mode=0o700)
    open_store(folder / "mentor.json", threaded=False).close()
    assert "look after the server" not in text().partition("Here")[2]
    note_here(folder / "mentor.json", Settings(rest_days=90))
    said = text().partition("Here")[2]
    assert "90 days after the close" in said
    assert "The data file with its journal and history" in said
    assert "look after the server" in said
