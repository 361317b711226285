"""Folders of a run that has ended are told from those in use, and from the user's own."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from data.run_folder import left_behind, prefix


def test_only_what_a_dead_run_has_left_is_found(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True
    )
    dead = tmp_path / f"demo-{int(done.stdout)}-ab_3xyz9"
    dead.mkdir()
    (tmp_path / f"demo-{os.getppid()}-ab_3xyz9").mkdir()
    again = Path(tempfile.mkdtemp(prefix=prefix("demo"), dir=tmp_path))
    for name in ("demo-plan", "demo-", f"demo-{int(done.stdout)}", "demo--1-ab_3xyz9"):
        (tmp_path / name).mkdir()
    (tmp_path / f"demo-{int(done.stdout)}-ab_3xyz8").symlink_to(tmp_path)
    (tmp_path / f"demo-{int(done.stdout)}-ab_3xyz7").touch()
    assert set(left_behind(tmp_path, "demo")) == {dead, again}, "a number that comes again"
