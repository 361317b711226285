"""No image of the program's memory on the disk, however it is killed."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.tools.pty import Terminal
from tests.tui.cli.tools import NOW, ROOT, Mentor

FIRST = 'ulimit -c unlimited; cd "$0" && exec "$@"'
CANARY = b"kanariefugl"


def unlimited(folder: Path, *arguments: str, **environ: str) -> Terminal:
    """Start the program with this working folder, where images of memory are written."""
    env = {"PYTHONPATH": str(ROOT), "HOME": str(folder), "MENTOR_NOW": NOW, **environ}
    command = [sys.executable, "-m", "tui", *arguments]
    return Terminal(["/bin/sh", "-c", FIRST, str(folder), *command], env=env)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A working folder to which this computer writes images of memory."""
    pattern = Path("/proc/sys/kernel/core_pattern").read_text().strip()
    hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
    if "/" in pattern or pattern.startswith(("|", "@")) or hard != resource.RLIM_INFINITY:
        pytest.skip("images of memory are not written to the working folder here")
    place = tmp_path / "here"
    place.mkdir()
    return place


def images(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if CANARY in path.read_bytes()]


def test_a_session_that_is_killed_by_a_fault_leaves_no_image(
    folder: Path, file: Path, mentor: Mentor
) -> None:
    mentor("add", CANARY.decode(), "--start", "1/8")
    with unlimited(folder, MENTOR_FILE=str(file)) as terminal:
        terminal.wait_for(CANARY.decode())
        terminal.kill(signal.SIGSEGV)
        assert terminal.wait_exit() == -signal.SIGSEGV
    assert not images(folder)


def test_neither_does_a_command_nor_what_it_starts(
    folder: Path, file: Path, mentor: Mentor, tmp_path: Path
) -> None:
    mentor("add", CANARY.decode(), "--start", "1/8")
    editor = tmp_path / "editor"
    editor.write_text("#!/bin/sh\n")
    editor.chmod(0o700)
    environ = {"MENTOR_FILE": str(file), "EDITOR": str(editor)}
    for script in (f"word={CANARY.decode()}; kill -SEGV $$", "kill -SEGV $PPID"):
        editor.write_text(f"#!/bin/sh\n{script}\n")
        with unlimited(folder, "note", CANARY.decode(), **environ) as terminal:
            assert terminal.wait_exit() in {2, -signal.SIGSEGV}
        assert not images(folder)


def test_where_the_limit_cannot_be_set_the_kernel_is_told_itself() -> None:
    code = (
        "import ctypes, resource\n"
        "from data.core_dumps import prevent_core_dumps\n"
        "resource.setrlimit(resource.RLIMIT_CORE, (0, 0))\n"
        "prevent_core_dumps()\n"
        "print(resource.getrlimit(resource.RLIMIT_CORE), ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True)
    assert done.stdout == b"(0, 0) 0\n"


def test_the_limit_is_one_byte_which_also_stops_programs_that_collect_images() -> None:
    code = (
        "import resource\n"
        "from data.core_dumps import prevent_core_dumps\n"
        "prevent_core_dumps()\n"
        "prevent_core_dumps()\n"
        "print(resource.getrlimit(resource.RLIMIT_CORE))\n"
    )
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = ["/bin/sh", "-c", 'exec "$@"', "sh", sys.executable, "-c", code]
    done = subprocess.run(command, env=environ, cwd=ROOT, capture_output=True, check=True)
    if resource.getrlimit(resource.RLIMIT_CORE)[1]:
        assert done.stdout == b"(1, 1)\n"
