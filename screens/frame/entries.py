"""How typed texts, dates, durations and names are understood, for grids and forms alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from data.clock import today
from data.date_parts import Lean
from data.dates import DateProblem, echo_date, show_date
from data.durations import duration_forms, parse_duration, show_duration
from data.i18n import _
from data.method.words import word
from data.queries.persons import find_person, offered_names, people, several_have
from data.records import Person
from data.store.change import Change
from data.store.store import Store
from data.text import line, match_names
from data.typed_dates import date_forms, parse_date, parse_day_time
from widgets.checked_input import Check, Suggest
from widgets.grid import Choice, lettered


def choices(kind: type[StrEnum], *, none: str = "") -> tuple[Choice, ...]:
    """Return the values of an enum as choices; before them, named by `none`, that of no value."""
    first = (Choice("", none, "-"),) if none else ()
    return first + lettered(*((value, word(value)) for value in kind))


@dataclass(frozen=True, slots=True)
class DateCheck:
    """The check of a field with a date. It knows which day a text means that is typed today."""

    read: Callable[[str], date | None]

    def __call__(self, text: str) -> str:
        """Return in words how the text is understood; raises `data.dates.DateProblem`."""
        day = self.read(text)
        return echo_date(day, today()) if day else _("no date; {forms}").format(forms=date_forms())


@dataclass(frozen=True, slots=True)
class Dates:
    """How dates are typed, in every form and grid; make it with `dates_from`.

    What reads and checks raises `data.dates.DateProblem` for what is no date.
    """

    start: Callable[[], date | None]
    """Returns the first day at work, which "day 10" counts from; None where there is none."""
    lean: Lean = Lean.PLAN
    """Which day is meant where a text fits several."""

    timed: bool = False
    """Whether a time of day may follow the day: "Tue 1/12 at 10"."""

    @property
    def with_time(self) -> Dates:
        """The same where a time of day may follow; `time` reads it."""
        return replace(self, timed=True)

    @property
    def done(self) -> Dates:
        """The same for what has been done: "Friday" is the last one, "week 47" too."""
        return replace(self, lean=Lean.PAST)

    @property
    def either(self) -> Dates:
        """The same for what may lie behind or ahead: "week 47" is the nearest one."""
        return replace(self, lean=Lean.EITHER)

    @property
    def check(self) -> DateCheck:
        """The check of a field, which says in words how its text is understood."""
        return DateCheck(self.read)

    def read(self, text: str) -> date | None:
        """Return the day that is meant; None for an empty text."""
        read = _day_of_both if self.timed else parse_date
        return read(text, today(), self.start(), self.lean)

    def time(self, text: str) -> str:
        """Return the time of day that follows the day in a text; "" if none does."""
        return parse_day_time(text, today(), self.start(), self.lean)[1]


def _day_of_both(text: str, on: date, start: date | None, lean: Lean) -> date | None:
    return parse_day_time(text, on, start, lean)[0]


def dates_from(start: date | None) -> Dates:
    """Return how dates about a mentee are typed who started on that day."""
    return Dates(lambda: start)


def day_meant(check: Check | None, text: str) -> str:
    """Return the day that a text means today, written so that it means that day tomorrow too.

    Returns "" where the field is none of dates (`check` is its check), or the text no date.
    """
    if not isinstance(check, DateCheck):
        return ""
    try:
        return show_date(check.read(text))
    except DateProblem:
        return ""


def duration_check(text: str) -> str:
    """Return a duration as it is understood; raises `data.durations.DurationProblem`."""
    minutes = parse_duration(text)
    if minutes is None:
        return _("no time; {forms}").format(forms=duration_forms())
    return show_duration(minutes)


Offered = Callable[[Store], Sequence[Person]]
"""Returns those who are offered: `people`, or `to_meet`, which has networks too."""


def person_suggest(store: Store, of: Offered = people) -> Suggest:
    """Return what offers names for the beginning of one; for an empty text, all names."""

    def suggest(text: str) -> Sequence[str]:
        names = offered_names(store, of(store))
        return [names[i] for i in match_names(names, text)] if text.strip() else names

    return suggest


def person_check(store: Store, of: Offered = people, stood: str | None = None) -> Check:
    """Return a check that says whom a typed name means, or that it will be a new person.

    `stood` is what stood in the field, where a name that several have is not to be taken for one of
    them; None to say it only.
    """

    def check(text: str) -> str:
        if not text.strip():
            return _("nobody (↑ and ↓ show the names)")
        if several_have(of(store), text):
            several = _("Several are called {name}: ↓ shows who").format(name=line(text))
            if stood is not None and line(text) != line(stood):
                raise ValueError(several)
            return several
        person = find_person(store, text, of)
        if person is not None:
            return " · ".join(filter(None, (person.name, person.title, person.knows)))
        names = person_suggest(store, of)(text)
        if names:
            return _("{names} … ↓ chooses; otherwise a new person").format(
                names=", ".join(names[:4])
            )
        return _("New person: {name}").format(name=line(text))

    return check


def person_new(store: Store) -> Check:
    """Return what says that a typed name would make a new person; "" where it does not."""

    def says(text: str) -> str:
        if not text.strip() or find_person(store, text) is not None:
            return ""
        return _("Enter makes a new person of {name}; ↓ chooses one").format(name=line(text))

    return says


def said_of_new(changes: Iterable[Change]) -> str:
    """Return the sentence that says which person changes make; "" where they make none."""
    made = [one.after for one in changes if one.before is None and isinstance(one.after, Person)]
    return _("New person: {name}. u undoes it.").format(name=made[0].name) if made else ""
