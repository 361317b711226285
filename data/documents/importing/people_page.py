"""The page to the newcomer as it comes back: who has each role, and what is said about them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from data.documents.importing.content import ReadFile, TextLine
from data.documents.importing.recognise import is_duties
from data.documents.importing.words import column_keys, key_of, value_of_word
from data.documents.model.lines import WIDTH
from data.i18n import in_every_language
from data.method.view import MenteeView
from data.records import Part, Role
from data.text import name_key

_LABELS: Final = (
    ("contact", "Contact"),
    ("relation", "Relation"),
    ("ask_about", "Ask about"),
    ("knows", "Knows about"),
)
_MATRIX: Final = "The role matrix"
_BULLET: Final = re.compile(r"^\s*[-*•·–]\s+")


class OnPage(NamedTuple):
    """What the page says about a role."""

    role: Role
    person: str
    about: Mapping[str, str]
    """Key of what is said -> the text."""


def people_on_page(file: ReadFile, view: MenteeView, named: Mapping[str, Role]) -> Iterator[OnPage]:
    """Yield what the page says: a heading for each role, and facts below it.

    Args:
        file: The file, in which the role matrix may stand below the page.
        view: The mentee, with the duties: their words name nobody, whatever they begin with.
        named: The names of the mentee's roles, as `key_of` makes them.
    """
    page = _Page(file, view, named)
    for one in _lines_of_page(file):
        page.read(one)
    page.close()
    yield from page.found


def _lines_of_page(file: ReadFile) -> Iterator[TextLine]:
    """Yield the lines above the role matrix that are in no table."""
    end = {key_of(said) for said in in_every_language(_MATRIX)}
    for one in file.lines:
        if key_of(one.text) in end:
            return
        if not one.in_table:
            yield one


class _Page:
    """Reads the page line by line."""

    def __init__(self, file: ReadFile, view: MenteeView, named: Mapping[str, Role]) -> None:
        self.named = named
        self.found: list[OnPage] = []
        self.wrapped = file.name.casefold().endswith(".txt")
        self.labels = {
            key_of(said): key for key, word in _LABELS for said in in_every_language(word)
        }
        self.duties = tuple(
            name_key(one) for one in (*_duties_in(file), *_duties_here(view)) if one
        )
        plain = (one for one in _lines_of_page(file) if not _BULLET.match(one.text))
        self.in_list = not any(self._named(one) for one in plain)
        """Whether the roles are named in a list: else what is listed are duties."""
        self._role: Role | None = None
        self._person = ""
        self._about: dict[str, str] = {}
        self._last, self._indent = "", 0
        self._after_blank = self._is_full = False

    def close(self) -> None:
        """End what is said about the role above."""
        if self._role is not None:
            self.found.append(OnPage(self._role, self._person, self._about))
        self._role, self._person, self._about, self._last = None, "", {}, ""

    def read(self, one: TextLine) -> None:
        """Read the next line."""
        text = _plain(one)
        label, colon, rest = text.partition(":")
        indent = len(one.text) - len(one.text.lstrip())
        listed = _BULLET.match(one.text) is not None
        goes_on = not listed or (self._is_full and not self._is_duty(text))
        if self._last and self.wrapped and text and indent > self._indent and goes_on:
            # The line goes on with the fact above it, which was too long for one.
            self._about[self._last] = f"{self._about[self._last]} {one.text.strip()}"
            self._is_full = len(one.text.rstrip()) + 2 > WIDTH
            return
        self._is_full = len(one.text.rstrip()) + 2 > WIDTH
        after_blank, self._after_blank = self._after_blank, not text
        role = self._named(one) if not listed or self.in_list else None
        if role is not None:
            self.close()
            self._role, self._person = role, rest.strip()
        elif self._role is not None and colon and (key := self.labels.get(key_of(label))):
            self._last, self._indent = key, indent
            self._about[key] = rest.strip()
        elif one.heading or (self.wrapped and text and after_blank and not indent and not listed):
            self.close()
        else:
            self._last = ""

    def _named(self, one: TextLine) -> Role | None:
        """Return the role that a line names: with a person, or as a heading of its own."""
        text = _plain(one)
        label, colon, rest = text.partition(":")
        if not text or value_of_word(Part, rest) is not None or self._is_duty(text):
            return None
        return self.named.get(key_of(label if colon else text))

    def _is_duty(self, text: str) -> bool:
        """Whether a line is a duty, or the beginning of one that was too long for a line."""
        key = name_key(text)
        return any(
            one == key or (self.wrapped and one.startswith(f"{key} ")) for one in self.duties
        )


def _plain(one: TextLine) -> str:
    return _BULLET.sub("", one.text, count=1).strip().lstrip("# ")


def _duties_in(file: ReadFile) -> Iterator[str]:
    for grid in filter(is_duties, file.grids):
        at = column_keys("duties", grid.headings).index("text")
        yield from (row.cell(at) for row in grid.rows)


def _duties_here(view: MenteeView) -> Iterator[str]:
    return (duty.text for duty in view.duties)
