"""Reads a file of any format that forms come back in."""

from __future__ import annotations

import stat
from contextlib import suppress
from pathlib import Path
from typing import Final

from data.documents.importing import csv_file, text_file
from data.documents.importing.content import (
    LARGEST_TEXT,
    ImportProblem,
    ReadFile,
    refuse_large,
    refuse_long,
)
from data.documents.importing.recognise import form_of
from data.i18n import _
from data.storage.reasons import reason

ENDINGS: Final = ("docx", "csv", "md", "txt", "eml")
"""Endings of the files that can be read."""
_LARGEST: Final = 20_000_000
"""Bytes of the largest Word file or mail, pictures in it included."""
_OLE: Final = b"\xd0\xcf\x11\xe0"
"""What files of older Office programs begin with, and files with a password."""
_PDF: Final = b"%PDF"
_PACKED: Final = b"PK\x03\x04"
_WORD: Final = b"word/document"
_PASSWORD: Final = "EncryptedPackage".encode("utf-16-le")
_OTHERS: Final = (
    # what a file that is none of them begins with, what is in it, and what to save it as
    (b"{\\rtf", b"", "docx"),
    (_PACKED, b"xl/workbook", "csv"),
    (_PACKED, b"opendocument.spreadsheet", "csv"),
    (_PACKED, b"opendocument.text", "docx"),
    (_OLE, "Workbook".encode("utf-16-le"), "csv"),
    (_OLE, "__substg1.0_".encode("utf-16-le"), "eml"),
    (_OLE, b"", "docx"),
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
        why = reason(error) if isinstance(error, OSError) else str(error)
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
    refuse_large(name, len(data), _LARGEST)
    try:
        file = _read(name, data)
    except ImportProblem:
        raise
    except Exception as wrong:
        # Whatever is wrong with a file of somebody else's, it must not end the program.
        ending = name.rpartition(".")[2].casefold()
        again = {**{one: one for one in ENDINGS}, "eml": "docx"}.get(ending, "csv")
        raise ImportProblem(_save_as(name, again)) from wrong
    refuse_long(name, max(len(file.lines), sum(len(grid.rows) for grid in file.grids)))
    return file


def _refuse_others(name: str, data: bytes) -> None:
    """Raise `ImportProblem` if a file is of a format that is not read, whatever it is called."""
    if data.startswith(_OLE) and _PASSWORD in data:
        text = _("{name} has a password. Save it without one and try again.")
        raise ImportProblem(text.format(name=name))
    if data.startswith(_PDF):
        text = _(
            "{name} is a PDF, which cannot be imported: ask for the Word file, or for the answers "
            "in a mail saved as .eml."
        )
        raise ImportProblem(text.format(name=name))
    if data.startswith(_PACKED) and _WORD in data:
        return  # other files may be in it
    for begins, holds, ending in _OTHERS:
        if data.startswith(begins) and holds in data:
            raise ImportProblem(_save_as(name, ending))


def _read(name: str, data: bytes) -> ReadFile:
    ending = name.rpartition(".")[2].casefold()
    _refuse_others(name, data)
    if data.startswith(_PACKED):
        if ending in ("xlsx", "xlsm", "ods"):
            raise ImportProblem(_save_as(name, "csv"))
        # loaded when first needed, with what reads Word files
        from data.documents.importing import docx_file

        return docx_file.read(name, data)
    if ending == "docx":
        raise ImportProblem(_save_as(name, "docx"))
    if ending == "eml":
        # loaded when first needed, with what reads mails
        from data.documents.importing import saved_mail

        return saved_mail.read(name, data, read_bytes)
    refuse_large(name, len(data), LARGEST_TEXT)
    refuse_long(name, max(data.count(b"\n"), data.count(b"\r")))
    if ending in ("md", "markdown"):
        return text_file.read(name, data, markdown=True)
    if ending in ("txt", "text"):
        file = text_file.read(name, data)
        # A spreadsheet saves tables with tabs as text.
        table = csv_file.read(name, data) if form_of(file) is None else file
        return table if form_of(table) is not None else file
    return csv_file.read(name, data)


def _save_as(name: str, ending: str) -> str:
    text = _(
        "{name} cannot be read. Files can be docx, csv, md, txt or eml: save it as a .{ending} "
        "file and try again."
    )
    return text.format(name=name, ending=ending)
