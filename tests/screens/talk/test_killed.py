"""A talk survives the program being killed at any key, and goes on where it was."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from data.clock import today
from data.records import Answer, Mentee, Talk, TalkState, Task
from data.store.change import Change
from data.store.opening import open_store
from data.store.store import Store
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


Cases = tuple[tuple[str, str, str, int], ...]

CASES: Cases = (
    ("frame", "", "frame", 0),
    ("since", "", "since", 0),
    ("occupied", "", "occupied", 0),
    ("works", F2, "works", 1),
    ("skills", "", "skills", 0),
    ("sort", "", "sort", 0),
    ("understand", TAB, "understand:limits", 0),
    ("praise", "", "praise", 1),
    ("next", F2, "next", 0),
    ("close", F2, "close", 1),
)
"""A step, the keys from where it begins to a field, and which answer and side that is."""


@pytest.mark.parametrize("cases", [CASES[::3], pytest.param(CASES, marks=pytest.mark.soak)])
def test_no_letter_is_lost_by_a_kill_and_the_talk_goes_on_there(cases: Cases, path: Path) -> None:
    """One talk, killed at fields of its steps; the next program goes on in the same word."""
    make(path)
    at, seen = 0, "Talk 1"
    for key, enter, _answer, _side in cases:
        with start(path) as terminal:
            terminal.wait_for("Maja")
            terminal.key("t")
            terminal.wait_for(seen)
            terminal.rest()
            if key != cases[0][0]:
                terminal.key(" crossing")
                terminal.wait_for(f"{seen} crossing")
            seen = f"zebra-{key}"
            terminal.key(PAGE_DOWN * (STEPS.index(key) - at) + enter + seen)
            terminal.wait_for(seen)
            terminal.kill()
            terminal.wait_exit()
        at = STEPS.index(key)

    again = open_store(path, by="birgitte", threaded=True)
    try:
        (talk,) = again.store.all(Talk)
        assert (talk.state, talk.step) == (TalkState.RUNNING, cases[-1][0])
        found = answers(again.store)
    finally:
        again.close()
    for key, _enter, answer, side in cases:
        starter = "I think that you " if key == "praise" else ""
        crossing = "" if key == cases[-1][0] else " crossing"
        assert found[answer][side] == f"{starter}zebra-{key}{crossing}"
