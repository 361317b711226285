"""What a draft file says of what was deleted for good: finding it, and overwriting it."""

from __future__ import annotations

from collections.abc import Container, Iterable
from typing import Any

from data.storage.disk import Disk
from data.storage.folder import read_all, write_all
from data.storage.journal import frame, to_json, unframe
from data.storage.protocol import Doc, ForGood


def gone_fields(records: Iterable[Doc], deletions: Iterable[ForGood]) -> set[Any]:
    """Return the numbers of those fields in a draft file that belong to what was deleted for good.

    Args:
        records: The values of the lines of the file.
        deletions: What was deleted for good.
    """
    deletions = tuple(deletions)
    keys: dict[Any, tuple[str, str, Doc]] = {}
    gone = set()
    for record in records if deletions else ():
        if "t" in record and "k" in record:
            about = {"changed_at": str(record.get("at")), "mentee_id": str(record.get("of", ""))}
            keys[record["k"]] = str(record["t"]), str(record.get("i")), about
        if record.get("k") in keys:
            table, id, about = keys[record["k"]]
            line = to_json({**record, **about})
            if any(one.takes(table, id, line) for one in deletions):
                gone.add(record["k"])
    return gone


def blank(fd: int, gone: Container[Any], disk: Disk) -> None:
    """Overwrite the lines of fields in a draft file with empty ones, and sync it.

    The file keeps its length and its lock, so that its session can go on writing at its end. Where
    a field begins, a short line says that the rest of it does not count. Lines that cannot be read
    go too: they may be of such a field.

    Args:
        fd: The open file.
        gone: The numbers of the fields.
        disk: The calls to the operating system.

    Raises:
        OSError: It could not be written, and may hold some of those lines yet.
    """
    at = 0
    for line in read_all(fd, disk).split(b"\n"):
        record = unframe(line) if line else {}
        if record is None or record.get("k") in gone:
            mark = frame({"k": record["k"], "gone": 1})[:-1] if record and "t" in record else b""
            if line != mark:
                write_all(fd, mark.ljust(len(line), b"\n"), at, disk)
        at += len(line) + 1
    disk.fsync(fd)
