"""Where the program's files are, by the rules of the XDG base directories.

A folder of our own is made when first needed, for its user alone, whatever the umask.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

_NAME: Final = "mentorrollen"
PRIVATE_FOLDER: Final = 0o700


def data_file(given: str | None, environ: Mapping[str, str]) -> Path:
    """Return the record file: the one given, or `$MENTOR_FILE`, or the user's own."""
    chosen = given or environ.get("MENTOR_FILE")
    if chosen:
        return Path(chosen).expanduser().absolute()
    return data_dir(environ) / "mentor.json"


def data_dir(environ: Mapping[str, str]) -> Path:
    """Return the folder of the user's own records."""
    return _base(environ, "XDG_DATA_HOME", ".local/share") / _NAME


def config_dir(environ: Mapping[str, str]) -> Path:
    """Return the folder of the settings."""
    return _base(environ, "XDG_CONFIG_HOME", ".config") / _NAME


def state_dir(environ: Mapping[str, str]) -> Path:
    """Return the folder of what is remembered from one start to the next, and of reports."""
    return _base(environ, "XDG_STATE_HOME", ".local/state") / _NAME


def settings_file(environ: Mapping[str, str]) -> Path:
    """Return the settings file."""
    return config_dir(environ) / "settings.toml"


def positions_file(environ: Mapping[str, str]) -> Path:
    """Return the file of remembered positions."""
    return state_dir(environ) / "positions.json"


def _base(environ: Mapping[str, str], name: str, default: str) -> Path:
    path = Path(environ.get(name) or "")
    if path.is_absolute():  # the rules have others ignored
        return path
    home = environ.get("HOME")
    return (Path(home) if home else Path.home()) / default


def make_private_folder(path: Path) -> None:
    """Make the folder, and those above it, unless they are there. Raises `OSError`."""
    if path.is_dir():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with suppress(FileExistsError):
        path.mkdir(PRIVATE_FOLDER)
        path.chmod(PRIVATE_FOLDER)


def write_private(path: Path, text: str) -> None:
    """Replace the file by one with this text, at once and for its user alone. Raises `OSError`.

    A link is followed: those who keep their settings elsewhere go on doing so.
    """
    import tempfile  # much to load for the commands that write nothing of the kind

    path = path.resolve()
    make_private_folder(path.parent)
    fd, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)  # 0600
    try:
        with os.fdopen(fd, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
