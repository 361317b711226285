"""Which library is in use, and what there is to say about it: at the start, and later on.

The folder is looked at when there is no copy of it yet, and while a session is open (`look`). Its
faults never keep anything from working: what was in use goes on, and one line says why.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from data.frozen import immutable
from data.i18n import _
from data.library.shared import Shared, use_shared
from data.workplace.entries import Library
from data.workplace.folder import fingerprint
from data.workplace.offers import with_folder
from data.workplace.reading import Reading, read_folder
from data.workplace.taken import Copy, NewerFormat, change_copy, newer_format, read_copy
from data.workplace.values import values_of


@immutable
class Found:
    """What there is to use of a library folder."""

    copy: Copy | None
    """The copy in use; None where there is none, so that only what is built in is used."""
    problem: str = ""
    """Why the folder, or the copy, cannot be used as it is: one line; "" where all is well."""
    seen: str = ""
    """The fingerprint of the folder as it was looked at; "" where it was not."""

    @property
    def values(self) -> Shared | None:
        """What the library gives."""
        return values_of(self.copy.used) if self.copy else None


def in_use(folder: Path, path: Path) -> Found:
    """Return the copy in use. Only where there is none of this folder, the folder is read.

    It never raises.

    Args:
        folder: The library folder that the settings name.
        path: The file of the copy in use.
    """
    try:
        copy = read_copy(path)
    except NewerFormat:
        return Found(None, newer_format(path))
    if copy is not None and copy.folder == str(folder):
        return Found(copy)
    reading = read_folder(folder)
    if reading.library is None:
        return Found(copy, _said(folder, reading, copy), reading.fingerprint)
    taken = _with_folder(copy, folder, reading.library, reading.fingerprint)
    return _kept(path, lambda _before: taken, taken, reading.fingerprint)


def look(folder: Path, path: Path, before: Found) -> Found:
    """Look whether a folder has changed, and note in the copy what it has now. It never raises.

    Args:
        folder: The library folder.
        path: The file of the copy in use.
        before: What was found the last time: an unchanged folder is not read again.
    """
    seen = fingerprint(folder)
    try:
        copy = read_copy(path)
    except NewerFormat:
        return Found(None, newer_format(path), seen)
    if copy is not None and copy.folder == str(folder) and copy.seen == seen:
        return Found(copy, "", seen)
    if before.seen == seen and before.problem:
        return Found(copy, before.problem, seen)
    reading = read_folder(folder)
    library = reading.library
    if library is None:
        return Found(copy, _said(folder, reading, copy), seen)

    def with_it(now: Copy | None) -> Copy:
        return _with_folder(now, folder, library, reading.fingerprint)

    return _kept(path, with_it, with_it(copy), reading.fingerprint)


def _with_folder(copy: Copy | None, folder: Path, library: Library, seen: str) -> Copy:
    """Return the copy that knows what the folder has now; the first one takes it whole.

    A folder of another name that has the same library has moved; any other library is another one.
    """
    if copy is None or (copy.folder != str(folder) and copy.used.name != library.name):
        return Copy(str(folder), seen, library)
    return with_folder(replace(copy, folder=str(folder)), library, seen)


def _kept(path: Path, change: Callable[[Copy | None], Copy], made: Copy, seen: str) -> Found:
    """Write a copy; where it cannot be written, it is used all the same."""
    try:
        return Found(change_copy(path, change), "", seen)
    except NewerFormat:
        return Found(None, newer_format(path), seen)
    except OSError as error:
        from data.storage.reasons import reason  # only where the system has refused something

        text = _("The copy of the library cannot be written, {path}: {why}.")
        return Found(made, text.format(path=path, why=reason(error)), seen)


def _said(folder: Path, reading: Reading, copy: Copy | None) -> str:
    """Return one line about a folder with faults: what holds meanwhile, and the first of them."""
    said = reading.faults[0].said_whole(folder)
    if copy is not None:
        text = _("The library cannot be read, so what you used last holds. {fault}")
    else:
        text = _("The library cannot be read, so what is built in holds. {fault}")
    return text.format(fault=said)


class InUse:
    """The library that this run of the program uses: read when it is asked for, looked at again."""

    def __init__(self, folder: Path, path: Path) -> None:
        """Make that of a folder.

        Args:
            folder: The library folder that the settings name.
            path: The file of the copy in use (`taken.copy_file`).
        """
        self.folder = folder
        self.path = path
        self.is_looked_at = False
        """Whether a look at the folder is under way: it may take long on a drive of a network."""
        self._found: Found | None = None

    @property
    def found(self) -> Found:
        """What there is to use, as it was read last."""
        if self._found is None:
            self._found = in_use(self.folder, self.path)
        return self._found

    @property
    def problem(self) -> str:
        """Why the folder or the copy cannot be used as it is: one line, or ""."""
        return self.found.problem

    def values(self) -> Shared | None:
        """Return what the library gives."""
        return self.found.values

    def look(self) -> bool:
        """Look at folder and copy, and use what there is; whether anything is new since before."""
        self.is_looked_at, before = True, self.found
        try:
            self._found = look(self.folder, self.path, before)
        finally:
            self.is_looked_at = False
        if before.copy == self._found.copy:
            return before.problem != self._found.problem
        use_shared(self._found.values)
        return True

    def change(self, change: Callable[[Copy], Copy]) -> tuple[Copy | None, Copy | None]:
        """Change the copy in use, for this session and all others.

        Returns:
            The copy as it was and as it is now. Another session may have changed it since `found`.

        Raises:
            OSError: It could not be written, and is as it was.
            NewerFormat: It was written by a newer version of the program.
        """
        before: Copy | None = None

        def changing(copy: Copy | None) -> Copy | None:
            nonlocal before
            before = copy
            return change(copy) if copy else None

        changed = change_copy(self.path, changing)
        self._found = Found(changed, self.problem, self.found.seen)
        use_shared(self._found.values)
        return before, changed
