"""The copy of the library that is in use: `library.json`, in the folder of the own data file.

It is taken whole from the folder the first time. From then on it is what the program uses, whatever
becomes of the folder; what is newer in the folder comes into it entry by entry (`newer`).
"""

from __future__ import annotations

import fcntl
import json
import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import field, replace
from pathlib import Path
from typing import Any, Final

from data.frozen import immutable
from data.i18n import _
from data.paths import LIBRARY_COPY, data_dir, make_private_folder, read_start, write_private
from data.workplace.entries import Entry, Kind, Library

FORMAT: Final = 1
"""The format of the file. One of a newer format is not read, and not written over."""
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_MOST: Final = 32 << 20
"""The most bytes that are read of it: several times what the largest library takes."""


class NewerFormat(Exception):
    """The copy was written by a newer version of the program, and is left alone."""


def newer_format(path: Path) -> str:
    """Return what is said of such a copy, in one line."""
    text = _("{path} was written by a newer version of the program: the library is not used.")
    return text.format(path=path)


@immutable
class Copy:
    """The copy in use, and what is known of the folder."""

    folder: str
    """The folder that it was taken from."""
    seen: str
    """The fingerprint of the folder when it was last read, so that it need not be read again."""
    used: Library
    """What the program uses."""
    newest: Library | None = None
    """The folder as it was last read without a fault, where that is not what is in use."""
    kept: Mapping[str, str] = field(default_factory=dict)
    """Of what was offered and kept as it is: what it is -> a checksum of what was offered."""

    @property
    def folder_has(self) -> Library:
        """The library of the folder as it was last read without a fault."""
        return self.newest or self.used


def copy_file(environ: Mapping[str, str]) -> Path:
    """Return the path of the copy in use."""
    return data_dir(environ) / LIBRARY_COPY


def read_copy(path: Path) -> Copy | None:
    """Return the copy in use; None where there is none, or it is damaged.

    Raises:
        NewerFormat: It was written by a newer version of the program.
    """
    try:
        data = read_start(path, _MOST)
        values = json.loads(data)
    except (OSError, ValueError, RecursionError):
        return None
    if not isinstance(values, dict) or not isinstance(number := values.get("format"), int):
        return None
    if number > FORMAT:
        raise NewerFormat
    try:
        return Copy(
            _text(values["folder"]),
            _text(values["seen"]),
            _library_of(values["used"]),
            _library_of(values["newest"]) if values.get("newest") else None,
            {_text(key): _text(value) for key, value in values.get("kept", {}).items()},
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def change_copy(path: Path, change: Callable[[Copy | None], Copy | None]) -> Copy | None:
    """Change the copy in use, while no other session does; return it as it is then.

    Args:
        path: Its file.
        change: Makes the new copy of the one that there is; the same, or None, is not written.

    Raises:
        OSError: It could not be written, and is as it was.
        NewerFormat: It was written by a newer version of the program.
    """
    with _alone(path.parent):
        before = read_copy(path)
        after = change(before)
        if after is not None and after != before:
            _write(path, after)
    return after or before


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Keep other sessions from changing the copy meanwhile, where the file system can."""
    make_private_folder(folder)
    fd = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        with suppress(OSError):  # the copy is replaced in one step all the same
            fcntl.flock(fd, fcntl.LOCK_EX)
        yield
    finally:
        os.close(fd)


def _write(path: Path, copy: Copy) -> None:
    """Write the copy in one step, so that only its user may read it. Raises OSError."""
    if copy.newest == copy.used:
        copy = replace(copy, newest=None)
    values = {
        "format": FORMAT,
        "folder": copy.folder,
        "seen": copy.seen,
        "used": _values_of(copy.used),
        **({"newest": _values_of(copy.newest)} if copy.newest else {}),
        **({"kept": dict(copy.kept)} if copy.kept else {}),
    }
    text = json.dumps(values, ensure_ascii=False, indent=1)
    if _SURROGATE.search(text):  # the name of the folder is not UTF-8
        text = json.dumps(values, indent=1)
    # A copy that cannot be read is written anew: what a link leads to would be lost with it.
    write_private(path, f"{text}\n", through_links=False)


def _values_of(library: Library) -> dict[str, Any]:
    """Return a library as JSON has it: a list of entries for each kind."""
    lists: dict[str, list[dict[str, Any]]] = {}
    for one in library.entries:
        entry = {"key": one.key, "file": one.file, **({"values": one.values} if one.values else {})}
        lists.setdefault(one.kind.value, []).append(entry)
    head = {
        "name": library.name,
        "version": library.version,
        "date": library.date,
        "contact": library.contact,
        "language": library.language,
    }
    return {**library.more, **{key: value for key, value in head.items() if value}, **lists}


def _library_of(values: Mapping[str, Any]) -> Library:
    """Return the library that JSON has. Raises what a wrong type raises."""
    known = {kind.value for kind in Kind}
    head = ("name", "version", "date", "contact", "language")
    entries = tuple(
        Entry(Kind(name), _text(one["key"]), dict(one.get("values", {})), _text(one["file"]))
        for name, found in values.items()
        if name in known
        for one in found
    )
    texts = {key: _text(values[key]) for key in head if key in values}
    more = {key: value for key, value in values.items() if key not in known and key not in head}
    return Library(entries=entries, more=more, **texts)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value
