"""The command line, run in this process."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tui.cli.tools import NOW, Mentor, Result
from tui.cli.main import run


@pytest.fixture
def file(tmp_path: Path) -> Path:
    folder = tmp_path / "records"
    folder.mkdir(mode=0o700)
    return folder / "mentor.json"


@pytest.fixture
def mentor(
    file: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Mentor:
    """Run a command in this process."""
    monkeypatch.setenv("MENTOR_NOW", NOW)
    monkeypatch.setenv("MENTOR_FILE", str(file))
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.setenv("LANGUAGE", "")

    def call(*arguments: str) -> Result:
        capsys.readouterr()
        status = run(arguments)
        got = capsys.readouterr()
        return Result(status, got.out, got.err)

    return call
