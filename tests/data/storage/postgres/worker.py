"""A process that writes on a server until it is killed.

    python -m tests.data.storage.postgres.worker CONNINFO NAME NOTE COMMITS

Each commit lengthens one note, in which others write too, and makes a record of its own. A line is
printed before it (`TRY token`) and when it has been confirmed (`ACK token`).
"""

from __future__ import annotations

import sys
import time

from data.method.acting import SERVER_RULES
from data.storage.postgres.address import Address
from data.storage.postgres.backend import PostgresBackend
from data.storage.problems import NotSaved, StorageError
from data.storage.protocol import DocChange

RULES = SERVER_RULES.merging
MENTEE = "1"


def opened(conninfo: str) -> PostgresBackend:
    """A session, as soon as the server lets it in."""
    while True:
        backend = PostgresBackend(Address(conninfo, "", "db"), SERVER_RULES)
        try:
            backend.load()
        except StorageError:
            backend.close()
            time.sleep(0.1)
        else:
            return backend


def save(backend: PostgresBackend, *changes: DocChange) -> None:
    """Commit, as the thread of a session does: again and again until it is confirmed."""
    while True:
        try:
            backend.commit(changes, RULES)
        except NotSaved:
            time.sleep(0.05)
        else:
            return


def note_of(text: str) -> dict[str, object]:
    return {"mentee_id": MENTEE, "kind": "note", "private": False, "text": text, "rev": 1}


def write(backend: PostgresBackend, name: str, note: str, commits: int) -> None:
    notes = backend.known().setdefault("notes", {})
    if note not in notes:
        save(backend, DocChange("notes", note, None, note_of("")))
    for number in range(commits):
        token = f"{name}x{number}."
        before = backend.known()["notes"][note]
        after = {**before, "text": f"{before['text']} {token}", "rev": before["rev"] + 1}
        tip = {"mentee_id": MENTEE, "text": token, "rev": 1}
        print("TRY", token, flush=True)
        save(backend, DocChange("notes", note, before, after), DocChange("tips", token, None, tip))
        print("ACK", token, flush=True)


if __name__ == "__main__":
    conninfo, name, note, commits = sys.argv[1:]
    session = opened(conninfo)
    write(session, name, note, int(commits))
    session.close()
