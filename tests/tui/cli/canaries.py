"""What the tests of `mentor doctor --canary` share."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from data.clock import now
from data.privacy.canaries import Planted, plant
from data.privacy.looking import Looked
from data.records import Mentee, Talk
from data.store.opening import OpenedStore, open_store
from tests.tools.example import example_file_at

Planting = tuple[OpenedStore, Planted]


@contextmanager
def planted_in(folder: Path) -> Iterator[Planting]:
    """Plant canaries in the example data, in a folder of its own, and keep it open."""
    path = folder / "copy" / "mentor.json"
    path.parent.mkdir(mode=0o700)
    example_file_at(path)
    opened = open_store(path, threaded=True)
    mentee = max(opened.store.all(Mentee), key=lambda one: len(opened.store.of(Talk, one.id)))
    found = plant(opened.store, mentee, now())
    assert opened.store.flush(10)
    yield opened, found
    opened.close()


def tell(_what: str) -> None:
    """Say nothing of what is looked at."""


def leaks(looked: Looked, group: str) -> set[str]:
    """Return the places of a group in which something was found."""
    return {name for (where, name), seen in looked.places.items() if where == group and seen.found}
