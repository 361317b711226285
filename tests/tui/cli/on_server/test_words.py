"""What the commands say where the records are on a server: nothing of files that are not there."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest

from data.clock import now, today
from data.example import example_records
from data.i18n import set_language
from data.records import Mentee, Task
from data.store.change import Change
from tests.data.storage.postgres.team_server import TeamServer
from tests.tools.words_of_files import about_files
from tests.tui.cli.on_server.test_deleting import lived_in, opened, said
from tests.tui.cli.test_lines import SAID
from tests.tui.cli.tools import Mentor
from tui.cli.base import speak_clicks_language
from tui.cli.program import program

SO: dict[str, frozenset[str]] = {
    "doctor": frozenset({"swap", "midlertidige filer"}),  # of the editor
    "purge": frozenset({"a backup of it", "en backup af den"}),  # the server
}
"""Command -> words behind which a sentence about files is so on a server, too."""


@pytest.mark.parametrize("language", ["en", "da"])
def test_no_command_speaks_of_files_or_backups_that_are_not_there(
    on_server: Mentor,
    team: TeamServer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    language: str,
) -> None:
    team.grant("kim", kind="coordinator", name="Kim Lund")
    team.grant("lise", kind="manager", name="Lise Lund")
    met = opened(team)
    records = example_records(today(), now(), language)
    met.store.commit([Change.created(one) for one in records])
    (maja,) = (one for one in met.store.all(Mentee) if one.name.startswith("Maja"))
    met.store.commit([Change.deleted(met.store.of(Task, maja.id)[0])])
    met.close()
    monkeypatch.chdir(tmp_path)
    uses = {**SAID, "forget": (("forget", "maja", "--dry-run"), ("forget", "maja"))}
    uses["purge"] = (("purge", "maja", "--dry-run"), ("purge", "maja", "--private-only"))
    found = {}
    for name, lines in uses.items():
        for use in lines:
            monkeypatch.setattr(sys, "stdin", io.StringIO("\n.steps\n?\n"))
            done = on_server(*use, "--lang", language)
            if wrong := about_files(done.out + "\n" + done.err, so=SO.get(name, frozenset())):
                found[use] = wrong
    assert not found, "\n".join(f"{use}: {one}" for use, wrong in found.items() for one in wrong)


OF_FILES = {
    ("backup",),
    ("backup", "list"),
    ("backup", "restore"),
    ("backup", "show"),
    ("fold",),
    ("publish", "on"),  # its options that are for files
    ("rename-login",),
}
"""Commands whose help has a sentence about files alone, beside what it says of a server."""


@pytest.mark.parametrize("language", ["en", "da"])
def test_no_help_speaks_of_files_alone(language: str, speaks: Callable[[str], None]) -> None:
    speaks(language)
    found = {}
    for words, one in all_commands(program(), ()):
        helps = [one.help or "", *(getattr(each, "help", None) or "" for each in one.params)]
        wrong = [said for text in helps for said in about_files(text)]
        if wrong and words not in OF_FILES:
            found[words] = wrong
        elif wrong and (words[0] != "backup" or len(words) == 1):  # whose group says it
            assert "server" in " ".join(helps), words
    assert not found, "\n".join(f"{words}: {wrong}" for words, wrong in found.items())


@pytest.fixture
def speaks() -> Iterator[Callable[[str], None]]:
    def speak(language: str) -> None:
        set_language(language)
        speak_clicks_language()

    yield speak
    speak("en")


def all_commands(
    one: click.Command, words: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    yield words, one
    if isinstance(one, click.Group):
        ctx = click.Context(one)
        for name in one.list_commands(ctx):
            inner = one.get_command(ctx, name)
            assert inner is not None
            yield from all_commands(inner, (*words, name))


def test_what_a_manager_has_and_colleagues_keep_is_said_to_go(
    on_server: Mentor, team: TeamServer
) -> None:
    team.grant("lise", kind="manager", name="Lise Lund")
    maja = lived_in(on_server, team)
    line = "The status that was released to Lise Lund"
    assert line not in on_server("purge", "Maja", "--dry-run").out
    with team.as_owner() as owner:
        owner.execute(
            "INSERT INTO mentorrollen.released VALUES"
            " ('team', %s, 'lise', 'met', 'Mette Vind', '2026-11-30T08:00:00+01:00', '{}')",
            (maja.id,),
        )
    told = on_server("purge", "Maja", "--dry-run").out
    assert line in told
    assert "What colleagues keep private about the mentee on the server" in told
    assert line not in on_server("purge", "Maja", "--private-only", "--dry-run").out
    done = said(on_server("purge", "Maja", "--yes", "Maja Holm").out)
    assert "What you can see on the server was looked through, and" in done


@pytest.mark.parametrize(("answer", "is_gone"), [("no\n", False), ("yes\n", True)])
def test_it_is_asked_before_what_was_deleted_is_forgotten(
    on_server: Mentor,
    team: TeamServer,
    monkeypatch: pytest.MonkeyPatch,
    answer: str,
    *,
    is_gone: bool,
) -> None:
    maja = lived_in(on_server, team)
    met = opened(team)
    task = Task(mentee_id=maja.id, title="Aflyst")
    met.store.commit([Change.created(task)])
    met.store.commit([Change.deleted(task)])
    met.close()
    monkeypatch.setattr(sys, "stdin", io.StringIO(answer))
    told = on_server("forget", "Maja")
    assert "Delete it for good?" in told.out
    assert ("is now deleted for good" in said(told.out)) is is_gone
    assert ("To do it without being asked: --yes" in told.err) is not is_gone
    again = on_server("forget", "Maja", "--dry-run")
    nothing = "Nothing that was deleted about Maja Holm is in the history of the server."
    assert (nothing in said(again.out)) is is_gone


def test_the_settings_say_which_have_no_effect_there(on_server: Mentor, team: TeamServer) -> None:
    told = said(on_server("settings").out)
    assert f'file = "{team.address("met").conninfo}"' in told
    assert (
        "so backup_days, backup_weeks, publish_group, publish_folder have no effect: those who look"
    ) in told
