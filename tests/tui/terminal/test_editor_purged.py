"""A mentee is deleted for good while a text about them is open in the user's editor."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from data.frozen import immutable
from tests.e2e.world import MENTOR, World, add_maja

EDITOR = """#!/bin/sh
: > "$0.opened"
while [ -e "$1" ]; do sleep 0.05; done
"""
"""An editor that says when it is open, and stays so until its file is gone."""


@immutable
class InEditor(World):
    editor: str = ""

    @property
    def env(self) -> dict[str, str | None]:
        return {**super().env, "VISUAL": self.editor}


def run(world: World, *arguments: str) -> subprocess.CompletedProcess[str]:
    environ = {**os.environ, **{key: value or "" for key, value in world.env.items()}}
    command = [MENTOR, *arguments]
    return subprocess.run(command, env=environ, capture_output=True, text=True, check=False)


def test_the_text_in_the_editor_goes_too(tmp_path: Path) -> None:
    editor = tmp_path / "editor"
    editor.write_text(EDITOR)
    editor.chmod(0o755)
    world = InEditor(tmp_path, editor=str(editor))
    with world.mentor() as typist:
        add_maja(typist)
        typist.press("n")
        typist.write("hemmelig note")
        typist.terminal.key("\x05")
        typist.terminal.wait_until(editor.with_name("editor.opened").exists)
        (found,) = world.path.parent.glob("edit-*/mentor.txt")
        assert "hemmelig" in found.read_text()
        done = run(world, "purge", "Maja", "--yes", "Maja")
        assert done.returncode == 0, done
        assert not list(world.path.parent.glob("edit-*"))
        typist.terminal.wait_for("F1")
        typist.press("esc esc esc ctrl+q")
        assert typist.terminal.wait_exit() == 0
    for folder in ("data", "state", "config"):
        for file in (tmp_path / folder).rglob("*"):
            if file.is_file():
                assert b"hemmelig" not in file.read_bytes(), file
                assert b"Maja" not in file.read_bytes(), file
