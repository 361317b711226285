"""What a connection is opened with, so that libpq says nothing on the terminal by itself."""

from __future__ import annotations

import os
import shlex
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from psycopg.conninfo import conninfo_to_dict

from data.paths import shown_path

_NOWHERE: Final = "/dev/null"
"""No file can be below it: libpq passes over a password file there and says nothing."""


def words_of(conninfo: str, usual: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a connection is to be opened with, each by its name.

    Of a password file that libpq does not use, because others can read it, it would tell the
    terminal in English. So it is not given the file: `failures.as_problem` tells of it instead.

    Args:
        conninfo: The address, as libpq takes it.
        usual: What holds unless the address says otherwise.

    Raises:
        psycopg.ProgrammingError: The address is not understood.
    """
    words = {**usual, **conninfo_to_dict(conninfo)}
    path = password_file(words)
    if path is None or not _is_passed_over(path):
        return words
    return {**words, "passfile": f"{_NOWHERE}{path.absolute()}"}


def password_file(words: Mapping[str, Any]) -> Path | None:
    """Return where libpq looks for passwords; None where only a service knows that.

    Args:
        words: What a connection is to be opened with.
    """
    named = words.get("passfile")
    service = words.get("service") or os.environ.get("PGSERVICE")
    if service and not named:
        section = _section(str(service))
        if section is None:
            return None  # it is in the file of all users, which libpq knows where to find
        named = section.get("passfile")
    named = named or os.environ.get("PGPASSFILE")
    return Path(str(named)) if named else Path("~/.pgpass").expanduser()


def _section(service: str) -> Mapping[str, str] | None:
    """Return what the user's own file of services says of one; None if it does not name it."""
    path = os.environ.get("PGSERVICEFILE") or Path("~/.pg_service.conf").expanduser()
    try:
        lines = Path(path).read_text("utf-8", "replace").splitlines()
    except (OSError, ValueError):
        return None
    found: dict[str, str] | None = None
    for line in map(str.strip, lines):
        if line.startswith("["):
            if found is not None:
                break
            found = {} if line == f"[{service}]" else None
        elif found is not None and not line.startswith("#"):
            name, _is, value = line.partition("=")
            found.setdefault(name.strip(), value.strip())
    return found


def password_place(words: Mapping[str, str]) -> str:
    """Return where libpq has found the password that the server does not accept.

    Args:
        words: What the connection was opened with, as libpq says. There is no password in an
            address, so one that is here is the environment's or a service's.

    Returns:
        The path of a file, as it is shown, or the name of the variable.
    """
    password = words.get("password")
    if not password:
        named = words.get("passfile")
        return shown_path(Path(named), os.environ) if named else "~/.pgpass"
    if password == os.environ.get("PGPASSWORD"):
        return "PGPASSWORD"
    path = os.environ.get("PGSERVICEFILE")
    if path:
        return shown_path(Path(path), os.environ)
    own = Path("~/.pg_service.conf")
    return str(own) if own.expanduser().exists() else own.name.removeprefix(".")


def passed_over(passfile: str) -> str:
    """Return the password file that `words_of` has kept from libpq; "" if it has kept none.

    Args:
        passfile: The password file with which a connection was opened.

    Returns:
        Its path, as it can be typed in a shell.
    """
    if not passfile.startswith(f"{_NOWHERE}/"):
        return ""
    path = passfile.removeprefix(_NOWHERE)
    shown = shown_path(Path(path), os.environ)
    plain = shown.removeprefix("~")
    return shown if shlex.quote(plain) == plain else shlex.quote(path)


def _is_passed_over(path: Path) -> bool:
    """Whether libpq would use a password file if it were not for its rights, or its kind."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):
        return False  # where there is none, it says nothing
    return not stat.S_ISREG(mode) or bool(mode & (stat.S_IRWXG | stat.S_IRWXO))
