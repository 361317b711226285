"""`mentor extract`."""

from __future__ import annotations

from pathlib import Path

from data.records import Mentee
from data.store.opening import open_store
from tests.tui.cli.tools import Mentor


def maja(file: Path) -> Mentee:
    opened = open_store(file, threaded=False)
    found = opened.store.all(Mentee)[0]
    opened.close()
    return found


def test_one_command_one_folder_and_a_hold(mentor: Mentor, file: Path, tmp_path: Path) -> None:
    mentor("add", "Maja Holm", "--start", "1/8")
    mentor("note", "maja", "en privat note")
    done = mentor("extract", "maja", "-o", str(tmp_path / "out"))
    assert done.status == 0, done.err
    folder = Path(done.out.strip())
    assert folder == tmp_path / "out"
    assert "en privat note" in (folder / "everything-in-words.txt").read_text()
    assert "the answer is due by" in done.err
    assert maja(file).held_since
    first = maja(file).extract_asked_on
    again = mentor("extract", "maja", "-o", str(tmp_path / "out2"))
    assert again.status == 0
    assert maja(file).extract_asked_on == first

    assert mentor("extract", "maja", "--given").status == 0
    assert maja(file).extract_given_on
    assert maja(file).held_since


def test_bad_input_is_one_line_and_writes_nothing(
    mentor: Mentor, file: Path, tmp_path: Path
) -> None:
    mentor("add", "Maja Holm", "--start", "1/8")
    for arguments, status in (
        (["extract", "maja", "--asked", "hvornår"], 2),
        (["extract", "maja", "--asked", "1/1/2099"], 2),
        (["extract", "maja", "--given"], 2),
        (["extract", "nobody"], 4),
        (["extract", "maja", "-o", "-"], 2),
        (["extract", "maja", "-o", "/dev/null"], 2),
        (["extract", "maja", "-o", "/proc/nowhere/there"], 3),
    ):
        done = mentor(*arguments)
        assert done.status == status, arguments
        assert len(done.problem.strip().splitlines()) == 1, done.problem


def test_dry_run_says_what_would_be_written_and_writes_nothing(
    mentor: Mentor, file: Path, tmp_path: Path
) -> None:
    mentor("add", "Maja Holm", "--start", "1/8")
    mentor("note", "maja", "en privat note")
    before = file.read_bytes(), file.with_name(f"{file.name}.journal").read_bytes()
    out = tmp_path / "out"
    told = mentor("extract", "maja", "-o", str(out), "--dry-run")
    assert told.status == 0, told.err
    assert not out.exists()
    assert (file.read_bytes(), file.with_name(f"{file.name}.journal").read_bytes()) == before
    assert not maja(file).held_since
    names = [line.strip() for line in told.out.splitlines()[1:-1]]
    assert "would be on hold" in told.out
    assert told.out.splitlines()[0] == str(out)
    assert mentor("extract", "maja", "-o", str(out)).status == 0
    assert sorted(names) == sorted(one.name for one in out.iterdir())
    assert mentor("extract", "maja", "--given", "--dry-run").status == 0
    assert not maja(file).extract_given_on
