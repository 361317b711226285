"""What a mail program and a printed sheet put around the words of a form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from data.documents.importing.read import TextLine
from data.documents.importing.sections import sections_of
from data.documents.importing.words import key_of
from data.i18n import N_, in_every_language

UNKNOWN: Final = "?"
"""The key of a question that the talk does not ask begins with this; the question follows."""
_HEADER: Final = re.compile(
    r"\s*\**(?:fra|from|til|to|sendt|sent|dato|date|emne|subject|cc|svar til|reply-to)\s*:\**\s",
    re.IGNORECASE,
)
_WROTE: Final = re.compile(r".*(?:skrev|wrote)\b[^.?!]*:\s*$", re.IGNORECASE)
_FORWARDED: Final = re.compile(
    r"\s*-{3,}.*(?:message|meddelelse|besked|videresendt|forwarded).*", re.IGNORECASE
)
_SIGNATURE: Final = re.compile(
    r"\s*(?:--|(?:med |de )?(?:venlige?|bedste|kærlige?) hilsen(?:er)?|mvh|vh|(?:mange )?hilsner"
    r"|(?:kind|best|warm) regards|regards|sincerely|sendt fra min .*|sent from my .*)\s*[.,]?\s*$",
    re.IGNORECASE,
)
_SIGNED_LINES: Final = 8
"""How many lines a signature has at most."""
_HEADERS: Final = 2
"""How many lines in a row must look like the head of a mail."""
_NUMBERED: Final = re.compile(r"\s*(?:#+\s*)?\d{1,2}[.)]\s+(.+)")
_QUESTION_LINES: Final = 5
_FACTS: Final = (N_("When"), N_("Where"), N_("Tasks"))


def without_mail(
    lines: Sequence[TextLine], headings: Mapping[str, str]
) -> tuple[list[TextLine], tuple[TextLine, ...]]:
    """Return the lines without the heads of mails, and the signatures, which are left out too.

    `headings` are those of the form: a signature ends where one begins.
    """
    dropped = set(_heads(lines))
    begins = {
        section.heading.number
        for section in sections_of(lines, headings)
        if section.heading is not None
    }
    signed: set[int] = set()
    for place, line in enumerate(lines):
        if place in dropped or place in signed or not _SIGNATURE.match(line.text):
            continue
        left = _SIGNED_LINES
        for other in range(place, len(lines)):
            filled = bool(lines[other].text.strip())
            if other in dropped or lines[other].number in begins or (filled and not left):
                break
            left -= filled
            signed.add(other)
    kept = [one for place, one in enumerate(lines) if place not in dropped | signed]
    said = [lines[place] for place in sorted(signed) if lines[place].text.strip()]
    return kept, tuple(said)


def _heads(lines: Sequence[TextLine]) -> Iterator[int]:
    """Yield the places of lines that mail programs write."""
    run: list[int] = []
    for place, line in enumerate(lines):
        if _HEADER.match(line.text):
            run.append(place)
            continue
        if len(run) >= _HEADERS:
            yield from run
        run = []
        if _WROTE.match(line.text) or _FORWARDED.match(line.text):
            yield place
    if len(run) >= _HEADERS:
        yield from run


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


def unprinted(lines: Sequence[TextLine], printed: Sequence[str]) -> list[str]:
    """Return the paragraphs that somebody wrote, without what the sheet says by itself."""
    labels = {key_of(text) for one in _FACTS for text in in_every_language(one)}
    known = sorted((" ".join(one.split()) for one in printed), key=len, reverse=True)
    found = []
    for paragraph in _paragraphs(lines):
        own = [one for one in paragraph if key_of(one.lstrip("- ").partition(":")[0]) not in labels]
        whole = " ".join(" ".join(own).split())
        rest = whole
        for text in known:
            rest = rest.replace(text, " ")
        if re.search(r"\w", rest):
            found.append("\n".join(own) if rest == whole else " ".join(rest.split()).strip("-*• "))
    return found


def _paragraphs(lines: Sequence[TextLine]) -> Iterator[list[str]]:
    paragraph: list[str] = []
    for line in lines:
        if line.text.strip():
            paragraph.append(line.text.strip())
        elif paragraph:
            yield paragraph
            paragraph = []
    if paragraph:
        yield paragraph
