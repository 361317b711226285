"""Where the files of the program are, and how one is written that only its user may read.

The folders follow the XDG Base Directory rules. They are made when they are first needed, and
nobody but the user can look into them, whatever the umask.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

_NAME: Final = "mentorrollen"
STAND_IN: Final = ".server"
"""How the name of a file ends that stands in for a server with records."""
_WORDS_OF_LIBPQ: Final = tuple(
    f"{one}=" for one in ("service", "host", "hostaddr", "port", "dbname", "user", "password")
)
"""How what is given to libpq may begin."""
PRIVATE_FOLDER: Final = 0o700
"""The mode of a folder that only its user may open."""


def data_file(given: str | None, environ: Mapping[str, str], set_to: str = "") -> Path:
    """Return the path of the record file, which holds all records.

    Args:
        given: The file that was named on the command line, if one was. It comes first, then
            `MENTOR_FILE`, then the settings, then the file in the user's own folder.
        environ: The environment of the program.
        set_to: The file that the settings name. A path that is not a full one counts from the home
            folder.
    """
    chosen = given or environ.get("MENTOR_FILE")
    if chosen:
        return Path(chosen).expanduser().absolute()
    if set_to:
        return _home(environ) / set_to.removeprefix("~/")
    return data_dir(environ) / "mentor.json"


def named_records(given: str | None, environ: Mapping[str, str], set_to: str = "") -> str:
    """Return what names the records, a file or a server; "" for the file in the user's own folder.

    Args:
        given: What was named on the command line, if anything was.
        environ: The environment of the program.
        set_to: What the settings name.
    """
    return given or environ.get("MENTOR_FILE") or set_to


def is_address(text: str) -> bool:
    """Return whether a text names a server with records, and no file.

    Other words of libpq, such as `host=`, are meant for one too. No address begins with them, and
    it is refused as one: as a path it would be repeated, and a password in it.
    """
    return text.strip().startswith(("postgresql://", "postgres://", *_WORDS_OF_LIBPQ))


def is_stand_in(path: Path) -> bool:
    """Return whether a path is that of a file which may stand in for a server with records.

    `data.storage.postgres.servers` knows which it is. That is asked of any path of records: nothing
    is loaded for it unless there is such a server.
    """
    return path.suffix == STAND_IN


def data_dir(environ: Mapping[str, str]) -> Path:
    """Return the folder of the user's own record file."""
    return _base(environ, "XDG_DATA_HOME", ".local/share") / _NAME


def config_dir(environ: Mapping[str, str]) -> Path:
    """Return the folder of the settings."""
    return _base(environ, "XDG_CONFIG_HOME", ".config") / _NAME


def state_dir(environ: Mapping[str, str]) -> Path:
    """Return the folder of what the program remembers between starts, and of crash reports.

    A text that could not be saved among the records is put there too.
    """
    return _base(environ, "XDG_STATE_HOME", ".local/state") / _NAME


def settings_file(environ: Mapping[str, str]) -> Path:
    """Return the path of the file with the user's settings."""
    return config_dir(environ) / "settings.toml"


def settings_files(environ: Mapping[str, str]) -> tuple[Path, ...]:
    """Return the paths of the files with settings, of which a later one comes before the others.

    The last one is the user's own. Those before it hold for all users of the computer:
    `/etc/xdg/mentorrollen/settings.toml`, unless `XDG_CONFIG_DIRS` names other folders.
    """
    named = environ.get("XDG_CONFIG_DIRS") or "/etc/xdg"
    folders = [Path(one) for one in reversed(named.split(":")) if one.startswith("/")]
    return (*(folder / _NAME / "settings.toml" for folder in folders), settings_file(environ))


def library_folder(environ: Mapping[str, str], set_to: str) -> Path | None:
    """Return the folder of the workplace's library; None where there is none.

    Args:
        environ: The environment of the program. `MENTOR_LIBRARY` in it comes first; it counts from
            the folder that the user is in.
        set_to: The folder that the settings name. A path that is not a full one counts from the
            home folder. Without it, it is the one for all users of this computer, if that is there:
            `/etc/xdg/mentorrollen/library`, unless `XDG_CONFIG_DIRS` names other folders.
    """
    chosen = environ.get("MENTOR_LIBRARY", "")
    if chosen and not chosen.startswith("~/"):
        with suppress(OSError):  # the folder that the user is in is gone
            return Path(chosen).absolute()
    chosen = chosen or set_to
    if chosen:
        return _home(environ) / chosen.removeprefix("~/")
    for_all = (path.with_name("library") for path in reversed(settings_files(environ)[:-1]))
    return next((path for path in for_all if os.path.isdir(path)), None)  # noqa: PTH112 - never raises


PUBLISHING: Final = "publishing.json"
"""The name of the file that says what is published, in the folder of what is remembered."""
LIBRARY_COPY: Final = "library.json"
"""The name of the copy of the workplace's library, in the folder of the user's own record file."""


def positions_file(environ: Mapping[str, str]) -> Path:
    """Return the path of the file that says where the user was at the end of the last run."""
    return state_dir(environ) / "positions.json"


def templates_folder(environ: Mapping[str, str]) -> Path:
    """Return the folder of the user's own templates of plans. It need not be there yet."""
    return data_dir(environ) / "templates"


def publishing_file(environ: Mapping[str, str]) -> Path:
    """Return the path of the file that says what is published; not there where nothing ever was."""
    return state_dir(environ) / PUBLISHING


def documents_folder(chosen: str, environ: Mapping[str, str]) -> Path:
    """Return the folder that documents are written to. It need not be there yet.

    Args:
        chosen: The folder that the settings name; "" for `~/mentorrollen`. A path that is not a
            full one counts from the home folder.
        environ: The environment of the program.
    """
    return from_home(chosen or _NAME, environ)


def from_home(chosen: str, environ: Mapping[str, str]) -> Path:
    """Return a path that the settings name: one that is not a full one counts from the home folder.

    Args:
        chosen: What the settings say.
        environ: The environment of the program.
    """
    return _home(environ) / chosen.removeprefix("~/")


def shown_path(path: Path, environ: Mapping[str, str]) -> str:
    """Return a path as its user types it: with "~" for the home folder of the environment."""
    home = environ.get("HOME", "").rstrip("/")
    shown = str(path)
    return f"~{shown.removeprefix(home)}" if home and shown.startswith(f"{home}/") else shown


def _base(environ: Mapping[str, str], name: str, default: str) -> Path:
    """Return a base directory of XDG: from the variable `name`, or `default` in the home folder."""
    path = Path(environ.get(name) or "")
    if path.is_absolute():  # XDG: a path that is not absolute must be ignored
        return path
    return _home(environ) / default


def _home(environ: Mapping[str, str]) -> Path:
    """Return the user's home folder: as the environment says, or the list of users without it."""
    home = environ.get("HOME")
    return Path(home) if home else Path.home()


def make_private_folder(path: Path) -> None:
    """Make a folder that only its user may open, if it is not there; those above it likewise.

    A folder that is there already keeps its mode: its user may have chosen that.

    Raises:
        OSError: The folder could not be made.
    """
    if path.is_dir():
        return
    make_private_folder(path.parent)  # `parents=True` would make those with what the umask leaves
    with suppress(FileExistsError):  # another session was quicker
        path.mkdir(PRIVATE_FOLDER)
        path.chmod(PRIVATE_FOLDER)  # `mkdir` leaves out what the umask forbids


def read_start(path: Path, most: int) -> bytes:
    """Return what an ordinary file holds, or its first `most` bytes.

    Of a pipe or a device nothing is read: it may never end, or wait for ever.

    Raises:
        OSError: The file could not be read, or is no ordinary one.
    """
    fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK | os.O_NOCTTY)
    try:
        if not stat.S_ISREG(os.fstat(fd).st_mode):
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), str(path))
        return os.read(fd, most)
    finally:
        os.close(fd)


def write_private(path: Path, text: str, *, through_links: bool = True) -> None:
    """Write a text to a file that only its user may read.

    The file is replaced in one step: whoever reads it meanwhile, or after a power cut, finds all of
    the old text or all of the new. If the path is a symbolic link, the file that it points to is
    replaced, since some users keep their settings elsewhere; unless `through_links` is false: then
    it is the link that goes.

    Raises:
        OSError: The file could not be written, and is as it was before.
    """
    import tempfile  # loaded when first needed: most commands write no such file

    if through_links:
        path = path.resolve()
    make_private_folder(path.parent)
    fd, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)  # made with mode 0600
    try:
        with os.fdopen(fd, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
