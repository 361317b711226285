"""What `mentor doctor` says of a server: the way there, the login, its rights, and the records."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from data.i18n import set_language
from data.records import Note
from data.storage.postgres.address import parse
from data.storage.postgres.health import Health, examine
from data.storage.upkeep.findings import Weight
from tests.data.storage.postgres.team_server import TeamServer
from tests.tools.postgres import Server, free_port
from tests.tui.cli.on_server.test_opened import type_and_die
from tests.tui.cli.tools import Mentor, Result
from tui.cli.doctor.server import lines_of

SOUND = Health("18.6", "met", "TLSv1.3", False, False, "on", "on", False, False, False)
"""A server with which nothing is wrong."""
ADDRESS = parse("postgresql://db.example.org/mentor#north")


def checks(result: Result) -> dict[str, tuple[str, str]]:
    """Return what was found: check -> weight and text."""
    return {one["check"]: (one["weight"], one["text"]) for one in json.loads(result.out)}


def test_a_server_is_looked_at(on_server: Mentor, team: TeamServer) -> None:
    on_server("add", "Maja Holm", "--start", "2025-11-03")

    found = checks(on_server("doctor", "--format", "json"))

    shown = f"127.0.0.1:{team.server.port}/{team.database}"
    weight, text = found["server"]
    assert weight == "fine"
    assert text.startswith(f"Server: {shown}, PostgreSQL 1")
    assert found["login"] == ("fine", "Your login is met. Teams: team: mentor (Mette Vind).")
    assert found["encryption"][0] == "fine"  # it is on this computer
    assert found["clock"] == ("fine", "The clocks of the server and of this computer agree.")
    assert found["rights"] == ("fine", "The login met has no more rights than it needs.")
    assert found["durable"][0] == "serious"  # the server of the tests need not survive its death
    assert found["records"][1].startswith("Mentees: 1 (closed: 0).")
    assert "no_file" not in found


def test_what_is_said_is_said_in_danish_too(on_server: Mentor) -> None:
    said = " ".join(on_server("doctor", "--lang", "da").out.split())
    assert "Dit login er met. Team: team: mentor (Mette Vind)." in said
    assert "fsync er slået fra. Bed dem, der passer serveren" in said


def test_with_one_who_is_no_mentor_nothing_is_wrong(mentor: Mentor, team: TeamServer) -> None:
    team.grant("kim", kind="coordinator", name="Kim Lund")
    looked = mentor("doctor", "--format", "json", "--file", team.address("kim").conninfo)
    found = checks(looked)
    weight, text = found["member"]
    assert weight == "note"
    assert text.endswith("shown by: mentor overview")
    assert "refused" not in found
    assert looked.status == 1, "the server of the tests need not survive its death"

    looked = mentor("doctor", "--format", "json", "--file", team.address("nobody_there").conninfo)
    assert looked.status == 3


def test_texts_that_wait_are_named(on_server: Mentor, team: TeamServer) -> None:
    path = team.stand_in("met")
    type_and_die(path, Note(mentee_id="m", text=""), "Only here")

    found = checks(on_server("doctor", "--repair", "--format", "json"))

    assert found["drafts"][0] == "note"
    assert found["drafts"][1].startswith("1 text that was being typed is not saved yet;")
    assert list(path.parent.rglob("*.draft"))  # looking has brought nothing back


@pytest.mark.parametrize("language", ["en", "da"])
def test_a_server_that_is_away_is_one_finding_and_the_rest_is_looked_at(
    mentor: Mentor, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MENTOR_FILE", f"postgresql://met@127.0.0.1:{free_port()}/records")

    result = mentor("doctor", "--lang", language, "--format", "json")

    found = checks(result)
    assert result.status == 3
    assert ("does not answer" if language == "en" else "svarer ikke") in found["refused"][1]
    assert {"library", "documents"} <= set(found)


def test_a_server_that_is_not_prepared_says_so(
    mentor: Mentor, team: TeamServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MENTOR_FILE", team.server.address(team.server.database(), "met"))
    result = mentor("doctor", "--format", "json")
    found = checks(result)
    assert result.status == 3
    assert "nothing for this program in" in found["refused"][1]
    assert found["login"] == ("note", "Your login is met; it is in no team.")
    assert found["server"][0] == "fine"


def test_all_teams_of_a_login_are_listed(
    on_server: Mentor, team: TeamServer, server: Server
) -> None:
    team.grant("met", team="north", kind="coordinator", name="Mette")
    found = checks(on_server("doctor", "--format", "json"))
    assert found["login"][1] == (
        "Your login is met. Teams: north: coordinator (Mette); team: mentor (Mette Vind)."
    )


@pytest.mark.parametrize(
    ("statement", "field"),
    [
        ("SUPERUSER", "superuser"),
        ("BYPASSRLS", "bypasses"),
        ("IN ROLE mentorrollen_owner", "owner"),
    ],
)
def test_rights_that_a_mentor_need_not_have_are_seen(
    team: TeamServer, statement: str, field: str
) -> None:
    team.server.execute(f"CREATE ROLE too_{field} LOGIN {statement}")
    found = examine(parse(team.server.address(team.database, f"too_{field}")))

    assert getattr(found, field)
    [line] = [one for one in lines_of(found, ADDRESS) if one.check == "rights"]
    assert line.weight is Weight.SERIOUS
    assert "Ask those who look after the server" in line.text


@pytest.mark.parametrize(
    ("health", "check", "says"),
    [
        (replace(SOUND, tls=""), "encryption", "sslmode=verify-full"),
        (replace(SOUND, ahead=-61.0), "clock", "by 61 seconds"),
        (replace(SOUND, ahead=3600.4), "clock", "by 3600 seconds"),
        (replace(SOUND, synchronous="off"), "durable", "synchronous_commit is off"),
        (replace(SOUND, fsync="off"), "durable", "fsync is off"),
    ],
)
def test_each_finding_says_what_to_do(health: Health, check: str, says: str) -> None:
    wrong = [one for one in lines_of(health, ADDRESS) if one.weight is Weight.SERIOUS]
    assert [one.check for one in wrong] == [check]
    assert says in wrong[0].text
    assert "sk those who look after" in wrong[0].text


def test_a_sound_server_has_no_findings() -> None:
    for health in (SOUND, replace(SOUND, tls="", kerberos=True), replace(SOUND, ahead=59.0)):
        member = replace(health, memberships=(("north", "mentor", "Mette"),), milliseconds=11.2)
        lines = list(lines_of(member, ADDRESS))
        assert {one.weight for one in lines} == {Weight.FINE}
        assert "db.example.org/mentor#north, PostgreSQL 18.6. It answers within 12 ms." in (
            lines[0].text
        )


def test_every_line_has_its_danish() -> None:
    worst = replace(SOUND, tls="", ahead=99.0, superuser=True, fsync="off")
    english = [one.text for one in lines_of(worst, ADDRESS)]
    set_language("da")
    danish = [one.text for one in lines_of(worst, ADDRESS)]
    assert not set(english) & set(danish)
