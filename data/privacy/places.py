"""Every place where the program keeps something about a mentee, or has written it to.

One list: who can read it, what an extract has looked through, and what a deletion has to reach are
all about these files.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from data.paths import LIBRARY_COPY, PUBLISHING, state_dir, templates_folder
from data.published.kept import kept
from data.published.place import files_at
from data.reminders.sent import NAME as REMINDED
from data.run_folder import texts_folder
from data.storage.names import Names
from data.store.opening_team import own_file


class PlaceKind(StrEnum):
    """What a file is."""

    RECORDS = "records"
    """The record file with its journal and history, and half-written ones."""
    BACKUPS = "backups"
    QUARANTINE = "quarantine"
    TYPING = "typing"
    """What is being typed in open sessions, or was in those that died; texts in an editor."""
    DOCUMENTS = "documents"
    """What was written to be given out."""
    TEMPLATES = "templates"
    """The user's own templates of plans. They name nobody, unless somebody has typed a name."""
    PRIVATE = "private"
    """What the user keeps private of a team file, in a file of their own, with all beside it."""
    PUBLISHED = "published"
    """Counts and dates that others of the workplace may see, where the mentor has said so."""
    STATE = "state"
    """Texts that could not be saved, crash reports, and where the cursor was."""


@dataclass(frozen=True, slots=True)
class Place:
    """A file that there is."""

    kind: PlaceKind
    path: Path


_PARTS: Final = ("edit-", "demo-")
"""What the names of folders begin with that texts are in while another program has them open."""
_NOTHING_PERSONAL: Final = frozenset({"styles.json", REMINDED, PUBLISHING, LIBRARY_COPY})
"""Files of the program's own that hold nothing of any record: how screens are drawn, where counts
are published, the day of the last reminder, and the copy of the workplace's library. The last two
are among them where both folders are one."""


def places(path: Path, environ: Mapping[str, str], documents: Path | None) -> list[Place]:
    """Return all files that may hold something about a mentee, in the order of their kinds.

    Args:
        path: The record file.
        environ: The environment of the program, which says where the state folder is.
        documents: The folder of documents; None to leave them out.
    """
    found = [
        *_beside(path),
        *_private(path),
        *_documents(documents),
        *_own_templates(environ),
        *_state(environ),
    ]
    found += (Place(PlaceKind.PUBLISHED, file) for file in published_files(path, environ))
    order = list(PlaceKind)
    return sorted(found, key=lambda place: (order.index(place.kind), place.path))


def _beside(path: Path) -> Iterator[Place]:
    """Yield the files beside the record file that belong to it."""
    names = Names(path.name)
    for file in (
        names.record,
        names.journal,
        names.history,
        names.deletions,
        names.deleting,
    ):
        if path.with_name(file).is_file():
            yield Place(PlaceKind.RECORDS, path.with_name(file))
    for sub, kind in (
        (names.backups, PlaceKind.BACKUPS),
        (names.quarantine, PlaceKind.QUARANTINE),
        (names.sessions, PlaceKind.TYPING),
    ):
        yield from (Place(kind, file) for file in _files(path.with_name(sub)))
    with suppress(OSError):
        for beside in path.parent.iterdir():
            if beside.name.startswith(names.temporary):
                yield Place(PlaceKind.RECORDS, beside)
            elif beside.name.startswith(_PARTS) and beside.is_dir():
                yield from (Place(PlaceKind.TYPING, file) for file in _files(beside))


def _private(path: Path) -> Iterator[Place]:
    """Yield the files of the own file that belongs to a team file. Others cannot be looked at."""
    own = own_file(path)
    if own is None:
        return
    for place in (*_beside(own), *map(_as_private, _files(texts_folder(own)))):
        yield _as_private(place.path)


def _as_private(path: Path) -> Place:
    return Place(PlaceKind.PRIVATE, path)


def published_files(path: Path, environ: Mapping[str, str]) -> list[Path]:
    """Return the files in which counts of a data file are published."""
    found = kept(environ)
    return [file for one in found.places if found.is_of(path) for file in files_at(Path(one))]


def _documents(folder: Path | None) -> Iterator[Place]:
    if folder is not None:
        yield from (Place(PlaceKind.DOCUMENTS, file) for file in _files(folder))


def _own_templates(environ: Mapping[str, str]) -> Iterator[Place]:
    for file in _files(templates_folder(environ)):
        yield Place(PlaceKind.TEMPLATES, file)


def _state(environ: Mapping[str, str]) -> Iterator[Place]:
    for file in _files(state_dir(environ)):
        if file.name not in _NOTHING_PERSONAL:
            yield Place(PlaceKind.STATE, file)


def _files(folder: Path) -> Iterator[Path]:
    """Yield the files in a folder and those in it; links are not followed."""
    try:
        inner = sorted(folder.iterdir())
    except OSError:
        return
    for one in inner:
        if one.is_symlink():
            continue
        if one.is_dir():
            yield from _files(one)
        elif one.is_file():
            yield one
