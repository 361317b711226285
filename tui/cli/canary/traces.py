"""Looks for canaries in what a run leaves on the computer besides what it was asked to write."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from data.i18n import N_
from data.paths import LIBRARY_COPY, config_dir, data_dir, state_dir, templates_folder
from data.privacy.canaries import NOTE
from data.privacy.looking import (
    TRACES,
    Looked,
    canaries_in,
    canaries_in_file,
    canaries_in_processes,
)

_MARGIN: Final = 2.0
"""Seconds before the start from which on a file counts as written since: the clocks of some file
systems are coarse."""
_SHARED: Final = ("/dev/shm", "/var/tmp")  # noqa: S108 - looked at, not written to
"""Temporary folders besides the usual one."""


def look_at_traces(folder: Path, began: float, looked: Looked) -> None:
    """Look at the traces of a run.

    Args:
        folder: The folder of the run. Whatever the environment names is in it.
        began: When the run began: seconds of the clock that files are dated by.
        looked: Notes what was looked at.
    """
    for path in _files(folder):
        looked.note(TRACES, N_("Names of files"), canaries_in(path.name))
    said, report = _crash()
    looked.note(TRACES, N_("Report of a failure"), canaries_in(said) + report)
    for place, where in (
        (N_("State folder"), state_dir(os.environ)),
        (N_("Settings"), config_dir(os.environ)),
        (N_("Your own templates of plans"), templates_folder(os.environ)),
    ):
        found = [canaries_in_file(path) for path in _files(where)]
        looked.note(TRACES, place, sum(found))
    copies = [path for path in _files(data_dir(os.environ)) if path.name == LIBRARY_COPY]
    found = [canaries_in_file(path) for path in copies]
    looked.note(TRACES, N_("Copy of the workplace's library"), sum(found))
    looked.note(TRACES, N_("Name and arguments of the process"), canaries_in_processes("self"))
    for path in _written_since(folder, began - _MARGIN):
        looked.note(TRACES, N_("Temporary folders"), _in_passing(path), str(path.parent))
    looked.note(TRACES, N_("Temporary folders"), 0)


def _files(folder: Path) -> Iterator[Path]:
    for inner, _folders, names in os.walk(folder):
        yield from (Path(inner) / name for name in names)


def _crash() -> tuple[str, int]:
    """Have the program report an error that speaks of a private word, and look at the report."""
    # only here is the last resort wanted: it is of the module that begins every command
    from tui.cli.main import last_resort

    before = set(_files(state_dir(os.environ)))
    try:
        raise ValueError(NOTE)
    except ValueError as error:
        said = last_resort(error)
    new = set(_files(state_dir(os.environ))) - before
    return said, sum(map(canaries_in_file, new))


def _written_since(apart: Path, since: float) -> Iterator[Path]:
    """Yield the user's own files in temporary folders that were written since a moment.

    Args:
        apart: A folder that does not count.
        since: Seconds of the clock that files are dated by.
    """
    for folder in dict.fromkeys(map(Path, (tempfile.gettempdir(), *_SHARED))):
        for path in _files(folder):
            with suppress(OSError):
                about = path.lstat()
                own = stat.S_ISREG(about.st_mode) and about.st_uid == os.geteuid()
                if own and about.st_mtime >= since and not path.is_relative_to(apart):
                    yield path


def _in_passing(path: Path) -> int:
    """Return how many canaries a file has; none, if it is gone meanwhile."""
    try:
        return canaries_in_file(path)
    except OSError:
        return 0
