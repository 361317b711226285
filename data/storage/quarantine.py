"""Keeping what is damaged or does not belong. The program never deletes it by itself."""

from __future__ import annotations

import os
from datetime import datetime

from data.digest import sha256
from data.storage.folder import Folder, write_all
from data.storage.names import Names


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
    mark = sha256(data).hex()[:16]
    aside = folder.make_sub(names.quarantine)
    try:
        for name in aside.names():
            if name.endswith(f"-{what}-{mark}"):
                return f"{names.quarantine}/{name}", False
        stamp = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S")
        name = f"{stamp}-{what}-{mark}"
        part = f"{name}.part"
        aside.unlink(part, missing_ok=True)
        fd = aside.create(part)
        try:
            write_all(fd, data, 0, folder.disk)
            folder.disk.fsync(fd)
        finally:
            os.close(fd)
        aside.rename(part, name)
        aside.sync()
    finally:
        aside.close()
    return f"{names.quarantine}/{name}", True
