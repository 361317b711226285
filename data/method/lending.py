"""Lending a mentorship to another mentor until a day: what is lent, and who may do what with it.

Between files of their own, a co-mentor gets a copy: all that is shared, to read and to edit. It
goes back, and what both have written meanwhile is put together. Until then a copy that was
borrowed is nobody's to hand on, to lend on or to delete: what was written in it would be lost.
"""

from __future__ import annotations

from collections.abc import Iterable

from data.dates import show_date
from data.i18n import _
from data.records import Loan, LoanSide


def lent(loans: Iterable[Loan]) -> list[Loan]:
    """Return the loans of a mentee that are out: lent, and neither back nor called off."""
    return [one for one in loans if one.side is LoanSide.LENT and one.back_on is None]


def borrowed(loans: Iterable[Loan]) -> Loan | None:
    """Return the loan that a mentee is here by; None for one of one's own."""
    return next((one for one in loans if one.side is LoanSide.BORROWED), None)


def loan_text(loans: Iterable[Loan]) -> str:
    """Return how a mentee is lent, for a line about the mentee; "" if that is not so.

    For one who is out: "lent to Bo until 12-11-2026". For a copy: "lent by Anne until …", or that
    it was given back.
    """
    loans = tuple(loans)
    here = borrowed(loans)
    if here is not None:
        if here.back_on is not None:
            text = _("given back to {name} on {date}")
            return text.format(name=here.who, date=show_date(here.back_on))
        return _("lent by {name} until {date}").format(name=here.who, date=show_date(here.until))
    return ", ".join(map(_out, lent(loans)))


def _out(loan: Loan) -> str:
    if loan.who:
        text = _("lent to {name} until {date}")
        return text.format(name=loan.who, date=show_date(loan.until))
    return _("lent until {date}").format(date=show_date(loan.until))


def copies_text(loans: Iterable[Loan]) -> str:
    """Return where copies are that a deletion here does not reach, in a sentence; or ""."""
    out = lent(loans)
    if not out:
        return ""
    text = _("A copy is {lent}; deleting here does not reach it. Ask for it to be deleted there.")
    return text.format(lent=", ".join(map(_out, out)))


def lent_text(loans: Iterable[Loan]) -> str:
    """Return who has a copy that can be read there, in a sentence; "" if nobody has."""
    out = lent(loans)
    text = _("A copy is {lent} and can be read there.")
    return text.format(lent=", ".join(map(_out, out))) if out else ""
