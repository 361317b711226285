"""Documents that the program writes and that do not come back: status, summary, overview."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from data.documents.importing.content import ReadFile
from data.documents.importing.recognise import Form, first_lines
from data.documents.importing.words import key_of
from data.documents.kinds import kinds
from data.documents.model.source import About
from data.i18n import N_, _, in_every_language

_NAMED_OTHERWISE: Final = {
    "summary": N_("Talk {number} with {name}"),
    "can-now": N_("What {name} can do now"),
    "data": N_("About your data"),
}
"""Key of a kind -> msgid of its title, where that is not the kind's word and a mentee's name."""
_DAY: Final = r"-(?:.+-)?\d{4}-\d\d-\d\d\b"


def only_to_read(file: ReadFile) -> str:
    """Return what a file is called that the program wrote to be read only; "" for any other.

    It is known by its title; a CSV file, which has none, by its own name or by its headings.
    """
    if not file.lines:
        return name_to_read(file.name) or _with_headings(file)
    above = ""
    for line in first_lines(file):
        # The title of a sheet to prepare a talk may be broken before the talk.
        if not above.rstrip().endswith(":") and (name := _titled(line)):
            return name
        above = line
    return ""


def name_to_read(name: str) -> str:
    """Return what a document to be read only is called, by the name of its file; else ""."""
    for kind, pattern in _file_names():
        if pattern.match(name.casefold()):
            return _(kind)
    return ""


def _with_headings(file: ReadFile) -> str:
    # A spreadsheet has as many cells in each row as in the longest.
    there = {tuple(key_of(one) for one in grid.headings if one) for grid in file.grids}
    return next((_(kind) for kind, headings in _headings() if headings in there), "")


@cache
def _headings() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return msgids of names of kinds, and the headings of their tables in each language."""
    return tuple(
        (kind.word, tuple(key_of(in_every_language(one)[place]) for one in kind.headings))
        for kind in kinds()
        if kind.headings
        for place in range(len(in_every_language(kind.word)))
    )


def _titled(line: str) -> str:
    plain = " ".join(line.split())
    return next((_(kind) for kind, pattern in _titles() if pattern.fullmatch(plain)), "")


@cache
def _titles() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return msgids of names of kinds, and what their titles look like in each language."""
    found = []
    for kind in kinds():
        if kind.key in list(Form) and kind.key != Form.MENTEES:
            continue
        title = _NAMED_OTHERWISE.get(kind.key, "")
        has_name = not title and kind.about is About.MENTEE
        for said in in_every_language(title or kind.word):
            text = re.escape(said).replace(r"\{number\}", r"\d+").replace(r"\{name\}", ".+")
            found.append((kind.word, re.compile(text + (": .+" if has_name else ""))))
    return tuple(found)


@cache
def _file_names() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return msgids of names of kinds, and what their files are called in each language."""
    return tuple(
        (kind.word, re.compile(re.escape(word) + _DAY))
        for kind in kinds()
        if kind.key not in list(Form)
        for word in in_every_language(kind.file_word)
    )
