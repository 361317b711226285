"""Lending a mentorship as a file, and giving it back as one.

A bundle that lends, and one that gives back, is like that of a hand-over (`data.privacy.bundle`):
what is shared, and nothing private. Both sides keep what was lent (`Loan.base`), with the lender's
ids: the borrower to give back only what has changed, the lender to merge it (`coming_back`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from data.digest import sha256
from data.documents.records import everything
from data.i18n import _
from data.method.lending import borrowed
from data.method.visibility import private_parts
from data.privacy.bundle import LENT, RETURNED, Bundle, LoanMark, packed, without_own
from data.privacy.receiving import Arrival, moment_of, with_ids
from data.queries.all_about import encoded
from data.records import (
    BY_TABLE,
    KINDS,
    Loan,
    LoanSide,
    Mentee,
    MenteeRecord,
    Person,
    new_id,
)
from data.storage.protocol import BOOKKEEPING, Doc, Happening
from data.store.change import Change
from data.store.store import Store

_ID: Final = re.compile(r"(?<!\d)\d{19,20}(?!\d)")
"""What looks like an id in JSON."""
Kept = Mapping[str, str]
"""Table and id, as in "tasks/123" -> a document as JSON, without stamps."""


def kept_of(tables: Mapping[str, Iterable[Mapping[str, Any]]]) -> dict[str, str]:
    """Return documents as a loan keeps them."""
    return {f"{table}/{doc['id']}": as_kept(doc) for table, docs in tables.items() for doc in docs}


def as_kept(doc: Mapping[str, Any]) -> str:
    """Return one document as a loan keeps it."""
    return _json(_bare(doc))


def _bare(doc: Mapping[str, Any]) -> Doc:
    return {name: value for name, value in doc.items() if name not in BOOKKEEPING and name != "id"}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


# -- at the lender --------------------------------------------------------------------------------


def new_loan(store: Store, mentee: Mentee, who: str, until: date, today: date) -> Loan:
    """Return the record of a loan that begins now, with what is lent.

    Commit it before the bundle is written: a bundle that the lender knew nothing of could not come
    back.

    Args:
        store: The records.
        mentee: Whom it is about.
        who: To whom it is lent, in any words.
        until: The day on which it is to be back.
        today: The day.
    """
    return Loan(
        mentee_id=mentee.id,
        side=LoanSide.LENT,
        key=f"{mentee.id}/{new_id()}",
        who=who,
        since=today,
        until=until,
        base=kept_of(without_own(everything(store, mentee).tables)),
    )


def visible_now(store: Store, mentee: Mentee) -> frozenset[str]:
    """Return table and id of what of a mentee and of all people is there, and not private."""
    kinds = (kind for kind in KINDS if issubclass(kind, MenteeRecord))
    found = [one for kind in kinds for one in store.of(kind, mentee.id)]
    shared = (one for one in found if not private_parts(one))
    everybody = (mentee, *store.all(Person))
    return frozenset(f"{one.table}/{one.id}" for one in (*shared, *everybody))


def pruned(store: Store, mentee: Mentee) -> list[Change]:
    """Return the changes that forget what was lent and is deleted or private by now.

    Commit them before that is deleted for good: what was lent would keep it otherwise. What comes
    back of it is then nothing, or a text beside the one here.
    """
    visible = visible_now(store, mentee)
    return [
        Change.edited(one, base={key: doc for key, doc in one.base.items() if key in visible})
        for one in store.of(Loan, mentee.id)
        if one.side is LoanSide.LENT and not visible >= one.base.keys()
    ]


def lent_bundle(store: Store, mentee: Mentee, loan: Loan, lender: str) -> bytes:
    """Return the bundle of a loan; `lender` is the name of the one who lends.

    Raises:
        StorageError: The history cannot be read.
    """
    tables = without_own(everything(store, mentee).tables)
    mark = LoanMark(LENT, loan.key, _iso(loan.since), _iso(loan.until), lender)
    return packed(store, mentee, tables, store.history(mentee.id), mark)


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


# -- at the borrower ------------------------------------------------------------------------------


def borrowed_by(arrival: Arrival, sent: Bundle, same: Iterable[str], new: Kept) -> list[Change]:
    """Return the changes that take a lent mentorship in. Nobody's role changes.

    Args:
        arrival: What the bundle brings, with the ids that it gets here.
        sent: The bundle as the lender made it.
        same: The ids of those who come and are the person of that name here.
        new: Id at the lender -> id here, of what was deleted for good here before (`new_ids`).
    """
    mark, wanted = sent.loan, set(same)
    assert mark is not None  # noqa: S101 - it is a bundle that lends
    known = {come.id: here.id for come, here in arrival.namesakes if come.id in wanted}
    ids = {here: there for there, here in new.items()}
    ids |= {here: ids.get(come, come) for come, here in known.items()}
    people = {one.id for one in arrival.here if isinstance(one, Person)} | set(known.values())
    loan = Loan(
        mentee_id=arrival.bundle.mentee_id,
        side=LoanSide.BORROWED,
        key=mark.key,
        who=mark.lender or sent.made_by,
        since=date.fromisoformat(mark.since),
        until=date.fromisoformat(mark.until),
        base=kept_of(sent.tables),
        ids=ids,
        people=tuple(sorted(people)),
    )
    come = [with_ids(one, known) for one in arrival.new if one.id not in known]
    return [Change.created(one) for one in (*come, loan)]


@dataclass(frozen=True, slots=True)
class GivingBack:
    """What goes back."""

    data: bytes
    """The bundle."""
    changed: tuple[str, ...]
    """The table of each document that is new or has changed."""
    gone: tuple[str, ...]
    """The table of each that was deleted."""
    loan: Loan
    """The loan, which remembers what goes back. Commit it before the bundle is written."""
    sum: str
    """The checksum of what the copy says now (`sum_of`)."""


def give_back(store: Store, mentee: Mentee, loan: Loan) -> GivingBack:
    """Return the bundle with what has changed since the mentorship was lent.

    What went back once goes along again: so the last one that comes back is right by itself.

    Raises:
        StorageError: The history cannot be read.
    """
    now = _shared(store, mentee, loan)
    there = {key for key in now if key.startswith(f"{Mentee.table}/")}
    changed = {key for key in now if loan.base.get(key) != now[key].kept}
    going = changed | (now.keys() & set(loan.sent)) | there
    gone = tuple(sorted(loan.base.keys() - now.keys()))
    tables: dict[str, list[Doc]] = {Mentee.table: []}
    for key in sorted(going):
        table, id = key.split("/")
        tables.setdefault(table, []).append({**json.loads(now[key].kept), **now[key].stamps})
        tables[table][-1]["id"] = id
    mark = LoanMark(RETURNED, loan.key, _iso(loan.since), _iso(loan.until), "", gone)
    owner = replace(mentee, id=next(iter(there)).split("/")[1])
    data = packed(store, owner, tables, _happened(store, mentee, loan), mark)
    return GivingBack(
        data,
        tuple(sorted(key.split("/")[0] for key in changed)),
        tuple(key.split("/")[0] for key in gone),
        replace(loan, sent=tuple(sorted({*loan.sent, *changed}))),
        _sum(now),
    )


def _happened(store: Store, mentee: Mentee, loan: Loan) -> list[Happening]:
    """Return what happened to the copy since it came, with the lender's ids."""
    back, known = _back(loan), {key.split("/")[1] for key in loan.base}
    found = []
    for one in store.history(mentee.id):
        came = loan.created_at is not None and moment_of(one.at) >= loan.created_at
        if came and not (one.kind == "new" and back(one.id) in known):
            fields = {
                name: None if pair is None else (_renamed(pair[0], back), _renamed(pair[1], back))
                for name, pair in one.fields.items()
            }
            mentee_id = back(one.mentee_id)
            found.append(replace(one, id=back(one.id), mentee_id=mentee_id, fields=fields))
    return found


def _renamed(value: Any, back: Callable[[str], str]) -> Any:
    return back(value) if isinstance(value, str) else value


def sum_of(store: Store, mentee: Mentee, loan: Loan) -> str:
    """Return the checksum of what a copy says: another one when something has changed."""
    return _sum(_shared(store, mentee, loan))


def _sum(now: Mapping[str, _Now]) -> str:
    return sha256(_json({key: one.kept for key, one in now.items()}).encode()).hex()[:32]


def has_unreturned(store: Store, mentee: Mentee, loan: Loan) -> bool:
    """Whether something was written in a borrowed copy that has not been given back."""
    now = _shared(store, mentee, loan)
    if loan.back_on is not None:
        return _sum(now) != loan.back_sum
    return {key: one.kept for key, one in now.items()} != loan.base


class NotGivenBack(Exception):
    """A borrowed mentee was to be deleted before what was written was given back.

    `str()` says so in one line.
    """

    def __init__(self, mentee: Mentee, loan: Loan) -> None:
        text = _("{name} is lent by {lender}. Give back first: mentor return. Nothing was deleted.")
        super().__init__(text.format(name=mentee.name, lender=loan.who))


def refuse_unreturned(store: Store, mentee: Mentee) -> None:
    """Raise `NotGivenBack` for a borrowed mentee with something that was not given back yet.

    It would be lost for the lender. Ask before a mentee is deleted for good.
    """
    loan = borrowed(store.of(Loan, mentee.id))
    if loan is not None and (loan.back_on is None or has_unreturned(store, mentee, loan)):
        raise NotGivenBack(mentee, loan)


def _back(loan: Loan) -> Callable[[str], str]:
    """Return what puts the lender's ids in the place of those here, in any text."""
    return lambda text: _ID.sub(lambda one: loan.ids.get(one[0], one[0]), text)


@dataclass(frozen=True, slots=True)
class _Now:
    """A document of a copy as it is now, with the lender's ids."""

    kept: str
    stamps: Doc


def _shared(store: Store, mentee: Mentee, loan: Loan) -> dict[str, _Now]:
    """Return what is shared of a borrowed copy, by table and id at the lender.

    What is private here by now is as it was lent. People who were known here before are too, and
    nobody goes from the lender's list of people.
    """
    back = _back(loan)
    here = {there: id for id, there in loan.ids.items()}
    found: dict[str, _Now] = {}
    for table, docs in without_own(everything(store, mentee).tables).items():
        for doc in docs:
            id = str(doc["id"])
            if id not in loan.people:
                key = f"{table}/{back(id)}"
                shown = json.loads(back(_json(_bare(doc))))
                shown |= _private_since(store, table, doc, loan.base.get(key, "{}"))
                stamps = {name: doc[name] for name in BOOKKEEPING if name in doc}
                found[key] = _Now(_json(shown), stamps)
    for key, was in loan.base.items():
        table, there = key.split("/")
        is_here = store.get(BY_TABLE[table], here.get(there, there)) is not None
        if key not in found and (table == Person.table or is_here):
            found[key] = _Now(was, {})
    return found


def _private_since(store: Store, table: str, doc: Mapping[str, Any], was: str) -> Doc:
    """Return the fields of a document that are private here by now, as they were lent."""
    record = store.get(BY_TABLE[table], str(doc["id"]))
    hidden = encoded(record).keys() - doc.keys() if record is not None else set()
    return {name: value for name, value in json.loads(was).items() if name in hidden}
