"""The wheel holds what the program needs, and runs where nothing else is installed."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from tests.tools.pty import Terminal

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT],
        check=True,
        capture_output=True,
    )
    (found,) = folder.glob("mentorrollen-*.whl")
    return found


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of an empty environment with the wheel in it.

    What the wheel depends on is borrowed from this environment by a path file: nothing is fetched
    from the network, and this project's own folders are not on the path.
    """
    folder = tmp_path_factory.mktemp("installed")
    venv.create(folder, with_pip=False, symlinks=True)
    python = folder / "bin/python"
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet"]
    subprocess.run(
        [*pip, "--no-deps", "--no-index", "--disable-pip-version-check", str(wheel)],
        check=True,
        capture_output=True,
    )
    (packages,) = folder.glob("lib/python*/site-packages")
    (packages / "borrowed.pth").write_text(f"{_borrowed(tmp_path_factory)}\n")
    return folder / "bin"


def _borrowed(factory: pytest.TempPathFactory) -> Path:
    """Link every installed package but this project into a folder."""
    import textual

    source = Path(textual.__file__).parents[1]
    folder = factory.mktemp("borrowed")
    for path in source.iterdir():
        if path.suffix != ".pth" and not path.name.startswith(("mentorrollen", "_mentorrollen")):
            (folder / path.name).symlink_to(path)
    return folder


def _environ(home: Path) -> dict[str, str]:
    clean = {name: value for name, value in os.environ.items() if name == "PATH"}
    return clean | {"HOME": str(home), "LANG": "da_DK.UTF-8", "MENTOR_NOW": "2025-11-24T08:05"}


def run(programs: Path, home: Path, *arguments: str) -> str:
    done = subprocess.run(
        [programs / "mentor", *arguments],
        cwd=home,
        env=_environ(home),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_it_holds_what_is_needed_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert "data/locale/da/LC_MESSAGES/mentorrollen.mo" in names
    assert "data/library/da/questions.toml" in names
    assert "tui/app/styles.tcss" in names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    tops = {name.split("/")[0] for name in names if ".dist-info" not in name}
    assert tops == {"data", "widgets", "screens", "tui"}
    wrong = [name for name in names if name.endswith((".po", ".pyc")) or "/tests/" in name]
    assert wrong == []


def test_everything_in_the_folders_is_in_it(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    kept = {".py", ".toml", ".tcss", ".mo"}
    missing = [
        str(path.relative_to(ROOT))
        for layer in ("data", "widgets", "screens", "tui")
        for path in (ROOT / layer).rglob("*")
        if path.suffix in kept and str(path.relative_to(ROOT)) not in names
    ]
    assert missing == []


def test_the_command_line_runs_from_it(installed: Path, tmp_path: Path) -> None:
    assert run(installed, tmp_path, "--version").startswith("mentor 0.")
    assert "Ingen mentees endnu" in run(installed, tmp_path, "list")
    run(installed, tmp_path, "add", "Maja", "--start", "1/8")
    assert run(installed, tmp_path, "list").startswith("Maja: ")
    assert (tmp_path / ".local/share/mentorrollen/mentor.json").exists()


def test_the_example_opens_from_it(installed: Path, tmp_path: Path) -> None:
    environ: dict[str, str | None] = {**_environ(tmp_path), "PYTHONPATH": None, "VIRTUAL_ENV": None}
    with Terminal([str(installed / "mentor"), "demo"], env=environ, cwd=tmp_path) as terminal:
        terminal.wait_for("Maja")
        terminal.key(b"\x11")
        assert terminal.wait_exit() == 0
    left = [path.name for path in (tmp_path / ".local/share/mentorrollen").iterdir()]
    assert left == [], "the copy is thrown away"
