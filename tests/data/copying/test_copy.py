"""Records go from a file to a server and back, and are the same, to the letter."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.clock import now, today
from data.copying.ends import Target
from data.copying.files import FileSource, FileTarget
from data.copying.on_server import ServerSource, ServerTarget
from data.copying.whole import HoldsOthers, NotHeld, copy
from data.example import example_records
from data.method.acting import SERVER_RULES
from data.method.parting import PARTING
from data.records import Mentee, Need, Note, Person, Task
from data.storage.history import read_history
from data.storage.journal import to_json
from data.storage.protocol import Tables
from data.storage.snapshot import read_tables
from data.store.change import Change
from data.store.opening import open_store
from tests.data.storage.postgres.team_server import TeamServer


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file with the example data, in which somebody has worked."""
    path = tmp_path / "mentor.json"
    opened = open_store(path, by="met", threaded=False)
    store = opened.store
    store.commit([Change.created(one) for one in example_records(today(), now(), "da")])
    mentee = store.all(Mentee)[0]
    store.commit([Change.edited(mentee, team="Nord")])
    need = Need(mentee_id=mentee.id, area="Tilsyn")
    store.commit([Change.created(need)])
    found = store.get(Need, need.id)
    assert found is not None
    store.commit([Change.edited(found, mentor_view="Mit syn")])
    found = store.get(Need, need.id)
    assert found is not None
    store.commit([Change.edited(found, need="Delt")])
    opened.close()
    return path


def to_server(file: Path, team: TeamServer, login: str = "met") -> Target:
    target = ServerTarget(file, team.address(login), SERVER_RULES)
    copy(FileSource(file, PARTING), target)
    target.close()
    return target


def documents(tables: Tables) -> dict[tuple[str, str], bytes]:
    return {(name, id): to_json(doc) for name, docs in tables.items() for id, doc in docs.items()}


@pytest.fixture
def back(file: Path, team: TeamServer, tmp_path: Path) -> Path:
    """The file that comes of it on a server, and then in a file again."""
    to_server(file, team)
    path = tmp_path / "back" / "mentor.json"
    path.parent.mkdir()
    source, target = (
        ServerSource(file, team.address("met"), SERVER_RULES),
        FileTarget(path, PARTING),
    )
    copy(source, target)
    source.close()
    return path


def test_every_document_is_the_same_to_the_letter(file: Path, back: Path) -> None:
    assert documents(read_tables(back)) == documents(read_tables(file))


def test_the_history_comes_along_and_no_other(file: Path, back: Path) -> None:
    for mentee in read_tables(file)["mentees"]:
        assert read_history(back, mentee) == read_history(file, mentee)
    assert any(read_history(file, one) for one in read_tables(file)["mentees"])


def test_what_is_private_stays_so(file: Path, team: TeamServer) -> None:
    to_server(file, team)
    whole = team.backend("met", listening=False)
    assert documents(whole.load()) == documents(read_tables(file))
    other = team.backend("bo", listening=False)
    assert not other.load().get("mentees")
    whole.close()
    other.close()


class Dies(Exception):
    """The program is killed."""


def test_what_was_interrupted_goes_on(file: Path, team: TeamServer) -> None:
    before = file.read_bytes()
    target = ServerTarget(file, team.address("met"), SERVER_RULES)
    told: list[str] = []

    def die(name: str) -> None:
        told.append(name)
        if len(told) == 3:
            raise Dies

    with pytest.raises(Dies):
        copy(FileSource(file, PARTING), target, tell=die)
    target.close()
    to_server(file, team)
    whole = team.backend("met", listening=False)
    assert documents(whole.load()) == documents(read_tables(file))
    whole.close()
    assert file.read_bytes() == before


def test_other_records_are_left_alone(file: Path, tmp_path: Path) -> None:
    path = tmp_path / "other.json"
    opened = open_store(path, by="met", threaded=False)
    opened.store.commit([Change.created(Mentee(name="Anden"))])
    opened.close()
    before = read_tables(path)
    with pytest.raises(HoldsOthers):
        copy(FileSource(file, PARTING), FileTarget(path, PARTING))
    assert documents(read_tables(path)) == documents(before)


def test_nothing_is_written_when_it_is_only_asked(file: Path, tmp_path: Path) -> None:
    path = tmp_path / "new.json"
    found = copy(FileSource(file, PARTING), FileTarget(path, PARTING), dry_run=True)
    assert found.count == len(documents(read_tables(file)))
    assert not path.exists()


def test_a_team_may_have_people_already(file: Path, team: TeamServer) -> None:
    backend = team.backend("bo", listening=False)
    from data.store.store import Store

    store = Store(backend, by="bo")
    store.commit([Change.created(Person(name="Bo Lund"))])
    store.close()
    to_server(file, team)


@pytest.fixture
def unfit(file: Path) -> Path:
    """The file with letters in it that no server holds, now and in the history."""
    opened = open_store(file, by="met", threaded=False)
    store = opened.store
    maja = store.all(Mentee)[0]
    store.commit([Change.created(Note(mentee_id=maja.id, text="a\0b", private=True))])
    store.commit([Change.created(Task(mentee_id=maja.id, title="Po\ud800st"))])
    deleted = Task(mentee_id=maja.id, title="De\0leted")
    store.commit([Change.created(deleted)])
    store.commit([Change.deleted(deleted)])
    opened.close()
    return file


def test_letters_that_no_server_holds_are_told_of_before_anything_is_written(
    unfit: Path, team: TeamServer
) -> None:
    target = ServerTarget(unfit, team.address("met"), SERVER_RULES)
    for dry_run in (True, False):
        with pytest.raises(NotHeld) as caught:
            copy(FileSource(unfit, PARTING), target, dry_run=dry_run)
        named = {(one.table, one.name) for one in caught.value.fields}
        assert named == {("notes", "text"), ("tasks", "title")}
    assert not any(documents(target.read_again()))
    target.close()


def test_they_are_replaced_where_that_is_asked_for(unfit: Path, team: TeamServer) -> None:
    for _again in range(2):
        target = ServerTarget(unfit, team.address("met"), SERVER_RULES)
        assert copy(FileSource(unfit, PARTING), target, replace=True).replaced == 2
        target.close()
    whole = team.backend("met", listening=False)
    tables = whole.load()
    assert "a\N{REPLACEMENT CHARACTER}b" in {one["text"] for one in tables["notes"].values()}
    assert "Po\N{REPLACEMENT CHARACTER}st" in {one["title"] for one in tables["tasks"].values()}
    whole.close()
