"""Keeping what is damaged or does not belong. The program never deletes it by itself."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import closing
from datetime import datetime
from zlib import crc32

from data.digest import sha256
from data.storage.folder import Folder, write_all
from data.storage.journal import to_json
from data.storage.names import Names
from data.storage.protocol import Tables
from data.storage.record_file import Meta, lines_of, write

STATE = "replaced"
"""The word in the names of states in whose place another file has come."""


def keep(folder: Folder, names: Names, what: str, data: bytes) -> tuple[str, bool]:
    """Keep bytes in the folder of quarantine.

    Args:
        folder: The folder of the record file.
        names: The names of the files in it.
        what: What the bytes are, for the name of the file: a word such as "line".
        data: The bytes.

    Returns:
        Where they are, from the folder of the record file; and whether they were not there before.
        The same bytes are kept once only, however often they are found.
    """
    ending = f"-{what}-{sha256(data).hex()[:16]}"
    return _keep(folder, names, ending, lambda fd: write_all(fd, data, 0, folder.disk))


def keep_state(folder: Folder, names: Names, tables: Tables, meta: Meta) -> str:
    """Keep documents as a record file in the folder of quarantine, from where it can be restored.

    Args:
        folder: The folder of the record file.
        names: The names of the files in it.
        tables: The documents.
        meta: What the file says of itself. Sessions that know the same state keep it once only.

    Returns:
        The name of the file in that folder.
    """
    # Two states of one generation may have as many commits: somebody put its journal back. So what
    # the documents are counts too, in whatever order.
    sums = (crc32(line, crc32(to_json(name))) for name in tables for line in lines_of(tables[name]))
    known_by = f"{meta.id},{meta.seq},{sum(sums)}"
    ending = f"-{STATE}-{sha256(known_by.encode()).hex()[:8]}"
    kept = _keep(folder, names, ending, lambda fd: write(fd, tables, meta, folder.disk))[0]
    return kept.rpartition("/")[2]


def _keep(
    folder: Folder, names: Names, ending: str, fill: Callable[[int], object]
) -> tuple[str, bool]:
    """Keep a file, which is filled by a function, unless there is one with that ending."""
    with closing(folder.make_sub(names.quarantine)) as aside:
        for name in aside.names():
            if name.endswith(ending):
                return f"{names.quarantine}/{name}", False
        stamp = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S")
        name = f"{stamp}{ending}"
        part = f"{name}.part"
        aside.unlink(part, missing_ok=True)
        fd = aside.create(part)
        try:
            fill(fd)
            folder.disk.fsync(fd)
        finally:
            os.close(fd)
        aside.rename(part, name)
        aside.sync()
    return f"{names.quarantine}/{name}", True
