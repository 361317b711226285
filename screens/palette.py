"""Every command by name: what works on the screen in front, and what works everywhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from textual.dom import DOMNode
from textual.screen import Screen

from screens.dialogs.pick import Item
from widgets.keys import key_label


@dataclass(frozen=True, slots=True)
class Command:
    """A command that can be run by name."""

    name: str
    key: str
    action: str
    node: DOMNode


def commands(screen: Screen[Any], extra: Sequence[tuple[str, str]]) -> list[Command]:
    """Return what can be done on `screen`, in the order of its bindings.

    `extra` are (name, action) pairs of the app that have no key.
    """
    found: dict[str, Command] = {}
    for active in screen.active_bindings.values():
        binding = active.binding
        if binding.description and active.enabled and binding.description not in found:
            found[binding.description] = Command(
                binding.description, key_label(binding), binding.action, active.node
            )
    for name, action in extra:
        found.setdefault(name, Command(name, "", action, screen.app))
    return list(found.values())


def items(found: Sequence[Command]) -> list[Item]:
    """Return the commands as items to pick from; the id is the number."""
    return [Item(str(i), command.name, command.key) for i, command in enumerate(found)]
