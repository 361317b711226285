"""A rhythm of talks of one's own, as it is typed: "1 to 8, 3 to 40" (R41)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from data.dates import EntryError
from data.i18n import _
from data.library.talk_rhythms import OWN, own_key, rhythms

_STRETCH: Final = re.compile(
    r"(?:hver|every)?\s*(?P<every>\d{0,3})\.?\s*(?:uge|uger|week|weeks)?"
    r"\s*(?:til|to|until|-|/)\s*(?:uge|week)?\s*(?P<until>\d{1,3})",
    re.ASCII,
)
"""One stretch: every how many weeks, and to which week; without a number it is every week."""


def parse_rhythm(text: str) -> str:
    """Return the key of the rhythm that a text means.

    "1 to 8, 3 to 40" and "every week to week 8, every 3 weeks to week 40" mean the same, in Danish
    too.

    Raises:
        EntryError: It means none.
    """
    parts = [part.strip().casefold() for part in re.split(r"[,;]|\bså\b|\bthen\b", text)]
    found = [_STRETCH.fullmatch(part) for part in parts if part]
    stretches = [(int(one["every"] or 1), int(one["until"])) for one in found if one is not None]
    key = own_key(stretches) if stretches and None not in found else ""
    if not key:
        raise EntryError(
            _("Write it as “1 to 8, 3 to 40”: weekly to week 8, every 3 weeks to week 40")
        )
    return key


def own_rhythms(keys: Iterable[str]) -> list[str]:
    """Return those of the keys that are rhythms of one's own, each once.

    One of the workplace's library has such a key too, and is left out: it is among `rhythms()`.
    """
    offered = {one.key for one in rhythms()}
    return sorted({key for key in keys if key.startswith(OWN)} - offered)
