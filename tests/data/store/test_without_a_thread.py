"""A command has no saver thread: it takes in what others have saved when it looks."""

from __future__ import annotations

import pytest

from data.records import Mentee
from data.storage.problems import ErrorKind, StorageError
from data.store.change import Change
from data.store.store import Store
from tests.data.backend import Disk


def test_pump_takes_in_what_others_have_saved(disk: Disk) -> None:
    here, there = (Store(disk.backend(name), by=name) for name in ("her", "der"))
    mentee = Mentee(name="Åse")
    there.commit([Change.created(mentee)])
    assert here.get(Mentee, mentee.id) is None
    here.pump()
    assert here.get(Mentee, mentee.id) is not None


def test_what_cannot_be_read_is_raised(disk: Disk, monkeypatch: pytest.MonkeyPatch) -> None:
    backend = disk.backend("her")
    store = Store(backend, by="her")

    def fail() -> tuple[()]:
        raise StorageError(ErrorKind.DISK, name="mentor.json")

    monkeypatch.setattr(backend, "poll", fail)
    with pytest.raises(StorageError):
        store.pump()
