"""Opening a record file: the store, the log of typing, and what a session that died has left."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from data.frozen import immutable
from data.i18n import _, ngettext
from data.paths import is_stand_in
from data.run_folder import texts_folder
from data.storage.backend import JournalBackend
from data.storage.problems import ErrorKind, Notice, NoticeKind, NotSaved, StorageError
from data.storage.protocol import Commit, DocChange, Draft, Happening, Presence, TableRules, Tables
from data.storage.retrying import RetryingBackend
from data.storage.snapshot import is_team_file
from data.store.saved_last import note_saved_last
from data.store.store import Store

if TYPE_CHECKING:
    from data.storage.postgres.address import Address
    from data.storage.postgres.backend import PostgresBackend
    from data.storage.postgres.rules import ServerRules
    from data.storage.split.backend import SplitBackend
    from data.storage.split.parts import Parting
    from data.storage.typed.typing_log import FileTypingLog

    _File = JournalBackend | RetryingBackend | SplitBackend | PostgresBackend


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
    note_about: str = ""
    """The name of the mentee whom a note is about that a session saved last before it died."""
    typing_log: FileTypingLog | None = None
    """The log of what is typed; None for a command, in which nobody types."""
    own_path: Path | None = None
    """The user's own file with what is private, if it is a team file, which others read too."""

    @property
    def of_team(self) -> bool:
        """Whether it is a team file."""
        return self.own_path is not None

    @property
    def folder(self) -> Path:
        """The folder for files with what the user is writing, such as a text in an editor."""
        return self.path.parent if self.own_path is None else texts_folder(self.own_path)

    @property
    def folders(self) -> tuple[Path, ...]:
        """The folders in which such files may be left, from earlier versions too."""
        return (self.folder, self.path.parent) if self.of_team else (self.folder,)

    @property
    def said_restored(self) -> str:
        """The sentence that says that texts are back; "" where none is."""
        if not self.restored:
            said = _("The program was interrupted. Written last: a note about {name}. It is saved")
            return said.format(name=self.note_about) if self.note_about else ""
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
    path: Path,
    *,
    by: str | None = None,
    threaded: bool,
    reading: bool = False,
    parting: Callable[[], Parting] | None = None,
    on_server: Callable[[], ServerRules] | None = None,
) -> OpenedStore:
    """Open a record file, or records on a server. A file is made if it is not there.

    Of a team file, what is private is in a file of the user's own, which is opened with it.

    Args:
        path: The record file, or the stand-in of a server.
        by: The login name of the user; None for the user that this process runs as.
        threaded: True for a session on the screen. A thread saves, typed text survives a crash, and
            what an earlier session has left is brought back. Call `store.start_saver` with the
            function that wakes the event loop. Otherwise a commit is saved when it returns.
        reading: True if nothing will be changed. The file then opens even if nothing can be written
            just now, as for a session on the screen.
        parting: Returns what of a document is private, which is asked of a team file only. A team
            file cannot be opened without it.
        on_server: Returns what a server is to know of the documents. None refuses a server.

    Raises:
        StorageError: The records cannot be read, or must not be used.
    """
    open_now = partial(
        _open, path, by, threaded=threaded, reading=reading, parting=parting, on_server=on_server
    )
    try:
        opened = open_now()
    except StorageError as problem:
        if problem.kind is not ErrorKind.UNFINISHED:
            raise
        # only where somebody has begun to delete something for good, and died
        from data.storage.upkeep.purging import finish
        from data.store.opening_team import own_file

        for one in (path, own_file(path)):
            if one is not None:
                finish(one)
        opened = open_now()
    if not is_stand_in(path) and any(
        getattr(one, "kind", None) is NoticeKind.CLEANED for one in opened.notices
    ):
        # only where somebody has put back a file of before something was deleted for good
        from data.storage.upkeep.old_states import clean_put_back
        from data.store.opening_team import own_file

        with suppress(OSError, StorageError):  # the doctor finds what is left of it
            for one in (path, own_file(path)):
                if one is not None:
                    clean_put_back(one)
    return opened


def _open(
    path: Path,
    by: str | None,
    *,
    threaded: bool,
    reading: bool,
    parting: Callable[[], Parting] | None,
    on_server: Callable[[], ServerRules] | None,
) -> OpenedStore:
    if is_stand_in(path) and (server := _server_of(path, on_server)) is not None:
        return _open_on_server(path, *server, threaded=threaded, reading=reading)
    kind = RetryingBackend if threaded or reading else JournalBackend

    def opener(one: Path) -> RetryingBackend | JournalBackend:
        return kind(one, by=by)

    backend: _File
    if is_team_file(path):
        if parting is None:
            raise TypeError("whoever opens a team file must know what is private")
        # most files are of one user alone
        from data.store.opening_team import split_backend

        split = split_backend(path, parting(), opener, reading=reading)
        backend, drafts = split, _Drafts(split.own_path, split.draft_paths, split.known)
    else:
        backend, drafts = opener(path), _Drafts(path)
    if not threaded:
        return _open_for_command(path, backend, drafts, reading=reading)
    return _open_for_screen(path, backend, drafts, by)


def _server_of(
    path: Path, on_server: Callable[[], ServerRules] | None
) -> tuple[Address, ServerRules] | None:
    """Return the server that a path stands in for, and its rules; None for a file.

    Raises:
        StorageError: It is a server, and who asks works with files only.
    """
    # most records are in a file
    from data.storage.postgres.servers import refuse_server, server_of

    server = server_of(path)
    if server is None:
        return None
    if on_server is None:
        refuse_server(path)
        return None
    return server, on_server()


def _open_on_server(
    path: Path, server: Address, rules: ServerRules, *, threaded: bool, reading: bool
) -> OpenedStore:
    # most records are in a file
    from data.store.opening_server import not_opened, server_backend

    try:
        backend = server_backend(path, server, rules, threaded=threaded, reading=reading)
        drafts = _Drafts(path, known=backend.known)
        try:
            opened = (
                _open_for_screen(path, backend, drafts, backend.by)
                if threaded
                else _open_for_command(path, backend, drafts, reading=reading)
            )
        except BaseException:
            backend.close()
            raise
    except StorageError as problem:
        raise not_opened(problem, path) from problem
    opened.store.own_name, opened.store.on_server = backend.name, True
    opened.store.names = backend.names
    return opened


@immutable
class _Drafts:
    """Where the texts lie that are being typed, and those that dead sessions have left."""

    path: Path
    """The record file beside which they are kept."""
    older: tuple[Path, ...] = ()
    """Others beside which there may be some that earlier sessions have left."""
    known: Callable[[], Tables] | None = None
    """Returns all documents, if they are not in that record file."""

    @property
    def own_path(self) -> Path | None:
        """The path, if it is that of an own file beside a team file."""
        return self.path if self.known is not None else None

    @property
    def of_team(self) -> bool:
        """Whether they are texts of a team file."""
        return self.known is not None


def _open_for_screen(path: Path, backend: _File, drafts: _Drafts, by: str | None) -> OpenedStore:
    """Open the store of a session on the screen."""
    # a command types nothing, and keeps no log of it
    from data.storage.typed.drafts import LeftDrafts
    from data.storage.typed.typing_log import FileTypingLog

    older = LeftDrafts(*drafts.older, looking=False, known=drafts.known) if drafts.older else None
    try:
        log = FileTypingLog(drafts.path, by=by, known=drafts.known, older=older)
    except BaseException:
        backend.close()
        raise
    try:
        store = Store(backend, by=backend.by, typing_log=log)
        store.of_team = drafts.of_team
    except BaseException:
        log.close()
        raise
    store.start_saver(lambda: None)
    restored = tuple(store.recover(log.recovered()))
    told = (*backend.notices, *log.notices)
    about = note_saved_last(store, log.saved_at)
    return OpenedStore(store, path, told, restored, about, log, drafts.own_path)


def _open_for_command(path: Path, backend: _File, drafts: _Drafts, *, reading: bool) -> OpenedStore:
    """Open the store of a command. What dead sessions have left is brought back.

    A command that only reads shows it, and leaves bringing it back to the next that writes.
    """
    # most folders have no draft files in them
    from data.storage.typed.drafts import LeftDrafts

    left = LeftDrafts(drafts.path, *drafts.older, looking=reading, known=drafts.known)
    try:
        store = Store(backend, by=backend.by, typing_log=left)
        store.of_team = drafts.of_team
        restored: list[Draft] = []
        with suppress(NotSaved):  # the command itself says so; the next session tries again
            found = left.recovered()
            restored = store.show_left(found) if reading else store.recover(found)
    finally:
        left.close()
    told = (*backend.notices, *left.notices)
    about = "" if reading else note_saved_last(store, left.saved_at)
    return OpenedStore(store, path, told, tuple(restored), about, None, drafts.own_path)


class _Nothing:
    """Stands for a file that has not been made yet: it holds nothing, and nothing can be saved."""

    def load(self) -> Tables:
        return {}

    def commit(self, changes: Sequence[DocChange], rules: TableRules) -> tuple[Commit, ...]:
        raise NotSaved(ErrorKind.GONE)

    def poll(self) -> tuple[Commit, ...]:
        return ()

    news = None

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
