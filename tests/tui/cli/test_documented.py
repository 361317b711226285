"""`docs/commands.md` has every command."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from tui.cli.program import COMMANDS, program

DOCS = Path(__file__).parents[3] / "docs/commands.md"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_stands_in_the_documents(name: str) -> None:
    table = [line for line in DOCS.read_text("utf-8").splitlines() if line.startswith("| `")]
    assert any(line.startswith((f"| `mentor {name} ", f"| `mentor {name}`")) for line in table), (
        f"give `mentor {name}` a row in docs/commands.md"
    )


def _options(made: click.Command | None) -> Iterator[set[str]]:
    """Yield what a command takes; where it has commands of its own, what each of these does."""
    assert made is not None
    of_its_own = made.commands.values() if isinstance(made, click.Group) else ()
    if not of_its_own:
        yield {option for one in made.params for option in one.opts}
    for one in of_its_own:
        yield from _options(one)


def test_which_commands_take_a_file_and_a_language_stands_there() -> None:
    made = program()
    taken = {name: list(_options(made.get_command(click.Context(made), name))) for name in COMMANDS}
    assert all("--lang" in one for found in taken.values() for one in found)
    without = {name for name, found in taken.items() if not all("--file" in one for one in found)}
    (said,) = re.findall(r"and all but (.*) take `--file PATH`", DOCS.read_text("utf-8"))
    assert set(re.findall("`([a-z]+)`", said)) == without
    assert not any("--file" in one for name in without for one in taken[name])
