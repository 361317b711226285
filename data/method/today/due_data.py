"""Rows of Today about personal data: a request to be answered, and what is due for deletion."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from data.i18n import _
from data.method.hold import answer_by, awaits_answer
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
    due = due_deletion(view, today, limits)
    if due is not None:
        why = (
            _("Private notes can be deleted: closed mentorship, since {date}.")
            if due.what is What.PRIVATE
            else _("Everything can be deleted: closed mentorship, since {date}.")
        )
        text = why_with_dates(why, due.since, today)
        yield due_row(view, DueKind.DELETION, "", on=due.since, dated=True, why=text)
