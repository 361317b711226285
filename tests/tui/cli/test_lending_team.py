"""In a team file a co-mentor is a role: nobody is lent from one, and no copy comes into one."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.privacy.bundle import read_bundle
from tests.data.store.team_tools import Team
from tests.tui.cli.test_team import run
from tests.tui.cli.tools import process


@pytest.fixture
def team(tmp_path: Path) -> Team:
    return Team(tmp_path)


def test_a_team_file_lends_nobody_and_borrows_nobody(team: Team, tmp_path: Path) -> None:
    team.add_mentee()
    path = tmp_path / "lent.mentor"
    done = run(team, "met", "lend", "Maja", "--until", "1/2", "-o", str(path))
    assert (done.status, done.err.count("\n")) == (2, 1)
    assert "co-mentor" in done.err
    assert not path.exists()
    own = tmp_path / "own"
    own.mkdir(mode=0o700)
    file = own / "mentor.json"
    assert process(file, "add", "Emil", "--start", "1/11").returncode == 0
    lent = process(file, "lend", "Emil", "--until", "1/2", "-o", str(path))
    assert lent.returncode == 0, lent.stderr
    assert read_bundle(path.read_bytes()).loan
    done = run(team, "bo", "receive", str(path))
    assert (done.status, done.err.count("\n")) == (2, 1)
    assert "team file" in done.err
    assert "Emil" not in run(team, "bo", "list").out
