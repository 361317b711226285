"""The stand-in of a server: a small file, so that a server can be named where a file of records is.

It lies in the user's own folder, in "servers", and holds one line, the address. What belongs to the
records and is the user's own lies beside it: texts that are being typed, or are open in an editor.
The same server has the same stand-in, whatever else is set in its address.

Whatever reads or writes a file of records asks `server_of` first.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from data.paths import (
    STAND_IN,
    data_dir,
    data_file,
    is_address,
    is_stand_in,
    named_records,
    read_start,
    shown_path,
    write_private,
)

if TYPE_CHECKING:
    from data.storage.postgres.address import Address
    from data.storage.problems import ErrorKind

FOLDER: Final = "servers"
"""The folder of stand-ins, in that of the user's own records."""
_LONGEST: Final = 4096


def records_path(given: str | None, environ: Mapping[str, str], set_to: str = "") -> Path:
    """Return the path of the record file, or of the stand-in of a server; see `data_file`.

    Raises:
        StorageError: What names a server is no address, or there is a password in it.
        OSError: The stand-in cannot be written.
    """
    text = named_records(given, environ, set_to)
    return stand_in(text, environ) if is_address(text) else data_file(given, environ, set_to)


def stand_in(text: str, environ: Mapping[str, str]) -> Path:
    """Return the path of the stand-in of a server, which is made if it is not there.

    Args:
        text: The address.
        environ: The environment of the program.

    Raises:
        StorageError: It is no address, or there is a password in it.
        OSError: The file cannot be written.
    """
    from hashlib import sha256  # most records are in a file

    from data.storage.postgres.address import parse  # likewise

    address = parse(text)
    mark = sha256(address.identity.encode()).hexdigest()[:8]
    plain = "".join(one if one.isascii() and one.isalnum() else "-" for one in address.shown)
    name = plain.strip("-")[:40]
    path = data_dir(environ) / FOLDER / f"{name}-{mark}{STAND_IN}"
    if _line_of(path) != text.strip():
        write_private(path, f"{text.strip()}\n")
    return path


def server_of(path: Path) -> Address | None:
    """Return the address of the server that a path stands in for; None for any other path."""
    if not is_stand_in(path):
        return None
    line = _line_of(path)
    if not is_address(line):
        return None
    # most records are in a file
    from data.storage.postgres.address import parse

    return parse(line)


def are_same_records(path: Path, other: Path) -> bool:
    """Return whether two stand-ins are of the same team of one server, be it by another login.

    A login is a person, so two logins of one user are one that got another name on the server.
    """
    one, two = server_of(path), server_of(other)
    return one is not None and two is not None and one.is_where(two)


def shown_records(path: Path, environ: Mapping[str, str]) -> str:
    """Return how the place of the records is shown: a path, or server, database and team."""
    server = server_of(path)
    return shown_path(path, environ) if server is None else server.whole


def refuse_server(path: Path, kind: ErrorKind | None = None) -> None:
    """Raise `StorageError` if a path stands in for a server: what is asked is done to files only.

    Args:
        path: The path of the records.
        kind: What says why, and what does it instead; None for what cannot be done yet.
    """
    server = server_of(path)
    if server is not None:
        # most records are in a file
        from data.storage.problems import ErrorKind, StorageError

        raise StorageError(kind or ErrorKind.NOT_ON_SERVER, name=server.whole)


def _line_of(path: Path) -> str:
    """Return the line in a stand-in; "" where there is none."""
    try:
        return read_start(path, _LONGEST).decode("utf-8", "replace").strip()
    except OSError:
        return ""
