"""A login name that has become another one: who wrote what, in all files of the user.

What a document says of its writer decides who sees what was private in a team file before it was
kept apart, who may make a record private again, and whom a conflict names. `renamed` knows all
places where a document names a login. The history and the list of deletions go on naming the one
that it was then.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from data.storage.backend import JournalBackend
from data.storage.kept.backup import Backup
from data.storage.postgres.servers import refuse_server
from data.storage.problems import StorageError
from data.storage.protocol import Doc, DocChange, Tables
from data.storage.snapshot import Unsound, read_tables
from data.storage.split.mark import said_by
from data.storage.split.parts import Parting, table_of
from data.storage.upkeep.restore import keep_state
from data.store.codec import table_rules
from data.store.opening import open_store
from data.store.opening_team import own_file, own_folder

_EVERYWHERE: Final = ("changed_by",)
_ALSO: Final = {"conflicts": ("by",)}
"""Table -> its other fields that name a login."""


def fields_naming(table: str, doc: Doc, login: str) -> list[str]:
    """Return the fields of a document that name a login."""
    names = (*_EVERYWHERE, *_ALSO.get(table_of(table), ()))
    return [name for name in names if doc.get(name) == login]


@dataclass(frozen=True, slots=True)
class Naming:
    """One file, and how many of its documents name the old login and the new one."""

    path: Path
    old: int
    new: int


def files_naming(path: Path, old: str, new: str) -> list[Naming]:
    """Return all files of the user of this process with what they name. Nothing is written.

    They are the data file, the team files that own files belong to, and those own files.

    Raises:
        StorageError: A file must not be used.
        OSError: A file cannot be read.
        Unsound: A file must be repaired first.
    """
    refuse_server(path)
    found = []
    for one in _files(path):
        tables = read_tables(one)
        found.append(Naming(one, _count(tables, old), _count(tables, new)))
    return found


def rename_login(
    path: Path, old: str, new: str, parting: Callable[[], Parting]
) -> list[tuple[Path, int, Backup | None]]:
    """Have the documents of all these files name the new login where they name the old one.

    It is one commit in each file, after a backup of it. Where this is cut off, the next call does
    the rest.

    Returns:
        Each file that has changed, how many of its documents, and the backup that undoes it.

    Raises:
        StorageError: A file could not be written, or must not be used.
    """
    done = []
    for one in _files(path):
        _finish(one, parting)
        if _count(read_tables(one), old):
            backup = keep_state(one)
            done.append((one, _rename_in(one, old, new), backup))
    return done


def _rename_in(path: Path, old: str, new: str) -> int:
    """Change the documents of one file, and return how many they were."""
    backend = JournalBackend(path, by=new)
    try:
        changes = renamed(backend.load(), old, new)
        backend.commit(changes, table_rules())
    finally:
        backend.close()
    return len(changes)


def renamed(tables: Tables, old: str, new: str) -> list[DocChange]:
    """Return the changes after which documents name the new login where they named the old one."""
    return [
        DocChange(table, id, doc, {**doc, **dict.fromkeys(names, new)})
        for table, docs in tables.items()
        for id, doc in docs.items()
        if (names := fields_naming(table, doc, old))
    ]


def _files(path: Path) -> list[Path]:
    """Return the files of the user, those with what is private before the team file of each."""
    found: list[Path] = []
    for own in sorted(own_folder().glob("private-*.json")):
        with suppress(OSError, StorageError, Unsound):
            team = Path(str(said_by(read_tables(own)).get("path") or ""))
            found += [own, team] if team.is_file() else [own]
    mine = own_file(path) if path.is_file() else None
    found += [mine] if mine is not None else []
    return list(dict.fromkeys([*found, *([path] if path.is_file() else [])]))


def _finish(path: Path, parting: Callable[[], Parting]) -> None:
    """Finish what sessions that died have left half made: it would name the old login later."""
    if not path.name.startswith("private-"):
        open_store(path, threaded=False, parting=parting).close()


def _count(tables: Tables, login: str) -> int:
    return sum(
        bool(fields_naming(table, doc, login))
        for table, docs in tables.items()
        for doc in docs.values()
    )
