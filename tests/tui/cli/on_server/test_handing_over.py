"""A hand-over to somebody on a server, and one from there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from data.records import Mentee
from tests.data.storage.postgres.team_server import TeamServer
from tests.tui.cli.on_server.test_deleting import CANARY, opened, said, with_task_of_bo
from tests.tui.cli.tools import Mentor


@pytest.fixture
def bundle(mentor: Mentor, tmp_path: Path) -> Path:
    """A hand-over from a file, with history."""
    file = str(tmp_path / "earlier.json")
    mentor("add", "Maja Holm", "--start", "2025-11-03", "--file", file)
    mentor("hold", "Maja", "on", "--why", "asked", "--file", file)
    made = tmp_path / "bundle.mentor"
    done = mentor("handover", "Maja", "-o", str(made), "--file", file)
    assert done.status == 0, done.err
    return made


def test_a_mentee_is_taken_in_on_a_server_with_the_history_once(
    on_server: Mentor, team: TeamServer, bundle: Path
) -> None:
    done = on_server("receive", str(bundle))
    assert done.status == 0, done.err
    met = opened(team)
    (maja,) = met.store.all(Mentee)
    history = met.store.history(maja.id)
    met.close()
    assert {one.by for one in history if one.by.endswith(" (met)")}
    assert on_server("receive", str(bundle)).status == 0
    met = opened(team)
    assert len(met.store.history(maja.id)) == len(history)
    met.close()


def test_one_who_was_deleted_for_good_does_not_come_back_by_it(
    on_server: Mentor, team: TeamServer, bundle: Path
) -> None:
    on_server("receive", str(bundle))
    on_server("hold", "Maja", "off")
    assert on_server("purge", "Maja", "--yes", "Maja Holm").status == 0
    on_server("receive", str(bundle))
    assert on_server("list").out.startswith("No mentees yet.")
    theirs = on_server("receive", str(bundle), "--file", team.address("bo").conninfo)
    assert theirs.status != 0
    assert not theirs.err.startswith("Traceback")


@pytest.mark.parametrize(
    ("language", "instead", "ask"),
    [
        (
            "en",
            "The file is for a mentor outside the team. One of the team needs none",
            "ask Mette Vind to choose you as mentor",
        ),
        (
            "da",
            "Filen er til en mentor uden for teamet. En i teamet skal ikke bruge den",
            "bed Mette Vind om at vælge dig",
        ),
    ],
)
def test_between_two_mentors_of_one_server_it_is_a_role(
    on_server: Mentor, team: TeamServer, tmp_path: Path, *, language: str, instead: str, ask: str
) -> None:
    on_server("add", "Maja Holm", "--start", "2025-11-03")
    made = tmp_path / "bundle.mentor"
    done = on_server("handover", "Maja", "-o", str(made), "--lang", language)
    assert done.status == 0
    assert instead in said(done.err)
    bo = ("--file", team.address("bo").conninfo, "--lang", language)
    refused = on_server("receive", str(made), *bo)
    assert refused.status == 3
    assert ask in said(refused.err)
    assert "Maja" not in on_server("list", *bo).out


def test_what_is_handed_over_from_a_server_has_nothing_private(
    on_server: Mentor, team: TeamServer, tmp_path: Path
) -> None:
    with_task_of_bo(on_server, team)
    made = tmp_path / "bundle.mentor"
    done = on_server("handover", "Maja", "-o", str(made))
    assert done.status == 0, done.err
    assert CANARY.encode() not in made.read_bytes()
    new = ("--file", str(tmp_path / "new.json"))
    taken = on_server("receive", str(made), *new)
    assert "Maja Holm, handed over by Mette Vind on" in taken.out
    assert "Maja Holm is added" in said(taken.out)
    shown = on_server("show", "Maja", "--history", "--format", "json", *new)
    names = {one["by"] for one in json.loads(shown.out)["history"]}
    assert {"Mette Vind", "Bo Holm"} <= names
    assert not names & {"met", "bo"}, "who takes it in knows no login of the server"
