"""`mentor copy` to a server says in one line what keeps it, and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.records import Mentee, Note
from data.store.change import Change
from data.store.opening import open_store
from tests.data.storage.postgres.team_server import TeamServer
from tests.tui.cli.tools import Mentor


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A file of Mette's with a mentee and a note."""
    folder = tmp_path / "own"
    folder.mkdir(mode=0o700)
    return with_note(folder / "mentor.json", "a note")


def with_note(path: Path, text: str) -> Path:
    opened = open_store(path, by="met", threaded=False)
    if not opened.store.all(Mentee):
        opened.store.commit([Change.created(Mentee(name="Maja Holm"))])
    maja = opened.store.all(Mentee)[0]
    opened.store.commit([Change.created(Note(mentee_id=maja.id, text=text, private=True))])
    opened.close()
    return path


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "cannot hold some letters (such as NUL) in Maja Holm: Note 24-11-2025. Nothing"),
        ("da", "kan ikke rumme visse tegn (f.eks. NUL) i Maja Holm: Note 24-11-2025. Intet"),
    ],
)
def test_letters_that_it_cannot_hold(
    mentor: Mentor, own: Path, team: TeamServer, language: str, said: str
) -> None:
    with_note(own, "a\0b")
    address = team.address("met").conninfo
    refused = mentor("copy", str(own), address, "--lang", language)
    assert (refused.status, refused.out) == (3, "")
    assert said in refused.problem
    assert refused.problem.endswith(": mentor copy --replace")
    assert "Maja" not in mentor("list", "--file", address).out

    done = mentor("copy", str(own), address, "--replace")
    assert done.status == 0, done.err
    assert "In 1 field \N{REPLACEMENT CHARACTER} is in place of" in done.out
    assert "Maja Holm" in mentor("list", "--file", address).out
