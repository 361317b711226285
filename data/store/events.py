"""What the store tells its listeners."""

from __future__ import annotations

from datetime import datetime
from enum import Enum

from data.frozen import immutable
from data.storage.problems import StorageError
from data.storage.protocol import Clash


class SaveState(Enum):
    """How far saving has come."""

    SAVED = "saved"
    SAVING = "saving"
    FAILED = "failed"
    """Something waits that could not be saved, or the others' changes cannot be read."""


@immutable
class SaveStatus:
    """What the status line says about saving."""

    state: SaveState = SaveState.SAVED
    at: datetime | None = None
    """When something was last made durable."""
    problem: StorageError | None = None


@immutable
class Event:
    """What a listener is told: which tables changed, by whom, and which fields clashed."""

    tables: frozenset[str] = frozenset()
    own: bool = True
    """False: somebody else's change, or a text of ours that was merged with somebody else's."""
    typing: bool = False
    """Only a text that is being typed here; its widget shows it already."""
    clashes: tuple[Clash, ...] = ()
    status: bool = False
    """The save status changed."""
    others: bool = False
    """Somebody else came, went, or opened another mentee."""
