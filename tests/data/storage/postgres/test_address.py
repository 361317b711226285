"""The address of a server, the file that stands in for it, and what loads nothing."""

from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path

import pytest
from psycopg.conninfo import conninfo_to_dict

from data.paths import is_address
from data.storage.postgres.address import parse
from data.storage.postgres.servers import (
    records_path,
    refuse_server,
    server_of,
    shown_records,
    stand_in,
)
from data.storage.problems import ErrorKind, StorageError

ROOT = Path(__file__).parents[4]


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    return {"HOME": str(tmp_path)}


@pytest.mark.parametrize(
    ("text", "shown", "team"),
    [
        ("postgresql://db.kommune.dk/mentor", "db.kommune.dk/mentor", ""),
        ("postgres://ida@db.kommune.dk:5433/mentor#north", "db.kommune.dk:5433/mentor", "north"),
        ("postgresql://a.dk:5432,b.dk:5432/mentor?sslmode=verify-full#x", "a.dk/mentor", "x"),
        ("postgresql://[2001:db8::1]:5433/mentor", "2001:db8::1:5433/mentor", ""),
        ("postgresql:///mentor?host=/var/run/postgresql", "localhost/mentor", ""),
        ("postgresql://%2Fvar%2Frun/mentor#Team%20Nord", "localhost/mentor", "Team Nord"),
        ("postgresql://db.kommune.dk#Team Sønder", "db.kommune.dk", "Team Sønder"),
        ("service=mentor", "mentor", ""),
        ("service=mentor sslmode=require#north", "mentor", "north"),
    ],
)
def test_an_address_names_server_database_and_team(text: str, shown: str, team: str) -> None:
    found = parse(text)

    assert is_address(text)
    assert (found.shown, found.team) == (shown, team)
    assert found.whole == (f"{shown}#{team}" if team else shown)
    assert conninfo_to_dict(found.conninfo)  # libpq understands it
    assert "#" not in found.conninfo


@pytest.mark.parametrize(
    "text",
    [
        "postgresql://db/mentor#",
        "postgresql://db/mentor/more",
        "postgresql://[::1/mentor",
        "postgresql://db:port/mentor",
        "postgresql://@db/mentor",
        "postgresql://db/mentor?sslmode",
        "postgresql://db/men\ntor",
        "service=",
        "service=a b",
        "service=a 1=b",
    ],
)
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(StorageError) as caught:
        parse(text)
    assert caught.value.kind is ErrorKind.BAD_ADDRESS


@pytest.mark.parametrize(
    "text",
    [
        "postgresql://ida:hemmeligt@db/mentor",
        "postgresql://ida:@db/mentor",
        "postgresql://db/mentor?password=hemmeligt",
        "postgresql://db/mentor?pass%77ord=hemmeligt",
        "postgresql://db/mentor?sslpassword=hemmeligt",
        "service=mentor password=hemmeligt",
    ],
)
def test_a_password_in_an_address_is_refused_and_not_repeated(
    text: str, home: dict[str, str]
) -> None:
    with pytest.raises(StorageError) as caught:
        stand_in(text, home)
    assert caught.value.kind is ErrorKind.PASSWORD_IN_ADDRESS
    assert "hemmeligt" not in str(caught.value)
    assert not list(Path(home["HOME"]).rglob("*.server"))


def test_the_same_server_has_the_same_stand_in_whatever_else_is_set(home: dict[str, str]) -> None:
    first = stand_in("postgresql://ida@db.dk/mentor#north", home)
    again = stand_in(
        "postgres://ida@db.dk:5432,reserve.dk:5432/mentor?sslmode=verify-full#north", home
    )
    others = {
        stand_in(text, home)
        for text in (
            "postgresql://ida@db.dk/mentor#south",
            "postgresql://bo@db.dk/mentor#north",
            "postgresql://ida@db.dk/other#north",
            "postgresql://ida@other.dk/mentor#north",
            "service=mentor",
        )
    }

    assert first == again
    assert len(others | {first}) == 6
    found = server_of(first)
    assert found is not None
    assert "sslmode=verify-full" in found.conninfo  # the address as it was given last
    assert stat.S_IMODE(first.stat().st_mode) == 0o600
    assert stat.S_IMODE(first.parent.stat().st_mode) == 0o700


def test_only_a_stand_in_is_a_server(home: dict[str, str], tmp_path: Path) -> None:
    path = records_path("postgresql://db.dk/mentor#north", home)
    other = tmp_path / "my.server"
    other.write_text("{}")

    assert server_of(tmp_path / "mentor.json") is None
    assert server_of(other) is None
    assert server_of(tmp_path / "none.server") is None
    assert shown_records(path, home) == "db.dk/mentor#north"
    assert shown_records(tmp_path / "mentor.json", home) == "~/mentor.json"
    refuse_server(other)
    with pytest.raises(StorageError, match=r"db\.dk/mentor#north") as caught:
        refuse_server(path)
    assert caught.value.kind is ErrorKind.NOT_ON_SERVER


def test_the_argument_comes_before_the_environment_and_that_before_the_settings(
    home: dict[str, str], tmp_path: Path
) -> None:
    server, other = "postgresql://db.dk/mentor", "postgresql://other.dk/mentor"
    here = {**home, "MENTOR_FILE": other}

    assert records_path(server, here) == stand_in(server, home)
    assert records_path(None, here, server) == stand_in(other, home)
    assert records_path(None, home, server) == stand_in(server, home)
    assert records_path("/srv/m.json", here, server) == Path("/srv/m.json")
    assert records_path(None, home) == tmp_path / ".local/share/mentorrollen/mentor.json"


@pytest.mark.parametrize("modules", ["data.storage.postgres.servers", "tui.cli.main"])
def test_what_asks_whether_it_is_a_server_loads_nothing_for_it(
    modules: str, tmp_path: Path
) -> None:
    code = (
        f"import sys, {modules}\n"
        "names = 'psycopg', 'data.storage.postgres.address', 'hashlib', 'data.server_sentences'\n"
        "print(*(one for one in names if one in sys.modules))"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert run.stdout.split() == []
