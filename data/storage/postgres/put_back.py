"""What was deleted for good and has come back, because an older state of the server was restored.

A backup of the server knows nothing of what was deleted since. So each user who could see it has a
list of it, beside the stand-in of the server, in the file and the form that a data file has one:
digests of random ids. Whoever of them opens the records next deletes it again.
"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from data.storage import purge_list
from data.storage.deletion import Deletion
from data.storage.folder import open_folder
from data.storage.names import Names
from data.storage.postgres.backend import PostgresBackend
from data.storage.postgres.forgetting import forget
from data.storage.postgres.of_colleague import believed
from data.storage.postgres.reading import deletions_since
from data.storage.problems import StorageError
from data.storage.references import MENTEES


def follow_list(path: Path, backend: PostgresBackend) -> int:
    """Delete again what has come back, and put on the list what others have deleted.

    Args:
        path: The stand-in of the server.
        backend: The records; the line is open.

    What is on the server under the id of a deletion may be another one: in the state that came back
    a colleague could make one with any id.

    Returns:
        How many documents were deleted again, or lost a part.

    Raises:
        OSError: The list cannot be read or written.
        StorageError: The folder must not be used, or the line is broken.
    """
    there = backend.with_line(lambda line, mirror: deletions_since(line, mirror.team))
    folder, name = open_folder(path)
    with closing(folder):
        names = Names(name)
        listed = purge_list.read(folder, names)
        new = [one for one in there if one.id not in {old.id for old in listed}]
        if new:
            purge_list.add(folder, names, new)
    known = {(one.id, one.owners, one.by) for one in there}
    missing = [
        one
        for one in listed
        if known.isdisjoint((one.id, one.owners, by) for by in (one.by, backend.by))
    ]
    if missing:
        backend.load()
    ours = believed(missing, backend.by, backend.rules.parting, lambda _table, _id: False)
    return sum(_again(backend, one) for one in ours)


def _again(backend: PostgresBackend, deletion: Deletion) -> int:
    """Make a deletion again. Return how many documents of it were there, and have gone."""
    mentees = [id for id in backend.known().get(MENTEES, {}) if deletion.knows(id)]
    there = _count(backend, deletion)
    if not there:
        return 0
    try:
        forget(backend, deletion, mentees[0] if mentees else "")
    except StorageError:
        return 0  # on hold, or somebody else is the mentor: it is theirs now
    return there - _count(backend, deletion)


def _count(backend: PostgresBackend, deletion: Deletion) -> int:
    """Return of how many documents that the user sees something is gone by a deletion."""
    tables = backend.known()
    return sum(len(deletion.touched(table, docs)) for table, docs in tables.items())
