"""Three words on wellbeing, if the mentee wants them: never a figure, never compared (R50).

They are the mentee's own words about the frame, kept with the private answer on wellbeing. Nothing
is counted, drawn or looked at over time, and nothing here reaches another screen or an export.
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
"""What is asked about: the three things that a newcomer settles in by."""
WORDS: Final = {
    "mostly": N_("most of the time"),
    "at_times": N_("at times"),
    "not_yet": N_("not yet"),
}


def item_text(key: str) -> str:
    """Return what is asked about, translated."""
    return _(ITEMS[key])


def word_text(key: str) -> str:
    """Return a word of the scale, translated; a word of a newer program as it is."""
    return _(WORDS[key]) if key in WORDS else key


def pulse_lines(pulse: Mapping[str, str]) -> list[str]:
    """Return what was said, a line each; nothing where nothing was."""
    return [f"{item_text(key)}: {word_text(pulse[key])}" for key in ITEMS if pulse.get(key)]
