"""A person deleted for good from a team file is gone from each mentor's own file too."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from data.privacy.purge import all_of, carry_out, plan
from data.records import Answer, Mentee, Need, Note, Record
from data.storage.upkeep.going import Wanted, look
from data.storage.upkeep.purging import purge
from data.store.change import Change
from data.store.left_notes import keep_about
from data.store.store import Store
from tests.data.store.team_tools import Team


@pytest.fixture
def team(tmp_path: Path) -> Team:
    found = Team(tmp_path)
    with found.as_("anna") as store:
        store.commit([Change.created(Mentee(id=id, name=name)) for name, id in PEOPLE.items()])
        needs = [Need(id=f"{id[:-1]}7", mentee_id=id, area="Tilsyn") for id in PEOPLE.values()]
        store.commit([Change.created(need) for need in needs])
    for who in ("met", "bo"):
        with found.as_(who) as store:
            for name, id in PEOPLE.items():
                store.commit([Change.created(one) for one in private(id, f"{who}-{name}")])
                need = store.get(Need, f"{id[:-1]}7")
                assert need is not None
                store.commit([Change.edited(need, mentor_view=f"{who}-{name}-syn")])
    return found


PEOPLE = {"Maja": "1790000000000000010", "Nadia": "1790000000000000020"}


def private(mentee: str, word: str) -> list[Record]:
    return [
        Note(mentee_id=mentee, text=f"{word}-note"),
        Answer(mentee_id=mentee, talk_id="", key="a", pulse={"x": f"{word}-puls"}),
    ]


def notes(store: Store) -> set[str]:
    return {one.text for one in store.all(Note)}


def delete_maja(team: Team) -> None:
    wanted = Wanted("mentee", frozenset({PEOPLE["Maja"]}))
    purge(team.file, look(team.file, wanted, by="met"))


def left_in_an_editor(team: Team, mentee: str) -> Path:
    opened = team.open("bo")
    opened.close()
    left = opened.folder / f"edit-4194305-{mentee[-8:-2]}ab"
    left.mkdir(mode=0o700)
    keep_about(left, Note(mentee_id=mentee))
    (left / "mentor.txt").write_text("bo-Maja-editor" if mentee == PEOPLE["Maja"] else "andet")
    return left


def test_it_is_gone_at_the_next_opening_and_others_stay(team: Team) -> None:
    about_maja = left_in_an_editor(team, PEOPLE["Maja"])
    delete_maja(team)
    for who in ("met", "bo"):
        with team.as_(who) as store:
            assert notes(store) == {f"{who}-Nadia-note"}
            assert [one.name for one in store.all(Mentee)] == ["Nadia"]
        assert team.found_at(who, f"{who}-Maja") == []
        assert team.found_at(who, PEOPLE["Maja"]) == []
        for what in ("note", "puls", "syn"):
            assert team.found_at(who, f"{who}-Nadia-{what}") != []
        with team.as_(who) as store:
            assert notes(store) == {f"{who}-Nadia-note"}
            (need,) = store.all(Need)
            assert need.mentor_view == f"{who}-Nadia-syn"

    assert not about_maja.exists()


def test_an_open_session_drops_it(team: Team) -> None:
    with team.as_("bo") as store:
        assert notes(store) == {"bo-Maja-note", "bo-Nadia-note"}
        delete_maja(team)
        store.commit([Change.created(Note(mentee_id=PEOPLE["Nadia"], text="bo-mere"))])
        store.commit([Change.created(Mentee(name="Ny"))])
        assert notes(store) == {"bo-Nadia-note", "bo-mere"}
        assert not any("Maja" in one.mentor_view for one in store.all(Need))
    with team.as_("bo") as store:
        assert notes(store) == {"bo-Nadia-note", "bo-mere"}
    assert team.found_at("bo", "bo-Maja") == []


def test_it_is_gone_at_once_from_the_file_of_who_deletes(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents = team.homes / "documents"
    with team.as_("met") as store:
        maja = store.get(Mentee, PEOPLE["Maja"])
        assert maja is not None
        planned = plan(team.file, store, all_of(store, maja), os.environ)
    monkeypatch.setenv("XDG_DATA_HOME", str(team.homes / "met"))
    carry_out(team.file, planned, os.environ, documents=documents)
    assert team.found_at("met", "met-Maja") == []
    assert team.found_at("met", "met-Nadia-note") != []
    assert team.found_at("bo", "bo-Maja") != [], "it goes when Bo opens the file"
