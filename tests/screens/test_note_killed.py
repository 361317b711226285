"""A note survives the program being killed at any key."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from data.records import Mentee, Note
from data.store.change import Change
from data.store.opening import open_store
from tests.tools.pty import Terminal

WORDS = "god afdækning hos borger 2"


@pytest.mark.parametrize("keys", [1, 5, len(WORDS)])
def test_every_character_seen_on_the_screen_is_there_after_a_kill(path: Path, keys: int) -> None:
    opened = open_store(path, by="birgitte", threaded=False)
    opened.store.commit([Change.created(Mentee(name="Maja"))], "")
    opened.close()

    command = [sys.executable, "-m", "tui", "--file", str(path), "--lang", "en"]
    with Terminal(command, env={"XDG_STATE_HOME": str(path.parent)}) as terminal:
        terminal.wait_for("Maja")
        terminal.key("n")
        terminal.wait_for("Quick note")
        terminal.key(WORDS[:keys])
        terminal.wait_for(WORDS[:keys])
        terminal.kill()
        terminal.wait_exit()

    again = open_store(path, by="birgitte", threaded=True)
    try:
        assert [note.text for note in again.store.all(Note)] == [WORDS[:keys]]
    finally:
        again.close()
