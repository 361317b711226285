"""What a file is: a plan, roles, expectations, a preparation sheet, or rows of mentees."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cache
from itertools import islice
from typing import Final

from data.documents.importing.content import Grid, ReadFile
from data.documents.importing.given_values import AGREEMENT_FIELDS
from data.documents.importing.rows import has_own_columns, is_plan
from data.documents.importing.sections import sections_of
from data.documents.importing.words import column_keys, key_of
from data.documents.model.document import CONFIDENTIAL, WITH_PRIVATE
from data.i18n import LANGUAGES, N_, in_every_language
from data.library import QUESTIONS, questions
from data.method.words import msgids_of
from data.queries.field_names import field_names
from data.records import Agreement, RoleKind

_ENOUGH = 2
"""How many headings of a form a file must have."""


_FIRST: Final = 3
"""Among how many lines the title is: a mail program may have written one above it."""


class Form(StrEnum):
    """The forms that can be imported, and the tables of which one of them is made."""

    PLAN = "plan"
    ROLES = "roles"
    EXPECTATIONS = "expectations"
    PREP = "prep"
    MENTEES = "mentees"


_TITLES: Final = {
    Form.PLAN: N_("Learning and competence plan: {name}"),
    Form.ROLES: N_("Who does what: {name}"),
    Form.EXPECTATIONS: N_("Expectations: {name}"),
}


def is_people(grid: Grid) -> bool:
    """Return whether a table has the people behind the roles."""
    keys = column_keys("people", grid.headings)
    return "role" in keys and sum(map(bool, keys)) > 1


def is_duties(grid: Grid) -> bool:
    """Return whether a table is a role matrix."""
    return "text" in column_keys("duties", grid.headings)


def is_of_roles(grid: Grid) -> bool:
    """Return whether a table is one of the page of roles."""
    return is_people(grid) or is_duties(grid)


def is_mentees(grid: Grid) -> bool:
    """Return whether a table has a row for each mentee."""
    keys = column_keys("mentees", grid.headings)
    return "name" in keys and "start" in keys


def form_of(file: ReadFile, own: Sequence[str] = ()) -> Form | None:
    """Return what a file is; None if it is nothing that can be imported.

    `own` are the names of the plan's own columns, which may be headings of other forms too.
    """
    if any(has_own_columns(grid, own) for grid in file.grids):
        return Form.PLAN
    for form, fits in (
        (Form.MENTEES, is_mentees),
        (Form.ROLES, is_duties),
        (Form.PLAN, is_plan),
        (Form.ROLES, is_people),
    ):
        if any(fits(grid) for grid in file.grids):
            return form
    if _found(file, prep_headings()) >= _ENOUGH:
        return Form.PREP
    if _found(file, expectation_headings()) >= _ENOUGH:
        return Form.EXPECTATIONS
    if len({one for line in file.lines if (one := role_of(line.text))}) >= _ENOUGH:
        return Form.ROLES
    return Form.PREP if _found(file, prep_headings()) else titled_form(file)[0]


def first_lines(file: ReadFile) -> Iterator[str]:
    """Yield the lines among which the title of a document is, without who may read it."""
    said = {key_of(text) for one in (CONFIDENTIAL, WITH_PRIVATE) for text in in_every_language(one)}
    filled = (one.text for one in file.lines if one.text.strip() and key_of(one.text) not in said)
    return islice(filled, _FIRST)


def titled_form(file: ReadFile) -> tuple[Form | None, str]:
    """Return which form a file is by its title, and the mentee's name in that; None if it is none.

    A plan without tasks, and expectations of which nothing is written yet, have nothing else.
    """
    for line in first_lines(file):
        for form, pattern in _titles():
            if found := pattern.fullmatch(" ".join(line.split())):
                return form, found["name"]
    return None, ""


@cache
def _titles() -> tuple[tuple[Form, re.Pattern[str]], ...]:
    return tuple(
        (form, re.compile(re.escape(said).replace(r"\{name\}", "(?P<name>.+)"), re.IGNORECASE))
        for form, title in _TITLES.items()
        for said in in_every_language(title)
    )


def role_of(line: str) -> str:
    """Return the role that a line of the page to the newcomer names: "Mentor: Lone"; else ""."""
    name, colon, _person = line.strip().lstrip("# ").partition(":")
    return _role_names().get(key_of(name.rstrip(" 0123456789")), "") if colon else ""


@cache
def _role_names() -> Mapping[str, str]:
    kinds = [kind for kind in RoleKind if kind is not RoleKind.OWN]
    return {
        key_of(said): kind.value
        for kind in kinds
        for word in msgids_of(kind)
        for said in in_every_language(word)
    }


def _found(file: ReadFile, headings: Mapping[str, str]) -> int:
    found = {one.key for one in sections_of(file.lines, headings)} - {""}
    return len(found | (set(file.rooms) & set(headings.values())))


@cache
def expectation_headings() -> Mapping[str, str]:
    """Return each label of the expectations, in all languages -> the field."""
    return {name: key for key in AGREEMENT_FIELDS for name in field_names(Agreement.table, key)}


@cache
def prep_headings() -> Mapping[str, str]:
    """Return the guide's questions as they are asked of nobody, in all languages -> the key."""
    found: dict[str, str] = {}
    for language in LANGUAGES:
        for step in questions(language).steps:
            if step.key in QUESTIONS:
                found[step.to_mentee()] = step.key
                found[step.asked()] = step.key
    return found
