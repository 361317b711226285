"""Opening a record file: the store, the log of typing, and what a session that died has left."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from data.frozen import immutable
from data.i18n import ngettext
from data.storage.backend import JournalBackend
from data.storage.problems import ErrorKind, Notice, NotSaved, StorageError
from data.storage.protocol import Commit, DocChange, Draft, Happening, Presence, TableRules, Tables
from data.storage.retrying import RetryingBackend
from data.store.store import Store

if TYPE_CHECKING:
    from data.storage.typing_log import FileTypingLog


@immutable
class OpenedStore:
    """An open store, and what there is to tell about the opening."""

    store: Store
    path: Path
    """The record file."""
    notices: tuple[Notice | str, ...] = ()
    """What the user is to be told once. `str()` makes a sentence of each."""
    restored: tuple[Draft, ...] = ()
    """Texts that were typed in a session that died, and have been brought back."""
    typing_log: FileTypingLog | None = None
    """The log of what is typed; None for a command, in which nobody types."""

    @property
    def said_restored(self) -> str:
        """The sentence that says that texts are back; "" where none is."""
        if not self.restored:
            return ""
        return ngettext(
            "A text that was being typed when the program stopped is back",
            "{count} texts that were being typed when the program stopped are back",
            len(self.restored),
        ).format(count=len(self.restored))

    def close(self, timeout: float = 10.0) -> bool:
        """Save what waits and close the file.

        Typed text that cannot be saved stays in the log of typing, and is brought back by the next
        session.

        Returns:
            Whether all has been saved, after `timeout` seconds at the most.
        """
        saved = self.store.close(timeout)
        if self.typing_log is not None:
            self.typing_log.close()
        return saved


def open_store(
    path: Path, *, by: str | None = None, threaded: bool, reading: bool = False
) -> OpenedStore:
    """Open a record file. It is made if it is not there.

    Args:
        path: The record file.
        by: The login name of the user; None for the user that this process runs as.
        threaded: True for a session on the screen. A thread saves, typed text survives a crash, and
            what an earlier session has left is brought back. Call `store.start_saver` with the
            function that wakes the event loop. Otherwise a commit is saved when it returns.
        reading: True if nothing will be changed. The file then opens even if nothing can be written
            just now, as for a session on the screen.

    Raises:
        StorageError: The file cannot be read, or must not be used.
    """
    try:
        return _open(path, by, threaded=threaded, reading=reading)
    except StorageError as problem:
        if problem.kind is not ErrorKind.UNFINISHED:
            raise
        # only where somebody has begun to delete something for good, and died
        from data.storage.upkeep.purging import finish

        finish(path)
        return _open(path, by, threaded=threaded, reading=reading)


def _open(path: Path, by: str | None, *, threaded: bool, reading: bool) -> OpenedStore:
    may_wait = threaded or reading
    backend = RetryingBackend(path, by=by) if may_wait else JournalBackend(path, by=by)
    if not threaded:
        return _open_for_command(path, backend, reading=reading)
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


def _open_for_command(
    path: Path, backend: RetryingBackend | JournalBackend, *, reading: bool
) -> OpenedStore:
    """Open the store of a command. What dead sessions have left is brought back.

    A command that only reads shows it, and leaves bringing it back to the next that writes.
    """
    # most folders have no draft files in them
    from data.storage.drafts import LeftDrafts

    left = LeftDrafts(path, looking=reading)
    try:
        store = Store(backend, by=backend.by, typing_log=left)
        restored: list[Draft] = []
        with suppress(NotSaved):  # the command itself says so; the next session tries again
            drafts = left.recovered()
            restored = store.show_left(drafts) if reading else store.recover(drafts)
    finally:
        left.close()
    return OpenedStore(store, path, (*backend.notices, *left.notices), tuple(restored))


class _Nothing:
    """Stands for a file that has not been made yet: it holds nothing, and nothing can be saved."""

    def load(self) -> Tables:
        return {}

    def commit(self, changes: Sequence[DocChange], rules: TableRules) -> tuple[Commit, ...]:
        raise NotSaved(ErrorKind.GONE)

    def poll(self) -> tuple[Commit, ...]:
        return ()

    def presence(self) -> tuple[Presence, ...]:
        return ()

    def announce(self, where: str) -> None: ...

    session = ""

    def is_living(self, session: str) -> bool:
        return False

    def history(self, mentee_id: str) -> tuple[Happening, ...]:
        return ()

    def idle(self) -> None: ...

    def close(self) -> None: ...


def empty_store() -> Store:
    """Return the store of a file that has not been made yet: empty, and only to be read."""
    return Store(_Nothing(), by="")
