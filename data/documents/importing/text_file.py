"""Text and Markdown files: their lines without what a mail program put before them, and tables."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Final

from data.documents.importing.content import Grid, GridRow, ReadFile, TextLine
from data.documents.importing.csv_file import text_of
from data.documents.importing.text_tables import aligned_grid, grid_of_duties, grid_of_rows
from data.i18n import N_, in_every_language
from data.text import clean

_QUOTED: Final = re.compile(r"^ ?(?:>+ ?)+")
"""What a mail program puts before lines that it quotes. Lines of a value are set in farther."""
_RULE: Final = re.compile(r"\|? ?:?-{2,}:? ?(?:\| ?:?-{2,}:? ?)*\|?")
"""The line below the headings of a table in Markdown."""
_BREAK: Final = re.compile(r"(?<!\\)((?:\\\\)*)<br\s*/?>", re.IGNORECASE)
"""A line break in a cell, and escaped backslashes before it: `\\<br>` is no break but text."""
_ESCAPED: Final = re.compile(r"\\([!-/:-@\[-`{-~]|(?<=^\\)\d|(?<=\s\\)\d(?=\d*[.)]))")
_BOLD: Final = re.compile(r"(?<!\\)(\*\*|__)(.+?)(?<!\\)\1")
_ITALIC: Final = re.compile(r"^\s*\*([^*]+)(?<!\\)\*\s*$")
"""A line that is set off as a whole, as Markdown has what is said beside the matter."""
_HEADING: Final = re.compile(r"\s{0,3}#{1,6}\s+")
_BAR: Final = re.compile(r"(?<!\\)\|")
_TITLES: Final = (
    N_("Learning and competence plan"),
    N_("Who does what"),
    N_("Expectations"),
    N_("Preparation for a talk"),
    N_("Preparation: {talk}"),
)
"""What the titles of forms begin with; Markdown writes "#" before them."""
_MARK: Final = re.compile(r"(?:\[|<!-- )([1-9]\d{18})(?:\]| -->)")
"""The last one is the mark: what somebody wrote stands above it."""


def read(name: str, data: bytes, *, markdown: bool = False) -> ReadFile:
    """Read a text file; with `markdown`, what Markdown writes around the text is taken off.

    So it is of a form in Markdown that somebody pasted into a mail, or saved as text.
    """
    text = clean(text_of(data), lines=True)
    markdown = markdown or bool(_markdown_title().search(text))
    read_lines = text.split("\n")
    quoted = [_QUOTED.sub("", line, count=1) for line in read_lines]
    lines = [
        replace(_plain(number, line, markdown=markdown), quoted=_depth(read_lines[number - 1]))
        for number, line in enumerate(quoted, 1)
    ]
    marks = _MARK.findall(text)
    tables, in_tables = _grids(quoted, markdown=markdown)
    for found, places in (grid_of_rows(quoted), grid_of_duties(quoted), aligned_grid(quoted)):
        if found is not None and not places & in_tables:
            tables.append(found)
            in_tables |= places
    lines = [
        replace(one, in_table=True) if place in in_tables else one
        for place, one in enumerate(lines)
    ]
    return ReadFile(name, tuple(lines), tuple(tables), marks[-1] if marks else "", by_line=True)


@cache
def _markdown_title() -> re.Pattern[str]:
    """Return the form of a line with the title of a form in Markdown, if it is quoted or not."""
    begins = (one.partition("{")[0] for title in _TITLES for one in in_every_language(title))
    titles = "|".join(re.escape(one.strip()) for one in begins)
    return re.compile(rf"^[> ]{{0,9}}#[ ]+(?:{titles})(?:$|\W)", re.MULTILINE | re.IGNORECASE)


def _depth(line: str) -> int:
    found = _QUOTED.match(line)
    return found[0].count(">") if found else 0


def _plain(number: int, line: str, *, markdown: bool) -> TextLine:
    heading = _HEADING.match(line) if markdown or line.startswith("#") else None
    if heading and markdown:
        line = line[heading.end() :]
    if markdown:
        line = _BREAK.sub(r"\1 ", line.rstrip().removesuffix("\\"))
        line = unescaped(_ITALIC.sub(r"\1", _BOLD.sub(r"\2", line)))
    return TextLine(number, line.rstrip(), bool(heading))


def unescaped(text: str) -> str:
    r"""Return a text of Markdown as it was before its signs were escaped: `\*` is `*`."""
    return _ESCAPED.sub(r"\1", text)


def _grids(lines: Sequence[str], *, markdown: bool) -> tuple[list[Grid], set[int]]:
    """Return the tables of Markdown in lines, and the places of the lines that they are of.

    In other text, a line that is set in is one of a value.
    """
    found: list[Grid] = []
    taken: set[int] = set()
    place = 0
    while place < len(lines) - 1:
        begins = "|" in lines[place] and (markdown or not lines[place + 1].startswith("  "))
        if begins and _is_rule(lines[place + 1]):
            end = place + 2
            while end < len(lines) and "|" in lines[end]:
                end += 1
            rows = (GridRow(n + 1, _cells(lines[n])) for n in range(place + 2, end))
            found.append(Grid(_cells(lines[place]), tuple(rows)))
            taken |= {*range(place, end)}
            place = end
        else:
            place += 1
    return found, taken


def _is_rule(line: str) -> bool:
    # Blanks are made single ones first: a line of a million of them is to take no time.
    return "|" in line and bool(_RULE.fullmatch(" ".join(line.split())))


def _cells(line: str) -> tuple[str, ...]:
    inner = line.strip().removeprefix("|")
    parts = _BAR.split(inner)
    if parts and not parts[-1].strip():
        parts.pop()
    return tuple(unescaped(_BREAK.sub(r"\1\n", part)).strip() for part in parts)
