"""Keeping aside what is damaged or does not belong. Nothing here is ever deleted by the program."""

from __future__ import annotations

import os
from datetime import datetime

from data.storage.folder import Folder, write_all
from data.storage.names import Names


def keep(folder: Folder, names: Names, what: str, data: bytes) -> tuple[str, bool]:
    """Keep bytes aside. Returns where, and whether they were not there already."""
    # only where something has to be kept aside
    from hashlib import sha256

    mark = sha256(data).hexdigest()[:16]
    place = folder.make_sub(names.quarantine)
    try:
        for name in place.names():
            if name.endswith(f"-{what}-{mark}"):
                return f"{names.quarantine}/{name}", False
        stamp = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S")
        name = f"{stamp}-{what}-{mark}"
        part = f"{name}.part"
        place.unlink(part, missing_ok=True)
        fd = place.create(part)
        try:
            write_all(fd, data, 0, folder.disk)
            folder.disk.fsync(fd)
        finally:
            os.close(fd)
        place.rename(part, name)
        place.sync()
    finally:
        place.close()
    return f"{names.quarantine}/{name}", True
