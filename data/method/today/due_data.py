"""Rows of Today about personal data: a request to be answered, and what is due for deletion."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from data.i18n import _
from data.method.hold import answer_by, awaits_answer
from data.method.lending import borrowed, lent
from data.method.limits import Limits
from data.method.retention import What, due_deletion
from data.method.today.rows import Due, DueKind, MarkAs, due_row, why_with_dates
from data.method.view import MenteeView


def due_data(view: MenteeView, today: date, limits: Limits) -> Iterator[Due]:
    """Yield what is to be done about a mentee's data, whatever state the mentorship is in."""
    mentee = view.mentee
    if mentee.extract_asked_on is not None and awaits_answer(mentee, today):
        on = answer_by(mentee.extract_asked_on)
        why = _("Asked for their data: to be answered by {date}, {distance}.")
        text = why_with_dates(why, on, today)
        yield due_row(view, DueKind.EXTRACT, "", on=on, dated=True, why=text, mark_as=MarkAs.GIVEN)
    yield from _loans(view, today, limits)
    due = due_deletion(view, today, limits)
    if due is not None:
        why = (
            _("Private notes can be deleted: closed mentorship, since {date}.")
            if due.what is What.PRIVATE
            else _("Everything can be deleted: closed mentorship, since {date}.")
        )
        text = why_with_dates(why, due.since, today)
        yield due_row(view, DueKind.DELETION, "", on=due.since, dated=True, why=text)


def _loans(view: MenteeView, today: date, limits: Limits) -> Iterator[Due]:
    """Yield the loans that are to be back, on both sides, and copies that have gone back."""
    here = borrowed(view.loans)
    if here is not None and here.back_on is not None:
        why = _("{date}, {distance}: given back. The copy here can be deleted.")
        text = why_with_dates(why, here.back_on, today)
        yield due_row(view, DueKind.LOAN, here.id, on=here.back_on, dated=True, why=text)
        return
    for loan in [here] if here is not None else lent(view.loans):
        on = loan.until
        if on is None or not limits.reaches(on, today):
            continue
        if loan is here:
            why = _("By {date}, {distance}: lent by {person}, to be given back.")
        elif loan.who:
            why = _("By {date}, {distance}: lent to {person}, to be back.")
        else:
            why = _("By {date}, {distance}: lent, to be back.")
        text = why_with_dates(why, on, today, person=loan.who)
        yield due_row(view, DueKind.LOAN, loan.id, on=on, dated=True, why=text)
