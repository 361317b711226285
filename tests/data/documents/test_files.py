"""The files of documents: whole or not at all, for their user alone, and never over another."""

from __future__ import annotations

import errno
import fcntl
import os
import resource
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from data.documents import files
from data.documents.files import NotWritten, write_document, write_folder, write_new
from data.documents.model.document import Document, Paragraph
from data.documents.unfinished import leftovers
from data.documents.writers.formats import FormatError

ROOT = Path(__file__).parents[3]
DOCUMENT = Document("plan", "Plan", (Paragraph("Notat"),), "da")


@pytest.fixture
def umask() -> Iterator[None]:
    before = os.umask(0)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_only_the_user_may_read_a_document_whatever_the_umask(tmp_path: Path, umask: None) -> None:
    folder = tmp_path / "mentorrollen"
    path = write_document(DOCUMENT, "plan-maja", folder, format="txt")
    assert path == folder / "plan-maja.txt"
    assert "Notat" in path.read_text("utf-8")
    assert (mode(path), mode(folder)) == (0o600, 0o700)
    made = write_folder(folder / "alt", [("a.txt", b"1")], make_folder=True)
    assert (mode(made), mode(made / "a.txt")) == (0o700, 0o600)
    assert sorted(one.name for one in folder.iterdir()) == ["alt", "plan-maja.txt"]


def test_a_file_that_is_there_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "nowhere")
    found = [write_new(tmp_path / "a.txt", b"%d" % number) for number in range(3)]
    assert [one.name for one in found] == ["a-2.txt", "a-3.txt", "a-4.txt"]
    assert [one.read_bytes() for one in found] == [b"0", b"1", b"2"]
    assert not (tmp_path / "nowhere").exists()
    folders = [write_folder(tmp_path / "alt", [("x", b"")], make_folder=False) for _ in range(2)]
    assert [one.name for one in folders] == ["alt", "alt-2"]
    assert write_folder(tmp_path / "a.txt", [], make_folder=False).name == "a-5.txt"


def test_a_name_that_another_takes_meanwhile_is_left_to_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    link, asked = os.link, []

    def slower(source: Path, free: Path) -> None:
        asked.append(free.name)
        if len(asked) == 1:
            free.write_bytes(b"theirs")
        link(source, free)

    monkeypatch.setattr(os, "link", slower)
    assert write_new(tmp_path / "a.txt", b"ours").name == "a-2.txt"
    assert (tmp_path / "a.txt").read_bytes() == b"theirs"


def test_a_disk_without_links_has_whole_files_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_args: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", refused)
    found = [write_new(tmp_path / "a.txt", b"%d" % number) for number in range(2)]
    assert [(one.name, one.read_bytes()) for one in found] == [("a.txt", b"0"), ("a-2.txt", b"1")]
    assert mode(found[0]) == 0o600
    assert len(list(tmp_path.iterdir())) == 2


def test_where_says_the_file_the_folder_and_the_format(tmp_path: Path) -> None:
    home = tmp_path / "documents"
    named = write_document(DOCUMENT, "plan", home, where=str(tmp_path / "min plan.md"))
    assert (named.name, named.read_text("utf-8")[:1]) == ("min plan.md", "*")
    inside = write_document(DOCUMENT, "plan", home, where=str(tmp_path), format="txt")
    assert inside == tmp_path / "plan.txt"
    new = write_document(DOCUMENT, "plan", home, where=f"{tmp_path}/ny/", format="txt")
    assert new == tmp_path / "ny/plan.txt"
    usual = write_document(DOCUMENT, "plan", home, where=str(tmp_path / "x.y"))
    assert (usual.name, usual.read_bytes()[:2]) == ("x.y.docx", b"PK")
    for typed, name in (("ingen", "ingen.txt"), ("plan.pdf", "plan.pdf.txt"), ("B.TXT", "B.TXT")):
        told = write_document(DOCUMENT, "plan", home, where=str(tmp_path / typed), format="txt")
        assert (told.name, told.read_text("utf-8")[-6:]) == (name, "Notat\n")
    assert not home.exists()
    with pytest.raises(FormatError):
        write_document(DOCUMENT, "plan", home, format="csv")
    assert not home.exists()


def test_what_hinders_it_is_one_line_and_nothing_is_left(tmp_path: Path) -> None:
    with pytest.raises(NotWritten, match="There is no folder"):
        write_document(DOCUMENT, "plan", tmp_path, where=str(tmp_path / "no/a.txt"))
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(NotWritten, match="folder"):
        write_document(DOCUMENT, "plan", tmp_path / "file", format="txt")
    big = b"x" * 200_000
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    heard = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, before[1]))
    try:
        with pytest.raises(NotWritten) as told:
            write_new(tmp_path / "a.txt", big)
        with pytest.raises(NotWritten):
            write_folder(tmp_path / "alt", [("a", b"1"), ("b", big)], make_folder=False)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, heard)
    assert "\n" not in str(told.value)
    assert [one.name for one in tmp_path.iterdir()] == ["file"]


def test_a_session_that_is_killed_leaves_no_half_document(tmp_path: Path) -> None:
    """A real process is killed while it writes, again and again at another moment."""
    code = (
        "import sys; from pathlib import Path; from data.documents.files import write_new\n"
        "print('go', flush=True)\n"
        "for number in range(10000): write_new(Path(sys.argv[1]) / 'a.txt', b'0123456789' * 9000)\n"
    )
    for pause in (0.01, 0.03, 0.05):
        process = subprocess.Popen(
            [sys.executable, "-c", code, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE
        )
        assert process.stdout is not None
        assert process.stdout.readline() == b"go\n"
        end = time.monotonic() + pause
        while time.monotonic() < end:
            pass
        process.kill()
        process.wait()
        process.stdout.close()
    named = [one for one in tmp_path.iterdir() if not one.name.startswith(".")]
    assert named
    assert {one.stat().st_size for one in named} == {90000}
    write_new(tmp_path / "b.txt", b"")
    assert not [one for one in tmp_path.iterdir() if one.name.startswith(".")], "tidied up at once"


@pytest.mark.parametrize("kind", ["file", "folder"])
def test_what_a_killed_session_left_goes_with_the_next_write(tmp_path: Path, kind: str) -> None:
    """A real process is killed in the middle; another one that lives is left alone."""
    code = (
        "import sys; from pathlib import Path\n"
        "from data.documents.unfinished import unfinished_file, unfinished_folder\n"
        "folder = Path(sys.argv[1])\n"
        "made = unfinished_file(folder, b'x') if sys.argv[2] == 'file'"
        " else unfinished_folder(folder)\n"
        "with made as path:\n"
        "    if path.is_dir(): (path / 'a.txt').write_text('x')\n"
        "    print(path.name, flush=True); sys.stdin.read()\n"
    )
    processes = []
    names = []
    for _number in range(2):
        process = subprocess.Popen(
            [sys.executable, "-c", code, str(tmp_path), kind],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None
        names.append(process.stdout.readline().strip())
        processes.append(process)
    assert leftovers(tmp_path) == []
    dead, living = processes
    dead.kill()
    dead.wait()
    assert [one.name for one in leftovers(tmp_path)] == [names[0]]
    write_folder(tmp_path / "alt", [("a.txt", b"")], make_folder=False)
    assert {one.name for one in tmp_path.iterdir()} == {"alt", names[1]}
    living.communicate("")
    assert [one.name for one in tmp_path.iterdir()] == ["alt"]
    assert dead.stdout is not None
    assert dead.stdin is not None
    dead.stdout.close()
    dead.stdin.close()


def test_where_there_are_no_locks_the_age_decides(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_args: object) -> None:
        raise OSError(errno.ENOLCK, "no locks here")

    monkeypatch.setattr(fcntl, "flock", refused)
    new, old = (tmp_path / f".mentor-unfinished-{name}" for name in ("new", "old"))
    for left in (new, old):
        left.write_bytes(b"x")
    os.utime(old, (1, 1))
    write_new(tmp_path / "b.txt", b"")
    assert {one.name for one in tmp_path.iterdir()} == {"b.txt", new.name}


def test_errors_of_reading_stay_what_they_are(tmp_path: Path) -> None:
    with pytest.raises(KeyError), files._told(tmp_path):
        raise KeyError


@pytest.mark.parametrize("folder", ["/proc", "/proc/nothing/there"])
@pytest.mark.parametrize("make_folder", [True, False])
def test_where_nothing_can_be_created_it_is_not_asked_for(folder: str, make_folder: bool) -> None:
    with pytest.raises(NotWritten, match="cannot create anything in /proc") as refused:
        write_new(Path(folder) / "plan.txt", b"x", make_folder=make_folder)
    assert "Create it" not in str(refused.value)
