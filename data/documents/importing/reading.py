"""Reads a file of any format that forms come back in."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Final

from data.documents.importing import csv_file, text_file
from data.documents.importing.read import ImportProblem, ReadFile
from data.i18n import _

ENDINGS: Final = ("docx", "csv", "md", "txt")
"""Endings of the files that can be read."""
_LARGEST: Final = 20_000_000
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
        ImportProblem: There is no such file, it is too large, or of a format that is not read.
    """
    name = path.name
    try:
        if path.is_dir():
            raise ImportProblem(_("{name} is a folder; name a file in it.").format(name=path))
        if path.stat().st_size > _LARGEST:
            raise ImportProblem(_("{name} is too large for a form.").format(name=name))
        data = path.read_bytes()
    except FileNotFoundError:
        raise ImportProblem(_("There is no file {name}.").format(name=path)) from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        text = _("{name} cannot be read: {why}.")
        raise ImportProblem(text.format(name=path, why=why)) from error
    return read_bytes(name, data)


def read_bytes(name: str, data: bytes) -> ReadFile:
    """Read the content of a file with this name. Raises `ImportProblem` if it cannot be."""
    ending = name.rpartition(".")[2].casefold()
    if data.startswith(b"PK"):
        if ending in ("xlsx", "xlsm", "ods"):
            raise ImportProblem(_save_as(name, "csv"))
        # loaded when first needed, with what reads Word files
        from data.documents.importing import docx_file

        return docx_file.read(name, data)
    if ending == "docx" or any(data.startswith(start) for start, _kind in _OTHERS):
        raise ImportProblem(_save_as(name, "docx"))
    if ending in ("md", "markdown", "txt", "text", "eml"):
        return text_file.read(name, data, markdown=ending in ("md", "markdown"))
    return csv_file.read(name, data)


def _save_as(name: str, ending: str) -> str:
    text = _("{name} cannot be read. Save it as a .{ending} file and try again.")
    return text.format(name=name, ending=ending)
