"""Where the tests have their files."""

from __future__ import annotations

import subprocess
from pathlib import Path


def test_a_program_that_a_test_writes_can_be_run(tmp_path: Path) -> None:
    program = tmp_path / "program"
    program.write_text("#!/bin/sh\nexit 7\n")
    program.chmod(0o700)
    assert subprocess.run([program], check=False).returncode == 7
