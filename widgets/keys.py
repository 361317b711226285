"""How keys are written on the screen."""

from __future__ import annotations

from textual.binding import Binding

from data.i18n import N_, _, pgettext

_NAMES = {
    "escape": "Esc",
    "enter": "Enter",
    "tab": "Tab",
    "question_mark": "?",
    "slash": "/",
    "exclamation_mark": "!",
    "plus": "+",
    "minus": "-",
    "full_stop": ".",
    "comma": ",",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
}
_WORDS = {"space": N_("Space")}
YES = "yes"
"""`key_display` of a binding for yes, whose letter is that of the word."""


def key_label(binding: Binding) -> str:
    """Return how a binding's key is written: `F1`, `Ctrl+P`, `Esc`, `a`."""
    key = binding.key_display or binding.key.split(",", maxsplit=1)[0]
    if key == YES:
        return pgettext("key", "y")
    if key in _WORDS:
        return _(_WORDS[key])
    if key in _NAMES:
        return _NAMES[key]
    if key.startswith(("ctrl+", "shift+")):
        held, _plus, rest = key.partition("+")
        return f"{held.capitalize()}+{_NAMES.get(rest, rest.upper())}"
    if key[:1] == "f" and key[1:].isdigit():
        return key.upper()
    return key
