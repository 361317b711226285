"""How names are stored that a user has typed: of mentees, job titles, teams and own columns."""

from __future__ import annotations

from typing import Final

from data.i18n import _
from data.text import clean

LONGEST_NAME: Final = 200
"""The most characters that a name may have."""


def clean_name(typed: str) -> str:
    """Return a typed name as it is stored: on one line, with one space between its words."""
    return " ".join(clean(typed, lines=False).split())


def name_problem(name: str) -> str:
    """Return why this cannot be a mentee's name, in one sentence; "" if it can."""
    if len(name) > LONGEST_NAME:
        return _("The name is longer than {number} characters.").format(number=LONGEST_NAME)
    return ""
