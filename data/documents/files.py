"""The files of documents: what they are called, and how one is written, whole or not at all.

No file that is there already is ever replaced, whoever writes at the same time: a new one has
another name, which ends with `-2`. Only a calendar replaces the file that it was written to before,
since other programs look there for it. Only the user may read it, whatever the umask.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Final

from data.documents.model.document import Document
from data.documents.unfinished import unfinished_file, unfinished_folder
from data.documents.writers.formats import FORMATS, USUAL, written
from data.i18n import _
from data.paths import make_private_folder
from data.storage.problems import ErrorKind, StorageError, kind_of
from data.storage.reasons import no_folder

_ENOUGH: Final = 4096
"""How many bytes of a file tell whether it is the same one, written earlier."""
_NO_LINKS: Final = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK}
"""What a file system says that has no hard links."""


class NotWritten(Exception):
    """A document could not be written, and nothing of it is there. `str()` says why, in a line."""


def write_document(
    document: Document, name: str, folder: Path, *, where: str = "", format: str = ""
) -> Path:
    """Write a document to a new file that only its user may read, and return its path.

    Args:
        document: The document.
        name: What the file is called without its ending, as `data.documents.names` makes it. It is
            used where `where` does not name a file.
        folder: The folder of documents (`data.paths.documents_folder`). It is made if need be.
        where: What the user typed: a file, whose name gets the ending of the format if it has
            another or none, or a folder that is there or ends with "/"; "" for the folder of
            documents. Only the last folder of it is made, and only if it ends with "/".
        format: The key of a format; "" for the ending of the file, or else the usual one.

    Raises:
        FormatError: The format cannot hold the document, or lacks what it needs here.
        NotWritten: `where` is a device or a pipe, the disk is full, the folder is missing, ...
    """
    path, format = target(name, folder, where=where, format=format)
    content = written(document, format)
    return write_new(path, content, make_folder=not where or where.endswith("/"))


def target(name: str, folder: Path, *, where: str = "", format: str = "") -> tuple[Path, str]:
    """Return the file that the user means, and its format; the arguments as `write_document`."""
    path = Path(where).expanduser() if where else folder
    if path.exists() and not (path.is_file() or path.is_dir()):
        text = _("{name} is no ordinary file. Name a file or a folder, or use - for the output.")
        raise NotWritten(text.format(name=path))
    if where and not where.endswith("/") and not path.is_dir():
        ending = path.suffix[1:].lower()
        format = format or (ending if ending in FORMATS else USUAL)
        # A name without the ending of what is in it opens in no other program.
        return path if ending == format else path.with_name(f"{path.name}.{format}"), format
    format = format or USUAL
    return path / f"{name}.{format}", format


def write_new(path: Path, content: bytes, *, make_folder: bool = False) -> Path:
    """Write bytes to a new file, and return its path: if the name is taken, it ends with `-2`.

    Args:
        path: The file.
        content: What it holds.
        make_folder: Whether its folder is made if it is not there.

    Raises:
        NotWritten: It could not be written; nothing of it is there.
    """
    with _told(path.parent):
        if make_folder:
            make_private_folder(path.parent)
        with unfinished_file(path.parent, content) as unfinished:
            found = _first_free(path, lambda free: _give_name(unfinished, free))
        _sync(path.parent)
    return found


def write_again(
    path: Path, content: bytes, is_earlier: Callable[[bytes], bool], *, make_folder: bool = False
) -> Path:
    """Write bytes in place of what was written there earlier, or else as `write_new` does.

    Args:
        path: The file.
        content: What it holds.
        is_earlier: Whether the beginning of a file is that of the same one, written earlier.
        make_folder: Whether its folder is made if it is not there.

    Raises:
        NotWritten: It could not be written, and what was there is as it was.
    """
    with _told(path.parent):
        if path.is_file() and not path.is_symlink() and is_earlier(_beginning(path)):
            with unfinished_file(path.parent, content) as unfinished:
                unfinished.replace(path)
            _sync(path.parent)
            return path
    return write_new(path, content, make_folder=make_folder)


def _beginning(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_ENOUGH)


def write_folder(path: Path, files: Iterable[tuple[str, bytes]], *, make_folder: bool) -> Path:
    """Write files into a new folder, all or none of them, and return its path, as `write_new`.

    Args:
        path: The folder.
        files: The name of each file, and what it holds.
        make_folder: Whether the folder above it is made if it is not there.

    Raises:
        NotWritten: It could not be written; nothing of it is there.
    """
    with _told(path.parent):
        if make_folder:
            make_private_folder(path.parent)
        with unfinished_folder(path.parent) as unfinished:
            for name, content in files:
                write_new(unfinished / name, content)
            found = _first_free(path, lambda free: _rename_folder(unfinished, free))
        _sync(path.parent)
    return found


class _told:  # noqa: N801 - reads as what it does: `with _told(folder):`
    """What the operating system refuses is told as one sentence."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(self, _type: object, error: BaseException | None, _trace: object) -> None:
        """Tell an error of the operating system in the user's words."""
        if isinstance(error, OSError):
            kind = kind_of(error)
            why = StorageError(kind, name=str(self._folder))
            if kind is ErrorKind.GONE:
                why = no_folder(self._folder)
            raise NotWritten(_("Nothing was written. {why}").format(why=why)) from error


def _first_free(path: Path, take: Callable[[Path], bool]) -> Path:
    """Return the first of the names `path`, `path-2`, ... that could be taken."""
    for number in count(1):
        name = path.name if number == 1 else f"{path.stem}-{number}{path.suffix}"
        free = path.with_name(name)
        if not os.path.lexists(free) and take(free):
            return free
    raise AssertionError("numbers have no end")


def _give_name(unfinished: Path, free: Path) -> bool:
    """Give the finished file its name; False if another file has taken that meanwhile."""
    try:
        os.link(unfinished, free)
    except FileExistsError:
        return False
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        return _reserve_name(unfinished, free)
    return True


def _reserve_name(unfinished: Path, free: Path) -> bool:
    """Do the same where there are no links: an empty file keeps the name until it is replaced."""
    try:
        os.close(os.open(free, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        return False
    unfinished.replace(free)
    return True


def _rename_folder(unfinished: Path, free: Path) -> bool:
    """Give the finished folder its name; False if that has been taken meanwhile."""
    try:
        unfinished.rename(free)
    except OSError as error:
        if error.errno in {errno.EEXIST, errno.ENOTEMPTY, errno.ENOTDIR}:
            return False
        raise
    return True


def _sync(folder: Path) -> None:
    """Have the names in a folder reach the disk, so that a power cut leaves the file there."""
    with suppress(OSError):  # some network drives cannot
        fd = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(fd)
        finally:
            os.close(fd)
