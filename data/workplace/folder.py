"""The files of a library folder, read with care: it is not the mentor's own, and may hold anything.

Nothing here writes, and nothing waits: a pipe or a device is no file of a library.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from data.digest import sha256
from data.frozen import immutable
from data.i18n import N_, _
from data.paths import read_start
from data.text import line

HEAD: Final = "library.toml"
"""The one file that a library must have."""
FILES: Final = (
    HEAD,
    "duties.toml",
    "rhythms.toml",
    "people.toml",
    "tips.toml",
    "materials.toml",
    "expectations.toml",
)
"""The files at the top of the folder, in the order in which they are read."""
FOLDERS: Final = {"questions": ".toml", "plans": ".toml", "texts": ".md"}
"""The folders in it -> how the names of their files end."""
MOST_OF_A_FILE: Final = 1 << 20
"""The most bytes that a file may have."""
MOST_OF_ALL: Final = 4 << 20
"""The most bytes that all files may have together."""
MOST_FILES: Final = 500


@immutable
class FileFault:
    """What is wrong with a library, to be mended by its coordinator."""

    file: str
    """The file within the folder; "" for the folder itself."""
    line: int | None
    """The line, from 1; None where it is about the whole file."""
    what: str
    """What is wrong, and what to do: sentences in the language in use."""

    def said(self, folder: Path) -> str:
        """Return the fault as a line: "duties.toml:12: …"."""
        return self._at(self.file or str(folder))

    def said_whole(self, folder: Path) -> str:
        """Return the fault as a line with the whole path of the file."""
        return self._at(str(folder / self.file) if self.file else str(folder))

    def _at(self, place: str) -> str:
        place = line(place)  # whoever named the file may have meant to steer a terminal
        return f"{place}:{self.line}: {self.what}" if self.line else f"{place}: {self.what}"


@immutable
class Files:
    """What the files of a folder hold."""

    texts: Mapping[str, str]
    """Name within the folder -> its text, in the order in which they are read."""
    faults: tuple[FileFault, ...]
    fingerprint: str
    """As `fingerprint` returned it before they were read."""
    names: tuple[str, ...] = ()
    """All names, also of those that could not be read, in the order in which they are read."""


def fingerprint(folder: Path) -> str:
    """Return what tells whether a folder has changed: names, sizes and times of its files.

    It never raises: what cannot be looked at is part of it. "" means that there is no such folder.
    """
    try:
        names = list(_names(folder))
    except (OSError, ValueError):  # a ValueError: the name of the folder holds a NUL
        return ""
    found = [str(folder)]
    for name in names[: MOST_FILES + 1]:
        try:
            known = (folder / name).stat()
            # The time of the last change of any kind, too: copying may keep the time of the text.
            times = f"{known.st_mtime_ns}\0{known.st_ctime_ns}"
            found.append(f"{name}\0{known.st_size}\0{times}\0{known.st_mode}")
        except OSError as error:
            found.append(f"{name}\0{error.errno}")
    return sha256("\n".join(found).encode("utf-8", "surrogatepass")).hex()[:32]


def read_files(folder: Path) -> Files:
    """Return what the files of a library folder hold, and what is wrong with them as files."""
    before = fingerprint(folder)
    texts: dict[str, str] = {}
    faults: list[FileFault] = []
    try:
        names = list(_names(folder))
    except (OSError, ValueError) as error:
        return Files({}, (FileFault("", None, _refused(error, is_folder=True)),), before)
    if len(names) > MOST_FILES:
        what = _("There are more than {number} files in it.").format(number=MOST_FILES)
        return Files({}, (FileFault("", None, what),), before)
    left = MOST_OF_ALL
    for name in names:
        try:
            data = _read(folder, name)
            left -= len(data)
            if left < 0:
                what = _("The files of a library are at most {size} MB together.")
                faults.append(FileFault(name, None, what.format(size=MOST_OF_ALL >> 20)))
                break
            texts[name] = data.decode("utf-8-sig")
        except OSError as error:
            faults.append(FileFault(name, None, _refused(error)))
        except UnicodeDecodeError as error:
            at = error.object.count(b"\n", 0, error.start) + 1
            what = _("The file is not UTF-8 text. Save it as UTF-8.")
            faults.append(FileFault(name, at, what))
    if HEAD not in names:
        what = _("A library needs this file, with its name and version.")
        faults.insert(0, FileFault(HEAD, None, what))
    return Files(texts, tuple(faults), before, tuple(names))


def _names(folder: Path) -> Iterator[str]:
    """Yield the names of what a folder has of a library, and of files that only look like it.

    Raises:
        OSError: The folder itself cannot be listed. One within it is yielded by its name.
    """
    there = set(os.listdir(folder))  # noqa: PTH208 - names alone, without a stat of each
    yield from (name for name in FILES if name in there)
    yield from sorted(name for name in there - {*FILES} if _looks_right(name, ".toml"))
    for inner, end in FOLDERS.items():
        if inner not in there:
            continue
        try:
            names = sorted(os.listdir(folder / inner))  # noqa: PTH208
        except OSError:
            yield inner
            continue
        yield from (f"{inner}/{name}" for name in names if _looks_right(name, end))


def _looks_right(name: str, end: str) -> bool:
    """Whether it is a file of the kind, and none that an editor has left: ".x.toml", "x.toml~"."""
    return name.endswith(end) and not name.startswith((".", "#"))


def _read(folder: Path, name: str) -> bytes:
    path = folder / name
    if name in FOLDERS:
        os.listdir(path)  # noqa: PTH208 - raises what it raised before
    if stat.S_ISDIR(path.stat().st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    data = read_start(path, MOST_OF_A_FILE + 1)
    if len(data) > MOST_OF_A_FILE:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), str(path))
    return data


_FOLDER_SAID: Final = {
    errno.ENOENT: N_("There is no such folder."),
    errno.ENOTDIR: N_("It is no folder."),
}
_FILE_SAID: Final = {
    errno.ENOTDIR: _FOLDER_SAID[errno.ENOTDIR],
    errno.EINVAL: N_("It is no ordinary file."),
    errno.ENOENT: N_("The file is gone, or it is a link to one that is."),
    errno.EISDIR: N_("It is a folder, and a file is looked for."),
}


def _refused(error: OSError | ValueError, *, is_folder: bool = False) -> str:
    """Return why a file or folder cannot be read, and what to do."""
    if not isinstance(error, OSError):
        return _(_FOLDER_SAID[errno.ENOENT])
    if error.errno == errno.EFBIG:
        what = _("The file has more than {size} MB. A library has texts that people write by hand.")
        return what.format(size=MOST_OF_A_FILE >> 20)
    known = (_FOLDER_SAID if is_folder else _FILE_SAID).get(error.errno or 0)
    if known:
        return _(known)
    from data.storage.reasons import reason  # only where the system has refused something

    return _("It cannot be read: {why}.").format(why=reason(error))
