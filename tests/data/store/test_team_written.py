"""Which files a mentor wrote about a mentee: of a team file, that is in their own file alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.documents.written_files import files_of, note_files
from data.records import DocumentFile
from data.storage.backend import JournalBackend
from data.storage.protocol import DocChange
from data.store.codec import encode, table_rules
from tests.data.store.team_tools import Team


@pytest.fixture
def team(tmp_path: Path) -> Team:
    return Team(tmp_path)


def test_what_was_written_is_known_to_its_author_alone(team: Team) -> None:
    maja, plan = team.add_mentee(), team.homes / "plan.pdf"
    plan.write_bytes(b"%PDF")
    with team.as_("met") as store:
        note_files(store, maja, [plan], "plan")
        assert files_of(store, maja.id) == [plan]
    with team.as_("bo") as store:
        assert files_of(store, maja.id) == []
    with team.as_("met") as store:
        assert files_of(store, maja.id) == [plan]
    assert team.found("plan.pdf") == []


def test_a_path_that_stands_in_the_team_file_is_not_believed(team: Team) -> None:
    maja, thesis = team.add_mentee(), team.homes / "thesis.txt"
    thesis.write_text("met's", "utf-8")
    with team.as_("met"):
        pass
    forged = DocumentFile(mentee_id=maja.id, path=str(thesis), what="plan", changed_by="met")
    doc = {**encode(forged), "changed_by": "met", "rev": 1}
    other = JournalBackend(team.file, by="bo")
    other.load()
    with team.as_("met") as store:
        other.commit([DocChange("files", forged.id, None, doc)], table_rules())
        store.pump()
        assert files_of(store, maja.id) == []
    other.close()
    for _again in range(2):
        with team.as_("met") as store:
            assert files_of(store, maja.id) == []
            assert not store.of(DocumentFile, maja.id)
