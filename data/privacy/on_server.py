"""Deleting for good from records on a server, and from what lies here beside the stand-in of it.

What goes is what goes from a file (`data.privacy.purge`). Here nothing is folded and no backup is
written again: the server does it in one transaction, and what it keeps of deleted rows until it has
tidied up is not reached.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from data.method.acting import SERVER_RULES
from data.run_folder import texts_folder
from data.storage import purge_list
from data.storage.deletion import Deletion
from data.storage.folder import Folder, open_folder
from data.storage.history import take_in
from data.storage.journal import to_json
from data.storage.names import Names
from data.storage.postgres.servers import server_of
from data.storage.protocol import Happening
from data.storage.upkeep.going import Going, Wanted, drafts_with
from data.storage.upkeep.purging import Report
from data.storage.upkeep.traces import clean_editors, clean_sessions, still_there
from data.store.opening_server import server_backend

if TYPE_CHECKING:
    from data.storage.postgres.address import Address
    from data.storage.postgres.backend import PostgresBackend


def look_on_server(path: Path, server: Address, wanted: Wanted) -> Going:
    """Return what a deletion takes from a server, and from what is being typed here.

    Any thread may call it.

    Args:
        path: The stand-in of the server.
        server: Its address.
        wanted: What is to go.

    Raises:
        StorageError: The server cannot be asked, or the user may not delete it.
    """
    # only where records are on a server
    from data.storage.postgres.forgetting import going

    with _records(path, server) as backend:
        found = going(backend, wanted)
    folder, name = open_folder(path)
    with closing(folder):
        return replace(found, drafts=tuple(drafts_with(folder, Names(name), found.deletion)))


def delete_on_server(
    path: Path, server: Address, going: Going, mentee: str, words: Collection[str]
) -> Report:
    """Delete for good what `look_on_server` has found.

    Args:
        path: The stand-in of the server.
        server: Its address.
        going: What goes.
        mentee: The id of the mentee whom it is about.
        words: Names and texts to look for in the end, beside the ids.

    Raises:
        StorageError: `ErrorKind.HELD`: somebody has put the mentee on hold, and nothing has
            happened. Likewise for any other kind, unless the line broke: then do it again.
        OSError: What is being typed here could not be cleaned; all else is gone.
    """
    # only where records are on a server
    from data.storage.postgres.forgetting import forget

    report = Report(going.deletion)
    with _records(path, server) as backend:
        report.deletion = forget(backend, going.deletion, mentee)
        left = _named(backend, words)
        if left:
            report.found[server.whole] = left
    folder, name = open_folder(path)
    with closing(folder):
        _clean_here(folder, Names(name), report.deletion)
        for one, count in still_there(folder, Names(name), report.deletion, words):
            report.looked_at.append(one)
            if count:
                report.found[one] = count
    _clean_texts(path, report.deletion)
    return report


def _clean_here(folder: Folder, names: Names, deletion: Deletion) -> None:
    """Take it out of what is being typed, and put it on the list that lies beside the stand-in."""
    purge_list.add(folder, names, [replace(deletion, ids=frozenset())])
    clean_editors(folder, deletion)
    clean_sessions(folder, names, deletion)


def _clean_texts(path: Path, deletion: Deletion) -> None:
    """Delete texts about it that are open in an editor."""
    texts = texts_folder(path)
    if texts.is_dir():
        folder, _name = open_folder(texts / path.name)
        with closing(folder):
            clean_editors(folder, deletion)


def _named(backend: PostgresBackend, words: Collection[str]) -> int:
    """Return in how many documents that the user sees a name or a text stands yet."""
    spelled = [to_json(word)[1:-1] for word in words if word]
    lines = (to_json(doc) for docs in backend.known().values() for doc in docs.values())
    return sum(any(word in line for word in spelled) for line in lines)


def take_in_history(path: Path, key: str, found: Sequence[Happening]) -> None:
    """Add what happened elsewhere, as a hand-over brings it. Told once, it is not told again.

    Args:
        path: The record file, or the stand-in of a server.
        key: What identifies the hand-over.
        found: What happened, oldest first.

    Raises:
        OSError: It could not be written.
        StorageError: The files must not be used, or the server cannot be asked.
    """
    server = server_of(path)
    if server is None:
        take_in(path, key, found)
        return
    # only where records are on a server
    from data.storage.postgres.forgetting import add_history

    with _records(path, server) as backend:
        add_history(backend, found)


@contextmanager
def _records(path: Path, server: Address) -> Iterator[PostgresBackend]:
    backend = server_backend(path, server, SERVER_RULES, threaded=False, reading=True)
    try:
        backend.load()
        yield backend
    finally:
        backend.close()
