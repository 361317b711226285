"""The clock can be stopped by tests, and by nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

import pytest

from data import clock


@pytest.fixture(autouse=True)
def _own_clock() -> Iterator[None]:
    clock.set_clock(None)
    yield
    clock.set_clock(None)


def test_the_environment_stops_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MENTOR_NOW", "2025-11-24T08:05")
    assert clock.today() == date(2025, 11, 24)
    assert clock.now().hour == 8
    assert clock.now().utcoffset() is not None
    monkeypatch.setenv("MENTOR_NOW", "2026-01-01")
    assert clock.today() == date(2025, 11, 24), "it is read once"


def test_a_clock_can_be_set() -> None:
    clock.set_clock(clock.clock_of("2025-12-24"))
    assert clock.today() == date(2025, 12, 24)


def test_otherwise_it_is_the_computers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MENTOR_NOW", raising=False)
    before = datetime.now().astimezone()
    assert before <= clock.now() <= datetime.now().astimezone()


def test_nonsense_is_refused() -> None:
    with pytest.raises(ValueError, match="nonsense"):
        clock.clock_of("nonsense")
