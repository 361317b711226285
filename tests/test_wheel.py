"""The wheel holds what the program needs, and runs beside whatever else is installed."""

from __future__ import annotations

import json
import os
import platform
import shlex
import shutil
import subprocess
import sys
import venv
import zipfile
from importlib.metadata import version
from pathlib import Path

import pytest

from tests.data.storage.postgres.team_server import TeamServer
from tests.tools.postgres import Server
from tests.tools.prepared import prepared
from tests.tools.pty import Terminal

ROOT = Path(__file__).parents[1]
ROOMS = ("data", "widgets", "screens", "tui")
IN_THE_WHEEL = "mentorrollen"
"""The package that holds the rooms there."""


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
    pip(folder / "bin", "install", "--no-deps", "--no-index", str(wheel))
    (site_packages(folder / "bin") / "borrowed.pth").write_text(f"{_borrowed(tmp_path_factory)}\n")
    return folder / "bin"


def pip(programs: Path, *arguments: str) -> None:
    """Have pip do something in an environment, which has none of its own."""
    command = [sys.executable, "-m", "pip", "--python", str(programs / "python"), *arguments]
    quiet = ["--quiet", "--disable-pip-version-check"]
    subprocess.run([*command, *quiet], check=True, capture_output=True)


def site_packages(programs: Path) -> Path:
    """Return the folder of what is installed in an environment."""
    (found,) = programs.parent.glob("lib/python*/site-packages")
    return found


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


def run(programs: Path, home: Path, *arguments: str, **more: str) -> str:
    return run_as([str(programs / "mentor")], home, *arguments, **more)


def run_as(command: list[str], home: Path, *arguments: str, **more: str) -> str:
    """Run the program in its user's home; return what it prints. `more` is for its environment."""
    done = subprocess.run(
        [*command, *arguments],
        cwd=home,
        env=_environ(home) | more,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_it_holds_what_is_needed_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert "mentorrollen/data/locale/da/LC_MESSAGES/mentorrollen.mo" in names
    assert "mentorrollen/data/library/da/questions.toml" in names
    assert "mentorrollen/data/library/examples/jobcenter/texts/your_data.md" in names
    assert "mentorrollen/tui/app/styles.tcss" in names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    tops = {
        name.split("/")[0] for name in names if ".dist-info" not in name and ".data" not in name
    }
    assert tops == {IN_THE_WHEEL}
    wrong = [name for name in names if name.endswith((".po", ".pyc")) or "/tests/" in name]
    assert wrong == []


def test_everything_in_the_folders_is_in_it(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    kept = {".py", ".toml", ".tcss", ".mo", ".md", ".sql"}
    missing = [
        str(path.relative_to(ROOT))
        for room in ROOMS
        for path in (ROOT / room).rglob("*")
        if path.suffix in kept and f"{IN_THE_WHEEL}/{path.relative_to(ROOT)}" not in names
    ]
    assert missing == []


def test_the_command_line_runs_from_it(installed: Path, tmp_path: Path) -> None:
    assert run(installed, tmp_path, "--version").splitlines() == [
        f"mentorrollen {version('mentorrollen')}",
        f"Python {platform.python_version()}, Textual {version('textual')}",
        f"Installeret i {site_packages(installed) / IN_THE_WHEEL}.",
    ]
    run(installed, tmp_path, "add", "Maja", "--start", "1/8")
    assert run(installed, tmp_path, "list").startswith("Maja: ")
    assert (tmp_path / ".local/share/mentorrollen/mentor.json").exists()


def test_a_pdf_is_made_by_a_process_of_its_own_wherever_it_was_installed(
    installed: Path, tmp_path: Path
) -> None:
    words = ("template", "plan", "--to", "pdf", "-o", str(tmp_path / "plan.pdf"))
    run(installed, tmp_path, *words, PYTHONPATH="/nowhere", NO_COLOR="1")
    assert (tmp_path / "plan.pdf").read_bytes().startswith(b"%PDF")


def test_it_opens_records_on_a_server(installed: Path, tmp_path: Path) -> None:
    with Server() as server:
        team = TeamServer(server, prepared(server))
        team.grant("met")
        file = server.address(team.database, "met")
        run(installed, tmp_path, "add", "Maja", "--start", "1/8", MENTOR_FILE=file)
        assert run(installed, tmp_path, "list", MENTOR_FILE=file).startswith("Maja: ")
    assert not list(tmp_path.rglob("mentor.json"))


LOOKING = """
import sys
sys.path.insert(0, sys.argv[1])
from mentorrollen import find_rooms_first
find_rooms_first()
from pathlib import Path
from data.clock import now
from data.privacy.canaries import plant
from data.records import Mentee
from data.store.opening import open_store
from tui.cli.canary.terminal import canaries_in_title
from tui.cli.screen import fill_with_example
folder = Path.cwd()
path = folder / "copy" / "mentor.json"
path.parent.mkdir(mode=0o700)
fill_with_example(path)
opened = open_store(path, threaded=False)
plant(opened.store, opened.store.all(Mentee)[0], now())
opened.close()
print(canaries_in_title(path, folder))
"""
"""Has the program that was found show private words in a terminal, as `mentor doctor` does."""


@pytest.mark.parametrize("where", ["installed", "on the path of the process alone"])
def test_a_real_terminal_is_looked_at_wherever_it_was_installed(
    installed: Path, wheel: Path, tmp_path: Path, where: str
) -> None:
    python, apart = installed / "python", tmp_path / "apart"
    folder = site_packages(installed)
    if where != "installed":  # as in the package for Debian
        zipfile.ZipFile(wheel).extractall(apart)
        borrowed = (folder / "borrowed.pth").read_text().strip()
        for path in Path(borrowed).iterdir():
            (apart / path.name).symlink_to(path)
        python, folder = Path(sys.executable).resolve(), apart
    home = tmp_path / "home"
    home.mkdir()
    said = run_as([str(python), "-I", "-c", LOOKING, str(folder)], home)
    assert said == "(0, 0)\n"


def test_the_example_opens_from_it(installed: Path, tmp_path: Path) -> None:
    environ: dict[str, str | None] = {**_environ(tmp_path), "PYTHONPATH": None, "VIRTUAL_ENV": None}
    with Terminal([str(installed / "mentor"), "demo"], env=environ, cwd=tmp_path) as terminal:
        terminal.wait_for("Maja")
        terminal.key(b"\x11")
        assert terminal.wait_exit() == 0
    left = [path.name for path in (tmp_path / ".local/share/mentorrollen").iterdir()]
    assert left == [], "the copy is thrown away"


def test_the_doctor_says_how_it_is_compiled_once_for_all(installed: Path, tmp_path: Path) -> None:
    def slow() -> list[str]:
        found = json.loads(run(installed, tmp_path, "doctor", "--format", "json", **cannot_write))
        return [one["text"] for one in found if one["check"] == "compiled"]

    cannot_write = {"PYTHONDONTWRITEBYTECODE": "1"}
    assert slow() == []
    for folder in (site_packages(installed) / IN_THE_WHEEL).rglob("__pycache__"):
        shutil.rmtree(folder)
    (said,) = slow()
    command = said.partition(": ")[2].partition(": ")[2]
    assert command.startswith(f"{installed / 'python'} -m compileall")
    subprocess.run(shlex.split(command), check=True)
    assert slow() == []


# -- other packages with the same names --------------------------------------------------------


def foreign(folder: Path, *, whole: bool = True) -> Path:
    """Put packages of somebody else with the names of the rooms into a folder.

    `whole`: with a file that makes each a package; otherwise it is a folder that may be one.
    """
    for room in ROOMS:
        (folder / room).mkdir(parents=True)
        (folder / room / "i18n.py").write_text("raise SystemExit('the wrong data')\n")
        if whole:
            (folder / room / "__init__.py").write_text("FOREIGN = True\n")
    return folder


def foreign_wheel(folder: Path) -> Path:
    """Make a wheel of somebody else that has such packages."""
    source, name = foreign(folder / "source"), "somebody-1.0"
    (folder / "wheels").mkdir()
    path = folder / "wheels" / "somebody-1.0-py3-none-any.whl"
    about = f"{name}.dist-info"
    with zipfile.ZipFile(path, "w") as made:
        for file in sorted(source.rglob("*.py")):
            made.write(file, str(file.relative_to(source)))
        made.writestr(f"{about}/METADATA", "Metadata-Version: 2.1\nName: somebody\nVersion: 1.0\n")
        made.writestr(
            f"{about}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        record = "".join(f"{entry},,\n" for entry in [*made.namelist(), f"{about}/RECORD"])
        made.writestr(f"{about}/RECORD", record)
    return path


def test_another_package_with_its_names_is_installed_and_uninstalled_before_and_after(
    installed: Path, wheel: Path, tmp_path: Path
) -> None:
    other, home = str(foreign_wheel(tmp_path)), tmp_path / "home"
    home.mkdir()
    run(installed, home, "add", "Maja", "--start", "1/8")
    pip(installed, "install", "--no-index", other)
    assert run(installed, home, "list").startswith("Maja: ")
    pip(installed, "install", "--no-index", "--no-deps", "--force-reinstall", str(wheel))
    assert run(installed, home, "list").startswith("Maja: ")
    pip(installed, "uninstall", "--yes", "somebody")
    assert run(installed, home, "list").startswith("Maja: ")
    assert not (site_packages(installed) / "data").exists()


@pytest.mark.parametrize("whole", [True, False], ids=["packages", "folders"])
def test_packages_with_its_names_on_the_path_do_not_come_before_it(
    installed: Path, tmp_path: Path, whole: bool
) -> None:
    other, home = foreign(tmp_path / "other", whole=whole), tmp_path / "home"
    home.mkdir()
    run(installed, home, "add", "Maja", "--start", "1/8", PYTHONPATH=str(other))
    as_module = [str(installed / "python"), "-m", "mentorrollen"]
    assert run_as(as_module, home, "list", PYTHONPATH=str(other)).startswith("Maja: ")


def test_it_runs_as_a_module_in_a_folder_with_packages_of_its_names(
    installed: Path, tmp_path: Path
) -> None:
    foreign(tmp_path)
    (tmp_path / "mentorrollen").mkdir()  # where documents are written to
    as_module = [str(installed / "python"), "-m", "mentorrollen"]
    run_as(as_module, tmp_path, "add", "Maja", "--start", "1/8")
    assert run_as(as_module, tmp_path, "list").startswith("Maja: ")


def test_a_package_with_its_names_that_is_loaded_before_it_is_let_go(
    installed: Path, tmp_path: Path
) -> None:
    other, home = foreign(tmp_path / "other"), tmp_path / "home"
    home.mkdir()
    path_file = site_packages(installed) / "early.pth"
    path_file.write_text(f"{other}\nimport data, tui\n")
    try:
        run(installed, home, "add", "Maja", "--start", "1/8")
        assert run(installed, home, "list").startswith("Maja: ")
    finally:
        path_file.unlink()
