"""The status of a mentee on a server: released by the mentor, read by the manager, withdrawn."""

from __future__ import annotations

import io
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from data.clock import today
from data.documents.kinds.leader import status_sum
from data.method.visibility import Reader, seen
from data.queries.views import mentee_view
from data.records import Mentee, Need, Note, Task
from data.storage.postgres.schema import revoke_script
from data.storage.postgres.servers import stand_in
from data.store.change import Change
from data.store.opening import open_store
from data.store.store import Store
from tests.data.storage.postgres.team_server import TeamServer
from tests.tools.prepared import ask
from tests.tui.cli.tools import Mentor
from tui.cli.call import parting, server_rules

CANARY = "hemmeligt-ord"


@pytest.fixture
def lise(team: TeamServer) -> str:
    """The address of a manager who is no mentor."""
    team.grant("lise", kind="manager", name="Lise Lund")
    return team.address("lise").conninfo


@pytest.fixture
def agreed(on_server: Mentor) -> Mentor:
    """Mette with a mentee, with whom she has agreed on the status; much is private."""
    on_server("add", "Maja Holm", "--start", "2026-11-02")
    on_server("note", "Maja", CANARY)
    with a_store() as store:
        (mentee,) = store.all(Mentee)
        shared = Task(
            mentee_id=mentee.id, title="Post", next_step="Synligt", next_step_to_manager=True
        )
        hidden = Task(mentee_id=mentee.id, title="Telefon", next_step=CANARY)
        records = (
            shared,
            hidden,
            Note(mentee_id=mentee.id, text=CANARY, private=False),
            Need(mentee_id=mentee.id, area="x", mentor_view=CANARY),
        )
        store.commit([Change.created(one) for one in records])
        view = seen(mentee_view(store, store.all(Mentee)[0]), Reader.WRITTEN)
        agreed_on = {"status_agreed_on": today(), "status_agreed_sum": status_sum(view)}
        store.commit([Change.edited(store.all(Mentee)[0], **agreed_on)])
    return on_server


@contextmanager
def a_store() -> Iterator[Store]:
    """The records of Mette on the server."""
    path = stand_in(os.environ["MENTOR_FILE"], os.environ)
    opened = open_store(path, threaded=False, parting=parting, on_server=server_rules)
    try:
        yield opened.store
    finally:
        opened.close()


def released_to(mentor: Mentor, address: str) -> list[dict[str, str]]:
    found = mentor("released", "--file", address, "--format", "json")
    assert found.status == 0, found.err
    listed: list[dict[str, str]] = json.loads(found.out)
    return listed


def test_it_is_shown_first_with_who_gets_it(
    agreed: Mentor, lise: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("no\n"))
    asked = agreed("release", "maja")
    assert "Status for the manager: Maja Holm" in asked.out
    assert "Synligt" in asked.out
    assert "Who can read it: Lise Lund" in asked.out
    assert "Nothing has been changed" in asked.err
    assert released_to(agreed, lise) == []


def test_it_is_shown_too_where_nothing_is_asked(agreed: Mentor, lise: str) -> None:
    asked = agreed("release", "maja", "--yes").out
    shown, _rest, said = asked.partition("Who can read it: Lise Lund")
    assert "Status for the manager: Maja Holm" in shown
    assert "Synligt" in shown
    assert CANARY not in asked
    assert "To withdraw it: mentor release 'Maja Holm' --withdraw" in " ".join(said.split())


def test_what_withdraws_it_names_one_and_no_namesake(agreed: Mentor, lise: str) -> None:
    agreed("add", "Maja Holm", "--start", "2026-11-02", "--again")
    with a_store() as store:
        first, _second = store.all(Mentee)
    done = agreed("release", first.id, "--yes")
    assert done.status == 0, done.err
    assert f"mentor release {first.id} --withdraw" in " ".join(done.out.split())
    assert "Withdrawn from Lise Lund." in agreed("release", first.id, "--withdraw").out


def test_the_manager_reads_the_status_and_nothing_private(
    agreed: Mentor, lise: str, team: TeamServer
) -> None:
    done = agreed("release", "maja", "--yes")
    assert done.status == 0, done.err
    assert "Released to Lise Lund." in done.out
    (one,) = released_to(agreed, lise)
    assert (one["title"], one["by"]) == ("Status for the manager: Maja Holm", "Mette Vind")
    text = agreed("released", "1", "--file", lise).out
    assert "Synligt" in text
    assert "Telefon" in text
    assert agreed("released", "--file", lise).out.startswith("1. Status for the manager: Maja")
    whole = agreed("released", "1", "--file", lise, "--format", "json").out
    rows = ask(
        team.server, team.database, "lise", "SELECT * FROM mentorrollen.released_to_me('team')"
    )
    for said in (text, whole, repr(rows)):
        assert CANARY not in said


@pytest.mark.parametrize("format", ["docx", "md", "txt"])
def test_the_manager_writes_it_to_a_file(
    agreed: Mentor, lise: str, tmp_path: Path, format: str
) -> None:
    agreed("release", "maja", "--yes")
    done = agreed("released", "1", "--file", lise, "-o", str(tmp_path / f"status.{format}"))
    assert done.status == 0, done.err
    written = (tmp_path / f"status.{format}").read_bytes()
    assert written
    if format in {"md", "txt"}:
        assert "Synligt" in written.decode()
        assert written.decode().lstrip("*# ").startswith("Confidential")


def test_the_manager_sees_nothing_else(
    agreed: Mentor, lise: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    agreed("release", "maja", "--yes")
    monkeypatch.setenv("MENTOR_FILE", lise)
    for words in (("list",), ("show", "maja"), ("overview",), ("release", "maja")):
        refused = agreed(*words)
        assert refused.status == 3, words
        assert "Maja" not in refused.out
    bare = agreed()
    assert bare.status == 0
    assert "Status for the manager: Maja Holm" in bare.out


def test_only_what_is_agreed_on_is_released(on_server: Mentor, lise: str) -> None:
    on_server("add", "Maja Holm", "--start", "2026-11-02")
    refused = on_server("release", "maja", "--yes")
    assert refused.status == 1
    assert refused.problem.startswith("Agree on the status with Maja Holm first")
    assert released_to(on_server, lise) == []


def test_what_has_changed_since_is_agreed_on_again(agreed: Mentor, lise: str) -> None:
    agreed("release", "maja", "--yes")
    before = agreed("released", "1", "--file", lise).out
    with a_store() as store:
        task = next(one for one in store.all(Task) if one.title == "Post")
        store.commit([Change.edited(task, next_step="Noget nyt")])
    assert agreed("release", "maja", "--yes").status == 1
    assert agreed("released", "1", "--file", lise).out == before


def test_it_is_withdrawn(agreed: Mentor, lise: str) -> None:
    agreed("release", "maja", "--yes")
    assert "Lise Lund has the status" in " ".join(agreed("release", "--list").out.split())
    (listed,) = json.loads(agreed("release", "--list", "--format", "json").out)
    assert (listed["mentee"], listed["manager"]) == ("Maja Holm", "lise")
    done = agreed("release", "maja", "--withdraw")
    assert "Withdrawn from Lise Lund." in done.out
    assert released_to(agreed, lise) == []
    assert "Nothing about Maja Holm is released." in agreed("release", "maja", "--withdraw").out
    assert agreed("release", "--list").out.strip() == "Nothing is released."


def test_it_is_in_the_history_of_the_mentee(agreed: Mentor, lise: str) -> None:
    agreed("release", "maja", "--yes")
    agreed("release", "maja", "--withdraw")
    said = " ".join(agreed("show", "maja", "--history").out.split())
    assert "Status for the manager: lise: released" in said
    assert "Status for the manager: lise: withdrawn" in said


def test_to_one_of_several_by_login_or_name(agreed: Mentor, lise: str, team: TeamServer) -> None:
    team.grant("ole", kind="manager", name="Ole Dam")
    ole = team.address("ole").conninfo
    assert agreed("release", "maja", "--to", "ole dam", "--yes").status == 0
    assert released_to(agreed, lise) == []
    assert len(released_to(agreed, ole)) == 1
    assert agreed("release", "maja", "--to", "lise", "--yes").status == 0
    agreed("release", "maja", "--withdraw", "--to", "ole")
    assert (len(released_to(agreed, lise)), released_to(agreed, ole)) == (1, [])
    refused = agreed("release", "maja", "--to", "bo", "--yes")
    assert refused.status == 2
    assert refused.problem == (
        "No manager of the team is called that. There are: Lise Lund (lise), Ole Dam (ole)."
    )


def test_without_a_manager_that_is_said(agreed: Mentor) -> None:
    refused = agreed("release", "maja", "--yes")
    assert (refused.status, refused.problem) == (
        3,
        "Your team has no manager on the server yet. Those who look after it can make one.",
    )


def test_before_anything_is_released(on_server: Mentor, lise: str) -> None:
    said = on_server("released", "--file", lise)
    assert said.status == 0
    assert said.out.startswith("No status has been released to you yet.")
    refused = on_server("released", "1", "--file", lise)
    assert refused.problem == "There is no number 1 in the list."


def test_with_a_file_it_says_what_to_do_instead(mentor: Mentor, file: Path) -> None:
    for words, named in ((("release", "Maja Holm"), "'Maja Holm'"), (("released",), "NAME")):
        refused = mentor(*words)
        assert refused.status == 3
        assert refused.problem.startswith("Only what is on a server can be released.")
        assert refused.problem.endswith(f": mentor export {named} leader")


def test_one_who_is_no_manager_is_told_so(on_server: Mentor) -> None:
    refused = on_server("released")
    assert refused.status == 3
    assert refused.problem.startswith("Your login is not a manager in any team of")


def test_one_who_is_a_member_of_nothing_is_not_said_to_be_no_mentor(
    on_server: Mentor, lise: str, team: TeamServer
) -> None:
    team.server.execute(revoke_script("team", "lise", None), database=team.database)
    refused = on_server("--file", lise)
    assert refused.status == 3
    assert refused.problem.startswith("Your login is not in any team of")
    refused = on_server("released", "--file", lise)
    assert refused.problem.startswith("Your login is not a manager in any team of")
