"""Which files were written about a mentee: they are deleted with the mentee, if it is for good."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from data.clock import now
from data.records import DocumentFile, Mentee
from data.storage.problems import StorageError
from data.store.change import Change
from data.store.store import Store


def note_files(
    store: Store, mentee: Mentee | None, paths: Iterable[Path], what: str, *, whole: bool = False
) -> None:
    """Note that files were written, unless that is known or nothing can be saved just now.

    Args:
        store: The records; an open session's.
        mentee: Whom they are about; None for all mentees: then they go with any of them.
        paths: The files.
        what: The key of the kind of document.
        whole: Whether they have what is for the mentor alone, too.
    """
    full = [str(path.absolute()) for path in paths]
    new = []
    for one in store.all(Mentee) if mentee is None else (mentee,):
        files = store.of(DocumentFile, one.id)
        known = {file.path for file in files if file.whole or not whole}
        new += [
            DocumentFile(mentee_id=one.id, path=path, what=what, at=now(), whole=whole)
            for path in full
            if path not in known
        ]
    if new:
        with suppress(StorageError):  # the document is there all the same
            store.commit(map(Change.created, new), undoable=False)


def files_of(store: Store, mentee_id: str, *, whole: bool = False) -> list[Path]:
    """Return the files about a mentee that are there still, where they were written to.

    Args:
        store: The records.
        mentee_id: Whom they are about.
        whole: Whether only those are meant that have what is for the mentor alone.
    """
    noted = (one for one in store.of(DocumentFile, mentee_id) if one.whole or not whole)
    paths = (Path(path) for path in dict.fromkeys(one.path for one in noted))
    return [path for path in paths if path.is_file() and not path.is_symlink()]
