"""How keys are written on the screen, in the footer and in the help."""

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
    "colon": ":",
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
"""Textual's names of keys, and what stands on the screen for them in every language."""
_TRANSLATED_NAMES = {"space": N_("Space")}
"""The same for keys whose name is a word, which is translated."""
DONE = "F10/Ctrl+S"
"""How the two keys that mean "done with this page" are written: some terminals keep F10."""
OWN_EDITOR = Binding("ctrl+e", "app.editor", N_("Write in your own editor"), show=False)
"""The key of a field that opens what stands in it in the user's own editor."""
YES = "yes"
"""The `key_display` of a binding that answers yes.

Such a binding takes the letter of every language, but only that of the language in use is shown.
"""


def key_label(binding: Binding) -> str:
    """Return how the key of a binding is written: `F1`, `Ctrl+P`, `Esc`, `a`.

    A binding for several keys is written as its first.
    """
    key = binding.key_display or binding.key.split(",", maxsplit=1)[0]
    if key == YES:
        return yes_key()
    if key in _TRANSLATED_NAMES:
        return _(_TRANSLATED_NAMES[key])
    if key in _NAMES:
        return _NAMES[key]
    if key.startswith(("ctrl+", "shift+")):
        held, _plus, rest = key.partition("+")
        return f"{held.capitalize()}+{_NAMES.get(rest, rest.upper())}"
    if key[:1] == "f" and key[1:].isdigit():
        return key.upper()
    return key


def yes_key() -> str:
    """Return the letter that answers yes in the language in use."""
    return pgettext("key", "y")
