"""What stands for a mentee in a published file: a number, or initials.

A number is made of the id of the mentee, so it stays the same from day to day and whoever comes or
goes. It is neither the id nor anything that leads to it: 9000 numbers for ids of 19 digits. It
says nothing of who came first, and another mentor's number for the same mentee is another one.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from hashlib import blake2b
from itertools import count
from typing import Final

from data.published.schema import is_initials

_LEAST: Final = 1000
_DIGITS: Final = 4
"""How long a number is, unless it would be that of somebody else."""
_LETTERS: Final = 3


def numbers(ids: Iterable[str], mentor: str) -> dict[str, int]:
    """Return a number for each mentee, by id: the same whatever the order.

    Args:
        ids: The ids of all mentees that there are, published or not: one that is published later
            then takes nobody's number.
        mentor: What tells this mentor from others; it never changes.
    """
    found: dict[str, int] = {}
    taken: set[int] = set()
    for id in sorted(set(ids), key=lambda one: _digest(one, mentor, 0)):
        for attempt in count():
            # Longer from the third attempt on, so that there always is one.
            span = 9 * 10 ** (_DIGITS - 1 + attempt // 3)
            number = _LEAST * span // 9000 + _digest(id, mentor, attempt) % span
            if number not in taken:
                break
        taken.add(number)
        found[id] = number
    return found


def _digest(id: str, mentor: str, attempt: int) -> int:
    made = blake2b(f"{id}/{attempt}".encode("utf-8", "replace"), digest_size=8)
    made.update(mentor.encode("utf-8", "replace"))
    return int.from_bytes(made.digest())


def initials(names: Mapping[str, str]) -> dict[str, str]:
    """Return the initials of those who have some that nobody else has, by id.

    Two who share theirs have none, and so have names without capital letters: they are numbers.
    """
    made = {id: _initials(name) for id, name in names.items()}
    often = Counter(made.values())
    return {id: text for id, text in made.items() if is_initials(text) and often[text] == 1}


def _initials(name: str) -> str:
    words = unicodedata.normalize("NFC", name).replace("-", " ").split()
    first = [letter for word in words if (letter := _first_letter(word))]
    chosen = first if len(first) <= _LETTERS else [*first[: _LETTERS - 1], first[-1]]
    return "".join(chosen)


def _first_letter(word: str) -> str:
    """Return the first letter of a word as a capital; "" if it has none."""
    return next((one.upper() for one in word if is_initials(one.upper())), "")
