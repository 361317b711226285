"""Keeping what is damaged or does not belong. The program never deletes it by itself."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable
from contextlib import closing
from typing import TYPE_CHECKING
from zlib import crc32

from data import clock
from data.digest import sha256
from data.storage import purge_list
from data.storage.folder import Folder, write_all
from data.storage.journal import frame, to_json, unframe
from data.storage.names import Names
from data.storage.protocol import MARKS, Tables
from data.storage.record_file import META, Meta, lines_of, write

if TYPE_CHECKING:
    from data.storage.deletion import Deletion

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
        The same bytes are kept once only, however often they are found. What was deleted for good
        is not among them.
    """
    data = without(purge_list.read(folder, names), data)
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
        The name of the file in that folder. What was deleted for good is not in it.
    """
    tables, _gone = purge_list.cleaned(folder, names, tables)
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
        name = f"{clock.now():%Y%m%d-%H%M%S}{ending}"
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


def without(deletions: Iterable[Deletion], data: bytes) -> bytes:
    """Return the bytes of some file without what was deleted for good.

    They may be a record file, whole or damaged, or lines of a journal. Those themselves are
    returned if they name nothing of it.
    """
    for one in deletions:
        if one.named_in(data):
            data = _whole(one, data) or _lines(one, data)
    return data


def _whole(deletion: Deletion, data: bytes) -> bytes | None:
    """Return a whole file of tables without what is gone; None if it is none."""
    try:
        found = json.loads(data)
        meta = found.pop(META, None)
        if not all(type(doc) is dict for docs in found.values() for doc in docs.values()):
            return None
        deletion.clean(found)
    except (ValueError, RecursionError, AttributeError, TypeError):
        return None
    found.pop(MARKS, None)
    return to_json(found if meta is None else {META: meta, **found}) + b"\n"


def _lines(deletion: Deletion, data: bytes) -> bytes:
    kept: list[bytes] = []
    for line in data.split(b"\n"):
        if not deletion.named_in(line):
            if line.startswith(b"}") and kept:
                kept[-1] = kept[-1].removesuffix(b",")
            kept.append(line)
        elif (left := _left_of_commit(deletion, line)) is not None:
            kept.append(left)
    return b"\n".join(kept)


def _left_of_commit(deletion: Deletion, line: bytes) -> bytes | None:
    """Return the line of a commit without what it does to documents that are gone; None if none."""
    record = unframe(line.removesuffix(b"\r"))
    if record is None or not isinstance(record.get("ops"), list):
        return None
    kept = [one for one in record["ops"] if not deletion.named_in(to_json(one))]
    record.pop("purge", None)
    return frame({**record, "ops": kept}).removesuffix(b"\n")
