"""Every command by name: what works on the screen in front, and what works everywhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from textual.binding import Binding
from textual.dom import DOMNode

from data.i18n import _
from screens.dialogs.pick import Item
from screens.frame.base import BaseScreen
from screens.frame.everywhere import Everywhere
from screens.frame.keys import named_bindings
from widgets.keys import key_label


@dataclass(frozen=True, slots=True)
class Command:
    """A command that can be run by name."""

    name: str
    key: str
    action: str
    node: DOMNode


def commands(screen: BaseScreen[Any], extra: Sequence[tuple[str, str]]) -> list[Command]:
    """Return what can be done on `screen`, its own first, as help and the line of keys have it.

    A note and a search can be had by name also where their letters would be typed. `extra` are
    (name, action) pairs of the app that have no key.
    """
    active = reversed(screen.active_bindings.values())
    nodes = {one.binding.action: one.node for one in active}
    found: dict[str, Command] = {}
    for binding in named_bindings(screen, screen.COMMON):
        name, node = binding.description, nodes[binding.action]
        found.setdefault(name, Command(name, key_label(binding), binding.action, node))
    for binding in Binding.make_bindings(Everywhere.KEYS):
        name = _(binding.description)
        if binding.id in {"note", "search"} and name not in found:
            found[name] = Command(name, "", binding.action, screen)
    for name, action in extra:
        found.setdefault(name, Command(name, "", action, screen.app))
    return list(found.values())


def items(found: Sequence[Command]) -> list[Item]:
    """Return the commands as items to pick from; the id is the number."""
    return [Item(str(i), command.name, command.key) for i, command in enumerate(found)]
