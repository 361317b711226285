"""A form as text: what was written below each of its headings, whoever has mailed it meanwhile."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from data.documents.importing.content import TextLine
from data.documents.importing.words import key_of
from data.documents.model.lines import WIDTH, is_full

_NUMBERED: Final = re.compile(r"\s*(?:#+\s*)?(?:\d{1,2}[.)]\s+)?")
_HEADING_LINES: Final = 5
"""How many lines a heading may be broken over."""
_EMPTY: Final = re.compile(r"[\s_.…·\-*|]*$")
"""A line that nobody has written on."""
_BLANK: Final = re.compile(r"\s*$")


@dataclass
class Section:
    """What stands below a heading, up to the next one."""

    key: str
    """What the heading stands for; "" for what stands above the first."""
    heading: TextLine | None
    lines: list[TextLine] = field(default_factory=list)

    def text(self, labels: Iterable[str] = (), *, wrapped: bool = False, ruled: bool = True) -> str:
        """Return what was written, without the lines that nobody has written on.

        Args:
            labels: What may stand before the text, as `key_of` makes it: "your thoughts".
            wrapped: Whether its lines were broken where they did not fit, to be joined again.
            ruled: Whether lines of ink, points or dashes are there to be written on.
        """
        known = set(labels)
        empty = _EMPTY if ruled else _BLANK
        found = [line.text for line in self.lines]
        while found and empty.match(found[0]):
            del found[0]
        if found:
            label, colon, rest = found[0].partition(":")
            if key_of(label) in known and (colon or not rest):
                found[0] = rest.strip()
        while found and empty.match(found[-1]):
            found.pop()
        while found and empty.match(found[0]):
            del found[0]
        return joined(found) if wrapped else "\n".join(one.strip() for one in found)


def joined(lines: Sequence[str], indent: int | None = None, width: int = WIDTH) -> str:
    """Return lines as a text, those joined again that `wrap` broke to fit into `width`.

    `indent` is by how many blanks such lines are set in; None for as many as the first line.
    """
    found: list[str] = []
    above = ""
    if indent is None:
        indent = _indent(next(iter(lines), ""))
    for line in lines:
        text = line.strip()
        goes_on = found and found[-1] and is_full(above, text, width)
        if goes_on and _indent(line) != indent + 1:
            found[-1] = f"{found[-1]} {text}"
        else:
            found.append(text)
        above = line.rstrip()
    return "\n".join(found)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def sections_of(
    lines: Sequence[TextLine], headings: Mapping[str, str], *, others: Iterable[str] = ()
) -> list[Section]:
    """Return a text by its headings; the first section is what stands above them.

    Args:
        lines: The lines of the text.
        headings: Each heading, as it is written -> what it stands for.
        others: Headings, likewise, of parts that nobody fills in: their key is "-".
    """
    wanted = {key_of(text): key for text, key in headings.items() if text.strip()}
    for text in others:
        wanted.setdefault(key_of(text), "-")
    longest = max(map(len, wanted), default=0)
    found = [Section("", None)]
    place = 0
    while place < len(lines):
        key, length = _heading_at(lines, place, wanted, longest)
        if length:
            found.append(Section(key, lines[place]))
            place += length
        else:
            found[-1].lines.append(lines[place])
            place += 1
    return found


def _heading_at(
    lines: Sequence[TextLine], place: int, wanted: Mapping[str, str], longest: int
) -> tuple[str, int]:
    """Return what a heading that begins at a line stands for, and its lines; 0 if there is none."""
    text = _NUMBERED.sub("", lines[place].text, count=1)
    for length in range(1, _HEADING_LINES + 1):
        plain = key_of(text)
        if not plain or len(plain) > longest:
            break
        if plain in wanted:
            return wanted[plain], length
        if place + length >= len(lines):
            break
        text = f"{text} {lines[place + length].text}"
    return "", 0
