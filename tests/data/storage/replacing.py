"""What the tests of replaced files do to them, and see."""

from __future__ import annotations

from pathlib import Path

from data.storage.protocol import Commit
from data.storage.upkeep import restore
from tests.data.storage.support import Session


def put_back(files: list[tuple[Path, bytes]]) -> None:
    """Rename files of an earlier moment into place."""
    for one, data in files:
        part = one.with_name("part")
        part.write_bytes(data)
        part.chmod(0o600)
        part.rename(one)


def whole(path: Path) -> list[str]:
    """Return the names of the files in quarantine that can be restored."""
    return [one.name for one in restore.list_set_aside(path) if one.whole]


def texts(session: Session) -> dict[str, str]:
    return {id: doc["text"] for id, doc in session.tables["notes"].items()}


def taken_over(session: Session) -> Commit:
    """Let a session look, and return the one commit that says that the file was replaced."""
    (found,) = [one for one in session.poll() if one.replaced or one.notices]
    return found
