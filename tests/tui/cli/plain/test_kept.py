"""Whatever is typed is saved before the next prompt, at each prompt and in any order."""

from __future__ import annotations

import os
import re
import signal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.records import new_id
from data.store.store import Store
from tests.tools.example import example_file_at
from tests.tui.cli.plain.tools import Typist, bytes_of
from tests.tui.cli.tools import Mentor

PROMPTS = {
    "the list": (),
    "a task": ("1",),
    "a date": ("1", "8"),
    "a person": ("1", "9"),
    "a choice": ("1", "7"),
    "a duration": ("1", "13"),
    "what was corrected": ("1", "18", "2"),
    "a day of a step": ("1", ".step", "4"),
    "who trained": ("1", ".step", "4", ""),
    "what to recall": ("a", "Ny", "2 assessment", ".recall"),
    "the goals": ("1", "4"),
    "a new goal": ("1", "4", "a"),
    "whether to delete": ("x 1",),
    "which to delete": (".delete",),
    "initials": (".agree",),
    "a note": (".note",),
    "a new task": ("a",),
    "a template": (".template",),
    "rows of a template": (".template", "1"),
    "today": (".today",),
    "until when": (".today", "p 7"),
    "which mentee": (".mentees",),
    "the name of a mentee": (".mentees", "a"),
    "the first day": (".mentees", "a", "Bo"),
    "an action": (".actions", "1"),
    "who": (".actions", "1", "2"),
    "a talk": (".talks", "1"),
    "the day of a talk": (".talks", "1", "1"),
    "the time of a talk": (".talks", "1", "2"),
    "in the talk": (".talk",),
    "a role": (".roles", "2"),
    "who has a role": (".roles", "2", "1"),
    "how to reach them": (".roles", "2", "3"),
    "a new role": (".roles", "a"),
    "a duty": (".duties", "1"),
    "a part in a duty": (".duties", "1", "5"),
    "a new duty": (".duties", "a"),
    "somebody to meet": (".people", "1"),
    "who is to be met": (".people", "a"),
    "through whom": (".people", "1", "5"),
    "a need": (".needs", "1"),
    "an answer": (".needs", "1", "4"),
    "an area": (".needs", "a"),
    "new knowledge": (".needs", ".knowledge"),
    "a task of knowledge": (".needs", "6", "6"),
    "whether to begin a round": (".needs", ".round"),
    "the expectations": (".expectations",),
    "the length of a talk": (".expectations", "3"),
    "whether it is agreed again": (".expectations", ".agree"),
    "the mentorship": (".mentorship",),
    "the end": (".mentorship", "6"),
    "whether talks may move": (".mentorship", "5 1/11"),
    "talks after the end": (".mentorship", "6 1/12"),
    "whether to close": (".mentorship", ".close"),
    "behind a word": (".today", "7", ".held"),
}
"""What leads to each prompt, in `mentor plan Maja --plain`."""
WORD = "zqsætning"


def has(file: Path, words: str) -> bool:
    found = bytes_of(file)
    return words.encode() in found or words.encode("ascii", "backslashreplace") in found


@pytest.mark.parametrize("prompt", PROMPTS)
@pytest.mark.parametrize("before", ["", ".plan ", ".hvad "])
def test_a_sentence_is_kept_at_every_prompt(
    file: Path, mentor: Mentor, monkeypatch: pytest.MonkeyPatch, prompt: str, before: str
) -> None:
    example_file_at(file)
    seen: list[bool] = []
    line = f"{before}{WORD} nummer to"
    typist = Typist((*PROMPTS[prompt], line, lambda: seen.append(has(file, WORD))))
    monkeypatch.setattr("sys.stdin", typist)
    done = mentor("plan", "Maja", "--plain")
    assert (done.status, done.err) == (0, "")
    assert seen == [True]


@pytest.mark.parametrize("prompt", PROMPTS)
def test_a_question_mark_helps_at_every_prompt(
    file: Path, mentor: Mentor, monkeypatch: pytest.MonkeyPatch, prompt: str
) -> None:
    example_file_at(file)
    monkeypatch.setattr("sys.stdin", Typist((*PROMPTS[prompt], "?")))
    out = mentor("plan", "Maja", "--plain").out
    assert "Everything is saved as you write it" in out or "An empty line continues: to the" in out


def test_a_line_is_saved_before_ctrl_c_ends_the_command(
    file: Path, mentor: Mentor, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = signal.getsignal(signal.SIGINT)
    example_file_at(file)
    commit = Store.commit

    def interrupted(self: Store, *changes: Any, **named: Any) -> None:
        monkeypatch.setattr(Store, "commit", commit)
        os.kill(os.getpid(), signal.SIGINT)
        commit(self, *changes, **named)

    monkeypatch.setattr(Store, "commit", interrupted)
    monkeypatch.setattr("sys.stdin", Typist((f"{WORD} nummer to", ".plan")))
    done = mentor("plan", "Maja", "--plain")

    assert done.out.rstrip().endswith("Stopped. Everything is saved.")
    assert (done.status, done.err) == (0, "")
    assert has(file, WORD)
    assert signal.getsignal(signal.SIGINT) is before


COMMANDS = (
    "|?|1|2|8|u|a|-|+|.|yes|no|99|0|Friday|..x|d 1|p 1|x 1|8 fre|.plan|.today|.mentees|.actions|"
    ".talks|.talk|.back|.undo|.note|.notes|.notes private|.share|.agree|.add|.delete|.held|.all|"
    ".done|.snooze|.go 3|.roles|.duties|.people|.needs|.expectations|.knowledge|.round|.used|.page|"
    ".seen|.private|.task|.confirmed|.cancel|.step|.recall|.potential|"
    ".mentorship|.close|5 1/11|6 1/12|.template"
)
DRAWN = "".join(map(chr, range(0x2500, 0x25A0)))
"""What frames and bars are drawn with. Nobody types it here: what is typed is said again."""
LINES = st.one_of(
    st.sampled_from(COMMANDS.split("|")),
    st.text(st.characters(codec="utf-8", exclude_characters=f"\n{DRAWN}"), max_size=12),
    st.integers(0, 25).map(lambda number: f"{number} zqx"),
    st.just("zqx"),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
@given(st.lists(LINES, max_size=14), st.sampled_from(["en", "da"]))
def test_no_lines_make_it_fail_and_none_with_words_is_lost(
    file: Path, mentor: Mentor, monkeypatch: pytest.MonkeyPatch, lines: list[str], lang: str
) -> None:
    file = file.parent / new_id() / "mentor.json"  # each time a new one
    file.parent.mkdir(mode=0o700)
    monkeypatch.setenv("MENTOR_FILE", str(file))
    example_file_at(file)
    numbered = [line.replace("zqx", f"zqx{number}zq") for number, line in enumerate(lines)]
    typist = Typist(tuple(numbered))
    missing: list[str] = []
    due: list[str] = []

    def check() -> None:
        missing.extend(word for word in due if not has(file, word))
        due[:] = re.findall(r"zqx\d+zq", typist.following)

    typist.before = check
    monkeypatch.setattr("sys.stdin", typist)
    done = mentor("plan", "Maja", "--plain", "--lang", lang)
    assert (done.status, done.err) == (0, "")
    assert missing == []
    assert "\x1b" not in done.out
    assert not set(DRAWN) & set(done.out)
