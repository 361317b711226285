"""Tab in a real bash, zsh and fish. zsh and fish are asked where they are installed."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from data.clock import today
from data.records import Mentee
from data.store.change import Change
from data.store.opening import open_store
from tests.tools.pty import Terminal
from tests.tui.cli.tools import ROOT
from tui.completion.answer import SHELLS

START = {
    "bash": ["--noprofile", "--norc", "-i"],
    "zsh": ["-f", "-i"],
    "fish": ["--no-config", "-i"],
}
READ = {
    "bash": 'eval "$(mentor completion bash)"',
    "zsh": 'autoload -U compinit; compinit -D; eval "$(mentor completion zsh)"',
    "fish": "mentor completion fish | source",
}
Start = Callable[[str], Terminal]


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str | None]:
    """Return an environment with a file of three mentees, and the program as `mentor`."""
    path = tmp_path / "mentor.json"
    opened = open_store(path, threaded=False)
    for name in ("Maja Holm", "Åse Nørgaard", "Øjvind"):
        opened.store.commit([Change.created(Mentee(name=name, start=today()))], name)
    opened.close()
    program = tmp_path / "bin/mentor"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m mentorrollen "$@"\n')
    program.chmod(0o755)
    path_variable = f"{program.parent}:/usr/local/bin:/usr/bin:/bin"
    return {
        "PATH": path_variable,
        "PYTHONPATH": str(ROOT),
        "MENTOR_FILE": str(path),
        "LANG": "C.UTF-8",
        "LC_ALL": "C.UTF-8",
        "HOME": str(tmp_path),
        "PS1": "> ",
    }


@pytest.fixture
def start(environ: dict[str, str | None], tmp_path: Path) -> Start:
    def start(shell: str) -> Terminal:
        found = shutil.which(shell, path=environ["PATH"])
        if found is None:
            pytest.skip(f"{shell} is not installed")
        return Terminal([found, *START[shell]], env=environ, cwd=tmp_path)

    return start


@pytest.mark.parametrize("shell", SHELLS)
def test_tab_completes_commands_options_and_names(start: Start, shell: str) -> None:
    with start(shell) as terminal:
        terminal.key(f"{READ[shell]}; echo re''ady\r")
        terminal.wait_for("ready")
        terminal.key("mentor sho\t")
        terminal.wait_for("mentor show ")
        terminal.key("--priv\t")
        terminal.wait_for("--private ")
        terminal.key("Maj\t")
        terminal.wait_for("--private Maja\\ Holm ")
        terminal.key("\x15mentor hold Å\t")
        terminal.wait_for("mentor hold Åse\\ Nørgaard ")
        terminal.key("of\t")
        terminal.wait_for("Nørgaard off ")
        terminal.key('\x15mentor show "Maja H\t')
        terminal.wait_for('mentor show "Maja Holm" ')


@pytest.mark.parametrize("shell", SHELLS)
def test_tab_offers_files_where_one_is_to_be_named(
    start: Start, shell: str, tmp_path: Path
) -> None:
    (tmp_path / "min plan.docx").touch()
    with start(shell) as terminal:
        terminal.key(f"{READ[shell]}; echo re''ady\r")
        terminal.wait_for("ready")
        terminal.key("mentor import Maja min\t")
        terminal.wait_for("mentor import Maja min\\ plan.docx ")


@pytest.mark.parametrize("shell", SHELLS)
def test_the_script_is_printed_and_the_shell_can_read_it(
    environ: dict[str, str | None], shell: str
) -> None:
    found = shutil.which(shell, path=environ["PATH"])
    if found is None:
        pytest.skip(f"{shell} is not installed")
    done = subprocess.run(
        [sys.executable, "-m", "mentorrollen", "completion", shell],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    subprocess.run([found, "-n"], input=done.stdout, check=True)
