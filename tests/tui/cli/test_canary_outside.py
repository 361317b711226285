"""`mentor doctor --canary` where others have a part in it: a team file, and a real terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from data.method.parting import PARTING
from data.privacy.looking import Looked, NothingProved
from data.storage.split.parts import Parting
from tests.tools.hurry import HurriedLoop
from tests.tui.cli.canaries import Planting, leaks, planted_in, tell
from tests.tui.cli.tools import ROOT
from tui.cli import call
from tui.cli.canary import team as canary_team
from tui.cli.canary.team import BYTES, TEAM, look_at_team
from tui.cli.canary.terminal import canaries_in_title, titles_in


@pytest.fixture
def planted(tmp_path: Path) -> Iterator[Planting]:
    with planted_in(tmp_path) as found:
        yield found


@pytest.fixture
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for all files of the program: those of the members are where their homes are."""
    for name in ("DATA", "STATE", "CONFIG"):
        monkeypatch.delenv(f"XDG_{name}_HOME")
    monkeypatch.setattr("asyncio.events.new_event_loop", HurriedLoop)
    folder = tmp_path / "run"
    folder.mkdir(mode=0o700)
    return folder


def test_what_is_private_in_a_team_file_is_not_there_for_its_other_member(alone: Path) -> None:
    looked = Looked()
    look_at_team(alone, looked, tell)
    assert looked.found == 0
    names = {name for group, name in looked.places if group == TEAM}
    assert {BYTES, "Extract", "Search", "mentor show --private --all", "Home screen"} <= names
    beside = {path.relative_to(alone).parts[1] for path in (alone / "team").rglob("*")}
    assert {f"mentor.json.{what}" for what in ("journal", "backups", "quarantine")} <= beside


def test_a_team_file_in_which_private_words_are_kept_is_found(
    alone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nothing_private = Parting(PARTING.tables, lambda _table, _id, doc: doc, PARTING.kept)
    for module in (call, canary_team):
        monkeypatch.setattr(module, "parting", lambda: nothing_private)
    looked = Looked()
    look_at_team(alone, looked, tell)
    found = leaks(looked, TEAM)
    assert {BYTES, "Extract", "Search", "All notes and answers"} <= found
    assert "mentor show --private --all" in found


def test_nothing_is_proved_by_a_team_file_that_its_author_cannot_read(
    alone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(canary_team, "printed", lambda _path, _words: "")
    with pytest.raises(NothingProved):
        look_at_team(alone, Looked(), tell)


TITLED = """
import os, runpy
from data.queries import search
found = search.search
def titled(*given, **named):
    hits = found(*given, **named)
    for hit in hits:
        os.write(1, b"\\x1b]2;" + hit.text.encode() + b"\\x07")
    return hits
search.search = titled
runpy.run_module("tui", run_name="__main__")
"""
"""Runs the program so that what is found is the title of the terminal."""


@pytest.mark.parametrize("titled", [True, False])
def test_the_title_of_a_real_terminal_is_looked_at(
    planted: Planting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, titled: bool
) -> None:
    opened, _planted = planted
    for name in ("DATA", "STATE", "CONFIG"):
        monkeypatch.delenv(f"XDG_{name}_HOME")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    program = (sys.executable, *(("-c", TITLED) if titled else ("-m", "tui")))
    titles, processes = canaries_in_title(opened.path, tmp_path, program)
    assert (titles > 0) is titled
    assert processes == 0


def test_every_kind_of_title_is_known() -> None:
    written = (
        b"\x1b[1mA\x1b]0;one\x07\x1b]2;two\x1b\\B\x1b]1;icon\x07\x1bkwindow\x1b\\C\x1b]22;x\x07"
    )
    assert titles_in(written) == [b"one", b"two", b"icon", b"window"]


def test_a_program_that_shows_nothing_proves_nothing(planted: Planting, tmp_path: Path) -> None:
    opened, _planted = planted
    with pytest.raises(NothingProved):
        canaries_in_title(opened.path, tmp_path, (sys.executable, "-c", "print('F1')"))
