"""Looking a record file and all that belongs to it over, and mending it.

`examine` changes nothing. `repair` does what opening the file does, and writes what was damaged
anew; originals are kept in quarantine.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from data.dates import show_date
from data.storage import backups, recovery
from data.storage.drafts import ENDING
from data.storage.findings import Check, Finding
from data.storage.folder import Folder, open_folder, user_name
from data.storage.journal import scan
from data.storage.mounts import network_file_system
from data.storage.names import Names
from data.storage.problems import ErrorKind, Notice, NoticeKind, StorageError, kind_of
from data.storage.protocol import Doc, Tables
from data.storage.record_file import parse
from data.storage.snapshot import Fault, Snapshot, Unsound, check_header, read_snapshot, replay

_REFERENCES = ("_id", "_ids")


def examine(path: Path) -> list[Finding]:
    """Return what there is to be said about a record file. Changes nothing, raises nothing."""
    try:
        folder, name = open_folder(path)
    except StorageError as problem:
        return [Finding(Check.REFUSED, str(problem))]
    folder.mending = False
    found: list[Finding] = []
    with closing(folder):
        for look in (_modes, _files, _backups, _leftovers, _surroundings):
            try:
                found += look(folder, Names(name))
            except StorageError as problem:
                found.append(Finding(Check.REFUSED, str(problem)))
            except OSError as problem:
                refused = StorageError(kind_of(problem), name=str(path))
                found.append(Finding(Check.REFUSED, str(refused)))
    return found


def repair(path: Path, *, by: str | None = None) -> list[Notice]:
    """Mend what can be mended. Returns what was done. Raises `StorageError` where it cannot be."""
    # examining a file does not write to it
    from data.storage.backend import JournalBackend

    backend = JournalBackend(path, by=by)
    backend.load()
    backend.close()
    _narrow(path)
    return backend.notices


def _narrow(path: Path) -> None:
    """Open every file once: that takes away the rights that others have on it."""
    folder, name = open_folder(path)
    with closing(folder):
        names = Names(name)
        for place in _places(folder, names):
            for file in _own_files(place, folder, names):
                os.close(place.open(file, os.O_RDONLY))


# -- who may read -----------------------------------------------------------------------------


def _places(folder: Folder, names: Names) -> Iterator[Folder]:
    yield folder
    for sub in (names.backups, names.quarantine, names.sessions):
        place = folder.sub(sub)
        if place is not None:
            with closing(place):
                yield place


def _own_files(place: Folder, folder: Folder, names: Names) -> list[str]:
    if place is not folder:
        return place.names()
    return [
        name
        for name in place.names()
        if name in {names.record, names.journal, names.lock, names.reserve}
        or name.startswith(names.temporary)
    ]


def _modes(folder: Folder, names: Names) -> Iterator[Finding]:
    subs = (names.backups, names.quarantine, names.sessions)
    for name in (*_own_files(folder, folder, names), *subs):
        found = folder.stat(name)
        kind = stat.S_ISDIR if name in subs else stat.S_ISREG
        if found is None or not kind(found.st_mode):
            continue  # A link or the like is refused when it is opened.
        foreign = found.st_uid != os.geteuid() and not (folder.team and found.st_gid == folder.gid)
        if foreign:
            yield Finding(Check.OWNER, name, user_name(found.st_uid))
        elif stat.S_IMODE(found.st_mode) & 0o077 & ~(0o070 if folder.team else 0):
            yield Finding(Check.MODE, name)


# -- record file and journal ------------------------------------------------------------------


def _files(folder: Folder, names: Names) -> Iterator[Finding]:
    try:
        snapshot = read_snapshot(folder, names, writing=False)
    except Unsound as problem:
        yield _unsound(folder, names, problem.fault)
        return
    os.close(snapshot.journal_fd)
    found = scan(folder.read(names.journal))
    if found.damaged:
        yield Finding(Check.LINES, names.journal, count=len(found.damaged))
    if found.torn:
        yield Finding(Check.TORN, names.journal)
    missing = replay(found.records[1:], {}, snapshot.meta.seq).missing
    if missing:
        yield Finding(Check.GAP, names.journal, count=missing)
    if not (found.damaged or found.torn or missing):
        yield _sound(snapshot, names)
    yield from _records(snapshot.tables)


_CHECK_OF_NOTICE = {
    NoticeKind.ADOPTED: Check.PLAIN,
    NoticeKind.UPGRADED: Check.OLDER,
    NoticeKind.EDITED: Check.EDITED,
    NoticeKind.REBUILT: Check.MISSING,
    NoticeKind.REBUILT_PART: Check.MISSING,
    NoticeKind.FROM_BACKUP: Check.DAMAGED,
    NoticeKind.FROM_BACKUP_PART: Check.DAMAGED_PART,
    NoticeKind.SALVAGED: Check.DAMAGED_PART,
    NoticeKind.OLD_JOURNAL: Check.STRANGE_JOURNAL,
}
"""What `repair` would tell of the files -> what is said before."""


def _unsound(folder: Folder, names: Names, fault: Fault) -> Finding:
    """Say what is wrong with the files, and whether `repair` would get at what they hold."""
    try:
        found = recovery.preview(folder, names, fault)
    except StorageError as problem:
        if problem.kind is not ErrorKind.DAMAGED:
            raise
        return Finding(Check.HOPELESS, names.record)
    for notice in found.notices:
        if notice.kind in _CHECK_OF_NOTICE:
            return Finding(_CHECK_OF_NOTICE[notice.kind], names.record)
    others = {Fault.NOTHING: Check.NO_FILE, Fault.NO_JOURNAL: Check.NO_JOURNAL}
    return Finding(others.get(fault, Check.BAD_HEADER), names.record)


def _sound(snapshot: Snapshot, names: Names) -> Finding:
    count = sum(len(docs) for docs in snapshot.tables.values())
    waiting = snapshot.seq - snapshot.meta.seq
    return Finding(Check.SOUND, names.record, str(waiting), count)


def _records(tables: Tables) -> Iterator[Finding]:
    ids = {id for docs in tables.values() for id in docs}
    for table, docs in tables.items():
        for id, doc in docs.items():
            if not (id.isascii() and id.isdigit()):
                yield Finding(Check.BAD_ID, id, table)
            rev = doc.get("rev")
            if type(rev) is not int or rev < 1:
                yield Finding(Check.BAD_REV, id, table)
            if any(reference not in ids for reference in _references(doc)):
                yield Finding(Check.DANGLING, id, table)


def _references(doc: Doc) -> Iterator[str]:
    """Yield the ids that a document refers to: fields named `..._id` and `..._ids`."""
    for name, value in doc.items():
        if name.endswith(_REFERENCES):
            values = value if isinstance(value, list) else [value]
            yield from (v for v in values if isinstance(v, str) and v.isdigit())


# -- backups and the rest ---------------------------------------------------------------------


def _backups(folder: Folder, names: Names) -> Iterator[Finding]:
    place = folder.sub(names.backups)
    found = []
    if place is not None:
        with closing(place):
            for backup in backups.find(place):
                if _is_sound(place, backup):
                    found.append(backup)
                else:
                    yield Finding(Check.BAD_BACKUP, backup.name)
    if not found:
        yield Finding(Check.NO_BACKUPS)
    else:
        latest = f"{show_date(found[-1].at.date())} {found[-1].at:%H:%M}"
        yield Finding(Check.BACKUPS, more=latest, count=len(found))


def _is_sound(place: Folder, backup: backups.Backup) -> bool:
    """Whether a backup can be read, and nothing is missing from its journal."""
    try:
        content = parse(place.read(backup.record))
        journal = scan(place.read(backup.journal))
        head = check_header(journal, backup.journal)
    except (OSError, ValueError, StorageError):
        return False
    if not content.sound or content.meta is None or head is None:
        return False
    return not replay(journal.records[1:], {}, content.meta.seq).missing


def _leftovers(folder: Folder, names: Names) -> Iterator[Finding]:
    for name in folder.names():
        if name.startswith(names.temporary):
            yield Finding(Check.LEFTOVER, name)
    place = folder.sub(names.sessions)
    if place is not None:
        with closing(place):
            for name in place.names():
                found = place.stat(name)
                if found is None or not name.endswith(ENDING) or not found.st_size:
                    continue
                if _is_dead(place, name):
                    yield Finding(Check.DRAFT, name, user_name(found.st_uid))
    place = folder.sub(names.quarantine)
    if place is not None:
        with closing(place):
            count = len(place.names())
        if count:
            yield Finding(Check.QUARANTINE, names.quarantine, count=count)


def _is_dead(place: Folder, name: str) -> bool:
    # only where an earlier session has left something
    import fcntl

    fd = place.open(name, os.O_RDONLY)
    try:
        place.disk.flock(fd, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    finally:
        os.close(fd)
    return True


def _surroundings(folder: Folder, names: Names) -> Iterator[Finding]:
    kind = network_file_system(folder.path)
    if kind:
        yield Finding(Check.NETWORK, more=kind)
    if folder.stat(names.record) is not None and folder.stat(names.reserve) is None:
        yield Finding(Check.NO_RESERVE)
