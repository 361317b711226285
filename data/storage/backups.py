"""Earlier generations of the record file, each with its journal: five, and one a day for 14 days.

A backup is `<generation>-<time>-<id>.json` and `.journal`, hard links of the files as they were
when the next generation took their place; together they hold everything up to that moment.
"""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from data.storage.folder import Folder, read_all, write_all
from data.storage.names import Names
from data.storage.record_file import Meta

KEPT = 5
"""How many of the latest generations are kept."""
DAYS = 14
"""For how many days the last generation of a day is kept."""
_NAME = re.compile(r"(\d{6,})-(\d{8}-\d{6})-([0-9a-z]+)\.json")
_NO_LINKS = {errno.EPERM, errno.EMLINK, errno.ENOTSUP, errno.ENOSYS, errno.EACCES}


@dataclass(frozen=True, slots=True, order=True)
class Backup:
    """An earlier generation."""

    gen: int
    name: str
    """File name without ending; what `restore` takes."""
    at: datetime
    """Until when it holds everything, local time."""
    id: str

    @property
    def record(self) -> str:
        """Name of its record file."""
        return f"{self.name}.json"

    @property
    def journal(self) -> str:
        """Name of its journal."""
        return f"{self.name}.journal"


def find(place: Folder | None) -> list[Backup]:
    """Return the backups in a backup folder, oldest first."""
    found = []
    for file in place.names() if place is not None else ():
        match = _NAME.fullmatch(file)
        if match is None:
            continue
        try:
            at = _time_of(match[2])
        except ValueError:
            continue
        found.append(Backup(int(match[1]), file.removesuffix(".json"), at, match[3]))
    return sorted(found)


def _time_of(stamp: str) -> datetime:
    """Read `20251124-080500`; it is much faster than to load `strptime`."""
    places = ((0, 4), (4, 6), (6, 8), (9, 11), (11, 13), (13, 15))
    year, month, day, hour, minute, second = (int(stamp[a:b]) for a, b in places)
    return datetime(year, month, day, hour, minute, second).astimezone()


def keep(folder: Folder, names: Names, meta: Meta) -> None:
    """Make a backup of the files in place, whose head is `meta`. The lock must be held."""
    place = folder.make_sub(names.backups)
    try:
        if _is_kept(folder, names, place, meta):
            return
        stamp = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S")
        name = f"{meta.gen:06d}-{stamp}-{meta.id}"
        # The journal first: a backup is there as soon as its record file is.
        _link(folder, names.journal, place, f"{name}.journal")
        _link(folder, names.record, place, f"{name}.json")
        place.sync()
    finally:
        place.close()


def _is_kept(folder: Folder, names: Names, place: Folder, meta: Meta) -> bool:
    """Whether these very files are a backup already: a fold that was cut off made it."""
    files = (folder.stat(names.record), folder.stat(names.journal))
    return any(
        all(
            one is not None and two is not None and one.st_ino == two.st_ino
            for one, two in zip(
                files, (place.stat(backup.record), place.stat(backup.journal)), strict=True
            )
        )
        for backup in find(place)
        if backup.id == meta.id
    )


def _link(folder: Folder, name: str, place: Folder, new: str) -> None:
    if folder.stat(name) is None:
        return
    try:
        folder.disk.link(
            name, new, src_dir_fd=folder.fd, dst_dir_fd=place.fd, follow_symlinks=False
        )
    except FileExistsError:
        return
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        _copy(folder, name, place, new)


def _copy(folder: Folder, name: str, place: Folder, new: str) -> None:
    part = f"{new}.part"
    place.unlink(part, missing_ok=True)
    source, target = folder.open(name, os.O_RDONLY), place.create(part)
    try:
        write_all(target, read_all(source, folder.disk), 0, folder.disk)
        folder.disk.fsync(target)
    finally:
        os.close(source)
        os.close(target)
    place.rename(part, new)


def outdated(found: Sequence[Backup], now: datetime) -> list[Backup]:
    """Return those that need not be kept any longer."""
    newest_of_day = {backup.at.date(): backup for backup in sorted(found)}
    first_day = (now - timedelta(days=DAYS - 1)).date()
    kept = set(sorted(found)[-KEPT:])
    kept.update(backup for day, backup in newest_of_day.items() if day >= first_day)
    return [backup for backup in sorted(found) if backup not in kept]


def prune(folder: Folder, names: Names) -> None:
    """Take away those backups that need not be kept any longer."""
    place = folder.sub(names.backups)
    if place is None:
        return
    try:
        for backup in outdated(find(place), datetime.now().astimezone()):
            place.unlink(backup.record, missing_ok=True)
            place.unlink(backup.journal, missing_ok=True)
    finally:
        place.close()
