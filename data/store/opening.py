"""Opening a record file: the backend, the log of typing, the store, and what a crash left."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from data.frozen import immutable
from data.storage.backend import JournalBackend
from data.storage.problems import ErrorKind, Notice, NotSaved
from data.storage.protocol import Commit, DocChange, Draft, Presence, Tables, TextFields
from data.storage.retrying import RetryingBackend
from data.store.store import Store

if TYPE_CHECKING:
    from data.storage.typing_log import FileTypingLog


@immutable
class OpenedStore:
    """A store in use, and what is to be said about its opening."""

    store: Store
    path: Path
    notices: tuple[Notice | str, ...] = ()
    """What the user is told once; `str()` of each is a sentence."""
    restored: tuple[Draft, ...] = ()
    """Texts that were typed in a session that died, and are back."""
    typing_log: FileTypingLog | None = None

    def close(self, timeout: float = 10.0) -> bool:
        """Save what waits and let go of the file; False where something could not be saved.

        Typed text that could not be saved stays in the log of typing and is brought back the next
        time.
        """
        saved = self.store.close(timeout)
        if self.typing_log is not None:
            self.typing_log.close()
        return saved


def open_store(
    path: Path, *, by: str | None = None, threaded: bool, reading: bool = False
) -> OpenedStore:
    """Open the file, which is made where it is not there. Raises `StorageError`.

    `threaded`: for a session on the screen. Saving is done by a thread from the first moment, typed
    text survives a crash, and what an earlier session left is brought back; have
    `store.start_saver` called with the function that wakes the event loop. Otherwise each commit
    is durable when it returns. `by` is the login name; None: the name of this process's user. A
    session on the screen, and one that only reads, opens even where the disk takes nothing.
    """
    patient = threaded or reading
    backend = RetryingBackend(path, by=by) if patient else JournalBackend(path, by=by)
    if not threaded:
        store = Store(backend, by=backend.by)
        return OpenedStore(store, path, tuple(backend.notices))
    # a command types nothing, and keeps no log of it
    from data.storage.typing_log import FileTypingLog

    log = FileTypingLog(path, by=by)
    try:
        store = Store(backend, by=backend.by, typing_log=log)
    except BaseException:
        log.close()
        raise
    store.start_saver(lambda: None)
    restored = tuple(store.recover(log.recovered()))
    return OpenedStore(store, path, (*backend.notices, *log.notices), restored, log)


class _Nothing:
    """Where a file would be: holds nothing, and takes nothing."""

    def load(self) -> Tables:
        return {}

    def commit(self, changes: Sequence[DocChange], texts: TextFields) -> tuple[Commit, ...]:
        raise NotSaved(ErrorKind.GONE)

    def poll(self) -> tuple[Commit, ...]:
        return ()

    def presence(self) -> tuple[Presence, ...]:
        return ()

    def announce(self, where: str) -> None: ...

    session = ""

    def is_living(self, session: str) -> bool:
        return False

    def idle(self) -> None: ...

    def close(self) -> None: ...


def empty_store() -> Store:
    """Return a store that can only be read, and holds nothing: that of a file not made yet."""
    return Store(_Nothing(), by="")
