"""Opening a team file, with the file of the user's own that has what is private."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from data.frozen import immutable
from data.logins import user_name
from data.paths import data_dir, make_private_folder
from data.run_folder import texts_folder
from data.storage.disk import REAL
from data.storage.folder import in_team_folder
from data.storage.problems import StorageError, kind_of
from data.storage.protocol import Tables
from data.storage.snapshot import Unsound, is_team_file, read_tables
from data.storage.split import mark
from data.storage.split.backend import SplitBackend
from data.storage.split.file import File
from data.storage.split.halves import Halves
from data.storage.split.parts import Parting
from data.store.codec import table_rules


def split_backend(
    path: Path, parting: Parting, opener: Callable[[Path], File], *, reading: bool
) -> SplitBackend:
    """Return the open backend of a team file; see `open_store`.

    Raises:
        StorageError: One of the two files cannot be read, or must not be used.
    """
    backend = SplitBackend(
        path, own_folder(), parting, table_rules(), opener=opener, reading=reading
    )
    if not reading:
        try:
            make_private_folder(own_folder())
        except OSError as error:
            raise StorageError(kind_of(error), name=str(own_folder())) from error
    backend.open()
    if not reading:
        with suppress(OSError):  # the editor says so when it is started
            make_private_folder(texts_folder(backend.own_path))
    return backend


def own_folder() -> Path:
    """Return the folder of files with what the user keeps private of team files.

    It is that of the user's own records, unless that one is a team folder itself.
    """
    folder = data_dir(os.environ)
    return folder / "private" if in_team_folder(folder / "mentor.json") else folder


def own_file(path: Path) -> Path | None:
    """Return the path of the file with what the user keeps private of a team file.

    Returns:
        None if the path is no team file's, or the user keeps nothing private of it yet.
    """
    if not is_team_file(path):
        return None
    team: Tables = {}
    with suppress(OSError, StorageError, Unsound):
        team = read_tables(path)
    found = mark.own_path(own_folder(), mark.id_of(team), path, REAL)
    return found if found is not None and found.exists() else None


@immutable
class Looked:
    """What a look into a team file has shown."""

    tables: Tables
    """The documents that the user may see."""
    left: dict[str, int]
    """How many documents of the team file are private, from before, by the login name of the
    author; they are moved when the author opens the file. It is "" if nobody can be named."""


def look_into(path: Path, parting: Parting) -> Looked:
    """Read a team file and the user's own file. Nothing is written, mended or locked.

    It raises what `read_tables` raises.
    """
    own = own_file(path)
    halves = Halves(
        parting, user_name(os.geteuid()), read_tables(path), read_tables(own) if own else {}
    )
    halves.look_for_left()
    halves.put_together()
    return Looked(halves.all, dict(Counter(halves.left.values())))
