"""A hold: nothing about a mentee is deleted while they wait for their data, or for another reason.

Whoever is asked for access may not delete what was asked for (GDPR, article 15). So a hold comes
before everything else. The store refuses what would delete something (`data.store.hold`), and
retention and deletion for good ask first.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from data.dates import add_months, show_date
from data.i18n import _
from data.records import Mentee
from data.store.change import Change

REMIND_DAYS: Final = 20
"""After so many days Today reminds of it."""


def is_held(mentee: Mentee) -> bool:
    """Whether nothing about the mentee may be deleted."""
    return mentee.held_since is not None


def hold_text(mentee: Mentee) -> str:
    """Return since when there is a hold, for a line about the mentee; "" if there is none."""
    if not is_held(mentee):
        return ""
    return _("deletion on hold since {date}").format(date=show_date(mentee.held_since))


def answer_by(asked_on: date) -> date:
    """Return the day by which somebody who asked for their data must have an answer.

    The law says a month, which in February is no 30 days (GDPR, article 12).
    """
    return add_months(asked_on, 1)


def awaits_answer(mentee: Mentee, today: date) -> bool:
    """Whether the mentee has waited so long for their data that Today says so."""
    asked = mentee.extract_asked_on
    return (
        asked is not None
        and mentee.extract_given_on is None
        and (today >= asked + timedelta(days=REMIND_DAYS))
    )


def hold(mentee: Mentee, today: date, why: str = "") -> Change:
    """Return the change that puts a mentee on hold, or says why one is."""
    return Change.edited(mentee, held_since=mentee.held_since or today, held_why=why)


def release(mentee: Mentee) -> Change:
    """Return the change that ends the hold of a mentee."""
    return Change.edited(mentee, held_since=None, held_why="")
