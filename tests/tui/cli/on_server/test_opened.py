"""Records on a server are used as those in a file are; what is typed is kept while it is away."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from data.clock import today
from data.documents.calendars import give_out
from data.i18n import set_language
from data.queries.own_person import known_name, own_person, whose_today
from data.records import Mentee, Note, Person, Talk
from data.run_folder import texts_folder
from data.storage.postgres.servers import server_of
from data.storage.problems import ErrorKind, NotSaved, StorageError
from data.storage.protocol import BeingTyped
from data.storage.typed.typing_log import FileTypingLog
from data.store.change import Change
from data.store.opening import OpenedStore, open_store
from tests.data.storage.postgres.team_server import TeamServer
from tests.tools.postgres import Server
from tests.tui.cli.tools import ROOT, Mentor
from tui.cli.call import parting, server_rules


def path_of(team: TeamServer, login: str = "met") -> Path:
    return team.stand_in(login)


def opened(path: Path, *, threaded: bool = False, reading: bool = False) -> OpenedStore:
    return open_store(
        path, threaded=threaded, reading=reading, parting=parting, on_server=server_rules
    )


def type_and_die(path: Path, note: Note, *texts: str) -> None:
    """Leave what a session leaves that dies while somebody types."""
    log = FileTypingLog(path, by="met", known=dict)
    for text in texts:
        log.keep(BeingTyped((note.table, note.id, "text"), note.text, text, owner=note.mentee_id))
    assert log.barrier(10)
    log.close()


def test_commands_work_on_a_server_as_on_a_file(on_server: Mentor, team: TeamServer) -> None:
    assert on_server("list").out.startswith("No mentees yet.")
    assert "Mentor: Mette Vind" in " ".join(
        on_server("add", "Maja Holm", "--start", "2025-11-03").out.split()
    )
    on_server("note", "Maja", "A private word")

    assert "A private word" in on_server("show", "Maja", "--private").out
    assert json.loads(on_server("due", "--format", "json").out)
    colleague = on_server("list", "--file", team.address("bo").conninfo)
    assert "Maja" not in colleague.out
    stand = path_of(team)
    assert sorted(one.name for one in stand.parent.iterdir() if one.suffix == ".server") == sorted(
        [stand.name, path_of(team, "bo").name]
    )


def test_the_stand_in_itself_can_be_named(on_server: Mentor, team: TeamServer) -> None:
    on_server("add", "Maja Holm", "--start", "2025-11-03")
    assert "Maja Holm" in on_server("list", "--file", str(path_of(team))).out


def test_a_session_is_known_by_the_name_that_the_server_has(team: TeamServer) -> None:
    one = opened(path_of(team))
    try:
        store = one.store
        assert (store.by, store.own_name) == ("met", "Mette Vind")
        assert store.of_team
        assert store.on_server
        assert one.folder == texts_folder(path_of(team))
        assert one.folder.is_dir()
        person, made = own_person(store)
        assert (person.name, len(made)) == ("Mette Vind", 1)
        store.commit(made)
        assert whose_today(store) == {person.id}
        assert known_name(store) == "Mette Vind"
    finally:
        one.close()


def test_only_reading_makes_nothing_beside_the_stand_in(team: TeamServer) -> None:
    path = path_of(team)
    opened(path, reading=True).close()
    assert [one.name for one in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("threaded", [True, False])
def test_what_a_dead_session_typed_comes_back(team: TeamServer, *, threaded: bool) -> None:
    path = path_of(team)
    mentee = Mentee(name="Maja")
    note = Note(mentee_id=mentee.id, text="Begun", private=True)
    first = opened(path)
    first.store.commit([Change.created(mentee), Change.created(note)])
    first.close()
    type_and_die(path, note, "Begun and", "Begun and ended")

    again = opened(path, threaded=threaded)
    assert [draft.text for draft in again.restored] == ["Begun and ended"]
    assert again.close()
    looked = opened(path, reading=True)
    assert [one.text for one in looked.store.all(Note)] == ["Begun and ended"]
    assert looked.restored == ()
    looked.close()


@pytest.mark.parametrize(
    ("language", "kept"),
    [
        ("en", "1 text that was being typed is kept, and comes back with the server."),
        ("da", "1 tekst, der var ved at blive skrevet, er gemt her og kommer igen med serveren."),
    ],
)
@pytest.mark.parametrize("threaded", [True, False])
def test_texts_of_a_dead_session_are_kept_while_the_server_is_away(
    server: Server, team: TeamServer, language: str, kept: str, *, threaded: bool
) -> None:
    path = path_of(team)
    note = Note(mentee_id="m", text="")
    type_and_die(path, note, "Only here")
    drafts = sorted(path.parent.rglob("*.draft"))
    before = [one.read_bytes() for one in drafts]
    server.stop()
    try:
        set_language(language)
        with pytest.raises(StorageError) as caught:
            opened(path, threaded=threaded)
        assert caught.value.kind is ErrorKind.SERVER_AWAY
        assert str(caught.value).endswith(kept)
    finally:
        server.start()
    assert [one.read_bytes() for one in drafts] == before

    again = opened(path, threaded=threaded)
    assert [draft.text for draft in again.restored] == ["Only here"]
    again.close()


def test_a_line_that_breaks_loses_nothing_of_a_session(team: TeamServer, server: Server) -> None:
    one = opened(path_of(team), threaded=True)
    try:
        server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename='met'")
        one.store.commit([Change.created(Mentee(name="Maja"))])
        assert one.store.flush(30)
    finally:
        assert one.close(30)
    again = opened(path_of(team), reading=True)
    assert [mentee.name for mentee in again.store.all(Mentee)] == ["Maja"]
    assert [person.name for person in again.store.all(Person)] == []
    again.close()


def test_what_takes_long_on_a_server_is_not_blamed_on_a_file(team: TeamServer) -> None:
    one = opened(path_of(team), threaded=True)
    maja = Mentee(name="Maja", start=today())
    talk = Talk(mentee_id=maja.id, number=1, planned_on=today())
    one.store.commit([Change.created(maja), Change.created(talk)])
    assert one.store.flush(30)
    with team.as_owner() as line, line.transaction():
        line.execute("LOCK TABLE mentorrollen.private_commits, mentorrollen.commits")
        with pytest.raises(NotSaved) as caught:
            give_out(one.store, maja, patience=0.1)
    assert caught.value.kind is ErrorKind.NOT_YET
    assert one.close(30)


def test_who_works_with_files_only_gets_no_server(team: TeamServer) -> None:
    with pytest.raises(StorageError) as caught:
        open_store(path_of(team), threaded=False, parting=parting)
    assert caught.value.kind is ErrorKind.NOT_ON_SERVER


def test_without_psycopg_it_says_what_to_install(team: TeamServer, tmp_path: Path) -> None:
    code = (
        "import sys; sys.modules['psycopg'] = None\n"
        "from tui.cli.main import run; sys.exit(run(['list', '--lang', 'en']))"
    )
    environ = {**os.environ, "HOME": str(tmp_path), "MENTOR_FILE": team.address("met").conninfo}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environ, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 3
    assert done.stderr.count("\n") == 1
    assert "Records on a server need the part of the program named team. Install it:" in done.stderr
    assert "pip install" in done.stderr
    assert "'mentorrollen[team]'" in done.stderr


def test_records_in_a_file_never_load_psycopg(tmp_path: Path) -> None:
    code = (
        "import sys\nfrom tui.cli.main import run\n"
        "for words in (['add', 'Maja'], ['list'], ['due'], ['doctor'], ['settings']): run(words)\n"
        "names = ('psycopg', 'data.storage.postgres.servers', 'data.store.opening_server')\n"
        "sys.exit(' '.join(one for one in names if one in sys.modules))"
    )
    environ = {**os.environ, "HOME": str(tmp_path), "MENTOR_FILE": str(tmp_path / "m/m.json")}
    (tmp_path / "m").mkdir(mode=0o700)
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environ, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert "psycopg" not in done.stderr
    assert "opening_server" not in done.stderr


def test_the_address_of_a_path_is_that_of_the_server(team: TeamServer) -> None:
    found = server_of(path_of(team))
    assert found is not None
    assert found.conninfo == team.address("met").conninfo
