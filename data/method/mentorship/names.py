"""A mentee's name, job title and team, and the names of own columns, as they are typed."""

from __future__ import annotations

from typing import Final

from data.i18n import _
from data.text import clean

LONGEST_NAME: Final = 200
"""Characters."""


def clean_name(typed: str) -> str:
    """Return a typed name as it is stored: clean, on one line, one blank between its words."""
    return " ".join(clean(typed, lines=False).split())


def name_problem(name: str) -> str:
    """Return why this cannot be a mentee's name, in one sentence, or ""."""
    if len(name) > LONGEST_NAME:
        return _("The name is longer than {number} characters.").format(number=LONGEST_NAME)
    return ""
