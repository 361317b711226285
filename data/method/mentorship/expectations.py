"""The expectations of mentor and mentee: what is proposed, and agreeing on them (R84)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from data.dates import show_date
from data.i18n import _, language
from data.library import agreement_defaults
from data.records import Agreement, part_id
from data.store.change import Change
from data.workdays import next_workday


def proposed_for(mentee_id: str) -> Agreement:
    """Return the expectations that the library proposes to a mentee who has none yet.

    The id depends on the mentee alone: a mentee has one such record, so if two sessions create it
    at the same time, both write in the same one.
    """
    proposed = agreement_defaults(language()).for_mentee(mentee_id)
    return replace(proposed, id=part_id(mentee_id, Agreement.table))


def agreed_on(agreement: Agreement, today: date) -> Change:
    """Return the change that notes that both agreed today; the day before that is kept.

    The day on which to look at the expectations again is set, unless a later one is.
    """
    before = agreement.agreed_on
    earlier = (*agreement.agreed_earlier, before) if before else agreement.agreed_earlier
    review = agreement.review_on
    if review is None or review <= today:
        later = timedelta(days=agreement_defaults(language()).review_days)
        review = next_workday(today + later)
    return Change.edited(agreement, agreed_on=today, agreed_earlier=earlier, review_on=review)


def agreed_text(change: Change) -> str:
    """Return what is said of that change, translated."""
    after = change.after
    review = after.review_on if isinstance(after, Agreement) else None
    return _("Agreed today; review on {date}").format(date=show_date(review))
