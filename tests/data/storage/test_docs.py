from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest
from tinydb import TinyDB, where

from data.records import KINDS, Mentee, Record, Talk, TalkState, Task
from data.storage.journal import FORMAT
from data.storage.names import Names
from data.storage.protocol import BOOKKEEPING
from data.store.change import Change
from data.store.opening import open_store

ROOT = Path(__file__).parents[3]
TEXT = (ROOT / "docs" / "format.md").read_text(encoding="utf-8")


def section(title: str) -> str:
    found = re.search(rf"^### {title}:.*?(?=^##)", TEXT, re.MULTILINE | re.DOTALL)
    assert found is not None, f"docs/format.md says nothing of {title}"
    return found[0]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.table)
def test_every_field_of_every_table_is_described(kind: type[Record]) -> None:
    described = set(re.findall(r"`(\w+)`", section(kind.table)))
    names = {field.name for field in fields(kind)} - BOOKKEEPING - {"id"}
    assert names - described == set()


def test_every_file_is_described() -> None:
    names = Names("mentor.json")
    files = (
        names.record,
        names.journal,
        names.lock,
        names.reserve,
        names.backups,
        names.quarantine,
        names.deletions,
        names.deleting,
        names.sessions,
        names.temporary,
    )
    for name in files:
        assert f"`{name}" in TEXT
    assert f"format number of this text is **{FORMAT}**" in TEXT


def test_bookkeeping_is_described() -> None:
    for name in BOOKKEEPING:
        assert f"`{name}`" in TEXT


def test_the_script_reads_the_file_while_the_program_has_it_open(
    path: Path, tmp_path: Path
) -> None:
    found = re.search(r"^```python\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL)
    assert found is not None
    script = tmp_path / "talks.py"
    script.write_text(found[1], encoding="utf-8")

    def printed() -> str:
        command = [sys.executable, str(script), str(path)]
        env = {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
        done = subprocess.run(command, capture_output=True, env=env, check=False, timeout=60)
        assert done.stderr == b""
        return done.stdout.decode()

    maja, bo = Mentee(name="Maja Åkær"), Mentee(name="Bo")
    opened = open_store(path, threaded=True)
    try:
        opened.store.commit([Change.created(maja), Change.created(bo)])
        assert opened.store.flush()
        with TinyDB(path) as plain:
            assert "mentees" not in plain.tables(), "it is in the journal only"
        assert printed() == "Maja Åkær: 0 talks held\nBo: 0 talks held\n"
        talk = Talk(mentee_id=maja.id, number=1, state=TalkState.HELD)
        opened.store.commit([Change.created(talk)])
        assert opened.store.flush()
        assert printed() == "Maja Åkær: 1 talks held\nBo: 0 talks held\n"
    finally:
        assert opened.close()
    with TinyDB(path) as plain:
        assert plain.table("talks").count(where("state") == "held") == 1, "folded at the end"


def test_the_script_that_writes_a_table_runs_while_the_program_has_the_file_open(
    path: Path, tmp_path: Path
) -> None:
    found = re.findall(r"^```python\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL)
    script = tmp_path / "plans.py"
    script.write_text(found[1], encoding="utf-8")
    maja = Mentee(name="Maja Åkær")
    task = Task(mentee_id=maja.id, title="Notat; kort")
    opened = open_store(path, threaded=True)
    try:
        opened.store.commit([Change.created(maja), Change.created(task)])
        assert opened.store.flush()
        command = [sys.executable, str(script), str(path)]
        env = {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
        done = subprocess.run(command, capture_output=True, env=env, check=True, timeout=60)
    finally:
        assert opened.close()
    assert done.stdout.decode().startswith('Maja Åkær;"Notat; kort";')
