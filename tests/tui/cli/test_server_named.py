"""A server named where a file of records is: what is shown, and what is refused."""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from data.logins import user_name
from data.paths import settings_file
from data.storage.postgres.servers import stand_in
from tests.tui.cli.tools import Mentor
from tui.completion.answer import ASKED, BETWEEN, WORDS, answer

ADDRESS = "postgresql://ida@127.0.0.1:{port}/mentor#north"
HIDDEN = "hemmeligt"
INSTEAD = {
    ("fold",): (
        "there is no file to write: mentor show",
        "er der ingen fil at skrive: mentor show",
    ),
    ("backup", "list"): ("are made and restored by those who", "laves og gendannes af dem, der"),
    ("backup", "show", "x"): (
        "are made and restored by those who",
        "laves og gendannes af dem, der",
    ),
    ("backup", "restore", "x"): (
        "are made and restored by those",
        "laves og gendannes af dem, der",
    ),
    ("rename-login", "ida", user_name(os.geteuid())): (
        "are those of the server. Ask those who look after it",
        "er serverens. Bed dem, der passer den",
    ),
}
"""Command -> what it says instead, in English and Danish."""


@pytest.fixture
def listening() -> Iterator[socket.socket]:
    """Stands where the server would be, and is to be asked nothing."""
    with socket.create_server(("127.0.0.1", 0)) as one:
        one.setblocking(False)
        yield one
        with pytest.raises(BlockingIOError):
            one.accept()


@pytest.fixture
def address(listening: socket.socket, monkeypatch: pytest.MonkeyPatch) -> str:
    said = ADDRESS.format(port=listening.getsockname()[1])
    monkeypatch.setenv("MENTOR_FILE", said)
    return said


def shown(address: str) -> str:
    return address.partition("@")[2]


def test_the_settings_show_the_address_as_it_is_to_be_written(mentor: Mentor, address: str) -> None:
    found = json.loads(mentor("settings", "--format", "json").out)
    assert {"setting": "file", "value": address, "from": "MENTOR_FILE"} in found


def test_a_server_in_the_settings_is_one_too(
    mentor: Mentor, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MENTOR_FILE")
    settings_file(os.environ).parent.mkdir(parents=True, exist_ok=True)
    settings_file(os.environ).write_text(f'file = "{address}"\n')

    assert f'file = "{address}"' in mentor("settings").out


@pytest.mark.parametrize("command", INSTEAD, ids=" ".join)
@pytest.mark.parametrize("language", ["en", "da"])
def test_what_a_server_does_otherwise_is_said_in_one_line(
    mentor: Mentor, address: str, command: tuple[str, ...], language: str
) -> None:
    result = mentor(*command, "--lang", language)
    assert result.status == 3
    assert INSTEAD[command][language == "da"] in result.problem
    assert shown(address) in result.problem
    assert not result.out


@pytest.mark.parametrize("arguments", [["list"], ["due"], ["settings"], ["doctor"], ["note", "Bo"]])
def test_a_password_in_the_address_is_one_line_and_never_repeated(
    mentor: Mentor, arguments: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MENTOR_FILE", f"postgresql://ida:{HIDDEN}@db.example.org/mentor")

    result = mentor(*arguments)

    assert result.status == 3
    assert result.problem.startswith("There is a password in the address of the server, where")
    assert HIDDEN not in result.err
    assert not list(Path(os.environ["HOME"]).rglob("*.server"))


def test_what_is_no_address_is_one_line(mentor: Mentor) -> None:
    result = mentor("list", "--file", "postgresql://db/x/y")
    assert (result.status, result.problem) == (
        3,
        "That is no address of a server. One looks like this: postgresql://db.example.org/mentor",
    )


@pytest.mark.parametrize("words", [("show", ""), ("backup", "show", "")])
def test_tab_asks_no_server(address: str, words: tuple[str, ...]) -> None:
    environ = {ASKED: "bash", WORDS: BETWEEN.join(words), "HOME": os.environ["HOME"]}

    assert [*answer({**environ, "MENTOR_FILE": address})] == []
    path = stand_in(address, os.environ)
    assert [*answer({**environ, WORDS: BETWEEN.join(("--file", str(path), *words))})] == []
    settings_file(os.environ).parent.mkdir(parents=True, exist_ok=True)
    settings_file(os.environ).write_text(f'file = "{address}"\n')
    assert [*answer({**environ, **os.environ, "MENTOR_FILE": ""})] == []
