"""Records go from a file to a server and back, and are the same, to the letter."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from data.clock import now, today
from data.copying.ends import Target
from data.copying.files import FileSource, FileTarget
from data.copying.on_server import ServerSource, ServerTarget
from data.copying.whole import Copied, HoldsOthers, NotHeld, TakenAway, copy
from data.example import example_records
from data.method.acting import SERVER_RULES
from data.method.parting import PARTING
from data.records import Mentee, Need, Note, Person, Task
from data.storage.history import read_history
from data.storage.journal import to_json
from data.storage.postgres.parts import held
from data.storage.postgres.reading import DEEPEST, from_server
from data.storage.protocol import Doc, Tables
from data.storage.snapshot import read_tables
from data.store.change import Change
from data.store.opening import open_store
from data.store.store import Store
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


def test_what_is_there_already_is_counted_when_it_is_only_asked(
    back: Path, team: TeamServer, tmp_path: Path
) -> None:
    path = back
    before = {one.name: one.read_bytes() for one in path.parent.iterdir() if one.is_file()}
    source = ServerSource(path, team.address("met"), SERVER_RULES)
    found = copy(source, FileTarget(path, PARTING), dry_run=True)
    source.close()
    assert (found.count, found.there) == (0, len(documents(read_tables(path))))
    assert before == {one.name: one.read_bytes() for one in path.parent.iterdir() if one.is_file()}
    other = tmp_path / "other.json"
    opened = open_store(other, by="met", threaded=False)
    opened.store.commit([Change.created(Mentee(name="Anden"))])
    opened.close()
    with pytest.raises(HoldsOthers):
        copy(FileSource(other, PARTING), FileTarget(path, PARTING), dry_run=True)


def test_a_team_may_have_people_already(file: Path, team: TeamServer) -> None:
    backend = team.backend("bo", listening=False)
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


def nested(levels: int) -> Doc:
    """A document of so many levels within each other."""
    value: Any = "inside"
    for _level in range(levels - 1):
        value = [value]
    return {"title": "Dyb", "extra": value}


def test_what_sessions_do_not_read_is_not_held_either() -> None:
    assert held(nested(DEEPEST)) == nested(DEEPEST)
    assert from_server(json.dumps(nested(DEEPEST))) == nested(DEEPEST)
    assert held(nested(DEEPEST + 1)) != nested(DEEPEST + 1)
    assert from_server(json.dumps(nested(DEEPEST + 1))) is None


def test_they_are_replaced_where_that_is_asked_for(unfit: Path, team: TeamServer) -> None:
    for _again in range(2):
        target = ServerTarget(unfit, team.address("met"), SERVER_RULES)
        assert copy(FileSource(unfit, PARTING), target, as_held=True).replaced == 2
        target.close()
    whole = team.backend("met", listening=False)
    tables = whole.load()
    assert "a\N{REPLACEMENT CHARACTER}b" in {one["text"] for one in tables["notes"].values()}
    assert "Po\N{REPLACEMENT CHARACTER}st" in {one["title"] for one in tables["tasks"].values()}
    whole.close()


def while_copying(file: Path, team: TeamServer, work: Callable[[int], None]) -> Copied:
    """Copy the file, while something is done as often as a mentee's turn comes."""
    target = ServerTarget(file, team.address("met"), SERVER_RULES)
    told: list[str] = []

    def tell(name: str) -> None:
        told.append(name)
        work(len(told))

    try:
        return copy(FileSource(file, PARTING), target, tell=tell)
    finally:
        target.close()


def by_bo(team: TeamServer, change: Callable[[Store], Change]) -> None:
    """A colleague changes something on the server."""
    store = Store(team.backend("bo", listening=False), by="bo")
    store.commit([change(store)])
    store.close()


def test_what_a_colleague_saves_meanwhile_does_not_stop_it(file: Path, team: TeamServer) -> None:
    def work(turn: int) -> None:
        if turn == 1:
            by_bo(team, lambda _store: Change.created(Person(name="Ny Kollega")))

    assert while_copying(file, team, work).changed == 0


def test_what_a_colleague_changes_meanwhile_is_counted(file: Path, team: TeamServer) -> None:
    def work(turn: int) -> None:
        if turn == 2:
            by_bo(team, lambda store: Change.edited(store.all(Person)[0], name="Omdøbt"))

    assert while_copying(file, team, work).changed == 1


def test_what_a_colleague_deletes_meanwhile_is_not_taken_for_a_fault(
    file: Path, team: TeamServer
) -> None:
    def work(turn: int) -> None:
        if turn == 2:
            by_bo(team, lambda store: Change.deleted(store.all(Person)[0]))

    with pytest.raises(TakenAway):
        while_copying(file, team, work)
    assert while_copying(file, team, lambda _turn: None).changed == 0


def test_what_changes_in_the_source_meanwhile_is_counted(file: Path, team: TeamServer) -> None:
    def work(turn: int) -> None:
        if turn == 2:
            opened = open_store(file, by="met", threaded=False)
            opened.store.commit(
                [Change.created(Person(name="Ny")), Change.created(Mentee(name="Ny"))]
            )
            opened.close()

    found = while_copying(file, team, work)
    assert (found.outdated, found.changed) == (2, 0)


def test_so_it_is_where_it_comes_from_a_server(
    file: Path, team: TeamServer, tmp_path: Path
) -> None:
    to_server(file, team)
    source = ServerSource(file, team.address("met"), SERVER_RULES)

    def tell(name: str) -> None:
        if not name:
            by_bo(team, lambda store: Change.edited(store.all(Person)[0], name="Omdøbt"))

    found = copy(source, FileTarget(tmp_path / "copy.json", PARTING), tell=tell)
    source.close()
    assert (found.outdated, found.changed) == (1, 0)
