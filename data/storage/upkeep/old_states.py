"""Taking what is deleted for good out of backups and out of quarantine.

Whatever holds nothing of it stays as it is, byte for byte.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from data.logins import user_name
from data.storage import backups, purge_list
from data.storage.deletion import Deletion
from data.storage.disk import REAL
from data.storage.folder import Folder, write_all
from data.storage.generation import Files
from data.storage.journal import frame, header, is_header, newest, scan, to_json, unframe
from data.storage.kept.backup import Backup
from data.storage.lock import Lock
from data.storage.protocol import Doc, Tables
from data.storage.quarantine import without
from data.storage.record_file import Meta, NotTinyDB, read, write
from data.storage.session_files import SessionFiles
from data.storage.snapshot import replay

PART = ".part"
"""How the names of half-written files end."""


@dataclass(frozen=True, slots=True)
class OldState:
    """A backup, or a file in quarantine, whose documents can be read."""

    name: str
    tables: Tables
    """The documents, at the end of its journal."""
    journal: list[Doc]
    """What its journal holds."""
    meta: Meta | None


def read_backup(inner: Folder, backup: Backup) -> tuple[bytes, bytes]:
    """Return the bytes of the record file and the journal of a backup; b"" for a missing one."""
    found = []
    for name in (backup.record, backup.journal):
        try:
            found.append(inner.read(name))
        except FileNotFoundError:
            found.append(b"")
    return found[0], found[1]


def state_of(name: str, record: bytes, journal: bytes = b"") -> OldState | None:
    """Return what files hold; None if their documents cannot be read."""
    try:
        content = read(record)
    except NotTinyDB:
        return None
    if content.format > newest() or (journal and not content.sound):
        return None
    records = scan(journal).records
    meta = content.meta
    if meta is not None:
        meta = replace(meta, seq=replay(records, content.tables, meta.seq).seq)
    return OldState(name, content.tables, records, meta)


def clean_put_back(path: Path) -> None:
    """Take what was deleted for good out of backups, and whole files in quarantine, that came back.

    Somebody has put a folder in place that was copied before the deletion.

    Raises:
        StorageError: The files must not be used.
        OSError: A file cannot be read.
    """
    with closing(SessionFiles(path, user_name(os.geteuid()), REAL, [])) as session:
        files = (session.folder, session.names, session.lock)
        for one in purge_list.read(session.folder, session.names):
            clean_backups(files, one, session.by, _nothing_more)
            clean_aside(files, one, None, _nothing_more)


def _nothing_more() -> None:
    """Tell nobody how far it is."""


def has_gone(deletions: Iterable[Deletion], tables: Tables) -> bool:
    """Return whether something that was deleted for good is in tables."""
    return any(one.touched(name, docs) for one in deletions for name, docs in tables.items())


# -- backups -----------------------------------------------------------------------------------


def clean_backups(
    files: Files, deletion: Deletion, by: str, step: Callable[[], None]
) -> tuple[list[str], list[str]]:
    """Take what is gone out of all backups.

    One that cannot be written again, because the disk is full or it is damaged, is deleted.

    Args:
        files: The files, whose lock must not be held.
        deletion: What is gone.
        by: The login name of the user.
        step: Called when one of them has been dealt with.

    Returns:
        The names of those that were written anew, and of those that were deleted.
    """
    folder, names, lock = files
    rewritten, deleted = [], []
    inner = folder.sub(names.backups)
    if inner is None:
        return [], []
    with closing(inner):
        for backup in backups.find(inner):
            record, journal = read_backup(inner, backup)
            if deletion.named_in(record) or deletion.named_in(journal):
                state = state_of(backup.name, record, journal)
                try:
                    if state is None or state.meta is None:
                        raise ValueError("it cannot be read")
                    _rewrite(inner, lock, state, deletion, by)
                    rewritten.append(backup.name)
                except (OSError, ValueError):
                    with lock:
                        for name in (backup.record, backup.journal):
                            inner.unlink(name + PART, missing_ok=True)
                            inner.unlink(name, missing_ok=True)
                        inner.sync()
                    deleted.append(backup.name)
            step()
        _clean_others(files, inner, deletion)
    return rewritten, deleted


def _rewrite(inner: Folder, lock: Lock, state: OldState, deletion: Deletion, by: str) -> None:
    """Write a backup without what is gone: all in its record file, with an empty journal."""
    meta = state.meta
    assert meta is not None, "it was read"  # noqa: S101
    deletion.clean(state.tables)
    said = header(meta.format, meta.id, gen=meta.gen, base=meta.seq, at=meta.at, by=by)
    head = frame(said)
    record, journal = f"{state.name}.json", f"{state.name}.journal"
    _put_beside(inner, record, lambda fd: write(fd, state.tables, meta, inner.disk))
    _put_beside(inner, journal, lambda fd: write_all(fd, head, 0, inner.disk))
    with lock:
        # A fold may have found just now that it need not be kept any longer.
        if inner.stat(record) is not None:
            inner.rename(record + PART, record)
            inner.rename(journal + PART, journal)
            inner.sync()
    for name in (record, journal):
        inner.unlink(name + PART, missing_ok=True)


def _put_beside(inner: Folder, name: str, fill: Callable[[int], object]) -> None:
    """Write a file beside the one of that name, and sync it."""
    inner.unlink(name + PART, missing_ok=True)
    fd = inner.create(name + PART)
    try:
        fill(fd)
        inner.disk.fsync(fd)
    finally:
        os.close(fd)


def _clean_others(files: Files, inner: Folder, deletion: Deletion) -> None:
    """Deal with what is in the folder of backups and is none, such as half of one."""
    with files[2]:
        known = {name for one in backups.find(inner) for name in (one.record, one.journal)}
        for name in inner.names():
            found = inner.stat(name)
            if name not in known and found is not None and deletion.named_in(inner.read(name)):
                inner.unlink(name)
        inner.sync()


# -- quarantine --------------------------------------------------------------------------------


def clean_aside(
    files: Files,
    deletion: Deletion,
    present: Tables | None,
    step: Callable[[], None],
) -> tuple[list[str], list[str]]:
    """Take what is gone out of quarantine.

    Of what is no whole file those lines are left that can be read and are about something else:
    what cannot be read may be about anything.

    Args:
        files: The files.
        deletion: What is gone.
        present: The documents that there are now; None if parts of files are to stay as they are.
        step: Called when a file has been dealt with.

    Returns:
        The names of those that were written anew, and of those that were deleted.
    """
    folder, names, lock = files
    rewritten, deleted = [], []
    inner = folder.sub(names.quarantine)
    if inner is None:
        return [], []
    with closing(inner):
        with lock:  # whoever keeps something there holds it
            for name in inner.names():
                if name.endswith(PART):
                    inner.unlink(name)
        for name in inner.names():
            data = inner.read(name)
            state = state_of(name, data)
            left = _left_of_file(deletion, data, state, present)
            try:
                if left is None:
                    continue
                _put_beside(inner, name, left)
                inner.rename(name + PART, name)
                rewritten.append(name)
            except (OSError, ValueError):
                inner.unlink(name + PART, missing_ok=True)
                inner.unlink(name, missing_ok=True)
                deleted.append(name)
            finally:
                step()
        inner.sync()
    return rewritten, deleted


def _left_of_file(
    deletion: Deletion, data: bytes, state: OldState | None, present: Tables | None
) -> Callable[[int], object] | None:
    """Return what writes a file of quarantine anew; None if it can stay as it is.

    Raises:
        ValueError: Nothing is left of it.
    """
    if state is not None:
        if not deletion.named_in(data):
            return None
        meta = state.meta
        if meta is None:
            return _writes(without([deletion], data))
        deletion.clean(state.tables)
        return lambda fd: write(fd, state.tables, meta)
    if present is None:
        return None
    lines = list(_readable(deletion, data, present))
    left = b"".join(b"%s\n" % line for line in lines)
    if left.replace(b"\n", b"") == data.replace(b"\n", b""):
        return None
    return _writes(left) if lines else _nothing


def _writes(data: bytes) -> Callable[[int], object]:
    return lambda fd: write_all(fd, data, 0)


def _nothing(_fd: int) -> None:
    raise ValueError("nothing is left of it")


def _readable(deletion: Deletion, data: bytes, present: Tables) -> Iterator[bytes]:
    """Yield those lines of a part of a file that can be read and are about something else."""
    drafts: dict[object, bool] = {}
    table = ""
    for line in data.split(b"\n"):
        text = line.strip().removesuffix(b",")
        record = unframe(text)
        if record is not None:
            keeps = _keeps(deletion, record, present, drafts)
        elif text.endswith(b":{") or text in {b"}", b"{"} or text.startswith(b'{"_meta"'):
            with suppress(ValueError):
                table = str(json.loads(text[:-2]))
            keeps = not deletion.named_in(text)
        else:
            yield from _other_documents(deletion, table, text)
            continue
        if keeps and text:
            yield line


def _other_documents(deletion: Deletion, table: str, text: bytes) -> Iterator[bytes]:
    """Yield a line that is one document, if that is something else than what is gone."""
    try:
        pairs = json.loads(b"{%s}" % text)
        for id, doc in pairs.items():
            left = deletion.left_of(table, id, text)
            if left is not None:
                yield b"%s:%s," % (to_json(id), to_json(left)) if left != doc else text + b","
    except (ValueError, RecursionError, AttributeError):
        return


def _keeps(deletion: Deletion, record: Doc, present: Tables, drafts: dict[object, bool]) -> bool:
    """Whether a line of a journal or a draft is about something else than what is gone.

    `drafts` remembers which fields of a draft are.
    """
    if is_header(record) or "h" in record:
        return True
    if "k" in record:
        if "t" in record:
            known = record.get("i") in present.get(str(record["t"]), {})
            drafts[record["k"]] = known
        if deletion.named_in(to_json(record)):
            drafts[record["k"]] = False
        return drafts.get(record["k"], False)
    ops = record.get("ops")
    if not isinstance(ops, list) or deletion.named_in(to_json(record)):
        return False
    return all(
        isinstance(op, dict) and ("put" in op or op.get("i") in present.get(str(op.get("t")), {}))
        for op in ops
    )
