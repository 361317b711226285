"""A talk survives the program being killed at any key, and goes on where it was."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from data.change import Change
from data.clock import today
from data.opening import open_store
from data.records import Answer, Mentee, Talk, TalkState, Task
from data.store import Store
from tests.tools.pty import Terminal

PAGE_DOWN = "\x1b[6~"
F2 = "\x1bOQ"
TAB = "\t"
STEPS = (
    "frame",
    "since",
    "occupied",
    "works",
    "skills",
    "help",
    "sparring",
    "wellbeing",
    "sort",
    "understand",
    "praise",
    "potential",
    "next",
    "plan",
    "close",
)


def start(path: Path) -> Terminal:
    command = [sys.executable, "-m", "tui", "--file", str(path), "--lang", "en"]
    return Terminal(command, env={"XDG_STATE_HOME": str(path.parent)})


def make(path: Path) -> None:
    opened = open_store(path, by="birgitte", threaded=False)
    mentee = Mentee(name="Maja", start=today())
    task = Task(mentee_id=mentee.id, title="Home visits")
    opened.store.commit([Change.created(mentee), Change.created(task)], "")
    opened.close()


def answers(store: Store) -> dict[str, tuple[str, str]]:
    return {one.key: (one.mentee, one.mentor) for one in store.all(Answer)}


@pytest.mark.parametrize(
    ("key", "enter", "answer", "side"),
    [
        ("frame", "", "frame", 0),
        ("since", TAB, "since", 0),
        ("occupied", "", "occupied", 0),
        ("works", F2, "works", 1),
        ("skills", "", "skills", 0),
        ("sort", TAB, "sort", 0),
        ("understand", TAB, "understand:limits", 0),
        ("praise", "", "praise", 1),
        ("next", F2, "next", 0),
        ("close", TAB + TAB, "close", 1),
    ],
)
def test_no_letter_is_lost_by_a_kill_and_the_talk_goes_on_there(
    path: Path, key: str, enter: str, answer: str, side: int
) -> None:
    make(path)
    with start(path) as terminal:
        terminal.wait_for("Maja")
        terminal.key("t")
        terminal.wait_for("Talk 1")
        terminal.key(PAGE_DOWN * STEPS.index(key) + enter + "zebra")
        terminal.wait_for("zebra")
        terminal.kill()
        terminal.wait_exit()

    with start(path) as terminal:
        terminal.wait_for("Maja")
        terminal.key("t")
        terminal.wait_for("zebra")
        terminal.rest()
        terminal.key(" crossing")
        terminal.wait_for("zebra crossing")
        terminal.kill()
        terminal.wait_exit()

    again = open_store(path, by="birgitte", threaded=True)
    try:
        (talk,) = again.store.all(Talk)
        assert (talk.state, talk.step) == (TalkState.RUNNING, key)
        starter = "I think that you " if key == "praise" else ""
        assert answers(again.store)[answer][side] == f"{starter}zebra crossing"
    finally:
        again.close()
