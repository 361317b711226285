"""How a team file and the files of its users know each other.

Both have a small table for it. In the team file:

- document 1: `id`, a random name of the team file, by which each user's own file is found, whatever
  becomes of its path; and `parted`, once nothing private is left from before;
- a document for each own file that has had to change both files at once: `done`, random names of
  such changes (`data.storage.split.moves`).

In the own file document 1 has the same `id`, the `path` of the team file, and `mark`, the id of its
document in the team file.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from data.storage.disk import Disk
from data.storage.problems import StorageError
from data.storage.protocol import Doc, DocChange, Tables
from data.storage.snapshot import Unsound, read_tables
from data.storage.split.parts import TEAM_TABLE

_ONE = "1"


def new_mark() -> str:
    """Return a random id of a document in the team file: 19 digits, the first of which is 8."""
    return f"8{int.from_bytes(os.urandom(8)) % 10**18:018}"


def unnamed(folder: Path) -> Path:
    """Return the path beside which drafts are kept as long as a team file has no name yet.

    That is so if it could not be written at its first opening.
    """
    return folder / "private-unnamed.json"


def said_by(tables: Tables) -> Doc:
    """Return what a file says of itself; nothing if it has said nothing yet."""
    return tables.get(TEAM_TABLE, {}).get(_ONE) or {}


def id_of(tables: Tables) -> str:
    """Return the random name of the team file; "" if there is none yet."""
    return str(said_by(tables).get("id", ""))


def is_parted(tables: Tables) -> bool:
    """Return whether nothing private is left in the team file from before."""
    return said_by(tables).get("parted") is True


def saying(tables: Tables, **fields: object) -> DocChange:
    """Return the change after which a file says something more of itself."""
    before = tables.get(TEAM_TABLE, {}).get(_ONE)
    rev = before.get("rev", 0) if before else 0
    return DocChange(TEAM_TABLE, _ONE, before, {**(before or {}), **fields, "rev": rev + 1})


def done_by(tables: Tables, mark: str) -> list[str]:
    """Return which changes of both files the team file has, of one own file."""
    found = tables.get(TEAM_TABLE, {}).get(mark, {}).get("done", [])
    return list(found) if isinstance(found, list) else []


def having_done(tables: Tables, mark: str, done: list[str], *, together: bool) -> DocChange:
    """Return the change after which the team file says that it has those changes."""
    before = tables.get(TEAM_TABLE, {}).get(mark)
    rev = before.get("rev", 0) if before else 0
    return DocChange(TEAM_TABLE, mark, before, {"done": done, "rev": rev + 1}, together)


def own_path(folder: Path, id: str, team: Path, disk: Disk) -> Path | None:
    """Return the path of the file with what its user keeps private of a team file.

    It is found by the random name of the team file. If there is none of that name, it may be that
    an early backup of the team file was restored and the name is another one now: then it is that
    one which says that it belongs to the path.

    Args:
        folder: The folder of the user's own files.
        id: The name of the team file; "" if it has none yet.
        team: The path of the team file.
        disk: The calls to the operating system.

    Returns:
        None if there is none, and no name for one.
    """
    by_id = folder / f"private-{id}.json" if id else None
    if by_id is not None and by_id.exists():
        return by_id
    for path in sorted(folder.glob("private-*.json")):
        with suppress(OSError, StorageError, Unsound):
            if said_by(read_tables(path, disk)).get("path") == str(team):
                return path
    return by_id
