"""What somebody wrote beside a form: whatever has no place in it is named in the preview."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache, cached_property
from typing import Final

from data.documents.importing.content import Aside, AsideKind, Grid, GridRow, ReadFile, TextLine
from data.documents.importing.preview import LONGEST, Entry, EntryKind, Preview
from data.documents.importing.printed import joined_lines, title_of
from data.documents.importing.words import key_of
from data.documents.model.document import CONFIDENTIAL, WITH_PRIVATE
from data.documents.model.parts import holder
from data.i18n import N_, _, in_every_language, ngettext
from data.method.view import MenteeView
from data.records import RoleKind
from data.text import name_key, shorten

_SAID: Final = (
    *(CONFIDENTIAL, WITH_PRIVATE),
    N_("Learning and competence plan"),
    N_("The tasks"),
    N_("There are no tasks in the plan yet."),
    N_(
        "Write a task in each row. Dates can be days, such as 01-09-2026, or count from the first "
        "day at work: day 10, week 2. Time is hours, days or weeks: 3h, 2d, 1w. Priority is High, "
        "Medium or Low. Send the form back when it is filled in."
    ),
    N_("The same rows, more columns"),
    *(N_("Who does what"), N_("The people"), N_("The role matrix")),
    N_(
        "These are the people who will help you get off to a good start. Ask any of them about "
        "anything; this list only shows where to begin."
    ),
    N_("One role has the main responsibility for each duty; others take part or are informed."),
    N_("Expectations"),
    N_("Nothing has been written down yet."),
    *(N_("Mentees"), N_("Preparation for a talk")),
    N_("Not agreed on yet"),
    N_("These are proposals. Change them together until they fit."),
)
"""Msgids of what the program itself writes on forms, and nobody fills in."""
_SAID_OF: Final = (
    *(N_("Learning and competence plan: {name}"), N_("Who does what: {name}")),
    *(N_("Expectations: {name}"), N_("Agreed on {date}"), N_("Agreed on before: {dates}")),
    N_("The manager confirmed time and ground rules on {date}"),
    *(N_("Review on {date}"), N_("Sparring culture gone through on {date}")),
    N_("Gone through with the newcomer on {date}"),
    *(N_("{name}, date"), N_("Changed since agreement: {tasks}.")),
    *(N_("New since agreement: {tasks}."), N_("Page {page} of {pages}")),
)
"""The same, with a name, dates or tasks in it."""
_FACTS: Final = (N_("First day at work"), N_("Mentorship until"), N_("Agreed on"))
_MORE_FACTS: Final = (N_("Updated together on"), N_("Written on"))
_DAY: Final = r"\d{1,2}-\d{1,2}-\d{4}"
_DAYS: Final = rf"{_DAY}(?:, {_DAY})*"
_RULES: Final = re.compile(r"[\s_]*")
_MARK: Final = re.compile(r"(?:\[|<!-- )\d{19}(?:\]| -->)")


class OwnWords:
    """Knows the lines of forms that the program itself has written."""

    def __init__(self, view: MenteeView, mentor: str) -> None:
        """Take the names from a mentee's records; `mentor` is who has the program."""
        mentee = view.mentee
        self._name = name_key(mentee.name)
        names = {mentee.name, mentor, holder(view, RoleKind.MENTOR)} - {""}
        name = "|".join(
            re.escape(one)
            for one in (
                *names,
                *(f"{one} ({role})" for one in names for role in ("mentee", "mentor")),
                *(said for role in ("Mentee", "Mentor") for said in in_every_language(role)),
            )
        )
        task = "|".join(re.escape(" ".join(one.title.split())) for one in view.tasks) or "(?!)"
        of = {
            "name": f"(?:{name})",
            "date": _DAY,
            "dates": _DAYS,
            "tasks": f"(?:{task})(?:, (?:{task}))*",
            "page": r"\d+",
            "pages": r"\d+",
        }
        self._said = _said() | {key_of(one.text) for one in view.duties}
        who = re.escape(", ".join(filter(None, (mentee.name, mentee.title, mentee.team))))
        agreed = "|".join(map(re.escape, in_every_language("not agreed yet")))
        since = "|".join(
            _filled(one, of)
            for one in ("Changed since agreement: {tasks}.", "New since agreement: {tasks}.")
        )
        patterns = [_filled(one, of) for one in _SAID_OF]
        patterns.append(_fact("Mentee", who))
        patterns.append(_fact("Mentor", "|".join(map(re.escape, names))))
        patterns += [_fact(one, rf"{_DAY}(?: \(.*\))?|{agreed}") for one in _FACTS]
        patterns += [_fact(one, _DAY) for one in _MORE_FACTS]
        patterns.append(_fact("Since then", rf"(?:{since} ?)+"))
        self._all = "|".join(f"(?:{one})" for one in patterns)

    @cached_property
    def _patterns(self) -> re.Pattern[str]:
        """Made when a line is looked at: with thousands of tasks it takes seconds."""
        return re.compile(self._all, re.IGNORECASE)

    def at(self, lines: Sequence[TextLine], place: int) -> int:
        """Return how many lines from a place on the program has written; 0 if somebody else has."""
        fits = [number for number, text in joined_lines(lines, place) if self.is_own(text)]
        return max(fits, default=0)

    def is_own(self, text: str) -> bool:
        """Return whether the program has written all of a text, on its lines to sign at least."""
        words = " ".join(text.split()).removeprefix("- ")
        if not words or key_of(words) in self._said or _MARK.fullmatch(words):
            return True
        title = title_of(words)
        if title is not None:
            return name_key(title[1]) == self._name
        without_rules = words.strip("_ ")
        return bool(self._patterns.fullmatch(without_rules)) or self._are_signed(text)

    def _are_signed(self, text: str) -> bool:
        """Whether names stand beside each other, below the lines to sign."""
        parts = [one for one in re.split(r"\s{2,}|_{4,}", text.strip()) if one]
        return len(parts) > 1 and all(self._patterns.fullmatch(one) for one in parts)


@cache
def _said() -> frozenset[str]:
    return frozenset(key_of(said) for one in _SAID for said in in_every_language(one))


def _filled(msgid: str, values: dict[str, str]) -> str:
    """Return what a text looks like with values in it, in all languages."""
    found = []
    for said in in_every_language(msgid):
        text = re.escape(said)
        for name, pattern in values.items():
            text = text.replace(rf"\{{{name}\}}", pattern)
        found.append(text)
    return f"(?:{'|'.join(found)})"


def _fact(label: str, value: str) -> str:
    labels = "|".join(map(re.escape, in_every_language(label)))
    return rf"(?:{labels}):\s*(?:{value})"


def left_lines(lines: Sequence[TextLine], own: OwnWords, *, by_line: bool) -> Iterator[Entry]:
    """Yield a line of the preview for each paragraph that somebody wrote beside a form."""
    place = 0
    while place < len(lines):
        if not lines[place].text.strip():
            place += 1
        elif number := own.at(lines, place):
            place += number
        else:
            yield _left_out(lines[place].text, lines[place].number if by_line else 0)
            place += 1


def _left_out(words: str, line: int = 0) -> Entry:
    text = _("“{words}” has no place in the form.").format(words=_whole(words))
    return Entry(EntryKind.UNPLACED, text, _("line {line}").format(line=line) if line else "")


def _whole(words: str) -> str:
    """Return words in one line; they are kept nowhere else, so only what is endless is cut."""
    return shorten(" ".join(words.split()), _ENDLESS)


_ENDLESS: Final = LONGEST * 20


def left_tables(grids: Iterable[Grid], is_read: Callable[[Grid], bool]) -> Iterator[Entry]:
    """Yield lines of the preview for what is in other tables, or to the right of the headings."""
    for grid in grids:
        if is_read(grid):
            for row, words in grid.beyond():
                text = _("“{words}” stands to the right of the last column.")
                said = text.format(words=_whole(words))
                yield Entry(EntryKind.UNPLACED, said, grid.row_place(row))
            continue
        first = 1 if grid.table else min((row.number for row in grid.rows), default=3) - 2
        for row in (GridRow(first, grid.headings), *grid.rows):
            if words := " · ".join(cell for cell in map(str.strip, row.cells) if cell):
                yield replace(_left_out(words), place=grid.row_place(row))


def left_asides(file: ReadFile, own: OwnWords) -> Iterator[Entry]:
    """Yield a line of the preview for each comment, note, text box, and so on."""
    for one in asides_of_others(file, own):
        text = _("“{words}” has no place in the form.").format(words=_whole(one.one_line))
        yield Entry(EntryKind.UNPLACED, text, one.place)
    if file.pictures:
        yield Entry(EntryKind.UNPLACED, pictures_left(file.pictures))


def asides_of_others(file: ReadFile, own: OwnWords) -> Iterator[Aside]:
    """Yield what stands beside the text that the program has not written, such as a footer."""
    for one in file.asides:
        parts = one.text.split(" · ") if one.kind is AsideKind.MARGIN else [one.text]
        if not all(map(own.is_own, parts)):
            yield one


def pictures_left(number: int) -> str:
    """Return that pictures are left out."""
    text = ngettext(
        "{number} picture is left out: only text is read.",
        "{number} pictures are left out: only text is read.",
        number,
    )
    return text.format(number=number)


def with_entries(preview: Preview, *more: Iterable[Entry]) -> Preview:
    """Return a preview with more lines."""
    entries = (entry for each in more for entry in each)
    return replace(preview, entries=(*preview.entries, *entries))
