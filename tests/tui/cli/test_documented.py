"""`docs/commands.md` has every command."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.cli.program import COMMANDS

DOCS = Path(__file__).parents[3] / "docs/commands.md"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_stands_in_the_documents(name: str) -> None:
    table = [line for line in DOCS.read_text("utf-8").splitlines() if line.startswith("| `")]
    assert any(line.startswith((f"| `mentor {name} ", f"| `mentor {name}`")) for line in table), (
        f"give `mentor {name}` a row in docs/commands.md"
    )
