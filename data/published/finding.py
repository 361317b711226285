"""Finds the files that mentors publish, in what was named or in a folder, and reads them.

Nothing here raises for what a file or a folder is: one that cannot be read is told of with the
others, and none is left out in silence. Of a server, which is named by its stand-in, either all is
read or nothing.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from data.i18n import _
from data.logins import user_name
from data.paths import from_home, is_address, is_stand_in
from data.published.overview import Filed
from data.published.read import NotReadable, read
from data.published.schema import NAME
from data.settings import Settings
from data.text import line

WITHIN: Final = (NAME, f".local/share/mentorrollen/{NAME}")
"""Where a file may be in a folder of the folder, such as somebody's home."""
MOST_FILES: Final = 5000
"""Of more names than these in a folder, the others are told of in one line."""
_ENDING: Final = ".json"

Stamp = tuple[tuple[str, int, int, int], ...]
"""What tells whether any of the files is another than it was: path, inode, time, size."""


def found_files(named: Sequence[Path]) -> list[Filed]:
    """Return what is in the files and folders that are named, each file once, by path.

    Raises:
        StorageError: What is published on a server that is named cannot be read.
    """
    servers = [one for one in named if is_stand_in(one)]
    if servers:
        # few have their records on a server
        from data.published.on_server import filed_at

        files = [one for one in named if one not in servers]
        return [*found_files(files), *(one for path in servers for one in filed_at(path))]
    return [_read(path) if not why else Filed(str(path), why=why) for path, why in _places(named)]


def stamp_of(named: Sequence[Path]) -> Stamp:
    """Return what changes when `found_files` would return something else."""
    found = []
    for path, why in _places(named):
        try:
            at = path.lstat()
        except (OSError, ValueError):
            found.append((f"{path}{why}", 0, 0, 0))
        else:
            found.append((f"{path}{why}", at.st_ino, at.st_mtime_ns, at.st_size))
    return tuple(found)


def _places(named: Sequence[Path]) -> Iterator[tuple[Path, str]]:
    """Yield the files that are named, or are in folders that are, and why one cannot be read."""
    seen: set[tuple[int, int]] = set()
    for path in named:
        for one, why in _in(path):
            try:
                at = one.lstat()
            except (OSError, ValueError):
                yield one, why
                continue
            if (at.st_dev, at.st_ino) not in seen:
                seen.add((at.st_dev, at.st_ino))
                yield one, why


def _in(path: Path) -> Iterator[tuple[Path, str]]:
    try:
        if not stat.S_ISDIR(path.stat().st_mode):
            yield path, ""
            return
        names = sorted(one.name for one in path.iterdir())
    except OSError as error:
        # A file that may not be looked at is read for the reason; a folder has no other.
        yield path, "" if not _is_folder(path) else _refused(error)
        return
    except ValueError:  # a NUL in the path
        yield path, ""
        return
    if len(names) > MOST_FILES:
        said = _("It holds more than {number} names; only the first are looked at.")
        yield path, said.format(number=MOST_FILES)
    shut: list[str] = []
    for name in names[:MOST_FILES]:
        yield from _named_in(path / name, shut)
    if len(shut) == 1:
        yield path / shut[0], _may_not_look()
    elif shut:  # such as the homes of a whole computer
        said = _("You may not look into {number} folders in it: {names}.")
        yield path, said.format(number=len(shut), names=line(", ".join(shut)))


def _named_in(path: Path, shut: list[str]) -> Iterator[tuple[Path, str]]:
    """Yield the file, or those of a folder's own that are where a mentor's are.

    A folder that may not be looked into is added to `shut`.
    """
    if _is_folder(path):
        for within in WITHIN:
            one = path / within
            try:
                one.lstat()
            except PermissionError:
                shut.append(path.name)
                return
            except OSError:
                continue
            yield one, ""
    elif path.name.endswith(_ENDING) and not path.name.startswith("."):
        yield path, ""


def _is_folder(path: Path) -> bool:
    with suppress(OSError, ValueError):
        return stat.S_ISDIR(path.stat().st_mode)
    return False


def _may_not_look() -> str:
    return _("You may not look into the folder.")


def _refused(error: OSError) -> str:
    if isinstance(error, PermissionError):
        return _may_not_look()
    return _("The folder cannot be read: {why}.").format(why=os.strerror(error.errno or 0))


def _read(path: Path) -> Filed:
    called = "" if path.name == NAME else path.name.removesuffix(_ENDING)
    try:
        published = read(path)
    except NotReadable as refused:
        return Filed(str(path), called, why=str(refused))
    owner = "" if published.owner is None else user_name(published.owner)
    return Filed(str(path), called, owner, published)


def folder_of(settings: Settings) -> list[Path]:
    """Return the folder of the settings, in which the mentors of the workplace publish; or none."""
    folder = settings.publish_folder
    return [from_home(folder, os.environ)] if folder else []


def place_of(path: Path | None, settings: Settings) -> list[Path]:
    """Return where the mentors of the workplace publish, if nobody names it.

    That is the server that the records are on, or the folder of the settings.

    Args:
        path: The record file, or the stand-in of a server; None where there is none.
        settings: The settings.
    """
    return [path] if path is not None and is_stand_in(path) else folder_of(settings)


def paths_of(words: Iterable[str]) -> list[Path]:
    """Return the paths that words of a command name, with "~" as the home folder.

    An address stands for the server. Raises `StorageError` and OSError for one that is none.
    """
    return [_server(word) if is_address(word) else _expanded(Path(word)) for word in words]


def _server(word: str) -> Path:
    # few have their records on a server
    from data.storage.postgres.servers import stand_in

    return stand_in(word, os.environ)


def _expanded(path: Path) -> Path:
    with suppress(RuntimeError):  # of somebody who has no home
        return path.expanduser()
    return path
