"""Somebody is given a role on a server whose name no login has: it is said who gets no access."""

from __future__ import annotations

import sys

import pytest

from tests.data.storage.postgres.team_server import TeamServer
from tests.tui.cli.on_server.test_deleting import said
from tests.tui.cli.plain.tools import Typist
from tests.tui.cli.tools import Mentor, Result

NOT = {
    "en": "Cia Bo gets no access on the server, as no mentor of the team has that name. Ask",
    "da": "Cia Bo får ingen adgang på serveren, for ingen mentor i teamet har det navn. Bed",
}


@pytest.fixture(params=["en", "da"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def roles(
    mentor: Mentor, monkeypatch: pytest.MonkeyPatch, *lines: str, language: str = "en"
) -> Result:
    monkeypatch.setattr(sys, "stdin", Typist(lines))
    done = mentor("roles", "Maja", "--plain", "--lang", language)
    assert done.status == 0, done.err
    return done


def test_a_co_mentor_whom_no_login_is_called_is_named(
    on_server: Mentor, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    on_server("add", "Maja Holm", "--start", "2025-11-03")
    lines = {"en": ".comentor", "da": ".medmentor"}[language], "1 Cia Bo"
    done = roles(on_server, monkeypatch, *lines, language=language)
    assert said(done.err).count(NOT[language]) == 1


def test_one_whose_login_is_a_mentor_there_gets_access_and_nothing_is_said(
    on_server: Mentor, team: TeamServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_server("add", "Maja Holm", "--start", "2025-11-03")
    assert roles(on_server, monkeypatch, ".comentor", "1 bo holm").err == ""
    assert "Maja Holm" in on_server("list", "--file", team.address("bo").conninfo).out
    again = roles(on_server, monkeypatch, "buddy", "1 Cia Bo")
    assert again.err == "", "a buddy has no access anyway"


def test_a_main_mentor_whom_no_login_is_called_takes_nothing_from_who_had_it(
    on_server: Mentor, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_server("add", "Maja Holm", "--start", "2025-11-03")
    done = roles(on_server, monkeypatch, "mentor", "1 Cia Bo", "yes")
    assert said(done.err).count(NOT["en"]) == 1
    assert "Maja Holm" in on_server("list").out
    task = roles(on_server, monkeypatch, "buddy", "1 Eva Dam")
    assert NOT["en"] not in said(task.err), "it was said when the role was given"


def test_who_gives_the_own_role_away_is_asked_before(
    on_server: Mentor, team: TeamServer, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    asked = {
        "en": "Give up your own access to Maja Holm? If Bo Holm is a mentor of the team",
        "da": "Vil du give din egen adgang til Maja Holm fra dig? Hvis Bo Holm er mentor i teamet",
    }[language]
    yes, nothing = {"en": ("yes", "Nothing was changed."), "da": ("ja", "Intet er ændret.")}[
        language
    ]
    on_server("add", "Maja Holm", "--start", "2025-11-03")
    to_bo = "mentor", "1 Bo Holm"
    stays = roles(on_server, monkeypatch, *to_bo, "", language=language)
    assert asked in said(stays.out)
    assert nothing in stays.out
    assert "Maja Holm" in on_server("list").out
    assert asked in said(roles(on_server, monkeypatch, *to_bo, yes, language=language).out)
    assert "Maja Holm" not in on_server("list").out
    assert "Maja Holm" in on_server("list", "--file", team.address("bo").conninfo).out
