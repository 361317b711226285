"""What is left of something in the files of sessions, in open editors, and anywhere else."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path

from data.run_folder import ABOUT, EDIT, WHOSE
from data.storage import generation
from data.storage.deletion import Deletion
from data.storage.disk import Disk
from data.storage.folder import Folder, read_all, write_all
from data.storage.generation import Files
from data.storage.journal import scan
from data.storage.names import Names
from data.storage.problems import StorageError
from data.storage.typed.drafts import ENDING
from data.storage.typed.gone import blank, gone_fields

WAIT_SECONDS = 5.0
"""How long living sessions have to drop what is being typed in them."""

# -- what is being typed -----------------------------------------------------------------------


def clean_outside(fd: int, disk: Disk) -> None:
    """Delete the files elsewhere that are named in an open file of what is to go (`Going.outside`).

    One that somebody else has written names nothing that is deleted: it could name anything.
    """
    if disk.fstat(fd).st_uid != os.geteuid():
        return
    for record in scan(read_all(fd, disk)).records:
        for path in record.get("outside", ()):
            with suppress(OSError, ValueError):  # gone already, or it cannot be reached from here
                one = Path(path)
                one.rmdir() if one.is_dir() else one.unlink()


def clean_history(files: Files, deletion: Deletion) -> None:
    """Take what is gone out of the history of who changed what. The lock must not be held."""
    folder, names, lock = files
    with lock:
        generation.clean_history(folder, names, [deletion])


def clean_sessions(folder: Folder, names: Names, deletion: Deletion) -> None:
    """Take what is gone out of the files of sessions.

    Living ones do that themselves as soon as they see it. For one that does not, such as one that
    has been stopped, it is done here.
    """
    sessions = folder.sub(names.sessions)
    if sessions is None:
        return
    with closing(sessions):
        end = time.monotonic() + WAIT_SECONDS
        while waiting := _clean_dead(sessions, deletion):
            if time.monotonic() > end:
                for name in waiting:
                    _blank_file(sessions, name, deletion)
                return
            time.sleep(0.05)


def _clean_dead(sessions: Folder, deletion: Deletion) -> list[str]:
    """Clean the files of dead sessions. Return those of living ones that are to be cleaned."""
    waiting = []
    for name in sessions.names():
        try:
            fd = sessions.open(name)
        except (OSError, StorageError):
            continue
        try:
            if _has_gone(sessions, name, fd, deletion):
                sessions.disk.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
                _blank_open(sessions, name, fd, deletion)
        except BlockingIOError:
            waiting.append(name)
        finally:
            os.close(fd)
    return waiting


def _has_gone(sessions: Folder, name: str, fd: int, deletion: Deletion) -> bool:
    data = read_all(fd, sessions.disk)
    if name.endswith(ENDING):
        return bool(gone_fields(scan(data).records, [deletion]))
    return bool(deletion.named_in(data))


def _blank_file(sessions: Folder, name: str, deletion: Deletion) -> None:
    with suppress(FileNotFoundError):
        fd = sessions.open(name)
        try:
            _blank_open(sessions, name, fd, deletion)
        finally:
            os.close(fd)


def _blank_open(sessions: Folder, name: str, fd: int, deletion: Deletion) -> None:
    """Take what is gone out of a file of a session, which keeps its length."""
    data = read_all(fd, sessions.disk)
    if name.endswith(ENDING):
        blank(fd, gone_fields(scan(data).records, [deletion]), sessions.disk)
        return
    for id in deletion.named_in(data):
        # Where that session is: it is nowhere now.
        data = data.replace(b'"%s"' % id, b'""'.ljust(len(id) + 2))
        data = data.replace(id, b"0" * len(id))
    write_all(fd, data, 0, sessions.disk)
    sessions.disk.fsync(fd)


def clean_editors(folder: Folder, deletion: Deletion) -> None:
    """Delete texts about what is gone that are open in an editor, or were left by one."""
    for name in folder.names():
        own = folder.path / name
        if not name.startswith(f"{EDIT}-") or own.is_symlink():
            continue
        for about in (own / ABOUT, own / WHOSE):
            with suppress(OSError):
                if deletion.named_in(about.read_bytes()):
                    shutil.rmtree(own)


# -- looking through all of it -----------------------------------------------------------------


def still_there(
    folder: Folder, names: Names, deletion: Deletion, words: Collection[str]
) -> Iterator[tuple[str, int]]:
    """Yield the names of all files, and how much of what was deleted still stands in each.

    Args:
        folder: The folder of the record file.
        names: The names of the files in it.
        deletion: What was deleted: its ids are looked for.
        words: Names and texts that are looked for too.
    """
    spelled = [form for word in words if word for form in _spellings(word)]
    for inner, name in _all_files(folder, names):
        with suppress(FileNotFoundError):
            data = inner.read(name)
            shown = name if inner is folder else f"{inner.path.name}/{name}"
            # Documents of which only a part is gone are still there.
            ids = sum(deletion.knows(id) for id in deletion.named_in(data))
            yield shown, ids + sum(form in data for form in spelled)


def _spellings(word: str) -> Sequence[bytes]:
    """Return how a text stands in JSON, and in a text in JSON."""
    once = json.dumps(word, ensure_ascii=False)[1:-1]
    twice = json.dumps(once, ensure_ascii=False)[1:-1]
    return [one.encode("utf-8", "surrogatepass") for one in {word, once, twice}]


def _all_files(folder: Folder, names: Names) -> Iterator[tuple[Folder, str]]:
    for name in folder.names():
        own = {names.record, names.journal, names.history, names.deletions}
        if name in own or name.startswith(names.temporary):
            yield folder, name
    for sub in (names.backups, names.quarantine, names.sessions):
        inner = folder.sub(sub)
        if inner is not None:
            with closing(inner):
                yield from ((inner, name) for name in inner.names())
