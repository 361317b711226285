"""Writing the files of a loan, in an order in which nothing is lost wherever it is cut off.

The lender's record of a loan is there before its bundle, for else that could not come back. The
borrower's is marked as given back after the bundle was written, for else the copy could be deleted
without it.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from data.clock import today
from data.documents.files import NotWritten, write_new
from data.documents.written_files import note_files
from data.i18n import _
from data.method.lending import borrowed, lent, loan_text
from data.privacy.bundle import is_id
from data.privacy.lending import GivingBack
from data.privacy.receiving import moment_of
from data.records import Loan, Mentee
from data.store.change import Change
from data.store.store import Store

_REMEMBERED: Final = 3
"""Of so many loans that have come back it is known what was lent."""


def why_not_lent(store: Store, mentee: Mentee) -> str:
    """Return why a mentee cannot be lent, in one line; "" where that is possible."""
    if store.on_server:
        return _(
            "On a server a colleague gets a role: add one as co-mentor, on the screen of roles."
        )
    if store.of_team:
        return _(
            "In a team file a colleague gets a role: add one as co-mentor, on the screen of roles."
        )
    loans = store.of(Loan, mentee.id)
    if borrowed(loans) is None:
        return _why_no_bundle(mentee)
    text = _("{name} is {lent}: only the lender can lend. Nothing was written.")
    return text.format(name=mentee.name, lent=loan_text(loans))


def _why_no_bundle(mentee: Mentee) -> str:
    """Return why no bundle can hold a mentee, in one line; "" where it can."""
    if is_id(mentee.id):
        return ""
    text = _("Another program has added {name}, in a way no bundle can hold. Nothing was written.")
    return text.format(name=mentee.name)


def role_instead(store: Store) -> str:
    """Return whom a hand-over from a server is for, in one line; "" for records in a file."""
    if not store.on_server:
        return ""
    return _(
        "The file is for a mentor outside the team. One of the team needs none: choose them as"
        " mentor, on the screen of roles."
    )


def there_already(name: str, by: str) -> str:
    """Return why a server does not take in a mentee who is there, and what to do instead.

    Args:
        name: The mentee.
        by: The name of the one who has handed the mentee over.
    """
    text = _(
        "{name} is on this server already, where you have no access: ask {by} to choose you as"
        " mentor, on the screen of roles. Nothing was added."
    )
    return text.format(name=name, by=by)


def why_not_handed_over(store: Store, mentee: Mentee) -> str:
    """Return why a mentee cannot be handed over, in one line; "" where that is possible.

    A copy belongs to the lender, and what is out could not come back to the next mentor.
    """
    loans = store.of(Loan, mentee.id)
    if borrowed(loans) is not None:
        text = _("{name} is {lent}: give back instead, with mentor return. Nothing was written.")
    elif lent(loans):
        text = _(
            "{name} is {lent}: get the copy back first (mentor receive), or call it off "
            "(mentor lend --end). Nothing was written."
        )
    else:
        return _why_no_bundle(mentee)
    return text.format(name=mentee.name, lent=loan_text(loans))


def write_lent(
    store: Store, mentee: Mentee, loan: Loan, path: Path, data: bytes, *, make_folder: bool
) -> Path:
    """Note a loan, write its bundle, and return where it is.

    Earlier loans that were called off are forgotten. Of those that have come back the latest stay:
    a copy that went on after that can give back what came late.

    Args:
        store: The records.
        mentee: Whom it is about.
        loan: The loan, which is not stored yet.
        path: Where the bundle is to be.
        data: The bundle.
        make_folder: Whether to make the folder if it is not there.

    Raises:
        NotWritten: It could not be written; then there is no loan.
    """
    over = _over(store.of(Loan, mentee.id))
    store.commit([Change.created(loan)], undoable=False)
    store.flush()
    try:
        made = write_new(path, data, make_folder=make_folder)
    except NotWritten:
        there = store.get(Loan, loan.id)
        store.commit([Change.deleted(there)] if there is not None else [], undoable=False)
        raise
    store.commit(map(Change.deleted, over), undoable=False)
    note_files(store, mentee, [made], "handover")
    return made


def _over(loans: Iterable[Loan]) -> list[Loan]:
    """Return the loans of which nothing is to come back any more."""
    done = [one for one in loans if one.back_on is not None]
    back = sorted((one for one in done if one.back_at), key=lambda one: moment_of(one.back_at))
    return [one for one in done if one not in back[-_REMEMBERED:]]


def call_off(store: Store, mentee: Mentee) -> str:
    """Note that what is out does not come back. Return how it was lent; "" if it was not."""
    out = lent(store.of(Loan, mentee.id))
    ended = [Change.edited(one, back_on=today(), base={}) for one in out]
    store.commit(ended, undoable=False)
    return loan_text(out)


def write_back(
    store: Store, loan: Loan, back: GivingBack, path: Path, data: bytes, *, make_folder: bool
) -> Path:
    """Write the bundle that gives back, note that, and return where it is.

    It is no document that goes with the copy: it is on its way to the lender.

    Args:
        store: The borrower's records.
        loan: The loan as it is stored.
        back: What goes back.
        path: Where the bundle is to be.
        data: The bundle, perhaps sealed.
        make_folder: Whether to make the folder if it is not there.

    Raises:
        NotWritten: It could not be written.
    """
    store.commit([Change.between(loan, back.loan)], undoable=False)
    store.flush()
    made = write_new(path, data, make_folder=make_folder)
    there = store.get(Loan, loan.id)
    if there is not None:
        given = Change.edited(there, back_on=today(), back_sum=back.sum)
        store.commit([given], undoable=False)
    return made
