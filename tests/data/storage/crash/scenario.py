"""A short life of a record file, with books of what was confirmed, and the check that it is there.

The life has all that storage does: creation, commits, an edit of a long text, a deletion, folds,
a second session, a restart, drafts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TypeVar

from data.storage.disk import Disk
from data.storage.problems import NotSaved, StorageError
from tests.data.storage.crash.disks import QUICK
from tests.data.storage.support import Session

T = TypeVar("T")
LONG = "Det gik godt i dag, og vi aftalte det næste skridt. " * 5


@dataclass
class Books:
    """What was tried and what was confirmed, by document: text, or None for deleted."""

    confirmed: dict[str, str | None] = field(default_factory=dict)
    trying: dict[str, str | None] = field(default_factory=dict)

    def copy(self) -> Books:
        return Books(dict(self.confirmed), dict(self.trying))

    def put(self, session: Session, id: str, text: str | None) -> None:
        self.trying[id] = text
        if text is None:
            session.delete(id)
        else:
            session.put(id, text=text)
        self.confirmed[id] = text
        self.trying.pop(id)

    def missing(self, path: Path) -> list[str]:
        """Return what is wrong with the file by these books."""
        session = Session(path, disk=QUICK)
        session.close()
        found = {id: str(doc.get("text")) for id, doc in session.tables.get("notes", {}).items()}
        wrong = []
        for id, text in self.confirmed.items():
            allowed = {text, self.trying[id]} if id in self.trying else {text}
            if found.get(id) not in allowed:
                wrong.append(f"{id}: {text!r} was confirmed, the file has {found.get(id)!r}")
        known = {**self.confirmed, **self.trying}
        wrong += [
            f"{id}: {text!r} was never written" for id, text in found.items() if id not in known
        ]
        return wrong


def live(path: Path, disk: Disk, books: Books, *, patient: bool = False) -> None:
    """Live the whole life. `patient`: what fails is tried again, a few times."""
    session = _try(lambda: Session(path, disk=disk), patient)
    for id in ("1", "2", "3"):
        _try(partial(books.put, session, id, f"{LONG}{id}"), patient)
    _try(lambda: books.put(session, "1", f"{LONG}1 og lidt til"), patient)
    fold(session)
    _try(lambda: books.put(session, "2", None), patient)
    other = _try(lambda: Session(path, "bo", disk=disk), patient)
    _try(lambda: books.put(other, "4", "fra en anden"), patient)
    _try(session.poll, patient)
    fold(other)
    _try(lambda: books.put(session, "5", "efter"), patient)
    other.close()
    session.close()
    session = _try(lambda: Session(path, disk=disk), patient)
    _try(lambda: books.put(session, "1", "kort nu"), patient)
    session.close()


def fold(session: Session) -> None:
    """Fold at once, and wait for it: the steps of a life come in the same order each time."""
    from data.storage.backend import _fold

    file = session.backend._file
    assert file is not None
    _fold(file, file.session)


def _try(step: Callable[[], T], patient: bool) -> T:
    for _attempt in range(4 if patient else 0):
        try:
            return step()
        except NotSaved:
            continue
        except StorageError:
            if not patient:
                raise
    return step()
