"""The page to the newcomer as it comes back: who has each role, and what is said about them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from data.documents.importing.content import ReadFile, TextLine
from data.documents.importing.recognise import is_duties
from data.documents.importing.words import MATRIX, column_keys, key_of, value_of_word
from data.documents.model.lines import WIDTH, is_full
from data.i18n import in_every_language
from data.method.view import MenteeView
from data.records import Part, Role
from data.text import name_key

_LABELS: Final = (
    ("contact", "Contact"),
    ("relation", "Relation"),
    ("until", "Until"),
    ("ask_about", "Ask about"),
    ("knows", "Knows about"),
)
_BULLET: Final = re.compile(r"^\s*[-*•·–]\s+")


class OnPage(NamedTuple):
    """What the page says about a role."""

    role: Role
    person: str
    about: Mapping[str, str]
    """Key of what is said -> the text."""


def people_on_page(
    file: ReadFile, view: MenteeView, named: Mapping[str, Role]
) -> tuple[list[OnPage], list[TextLine]]:
    """Return what the page says, and the lines that say nothing of a role.

    It has a heading for each role, and facts below it.

    Args:
        file: The file, in which the role matrix may stand below the page.
        view: The mentee, with the duties: their words name nobody, whatever they begin with.
        named: The names of the mentee's roles, as `key_of` makes them.
    """
    above, below = _parted(file)
    page = _Page(file, above, view, named)
    for one in above:
        page.read(one)
    page.close()
    return page.found, [*page.left, *below]


def _parted(file: ReadFile) -> tuple[list[TextLine], list[TextLine]]:
    """Return the lines above the role matrix, and those from there on, that are in no table."""
    end = {key_of(said) for said in in_every_language(MATRIX)}
    lines = [one for one in file.lines if not one.in_table]
    found = [at for at, one in enumerate(lines) if key_of(one.text) in end]
    found = [at for at in found if not lines[at].text[:1].isspace()] or found
    styled = [at for at in found if lines[at].heading]
    place = next(iter(styled or found), len(lines))
    return lines[:place], lines[place:]


class _Page:
    """Reads the page line by line."""

    def __init__(
        self,
        file: ReadFile,
        lines: Sequence[TextLine],
        view: MenteeView,
        named: Mapping[str, Role],
    ) -> None:
        self.named = named
        self.found: list[OnPage] = []
        self.left: list[TextLine] = []
        """The lines that say nothing of a role."""
        self.wrapped = file.name.casefold().endswith(".txt")
        self.labels = {
            key_of(said): key for key, word in _LABELS for said in in_every_language(word)
        }
        self.names = {name_key(one.name) for one in view.people.values()}
        self.duties = tuple(
            name_key(one) for one in (*_duties_in(file), *_duties_here(view)) if one
        )
        plain = (one for one in lines if not _BULLET.match(one.text))
        self.in_list = not any(self._named(one) for one in plain)
        """Whether the roles are named in a list: else what is listed are duties."""
        self._role: Role | None = None
        self._person = ""
        self._about: dict[str, str] = {}
        self._last, self._indent = "", 0
        self._duty = ""
        """The duty that is listed above, as far as it has been read."""
        self._name_line = ""
        """The line above, if it names a role and a person."""
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
        key = self.labels.get(key_of(label)) if colon else None
        if self._name_goes_on(text) and not key:
            self._person, self._name_line = f"{self._person} {text}".strip(), one.text
            return
        self._name_line = ""
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
        if self._goes_on_with_duty(text, listed=listed):
            self._last = ""
            return
        role = self._named(one) if not listed or self.in_list else None
        if role is not None:
            self.close()
            self._role, self._person, self._name_line = role, rest.strip(), one.text
        elif self._role is not None and key:
            self._last, self._indent = key, indent
            self._about[key] = rest.strip()
        else:
            self._last = ""
            self.left.append(one)
            if one.heading or (self.wrapped and text and after_blank and not indent and not listed):
                self.close()

    def _name_goes_on(self, text: str) -> bool:
        """Whether a line goes on with the name above it, which was too long for one."""
        is_whole = name_key(self._person) in self.names
        full = bool(self._name_line) and is_full(self._name_line, text, WIDTH)
        return self.wrapped and full and not is_whole

    def _goes_on_with_duty(self, text: str, *, listed: bool) -> bool:
        """Whether a line is one of the duties listed below a role, or goes on with it."""
        words = text if listed else f"{self._duty} {text}".strip()
        may_be = listed or bool(self._duty) or not self.wrapped
        is_duty = bool(text) and may_be and self._is_duty(words)
        self._duty = words if is_duty else ""
        return is_duty

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
