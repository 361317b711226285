"""Addresses of web pages and of e-mail in texts: where each begins and ends."""

from __future__ import annotations

import re
from typing import Final

_ADDRESS: Final = re.compile(
    r"(?<![\w@.])(?:(?:https?://|www\.)[^\s<>“”»«\"]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
)
_AFTER_ADDRESS: Final = ".,;:!?'"
"""Signs that end the sentence, and not the address in it."""


def addresses(text: str) -> list[str]:
    """Return the addresses of web pages and of e-mail that are in a text, in order."""
    return [text[start:end] for start, end in address_places(text)]


def address_places(text: str) -> list[tuple[int, int]]:
    """Return where the addresses of web pages and of e-mail are: where each begins and ends."""
    places = []
    for found in _ADDRESS.finditer(text):
        address = found[0].rstrip(_AFTER_ADDRESS)
        closed, end = address.count(")") - address.count("("), len(address)
        while address[end - 1] in _AFTER_ADDRESS or (closed > 0 and address[end - 1] == ")"):
            closed -= address[end - 1] == ")"
            end -= 1
        places.append((found.start(), found.start() + end))
    return places
