"""Counts on a server through the program: a mentor publishes them, a coordinator reads them."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from data.paths import settings_file
from data.published.kept import kept
from data.storage.postgres import administering, schema
from data.storage.postgres.address import parse
from data.storage.postgres.servers import stand_in
from tests.data.storage.postgres.team_server import TeamServer
from tests.tools.example import example_file_at
from tests.tools.postgres import Server
from tests.tui.cli.tools import Mentor

CANARY = "hemmeligt-ord"


@pytest.fixture
def kim(team: TeamServer) -> str:
    """The address of a coordinator who is no mentor."""
    team.grant("kim", kind="coordinator", name="Kim Lund")
    return team.address("kim").conninfo


@pytest.fixture
def published(on_server: Mentor, kim: str) -> Mentor:
    """Mette with a mentee, who publishes."""
    on_server("add", "Maja Holm", "--start", "2026-11-02")
    on_server("note", "Maja", CANARY)
    assert on_server("publish", "on", "--yes", "--capacity", "3").status == 0
    return on_server


def rows(mentor: Mentor, kim: str) -> list[dict[str, object]]:
    found = mentor("overview", "--file", kim, "--format", "json")
    assert found.status == 0, found.err
    mentors: list[dict[str, object]] = json.loads(found.out)["mentors"]
    return mentors


def test_it_is_shown_first_with_who_reads_it(
    on_server: Mentor, kim: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("no\n"))
    on_server("add", "Maja Holm", "--start", "2026-11-02")
    asked = on_server("publish", "on")
    said = " ".join(asked.out.split())
    assert "As of" in said
    assert "1 mentee." in said
    assert "Kim Lund" in said
    assert "those who look after the server" in said
    assert f"Server: {kim.partition('@')[2]}" in said
    assert "Nothing has been changed" in asked.err
    assert kept(os.environ).file == ""
    assert rows(on_server, kim) == []


def test_the_coordinator_reads_counts_and_nothing_else(published: Mentor, kim: str) -> None:
    for form in ("json", "csv", "text"):
        found = published("overview", "--file", kim, *(("--format", form)))
        assert found.status == 0
        assert CANARY not in found.out
        assert "Maja" not in found.out
        assert "Mette Vind" in found.out
    (row,) = rows(published, kim)
    assert (row["mentor"], row["file"], row["capacity"], row["room"]) == ("Mette Vind", "met", 3, 2)
    assert "Mette Vind" in published("mentors", "--file", kim).out


def test_it_is_renewed_by_what_is_done_later(published: Mentor, kim: str) -> None:
    published("add", "Bo Friis", "--start", "2026-11-02")
    (row,) = rows(published, kim)
    assert row["active"] == 2


def test_show_says_what_others_see(published: Mentor) -> None:
    said = " ".join(published("publish", "show").out.split())
    assert "Kim Lund" in said
    found = json.loads(published("publish", "show", "--format", "json").out)
    assert found["readers"] == ["Kim Lund"]
    assert found["published"]["capacity"] == 3


def test_off_takes_it_away(published: Mentor, kim: str) -> None:
    off = published("publish", "off")
    assert off.status == 0
    assert "Nothing is published any more" in off.out
    assert rows(published, kim) == []
    published("add", "Bo Friis", "--start", "2026-11-02")
    assert rows(published, kim) == []


def test_off_on_another_computer_is_off_here_too(
    published: Mentor, kim: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as other:
        for name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
            other.setenv(name, str(tmp_path / name))
        assert published("publish", "off").status == 0
    added = published("add", "Bo Friis", "--start", "2026-11-02")
    assert added.status == 0
    assert "Publishing was turned off elsewhere" in " ".join(added.err.split())
    assert rows(published, kim) == []
    assert published("add", "Eva Dam", "--start", "2026-11-02").err == ""


def test_what_another_computer_turned_on_is_known_here(
    published: Mentor, kim: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    shown = " ".join(published("publish", "show").out.split())
    assert "As of" in shown
    assert "It was turned on on another computer. To have this one renew it, too:" in shown
    assert json.loads(published("publish", "show", "--format", "json").out)["published"]
    off = published("publish", "off")
    assert "Nothing is published any more." in off.out
    assert rows(published, kim) == []
    assert "Nothing is published." in published("publish", "off").out


def test_what_another_computer_turned_off_is_known_here(
    published: Mentor, kim: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as other:
        for name in ("XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
            other.setenv(name, str(tmp_path / name))
        published("publish", "off")
    shown = published("publish", "show")
    assert shown.status == 0, shown.err
    assert shown.out.startswith("Nothing is published.")


@pytest.fixture
def renamed(
    published: Mentor, team: TeamServer, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Mentor]:
    """Mette, whose login has got another name, as docs/team.md says."""
    team.server.execute("ALTER ROLE met RENAME TO mholm")
    script = schema.rename_script("met", "mholm", again=False)
    administering.run(parse(team.address("postgres").conninfo), script)
    monkeypatch.setenv("MENTOR_FILE", team.address("mholm").conninfo)
    yield published
    team.server.execute("ALTER ROLE mholm RENAME TO met")


def test_what_a_renamed_login_publishes_is_renewed_and_taken_away(
    renamed: Mentor, kim: str
) -> None:
    assert "turned on on another computer" not in renamed("publish", "show").out
    added = renamed("add", "Bo Friis", "--start", "2026-11-02")
    assert (added.status, added.err) == (0, "")
    assert len(rows(renamed, kim)[0]["mentees"]) == 2  # type: ignore[arg-type]
    (place,) = kept(os.environ).places
    assert kept(os.environ).file == place, "nothing is kept of the old login"
    off = renamed("publish", "off")
    assert (off.status, off.err) == (0, "")
    assert "Nothing is published any more." in off.out
    assert rows(renamed, kim) == []
    assert renamed("publish", "off").out == "Nothing is published.\n"


def test_it_is_taken_away_at_once_too(renamed: Mentor, kim: str) -> None:
    off = renamed("publish", "off")
    assert (off.status, off.err) == (0, "")
    assert rows(renamed, kim) == []
    assert kept(os.environ).places == ()


def test_a_server_that_is_away_has_not_said_that_nothing_is_published(
    on_server: Mentor, server: Server
) -> None:
    server.stop()
    try:
        for word in ("show", "off"):
            refused = on_server("publish", word)
            assert refused.status == 3
            assert "Nothing is published" not in refused.out
            assert "does not answer" in refused.err
    finally:
        server.start()


def test_group_and_folder_are_for_files(on_server: Mentor, kim: str) -> None:
    refused = on_server("publish", "on", "--folder", "/tmp/x", "--yes")
    assert refused.problem.startswith("--group and --folder are for files")
    settings_file(os.environ).parent.mkdir(parents=True, exist_ok=True)
    settings_file(os.environ).write_text('publish_folder = "/tmp/x"\n')
    on_server("add", "Maja Holm", "--start", "2026-11-02")
    done = on_server("publish", "on", "--yes")
    assert done.status == 0, done.err
    assert "publish_group and publish_folder are for files" in done.err
    assert len(rows(on_server, kim)) == 1, "the folder of the settings is not looked into"


def test_one_who_is_no_coordinator_reads_nothing(published: Mentor, team: TeamServer) -> None:
    for command in ("overview", "mentors"):
        refused = published(command)
        assert refused.status == 3
        assert refused.problem.startswith("Your login is not a coordinator in any team of")


def test_whoever_is_both_has_both(published: Mentor, team: TeamServer) -> None:
    team.grant("met", kind="coordinator", name="Mette Vind")
    assert "Maja" in published("list").out
    assert "Mette Vind" in published("overview").out


def test_before_anybody_has_published(on_server: Mentor, kim: str) -> None:
    said = on_server("overview", "--file", kim)
    assert said.status == 0
    assert said.out.startswith("No mentor of the team has published anything yet.")
    assert "FOLDER" not in said.out


def test_without_a_command_and_a_terminal_a_coordinator_gets_the_overview(
    published: Mentor, kim: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MENTOR_FILE", kim)
    found = published()
    assert found.status == 0
    assert "Mette Vind" in found.out


def test_a_document_is_made_of_it(published: Mentor, kim: str) -> None:
    found = published("export", "workplace", "--file", kim, "--to", "txt", "-o", "-")
    assert found.status == 0, found.err
    assert "Mette Vind" in found.out


def test_a_revoked_mentor_is_out_of_it(
    published: Mentor, kim: str, team: TeamServer, server: Server
) -> None:
    from data.storage.postgres.schema import revoke_script
    from tests.tools.prepared import run

    run(server, team.database, revoke_script("team", "met", None))
    assert rows(published, kim) == []


def test_doctor_says_that_it_is_published(published: Mentor) -> None:
    said = " ".join(published("doctor").out.split())
    assert "Counts and dates are published on" in said
    assert "Kim Lund" in said


def test_while_the_server_is_away_one_line_says_so(
    published: Mentor, kim: str, server: Server
) -> None:
    server.stop()
    try:
        for words in (("publish", "show"), ("publish", "off"), ("overview", "--file", kim)):
            refused = published(*words)
            assert refused.status == 3
            assert "does not answer" in refused.err
    finally:
        server.start()
    assert kept(os.environ).places == (str(stand_in(os.environ["MENTOR_FILE"], os.environ)),)
    assert len(rows(published, kim)) == 1
    off = published("publish", "off")  # it is still known that it is there
    assert off.status == 0
    assert rows(published, kim) == []


def test_that_nobody_is_published_is_not_put_down_to_roles_where_they_are_examples(
    on_server: Mentor, team: TeamServer, tmp_path: Path
) -> None:
    example_file_at(tmp_path / "example.json")
    copied = on_server("copy", str(tmp_path / "example.json"), team.address("met").conninfo)
    assert copied.status == 0, copied.err
    said = " ".join(on_server("publish", "on", "--yes").out.split())
    assert "All mentees are example data, which is never published." in said
    assert "the role has to say so" not in said
