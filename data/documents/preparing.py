"""What is noted when the sheet to prepare a talk with has left the program."""

from __future__ import annotations

from data.clock import today
from data.i18n import _
from data.records import Talk
from data.store.change import Change


def prepared(talk: Talk) -> tuple[list[Change], str]:
    """Return the changes that note that a talk is prepared, and what they are called.

    There are none if it has been noted before.
    """
    text = _("Talk {number} prepared").format(number=talk.number)
    if talk.prepared_on is not None:
        return [], text
    return [Change.edited(talk, prepared_on=today())], text
