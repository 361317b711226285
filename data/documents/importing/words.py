"""Headings and words of forms, in all languages of the program, and what they stand for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from functools import cache
from typing import Final, TypeVar

from data.i18n import N_, in_every_language
from data.method.plan.fields import FIELDS
from data.method.words import msgids_of
from data.text import spelling_key

E = TypeVar("E", bound=StrEnum)

YES: Final = frozenset({"ja", "j", "yes", "y", "x", "1", "true", "sand", "v", "✓", "✔", "☒", "☑"})
NO: Final = frozenset({"nej", "n", "no", "0", "false", "falsk", "-", "☐"})
_PLAN_MORE: Final = {
    "number": (N_("No."), "number", "nummer", "#", "nr", "no"),
    "title": ("opgaver", "tasks", "opgavens navn", "titel", "title"),
    "sparring_on": ("dato for sparring", "sparring dato", "sparring date", "sparring hvornår"),
    "sparring_with": ("sparring med", "hvem"),
    "estimate_min": ("tidsforbrug", "estimat", "estimate", "tid", "time"),
    "step": ("trin", "step"),
    "goals": ("learning goal", "læringsmål for opgaven"),
}
_PEOPLE: Final = {
    "role": (N_("Role"),),
    "person": (N_("Name"), N_("Person"), N_("Who")),
    "contact": (N_("Contact"),),
    "ask_about": (N_("Ask about"),),
    "relation": (N_("Relation"),),
}
_DUTIES: Final = {
    "text": (N_("Duty"), "duties", "rolleopgaver"),
    "due": (N_("By"), N_("Due"), "frist"),
    "done_on": (N_("Done"), N_("Done on")),
}
_MENTEES: Final = {
    "name": (N_("Name"), N_("Mentee"), "medarbejder", "ansat"),
    "start": (N_("First day at work"), "start", "startdato", "start date", "ansat fra"),
    "title": (N_("Job title"), "titel"),
    "team": (N_("Team"), "afdeling", "department"),
    "newly_qualified": (N_("Newly qualified"),),
    "mentor": (N_("Mentor"),),
    "buddy": (N_("Buddy"),),
    "manager": (N_("Manager"), "nærmeste leder"),
}


MATRIX: Final = N_("The role matrix")
"""Msgid of what stands above the duties."""


def key_of(text: str) -> str:
    """Return a heading or a word as it is compared: small letters, no marks around it."""
    return spelling_key(" ".join(re.sub(r"[\s:*.…_]+", " ", text).split()))


def _headings(table: Mapping[str, Iterable[str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for key, words in table.items():
        found.setdefault(key_of(key), key)
        for word in words:
            for one in in_every_language(word):
                found.setdefault(key_of(one), key)
    return found


@cache
def _plan_headings() -> Mapping[str, str]:
    names = {one.key: [one.label] for one in FIELDS}
    for one in FIELDS:
        if one.cell is not None:
            names[one.key].append(one.cell.heading)
    found = _headings(names)
    return {**_headings(_PLAN_MORE), **found}


@cache
def _headings_of(form: str) -> Mapping[str, str]:
    return _headings({"people": _PEOPLE, "duties": _DUTIES, "mentees": _MENTEES}[form])


def column_keys(form: str, headings: Sequence[str]) -> list[str]:
    """Return the key of each column of a form's table; "" for one that is not known.

    Own columns of a plan are known to `plan_columns`.

    Args:
        form: "plan", "people", "duties" or "mentees".
        headings: The headings, in any language of the program, or the keys themselves.
    """
    known = _plan_headings() if form == "plan" else _headings_of(form)
    found: list[str] = []
    for heading in headings:
        plain = key_of(heading)
        key = known.get(plain, "") if plain else ""
        found.append("" if key in found else key)
    return found


FORMS: Final = ("plan", "people", "duties", "mentees")
"""The tables that are known by their headings."""


def known_headings(headings: Sequence[str]) -> int:
    """Return how many headings of a table are known, of the form of which most are."""
    return max(sum(map(bool, column_keys(form, headings))) for form in FORMS)


@cache
def _values_of(kind: type[StrEnum]) -> Mapping[str, StrEnum]:
    found: dict[str, StrEnum] = {}
    for value in kind:
        for one in (value.value, *msgids_of(value)):
            for said in in_every_language(one):
                found.setdefault(key_of(said), value)
    return found


def value_of_word(kind: type[E], text: str) -> E | None:
    """Return the value of an enum that a word means in any language; None if it means none."""
    value = _values_of(kind).get(key_of(text))
    return value if isinstance(value, kind) else None


def value_begun(kind: type[E], text: str) -> E | None:
    """Return the value that a word means, or the only one that begins with it in any language."""
    begun = key_of(text)
    values = {value for said, value in _values_of(kind).items() if begun and said.startswith(begun)}
    found = next(iter(values)) if len(values) == 1 else None
    return value_of_word(kind, text) or (found if isinstance(found, kind) else None)
