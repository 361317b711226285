"""Deleting for good from records on a server: the commands, and what lies here beside them."""

from __future__ import annotations

import re
import subprocess
from datetime import date
from pathlib import Path

import pytest

from data.queries.own_person import own_person
from data.records import CourseState, Mentee, Note, NoteKind, Person, Role, RoleKind, Task
from data.storage.names import Names
from data.storage.protocol import BeingTyped
from data.storage.typed.typing_log import FileTypingLog
from data.store.change import Change
from data.store.opening import OpenedStore, open_store
from tests.data.storage.postgres.team_server import TeamServer
from tests.tui.cli.tools import Mentor
from tui.cli.call import parting, server_rules

CANARY = "kanariefugl"
DOCS = Path(__file__).parents[4] / "docs" / "team.md"


def path_of(team: TeamServer, login: str = "met") -> Path:
    return team.stand_in(login)


def opened(team: TeamServer, login: str = "met", *, threaded: bool = False) -> OpenedStore:
    path = path_of(team, login)
    return open_store(path, threaded=threaded, parting=parting, on_server=server_rules)


def lived_in(mentor: Mentor, team: TeamServer) -> Mentee:
    """Maja, of whom Mette and the co-mentor Bo have written, each something private too."""
    mentor("add", "Maja Holm", "--start", "2025-11-03")
    mentor("note", "Maja", f"{CANARY} privat")
    met = opened(team)
    (maja,) = met.store.all(Mentee)
    bo, newcomer = Person(name="Bo Holm"), Person(name="Maja Holm")
    met.store.commit(
        [
            Change.created(bo),
            Change.created(newcomer),
            Change.created(Role(mentee_id=maja.id, kind=RoleKind.CO_MENTOR, person_id=bo.id)),
            Change.created(Role(mentee_id=maja.id, kind=RoleKind.NEWCOMER, person_id=newcomer.id)),
        ]
    )
    met.close()
    theirs = opened(team, "bo")
    note = Note(mentee_id=maja.id, kind=NoteKind.NOTE, text=f"{CANARY} Bos", private=True)
    theirs.store.commit([Change.created(note)])
    theirs.close()
    return maja


def with_task_of_bo(mentor: Mentor, team: TeamServer) -> None:
    """Maja as in `lived_in`, where Bo has added a task, too."""
    maja = lived_in(mentor, team)
    theirs = opened(team, "bo")
    theirs.store.commit([Change.created(Task(mentee_id=maja.id, title="Tilsyn"))])
    theirs.close()


def dumped(team: TeamServer) -> str:
    server = team.server
    words: list[str | Path] = [server.programs / "pg_dump", "-h", "127.0.0.1", "-U", "postgres"]
    words += ["-p", str(server.port), team.database]
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout


def said(text: str) -> str:
    return " ".join(text.split())


def test_a_mentee_is_deleted_for_good_with_what_colleagues_keep(
    on_server: Mentor, team: TeamServer
) -> None:
    maja = lived_in(on_server, team)
    assert CANARY in dumped(team)

    looked = on_server("purge", "Maja", "--dry-run")
    assert "Maja Holm" in dumped(team)
    assert "From the list of people: Maja Holm" in said(looked.out)
    assert "until it has tidied up (VACUUM), and in its journal, replicas and backups" in said(
        looked.out
    )
    done = on_server("purge", "Maja", "--yes", "Maja Holm")

    assert "Maja Holm has been deleted for good." in said(done.out)
    left = dumped(team)
    assert not any(one in left for one in (CANARY, "Maja", maja.id))
    assert on_server("list").out.startswith("No mentees yet.")
    assert on_server("purge", "Maja", "--yes", "Maja Holm").status != 0


def test_what_is_typed_here_in_a_stopped_session_goes_too(
    on_server: Mentor, team: TeamServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("data.storage.upkeep.traces.WAIT_SECONDS", 0.1)
    maja = lived_in(on_server, team)
    path = path_of(team)
    log = FileTypingLog(path, by="met", known=dict)
    log.keep(BeingTyped(("notes", maja.id, "text"), "", f"{CANARY} typed", owner=maja.id))
    assert log.barrier(10)
    looked = on_server("purge", "Maja", "--dry-run")
    assert "1 file of texts that were typed and not saved" in said(looked.out)
    on_server("purge", "Maja", "--yes", "Maja Holm")
    log.close()
    folder = path.parent
    files = [one for one in folder.rglob("*") if one.is_file()]
    assert files
    assert not [one for one in files if CANARY.encode() in one.read_bytes()]
    assert not [one for one in files if maja.id.encode() in one.read_bytes()]


def test_a_mentee_on_hold_is_not_deleted(on_server: Mentor, team: TeamServer) -> None:
    lived_in(on_server, team)
    on_server("hold", "Maja", "on", "--why", "asked")
    refused = on_server("purge", "Maja", "--yes", "Maja Holm")
    assert refused.status != 0
    assert "on hold since" in said(refused.err)
    assert CANARY in dumped(team)


def test_what_is_private_goes_alone(on_server: Mentor, team: TeamServer) -> None:
    lived_in(on_server, team)
    done = on_server("purge", "Maja", "--private-only", "--yes", "Maja Holm")
    assert "All that was private about Maja Holm has been deleted" in said(done.out)
    left = dumped(team)
    assert f"{CANARY} privat" not in left
    assert f"{CANARY} Bos" in left
    again = on_server("purge", "Maja", "--private-only", "--yes", "Maja Holm")
    assert "Nothing private about Maja Holm is kept." in said(again.out)


def test_what_was_deleted_before_is_forgotten(on_server: Mentor, team: TeamServer) -> None:
    lived_in(on_server, team)
    met = opened(team)
    (note,) = met.store.all(Note)
    met.store.commit([Change.deleted(note)])
    met.close()
    assert f"{CANARY} privat" in dumped(team)
    looked = on_server("forget", "Maja", "--dry-run")
    assert "deleted before, and is in the history of the server yet" in said(looked.out)
    on_server("forget", "Maja", "--yes")
    assert f"{CANARY} privat" not in dumped(team)
    again = on_server("forget", "Maja", "--yes")
    assert "Nothing that was deleted about Maja Holm is in the history of the server." in said(
        again.out
    )


def test_what_is_due_is_deleted(on_server: Mentor, team: TeamServer) -> None:
    lived_in(on_server, team)
    met = opened(team)
    (maja,) = met.store.all(Mentee)
    met.store.commit([Change.edited(maja, state=CourseState.CLOSED, closed_on=date(2020, 1, 1))])
    met.close()
    assert "Maja Holm: everything." in said(on_server("retention").out)
    assert "Deleted for good." in on_server("retention", "--apply").out
    left = dumped(team)
    assert not any(one in left for one in (CANARY, "Maja"))


def test_a_backup_of_the_server_that_is_restored_is_cleaned_by_whoever_had_a_role(
    on_server: Mentor, team: TeamServer
) -> None:
    lived_in(on_server, team)
    server = team.server
    before = server.database(team.database)
    on_server("purge", "Maja", "--yes", "Maja Holm")
    opened(team, "bo").close()
    files = {login: Names(path_of(team, login).name).deletions for login in ("met", "bo")}
    folder = path_of(team).parent
    assert all(b"Maja" not in (folder / one).read_bytes() for one in files.values())
    _put_back(team, before)

    theirs = opened(team, "bo")  # a co-mentor without a last day may delete
    assert "deleted for good since" in " ".join(str(one) for one in theirs.notices)
    assert not theirs.store.all(Mentee)
    theirs.close()
    assert not any(one in dumped(team) for one in (CANARY, "Maja"))


def _put_back(team: TeamServer, before: str) -> None:
    """Put an older state of the database in its place."""
    team.drop()
    team.server.execute(f"CREATE DATABASE {team.database} TEMPLATE {before}")
    assert CANARY in dumped(team)


def test_a_colleague_who_has_not_opened_it_since_does_not_clean_it_and_is_not_needed(
    on_server: Mentor, team: TeamServer
) -> None:
    """As `docs/team.md` says, with the statement that it names."""
    lived_in(on_server, team)
    opened(team, "bo").close()
    before = team.server.database(team.database)
    asked = said(on_server("purge", "Maja", "--dry-run").out)
    assert "Nothing brings it back" not in asked
    assert "this is there again until you open the program" in asked
    on_server("purge", "Maja", "--yes", "Maja Holm")
    statement = re.search(r"SELECT team, by, .* ORDER BY at;", DOCS.read_text("utf-8"))
    assert statement
    ((named, by, _at, kind),) = team.server.execute(
        re.sub("'.*'", "'2020-01-01'", statement[0]), database=team.database
    )
    assert (named, by, kind) == ("team", "met", "mentee")
    _put_back(team, before)

    theirs = opened(team, "bo")
    assert [one.name for one in theirs.store.all(Mentee)] == ["Maja Holm"]
    theirs.close()
    opened(team, by).close()
    assert not any(one in dumped(team) for one in (CANARY, "Maja"))


@pytest.mark.parametrize("threaded", [True, False])
def test_a_list_that_is_followed_costs_nothing_else(
    on_server: Mentor, team: TeamServer, *, threaded: bool
) -> None:
    lived_in(on_server, team)
    on_server("purge", "Maja", "--yes", "Maja Holm")
    again = opened(team, threaded=threaded)
    assert again.notices == ()
    own_person(again.store)
    again.close()


def test_what_a_colleague_typed_in_a_session_that_died_does_not_come_back(
    on_server: Mentor, team: TeamServer
) -> None:
    lived_in(on_server, team)
    theirs = opened(team, "bo")
    (note,) = theirs.store.all(Note)
    theirs.close()
    path = path_of(team, "bo")
    log = FileTypingLog(path, by="bo", known=dict)
    log.keep(
        BeingTyped(("notes", note.id, "text"), note.text, f"{CANARY} typed", owner=note.mentee_id)
    )
    assert log.barrier(10)
    log.close()
    assert any(CANARY.encode() in one.read_bytes() for one in path.parent.rglob("*.draft"))
    on_server("purge", "Maja", "--yes", "Maja Holm")

    opened(team, "bo", threaded=True).close()

    assert CANARY not in dumped(team)
    files = [one for one in path.parent.rglob("*") if one.is_file()]
    assert not [one for one in files if CANARY.encode() in one.read_bytes()]
