"""The command palette: all commands of the open screen, and those that work everywhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from textual.binding import Binding
from textual.dom import DOMNode

from data.i18n import _
from screens.dialogs.elsewhere import said_otherwise
from screens.dialogs.pick import Item
from screens.frame.base import BaseScreen
from screens.frame.commands import part_with
from screens.frame.everywhere import Everywhere
from screens.frame.keys import long_name, named_bindings
from widgets.keys import key_label

_ALSO_TYPING: Final = frozenset({"note", "search", "copy"})
"""Ids of commands of every screen that can be run by name while text is written."""


@dataclass(frozen=True, slots=True)
class Command:
    """A command that can be run by name."""

    name: str
    key: str
    action: str
    node: DOMNode


def commands(screen: BaseScreen[Any], extra: Sequence[tuple[str, str]]) -> list[Command]:
    """Return what can be done on a screen: its own commands first, as in help and the key line.

    Some of those of every screen are among them even if their letters would be typed just now.

    Args:
        screen: The screen.
        extra: Commands of the app that have no key, as pairs of name and action.
    """
    active = reversed(screen.active_bindings.values())
    nodes = {one.binding.action: one.node for one in active}
    by_name: dict[str, Command] = {}
    for binding in named_bindings(screen, screen.COMMON):
        name, node = long_name(binding), nodes[binding.action]
        by_name.setdefault(name, Command(name, key_label(binding), binding.action, node))
    for binding in Binding.make_bindings(Everywhere.KEYS):
        name = long_name(binding)
        if binding.id in _ALSO_TYPING and _offers(screen, binding) and name not in by_name:
            by_name[name] = Command(name, "", binding.action, screen)
    for msgid, action in screen.WITHOUT_KEY:
        by_name.setdefault(_(msgid), Command(_(msgid), "", action, screen))
    for name, action in extra:
        by_name.setdefault(name, Command(name, "", action, screen.app))
    return list(by_name.values())


def _offers(screen: BaseScreen[Any], binding: Binding) -> bool:
    name = binding.action.removeprefix("do('").removesuffix("')")
    return part_with(screen.commands, name).offers(name)


def items(offered: Sequence[Command]) -> list[Item]:
    """Return the commands as items to pick from. The id of an item is its index."""
    return [
        Item(str(i), one.name, one.key, said_otherwise(one.action)) for i, one in enumerate(offered)
    ]
