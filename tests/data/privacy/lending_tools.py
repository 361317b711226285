"""Two mentors with files of their own, for the tests of lending."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from data.clock import today
from data.privacy.bundle import read_bundle
from data.privacy.coming_back import Return, come_back
from data.privacy.lending import borrowed_by, give_back, lent_bundle, new_loan
from data.privacy.loan_files import write_back, write_lent
from data.privacy.receiving import look_into, new_ids, renewed
from data.records import Loan, LoanSide, Mentee
from data.storage.upkeep.deleted_ids import deleted_in
from data.store.change import Change
from data.store.opening import OpenedStore, open_store
from data.store.store import Store

UNTIL = date(2027, 1, 4)


@dataclass
class Side:
    """One mentor: an open file."""

    opened: OpenedStore

    @property
    def store(self) -> Store:
        return self.opened.store

    @property
    def mentee(self) -> Mentee:
        (found,) = (one for one in self.store.all(Mentee) if one.name.startswith("Maja"))
        return found

    @property
    def loan(self) -> Loan:
        return self.store.all(Loan)[-1]

    def commit(self, *changes: Change) -> None:
        self.store.commit(changes)


def side(folder: Path) -> Side:
    folder.mkdir(mode=0o700, exist_ok=True)
    return Side(open_store(folder / "mentor.json", by=folder.name, threaded=False))


def lend(lender: Side, file: Path, who: str = "Bo Lund") -> bytes:
    """Lend Maja; return the bytes of the bundle."""
    loan = new_loan(lender.store, lender.mentee, who, UNTIL, today())
    data = lent_bundle(lender.store, lender.mentee, loan, "Anne Skov")
    write_lent(lender.store, lender.mentee, loan, file, data, make_folder=False)
    return file.read_bytes()


def borrow(borrower: Side, data: bytes, same: Iterable[str] = ()) -> None:
    """Take in what was lent, as `mentor receive` does."""
    bundle = read_bundle(data)
    is_deleted = deleted_in(borrower.opened.path)
    again = is_deleted(bundle.mentee_id)
    new = new_ids(bundle, is_deleted) if again else {}
    arrival = look_into(borrower.store, renewed(bundle, is_deleted) if again else bundle)
    borrower.commit(*borrowed_by(arrival, bundle, same, new))


def give(borrower: Side, file: Path) -> bytes:
    """Give Maja back; return the bytes of the bundle."""
    (loan,) = (one for one in borrower.store.all(Loan) if one.side is LoanSide.BORROWED)
    back = give_back(borrower.store, borrower.mentee, loan)
    write_back(borrower.store, loan, back, file, back.data, make_folder=False)
    return file.read_bytes()


def take_back(lender: Side, data: bytes, known: dict[str, str] | None = None) -> Return:
    """Take in what comes back, as `mentor receive` does."""
    bundle = read_bundle(data)
    assert bundle.loan
    key = bundle.loan.key
    (loan,) = (one for one in lender.store.all(Loan) if one.key == key)
    is_deleted = deleted_in(lender.opened.path)
    found = come_back(lender.store, loan, bundle, known or {}, is_deleted)
    lender.store.commit(found.all(loan))
    return found
