"""What looks like a CPR number, or like a citizen's name, in a text about a mentee.

Notes and answers invite stories of cases. Those who are told of are clients of public employees,
who have a duty of confidentiality: so the program points it out while one types and before a text
leaves the program. It never stops anybody, for it may be wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from data.i18n import _

_CPR: Final = re.compile(r"(?<!\d)\d{6}[- ]?\d{4}(?!\d)")
_CITIZENS: Final = ("borger", "klient", "service user", "citizen", "client")
_NAMED: Final = (
    r"\b(?:borger(?:en|ne)?|klient(?:en)?|service user|citizen|client)[ \t]+"
    r"(?:(?:ved navn|der hedder|som hedder|named|called)[ \t]+)?"
    r"([A-ZÆØÅÉ][a-zæøåéüö]+)"
)
"""It is compiled when a text speaks of a citizen: few do."""
_MORE_NAMES: Final = r"(?:[ \t-]+[A-ZÆØÅÉ][a-zæøåéüö]+)*"
"""The names that follow the first one."""
_NO_NAMES: Final = frozenset(
    {"vi", "de", "du", "jeg", "hun", "han", "den", "det", "der", "da", "og", "om", "på", "i"}
    | {"når", "hvis", "men", "så", "the", "she", "he", "we", "they", "it", "when", "and", "but"}
    | {"if", "so", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}
)
"""Words that may have a capital letter there without being a name."""


def has_cpr(text: str) -> bool:
    """Return whether something in a text looks like a CPR number, the Danish personal number."""
    return _CPR.search(text) is not None


def names_citizen(text: str) -> bool:
    """Whether something in a text looks like the name of a citizen: a name after "borger"."""
    return any(True for _found in _named(text))


def without_citizens(text: str) -> str:
    """Return a text without CPR numbers and without what looks like the names of citizens."""
    for start, end in reversed(list(_named(text))):
        text = text[:start] + text[end:]
    return _CPR.sub("…", text)


def _named(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the names of citizens are in a text, with the blanks before them."""
    lower = text.lower()
    if not any(word in lower for word in _CITIZENS):
        return
    for found in re.finditer(_NAMED, text, re.IGNORECASE):
        word = found[1]
        if word[0].isupper() and not word.isupper() and word.lower() not in _NO_NAMES:
            before = len(text[: found.start(1)].rstrip(" \t"))
            after = re.match(_MORE_NAMES, text[found.end(1) :])
            yield before, found.end(1) + (after.end() if after else 0)


def hint(text: str) -> str:
    """Return what to look at in a text, in one line; "" where there is nothing."""
    if has_cpr(text):
        return _("Possible CPR number: remove it")
    return _("Possible name of a citizen: leave it out") if names_citizen(text) else ""


def hint_of(texts: Iterable[str]) -> str:
    """Return what to look at in a document before it is given out; "" where there is nothing."""
    hints = [found for text in texts if (found := hint(text))]
    numbers = [found for found in hints if found == _("Possible CPR number: remove it")]
    return (numbers or hints or [""])[0]
