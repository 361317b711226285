"""`mentor copy` to a server says in one line what keeps it, and what to do."""

from __future__ import annotations

import json
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from data.copying.files import FileSource
from data.copying.on_server import ServerTarget
from data.copying.whole import copy
from data.method.acting import SERVER_RULES
from data.method.parting import PARTING
from data.queries.own_person import account_name, own_person
from data.records import Mentee, Note, Person, Role, RoleKind
from data.storage.protocol import Tables
from data.store.change import Change
from data.store.opening import open_store
from tests.data.storage.postgres.team_server import TeamServer
from tests.data.store.team_tools import Team
from tests.tui.cli.on_server.test_deleting import said, with_task_of_bo
from tests.tui.cli.test_team import run
from tests.tui.cli.tools import Mentor


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A file of Mette's with a mentee and a note."""
    folder = tmp_path / "own"
    folder.mkdir(mode=0o700)
    return with_note(folder / "mentor.json", "a note")


def with_note(path: Path, text: str, name: str = "Maja Holm") -> Path:
    opened = open_store(path, by="met", threaded=False)
    if not opened.store.all(Mentee):
        opened.store.commit([Change.created(Mentee(name=name))])
    maja = opened.store.all(Mentee)[0]
    opened.store.commit([Change.created(Note(mentee_id=maja.id, text=text, private=True))])
    opened.close()
    return path


def with_role(path: Path, name: str, kind: RoleKind) -> Person:
    """Give a role to a new person of that name, for the mentee in a file, who has a start now."""
    opened = open_store(path, by="met", threaded=False)
    maja, person = opened.store.all(Mentee)[0], Person(name=name)
    role = Role(mentee_id=maja.id, kind=kind, person_id=person.id)
    begun = Change.edited(maja, start=date(2025, 11, 3))
    opened.store.commit([begun, Change.created(person), Change.created(role)])
    opened.close()
    return person


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "cannot hold some letters (such as NUL) in Maja Holm: Note 24-11-2025. Nothing"),
        ("da", "kan ikke rumme visse tegn (f.eks. NUL) i Maja Holm: Note 24-11-2025. Intet"),
    ],
)
def test_letters_that_it_cannot_hold(
    mentor: Mentor, own: Path, team: TeamServer, language: str, said: str
) -> None:
    with_note(own, "a\0b")
    address = team.address("met").conninfo
    refused = mentor("copy", str(own), address, "--lang", language)
    assert (refused.status, refused.out) == (3, "")
    assert said in refused.problem
    assert refused.problem.endswith(": mentor copy --replace")
    assert "Maja" not in mentor("list", "--file", address).out

    done = mentor("copy", str(own), address, "--replace")
    assert done.status == 0, done.err
    assert "In 1 field \N{REPLACEMENT CHARACTER} is in place of" in done.out
    assert "Maja Holm" in mentor("list", "--file", address).out


def test_who_was_deleted_for_good_there_is_named(
    mentor: Mentor, own: Path, team: TeamServer
) -> None:
    address = team.address("met").conninfo
    assert mentor("copy", str(own), address).status == 0
    assert mentor("purge", "maja", "--yes", "Maja Holm", "--file", address).status == 0
    refused = mentor("copy", str(own), address)
    assert refused.status == 3
    assert refused.problem.startswith("Maja Holm was deleted for good on ")
    assert refused.problem.endswith("To delete the rest, too: mentor purge")


@pytest.mark.parametrize(
    ("language", "no_access"),
    [
        ("en", "No access on the server, as no mentor of the team there has that name: Cia Bo."),
        ("da", "Har ingen adgang på serveren, for ingen mentor i teamet dér hedder det: Cia Bo."),
    ],
)
def test_whoever_has_a_role_and_no_login_is_named(
    mentor: Mentor, own: Path, team: TeamServer, language: str, no_access: str
) -> None:
    """Once the login is there, copying again gives it access."""
    with_role(own, "Cia Bo", RoleKind.CO_MENTOR)

    address = team.address("met").conninfo
    done = mentor("copy", str(own), address, "--lang", language)
    assert (done.status, no_access in said(done.out)) == (0, True)
    team.grant("cia", name="Cia Bo")
    assert no_access not in said(mentor("copy", str(own), address, "--lang", language).out)
    assert "Maja Holm" in mentor("list", "--file", team.address("cia").conninfo).out


@pytest.mark.parametrize(
    ("language", "logins"),
    [
        ("en", "as this is a login there and not a name: bo (Bo Holm). If it is that person, give"),
        ("da", "for det er et login dér og ikke et navn: bo (Bo Holm). Er det den person"),
    ],
)
def test_a_colleague_who_is_called_by_the_login_reads_no_advice_to_get_one(
    mentor: Mentor, own: Path, team: TeamServer, language: str, logins: str
) -> None:
    """Nor does the login give access: `bo` in the file may be another Bo."""
    with_role(own, "Bo", RoleKind.CO_MENTOR)
    with_role(own, "Cia Bo", RoleKind.CO_MENTOR)
    done = mentor("copy", str(own), team.address("met").conninfo, "--lang", language)
    assert done.status == 0
    assert logins.replace("bo (", "Bo (") in said(done.out)
    assert ": Cia Bo." in said(done.out)
    assert "Maja Holm" not in mentor("list", "--file", team.address("bo").conninfo).out


def test_two_who_are_each_others_co_mentors_both_copy(
    mentor: Mentor, own: Path, tmp_path: Path, team: TeamServer
) -> None:
    """Bo sees Maja already when he copies his own file, and whom Maja's roles name stays as is."""
    with_role(own, "Mette Vind", RoleKind.MENTOR)
    for name in ("Bo Holm", "Cia Bo"):
        with_role(own, name, RoleKind.CO_MENTOR)
    folder = tmp_path / "bo"
    folder.mkdir(mode=0o700)
    other = with_note(folder / "mentor.json", "a note", "Poul Lund")
    with_role(other, "Bo Holm", RoleKind.MENTOR)
    with_role(other, "Mette Vind", RoleKind.CO_MENTOR)
    met, bo = (team.address(one).conninfo for one in ("met", "bo"))
    assert mentor("copy", str(own), met).status == 0
    assert "Maja Holm" in mentor("list", "--file", bo).out
    team.grant("cia", name="Cia Bo")

    for _again in range(2):
        done = mentor("copy", str(other), bo)
        assert (done.status, "Cia Bo" in done.out) == (0, False)
    for one in (met, bo):
        listed = mentor("list", "--file", one).out
        assert ("Maja Holm" in listed, "Poul Lund" in listed) == (True, True)
    assert "Maja Holm" not in mentor("list", "--file", team.address("cia").conninfo).out


def test_whose_name_the_team_had_before_is_still_the_mentor(
    mentor: Mentor, own: Path, team: TeamServer
) -> None:
    """The list of people has the name twice then: as it was granted, and as it was copied."""
    with team.as_owner() as line:
        line.execute("CREATE ROLE jens LOGIN")
    at = "--team", "team", "--name", "Jens Dahl", "--file", team.server.address(team.database)
    assert mentor("server", "grant", "jens", "mentor", *at, "--yes").status == 0
    address = team.address("jens").conninfo
    with_role(own, "Jens  dahl", RoleKind.MENTOR)
    due = mentor("due", "--file", str(own)).out
    assert "Maja Holm" in due

    assert mentor("copy", str(own), address).status == 0
    with closing(team.opened("jens", threaded=False)) as there:
        assert len(there.store.all(Person)) == 2
    assert mentor("due", "--file", address).out == due
    assert mentor("publish", "on", "--yes", "--file", address).status == 0
    shown = mentor("publish", "show", "--file", address, "--format", "json")
    assert len(json.loads(shown.out)["published"]["mentees"]) == 1


@pytest.mark.parametrize(
    ("language", "called"),
    [
        ("en", "in the file and Mette Vind on the server: the copy calls you Mette Vind."),
        ("da", "i filen og Mette Vind på serveren: i kopien hedder du Mette Vind."),
    ],
)
def test_who_is_called_by_the_login_in_the_file_has_the_name_of_the_server(
    mentor: Mentor, own: Path, team: TeamServer, language: str, called: str
) -> None:
    """Else nothing would be in their Today, and they would be asked to see to a login they have."""
    with_role(own, account_name(), RoleKind.MENTOR)
    address = team.address("met").conninfo
    copy = "copy", str(own), address, "--lang", language
    assert called in said(mentor(*copy, "--dry-run").out)
    for _again in range(2):
        done = mentor(*copy)
        assert (done.status, called in said(done.out)) == (0, True)
        assert account_name() not in said(done.out).partition(called)[2]
    assert mentor("due", "--file", address).out == mentor("due", "--file", str(own)).out
    with closing(team.opened("met", threaded=False)) as there:
        (person,) = there.store.all(Person)
        assert (person.name, own_person(there.store)) == ("Mette Vind", (person, []))


@pytest.mark.parametrize(
    ("language", "missing"),
    [
        ("en", "No person in the file is Mette Vind, as you are called on the server."),
        ("da", "Ingen person i filen er Mette Vind, som du hedder på serveren."),
    ],
)
def test_who_has_another_name_in_the_file_reads_what_to_do(
    mentor: Mentor, own: Path, team: TeamServer, language: str, missing: str
) -> None:
    with_role(own, "Mette B. Vind", RoleKind.MENTOR)
    address = team.address("met").conninfo
    for more in ((), ("--dry-run",)):
        assert missing in said(mentor("copy", str(own), address, "--lang", language, *more).out)


def test_a_colleague_of_that_name_is_not_taken_for_the_user(
    mentor: Mentor, own: Path, team: TeamServer
) -> None:
    team.grant("cia", name=account_name())
    with_role(own, account_name(), RoleKind.MENTOR)
    address = team.address("met").conninfo
    assert "the copy calls you" not in said(mentor("copy", str(own), address).out)
    with closing(team.opened("met", threaded=False)) as there:
        assert [one.name for one in there.store.all(Person)] == [account_name()]


@pytest.fixture
def shared(tmp_path: Path) -> Team:
    """A team file with a mentee, of whom two mentors have written something private each."""
    folder = tmp_path / "shared"
    folder.mkdir()
    found = Team(folder)
    found.add_mentee()
    for who in ("met", "bo"):
        assert run(found, who, "note", "Maja", f"private of {who}").status == 0
    return found


def test_the_second_mentor_of_a_team_file_brings_what_is_theirs(
    mentor: Mentor, shared: Team, team: TeamServer
) -> None:
    met, bo = (team.address(one).conninfo for one in ("met", "bo"))
    own = str(shared.file), bo, "--private-only"
    assert run(shared, "met", "copy", str(shared.file), met).status == 0

    refused = run(shared, "bo", "copy", str(shared.file), bo)
    assert refused.status == 3
    assert "Somebody has copied Maja Holm to " in refused.problem
    assert refused.problem.endswith("mentor copy --private-only")

    looked = run(shared, "bo", "copy", *own, "--dry-run")
    assert "1 record would be copied" in looked.out
    for before in (0, 1):
        done = run(shared, "bo", "copy", *own)
        assert done.status == 0, done.err
        assert f"and was compared. {before} were there before." in " ".join(done.out.split())
        assert "The history came along" not in done.out
    assert "Maja" not in mentor("list", "--file", bo).out
    assert "private of bo" not in mentor("show", "maja", "--private", "--file", met).out

    team.server.execute(
        "INSERT INTO mentorrollen.access SELECT team, mentee, 'bo' FROM mentorrollen.access",
        database=team.database,
    )
    seen = mentor("show", "maja", "--private", "--file", bo).out
    assert "private of bo" in seen
    assert "private of met" not in seen


def test_what_differs_by_now_does_not_keep_what_is_private(
    mentor: Mentor, shared: Team, team: TeamServer
) -> None:
    met = team.address("met").conninfo
    assert run(shared, "met", "copy", str(shared.file), met).status == 0
    mentor("note", "maja", "by now", "--shared", "--file", met)
    refused = run(shared, "bo", "copy", str(shared.file), met)
    assert refused.status == 3
    assert "holds other records than those. If a colleague has copied them" in refused.problem
    assert run(shared, "bo", "copy", str(shared.file), met, "--private-only").status == 0


def test_private_only_is_for_a_server(mentor: Mentor, own: Path, tmp_path: Path) -> None:
    refused = mentor("copy", str(own), str(tmp_path / "x.json"), "--private-only")
    assert (refused.status, refused.out) == (3, "")
    assert not (tmp_path / "x.json").exists()


def test_nobody_gets_access_by_a_name_that_was_given_while_the_copy_ran(
    own: Path, team: TeamServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    cia = with_role(own, "Cia Bo", RoleKind.CO_MENTOR)
    compared = ServerTarget.read_again

    def renamed_meanwhile(target: ServerTarget) -> Tables:
        team.server.execute(
            "UPDATE mentorrollen.documents d SET doc = d.doc::jsonb || jsonb_build_object("
            "'name', m.name, 'rev', 2) FROM mentorrollen.members m"
            f" WHERE d.id = '{cia.id}' AND m.login = 'bo' RETURNING d.id",
            database=team.database,
        )
        return compared(target)

    monkeypatch.setattr(ServerTarget, "read_again", renamed_meanwhile)
    target = ServerTarget(own, team.address("met"), SERVER_RULES)
    source = FileSource(own, PARTING)
    done = copy(source, target)
    source.close()
    target.close()
    assert done.unseeing.without == ("Cia Bo",)
    rows = team.server.execute("SELECT login FROM mentorrollen.access", database=team.database)
    assert rows == [("met",)]


def test_a_copy_in_a_file_says_who_did_it_as_the_server_does(
    on_server: Mentor, team: TeamServer, tmp_path: Path
) -> None:
    with_task_of_bo(on_server, team)
    path = str(tmp_path / "copy.json")
    history = ("show", "Maja", "--history")
    before, shown = on_server(*history).out, on_server("show", "Maja", "--format", "json").out
    assert "Mette Vind ·" in before
    assert "Bo Holm ·" in before
    for again in range(2):
        assert on_server("copy", team.address("met").conninfo, path).status == 0
        assert on_server(*history, "--file", path).out == before, again
    assert on_server("show", "Maja", "--format", "json", "--file", path).out == shown
