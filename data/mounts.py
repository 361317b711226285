"""Telling on what kind of file system a folder is, such as a network drive."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

_NETWORK = ("nfs", "cifs", "smb", "9p", "afs", "ceph", "glusterfs", "fuse.")
_MOUNTS = Path("/proc/self/mountinfo")

Mount = tuple[str, str]
"""The folder where a file system begins, and its type."""


def mounts(file: Path = _MOUNTS) -> list[Mount]:
    """Return the file systems of this computer, in the order of the kernel; none if it has no list.

    Whoever asks about many folders reads them once.
    """
    try:
        lines = file.read_text("utf-8", "surrogateescape").splitlines()
    except OSError:
        return []
    found = []
    for line in lines:
        before, _dash, after = line.partition(" - ")
        fields = before.split(" ")
        if len(fields) >= 5 and after:
            found.append((fields[4].replace("\\040", " "), after.split(" ")[0]))
    return found


def network_file_system(folder: Path, known: Sequence[Mount] | None = None) -> str:
    """Return the type of the network file system that a folder is on; "" if it is on none.

    Args:
        folder: The folder.
        known: What `mounts` has returned; None to ask now.
    """
    kind = file_system(folder, known)
    return kind if kind.startswith(_NETWORK) else ""


def file_system(folder: Path, known: Sequence[Mount] | None = None) -> str:
    """Return the type of the file system that a folder is on; "" where it cannot be told."""
    above = {str(one) for one in (folder, *folder.parents)}
    best, kind = "", ""
    for point, type in mounts() if known is None else known:
        if point in above and len(point) >= len(best):
            best, kind = point, type
    return kind
