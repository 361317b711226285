"""Reads a file of any format that forms come back in."""

from __future__ import annotations

import stat
from contextlib import suppress
from pathlib import Path
from typing import Final

from data.documents.importing import csv_file, text_file
from data.documents.importing.content import ImportProblem, ReadFile
from data.i18n import _

ENDINGS: Final = ("docx", "csv", "md", "txt")
"""Endings of the files that can be read."""
_LARGEST: Final = 20_000_000
"""Bytes of the largest Word file, pictures in it included."""
_LARGEST_TEXT: Final = 2_000_000
"""Bytes of the largest file of text: a form has a hundredth of that."""
_MOST_LINES: Final = 10_000
_OTHERS: Final = (
    (b"%PDF", "pdf"),
    (b"\xd0\xcf\x11\xe0", "doc"),
    (b"{\\rtf", "rtf"),
)


def typed_path(typed: str) -> Path:
    """Return the path that a user typed; "~" is the home folder."""
    path = Path(typed)
    with suppress(RuntimeError):  # there is no such home folder
        return path.expanduser()
    return path


def read_file(path: Path) -> ReadFile:
    """Read a file.

    Raises:
        ImportProblem: There is no such file, it is none of the ordinary files, it is too large, of
            a format that is not read, or damaged.
    """
    try:
        mode = path.stat().st_mode
        # Anything else could keep the program waiting, or never end.
        data = _bytes(path) if stat.S_ISREG(mode) else None
    except FileNotFoundError:
        raise ImportProblem(_("There is no file {name}.").format(name=path)) from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        text = _("{name} cannot be read: {why}.")
        raise ImportProblem(text.format(name=path, why=why)) from error
    if stat.S_ISDIR(mode):
        raise ImportProblem(_("{name} is a folder; name a file in it.").format(name=path))
    if data is None:
        raise ImportProblem(_("{name} is no ordinary file.").format(name=path))
    return read_bytes(path.name, data)


def _bytes(path: Path) -> bytes:
    """Return what is in a file, and one byte at most of what makes it too large."""
    with path.open("rb") as file:
        return file.read(_LARGEST + 1)


def read_bytes(name: str, data: bytes) -> ReadFile:
    """Read the content of a file with this name. Raises `ImportProblem` if it cannot be."""
    _refuse_large(name, len(data), _LARGEST)
    try:
        file = _read(name, data)
    except ImportProblem:
        raise
    except Exception as wrong:
        # Whatever is wrong with a file of somebody else's, it must not end the program.
        ending = name.rpartition(".")[2].casefold()
        raise ImportProblem(_save_as(name, ending if ending in ENDINGS else "csv")) from wrong
    _refuse_long(name, sum(len(grid.rows) for grid in file.grids))
    return file


def _refuse_large(name: str, size: int, most: int) -> None:
    if size > most:
        text = _("{name} is too large for a form: it has more than {size} MB.")
        raise ImportProblem(text.format(name=name, size=most // 1_000_000))


def _refuse_long(name: str, lines: int) -> None:
    if lines > _MOST_LINES:
        text = _("{name} has more than {number} lines; that is too many for a form.")
        raise ImportProblem(text.format(name=name, number=_MOST_LINES))


def _read(name: str, data: bytes) -> ReadFile:
    ending = name.rpartition(".")[2].casefold()
    if data.startswith(b"PK"):
        if ending in ("xlsx", "xlsm", "ods"):
            raise ImportProblem(_save_as(name, "csv"))
        # loaded when first needed, with what reads Word files
        from data.documents.importing import docx_file

        return docx_file.read(name, data)
    if ending == "docx" or any(data.startswith(start) for start, _kind in _OTHERS):
        raise ImportProblem(_save_as(name, "docx"))
    _refuse_large(name, len(data), _LARGEST_TEXT)
    _refuse_long(name, max(data.count(b"\n"), data.count(b"\r")))
    if ending in ("md", "markdown", "txt", "text", "eml"):
        return text_file.read(name, data, markdown=ending in ("md", "markdown"))
    return csv_file.read(name, data)


def _save_as(name: str, ending: str) -> str:
    text = _("{name} cannot be read. Save it as a .{ending} file and try again.")
    return text.format(name=name, ending=ending)
