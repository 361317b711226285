"""A fold notices what has become of the journal while it worked without the lock."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.storage import fold
from data.storage.fold import Unfit
from data.storage.folder import Folder
from data.storage.generation import Temporary, start_journal
from data.storage.names import Names
from data.storage.record_file import Meta
from tests.data.storage.support import Session, contents


def test_a_line_that_was_taken_back_meanwhile_is_not_folded(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = Session(path)
    session.put("1", text="bekræftet")
    file = session.backend._file
    assert file is not None
    end = file.journal_bytes
    session.put("2", text="hvis synkronisering fejler " * 9)

    def meanwhile(folder: Folder, names: Names, meta: Meta, by: str) -> tuple[Temporary, int]:
        """The line is taken back, and another session writes a shorter one in its place."""
        monkeypatch.setattr(fold, "start_journal", start_journal)
        journal = path.with_name("x.json.journal")
        with journal.open("r+b") as file:
            file.truncate(end)
        other = Session(path, "bo")
        other.put("3", text="en andens")
        other.die()
        return start_journal(folder, names, meta, by)

    monkeypatch.setattr(fold, "start_journal", meanwhile)
    with pytest.raises(Unfit):
        fold.fold(file.folder, file.names, "met")
    session.die()
    assert set(contents(path)["notes"]) == {"1", "3"}
