"""`mentor retention`: says what is due, and deletes it only when that is asked for."""

from __future__ import annotations

import sys
from datetime import timedelta
from pathlib import Path

import pytest

from data.clock import today
from data.method.hold import hold
from data.records import CourseState, Mentee, Note
from data.store.change import Change
from data.store.opening import open_store
from tests.tools.pty import Terminal
from tests.tui.cli.tools import ROOT, Mentor


@pytest.fixture(autouse=True)
def closed(mentor: Mentor, file: Path) -> None:
    """Maja closed yesterday, Emil a year ago, Nadia not at all; each with a private note."""
    for name in ("Maja Holm", "Emil Kragh", "Nadia Berg"):
        mentor("add", name, "--start", "1/8")
        mentor("note", name, f"CANARY{name.split()[0]}")
    opened = open_store(file, threaded=False)
    for mentee, days in zip(opened.store.all(Mentee)[:2], (1, 365), strict=True):
        on = today() - timedelta(days=days)
        opened.store.commit([Change.edited(mentee, state=CourseState.CLOSED, closed_on=on)])
    opened.close()


def left(file: Path) -> tuple[set[str], set[str]]:
    """The names of the mentees and the texts of the notes that there are."""
    opened = open_store(file, threaded=False)
    found = (
        {one.name for one in opened.store.all(Mentee)},
        {note.text for note in opened.store.all(Note)},
    )
    opened.close()
    return found


def somewhere(file: Path, word: str) -> list[str]:
    """The files beside the record file in which a word stands."""
    files = (one for one in file.parent.rglob("*") if one.is_file())
    return [one.name for one in files if word.encode() in one.read_bytes()]


def test_it_says_what_is_due_and_deletes_nothing(mentor: Mentor, file: Path) -> None:
    before = left(file)
    for words in ([], ["--dry-run"], ["--dry-run", "--apply"]):
        said = mentor("retention", *words)
        assert said.status == 0, said.err
        text = " ".join(said.out.split())
        assert "Maja Holm: what is private" in text
        assert "Emil Kragh: everything" in text
        assert "Nadia" not in text
        assert left(file) == before


def test_apply_deletes_for_good_what_is_due_and_nothing_else(mentor: Mentor, file: Path) -> None:
    done = mentor("retention", "--apply")
    assert done.status == 0, done.err
    assert left(file) == ({"Maja Holm", "Nadia Berg"}, {"CANARYNadia"})
    assert somewhere(file, "CANARYMaja") == []
    assert somewhere(file, "CANARYEmil") == []
    assert somewhere(file, "Emil Kragh") == []
    assert somewhere(file, "CANARYNadia")
    again = mentor("retention", "--apply")
    assert "Nothing is due" in again.out


def test_a_hold_comes_before_it(mentor: Mentor, file: Path) -> None:
    opened = open_store(file, threaded=False)
    for mentee in opened.store.all(Mentee)[:2]:
        opened.store.commit([hold(mentee, today())])
    opened.close()
    before = left(file)
    assert "Nothing is due" in mentor("retention", "--apply").out
    assert left(file) == before


def test_nothing_is_deleted_unasked_unless_the_settings_say_so(
    mentor: Mentor, file: Path, tmp_path: Path
) -> None:
    env = {"MENTOR_FILE": str(file), "HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path)}
    settings = tmp_path / "mentorrollen" / "settings.toml"
    settings.parent.mkdir()
    for value, gone in (("ask", False), ("auto", True)):
        settings.write_text(f'retention = "{value}"\n')
        with Terminal([sys.executable, "-m", "tui"], env=env, cwd=ROOT) as terminal:
            terminal.wait_for("Nadia Berg")
            terminal.key("\x11")
            assert terminal.wait_exit() == 0
        assert ("CANARYMaja" not in left(file)[1]) is gone
        assert ("Emil Kragh" not in left(file)[0]) is gone
