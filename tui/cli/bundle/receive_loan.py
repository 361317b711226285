"""`mentor receive` of a bundle that lends a mentorship, or gives one back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from data.dates import show_date
from data.i18n import _, ngettext
from data.method.lending import borrowed, lent, loan_text
from data.privacy.bundle import LENT, Bundle
from data.privacy.coming_back import Return, come_back, namesakes
from data.privacy.lending import borrowed_by
from data.privacy.on_server import take_in_history
from data.privacy.receiving import is_of_before, look_into, new_ids, renewed
from data.queries.field_names import counted_by
from data.records import Loan, LoanSide, Mentee
from data.storage.upkeep.deleted_ids import deleted_in, deleted_when
from data.store.store import Store
from data.text import clean
from tui.cli.base import say_wrapped
from tui.cli.bundle.files import day_of, deleted_text, same_people_of, told_of
from tui.cli.call import Call, Problem, Status


def receive_loan(
    call: Call, bundle: Bundle, *, dry_run: bool, same_people: str | None, again: bool
) -> None:
    """Take in what was lent, or what comes back."""
    mark = bundle.loan
    assert mark is not None  # noqa: S101 - asked by whoever calls
    with call.open() as store:
        if store.of_team:
            text = _("A mentee is lent between own files; this is a team file. Use --file.")
            if store.on_server:
                text = _("A mentee is lent between own files; this is a server. Use --file.")
                raise Problem(text, Status.FILE)
            raise Problem(text)
        if mark.side == LENT:
            _borrow(call, store, bundle, dry_run=dry_run, same_people=same_people, again=again)
        else:
            _take_back(call, store, bundle, dry_run=dry_run, same_people=same_people)


def _borrow(
    call: Call,
    store: Store,
    bundle: Bundle,
    *,
    dry_run: bool,
    same_people: str | None,
    again: bool,
) -> None:
    mark = bundle.loan
    assert mark is not None  # noqa: S101 - asked above
    text = _("{name}, lent by {by} until {date}.")
    by = mark.lender or bundle.made_by
    day = show_date(date.fromisoformat(mark.until))
    say_wrapped(text.format(name=bundle.name, by=by, date=day))
    same_key = [one for one in store.all(Loan) if one.key == mark.key]
    if any(one.side is LoanSide.LENT for one in same_key):
        raise Problem(_("You have lent this yourself: it is for the other mentor."))
    if same_key:
        if not dry_run:  # also where the run before was cut off
            _history(call, same_key[0], bundle)
        say_wrapped(_("It was added before: nothing changes."))
        return
    come, new = _not_deleted(call, bundle, again=again)
    if (here := store.get(Mentee, come.mentee_id)) is not None:
        _refuse_here(store, here)
    arrival = look_into(store, come)
    for one in told_of(arrival):
        say_wrapped(clean(one, lines=False))
    if dry_run:
        return
    same = same_people_of(arrival.namesakes, same_people)
    store.commit(borrowed_by(arrival, bundle, same, new), _lent_step(bundle), undoable=False)
    made = next(one for one in store.all(Loan) if one.key == mark.key)
    _history(call, made, bundle)
    text = _("{name} is here until {date}, to read and to edit; mentor return gives back.")
    say_wrapped(text.format(name=bundle.name, date=day))


def _not_deleted(call: Call, bundle: Bundle, *, again: bool) -> tuple[Bundle, dict[str, str]]:
    """Return a bundle without what was deleted for good here, and the new ids of its records.

    A mentee who was deleted comes back under new ids, where that was asked for (`again`), and where
    the lender has lent them anew since. Raises `Problem` where the bundle is older.
    """
    is_deleted = deleted_in(call.path)
    if not is_deleted(bundle.mentee_id):
        left = {
            table: [doc for doc in docs if not is_deleted(str(doc["id"]))]
            for table, docs in bundle.tables.items()
        }
        return replace(bundle, tables=left), {}
    if not again and is_of_before(bundle, is_deleted, deleted_when(call.path)):
        raise Problem(deleted_text(bundle))
    return renewed(bundle, is_deleted), new_ids(bundle, is_deleted)


def _lent_step(bundle: Bundle) -> str:
    return _("Loan of {name}").format(name=bundle.name)


def _refuse_here(store: Store, here: Mentee) -> None:
    loans = store.of(Loan, here.id)
    text = _("{name} is here already. Nothing was added.")
    if borrowed(loans) is not None:
        text = _(
            "{name} is here already, {lent}. First mentor return --delete: it gives back what you "
            "wrote since, and deletes your copy, private notes too. Nothing was added."
        )
    raise Problem(text.format(name=here.name, lent=loan_text(loans)))


def _history(call: Call, loan: Loan, bundle: Bundle) -> None:
    """Tell the history of a copy, once, by the ids that its records have here."""
    forth = {there: here for here, there in loan.ids.items()}
    found = [
        replace(
            one,
            id=forth.get(one.id, one.id),
            mentee_id=forth.get(one.mentee_id, one.mentee_id),
        )
        for one in bundle.history
    ]
    take_in_history(call.path, bundle.key, found)


def _take_back(
    call: Call, store: Store, bundle: Bundle, *, dry_run: bool, same_people: str | None
) -> None:
    mark = bundle.loan
    assert mark is not None  # noqa: S101 - asked above
    text = _("{name}, given back by {by} on {date}.")
    day = day_of(bundle.made_at)
    say_wrapped(text.format(name=bundle.name, by=bundle.made_by, date=day))
    is_deleted = deleted_in(call.path)
    loan = _loan_of(store, bundle, is_gone=is_deleted(bundle.mentee_id))
    if loan.back_at and bundle.made_at <= loan.back_at:
        say_wrapped(_("It was added before: nothing changes."))
        return
    names = namesakes(store, loan, bundle)
    known: dict[str, str] = {}
    if not dry_run:
        same = set(same_people_of(names, same_people))
        known = {come.id: here.id for come, here in names if come.id in same}
    found = come_back(store, loan, bundle, known, is_deleted)
    _say_return(found)
    if dry_run:
        return
    told = [
        one
        for one in bundle.history
        if (not loan.back_at or one.at > loan.back_at)
        and not (one.kind == "del" and f"{one.table}/{one.id}" in found.stays)
    ]
    take_in_history(call.path, bundle.key, told)
    store.commit(found.all(loan), _("Return of {name}").format(name=bundle.name))
    say_wrapped(_("{name} is back.").format(name=bundle.name))
    if out := lent(store.of(Loan, loan.mentee_id)):
        text = _(
            "Another copy is {lent}: the mentee is shown as lent until it is back, or called off "
            "with mentor lend --end."
        )
        say_wrapped(text.format(lent=loan_text(out)))


def _loan_of(store: Store, bundle: Bundle, *, is_gone: bool) -> Loan:
    """Return the loan that a bundle gives back. Raises `Problem` where there is none to take in."""
    mark = bundle.loan
    key = mark.key if mark is not None else ""
    loan = next((one for one in store.all(Loan) if one.key == key), None)
    if loan is not None and loan.side is LoanSide.BORROWED:
        raise Problem(_("You have given this back yourself: it is for the lender."))
    if loan is None and is_gone:
        text = _("{name} was deleted for good here. Nothing was added.")
        raise Problem(text.format(name=bundle.name))
    if loan is None:
        text = _("No loan of {name} is known here that this gives back. Nothing was added.")
        raise Problem(text.format(name=bundle.name))
    if loan.back_on is not None and not loan.back_at:
        text = _("The loan of {name} was called off on {date}. Nothing was added.")
        raise Problem(text.format(name=bundle.name, date=show_date(loan.back_on)))
    return loan


def _say_return(found: Return) -> None:
    """Say what comes back, a line each."""
    new = [one.table for one in found.changes if one.before is None]
    changed = [one.table for one in found.changes if one.before and one.after]
    gone = [one.table for one in found.changes if one.after is None]
    for text, tables in (
        (_("New: {what}"), new),
        (_("Changed: {what}"), changed),
        (_("Deleted: {what}"), gone),
    ):
        if tables:
            say_wrapped(text.format(what=", ".join(counted_by(tables))), "  ")
    if not (new or changed or gone or found.conflicts or found.merged or found.kept):
        say_wrapped(_("Nothing has changed there."), "  ")
    numbers = (
        (
            found.merged,
            ngettext(
                "{count} text was written in on both sides: it holds both now",
                "{count} texts were written in on both sides: they hold both now",
                found.merged,
            ),
        ),
        (
            len(found.conflicts),
            ngettext(
                "{count} field was changed on both sides: yours stays, the other is under ! "
                "(conflicting edits)",
                "{count} fields were changed on both sides: yours stay, the others are under ! "
                "(conflicting edits)",
                len(found.conflicts),
            ),
        ),
        (
            found.kept,
            ngettext(
                "{count} entry was deleted there and stays: it was changed here",
                "{count} entries were deleted there and stay: they were changed here",
                found.kept,
            ),
        ),
    )
    for number, text in numbers:
        if number:
            say_wrapped(text.format(count=number), "  ")
