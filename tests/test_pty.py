"""The terminal of the tests: when a program has nothing left to do."""

from __future__ import annotations

import sys
import time
from itertools import count

import pytest

from tests.tools.pty import Terminal

WORKS = "input(); print('begun', flush=True); sum(range(30_000_000)); print('done'); input()"


def test_a_program_at_work_does_not_rest_where_the_tests_have_to_wait(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with Terminal([sys.executable, "-c", WORKS]) as terminal:
        terminal.key("\r")
        terminal.wait_for("begun")
        seconds = count()  # between any two looks at the clock another process had its turn
        monkeypatch.setattr(time, "perf_counter", lambda: float(next(seconds)))
        terminal.rest(limit=1e9)
        assert "done" in terminal.screen()
