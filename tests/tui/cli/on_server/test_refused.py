"""What a server refuses is one line in both languages, with status 3, for every command."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from tests.data.storage.postgres.team_server import TeamServer
from tests.tools.postgres import Server, free_port
from tests.tools.proxy import Cut, How, Proxy, Where
from tests.tui.cli.on_server.conftest import WITH_PASSWORD
from tests.tui.cli.tools import Mentor

Address = Callable[[TeamServer], str]


def _unprepared(team: TeamServer) -> str:
    return team.server.address(team.server.database(), "met")


def _with_version(team: TeamServer, version: int) -> str:
    team.server.execute(f"UPDATE mentorrollen.meta SET version = {version}", database=team.database)
    return team.address("met").conninfo


def _in_two_teams(team: TeamServer) -> str:
    team.grant("met", team="north")
    return team.address("met").conninfo


def _other(team: TeamServer, *kinds: str) -> str:
    for kind in kinds:
        team.grant("other", kind=kind)
    return team.address("other").conninfo


def _unknown_login(team: TeamServer) -> str:
    return team.server.address(team.database, "nobody_of_that_name")


def _without_rights(team: TeamServer) -> str:
    return team.server.address(team.database, "postgres").replace("postgres@", "plain@")


def _too_many(team: TeamServer) -> str:
    team.server.execute("ALTER ROLE bo CONNECTION LIMIT 0")
    return team.address("bo").conninfo


def _closed(team: TeamServer) -> str:
    return f"postgresql://met@127.0.0.1:{free_port()}/records"


CASES: dict[str, tuple[Address, str, str]] = {
    "away": (_closed, "does not answer. Check the network", "svarer ikke. Tjek netværket"),
    "unknown host": (
        lambda _team: "postgresql://none.invalid/x",
        "No server is known by the name none.invalid. Check the network",
        "Ingen server er kendt under navnet none.invalid. Tjek netværket",
    ),
    "no password": (
        lambda team: team.address(WITH_PASSWORD).conninfo,
        "Write it into ~/.pgpass (chmod 600)",
        "Skriv den i ~/.pgpass (chmod 600)",
    ),
    "no database": (
        lambda team: team.server.address("none", "met"),
        "has no such database",
        "har ikke den database",
    ),
    "unknown login": (_unknown_login, "does not let you in from here", "lukker dig ikke ind"),
    "kept out": (
        lambda team: team.address("stranger").conninfo,
        "does not let you in from here",
        "lukker dig ikke ind",
    ),
    "no TLS": (
        lambda team: f"{team.address('met').conninfo}?sslmode=require",
        "cannot agree on encryption (TLS)",
        "kan ikke blive enige om kryptering (TLS)",
    ),
    "too many": (_too_many, "too many connections just now", "for mange forbindelser lige nu"),
    "not prepared": (_unprepared, "nothing for this program in", "intet til dette program i"),
    "who prepares it": (
        _unprepared,
        "Those who look after the server prepare it: mentor server init",
        "De, der passer serveren, gør den klar: mentor server init",
    ),
    "older tables": (
        lambda team: _with_version(team, 0),
        "an earlier version of the program. Those who look after the server bring it up to date:"
        " mentor server upgrade",
        "en tidligere version af programmet. De, der passer serveren, bringer den op til den nye:"
        " mentor server upgrade",
    ),
    "newer tables": (
        lambda team: _with_version(team, 99),
        "was written by a newer version of the program",
        "er skrevet af en nyere version af programmet",
    ),
    "other team": (
        lambda team: f"{team.address('met').conninfo}#elsewhere",
        "is not a mentor in the team elsewhere of",
        "er ikke mentor i teamet elsewhere på",
    ),
    "several teams": (
        _in_two_teams,
        "You are in several teams of",
        "Du er med i flere team på",
    ),
    "coordinator": (
        lambda team: _other(team, "coordinator"),
        "you are a coordinator, not a mentor. The counts of the mentors are shown by: mentor ov",
        "er du koordinator og ikke mentor. Mentorernes tal vises af: mentor overview",
    ),
    "manager": (
        lambda team: _other(team, "manager"),
        "you are a manager, not a mentor. What mentors have released to you is shown by: mentor r",
        "er du leder og ikke mentor. Hvad mentorer har frigivet til dig, vises af: mentor released",
    ),
    "both": (
        lambda team: _other(team, "coordinator", "manager"),
        "you are a coordinator and a manager, not a mentor",
        "er du koordinator og leder og ikke mentor",
    ),
    "no rights": (_without_rights, "is not a mentor in any team of", "er ikke mentor i noget team"),
    "a part of the address": (
        lambda team: f"{team.address('met').conninfo}?no_such=1",
        "has something that is not known there: no_such. Correct it",
        "er der noget ukendt: no_such. Ret det",
    ),
}


@pytest.fixture(scope="module", autouse=True)
def _logins(server: Server) -> None:
    server.execute("CREATE ROLE plain LOGIN")
    server.execute("CREATE ROLE stranger LOGIN")


@pytest.mark.parametrize("case", CASES)
def test_what_a_server_refuses_is_one_line(
    mentor: Mentor, team: TeamServer, case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    address, english, danish = CASES[case]
    monkeypatch.setenv("MENTOR_FILE", address(team))
    try:
        results = [mentor("list"), mentor("note", "Maja", "a word"), mentor("due")]
        in_danish = mentor("list", "--lang", "da")
    finally:
        if case == "too many":
            team.server.execute("ALTER ROLE bo CONNECTION LIMIT -1")

    assert [english in one.problem for one in results] == [True] * 3
    assert danish in in_danish.problem
    assert {one.status for one in (*results, in_danish)} == {3}


def test_a_wrong_password_is_said_and_the_right_one_is_taken_from_the_password_file(
    mentor: Mentor, team: TeamServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    team.grant(WITH_PASSWORD)
    passwords = tmp_path / "pgpass"
    monkeypatch.setenv("PGPASSFILE", str(passwords))
    monkeypatch.setenv("MENTOR_FILE", team.address(WITH_PASSWORD).conninfo)
    passwords.write_text("*:*:*:*:wrong\n")
    passwords.chmod(0o600)
    assert f"does not accept the password. Correct it in {passwords}," in mentor("list").problem

    passwords.write_text("*:*:*:*:right\n")
    assert mentor("list").status == 0


@pytest.mark.parametrize("place", ["a service", "the environment"])
def test_a_wrong_password_is_corrected_where_it_was_found(
    mentor: Mentor,
    team: TeamServer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    place: str,
) -> None:
    team.grant(WITH_PASSWORD)
    services = tmp_path / "services"
    at = f"host=127.0.0.1\nport={team.server.port}\nuser={WITH_PASSWORD}\ndbname={team.database}"
    services.write_text(f"[mine]\n{at}\npassword=wrong\n")
    if place == "a service":
        monkeypatch.setenv("PGSERVICEFILE", str(services))
        monkeypatch.setenv("MENTOR_FILE", "service=mine")
    else:
        monkeypatch.setenv("PGPASSWORD", "wrong")
        monkeypatch.setenv("MENTOR_FILE", team.address(WITH_PASSWORD).conninfo)
    where = str(services) if place == "a service" else "PGPASSWORD"
    assert f"does not accept the password. Correct it in {where}, or" in mentor("list").problem


def test_words_for_libpq_are_no_path_and_are_not_repeated(mentor: Mentor) -> None:
    for words in ("host=127.0.0.1 dbname=x password=secret", "password=secret host=x"):
        said = mentor("list", "--file", words)
        assert "There is a password in the address" in said.problem
        assert "secret" not in said.problem
    assert "That is no address of a server." in mentor("list", "--file", "host=x dbname=y").problem


def test_a_server_full_of_lines_says_so(
    mentor: Mentor, team: TeamServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MENTOR_FILE", team.address("met").conninfo)
    lines: list[psycopg.Connection[tuple[object, ...]]] = []
    try:
        while len(lines) < 100:
            lines.append(psycopg.connect(team.address("bo").conninfo))
    except psycopg.OperationalError:
        result = mentor("list")
    finally:
        for one in lines:
            one.close()
    assert "too many connections just now" in result.problem
    assert result.status == 3


def test_a_service_of_the_service_file_names_a_server_too(
    mentor: Mentor, team: TeamServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    services = tmp_path / "services"
    services.write_text(
        f"[kommune]\nhost=127.0.0.1\nport={team.server.port}\ndbname={team.database}\nuser=met\n"
    )
    monkeypatch.setenv("PGSERVICEFILE", str(services))

    assert mentor("list", "--file", "service=kommune#team").status == 0
    assert (
        "not a mentor in the team x of kommune"
        in mentor("list", "--file", "service=kommune#x").problem
    )
    problem = mentor("list", "--file", "service=none").problem
    assert "No service is called none. Services are in ~/.pg_service.conf" in problem
    monkeypatch.setenv("PGSERVICEFILE", str(tmp_path / "nowhere"))
    assert "No service is called kommune." in mentor("list", "--file", "service=kommune").problem


def _through(proxy: Proxy, team: TeamServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the line break for good where a note has been sent, and before the answer comes."""
    address = team.address("met").conninfo.replace(str(team.server.port), str(proxy.port))
    monkeypatch.setenv("MENTOR_FILE", address)
    monkeypatch.setattr("data.storage.postgres.backend.WAIT_SECONDS", 0.0)
    proxy.cut = Cut(b"written once", Where.AFTER, How.END)


def test_a_note_that_may_have_been_saved_is_not_said_to_be_lost(
    on_server: Mentor, team: TeamServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_server("add", "Maja Holm", "--start", "2025-11-03")
    with Proxy(team.server.port) as proxy:
        _through(proxy, team, monkeypatch)
        refused = on_server("note", "Maja", "written once")
    assert refused.status == 3
    said, _, rest = refused.problem.partition(" What you wrote is in ")
    assert said.endswith("It may have been saved: look before you do it again.")
    assert Path(rest.removesuffix(", too.")).read_text("utf-8") == "written once\n"


def test_so_is_what_is_written_line_by_line_and_trying_again_saves_it_once(
    on_server: Mentor, team: TeamServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_server("add", "Maja Holm", "--start", "2025-11-03")
    lines = "\n.note written once\n\n.stop\n"
    monkeypatch.setattr("sys.stdin", io.StringIO(lines))
    with Proxy(team.server.port) as proxy:
        _through(proxy, team, monkeypatch)
        shown = on_server("plan", "Maja", "--plain")
        said = " ".join(shown.out.split())
    assert "PERHAPS NOT SAVED: the line to" in said, (shown.out, shown.err)
    assert "NOT SAVED. " not in said
    monkeypatch.setenv("MENTOR_FILE", team.address("met").conninfo)
    assert on_server("show", "Maja", "--private").out.count("written once") == 1
