"""Commands: what a screen can do, in parts that the screen has.

A screen has its parts in `commands`. Each part declares its keys in `KEYS`; the action of such a
key is `do('name')`, and `name` is the method of the part that it calls.
"""

from __future__ import annotations

from collections.abc import Iterable
from inspect import isawaitable
from typing import ClassVar

from textual.binding import BindingType
from textual.dom import DOMNode


class Commands:
    """The commands of a screen (or of the app) that belong together.

    A command is a method without a leading underscore. It may be a coroutine: it then runs as a
    worker, so that it can wait for the answer of a dialog.
    """

    KEYS: ClassVar[list[BindingType]] = []
    """The bindings of the commands; the class of the screen takes them into its `BINDINGS`."""

    def offers(self, name: str) -> bool:
        """Return whether the command can be used now; it is shown nowhere while it cannot."""
        return True


def part_with(parts: Iterable[Commands], name: str) -> Commands:
    """Return the first part that has a command of this name.

    Raises:
        LookupError: No part has it: a key names a command that is not there.
    """
    for part in parts:
        if callable(getattr(type(part), name, None)):
            return part
    raise LookupError(f"no part has the command {name!r}")


def run_command(node: DOMNode, parts: Iterable[Commands], name: str, *arguments: object) -> None:
    """Carry out the command `name` of one of the parts; `node` runs what has to wait."""
    done = getattr(part_with(parts, name), name)(*arguments)
    if isawaitable(done):
        node.run_worker(done)
