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

UNUSED: Final = "/dev/null/unused"
"""A password file that cannot be there: libpq passes over it and says nothing."""


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
    return {**words, "passfile": UNUSED} if _is_passed_over(password_file(words)) else words


def password_file(words: Mapping[str, Any]) -> Path:
    """Return where libpq looks for passwords. A service may name another place, which it says."""
    named = str(words.get("passfile") or os.environ.get("PGPASSFILE") or "")
    return Path(named) if named else Path("~/.pgpass").expanduser()


def shown_password_file() -> str:
    """Return the path of the usual password file, as it can be typed in a shell."""
    path = password_file({})
    shown = shown_path(path, os.environ)
    plain = shown.removeprefix("~")
    return shown if shlex.quote(plain) == plain else shlex.quote(str(path))


def _is_passed_over(path: Path) -> bool:
    """Whether libpq would use a password file if it were not for its rights, or its kind."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):
        return False  # where there is none, it says nothing
    return not stat.S_ISREG(mode) or bool(mode & (stat.S_IRWXG | stat.S_IRWXO))
