"""What is to be had with files only, or on a server only, ends with one status: 3."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.cli.tools import Mentor, process

ON_A_SERVER = (
    ("release", "maja"),
    ("release", "--list"),
    ("released",),
    ("server", "list"),
    ("server", "grant", "met", "mentor", "--team", "x"),
    ("server", "revoke", "met", "--team", "x"),
)
"""What takes a server."""
WITH_FILES = (
    ("backup", "list"),
    ("backup", "show", "x"),
    ("backup", "restore", "x"),
    ("rename-login", "old", "new"),
    ("fold",),
    ("lend", "maja", "--until", "2/1"),
    ("publish", "on", "--group", "users", "--yes"),
    ("publish", "on", "--folder", "/tmp", "--yes"),
)
"""What takes files."""


@pytest.mark.parametrize("words", ON_A_SERVER, ids=" ".join)
def test_what_takes_a_server(mentor: Mentor, words: tuple[str, ...]) -> None:
    mentor("add", "Maja Holm", "--start", "2026-11-02")
    refused = mentor(*words)
    assert (refused.status, refused.out) == (3, "")
    assert "server" in refused.problem


@pytest.mark.parametrize("words", WITH_FILES, ids=" ".join)
def test_what_takes_files(on_server: Mentor, words: tuple[str, ...]) -> None:
    on_server("add", "Maja Holm", "--start", "2026-11-02")
    refused = on_server(*words)
    assert (refused.status, refused.out) == (3, "")
    assert refused.problem


def test_a_copy_that_is_lent_does_not_come_to_a_server(on_server: Mentor, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir(mode=0o700)
    lent = tmp_path / "lent.mentor"
    assert process(own / "mentor.json", "add", "Emil", "--start", "1/11").returncode == 0
    done = process(own / "mentor.json", "lend", "Emil", "--until", "1/2", "-o", str(lent))
    assert done.returncode == 0, done.stderr
    refused = on_server("receive", str(lent))
    assert (refused.status, refused.out) == (3, "")
    assert "this is a server" in refused.problem
