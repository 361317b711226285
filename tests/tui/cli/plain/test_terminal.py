"""The whole job on a simple terminal: by ear alone, in both languages, and after a kill."""

from __future__ import annotations

import re
import signal
import sys
from datetime import date
from pathlib import Path

import pytest

from data.records import Note, Talk, TalkState, Task
from tests.tools.pty import Terminal
from tests.tui.cli.plain.tools import named, opened
from tests.tui.cli.tools import NOW, ROOT, example_file, say


@pytest.fixture
def records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MENTOR_NOW", NOW)
    return example_file(tmp_path)


def begin(records: Path, *arguments: str, lang: str = "en") -> Terminal:
    env = {"MENTOR_FILE": str(records), "MENTOR_NOW": NOW, "HOME": str(records.parent)}
    return Terminal(
        [sys.executable, "-m", "tui", *arguments, "--plain", "--lang", lang],
        env={**env, "TERM": "dumb"},
        cwd=ROOT,
        rows=60,
    )


def is_plain(raw: bytes) -> bool:
    """Whether there is nothing but text: no sequences, no boxes, no columns made of blanks."""
    text = raw.decode()
    columns = [line for line in text.splitlines() if re.search(r"\S {3,}\S", line)]
    return "\x1b" not in text and not re.search("[\u2500-\u259f]", text) and not columns


def test_the_main_job_by_ear(records: Path) -> None:
    """Start, choose the mentee, talk, change two rows together, agree on the next date."""
    with begin(records, "today", lang="da") as terminal:
        say(terminal, "I dag", "6")
        say(terminal, "Ja eller nej", "")
        say(terminal, "Enter går videre", ".gå 16")
        for number, text in (("1", "Udkast på torsdag"), ("3", "Øve spørgsmål")):
            say(terminal, "(tom linje går videre)", number)
            terminal.wait_for("Næste skridt (nu: ")
            terminal.key(f"{text}\n")
            terminal.wait_for("Trin (nu: ")
            terminal.key("3\n")
            terminal.wait_for("Sparring, dato (nu: ")
            terminal.key("uge 50\n")
        say(terminal, "(tom linje går videre)", "")
        say(terminal, "Ja, eller en tom linje", "ja")
        say(terminal, "ikke aftalt)", "mh")
        say(terminal, "Mentors ord", "At vente", "")
        say(terminal, "Ja eller nej", "", "")
        terminal.wait_for("Samtalen er afsluttet og gemt.")
        say(terminal, "I dag", ".stop")
        assert terminal.wait_exit() == 0
        assert is_plain(bytes(terminal.raw))
        heard = len(bytes(terminal.raw).decode().splitlines())
    assert heard < 100, "a listener hears each of them"
    with opened(records) as store:
        maja = named(store, "Maja")
        assert maja.plan_agreed_on == maja.plan_updated_on == date(2025, 11, 24)
        held = [one for one in store.of(Talk, maja.id) if one.state is TalkState.HELD][-1]
        assert held.next_on
        tasks = store.of(Task, maja.id)
        assert [task.next_step for task in (tasks[0], tasks[2])] == [
            "Udkast på torsdag",
            "Øve spørgsmål",
        ]


@pytest.mark.parametrize(
    ("lang", "prompt"), [("en", "Child assessment"), ("da", "Child assessment")]
)
def test_a_kill_loses_nothing_but_the_line_that_is_not_ended(
    records: Path, lang: str, prompt: str
) -> None:
    with begin(records, "plan", "Maja", lang=lang) as terminal:
        say(terminal, "Plan", "1")
        say(terminal, prompt, "11 Blåbærgrød", "En tanke for mig selv")
        terminal.wait_until(lambda: terminal.screen().rstrip().endswith(f"{prompt}:"))
        terminal.key("ikke færdig")
        terminal.settle()
        terminal.kill(signal.SIGKILL)
        terminal.wait_exit()
        assert is_plain(bytes(terminal.raw))
    with begin(records, "plan", "Maja", lang=lang) as terminal:
        say(terminal, "Plan", "1")
        terminal.wait_for("Blåbærgrød")
        private = {"en": ".notes private", "da": ".noter privat"}[lang]
        say(terminal, prompt, private)
        terminal.wait_for("En tanke for mig selv")
        terminal.key("\x04")
        assert terminal.wait_exit() == 0


def test_a_hang_up_and_ctrl_c_lose_nothing(records: Path) -> None:
    with begin(records, "plan", "Maja") as terminal:
        say(terminal, "Plan", "1")
        say(terminal, "Child assessment", "11 Ringe op")
        terminal.wait_until(lambda: terminal.screen().rstrip().endswith("Child assessment:"))
        terminal.key("\x03")
        assert terminal.wait_exit() == 0
        assert terminal.screen().rstrip().endswith("Stopped. Everything is saved.")
    with begin(records, "plan", "Maja") as terminal:
        say(terminal, "Plan", "1")
        say(terminal, "Child assessment", "15 Rolig stemme")
        terminal.wait_until(lambda: terminal.screen().rstrip().endswith("Child assessment:"))
        terminal.hangup()
        terminal.wait_exit()
    with opened(records) as store:
        task = store.of(Task, named(store, "Maja").id)[0]
    assert (task.next_step, task.potential) == ("Ringe op", "Rolig stemme")


def test_a_paste_of_several_lines_is_one_text(records: Path) -> None:
    with begin(records, "plan", "Maja") as terminal:
        say(terminal, "Plan", "1")
        say(terminal, "Child assessment", "11")
        terminal.wait_until(lambda: terminal.screen().rstrip().endswith("Next step:"))
        terminal.key("Første linje\nx 1\n\nSidste linje\n")
        terminal.wait_until(lambda: terminal.screen().rstrip().endswith("Child assessment:"))
    with opened(records) as store:
        task = store.of(Task, named(store, "Maja").id)[0]
    assert task.next_step == "Første linje\nx 1\n\nSidste linje"


def test_two_at_the_same_time_keep_both(records: Path) -> None:
    with begin(records, "plan", "Maja") as one, begin(records, "plan", "Maja") as other:
        for terminal in (one, other):
            say(terminal, "Plan", "1")
            terminal.wait_for("Child assessment:")
        say(one, "Child assessment", "2 Fra den ene")
        one.wait_for("Saved: Task type")
        say(other, "Child assessment", "11 Fra den anden")
        other.wait_for("2. Task type: Fra den ene")
        say(other, "Child assessment", "13 3h")
        other.wait_for("Expected time: 3 h")
    with opened(records) as store:
        task = store.of(Task, named(store, "Maja").id)[0]
    assert (task.type, task.next_step) == ("Fra den ene", "Fra den anden")
    assert task.estimate_min == 180


@pytest.mark.parametrize("unit", ["ord ", "å"])
def test_a_line_too_long_for_the_terminal_is_said_to_be_cut(records: Path, unit: str) -> None:
    """The system keeps 4095 bytes of a line, and drops what comes behind them without a word."""
    with begin(records, "plan", "Maja") as terminal:
        terminal.wait_until(lambda: terminal.screen().rstrip().endswith("Plan:"))
        terminal.key(f"x{unit * 3000}slut\n")
        terminal.wait_for("too long for the terminal")
        terminal.key(".stop\n")
        assert terminal.wait_exit() == 0
    with opened(records) as store:
        kept = [note.text for note in store.all(Note) if note.text.startswith(f"x{unit * 900}")]
    assert [note for note in kept if set(note) == set(f"x{unit}")]
