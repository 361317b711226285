"""Three questions on wellbeing that the mentee may answer, each with one of three words (R50).

The words are stored with the private answer on wellbeing. They are never made a number, compared
or shown over time, and they are not on any other screen, nor in any export.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from data.i18n import N_, _

ITEMS: Final = {
    "role": N_("I know what is expected of me"),
    "mastery": N_("I can manage the tasks I have"),
    "belonging": N_("I feel that I belong here"),
}
"""Key -> what is asked about (msgid). These three show whether a newcomer is settling in."""
WORDS: Final = {
    "mostly": N_("most of the time"),
    "at_times": N_("at times"),
    "not_yet": N_("not yet"),
}
"""Key -> word to answer with (msgid)."""


def item_text(key: str) -> str:
    """Return what is asked about under a key of `ITEMS`, translated."""
    return _(ITEMS[key])


def word_text(key: str) -> str:
    """Return the word of a key of `WORDS`, translated; an unknown key is returned as it is."""
    return _(WORDS[key]) if key in WORDS else key


def pulse_lines(pulse: Mapping[str, str]) -> list[str]:
    """Return the answers in `pulse` (key of `ITEMS` -> key of `WORDS`), one line for each."""
    return [f"{item_text(key)}: {word_text(pulse[key])}" for key in ITEMS if pulse.get(key)]
