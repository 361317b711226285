"""The line breaks while a text is in the editor one knows: what stands there comes back."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

import pytest

from data.frozen import immutable
from tests.e2e.world import World, add_maja
from tests.tools.postgres import lives

LIMIT = 5.0


@immutable
class InEditor(World):
    editor: str = ""

    @property
    def env(self) -> dict[str, str | None]:
        return {**super().env, "VISUAL": self.editor}


@pytest.mark.parametrize(
    ("editor", "keys"), [("vim", "A og ord midt i et o"), ("nano", "og ord midt i et o ")]
)
def test_what_stands_in_the_editor_is_kept(tmp_path: Path, editor: str, keys: str) -> None:
    if shutil.which(editor) is None:
        pytest.skip(f"{editor} is not installed")
    world = InEditor(tmp_path, editor=editor)
    with world.mentor() as typist:
        add_maja(typist)
        typist.press("n")
        typist.write("Aftalt med Karin")
        typist.press("ctrl+e")
        typist.terminal.wait_for("mentor.txt")
        typist.terminal.key(keys)
        typist.terminal.wait_for("og ord midt i et o")
        typist.terminal.hangup()
        typist.terminal.wait_exit(LIMIT)
    with world.mentor() as typist:
        shown = " ".join(typist.terminal.screen().split())
        typist.press("ctrl+q")
        assert typist.terminal.wait_exit() == 0
    kept = (file for folder in world.path.parent.glob("edit-*") for file in folder.iterdir())
    left = [file for file in kept if file.is_file()]
    texts = [note["text"] for note in world.tables()["notes"]]
    expected = {
        "vim": "Aftalt med Karin og ord midt i et o",
        "nano": "og ord midt i et o Aftalt med Karin",
    }[editor]
    if left:  # the machine is so busy that the program had to go before the editor did
        assert "mens en tekst var åben i editoren" in shown
        assert any(expected in file.read_text("utf-8", "replace") for file in left)
    else:
        assert texts == [expected]


def test_an_editor_that_goes_on_is_told_of_at_the_next_start(tmp_path: Path) -> None:
    """It has no terminal any longer, and nobody waits for what it may still write."""
    script = tmp_path / "stubborn"
    script.write_text(
        f"""#!/bin/sh
trap '' HUP TERM
echo $$ > {tmp_path}/pid
printf ' og mere' >> "$1"
echo going on
while [ ! -e {tmp_path}/enough ]; do sleep 0.1; done
""",
        "utf-8",
    )
    script.chmod(0o700)
    world = InEditor(tmp_path, editor=str(script))
    with world.mentor() as typist:
        add_maja(typist)
        typist.press("n")
        typist.write("Aftalt")
        typist.press("ctrl+e")
        typist.terminal.wait_for("going on")
        typist.terminal.hangup()
        typist.terminal.wait_exit(LIMIT)
    try:
        with world.mentor() as typist:
            assert "mens en tekst var åben i editoren" in " ".join(typist.terminal.screen().split())
            (left,) = world.path.parent.glob("edit-*")
            shutil.rmtree(left)
            for name, age in (("empty_xx", 0), ("old_empt", 100_000)):
                folder = world.path.parent / f"edit-999999999-{name}"
                folder.mkdir()
                os.utime(folder, (time.time() - age,) * 2)
        with world.mentor() as typist:
            assert "editoren videre" not in typist.terminal.screen()
            (left,) = world.path.parent.glob("edit-*")
            assert left.name.endswith("empty_xx"), "an editor may still be going to write there"
    finally:
        (tmp_path / "enough").touch()
        while lives(int((tmp_path / "pid").read_text())):  # else its folder goes before it looks
            time.sleep(0.05)
