"""Modes whatever the umask, links and files of others, team folders."""

from __future__ import annotations

import os
import stat
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from data.mounts import mounts, network_file_system
from data.storage.problems import ErrorKind, StorageError
from data.storage.protocol import BeingTyped
from data.storage.typed.typing_log import FileTypingLog
from tests.data.storage.support import Session, plain

ROOT = os.geteuid() == 0
NOBODY = 65534
needs_root = pytest.mark.skipif(not ROOT, reason="needs root to act as another user")


@pytest.fixture(params=[0o000, 0o022, 0o077])
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def everything(folder: Path) -> Iterator[tuple[Path, int]]:
    for file in folder.rglob("*"):
        yield file, stat.S_IMODE(file.lstat().st_mode)


def use(path: Path) -> None:
    """Do all that makes files."""
    log = FileTypingLog(path)
    log.keep(BeingTyped(("notes", "1", "text"), "", "a"))
    assert log.barrier(5)
    for text in ("a", "b"):
        session = Session(path)
        session.put("1", text=text)
        session.close()
    path.with_name("x.json.journal").write_bytes(b"rubbish")
    Session(path).die()
    log.close()


def refused(path: Path) -> ErrorKind:
    before = dict(everything(path.parent))
    with pytest.raises(StorageError) as caught:
        Session(path)
    assert "{" not in str(caught.value)
    for file, mode in before.items():
        assert stat.S_IMODE(file.lstat().st_mode) == mode, "nothing has been touched"
    return caught.value.kind


def as_user(uid: int, gid: int, work: Callable[[], int]) -> int:
    """Do something in a child as another user; returns what it returns."""
    child = os.fork()
    if child == 0:
        code = 99
        try:
            os.setgroups([gid])
            os.setgid(gid)
            os.setuid(uid)
            code = work()
        except BaseException:
            os.write(2, traceback.format_exc().encode())
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def test_files_are_private_whatever_the_umask(path: Path, umask: int) -> None:
    use(path)
    for file, mode in everything(path.parent):
        assert mode == (0o700 if file.is_dir() else 0o600), file


def test_team_files_are_the_groups_whatever_the_umask(path: Path, umask: int) -> None:
    path.parent.chmod(0o2770)
    use(path)
    for file, mode in everything(path.parent):
        assert mode == (0o2770 if file.is_dir() else 0o660), file
        assert file.stat().st_gid == path.parent.stat().st_gid


def test_a_file_that_others_can_read_is_narrowed_and_told(path: Path) -> None:
    Session(path).close()
    path.chmod(0o644)
    session = Session(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert session.told == {"mode"}
    session.close()


@pytest.mark.parametrize("mode", [0o777, 0o1777, 0o703, 0o2772])
def test_a_folder_that_everybody_can_write_in_is_refused(path: Path, mode: int) -> None:
    path.parent.chmod(mode)
    assert refused(path) is ErrorKind.FOLDER_OPEN


def test_a_sticky_team_folder_is_refused(path: Path) -> None:
    path.parent.chmod(0o3770)
    assert refused(path) is ErrorKind.FOLDER_STICKY


@needs_root
def test_a_folder_that_a_group_can_write_in_without_being_a_team_folder(path: Path) -> None:
    os.chown(path.parent, -1, NOBODY)
    path.parent.chmod(0o770)
    assert refused(path) is ErrorKind.GROUP


def test_no_folder(path: Path) -> None:
    assert refused(path.parent / "none" / "x.json") is ErrorKind.NO_FOLDER


@pytest.mark.parametrize("name", ["x.json.journal", "x.json.lock"])
def test_a_planted_link_is_not_followed(path: Path, tmp_path: Path, name: str) -> None:
    target = tmp_path / "target"
    target.write_text("precious")
    path.with_name(name).symlink_to(target)
    assert refused(path) is ErrorKind.LINK
    assert target.read_text() == "precious"


@pytest.mark.parametrize("name", ["x.json.backups", "x.json.sessions"])
def test_a_planted_folder_link_is_not_followed(path: Path, tmp_path: Path, name: str) -> None:
    target = tmp_path / "target"
    target.mkdir()
    session = Session(path)
    session.put("1", text="a")
    session.die()
    there = path.with_name(name)
    if there.exists():
        there.rename(tmp_path / "away")
    there.symlink_to(target)
    assert refused(path) is ErrorKind.LINK
    assert list(target.iterdir()) == []


def test_a_fifo_does_not_hang_the_program(path: Path) -> None:
    os.mkfifo(path, 0o600)
    assert refused(path) is ErrorKind.NOT_A_FILE


def test_an_own_link_leads_to_its_target(path: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.json"
    link.symlink_to(path)
    session = Session(link)
    session.put("1", text="a")
    session.close()
    assert link.is_symlink()
    assert plain(path)["notes"]["1"]["text"] == "a"
    assert not (tmp_path / "link.json.journal").exists()


@needs_root
def test_somebody_elses_link_is_not_followed(path: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.json"
    link.symlink_to(path)
    os.chown(link, NOBODY, NOBODY, follow_symlinks=False)
    assert refused(link) is ErrorKind.LINK


@needs_root
@pytest.mark.parametrize("name", ["x.json", "x.json.journal", "x.json.lock"])
def test_somebody_elses_file_is_refused(path: Path, name: str) -> None:
    Session(path).close()
    os.chown(path.with_name(name), NOBODY, NOBODY)
    assert refused(path) is ErrorKind.FOREIGN


@needs_root
def test_somebody_elses_folder_is_refused(path: Path) -> None:
    os.chown(path.parent, NOBODY, NOBODY)
    assert refused(path) is ErrorKind.FOLDER_FOREIGN


@pytest.fixture
def reached(path: Path) -> Iterator[Path]:
    """A file in a folder that other users come to: each test run that begins closes pytest's."""
    use(path)  # loads what is loaded when it is needed: others may not come to the program
    with TemporaryDirectory(dir=os.environ.get("PYTEST_DEBUG_TEMPROOT")) as outer:
        Path(outer).chmod(0o755)
        folder = Path(outer, "records")
        folder.mkdir(mode=0o700)
        yield folder / "x.json"


@needs_root
def test_another_user_can_read_nothing(reached: Path) -> None:
    use(reached)

    def peek() -> int:
        try:
            Session(reached)
        except StorageError as problem:
            return 7 if problem.kind in {ErrorKind.DENIED, ErrorKind.FOLDER_FOREIGN} else 8
        return 0

    assert as_user(NOBODY, NOBODY, peek) == 7


@needs_root
def test_a_team_shares_a_file_and_outsiders_do_not(reached: Path) -> None:
    team = 54321
    os.chown(reached.parent, 0, team)
    reached.parent.chmod(0o2770)

    def write(text: str) -> Callable[[], int]:
        def work() -> int:
            session = Session(reached, text)
            session.put(text, text=text)
            session.close()
            return 0

        return work

    def outside() -> int:
        try:
            Session(reached)
        except StorageError:
            return 7
        return 0

    assert as_user(40001, team, write("1")) == 0
    assert as_user(40002, team, write("2")) == 0
    assert as_user(40001, team, write("3")) == 0
    assert as_user(40003, 40003, outside) == 7
    assert set(plain(reached)["notes"]) == {"1", "2", "3"}
    for file, mode in everything(reached.parent):
        assert mode == (0o2770 if file.is_dir() else 0o660), file
        assert file.stat().st_gid == team


MOUNTS = """\
22 1 254:0 / / rw,relatime - ext4 /dev/vda rw
31 22 0:45 / /home rw,relatime shared:1 - nfs4 server:/home rw,vers=4.2
32 31 0:46 / /home/met/lager rw - ext4 /dev/vdb rw
33 22 0:47 / /mnt/with\\040space rw - cifs //server/x rw
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/home/met", "nfs4"),
        ("/home/met/lager/mentor", ""),
        ("/homes", ""),
        ("/mnt/with space/a", "cifs"),
        ("/tmp", ""),
    ],
)
def test_network_file_systems_are_known(tmp_path: Path, folder: str, kind: str) -> None:
    listed = tmp_path / "mountinfo"
    listed.write_text(MOUNTS)
    assert network_file_system(Path(folder), mounts(listed)) == kind
