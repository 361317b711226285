"""`mentor export` and `mentor template`: files, folders, the output, the printer, and refusals."""

from __future__ import annotations

import errno
import io
import json
import os
import stat
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import docx
import pytest

from data.privacy import canaries
from data.records import Mentee, Talk, TalkState, Written
from data.store.change import Change
from data.store.opening import open_store
from tests.tools.example import example_file_at
from tests.tui.cli.tools import NOW, ROOT, Mentor, process
from tui.cli.program import COMMANDS


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    (tmp_path / "home").mkdir()
    return tmp_path / "home"


@pytest.fixture
def nadia(file: Path, monkeypatch: pytest.MonkeyPatch, home: Path) -> str:
    """Have the example data; return the name of the mentee who has most records."""
    monkeypatch.setenv("MENTOR_NOW", NOW)
    example_file_at(file)
    return "Nadia"


def talks_of(file: Path) -> list[Talk]:
    opened = open_store(file, threaded=False)
    try:
        nadia = next(one for one in opened.store.all(Mentee) if one.name.startswith("Nadia"))
        return list(opened.store.of(Talk, nadia.id))
    finally:
        opened.close()


def test_a_document_is_written_into_the_folder_and_its_path_is_one_line(
    mentor: Mentor, nadia: str, home: Path, tmp_path: Path
) -> None:
    done = mentor("export", nadia, "plan")
    path = home / "mentorrollen/plan-nadia-berg-2025-11-24.docx"
    assert (done.status, done.out, done.err) == (0, f"{path}\n", "")
    assert docx.Document(str(path)).paragraphs[0].text == "Confidential"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    again = mentor("export", "nadia", "berg", "plan", "--lang", "da")
    assert again.out == f"{path.with_name('plan-nadia-berg-2025-11-24-2.docx')}\n"
    assert docx.Document(again.out.strip()).paragraphs[0].text == "Fortroligt"
    settings = tmp_path / "config/mentorrollen/settings.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text('documents = "papirer"\n')
    assert mentor("export", nadia, "buddy").out.startswith(f"{home}/papirer/buddy-")


def test_the_ending_of_the_file_says_the_format(mentor: Mentor, nadia: str, tmp_path: Path) -> None:
    done = mentor("export", nadia, "roles", "-o", str(tmp_path / "x.csv"), "--lang", "da")
    assert done.out == f"{tmp_path}/x.csv\n"
    assert ";Mentor;" in (tmp_path / "x.csv").read_text("utf-8-sig")
    done = mentor("export", nadia, "plan", "--output", str(tmp_path / "y.json"))
    assert json.loads((tmp_path / "y.json").read_bytes())["tasks"]
    folder = mentor("export", "scheme", "--to", "pdf", "-o", f"{tmp_path}/ny/")
    assert Path(folder.out.strip()).read_bytes().startswith(b"%PDF-")


def test_a_document_goes_to_the_output(nadia: str, file: Path) -> None:
    text = process(file, "export", nadia, "data", "--to", "md", "-o", "-")
    assert text.returncode == 0
    assert text.stdout.decode().startswith("**Confidential**\n\n# ")
    word = process(file, "export", nadia, "plan", "-o", "-")
    assert docx.Document(io.BytesIO(word.stdout)).tables
    assert not (Path(os.environ["HOME"]) / "mentorrollen").exists()


def test_the_talk_is_the_next_one_or_the_one_held_last_or_the_one_named(
    mentor: Mentor, nadia: str, file: Path
) -> None:
    held = [one for one in talks_of(file) if one.state is TalkState.HELD]
    to_come = [one for one in talks_of(file) if one.state is TalkState.PLANNED]

    def title(*words: str) -> str:
        return mentor("export", nadia, *words, "--to", "txt", "-o", "-").out.split("\n")[2]

    assert f"Talk {held[-1].number} with" in title("summary")
    assert f"Talk {held[0].number} with" in title("summary", "--talk", str(held[0].number))
    assert to_come[0].prepared_on is None
    assert f"talk {to_come[0].number} with" in title("prep")
    prepared = next(one for one in talks_of(file) if one.id == to_come[0].id)
    assert str(prepared.prepared_on) == "2025-11-24"
    missing = mentor("export", nadia, "summary", "--talk", "99").problem
    assert missing.startswith("Nadia Berg has no talk 99")


def test_a_form_that_may_come_back_bears_a_mark_that_is_kept(
    mentor: Mentor, nadia: str, file: Path
) -> None:
    path = mentor("export", nadia, "plan").out.strip()
    mark = docx.Document(path).core_properties.identifier
    opened = open_store(file, threaded=False)
    try:
        kept = opened.store.get(Written, mark or "")
    finally:
        opened.close()
    assert kept is not None
    assert kept.what == "plan"


def test_all_is_a_folder_and_private_words_are_said_to_be_there(
    mentor: Mentor, nadia: str, home: Path, file: Path
) -> None:
    opened = open_store(file, threaded=False)
    try:
        mentee = next(one for one in opened.store.all(Mentee) if one.name.startswith("Nadia"))
        moment = datetime.fromisoformat(NOW).astimezone()
        canaries.plant(opened.store, mentee, moment)
    finally:
        opened.close()
    shared = Path(mentor("export", nadia, "all", "--to", "txt").out.strip())
    assert shared == home / "mentorrollen/nadia-berg-2025-11-24"
    names = sorted(one.name for one in shared.iterdir())
    assert "plan-nadia-berg-2025-11-24.txt" in names
    assert {"scheme-2025-11-24.txt", "learned-as-mentor-2025-11-24.txt"} <= set(names)
    assert len([name for name in names if name.startswith("summary-")]) > 3
    for one in shared.iterdir():
        text = one.read_text("utf-8")
        if one.name.startswith("learned"):  # the mentor's own words, which the folder is for
            text = text.replace(canaries.LEARNED, "")
        assert canaries.ALL not in text, one.name
    private = Path(mentor("export", nadia, "all", "--private", "--to", "txt").out.strip())
    assert private.name == "nadia-berg-2025-11-24-contains-private-notes"
    for one in private.iterdir():
        text = one.read_text("utf-8").replace(canaries.LEARNED, "")
        assert canaries.ALL not in text or "private" in one.name, one.name
        assert ("contains private notes" in text.split("\n")[0]) is ("private" in one.name)
    assert canaries.NOTE in (private / f"notes-{private.name}.txt").read_text("utf-8")
    records = mentor("export", nadia, "all", "--private", "--to", "json", "-o", "-")
    assert json.loads(records.out)["confidential"] == "Confidential: contains private notes"
    plan = mentor("export", nadia, "plan", "--private", "--to", "json").out
    assert plan.strip().endswith("-contains-private-notes.json")


def test_a_status_that_is_not_agreed_says_so_and_is_written(mentor: Mentor, nadia: str) -> None:
    done = mentor("export", nadia, "leader")
    assert done.status == 0
    assert Path(done.out.strip()).exists()
    assert done.err == "mentor: Not agreed with Nadia Berg yet.\n"


def test_a_blank_form_is_written(mentor: Mentor, home: Path) -> None:
    done = mentor("template", "plan", "--to", "csv", "--lang", "da")
    assert done.out == f"{home}/mentorrollen/plan-formular.csv\n"
    assert mentor("template", "leader").status == 2


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("Nadia", "pln"), 2, "There is no document “pln”. Did you mean 'plan'?"),
        (("plan",), 2, "Whom is it about? mentor export NAME plan"),
        (("Nobody", "plan"), 4, "There is no mentee whose name begins with"),
        (("Nadia", "plan", "--private"), 2, "--private can only be used with all"),
        (("Nadia", "leader", "--to", "json"), 2, "cannot be a json file"),
        (("Nadia", "plan", "-o", "/no/such/x.docx"), 3, "There is no folder /no/such"),
        (("Nadia", "plan", "--to", "pdf", "-o", "/dev/null/x"), 3, "Nothing was written."),
    ],
)
def test_what_cannot_be_written_is_one_line(
    mentor: Mentor, nadia: str, words: tuple[str, ...], status: int, said: str
) -> None:
    done = mentor("export", *words)
    assert done.problem.startswith(said) or said in done.problem
    assert done.status == status


@pytest.fixture
def refusing(request: pytest.FixtureRequest, nadia: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have a disk that refuses what is written to it."""

    def refused(_fd: int) -> None:
        raise OSError(request.param, os.strerror(request.param))

    monkeypatch.setattr("data.documents.files.os.fsync", refused)


@pytest.mark.parametrize(
    ("refusing", "said"),
    [
        (errno.ENOSPC, "Nothing was written. The disk is full."),
        (errno.EROFS, "Nothing was written. The disk is read-only."),
        (errno.EACCES, "Nothing was written. You do not have access to"),
        (errno.EDQUOT, "Nothing was written. Your disk quota is used up."),
    ],
    indirect=["refusing"],
)
@pytest.mark.parametrize("what", ["buddy", "all"])
def test_a_disk_that_refuses_is_one_line_and_nothing_is_left(
    mentor: Mentor, home: Path, refusing: None, said: str, what: str
) -> None:
    done = mentor("export", "Nadia", what, "--to", "txt")
    assert done.problem.startswith(said)
    assert done.status == 3
    assert list((home / "mentorrollen").iterdir()) == []


def test_a_folder_that_nobody_may_write_to_is_said(mentor: Mentor, nadia: str, home: Path) -> None:
    folder = home / "mentorrollen"
    folder.mkdir(mode=0o500)
    done = mentor("export", nadia, "buddy", "--to", "txt")
    if os.geteuid():
        assert done.problem.startswith("Nothing was written. You do not have access to")
    else:
        assert done.status == 0, "root may write anywhere"


def test_what_could_not_be_written_was_not_given_out(
    mentor: Mentor, nadia: str, home: Path, file: Path
) -> None:
    for where in (f"{home}/none/plan.docx", "/dev/full", "/dev/null"):
        done = mentor("export", nadia, "plan", "-o", where)
        assert (done.status, done.out) == (3, "")
    assert not [*Path("/dev").glob("full-*")]
    opened = open_store(file, threaded=False)
    try:
        assert opened.store.all(Written) == []
    finally:
        opened.close()


def test_without_typst_the_line_names_docx(
    mentor: Mentor, nadia: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    done = mentor("export", nadia, "plan", "--to", "pdf")
    assert "-m pip install typst" in done.problem
    assert "docx" in done.problem
    assert done.status == 2


# The printer


@pytest.fixture
def printer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Have a command lp that keeps what it is given."""
    folder = tmp_path / "bin"
    folder.mkdir()
    lp = folder / "lp"
    lp.write_text(
        f"#!{sys.executable}\n"
        "import sys, pathlib\n"
        "here = pathlib.Path(__file__).parent\n"
        "here.joinpath('words').write_text(' '.join(sys.argv[1:]))\n"
        "here.joinpath('paper').write_bytes(sys.stdin.buffer.read())\n"
        "if 'broken' in sys.argv: sys.exit('lp: Error - no such printer')\n"
    )
    lp.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")
    return folder


def test_a_document_is_sent_to_the_printer(mentor: Mentor, nadia: str, printer: Path) -> None:
    done = mentor("export", nadia, "buddy", "--print")
    assert (done.status, done.out) == (0, "Sent to the printer.\n")
    assert (printer / "paper").read_bytes().startswith(b"%PDF-")
    assert "nadia" not in (printer / "words").read_text().lower(), "everybody sees the queue"
    done = mentor("export", nadia, "buddy", "--print", "hall", "--to", "txt")
    assert (done.status, done.out) == (0, "Sent to hall.\n")
    assert "-d hall" in (printer / "words").read_text()
    assert "Pia Winther" in (printer / "paper").read_text("utf-8")
    refused = mentor("export", nadia, "buddy", "--print", "broken")
    assert refused.problem == "The printer refused it: lp: Error - no such printer"
    assert refused.status == 3
    assert mentor("export", nadia, "buddy", "--print", "--to", "docx").status == 2


def test_where_there_is_no_printer_a_line_says_so(
    mentor: Mentor, nadia: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    done = mentor("export", nadia, "plan", "--print")
    assert done.problem.startswith("There is no printer here: the command lp is missing.")
    assert done.status == 3


def test_the_doctor_says_where_documents_go(mentor: Mentor, home: Path, tmp_path: Path) -> None:
    def said() -> tuple[str, str]:
        checks = json.loads(mentor("doctor", "--format", "json").out)
        found = next(one for one in checks if one["check"] == "documents")
        return found["weight"], found["text"]

    folder = home / "mentorrollen"
    weight, text = said()
    assert (weight, str(folder) in text, folder.exists()) == ("fine", True, False)
    folder.mkdir(mode=0o755)
    assert said()[0] == "note"
    folder.chmod(0o700)
    assert said() == ("fine", f"Documents are written to {folder}.")
    folder.rmdir()
    folder.write_text("a file")
    assert said()[0] == "serious"


# Two of one name


def test_two_mentees_of_one_name_have_files_of_their_own(mentor: Mentor, home: Path) -> None:
    for start in ("1-8-2025", "1-9-2025"):
        assert mentor("add", "Maja Holm", "--start", start, "--again", "--sure").status == 0
    mentor("add", "../../x", "--start", "1-8-2025", "--sure")
    mentor("add", "--start", "1-8-2025", "--sure", "--", "-rf")
    paths = [mentor("export", number, "plan", "--to", "txt").out for number in "1234"]
    assert [Path(path.strip()).name for path in paths] == [
        "plan-maja-holm-1-2025-11-24.txt",
        "plan-maja-holm-2-2025-11-24.txt",
        "plan-x-2025-11-24.txt",
        "plan-rf-2025-11-24.txt",
    ]
    assert {Path(path).parent for path in paths} == {home / "mentorrollen"}


# What is not loaded


def test_nothing_of_documents_is_loaded_by_other_commands(mentor: Mentor, file: Path) -> None:
    mentor("add", "Maja", "--start", "1-8-2025")
    code = (
        "import sys; from tui.cli.main import run\n"
        "run(sys.argv[1:])\n"
        "print(*sys.modules, file=sys.stderr)\n"
    )
    for words in ([], ["list"], ["note", "Maja", "Hej"]):
        done = subprocess.run(
            [sys.executable, "-c", code, *words],
            cwd=ROOT,
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            env={**os.environ, "MENTOR_FILE": str(file), "MENTOR_NOW": NOW},
            check=True,
        )
        loaded = done.stderr.split("\n")[-2].split()
        assert "tui.cli.main" in loaded
        wrong = ("data.documents", "docx", "typst", "lxml", "icalendar", "tui.cli.export")
        assert not [name for name in loaded if name.startswith(wrong)], words
    assert {"export", "template"} <= set(COMMANDS)


def test_the_new_change_of_a_talk_can_be_undone(nadia: str, mentor: Mentor, file: Path) -> None:
    assert mentor("export", nadia, "prep").status == 0
    opened = open_store(file, threaded=False)
    try:
        talk = next(one for one in opened.store.all(Talk) if str(one.prepared_on) == "2025-11-24")
        opened.store.commit([Change.edited(talk, prepared_on=None)])
    finally:
        opened.close()
    assert mentor("export", nadia, "prep").status == 0
