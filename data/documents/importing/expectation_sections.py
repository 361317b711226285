"""The page of expectations that comes back as text: what stands below each of its headings.

A text on it may have lines of its own that look like a heading or like a line to sign.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Final

from data.documents.importing.content import ReadFile, TextLine
from data.documents.importing.given_values import AGREEMENT_FIELDS
from data.documents.importing.recognise import expectation_headings
from data.documents.importing.sections import Section, sections_of
from data.i18n import in_every_language

_SEVERAL: Final = 2
"""From how many headings on a file shows what a heading looks like in it."""
_APART: Final = 3
"""How many lines further down the next line to sign may be."""
_RULE: Final = re.compile(r"\s*_{8,}\s*")
_ROLE: Final = re.compile(r"\((?:mentee|mentor)\)", re.IGNORECASE)


def sections_of_page(file: ReadFile) -> tuple[list[Section], list[TextLine]]:
    """Return the sections of the page, of which the first has no heading, and the rest.

    The rest are the lines to sign, and what stands below them.
    """
    found = sections_of(file.lines, expectation_headings())
    places = {id(one): at for at, one in enumerate(file.lines)}
    starts = [places[id(one.heading)] for one in found[1:] if one.heading is not None]
    real = _real([one.key for one in found[1:]], starts, file.lines)
    made = [Section(found[0].key, None, list(found[0].lines))]
    for place, (section, start) in enumerate(zip(found[1:], starts, strict=True)):
        if place in real:
            made.append(Section(section.key, section.heading, list(section.lines)))
        else:
            end = starts[place + 1] if place + 1 < len(starts) else len(file.lines)
            made[-1].lines += file.lines[start:end]
    rest = _cut_at_signatures(made[-1].lines)
    return made, rest


def _real(keys: Sequence[str], starts: Sequence[int], lines: Sequence[TextLine]) -> set[int]:
    """Return which of the lines that read like a heading are one."""
    places = [place for place in range(len(keys)) if not lines[starts[place]].inner]
    # What is written into a field is set in, so that no line of it is taken for a heading.
    flush = [place for place in places if not lines[starts[place]].text[:1].isspace()]
    places = flush or places
    styled = [place for place in places if lines[starts[place]].heading]
    apart = [place for place in places if not starts[place] or _is_blank(lines[starts[place] - 1])]
    if styled:
        places = styled
    elif len(apart) >= _SEVERAL and len(apart) * 2 > len(places):
        places = apart
    again = {
        place
        for place in places
        if place
        and keys[place] == keys[place - 1]
        and all(map(_is_blank, lines[starts[place - 1] + 1 : starts[place]]))
    }  # labels of rooms, just below the heading that says the same
    once = [place for place in places if place not in again]
    real = set(once)
    if len({keys[place] for place in once}) < len(once):
        real = _in_order([(AGREEMENT_FIELDS.index(keys[place]), place) for place in once])
    return real | {place for place in again if place - 1 in real}


def _in_order(headings: Sequence[tuple[int, int]]) -> set[int]:
    """Return the places of as many headings as stand in the order of the page."""
    best: list[list[tuple[int, int]]] = []
    for one in headings:
        before = [run for run in best if run[-1][0] < one[0]]
        best.append([*max(before, key=len, default=[]), one])
    longest = max(map(len, best), default=0)
    run = next(run for run in reversed(best) if len(run) == longest)
    return {place for _order, place in run}


def _is_blank(one: TextLine) -> bool:
    return not one.text.strip()


@cache
def _signer() -> re.Pattern[str]:
    """Return what stands below a line to sign: "Maja (mentee), date", in every language."""
    dates = "|".join(
        re.escape(one.removeprefix("{name}")) for one in in_every_language("{name}, date")
    )
    roles = rf"{_ROLE.pattern}|(?:^|\t)\s*(?:mentee|mentor)"
    return re.compile(rf"(?:{roles})(?:{dates})(?!\w)", re.IGNORECASE)


def _cut_at_signatures(lines: list[TextLine]) -> list[TextLine]:
    """Take the lines to sign, which stand below the last field, from the others."""
    signed = [
        at
        for at, one in enumerate(lines)
        if _signer().search(one.text)
        or (at and _ROLE.search(one.text) and _RULE.fullmatch(lines[at - 1].text))
    ]
    if not signed:
        return []
    first = signed[-1]
    beside = len(_signer().findall(lines[first].text)) > 1
    if len(signed) > 1 and not beside and first - signed[-2] <= _APART:
        first = signed[-2]
    if first and _RULE.fullmatch(lines[first - 1].text):
        first -= 1
    elif first > 1 and not _is_blank(lines[first - 1]) and _is_blank(lines[first - 2]):
        first -= 1  # somebody has signed on the line
    rest = lines[first:]
    del lines[first:]
    return rest
