"""What the store tells those who have subscribed to it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from enum import Enum

from data.frozen import immutable
from data.storage.problems import Notice, StorageError
from data.storage.protocol import Clash


class SaveState(Enum):
    """Whether all is saved."""

    SAVED = "saved"
    SAVING = "saving"
    FAILED = "failed"
    """Saving failed and is tried again, or changes of other sessions cannot be read."""


@immutable
class SaveStatus:
    """How far saving has come, as the status line shows it."""

    state: SaveState = SaveState.SAVED
    at: datetime | None = None
    """When something was last saved; None if nothing has been saved since the store was opened."""
    problem: StorageError | None = None
    """Why saving fails; None unless it does."""


@immutable
class DeletedForGood:
    """Somebody has deleted something for good: what shows it gives way."""

    id: str
    """The random id of this deletion, by which one made here is known again."""
    kind: str
    """What was deleted: see `data.storage.purge_list`."""
    by: str
    """The login name of the one who did it."""
    at: str
    """When: ISO local time with its offset."""
    mentees: tuple[tuple[str, str], ...] = ()
    """Id and name of the mentees who are gone, as far as this session knew them."""
    knows: Callable[[str], bool] = lambda _id: False
    """Whether an id is that of something deleted, or of what it belonged to."""
    who: str = ""
    """The name by which colleagues know the one who did it; "" if no server says it."""


@immutable
class Event:
    """Something has happened to the records, to saving, or to other sessions."""

    tables: frozenset[str] = frozenset()
    """The tables in which records have changed; empty if none has."""
    own: bool = True
    """False if another session has changed them, or its text was merged with one from here."""
    typing: bool = False
    """True if it is only a text that is being typed here: the field shows it already."""
    clashes: tuple[Clash, ...] = ()
    """Fields that were changed here and in another session at the same time."""
    replaced: bool = False
    """True if the whole file was replaced, as when a backup is restored."""
    notices: tuple[Notice, ...] = ()
    """What is to be told of a file that has taken the place of the one in use, or was mended."""
    changed_last: str = ""
    """When the last change was made in what took its place, as documents hold it."""
    for_good: tuple[DeletedForGood, ...] = ()
    """What was deleted for good. The records are gone from the store already."""
    status: bool = False
    """True if `Store.status` has changed."""
    others: bool = False
    """True if another session came, went, or opened another mentee."""
