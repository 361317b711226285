"""Looking over a record file and all that belongs to it, and mending it.

`examine` changes nothing. `repair` does what opening the file does, and writes anew what is
damaged; what was there is kept in quarantine.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

from data import clock
from data.access_advice import access_advice
from data.dates import show_date
from data.logins import user_name
from data.mounts import network_file_system
from data.storage import backups, purge_list, recovery
from data.storage.folder import Folder, open_folder
from data.storage.journal import scan
from data.storage.kept.backup import Backup
from data.storage.names import Names
from data.storage.problems import ErrorKind, Notice, NoticeKind, StorageError, kind_of
from data.storage.protocol import NO_RULES, TableRules, Tables
from data.storage.record_file import parse
from data.storage.references import references
from data.storage.snapshot import Fault, Snapshot, Unsound, check_header, read_latest, replay
from data.storage.typed.drafts import ENDING
from data.storage.upkeep.findings import Check, Finding
from data.storage.upkeep.old_states import clean_put_back, has_gone


def examine(path: Path, rules: TableRules | None = None) -> list[Finding]:
    """Return all that there is to tell of a record file. It changes nothing and raises nothing.

    `rules` say which fields refer to other documents; without them that is not looked at.
    """
    try:
        folder, name = open_folder(path)
    except StorageError as problem:
        return [Finding(Check.REFUSED, str(problem))]
    folder.mending = False
    found: list[Finding] = []
    with closing(folder):
        files = partial(_files, rules=rules or {})
        for look in (_modes, files, _backups, _leftovers, _surroundings):
            try:
                found += look(folder, Names(name))
            except StorageError as problem:
                found.append(Finding(Check.REFUSED, str(problem)))
            except OSError as problem:
                refused = StorageError(kind_of(problem), name=str(path))
                found.append(Finding(Check.REFUSED, str(refused)))
    return found


def repair(path: Path, *, by: str | None = None) -> list[Notice]:
    """Mend what can be mended.

    Args:
        path: The record file.
        by: The login name of the user; None for that of the user of this process.

    Returns:
        What was done.

    Raises:
        StorageError: The file cannot be mended, or must not be used.
    """
    # examining a file does not write to it
    from data.storage.backend import fold_file
    from data.storage.upkeep.purging import finish

    finish(path)
    notices = fold_file(path, by=by)
    clean_put_back(path)
    _narrow(path)
    return notices


def _narrow(path: Path) -> None:
    """Take away the rights that others have on files. Opening each of them does that."""
    folder, name = open_folder(path)
    with closing(folder):
        names = Names(name)
        for inner in _folders(folder, names):
            for file in _own_files(inner, folder, names):
                os.close(inner.open(file, os.O_RDONLY))


# -- who may read -----------------------------------------------------------------------------


def _folders(folder: Folder, names: Names) -> Iterator[Folder]:
    """Yield the folder of the record file and those in it that belong to it."""
    yield folder
    for sub in (names.backups, names.quarantine, names.sessions):
        inner = folder.sub(sub)
        if inner is not None:
            with closing(inner):
                yield inner


def _own_files(inner: Folder, folder: Folder, names: Names) -> list[str]:
    """Return the names of those files in one of these folders that belong to the record file."""
    if inner is not folder:
        return inner.names()
    return [
        name
        for name in inner.names()
        if name in {names.record, names.journal, names.lock, names.reserve}
        or name in {names.deletions, names.deleting}
        or name.startswith(names.temporary)
    ]


def _modes(folder: Folder, names: Names) -> Iterator[Finding]:
    """Find files that belong to others, or that others may read."""
    subs = (names.backups, names.quarantine, names.sessions)
    for name in (*_own_files(folder, folder, names), *subs):
        found = folder.stat(name)
        kind = stat.S_ISDIR if name in subs else stat.S_ISREG
        if found is None or not kind(found.st_mode):
            continue  # a link or the like is refused when it is opened
        foreign = found.st_uid != os.geteuid() and not (folder.team and found.st_gid == folder.gid)
        if foreign:
            said = access_advice(folder.path / name, foreign=True)
            yield Finding(Check.OWNER, name, said)
        elif stat.S_IMODE(found.st_mode) & 0o077 & ~(0o070 if folder.team else 0):
            yield Finding(Check.MODE, name)


# -- record file and journal ------------------------------------------------------------------


def _files(folder: Folder, names: Names, rules: TableRules) -> Iterator[Finding]:
    """Find what is wrong with the record file and its journal."""
    try:
        snapshot = read_latest(folder, names, writing=False, whole=True)
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
    yield from _records(snapshot.tables, rules)


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
"""What mending would tell -> what is told before it is done."""


def _unsound(folder: Folder, names: Names, fault: Fault) -> Finding:
    """Return what is wrong with files that have to be mended, and whether they can be."""
    try:
        found = recovery.preview(folder, names, fault)
    except StorageError as problem:
        if problem.kind is not ErrorKind.DAMAGED:
            raise
        return Finding(Check.HOPELESS, names.record)
    if fault is Fault.EARLIER:
        return Finding(Check.EARLIER, names.record, more=found.notices[-1].kept)
    if fault is Fault.UNCLEANED:  # it may be an earlier copy too, but says so when it is mended
        return Finding(Check.UNCLEANED, names.record)
    for notice in found.notices:
        if notice.kind in _CHECK_OF_NOTICE:
            return Finding(_CHECK_OF_NOTICE[notice.kind], names.record)
    others = {
        Fault.NOTHING: Check.NO_FILE,
        Fault.NO_JOURNAL: Check.NO_JOURNAL,
    }
    return Finding(others.get(fault, Check.BAD_HEADER), names.record)


def _sound(snapshot: Snapshot, names: Names) -> Finding:
    count = sum(len(docs) for docs in snapshot.tables.values())
    waiting = snapshot.seq - snapshot.meta.seq
    return Finding(Check.SOUND, names.record, str(waiting), count)


def _records(tables: Tables, rules: TableRules) -> Iterator[Finding]:
    """Find documents that somebody has edited by hand, and not well."""
    for table, docs in tables.items():
        for id, doc in docs.items():
            if not (id.isascii() and id.isdigit()):
                yield Finding(Check.BAD_ID, id, table)
            rev = doc.get("rev")
            if type(rev) is not int or rev < 1:
                yield Finding(Check.BAD_REV, id, table)
            named: dict[tuple[str, str], bool] = {}
            for field, (there, other) in references(doc, rules.get(table, NO_RULES)):
                if other.isdigit():  # else it is no id: "mentee", for example
                    key = field, other
                    named[key] = named.get(key, False) or other in tables.get(there, {})
            for field in dict.fromkeys(field for (field, _id), found in named.items() if not found):
                yield Finding(Check.DANGLING, id, f"{table}.{field}")


# -- backups and the rest ---------------------------------------------------------------------


def _backups(folder: Folder, names: Names) -> Iterator[Finding]:
    """Find how many backups there are, and which of them are damaged."""
    inner = folder.sub(names.backups)
    found = []
    if inner is not None:
        with closing(inner):
            deletions, of_before = purge_list.read(folder, names), 0
            for backup in backups.find(inner):
                tables = sound_tables(inner, backup)
                if tables is None:
                    yield Finding(Check.BAD_BACKUP, backup.name)
                    continue
                found.append(backup)
                of_before += has_gone(deletions, tables)
            if of_before:
                yield Finding(Check.OLD_BACKUPS, count=of_before)
    if not found:
        yield Finding(Check.NO_BACKUPS)
    else:
        latest = f"{show_date(found[-1].at.date())} {found[-1].at:%H:%M}"
        yield Finding(Check.BACKUPS, more=latest, count=len(found))
        of_today = [backup for backup in found if backup.at.date() == clock.today()]
        if of_today:
            yield Finding(Check.TODAY, more=f"{of_today[0].at:%H:%M}")


def is_sound(inner: Folder, backup: Backup) -> bool:
    """Return whether a backup can be read and its journal has no gap."""
    return sound_tables(inner, backup) is not None


def sound_tables(inner: Folder, backup: Backup) -> Tables | None:
    """Return what a backup has; None if it cannot be read, or its journal has a gap."""
    try:
        content = parse(inner.read(backup.record))
        journal = scan(inner.read(backup.journal))
        head = check_header(journal, backup.journal)
    except (OSError, ValueError, StorageError):
        return None
    if not content.sound or content.meta is None or head is None:
        return None
    missing = replay(journal.records[1:], content.tables, content.meta.seq).missing
    return None if missing else content.tables


def _leftovers(folder: Folder, names: Names) -> Iterator[Finding]:
    """Find what sessions that died have left, and what is in quarantine."""
    if folder.stat(names.deleting) is not None:
        yield Finding(Check.DELETING, names.record)
    for name in folder.names():
        if name.startswith(names.temporary):
            yield Finding(Check.LEFTOVER, name)
    inner = folder.sub(names.sessions)
    if inner is not None:
        with closing(inner):
            for name in inner.names():
                found = inner.stat(name)
                if found is None or not name.endswith(ENDING) or not found.st_size:
                    continue
                if _is_dead(inner, name):
                    yield Finding(Check.DRAFT, name, user_name(found.st_uid))
    inner = folder.sub(names.quarantine)
    if inner is not None:
        with closing(inner):
            count = len(inner.names())
        if count:
            yield Finding(Check.QUARANTINE, names.quarantine, count=count)


def _is_dead(inner: Folder, name: str) -> bool:
    """Return whether the session of a draft file has died: nobody locks the file."""
    # only where an earlier session has left something
    import fcntl

    fd = inner.open(name, os.O_RDONLY)
    try:
        inner.disk.flock(fd, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    finally:
        os.close(fd)
    return True


def _surroundings(folder: Folder, names: Names) -> Iterator[Finding]:
    """Find what is amiss about the disk."""
    kind = network_file_system(folder.path)
    if kind:
        yield Finding(Check.NETWORK, more=kind)
    if folder.stat(names.record) is not None and folder.stat(names.reserve) is None:
        yield Finding(Check.NO_RESERVE)
