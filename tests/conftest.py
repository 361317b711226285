"""What all tests share: English, nothing of the developer's own, and a server for who asks."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from data import clock, i18n
from data.library.source import use_as_shared
from tests.tools.garbage import before_a_test, collect_between_tests
from tests.tools.hurry import HurriedLoop, hurry_textual
from tests.tools.memory import MEMORY, has_room, runs_programs
from tests.tools.paint import paint_at_last
from tests.tools.shared_css import share_style_sheets
from tests.tools.shared_styles import share_styles
from tests.tools.tls import NO_TLS

if TYPE_CHECKING:
    from tests.tools.postgres import Server

# `make soak` runs what hypothesis draws again, with the profile "long".
settings.register_profile("short", max_examples=25, deadline=None)
settings.register_profile("long", max_examples=1000, deadline=None)
settings.load_profile("short")
collect_between_tests()
hurry_textual()
share_style_sheets()
share_styles()
paint_at_last()


def pytest_configure() -> None:
    """Have the files of the tests in memory, where there is room: a disk is waited for.

    What is tested is what the program asks of a disk. None that is real would fail in time. Some
    tests write a program, such as an editor, and have it run.
    """
    if has_room() and runs_programs():
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what was left out for the lack of a server with TLS."""
    skipped = terminalreporter.stats.get("skipped", [])
    count = sum(NO_TLS in str(report.longrepr) for report in skipped)
    if count:
        terminalreporter.write_line(f"{count} tests of TLS were left out: {NO_TLS}")


def pytest_asyncio_loop_factories() -> Mapping[str, Callable[[], asyncio.AbstractEventLoop]]:
    """Have no test wait for a timer."""
    return {"hurried": HurriedLoop}


@pytest.fixture(autouse=True)
def _fresh_world(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Keep every test to its own folders, its own clock and its own language."""
    before_a_test()
    for name in ("MENTOR_FILE", "MENTOR_LANG", "MENTOR_LIBRARY", "MENTOR_NOW", "VISUAL", "EDITOR"):
        monkeypatch.delenv(name, raising=False)
    for name in ("DATA", "CONFIG", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / name.lower()))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CONFIG_DIRS", str(tmp_path / "etc"))
    i18n.set_language("en")
    clock.set_clock(None)
    yield
    use_as_shared(None)
    i18n.set_language("en")
    clock.set_clock(None)


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A PostgreSQL server for each worker of the test run."""
    from tests.tools.postgres import Server  # most tests need none

    with Server() as one:
        yield one


@pytest.fixture(scope="session")
def template(server: Server) -> str:
    """A database with the tables in it. A copy of it costs next to nothing."""
    from tests.tools.prepared import prepared  # most tests need no server

    return prepared(server)
