"""Who can read, and an extract: what is private of a team file is one's own, and nobody else's."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from data.logins import user_name
from data.privacy.extract import Where, ids_about, look
from data.privacy.places import PlaceKind, places
from data.records import Mentee, Note
from data.storage.backend import fold_file
from data.store.change import Change
from data.store.opening import open_store
from tests.data.store.team_tools import Team

ME = user_name(os.geteuid())


@pytest.fixture
def team(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Team:
    """A team file with private notes of two, from before and after they were kept apart."""
    found = Team(tmp_path)
    found.folder.chmod(0o700)
    mentee = Mentee(id="1790000000000000010", name="Maja Holm")
    for who in (ME, "bo"):
        opened = open_store(found.file, by=who, threaded=False)
        if who == ME:
            opened.store.commit([Change.created(mentee)])
        note = Note(mentee_id=mentee.id, text=f"{who}-foer")
        opened.store.commit([Change.created(note)])
        opened.close()
        fold_file(found.file)
    found.folder.chmod(0o2770)
    for who in (ME, "bo"):
        with found.as_(who):
            pass  # it moves what is private
        with found.as_(who) as store:
            store.commit([Change.created(Note(mentee_id=mentee.id, text=f"{who}-efter"))])
            for note in store.all(Note):
                if note.text == f"{who}-foer":
                    store.commit([Change.deleted(note)])
    monkeypatch.setenv("XDG_DATA_HOME", str(found.homes / ME))
    return found


def test_the_own_file_is_one_of_the_places(team: Team) -> None:
    found = [
        one.path for one in places(team.file, os.environ, None) if one.kind is PlaceKind.PRIVATE
    ]
    assert any(path.name.startswith("private-") for path in found)
    assert any("backups" in str(path) for path in found)
    assert all(path.is_relative_to(team.home(ME)) for path in found)
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in found)


def test_an_extract_has_ones_own_earlier_words_and_nobody_elses(team: Team) -> None:
    with team.as_(ME) as store:
        (mentee,) = store.all(Mentee)
        where = Where(team.file, os.environ, team.homes / "documents")
        looked = look(mentee.id, ids_about(store, mentee), where)
    texts = {str(doc.get("text")) for docs in looked.earlier.values() for doc in docs}
    assert texts == {f"{ME}-foer"}
    assert looked.backups > 0
