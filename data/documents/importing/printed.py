"""What a preparation sheet says by itself: only that is left out when the sheet comes back.

Text files break lines where they are too long, and mail programs break them again. So what stands
in several lines is compared as if it stood in one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from data.documents.importing.content import TextLine
from data.documents.kinds.prep import INTRODUCTIONS
from data.i18n import N_, in_every_language
from data.method.talk.outcomes import action_text
from data.method.view import MenteeView
from data.text import name_key

_SAID: Final = (
    N_("Confidential"),
    N_("Confidential: contains private notes"),
    N_("What we agreed, and is still to be done"),
    N_("Preparation for a talk"),
    *INTRODUCTIONS,
)
_TALK: Final = N_("Talk {number} with {name}")
_TITLE: Final = N_("Preparation: {talk}")
_WHEN: Final = N_("When")
_WHERE: Final = N_("Where")
_TASKS: Final = N_("Tasks")
_DAY: Final = r"\w{2,4}\.? \d[\d./-]*\d(?:, \d\d?[:.]\d\d)?"
"""How the sheet names the day and the time of a talk, which may have been moved meanwhile."""
_EMPTY: Final = re.compile(r"[\s_.…·*|-]*")
_START: Final = 4
_LINES: Final = 8
"""How many lines something may be broken over."""


class Printed:
    """Knows the lines that a sheet for a mentee has without anybody writing on it."""

    def __init__(self, view: MenteeView) -> None:
        """Take what the sheet says from the mentee's talks, tasks and actions."""
        said = [text for one in _SAID for text in in_every_language(one)]
        said += [action_text(view, one) for one in view.actions]
        self._said = {_plain(one) for one in said}
        self._name = name_key(view.mentee.name)
        places = "|".join(re.escape(_plain(one.place)) for one in view.talks if one.place)
        titles = sorted({_plain(one.title) for one in view.tasks}, key=len, reverse=True)
        task = "|".join(re.escape(one) for one in titles if one)
        self._facts = [
            *_fact(_WHEN, _DAY),
            *(_fact(_WHERE, places) if places else ()),
            *(_fact(_TASKS, f"(?:{task})(?:, (?:{task}))*") if task else ()),
        ]

        # Most lines are told by how they begin.
        labels = [
            _plain(one) for word in (_WHEN, _WHERE, _TASKS) for one in in_every_language(word)
        ]
        labels += [_plain(one).partition("{")[0] for one in in_every_language(_TITLE)]
        self._starts = tuple({one[:_START] for one in (*self._said, *labels) if one})

    def at(self, lines: Sequence[TextLine], place: int) -> int:
        """Return how many lines from a place on are printed as a whole; 0 if none is."""
        if not _plain(lines[place].text).startswith(self._starts):
            return 0
        fits = [number for number, text in joined_lines(lines, place) if self._is_printed(text)]
        return max(fits, default=0)

    def is_title(self, lines: Sequence[TextLine], place: int) -> bool:
        """Return whether the title of a sheet for a talk of this mentee begins at a line."""
        return any(
            (title := title_of(text)) is not None and name_key(title[1]) == self._name
            for _number, text in joined_lines(lines, place)
        )

    def _is_printed(self, text: str) -> bool:
        title = title_of(text)
        if title is not None:
            return name_key(title[1]) == self._name
        plain = _plain(text)
        return plain in self._said or any(one.fullmatch(plain) for one in self._facts)


def title_of(text: str) -> tuple[int, str] | None:
    """Return the number of the talk and the name in a title of a sheet; None if it is none."""
    words = " ".join(text.split())
    for pattern in _TITLES:
        if found := pattern.fullmatch(words):
            return int(found["number"]), found["name"]
    return None


def unprinted(lines: Sequence[TextLine], printed: Printed) -> list[str]:
    """Return the paragraphs that somebody wrote, without what the sheet says by itself."""
    found: list[list[str]] = [[]]
    place = 0
    while place < len(lines):
        text = lines[place].text.strip()
        if number := printed.at(lines, place):
            place += number
            continue
        if text and not _EMPTY.fullmatch(text):
            found[-1].append(text)
        elif found[-1]:
            found.append([])
        place += 1
    return ["\n".join(paragraph) for paragraph in found if paragraph]


def joined_lines(lines: Sequence[TextLine], place: int) -> Iterator[tuple[int, str]]:
    """Yield one line, then two joined, and so on, up to the next empty line."""
    text = ""
    for number, line in enumerate(lines[place : place + _LINES], 1):
        if not line.text.strip():
            return
        text = f"{text} {line.text.strip()}".strip()
        yield number, text


def _plain(text: str) -> str:
    """Return a text as it is compared: in one line, without the sign of an item before it."""
    return re.sub(r"^[-*•]\s+", "", " ".join(text.split())).casefold()


def _fact(label: str, value: str) -> Iterator[re.Pattern[str]]:
    for said in in_every_language(label):
        yield re.compile(rf"{re.escape(_plain(said))}: (?:{value})")


def _title_patterns() -> Iterator[re.Pattern[str]]:
    for title, talk in zip(in_every_language(_TITLE), in_every_language(_TALK), strict=True):
        text = re.escape(title).replace(r"\{talk\}", re.escape(talk))
        text = text.replace(r"\{number\}", r"(?P<number>\d{1,6})")
        text = text.replace(r"\{name\}", "(?P<name>.+)")
        yield re.compile(text, re.IGNORECASE)


_TITLES: Final = tuple(_title_patterns())
