"""What is typed when a membership is revoked stays on the computer, and there is a way to it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from data.i18n import set_language
from data.records import Conflict, Mentee
from data.settings import Settings
from data.storage.postgres.schema import revoke_script
from data.store.change import Change
from data.store.events import SaveState
from data.store.opening import OpenedStore, open_store
from screens.conflicts.kept import KeptTextScreen
from screens.frame.context import Context
from screens.note.screen import NoteScreen
from tests.data.storage.postgres.team_server import TeamServer
from tests.screens.conftest import screen_text
from tests.tools.hurry import until
from tests.tui.cli.tools import Mentor
from tui.app import MentorApp
from tui.cli.call import parting, server_rules

OPEN = {
    "en": "1 text is not saved yet in a session that is open; it is shown there.",
    "da": "1 tekst er ikke gemt endnu i en session, der er åben; den vises dér.",
}
SAID = {"en": "mentor doctor --typed shows", "da": "mentor doctor --typed viser"}


def opened(team: TeamServer) -> OpenedStore:
    path = team.stand_in("met")
    return open_store(path, threaded=True, parting=parting, on_server=server_rules)


def words(app: MentorApp) -> str:
    return " ".join(screen_text(app).replace("│", " ").split())


@pytest.mark.parametrize("language", SAID)
async def test_what_was_typed_last_is_shown_by_the_doctor(
    on_server: Mentor, team: TeamServer, language: str
) -> None:
    set_language(language)
    session = opened(team)
    store = session.store
    store.commit([Change.created(Mentee(name="Maja Holm"))])
    assert store.flush()
    app = MentorApp(Context(store, Settings(), file=session.path, of_team=True))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("n")
        await until(lambda: isinstance(app.screen, NoteScreen))
        await pilot.press("f4", *"ord")
        assert store.flush()
        team.server.execute(revoke_script("team", "met", None), database=team.database)
        await until(lambda: isinstance(app.screen, KeptTextScreen))
        await pilot.pause()
        await pilot.press("a", "x", "e")
        await until(lambda: store.status.state is SaveState.FAILED)
        await pilot.press("escape", "ctrl+q")
        await until(lambda: SAID[language] in words(app))
        assert "mentor server grant. 1 " in words(app), "else it reads as a word of the command"
        await pilot.press("y" if language == "en" else "j")
        await until(lambda: app.return_code is not None)
    in_open = on_server("doctor", "--typed", "--lang", language)
    assert (in_open.status, in_open.err) == (0, "")
    assert " ".join(in_open.out.split()) == OPEN[language]
    assert on_server("doctor", "--typed", "--format", "json").out.split() == ["[]"]
    assert not session.close(1)

    refused = on_server("list", "--lang", language)
    assert (refused.status, refused.out) == (3, "")
    assert SAID[language] in " ".join(refused.err.split())
    assert "mentor server grant. 1 " in " ".join(refused.err.split())
    shown = on_server("doctor", "--typed", "--lang", language)
    assert (shown.status, shown.err) == (0, "")
    assert "  ordaxe" in shown.out.splitlines()
    as_json = on_server("doctor", "--typed", "--format", "json")
    assert [one["text"] for one in json.loads(as_json.out)] == ["ordaxe"]

    with team.as_owner() as line:
        line.execute("INSERT INTO mentorrollen.members VALUES ('team', 'met', 'mentor', 'met')")
    again = opened(team)
    try:
        assert [one.mine for one in again.store.all(Conflict)] == ["ordaxe"]
    finally:
        assert again.close()
    assert "ordaxe" not in on_server("doctor", "--typed").out


def test_of_a_file_too_what_a_dead_session_left_is_shown(mentor: Mentor, file: Path) -> None:
    assert mentor("doctor", "--typed", "--lang", "en").out == (
        "No texts are on this computer alone.\n"
    )
    assert mentor("doctor", "--typed", "--repair").status == 2
