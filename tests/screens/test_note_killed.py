"""A note survives the program being killed at any key."""

from __future__ import annotations

import sys
import time
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


def test_a_note_that_had_been_saved_when_its_session_was_killed_is_told_of_once(path: Path) -> None:
    opened = open_store(path, by=None, threaded=False)
    opened.store.commit([Change.created(Mentee(name="Maja"))], "")
    opened.close()
    command = [sys.executable, "-m", "tui", "--file", str(path), "--lang", "en"]
    env = {"XDG_STATE_HOME": str(path.parent)}
    with Terminal(command, env=env) as terminal:
        terminal.wait_for("Maja")
        terminal.key("n")
        terminal.wait_for("Quick note")
        terminal.key(WORDS)
        terminal.wait_for(WORDS)
        drafts = path.with_name(f"{path.name}.sessions")
        while any(one.stat().st_size for one in drafts.glob("*.draft")) or not is_saved(path):
            time.sleep(0.05)
        terminal.kill()
        terminal.wait_exit()
    told = "Written last: a note about Maja. It is saved"
    with Terminal(command, env=env) as terminal:
        terminal.wait_for(told)
        terminal.key("\x11")
        assert terminal.wait_exit() == 0
    with Terminal(command, env=env) as terminal:
        terminal.wait_for("Maja")
        terminal.wait_for("Today")
        assert told not in terminal.screen()
        terminal.key("\x11")
        assert terminal.wait_exit() == 0


def is_saved(path: Path) -> bool:
    """Whether the whole text is in the records, as another session would see it."""
    opened = open_store(path, threaded=False, reading=True)
    try:
        documents = opened.store.documents.tables.get(Note.table, {})
        return any(doc.get("text") == WORDS for doc in documents.values())
    finally:
        opened.close()
