"""Every command that reads the file sees what was being typed when a session was killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from data.records import Answer, Mentee, Note, Talk, TalkState
from data.store.change import Change
from data.store.opening import open_store
from tests.tui.cli.tools import NOW, ROOT, Mentor, process, read

TYPIST = """
import sys
from pathlib import Path
from data.records import BY_TABLE
from data.store.opening import open_store
opened = open_store(Path(sys.argv[1]), threaded=True)
record = opened.store.get(BY_TABLE[sys.argv[2]], sys.argv[3])
for length in range(len(sys.argv[5]), len(sys.argv[6]) + 1):
    opened.store.type_text(record, sys.argv[4], sys.argv[6][:length], shown=sys.argv[5])
assert opened.typing_log.barrier(10)
print("typed", flush=True)
sys.stdin.read()
"""
"""A session in which somebody types, and which is then killed."""


def type_and_kill(file: Path, table: str, id: str, field: str, *texts: str) -> None:
    """Type in a field from the first of two texts to the second, and kill the session."""
    typist = subprocess.Popen(
        [sys.executable, "-c", TYPIST, str(file), table, id, field, *texts],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "MENTOR_NOW": NOW},
    )
    assert typist.stdin is not None
    assert typist.stdout is not None
    assert typist.stdout.readline() == b"typed\n"
    typist.send_signal(signal.SIGKILL)
    typist.wait()
    typist.stdin.close()
    typist.stdout.close()


@pytest.fixture
def note(mentor: Mentor, file: Path) -> Note:
    """A note that says "Hun", which a killed session had gone on with."""
    mentor("add", "Maja Holm", "--start", "1/8")
    mentor("note", "Maja", "--shared", "Hun")
    (found,) = read(file)[1]
    type_and_kill(file, "notes", found.id, "text", "Hun", "Hun trives her")
    return found


def drafts(file: Path) -> list[Path]:
    return list(file.with_name(f"{file.name}.sessions").glob("*.draft"))


@pytest.mark.usefixtures("note")
def test_what_only_looks_shows_it_and_leaves_it_where_it_is(mentor: Mentor, file: Path) -> None:
    for _time in range(2):
        assert "Hun trives her" in mentor("show", "Maja").out
        (shown,) = json.loads(mentor("show", "Maja", "--format", "json").out)["notes"]
        assert shown["text"] == "Hun trives her"
        assert mentor("list").status == mentor("due").status == 0
    assert len(drafts(file)) == 1
    assert b"trives" not in file.with_name(f"{file.name}.journal").read_bytes()


@pytest.mark.usefixtures("note")
def test_a_name_that_was_being_typed_is_in_the_list(mentor: Mentor, file: Path) -> None:
    (maja,) = read(file)[0]
    type_and_kill(file, "mentees", maja.id, "title", "", "Rådgiver i Sundhed")
    (summary,) = json.loads(mentor("list", "--format", "json").out)
    assert summary["title"] == "Rådgiver i Sundhed"


def test_what_writes_brings_it_back_once_and_says_so(
    mentor: Mentor, file: Path, note: Note
) -> None:
    done = process(file, "note", "Maja", stdin=b"Og en til")
    assert done.returncode == 0
    assert done.stderr == b"mentor: A text that was being typed when the program stopped is back\n"
    assert drafts(file) == []
    assert process(file, "note", "Maja", stdin=b"Den tredje").stderr == b""
    texts = {one.id: one.text for one in read(file)[1]}
    assert texts[note.id] == "Hun trives her"
    assert len(texts) == 3


def test_the_plain_talk_goes_on_from_the_words_of_a_killed_screen(
    mentor: Mentor, file: Path
) -> None:
    mentor("add", "Maja Holm", "--start", "1/8")
    opened = open_store(file, threaded=False)
    (maja,) = opened.store.all(Mentee)
    talk = opened.store.of(Talk, maja.id)[0]
    answer = Answer(mentee_id=maja.id, talk_id=talk.id, key="occupied", mentee="Sagen")
    running = Change.edited(talk, state=TalkState.RUNNING, step="occupied", side="mentee")
    opened.store.commit([running, Change.created(answer)])
    opened.close()
    type_and_kill(file, "answers", answer.id, "mentee", "Sagen", "Sagen om vejen")
    done = process(file, "talk", "Maja", "--plain", stdin=b"En linje mere\n")
    assert done.returncode == 0
    assert "Sagen om vejen" in done.stdout.decode()
    opened = open_store(file, threaded=False)
    kept = opened.store.get(Answer, answer.id)
    opened.close()
    assert kept is not None
    assert kept.mentee == "Sagen om vejen\nEn linje mere"
