"""Who may read a file: said exactly where `cat` works, tried by real users of the kernel."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from tempfile import mkdtemp

import pytest

from data.privacy.access import EVERYBODY, User, may_read, readers, users_here

OWNER = User("owner", 61001, frozenset({62001}))
MEMBER = User("member", 61002, frozenset({62002, 62001}))
NAMED = User("named", 61003, frozenset({62003}))
OF_GROUP = User("of-group", 61004, frozenset({62004, 62005}))
ALL = (OWNER, MEMBER, NAMED, OF_GROUP, EVERYBODY)

pytestmark = pytest.mark.skipif(
    os.geteuid() != 0, reason="NOT TRIED: only root can read as other users to see what they may"
)


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder that everybody can come to; those of pytest are closed."""
    found = Path(mkdtemp(dir="/tmp"))
    found.chmod(0o755)
    yield found
    shutil.rmtree(found)


def cat_works(path: Path, user: User) -> bool:
    """Whether the user can really read the file."""
    gid = min(user.groups, default=65534)
    done = subprocess.run(
        ["/bin/cat", str(path)],
        user=user.uid,
        group=gid,
        extra_groups=sorted(user.groups),
        capture_output=True,
        check=False,
    )
    return done.returncode == 0


def agrees(path: Path) -> None:
    """See that what is said is what is so, for everybody."""
    for user in ALL:
        assert may_read(path, user) == cat_works(path, user), (user.name, path)


def made(folder: Path, mode: int) -> Path:
    path = folder / "x.json"
    path.write_text("{}")
    os.chown(path, OWNER.uid, 62001)
    path.chmod(mode)
    return path


MODES = (0o000, 0o600, 0o640, 0o604, 0o044, 0o060, 0o660)


@pytest.mark.parametrize(("folder", "file"), [*product((0o700, 0o750, 0o711, 0o705), MODES)])
def test_modes_of_file_and_folder(place: Path, folder: int, file: int) -> None:
    inner = place / "inner"
    inner.mkdir()
    path = made(inner, file)
    os.chown(inner, OWNER.uid, 62001)
    inner.chmod(folder)
    agrees(path)


def acl(path: Path, entries: str) -> None:
    done = subprocess.run(["setfacl", "-m", entries, str(path)], capture_output=True, check=False)
    if done.returncode:
        pytest.skip(f"NOT TRIED: no access control lists here: {done.stderr.decode()[:80]}")


@pytest.mark.skipif(not shutil.which("setfacl"), reason="NOT TRIED: setfacl is not installed")
@pytest.mark.parametrize(
    "entries",
    [
        "u:61003:r",
        "u:61003:-",
        "g:62004:r",
        "g:62004:-,g:62005:r",
        "u:61003:rw,m::-",
        "g::-,g:62001:r",
        "g::r,o::-",
        "o::r,u:61003:-,g:62004:-",
    ],
)
@pytest.mark.parametrize("mode", [0o600, 0o644])
def test_access_control_lists(place: Path, entries: str, mode: int) -> None:
    path = made(place, mode)
    acl(path, entries)
    agrees(path)


@pytest.mark.skipif(not shutil.which("setfacl"), reason="NOT TRIED: setfacl is not installed")
def test_a_folder_with_a_list_lets_those_through_that_it_names(place: Path) -> None:
    inner = place / "inner"
    inner.mkdir(mode=0o700)
    path = made(inner, 0o644)
    acl(inner, "u:61003:x")
    agrees(path)
    assert may_read(path, NAMED)


def test_a_further_name_in_an_open_folder_counts(place: Path) -> None:
    closed, opened = place / "closed", place / "opened"
    closed.mkdir(mode=0o700)
    opened.mkdir(mode=0o755)
    path = made(closed, 0o644)
    assert EVERYBODY not in readers(path, ALL)
    other = opened / "other"
    os.link(path, other)
    assert readers(path, ALL) == {user for user in ALL if cat_works(other, user)}
    assert EVERYBODY in readers(path, ALL)


def test_backups_are_no_further_names(place: Path) -> None:
    inner = place / "inner"
    (inner / "backups").mkdir(parents=True)
    path = made(inner, 0o644)
    os.link(path, inner / "backups" / "1.json")
    inner.chmod(0o700)
    os.chown(inner, OWNER.uid, 62001)
    for one in (path, inner / "backups" / "1.json"):
        assert readers(one, ALL) == {OWNER}


def test_a_link_is_followed(place: Path) -> None:
    inner = place / "inner"
    inner.mkdir(mode=0o700)
    path = made(inner, 0o644)
    link = place / "link"
    link.symlink_to(path)
    agrees(link)


def test_the_users_of_this_computer_are_found() -> None:
    found = {user.name for user in users_here()}
    assert "daemon" in found
    assert "root" not in found
    assert EVERYBODY.name in found
