"""Wheel and sdist are the same bytes wherever and whenever they are built."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LEFT_OUT = shutil.ignore_patterns(".*", "__pycache__", "dist", "build")
PAGES = ("man1/mentor.1", "da/man1/mentor.1")
SOME_DAY = "1764400000"
"""What `make build` takes from the last commit, in seconds since 1970."""


def copy(folder: Path, *, umask: int, seconds: int) -> Path:
    """Copy the repository as another user has it: with other modes, and other times of files."""
    shutil.copytree(ROOT, folder, ignore=LEFT_OUT)
    shutil.copy(ROOT / ".gitignore", folder)
    for page in PAGES:  # as `make man` makes them
        (folder / "build/man" / page).parent.mkdir(parents=True)
        (folder / "build/man" / page).write_text(".TH MENTOR 1\n")
    for path in folder.rglob("*"):
        path.chmod(0o777 & ~umask if path.is_dir() else 0o666 & ~umask)
        os.utime(path, (seconds, seconds))
    return folder


def build(folder: Path, *, umask: int = 0o022) -> dict[str, bytes]:
    """Build sdist and wheel in a folder with a repository; return them by name."""
    subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", "--outdir", folder / "dist", folder],
        env=os.environ | {"SOURCE_DATE_EPOCH": SOME_DAY},
        umask=umask,
        check=True,
        capture_output=True,
    )
    return {path.name: path.read_bytes() for path in (folder / "dist").iterdir()}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("one")
    return build(copy(folder / "mentorrollen", umask=0o022, seconds=1_700_000_000))


def test_two_users_build_the_same(built: dict[str, bytes], tmp_path: Path) -> None:
    other = copy(tmp_path / "elsewhere", umask=0o077, seconds=1_600_000_000)
    assert {Path(name).suffix for name in built} == {".gz", ".whl"}
    assert build(other, umask=0o077) == built


def test_the_manual_pages_are_installed(built: dict[str, bytes], tmp_path: Path) -> None:
    (name,) = (one for one in built if one.endswith(".whl"))
    (tmp_path / name).write_bytes(built[name])
    names = zipfile.ZipFile(tmp_path / name).namelist()
    shared = [one.partition(".data/data/")[2] for one in names if ".data/" in one]
    assert sorted(shared) == sorted(f"share/man/{page}" for page in PAGES)


def test_the_sdist_has_what_the_tests_and_the_checks_need(
    built: dict[str, bytes], tmp_path: Path
) -> None:
    (name,) = (one for one in built if one.endswith(".tar.gz"))
    (tmp_path / name).write_bytes(built[name])
    with tarfile.open(tmp_path / name) as sdist:
        inside = {one.name.partition("/")[2] for one in sdist.getmembers()}
    files = {
        str(path.relative_to(ROOT))
        for folder in ("data", "docs", "mentorrollen", "screens", "tests", "tui", "widgets")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    single = {
        "Makefile",
        "hatch_build.py",
        "LICENSE",
        "README.md",
        "README.da.md",
        "CHANGELOG.md",
        "CONTRIBUTING.md",
    }
    assert (files | single) - inside == set()
    assert {
        one for one in inside if one.endswith(".pyc") or one.startswith((".venv", ".git/"))
    } == set()
