"""Commands: what a screen can do, in parts that the screen has.

A screen has its parts in `commands`. Each part declares its keys in `KEYS`; the action of such a
key is `do('name')`, and `name` is the method of the part that it calls.
"""

from __future__ import annotations

from collections.abc import Iterable
from inspect import isawaitable
from typing import Any, ClassVar, Protocol

from textual.binding import BindingType


class Runner(Protocol):
    """The screen, or the part of one, that carries out commands."""

    def say(self, text: str) -> None:
        """Say something in the notice line."""

    def run_worker(self, work: Any) -> object:
        """Run what has to wait."""


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

    def why_not(self, name: str, *arguments: object) -> str:
        """Return why the command cannot act on what the cursor is on, translated; "" if it can.

        Its key stays shown while the cursor goes through the rows, and says this instead.
        """
        return ""


def part_with(parts: Iterable[Commands], name: str) -> Commands:
    """Return the first part that has a command of this name.

    Raises:
        LookupError: No part has it: a key names a command that is not there.
    """
    for part in parts:
        if callable(getattr(type(part), name, None)):
            return part
    raise LookupError(f"no part has the command {name!r}")


def why_not_offered(parts: Iterable[Commands], action: str) -> str:
    """Return why an action such as "do('name')" is not offered now; "" if no part says that."""
    if not action.startswith("do('"):
        return ""
    name = action.removeprefix("do('").partition("'")[0]
    part = part_with(parts, name)
    return "" if part.offers(name) else part.why_not(name)


def run_command(node: Runner, parts: Iterable[Commands], name: str, *arguments: object) -> None:
    """Carry out the command `name` of one of the parts, or let `node` say why it cannot act."""
    part = part_with(parts, name)
    if why := part.why_not(name, *arguments):
        node.say(why)
        return
    done = getattr(part, name)(*arguments)
    if isawaitable(done):
        node.run_worker(done)
