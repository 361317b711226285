"""The words that are written after a full stop, in the user's language or in English."""

from __future__ import annotations

from collections.abc import Mapping

from data.i18n import _
from data.text import spelling_key


def is_word(typed: str, shown: str, name: str) -> bool:
    """Whether a word was written, or the start of one, in the user's language or in English."""
    return spelling_key(shown).startswith(spelling_key(typed)) or name.startswith(typed)


def as_written(shown: str) -> str:
    """Return a translated word as it is written after a full stop: in one word."""
    return shown.replace(" ", "")


def which(typed: str, words: Mapping[str, str]) -> tuple[str, str]:
    """Return the name of the command that was written, and what follows it; "" where it is none.

    `words` are the commands: name -> msgid. A whole word comes before the start of one.
    """
    word, _space, rest = typed.partition(" ")
    shown = {name: as_written(_(msgid)) for name, msgid in words.items()}
    first, _space, second = rest.partition(" ")
    if first and any(_(msgid) == f"{word} {first}" for msgid in words.values()):
        word, rest = word + first, second  # such as "i dag"
    for name, one in shown.items():
        if word and spelling_key(word) in (spelling_key(one), name):
            return name, rest.strip()
    found = [name for name, one in shown.items() if word and is_word(word, one, name)]
    return (found[0], rest.strip()) if found else ("", "")
