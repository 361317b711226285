"""What the tests of the store share."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from data.records import Note
from data.storage.protocol import BeingTyped, ForGood
from data.store.store import Store
from tests.data.backend import Disk, Hindered


class Log:
    """A typing log that only remembers."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str, str], tuple[str, str]] = {}

    def keep(self, typed: BeingTyped) -> None:
        self.kept[typed.key] = (typed.base, typed.text)

    def barrier(self, timeout: float) -> bool:
        return True

    def forget(self, gone: ForGood) -> None:
        for table, id, field in list(self.kept):
            if gone.takes(table, id, b""):
                del self.kept[table, id, field]

    def committed(self, table: str, id: str, field: str, text: str) -> None:
        if self.kept.get((table, id, field), ("", ""))[1] == text:
            del self.kept[table, id, field]


def direct(disk: Disk, by: str = "met") -> Store:
    """A store that saves at once."""
    return Store(disk.backend(by), by=by)


@contextmanager
def threaded(
    disk: Disk, by: str = "met", log: Log | None = None
) -> Iterator[tuple[Store, Hindered]]:
    """A store with a saver thread."""
    backend = disk.backend(by, listening=True)
    store = Store(backend, by=by, typing_log=log)
    store.start_saver(lambda: None)
    try:
        yield store, backend
    finally:
        backend.gate.set()
        backend.full.clear()
        store.close()


def wait(store: Store, condition: Callable[[], bool]) -> None:
    """Pump until the condition holds."""
    end = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        store.pump()
        time.sleep(0.002)


def note_of(store: Store, note: Note) -> Note:
    found = store.get(Note, note.id)
    assert found is not None
    return found
