"""What a mail program puts around the words of a form.

Only what is known to be a mail program's is left out. In doubt a line is kept: it may be the
mentee's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from data.documents.importing.content import TextLine
from data.documents.importing.words import key_of
from data.text import name_key

UNKNOWN: Final = "?"
"""The key of a question that the talk does not ask begins with this; the question follows."""
_HEADER: Final = re.compile(
    r"\s*\**(fra|from|til|to|sendt|sent|dato|date|emne|subject|cc|svar til|reply-to)"
    r"\s*:\**(?:\s|$)",
    re.IGNORECASE,
)
_FROM: Final = frozenset({"fra", "from"})
_HEADERS: Final = 3
"""How many lines in a row the head of a mail has at least, the one with the sender among them."""
_WROTE: Final = re.compile(r".*\d.*\b(?:skrev|wrote)\b[^.?!]*:\s*$", re.IGNORECASE)
"""The line above a mail that is quoted; it has the day or the address."""
_LONG_LINE: Final = 300
_FORWARDED: Final = re.compile(
    r"\s*-{3,}\s*(?:(?:original|forwarded) message|(?:oprindelig|videresendt) (?:meddelelse|besked|"
    r"mail|e-mail))\s*-{3,}\s*",
    re.IGNORECASE,
)
_GREETING: Final = re.compile(
    r"\s*(?:(?:med |de )?(?:venlige?|bedste|kærlige?) hilsen(?:er)?|mvh|vh|hilsen"
    r"|(?:mange )?hilsner|(?:kind|best|warm) regards|regards|sincerely)\s*[.,]?\s*",
    re.IGNORECASE,
)
_DEVICE: Final = re.compile(
    r"\s*(?:sendt fra min|sent from my) (?:iphone|ipad|mobil|telefon|phone|android\S*|samsung\S*)"
    r"(?: \w+)?\s*\.?\s*",
    re.IGNORECASE,
)
_CONTACT: Final = re.compile(
    r"(?:[^\W\d]+[,|]? +){0,2}(?:(?:tlf|telefon|mobil|phone|tel|mail|e-mail)[.:]* *)?"
    r"(?:\S+@\S+|\+?\d[\d ()-]{5,}\d|www\.\S+)",
    re.IGNORECASE,
)
"""A line that ends with an address or a number of a telephone, after a title at most."""
_SIGNED_LINES: Final = 8
"""How many lines a signature has at most."""
_NUMBERED: Final = re.compile(r"\s*(?:#+\s*)?\d{1,2}[.)]\s+(.+)")
_QUESTION_LINES: Final = 5


def without_heads(lines: Sequence[TextLine]) -> list[TextLine]:
    """Return the lines that stand above a sheet without the heads of the mails it came in."""
    heads = {*_headers(lines), *_quoting(lines)}
    return [one for place, one in enumerate(lines) if place not in heads]


def _headers(lines: Sequence[TextLine]) -> Iterator[int]:
    """Yield the places of the lines of heads such as "From: … Sent: … To: …"."""
    run: dict[int, str] = {}
    for place in range(len(lines) + 1):
        found = _HEADER.match(lines[place].text) if place < len(lines) else None
        if found:
            run[place] = found[1].casefold()
            continue
        if len(run) >= _HEADERS and _FROM & set(run.values()):
            yield from run
        run = {}


def _quoting(lines: Sequence[TextLine]) -> Iterator[int]:
    """Yield the places of the lines that only say that a mail follows."""
    for place, line in enumerate(lines):
        if _FORWARDED.fullmatch(line.text):
            yield place
        elif len(line.text) < _LONG_LINE and _WROTE.match(line.text):
            after = next((one for one in lines[place + 1 :] if one.text.strip()), None)
            if after is not None and after.quoted > line.quoted:
                yield place


def signature_at(lines: Sequence[TextLine], name: str) -> int:
    """Return the place at which the signature at the end of lines begins; their number if none.

    It is one if nothing else follows the greeting than the name of who wrote the form, and lines
    with an address or a number.
    """
    filled = [place for place, one in enumerate(lines) if one.text.strip()]
    for first in filled[-_SIGNED_LINES:]:
        texts = [lines[place].text.strip() for place in filled if place >= first]
        if _is_signature(texts, name_key(name).split()):
            return first
    return len(lines)


def _is_signature(texts: list[str], names: Sequence[str]) -> bool:
    own = texts[:-1] if _DEVICE.fullmatch(texts[-1]) else texts
    if not own:
        return True
    if own[0] == "--":
        own = own[1:]
    greeted = bool(own) and bool(_GREETING.fullmatch(own[0]))
    rest = own[1:] if greeted else own
    if not rest:
        return greeted and len(texts) > 1
    first = name_key(rest[0]).split()
    is_named = bool(first) and (first == list(names) or first == list(names[:1]))
    begun = greeted or len(own) < len(texts)
    if any(len(one) >= _LONG_LINE for one in rest):
        return False
    return begun and is_named and all(_CONTACT.fullmatch(one) for one in rest[1:])


def unknown_questions(lines: Sequence[TextLine], labels: Iterable[str]) -> dict[str, str]:
    """Return each numbered question of a sheet -> `UNKNOWN` and the question.

    It is one if the label of the room to answer follows. So the answer to a question that is not
    asked any more is not taken for a part of the one before it.
    """
    wanted = set(labels)
    found = {}
    for place, line in enumerate(lines):
        if key_of(line.text.partition(":")[0]) not in wanted:
            continue
        for first in range(place - 1, max(place - 1 - _QUESTION_LINES, -1), -1):
            if numbered := _NUMBERED.match(lines[first].text):
                more = (one.text.strip() for one in lines[first + 1 : place])
                question = " ".join(filter(None, (numbered[1].strip(), *more)))
                found[question] = UNKNOWN + question
                break
    return found
