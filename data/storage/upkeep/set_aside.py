"""What lies in quarantine, and which of it is a whole record file that can be restored."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from datetime import datetime
from typing import NamedTuple

from data.storage import migrations
from data.storage.folder import Folder
from data.storage.from_backups import Recovered
from data.storage.journal import FORMAT, newest
from data.storage.kept.backup import time_of
from data.storage.problems import StorageError
from data.storage.quarantine import STATE
from data.storage.record_file import HEAD, NotTinyDB, parse, read_head

_WHOLE = {"edited", "original"}
"""The words in the names of files that are whole, beside `STATE`."""
_NAME = re.compile(r"(\d{8}-\d{6})-([a-z]+)-([0-9a-f]+)")


class SetAside(NamedTuple):
    """A file in quarantine."""

    name: str
    at: datetime
    """When it was set aside, in local time."""
    whole: bool
    """Whether it is a whole record file, which can be restored."""


def find(aside: Folder) -> list[SetAside]:
    """Return the files in a folder of quarantine, oldest first."""
    found = []
    for name in aside.names():
        match = _NAME.fullmatch(name)
        if match is not None:
            with suppress(ValueError):
                whole = _is_whole(aside, name, match[2])
                found.append(SetAside(name, time_of(match[1]), whole))
    return found


def _is_whole(aside: Folder, name: str, what: str) -> bool:
    """Whether a file is a record file as it was, of this program or another, and not damaged."""
    if what != STATE:
        return what in _WHOLE
    # Earlier versions of this program kept under this name only what differed.
    with suppress(OSError, StorageError):
        fd = aside.open(name, os.O_RDONLY)
        try:
            return read_head(aside.disk.pread(fd, HEAD, 0)) is not None
        finally:
            os.close(fd)
    return False


def state_of(aside: Folder, name: str) -> Recovered | None:
    """Return the documents of a file in quarantine; None if it is not a whole one."""
    if not any(one.name == name and one.whole for one in find(aside)):
        return None
    try:
        content = parse(aside.read(name))
    except NotTinyDB:
        return None
    if content.format > newest():
        return None
    tables = migrations.upgrade(content.tables, content.format, FORMAT)
    return Recovered(tables, content.meta.seq if content.meta else 0, content.meta)
