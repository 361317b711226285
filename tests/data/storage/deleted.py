"""A file with two mentees, and the list on which one of them is put as deleted for good."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path
from typing import Any

from data.storage import purge_list
from data.storage.deletion import Deletion, opaque
from data.storage.folder import open_folder
from data.storage.lock import Lock
from data.storage.names import Names
from data.storage.protocol import MARKS
from tests.data.storage.support import Session, contents

MAJA, BO = "1790000000000000001", "1790000000000000002"
NOTE, OTHER = "1790000000000000011", "1790000000000000012"


def deletion(path: Path, owners: set[str], docs: set[str], **more: Any) -> Deletion:
    folder, name = open_folder(path)
    with closing(folder):
        salt = purge_list.salt_of(folder, Names(name))
    gone = [frozenset(opaque(salt, id) for id in ids) for ids in (owners, docs)]
    id = more.pop("id", "1799999999999999999")
    at = "2099-01-01T12:00:00+01:00"
    return Deletion(id, at, "met", "mentee", salt, {}, gone[0], gone[1], **more)


def listed(path: Path, one: Deletion) -> None:
    folder, name = open_folder(path)
    with closing(folder):
        names = Names(name)
        lock = Lock(folder, names.lock)
        with closing(lock), lock:
            purge_list.add(folder, names, [one])


def maja_goes(path: Path) -> None:
    """Put her on the list alone; the history is cleaned by whoever deletes her."""
    listed(path, deletion(path, {MAJA}, {MAJA, NOTE}))
    path.with_name("x.json.history").unlink(missing_ok=True)


def begun(path: Path) -> None:
    """A file with two mentees, one note of each, and a backup of all that."""
    session = Session(path)
    session.put(MAJA, "mentees", name="Maja")
    session.put(BO, "mentees", name="Bo")
    session.put(NOTE, mentee_id=MAJA, text="hemmeligt")
    session.put(OTHER, mentee_id=BO, text="om Bo")
    session.close()
    session = Session(path)
    session.put(OTHER, text="om Bo igen")
    session.close()


def copied(path: Path, folder: Path) -> Path:
    shutil.copytree(path.parent, folder)
    return folder / path.name


def words(path: Path) -> set[str]:
    """The files in which there is a word of Maja's, or an id."""
    secret = [word.encode() for word in ("hemmeligt", "Maja", MAJA, NOTE)]
    return {
        str(file.relative_to(path.parent))
        for file in path.parent.rglob("*")
        if file.is_file() and any(word in file.read_bytes() for word in secret)
    }


def is_gone(path: Path) -> None:
    tables = contents(path)
    assert set(tables["mentees"]) == {BO}
    assert set(tables["notes"]) == {OTHER}
    assert set(tables[MARKS]) == {"1799999999999999999"}


def put_back_both(path: Path, old: Path) -> None:
    for ending in ("", ".journal"):
        shutil.copy(f"{old}{ending}", f"{path}{ending}")
