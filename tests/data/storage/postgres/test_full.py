"""The disk of a server is full: what is typed stays, and goes on by itself when there is room."""

from __future__ import annotations

import random
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from data.method.acting import SERVER_RULES
from data.storage.problems import ErrorKind, NotSaved
from data.storage.protocol import DocChange
from tests.data.storage.postgres.team_server import TeamServer
from tests.tools.postgres import Server

RULES = SERVER_RULES.merging
SIZE = "40m"


@pytest.fixture
def small(server: Server, template: str) -> Iterator[TeamServer]:
    """A team whose records lie on a small disk of their own."""
    place = server.folder / "small"
    place.mkdir()
    words = ("mount", "-t", "tmpfs", "-o", f"size={SIZE},mode=0755", "tmpfs", str(place))
    if subprocess.run(words, capture_output=True, check=False).returncode:
        pytest.skip("mounting is not allowed here, so no disk can be made that is full")
    try:
        server.own_folder(place / "records")
        server.execute(f"CREATE TABLESPACE small LOCATION '{place}/records'")
        server.execute(f"CREATE DATABASE full_disk TEMPLATE {template} TABLESPACE small")
        team = TeamServer(server, "full_disk")
        team.grant("met")
        yield team
        server.execute("DROP DATABASE full_disk WITH (FORCE)")
        server.execute("DROP TABLESPACE small")
    finally:
        subprocess.run(("umount", "-l", str(place)), check=False)


def fill(path: Path) -> None:
    """Write a file until the disk is full."""
    with suppress(OSError), path.open("ab", buffering=0) as file:
        while file.write(bytes(1 << 16)):
            pass


def test_a_full_disk_is_said_and_what_was_refused_is_saved_when_there_is_room(
    small: TeamServer,
) -> None:
    met = small.backend("met")
    met.load()
    met.commit([DocChange("mentees", "1", None, {"name": "Maja", "rev": 1})], RULES)
    filling = small.server.folder / "small" / "filling"
    fill(filling)
    saved, refused = 0, None
    for number in range(10, 400):
        text = random.Random(number).randbytes(3000).hex()  # which nothing makes smaller
        doc = {"mentee_id": "1", "kind": "note", "private": False, "text": text, "rev": 1}
        change = DocChange("notes", str(number), None, doc)
        try:
            met.commit([change], RULES)
        except NotSaved as found:
            refused, problem = change, found
            break
        saved += 1
    assert refused is not None
    assert problem.kind is ErrorKind.SERVER_FULL
    filling.unlink()
    met.commit([refused], RULES)
    again = small.backend("met", listening=False)
    assert len(again.load()["notes"]) == saved + 1
    again.close()
    met.close()
