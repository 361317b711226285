"""A whole mentorship is deleted for good while two other processes have it open.

40 tasks, 25 talks, 300 notes, backups of 14 days, quarantine, texts that were typed and not saved.
Afterwards `grep -rF` finds no name, no text and no id, and another mentee is as before.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from data.records import KINDS, Answer, Mentee, Note, Record, Talk, TalkState, Task
from data.storage.backend import fold_file
from data.storage.kept.backup import time_of
from data.storage.upkeep import traces
from data.storage.upkeep.going import Wanted, look
from data.storage.upkeep.purging import purge
from data.storage.upkeep.restore import list_backups, restore
from data.store.change import Change
from data.store.opening import open_store

ROOT = Path(__file__).parents[3]
NAME = "Maja Kanariefugl"
DAYS = 14


def records(mentee: Mentee, word: str) -> list[Record]:
    """A whole mentorship; each text has the word."""
    tasks = [
        Task(mentee_id=mentee.id, title=f"{word} opgave {n}", potential=f"{word} kan {n}")
        for n in range(40)
    ]
    talks = [
        Talk(
            mentee_id=mentee.id,
            number=n + 1,
            state=TalkState.HELD,
            place=f"{word} rum {n}",
            task_ids=(tasks[n].id,),
        )
        for n in range(25)
    ]
    answers = [
        Answer(mentee_id=mentee.id, talk_id=talk.id, key="optaget", mentor=f"{word} svar {n}")
        for n, talk in enumerate(talks)
    ]
    notes = [
        Note(mentee_id=mentee.id, text=f"{word} note {n} æøå \"'\\", task_id=tasks[n % 40].id)
        for n in range(300)
    ]
    return [*tasks, *talks, *answers, *notes]


def days_pass(path: Path) -> None:
    """Make each backup a day older."""
    folder = path.with_name("mentor.json.backups")
    for file in sorted(folder.iterdir()) if folder.exists() else ():
        found = re.fullmatch(r"(\d+)-(\d{8}-\d{6})-(.+)", file.name)
        assert found is not None
        gen, stamp, rest = found.groups()
        at = time_of(stamp) - timedelta(days=1)
        file.rename(folder / f"{gen}-{at:%Y%m%d-%H%M%S}-{rest}")


def commit(path: Path, *changes: Change) -> None:
    opened = open_store(path, by="eva", threaded=False)
    opened.store.commit(changes)
    assert opened.close()
    fold_file(path)


def all_of(path: Path, mentee: Mentee) -> dict[str, object]:
    """What the file has of a mentee, as documents."""
    opened = open_store(path, threaded=False)
    try:
        tables = opened.store.tables()
        return {
            kind.table: {
                str(doc.doc_id): dict(doc)
                for doc in tables.table(kind.table)
                if doc.get("mentee_id") == mentee.id or str(doc.doc_id) == mentee.id
            }
            for kind in KINDS
        }
    finally:
        opened.close()


TYPIST = """
import sys, time
from pathlib import Path
from data.records import Note
from data.store.opening import open_store

opened = open_store(Path(sys.argv[1]), by=sys.argv[2], threaded=True)
store = opened.store
told = []
store.subscribe(lambda event: told.extend(event.for_good))
hers = [note for note in store.all(Note) if note.text.startswith("hemmelig")]
his = [note for note in store.all(Note) if note.text.startswith("om Bo")]
store.type_text(hers[7], "text", hers[7].text + " og hemmelig tastet tekst")
store.type_text(his[7], "text", his[7].text + " og mere fra " + sys.argv[2])
assert opened.typing_log.barrier(10)
print("typed", flush=True)
end = time.monotonic() + 60
while not told and time.monotonic() < end:
    store.pump()
    time.sleep(0.01)
assert told
store.commit_typing()
assert store.flush(20)
assert opened.close()
print("done", flush=True)
"""


def typist(path: Path, by: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", TYPIST, str(path), by]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == "typed\n"
    return process


def grep(folder: Path, words: list[str]) -> list[str]:
    """The files in which one of the words stands, as grep finds them."""
    listed = "\n".join(words)
    found = subprocess.run(
        ["grep", "-rlFf", "-", str(folder)],
        input=listed,
        capture_output=True,
        text=True,
        check=False,
    )
    return found.stdout.splitlines()


def as_in_files(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)[1:-1]


def test_nothing_is_found_of_a_whole_mentorship(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(traces, "WAIT_SECONDS", 2.0)
    folder = tmp_path / "records"
    folder.mkdir(mode=0o700)
    path = folder / "mentor.json"
    maja, bo = Mentee(name=NAME), Mentee(name="Bo")
    hers, his = records(maja, "hemmelig"), records(bo, "om Bo")
    commit(path, *map(Change.created, (maja, bo, *his)))
    per_day = len(hers) // DAYS + 1
    for day in range(DAYS):
        some = hers[day * per_day : (day + 1) * per_day]
        commit(path, *map(Change.created, some))
        days_pass(path)
    gone = Note(mentee_id=maja.id, text="hemmelig og slettet")
    commit(path, Change.created(gone))
    opened = open_store(path, threaded=False)
    found = opened.store.get(Note, gone.id)
    assert found is not None
    opened.store.commit([Change.deleted(found)])
    assert opened.close()
    assert len(list_backups(path)) >= DAYS
    outside = tmp_path / "a copy"
    shutil.copytree(folder, outside)
    with_aside(path)
    before = all_of(path, bo)

    awake, asleep = typist(path, "ida"), typist(path, "per")
    asleep.send_signal(signal.SIGSTOP)
    os.waitid(os.P_PID, asleep.pid, os.WSTOPPED | os.WNOWAIT)
    texts = [one.text for one in hers if isinstance(one, Note)][:20]
    going = look(path, Wanted("mentee", frozenset({maja.id})), by="met")
    assert sum(going.counts.values()) == len(hers) + 1
    report = purge(path, going, words=[NAME, *texts])
    assert report.found == {}

    words = [NAME, "hemmelig", *map(as_in_files, texts)]
    words += [one.id for one in (maja, gone, *hers)]
    assert grep(folder, words) == []
    asleep.send_signal(signal.SIGCONT)
    for process in (awake, asleep):
        output, _errors = process.communicate(timeout=60)
        assert output == "done\n"
    assert grep(folder, words) == []
    after = all_of(path, bo)
    typed = sorted(one.id for one in his if isinstance(one, Note))[7]
    assert "og mere fra ida" in str(after["notes"][typed])  # type: ignore[index]
    assert "og mere fra per" in str(after["notes"][typed])  # type: ignore[index]
    for one in (before, after):
        del one["notes"][typed]  # type: ignore[attr-defined]
    assert json.dumps(after) == json.dumps(before)

    for backup in list_backups(path)[::5]:
        restore(path, backup.name)
        assert grep(folder, words) == []
        shutil.copy(outside / "mentor.json", path)
        opened = open_store(path, threaded=False)
        assert opened.store.get(Mentee, maja.id) is None
        assert [one.name for one in opened.store.all(Mentee)] == ["Bo"]
        assert opened.close()
        assert grep(folder, words) == []
    for ending in ("", ".journal"):
        shutil.copy(outside / f"mentor.json{ending}", f"{path}{ending}")
    opened = open_store(path, threaded=True)
    assert opened.store.get(Mentee, maja.id) is None
    assert opened.close()
    assert grep(folder, words) == []


def with_aside(path: Path) -> None:
    """Have another program change the file, and a journal be damaged: both go to quarantine."""
    path.write_bytes(path.read_bytes().replace(b"hemmelig note 1 ", b"hemmelig note I ", 1))
    opened = open_store(path, threaded=False)
    assert opened.close()
    journal = path.with_name("mentor.json.journal")
    journal.write_bytes(journal.read_bytes()[:40] + b"hemmelig" + journal.read_bytes()[40:])
    opened = open_store(path, threaded=False)
    assert opened.close()
    assert len(list(path.with_name("mentor.json.quarantine").iterdir())) >= 2
