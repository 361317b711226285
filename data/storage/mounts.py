"""Telling whether a folder is on a network drive."""

from __future__ import annotations

from pathlib import Path

_NETWORK = ("nfs", "cifs", "smb", "9p", "afs", "ceph", "glusterfs", "fuse.")
_MOUNTS = Path("/proc/self/mountinfo")


def network_file_system(folder: Path, mounts: Path = _MOUNTS) -> str:
    """Return the type of the network file system that a folder is on; "" if it is on none."""
    try:
        lines = mounts.read_text("utf-8", "surrogateescape").splitlines()
    except OSError:
        return ""
    best, kind = "", ""
    for line in lines:
        before, _dash, after = line.partition(" - ")
        fields = before.split(" ")
        if len(fields) < 5 or not after:
            continue
        point = fields[4].replace("\\040", " ")
        if (folder == Path(point) or Path(point) in folder.parents) and len(point) >= len(best):
            best, kind = point, after.split(" ")[0]
    return kind if kind.startswith(_NETWORK) else ""
