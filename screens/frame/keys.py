"""What full screens and dialogs share: keys in the user's language, and the terminal's cursor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from textual.binding import ActiveBinding, Binding
from textual.dom import DOMNode
from textual.geometry import Offset, Region
from textual.screen import ModalScreen, Screen

from data.i18n import _
from widgets.keys import key_label

Keys = list[tuple[str, str]]
"""Keys as they are written, and what they do."""
AT_RIGHT = ("escape", "f1")
"""Keys that stand at the right of the line of keys whatever the width."""


def translated(bindings: Mapping[str, ActiveBinding]) -> dict[str, ActiveBinding]:
    """Return the bindings with their descriptions translated.

    The toolkit's own lose theirs: nobody needs "Focus Next" in help, in English.
    """
    return {
        key: active._replace(binding=replace(active.binding, description=_description(active)))
        for key, active in bindings.items()
    }


def _description(active: ActiveBinding) -> str:
    binding = active.binding
    if (binding.action, binding.description) in _toolkits_own(type(active.node)):
        return ""
    return _(binding.description) if binding.description else ""


@cache
def _toolkits_own(kind: type[DOMNode]) -> frozenset[tuple[str, str]]:
    """Return (action, description) of the bindings that a class has from the toolkit."""
    return frozenset(
        (binding.action, binding.description)
        for base in kind.__mro__
        if base.__module__.startswith("textual.")
        for binding in Binding.make_bindings(vars(base).get("BINDINGS", ()))
    )


def long_name(binding: Binding) -> str:
    """Return what a binding does and to what, as a list of commands needs it, translated.

    The line of keys has no room for that; so it stands where the toolkit has the longer text.
    """
    return _(binding.tooltip or binding.description)


def named_bindings(
    screen: Screen[Any], common: frozenset[str] = frozenset(), *, shown: bool = False
) -> list[Binding]:
    """Return what can be done now, one binding for each action, translated.

    A screen's own come first, as it declares them; those with an id in `common` come last.
    `shown`: only those for the line of keys.
    """
    declared = [binding.action for binding in Binding.make_bindings(type(screen).BINDINGS)]
    found: dict[str, Binding] = {}
    for active in screen.active_bindings.values():
        binding = active.binding
        if active.enabled and binding.description and (binding.show or not shown):
            found.setdefault(binding.action, binding)

    def place(binding: Binding) -> tuple[bool, int]:
        own = binding.action in declared
        return binding.id in common, declared.index(binding.action) if own else len(declared)

    return sorted(found.values(), key=place)


def shown_keys(screen: Screen[Any], common: frozenset[str] = frozenset()) -> tuple[Keys, Keys]:
    """Return the keys for the line of keys, and those that stand at its right."""
    shown = named_bindings(screen, common, shown=True)
    keys = [binding for binding in shown if binding.key not in AT_RIGHT]
    right = [binding for key in AT_RIGHT for binding in shown if binding.key == key]
    return _pairs(keys), _pairs(right)


def _pairs(bindings: Sequence[Binding]) -> Keys:
    return [(key_label(binding), binding.description) for binding in bindings]


def would_do(screen: Screen[Any], key: str) -> str:
    """Return what a key of the screen does where it applies, translated; "" where it does so now.

    Textual hands a key to the screen before it looks for what the key is bound to.
    """
    found = declared_but_off(screen, key)
    return _(found.description) if found is not None else ""


def declared_but_off(screen: Screen[Any], key: str) -> Binding | None:
    """Return what a key of the screen is bound to and does not do now; None where it does."""
    active = screen.active_bindings.get(key)
    if active is not None and active.enabled:
        return None
    for base in (one for one in type(screen).__mro__ if not one.__module__.startswith("textual.")):
        for binding in Binding.make_bindings(vars(base).get("BINDINGS", ())):
            if binding.key == key and binding.description:
                return binding
    return None


def leads_back(screen: Screen[Any]) -> bool:
    """Return whether there is a screen to go back to."""
    stack = screen.app.screen_stack
    return screen in stack and stack.index(screen) > 0


def is_in_sight(screen: Screen[Any]) -> bool:
    """Return whether a screen is in front, but for dialogs.

    The toolkit's `is_current` counts a screen behind a dialog as not current.
    """
    stack = screen.app.screen_stack
    over = stack[stack.index(screen) + 1 :] if screen in stack else stack
    return all(isinstance(one, ModalScreen) for one in over)


def keep_cursor(screen: Screen[Any]) -> None:
    """Keep the terminal's cursor on what has the focus, wherever the layout moves it."""
    screen.screen_layout_refresh_signal.subscribe(screen, put_cursor)


def put_cursor(screen: Screen[Any]) -> None:
    """Put the terminal's cursor on what has the focus, on the screen in front.

    A widget says where by `cursor_screen_offset`, as the toolkit's own fields do.
    """
    focused = screen.focused if screen.app.screen is screen else None
    at: Offset | None = getattr(focused, "cursor_screen_offset", None)
    if focused is not None and at not in (None, screen.app.cursor_position):
        screen.app.cursor_position = at
        focused.refresh(Region(0, 0, 1, 1))
