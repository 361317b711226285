"""`mentor lend`, `mentor return`, and `mentor receive` of what is lent and what comes back."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from data.records import Conflict, Loan, Mentee, Note, Task
from data.store.change import Change
from data.store.opening import open_store
from tests.tools.example import example_file_at
from tests.tui.cli.tools import Mentor, process

LATER = "2026-01-15T08:05"
"""After the loan's last day, 5-1-2026."""


@pytest.fixture
def other(tmp_path: Path) -> list[str]:
    """The options of another mentor."""
    folder = tmp_path / "bo"
    folder.mkdir(mode=0o700)
    return ["--file", str(folder / "mentor.json")]


Lend = Callable[..., Path]


@pytest.fixture
def lend(mentor: Mentor, file: Path, tmp_path: Path) -> Lend:
    """Lend Maja with these options; return the bundle."""

    def run(*options: str) -> Path:
        if not file.exists():
            example_file_at(file)
        path = tmp_path / f"lent-{len(list(tmp_path.iterdir()))}.mentor"
        done = mentor("lend", "maja", "--until", "5/1", "-o", str(path), *options)
        assert done.status == 0, done.err
        assert done.out.splitlines()[0] == str(path)
        assert "who adds it with mentor receive" in " ".join(done.out.split())
        assert path.stat().st_mode & 0o777 == 0o600
        return path

    return run


def test_a_mentee_is_lent_and_comes_back(
    mentor: Mentor, file: Path, lend: Lend, other: list[str], tmp_path: Path
) -> None:
    lent = lend("--to", "Bo Lund")
    assert "lent to Bo Lund until 05-01-2026" in mentor("show", "maja").out
    seen = mentor("receive", str(lent), "--dry-run", *other)
    assert "Task: 14" in seen.out
    assert mentor("list", *other).out.count("Maja") == 0
    assert mentor("receive", str(lent), *other).status == 0
    assert "until 05-01-2026" in mentor("show", "maja", *other).out
    assert mentor("note", "maja", "set hos Bo", "--shared", *other).status == 0
    assert mentor("note", "maja", "KANARIE", *other).status == 0
    back = tmp_path / "back.mentor"
    done = mentor("return", "maja", "-o", str(back), *other)
    assert done.status == 0, done.err
    assert "Changed: Note: 1" in done.out
    assert "1 private record stays here." in done.err
    taken = mentor("receive", str(back))
    assert taken.status == 0, taken.err
    assert "New: Note: 1" in taken.out
    assert "set hos Bo" in mentor("show", "maja", "--all").out
    assert "lent" not in mentor("show", "maja").out
    again = mentor("receive", str(back))
    assert (again.status, "added before" in again.out) == (0, True)


def test_a_dry_run_of_each_changes_nothing(
    mentor: Mentor, file: Path, lend: Lend, other: list[str], tmp_path: Path
) -> None:
    example_file_at(file)
    path = tmp_path / "x.mentor"
    told = mentor("lend", "maja", "--until", "5/1", "-o", str(path), "--dry-run")
    assert told.out.splitlines()[0] == str(path)
    assert not path.exists()
    assert loans(file) == []
    lent = lend()
    assert mentor("receive", str(lent), *other).status == 0
    mentor("note", "maja", "set hos Bo", "--shared", *other)
    assert "Changed: Note: 1" in mentor("return", "maja", "--dry-run", "-o", str(path), *other).out
    assert not path.exists()
    assert mentor("return", "maja", "-o", str(path), *other).status == 0
    assert "New: Note: 1" in mentor("receive", str(path), "--dry-run").out
    assert "set hos Bo" not in mentor("show", "maja", "--all").out


def loans(file: Path) -> list[Loan]:
    opened = open_store(file, threaded=False)
    try:
        return opened.store.all(Loan)
    finally:
        opened.close()


def one_line(mentor: Mentor, said: str, *words: str, status: int = 2) -> None:
    done = mentor(*words)
    assert done.status == status, done.err
    assert done.err.count("\n") == 1, done.err
    assert said in done.err


def test_each_mistake_is_one_clear_line_and_changes_nothing(
    mentor: Mentor, file: Path, lend: Lend, other: list[str], tmp_path: Path
) -> None:
    example_file_at(file)
    one_line(mentor, "--until DATE", "lend", "maja", "-o", str(tmp_path / "x"))
    one_line(mentor, "before today", "lend", "maja", "--until", "1/1/2025")
    one_line(mentor, "not lent", "lend", "maja", "--end")
    one_line(mentor, "was not lent to you", "return", "maja")
    assert loans(file) == []
    lent = lend("--to", "Bo")
    one_line(mentor, "You have lent this yourself", "receive", str(lent))
    one_line(mentor, "get the copy back first", "handover", "maja")
    assert mentor("receive", str(lent), *other).status == 0
    again = mentor("receive", str(lent), *other)
    assert (again.status, "added before" in again.out) == (0, True)
    second = lend("--to", "Cia")
    assert "lent to Bo until 05-01-2026, lent to Cia" in mentor("show", "maja").out
    one_line(mentor, "First mentor return --delete", "receive", str(second), *other)
    one_line(mentor, "only the lender", "lend", "maja", "--until", "5/1", *other)
    one_line(mentor, "give back instead", "handover", "maja", *other)
    purge = ["purge", "maja", "--yes", "Maja Holm", *other]
    one_line(mentor, "Give back first", *purge, status=1)
    back = tmp_path / "back.mentor"
    assert mentor("return", "maja", "-o", str(back), *other).status == 0
    one_line(mentor, "given this back yourself", "receive", str(back), *other)
    third = ["--file", str(tmp_path / "third.json")]
    one_line(mentor, "No loan of Maja Holm is known here", "receive", str(back), *third)
    assert mentor(*purge).status == 0
    one_line(mentor, "was deleted for good", "receive", str(back), *other)
    assert mentor("lend", "maja", "--end").status == 0
    one_line(mentor, "was called off", "receive", str(back))
    assert mentor("purge", "maja", "--yes", "Maja Holm").status == 0
    one_line(mentor, "was deleted for good here", "receive", str(back))


@pytest.mark.parametrize("until", ["0001-01-01", "9999-12-31", "2026-02-30", ""])
def test_a_last_day_that_nobody_typed_ends_in_no_traceback(
    mentor: Mentor, lend: Lend, other: list[str], tmp_path: Path, until: str
) -> None:
    made = tmp_path / "made.mentor"
    with zipfile.ZipFile(lend()) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            values = json.loads(old.read(name))
            if name == "manifest.json":
                values["loan"]["until"] = until
            new.writestr(name, json.dumps(values) if name == "manifest.json" else old.read(name))
    done = mentor("receive", str(made), *other)
    assert done.status in {0, 2}
    assert ("changed or damaged" in done.err) == bool(done.status)


def test_a_copy_is_deleted_with_the_return_where_that_is_said(
    mentor: Mentor, file: Path, lend: Lend, other: list[str], tmp_path: Path
) -> None:
    lent = lend()
    assert mentor("receive", str(lent), *other).status == 0
    assert mentor("note", "maja", "kun mit", *other).status == 0
    back = tmp_path / "back.mentor"
    kept = mentor("return", "maja", "-o", str(tmp_path / "kept.mentor"), *other)
    assert kept.err == "mentor: 1 private record stays here.\n"
    done = mentor("return", "maja", "--delete", "-o", str(back), *other)
    assert done.status == 0, done.err
    assert "deleted for good" in done.out
    assert done.err == "mentor: 1 private record of yours went with the copy.\n"
    assert mentor("list", *other).out.count("Maja") == 0
    assert back.exists(), "it is on its way to the lender"
    assert mentor("receive", str(back)).status == 0
    # the next loan of the same mentee, to the same colleague
    lent = lend()
    assert mentor("receive", str(lent), *other).status == 0
    mentor("note", "maja", "anden gang", "--shared", *other)
    back = tmp_path / "back2.mentor"
    assert mentor("return", "maja", "-o", str(back), *other).status == 0
    assert mentor("receive", str(back)).status == 0
    opened = open_store(file, threaded=False)
    store = opened.store
    assert len({one.name for one in store.all(Mentee)}) == len(store.all(Mentee))
    assert [one.text for one in store.all(Note)].count("anden gang") == 1
    assert store.all(Conflict) == []
    opened.close()


def test_the_day_comes_and_both_sides_are_told_in_today(
    mentor: Mentor, file: Path, lend: Lend, other: list[str]
) -> None:
    lent = lend("--to", "Bo Lund")
    assert mentor("receive", str(lent), *other).status == 0
    assert "lent to Bo Lund, to be back" not in mentor("due").out
    flat = " ".join(process(file, "due", MENTOR_NOW=LATER).stdout.decode().split())
    assert "By 05-01-2026, 10 days ago: lent to Bo Lund, to be back." in flat
    flat = " ".join(process(file, "due", *other, MENTOR_NOW=LATER).stdout.decode().split())
    assert "to be given back." in flat


def test_deleting_at_the_lender_says_that_a_copy_is_lent(
    mentor: Mentor, file: Path, lend: Lend, tmp_path: Path
) -> None:
    lend("--to", "Bo Lund")
    told = " ".join(mentor("purge", "maja", "--dry-run").out.split())
    assert "A copy is lent to Bo Lund until 05-01-2026; deleting here does not reach it." in told
    told = " ".join(mentor("whoreads", "maja").out.split())
    assert "A copy is lent to Bo Lund until 05-01-2026 and can be read there." in told
    folder = tmp_path / "extract"
    assert mentor("extract", "maja", "-o", str(folder)).status == 0
    first = next(folder.glob("read-this-first*.txt")).read_text("utf-8")
    assert "A copy is lent to Bo Lund until 05-01-2026" in " ".join(first.split())


def test_a_bundle_that_lends_may_be_sealed(
    mentor: Mentor, file: Path, other: list[str], tmp_path: Path
) -> None:
    example_file_at(file)
    path = tmp_path / "s.mentor"
    words = ["lend", "maja", "--until", "5/1", "-o", str(path), "--seal"]
    assert process(file, *words, stdin=b"ugle\n").returncode == 0
    assert b"Maja" not in path.read_bytes()
    wrong = process(file, "receive", str(path), *other, stdin=b"uglen\n")
    assert (wrong.returncode, wrong.stderr.count(b"\n")) == (2, 1)
    assert process(file, "receive", str(path), *other, stdin=b"ugle\n").returncode == 0
    assert "Maja" in mentor("list", *other).out


def test_where_the_bundle_cannot_be_written_there_is_no_loan(
    mentor: Mentor, file: Path, tmp_path: Path
) -> None:
    example_file_at(file)
    where = str(tmp_path / "none" / "x.mentor")
    done = mentor("lend", "maja", "--until", "5/1", "-o", where)
    assert (done.status, done.err.count("\n")) == (3, 1)
    assert loans(file) == []


def test_an_old_loan_brings_nobody_back_who_was_deleted_with_the_return(
    mentor: Mentor, file: Path, lend: Lend, other: list[str], tmp_path: Path
) -> None:
    lent = lend()
    for number, day in enumerate(("2026-01-02", "2026-01-04")):  # also the one that was renewed
        back = tmp_path / f"back{number}.mentor"
        now = f"{day}T08:05"
        taken = process(file, "receive", str(lent), *other, MENTOR_NOW=now)
        assert taken.returncode == 0, taken.stderr
        done = process(
            file, "return", "maja", "--delete", "-o", str(back), *other, MENTOR_NOW=f"{day}T09:00"
        )
        assert done.returncode == 0, done.stderr
        refused = process(file, "receive", str(lent), *other, MENTOR_NOW=f"{day}T10:00")
        assert refused.returncode == 2
        assert b"was deleted for good here" in refused.stderr
        assert b"--again" in refused.stderr
        assert mentor("list", *other).out.count("Maja") == 0
        lent = tmp_path / f"again{number}.mentor"
        words = ["lend", "maja", "--until", "5/1", "-o", str(lent)]
        assert process(file, *words, MENTOR_NOW=f"{day}T11:00").returncode == 0
    old = process(file, "receive", str(lent), "--again", *other, MENTOR_NOW="2026-01-05T08:00")
    assert old.returncode == 0, old.stderr
    assert mentor("list", *other).out.count("Maja") == 1


def test_where_nothing_new_but_a_conflict_comes_it_is_not_called_nothing(
    mentor: Mentor, file: Path, lend: Lend, other: list[str], tmp_path: Path
) -> None:
    assert mentor("receive", str(lend()), *other).status == 0
    back = tmp_path / "back.mentor"
    with_title(Path(other[1]), "hos Bo")
    with_title(file, "hos Anne")
    assert mentor("return", "maja", "-o", str(back), *other).status == 0
    said = " ".join(mentor("receive", str(back)).out.split())
    assert "1 field was changed on both sides" in said
    assert "Nothing has changed there" not in said


def with_title(path: Path, title: str) -> None:
    """Give the first task of Maja another title in a file."""
    opened = open_store(path, threaded=False)
    try:
        (maja,) = (one for one in opened.store.all(Mentee) if one.name == "Maja Holm")
        task = opened.store.of(Task, maja.id)[0]
        opened.store.commit([Change.edited(task, title=title)])
    finally:
        opened.close()


def test_the_list_says_who_is_lent_and_a_return_that_a_second_copy_is_out(
    mentor: Mentor, lend: Lend, other: list[str], tmp_path: Path
) -> None:
    lent = lend("--to", "Bo Lund")
    lend("--to", "Cia")
    assert mentor("receive", str(lent), *other).status == 0
    listed = " ".join(mentor("list").out.split())
    assert "; lent to Bo Lund until 05-01-2026, lent to Cia until 05-01-2026;" in listed
    assert "lent by" in " ".join(mentor("list", *other).out.split())
    back = tmp_path / "back.mentor"
    assert mentor("return", "maja", "-o", str(back), *other).status == 0
    said = " ".join(mentor("receive", str(back)).out.split())
    assert "Maja Holm is back. Another copy is lent to Cia until 05-01-2026" in said


def test_the_file_of_a_loan_and_of_a_return_have_names_of_their_own(
    mentor: Mentor, file: Path, other: list[str]
) -> None:
    example_file_at(file)
    lent = Path(mentor("lend", "maja", "--until", "5/1").out.splitlines()[0])
    assert lent.name.startswith("loan-maja-holm-")
    assert mentor("receive", str(lent), *other).status == 0
    back = Path(mentor("return", "maja", *other).out.splitlines()[0])
    assert back.name.startswith("return-maja-holm-")
    assert back.parent == lent.parent
    danish = Path(mentor("--lang", "da", "return", "maja", *other).out.splitlines()[0])
    assert danish.name.startswith("tilbage-maja-holm-")
