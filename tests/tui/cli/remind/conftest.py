"""The example's records, a `sendmail` on the PATH, and what reminders are installed by."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.tools.example import example_file_at
from tests.tui.cli.remind.support import Machine, Post
from tests.tui.cli.tools import NOW


@pytest.fixture
def example(file: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MENTOR_NOW", NOW)
    example_file_at(file)
    return file


@pytest.fixture
def post(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Post:
    made = Post(tmp_path / "bin")
    monkeypatch.setenv("PATH", f"{made.folder}:{os.environ['PATH']}")
    return made


@pytest.fixture
def settings() -> Path:
    path = Path(os.environ["XDG_CONFIG_HOME"]) / "mentorrollen/settings.toml"
    path.parent.mkdir(parents=True)
    return path


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    made = Machine(tmp_path / "machine")
    monkeypatch.setenv("PATH", f"{made.folder}:{os.environ['PATH']}")
    return made
