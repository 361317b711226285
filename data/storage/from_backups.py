"""Putting the documents together from backups.

Each backup is a record file with its journal, and the journal leads on to the next one. So all can
be put together from the newest backup whose record file can be read and all journals since then.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from data.storage import backups, migrations
from data.storage.folder import Folder
from data.storage.journal import FORMAT, newest, scan
from data.storage.kept.backup import Backup
from data.storage.problems import Notice
from data.storage.protocol import Tables
from data.storage.record_file import Meta, parse, read
from data.storage.snapshot import check_header, replay


@dataclass
class Recovered:
    """The documents as they could be put together."""

    tables: Tables
    seq: int
    """The number of the last commit that is in them."""
    meta: Meta | None = None
    """What the record file that they come from says of itself; None if they come from none."""
    notices: list[Notice] = field(default_factory=list)
    """What the user is to be told."""


def state_of_backups(folder: Folder, upto: str = "", *, whole: bool = True) -> Recovered | None:
    """Return the documents as they were at the end of a backup, in the present format.

    Args:
        folder: The folder of backups.
        upto: The name of the backup; "" for the newest.
        whole: Whether all documents are decoded at once. They need not be to be counted.

    Returns:
        None if they cannot be put together without a gap.
    """
    found = as_written(folder, upto, whole=whole)
    return in_present_format(found) if found is not None else None


def in_present_format(found: Recovered, form: int | None = None) -> Recovered:
    """Return documents brought to the present format.

    Args:
        found: The documents.
        form: The number of their format; None for the one that their record file names.
    """
    if form is None:
        form = found.meta.format if found.meta else FORMAT
    found.tables = migrations.upgrade(found.tables, form, FORMAT)
    return found


def as_written(folder: Folder, upto: str = "", *, whole: bool = True) -> Recovered | None:
    """Return the documents at the end of a backup, in the format in which they were written.

    Journals can only be applied to documents of their own format. See `state_of_backups`.
    """
    found = backups.find(folder)
    if upto:
        names = [backup.name for backup in found]
        if upto not in names:
            return None
        found = found[: names.index(upto) + 1]
    for start in range(len(found) - 1, -1, -1):
        state = _read_backup(folder, found[start], whole=whole)
        if state is not None and all(_add_journal(folder, b, state) for b in found[start:]):
            return state
    return None


def _add_journal(folder: Folder, backup: Backup, state: Recovered) -> bool:
    """Apply the journal of a backup. Return False if something is missing before or in it."""
    try:
        journal = scan(folder.read(backup.journal))
    except FileNotFoundError:
        return backup.gen == (state.meta.gen if state.meta else 0)
    head = check_header(journal, backup.journal)
    if head is None or head["base"] > state.seq:
        return False
    done = replay(journal.records, state.tables, state.seq)
    state.seq = done.seq
    return not done.missing


def _read_backup(folder: Folder, backup: Backup, *, whole: bool) -> Recovered | None:
    """Return what the record file of a backup holds; None if it cannot be relied on."""
    try:
        data = folder.read(backup.record)
        content = parse(data) if whole else read(data)
    except (FileNotFoundError, ValueError):
        return None
    if not content.sound or content.meta is None or content.format > newest():
        return None
    return Recovered(content.tables, content.meta.seq, content.meta)
