"""Who can read the records on a server, and all that is kept about a mentee there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from data.records import Mentee
from data.store.change import Change
from tests.data.storage.postgres.team_server import TeamServer
from tests.tui.cli.on_server.test_deleting import CANARY, lived_in, opened, said
from tests.tui.cli.tools import Mentor


def test_the_server_says_who_sees_a_mentee_and_who_sees_everything(
    on_server: Mentor, team: TeamServer
) -> None:
    lived_in(on_server, team)
    told = said(on_server("whoreads", "Maja").out)
    assert "Bo Holm (bo), Mette Vind (you)." in told
    assert "Those who look after the server can read everything on it" in told
    assert "postgres, and whoever has its files" in told
    assert "not encrypted" not in told  # it is on this computer
    assert "The address of the server, and the list of what was deleted" in told
    found = json.loads(on_server("whoreads", "Maja", "--format", "json").out)["server"]
    assert [one["login"] for one in found["mentors"]] == ["bo", "met"]
    assert "postgres" in found["administrators"]
    assert found["encryption"] == ""
    everybody = said(on_server("whoreads").out)
    assert "of each mentee those who act as mentor of them" in everybody
    assert "Bo Holm" not in everybody


def test_managers_and_coordinators_are_named_with_what_they_read(
    on_server: Mentor, team: TeamServer
) -> None:
    team.grant("kim", kind="coordinator", name="Kim Lund")
    team.grant("asta", kind="coordinator", name="asta Lund")
    team.grant("lise", kind="manager", name="Lise Lund")
    team.grant("ulla", kind="manager", name="ulla Lund")
    team.grant("ase", kind="manager", name="Åse Lund")
    maja = lived_in(on_server, team)
    told = said(on_server("whoreads", "Maja").out)
    assert "Kim" not in told
    assert "Lise" not in told
    assert "Whether Bo Holm (bo) publishes counts and dates, without names," in told
    assert on_server("publish", "on", "--yes").status == 0
    with team.as_owner() as owner:
        for manager in ("ase", "ulla", "lise"):
            owner.execute(
                "INSERT INTO mentorrollen.released VALUES"
                " ('team', %s, %s, 'met', 'Mette Vind', '2026-11-30T08:00:00+01:00', '{}')",
                (maja.id, manager),
            )
    on_server("add", "Eva Dam", "--start", "2025-11-03")
    counts = (
        "The counts and dates that you publish, without names, as coordinators: asta Lund (asta),"
        " Kim Lund (kim)."
    )
    status = "The status that was released to them, as managers: Lise Lund (lise),"
    status += " ulla Lund (ulla), Åse Lund (ase)."
    for about in (("Maja",), ()):
        told = said(on_server("whoreads", *about).out)
        assert status in told
        assert counts in told
    told = said(on_server("whoreads", "Eva").out)
    assert counts in told
    assert "Lise" not in told
    found = json.loads(on_server("whoreads", "Maja", "--format", "json").out)["server"]
    assert found["managers"][0] == {"login": "lise", "name": "Lise Lund"}
    assert found["coordinators"][1] == {"login": "kim", "name": "Kim Lund"}


@pytest.mark.parametrize(
    ("language", "here"), [("en", "this computer (root)"), ("da", "denne computer (root)")]
)
def test_root_of_this_computer_is_not_taken_for_the_server(
    on_server: Mentor, team: TeamServer, monkeypatch: pytest.MonkeyPatch, language: str, here: str
) -> None:
    monkeypatch.setattr("data.privacy.who_reads.administrators", lambda: ["root"])
    lived_in(on_server, team)
    told = said(on_server("whoreads", "Maja", "--lang", language).out)
    assert here in told
    assert "server (root)" not in told
    assert "serveren (root)" not in told


def test_a_login_that_could_see_everything_is_named(on_server: Mentor, team: TeamServer) -> None:
    on_server("add", "Maja Holm", "--start", "2025-11-03")
    for name, right in (("backups", "REPLICATION"), ("sees", "BYPASSRLS")):
        team.server.execute(f"CREATE ROLE {name} LOGIN {right}")
    team.server.execute("CREATE ROLE owns LOGIN")
    team.server.execute("GRANT mentorrollen_owner TO owns")
    try:
        told = said(on_server("whoreads").out)
        assert "backups, owns, postgres, sees, and whoever has" in told
    finally:
        team.server.execute("DROP ROLE backups, sees, owns")


@pytest.mark.parametrize("language", ["en", "da"])
def test_an_extract_has_all_that_the_login_may_see_and_says_what_it_cannot(
    on_server: Mentor, team: TeamServer, tmp_path: Path, language: str
) -> None:
    lived_in(on_server, team)
    done = on_server("extract", "Maja", "-o", str(tmp_path / "all"), "--lang", language)
    assert done.status == 0, done.err
    files = {one.name: one for one in (tmp_path / "all").iterdir()}
    words = "".join(one.read_text() for name, one in files.items() if name.endswith(".txt"))
    records = next(one.read_text() for name, one in files.items() if name.endswith(".json"))
    assert f"{CANARY} privat" in words
    assert f"{CANARY} privat" in records
    assert f"{CANARY} Bos" not in words + records
    text = {
        "en": "What Bo Holm may keep private there cannot be seen from here: ask them too",
        "da": "Hvad Bo Holm måtte have privat dér, kan ikke ses herfra",
    }
    assert text[language] in said(words)
    met = opened(team)
    (maja,) = met.store.all(Mentee)
    assert maja.held_since is not None
    assert maja.extract_asked_on is not None
    met.store.commit([Change.edited(maja, held_since=None)])
    met.close()
