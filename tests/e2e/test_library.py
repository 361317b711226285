"""Two real users and one library folder of root's: the same lists, own additions, nothing written.

It needs root, who may make users and act as them.
"""

from __future__ import annotations

import shutil
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.data.workplace.library_folder import put, write_library
from tests.e2e.accounts import Account, accounts

LISTS = """
from data.i18n import set_language
from data.library import duties, materials, rhythms, text_title
from data.queries.tips import tips_of
from data.queries.views import talk_words
from tui.cli.call import Call
from tui.cli.main import run
set_language("da")
run(["settings"])
with Call().read() as store:
    print("LISTS")
    print([step.text for step in talk_words(store).steps if step.key[:4] != "own:"])
    print([one.text for one in duties("da")], [one.title("da") for one in rhythms()])
    print([one.title for one in materials("da")], text_title("da", "sparring_culture"))
    print("OWN")
    print([step.text for step in talk_words(store).steps if step.key[:4] == "own:"])
    print([one.text for one in tips_of(store)])
"""
"""Prints what the workplace gives, and what is one's own beside it."""
ADD = """
import sys
from data.records import Question, Tip
from data.store.change import Change
from tui.cli.call import Call
with Call().open() as store:
    made = [Question(text=sys.argv[1]), Tip(text=sys.argv[1])]
    store.commit([Change.created(one) for one in made], "own")
"""


@pytest.fixture
def users() -> Iterator[list[Account]]:
    with accounts("a", "b") as made:
        yield made


@pytest.fixture
def folder() -> Iterator[Path]:
    base = Path(tempfile.mkdtemp())
    base.chmod(0o755)
    made = write_library(base / "library")
    for path in (made, *made.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    yield made
    shutil.rmtree(base)


def state(folder: Path) -> dict[str, tuple[int, int, int, bytes]]:
    return {
        str(path): (
            path.stat().st_mode,
            path.stat().st_uid,
            path.stat().st_mtime_ns,
            path.read_bytes() if path.is_file() else b"",
        )
        for path in (folder, *folder.rglob("*"))
    }


def test_two_users_have_the_same_library_and_own_additions(
    users: list[Account], folder: Path
) -> None:
    before = state(folder)
    shared, own = [], []
    for user in users:
        use = {"MENTOR_LIBRARY": str(folder)}
        user.done("add", "Maja", "--start", "1-12-2026", **use)
        user.python_done(ADD, f"Kun {user.name}?", **use)
        said = user.python_done(LISTS, **use)
        shared.append(said.partition("LISTS\n")[2].partition("OWN\n")[0])
        own.append(said.partition("OWN\n")[2])
        roles = user.done("export", "maja", "roles", "--to", "txt", "-o", "-", **use)
        assert "Vise kaffemaskinen" in roles
        copy = user.file.with_name("library.json")
        assert stat.S_IMODE(copy.stat().st_mode) == 0o600
        assert copy.stat().st_uid == user.uid
    assert shared[0] == shared[1]
    assert "Hvad fylder hos dig lige nu?" in shared[0]
    for part in ("Introduktion til Nordbys systemer", "Nordbys rytme", "Nordbys håndbog"):
        assert part in shared[0]
    for user, mine in zip(users, own, strict=True):
        assert f"['Kun {user.name}?']" in mine
        assert "Skriv samme dag." in mine
    assert users[0].name not in own[1]
    assert state(folder) == before


def test_no_command_can_write_in_the_library(users: list[Account], folder: Path) -> None:
    before = state(folder)
    user = users[0]
    use = {"MENTOR_LIBRARY": str(folder)}
    assert user.mentor("library", "init", str(folder), **use).returncode == 2
    inside = user.mentor("library", "init", str(folder / "new"), **use)
    assert inside.returncode == 3
    assert inside.stderr == (f"mentor: {folder}/new could not be made: you do not have access.\n")
    assert user.mentor("library", "check", **use).returncode == 0
    user.done("add", "Maja", "--start", "1-12-2026", **use)
    user.done("fold", **use)
    user.mentor("doctor", "--repair", **use)
    assert state(folder) == before


def test_a_library_that_may_not_be_read_is_one_line(users: list[Account], folder: Path) -> None:
    user = users[0]
    use = {"MENTOR_LIBRARY": str(folder)}
    folder.chmod(0o700)
    done = user.mentor("add", "Maja", "--start", "1-12-2026", **use)
    assert done.returncode == 0
    assert done.stderr == (
        "mentor: The library cannot be read, so what is built in holds."
        f" {folder}: It cannot be read: you do not have access.\n"
    )
    folder.chmod(0o755)
    (folder / "questions").chmod(0o700)
    checked = user.mentor("library", "check", **use)
    assert checked.returncode == 1
    assert checked.stdout == f"{folder}/questions: It cannot be read: you do not have access.\n"


def test_the_folder_for_all_users_is_found_by_itself(users: list[Account], folder: Path) -> None:
    for_all = folder.parent / "etc" / "mentorrollen"
    for_all.mkdir(parents=True)
    (for_all / "library").symlink_to(folder)
    done = users[0].done("library", "check", XDG_CONFIG_DIRS=str(for_all.parent))
    assert done.startswith("Jobcenter Nordby, version 1: nothing is wrong")
    put(folder, "tips.toml", "[[tip\n")
    checked = users[0].mentor("library", "check", XDG_CONFIG_DIRS=str(for_all.parent))
    assert checked.returncode == 1
    assert checked.stdout.startswith(f"{for_all}/library/tips.toml:1: This is not TOML.")
