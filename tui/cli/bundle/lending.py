"""`mentor lend` and `mentor return`: a mentorship goes to another mentor for a time, and back."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from data.clock import today
from data.dates import EntryError
from data.documents.files import NotWritten
from data.documents.names import loan_name, return_name
from data.i18n import _, ngettext
from data.method.lending import borrowed, lent, loan_text
from data.method.retention import private_of
from data.privacy.bundle import odd_text
from data.privacy.lending import (
    GivingBack,
    give_back,
    lent_bundle,
    new_loan,
)
from data.privacy.loan_files import call_off, why_not_lent, write_back, write_lent
from data.queries.field_names import counted_by
from data.queries.own_person import known_name
from data.queries.views import mentee_view
from data.records import Loan, Mentee
from data.store.store import Store
from data.text import clean, line
from data.typed_dates import parse_date
from tui.cli.base import command, find_mentee, name_argument, say_whole, say_wrapped
from tui.cli.bundle.files import path_of, sealed, tables_in
from tui.cli.call import Call, Problem, Status, complain
from tui.cli.purge import delete_copy


def lend_command() -> click.Command:
    """Make `mentor lend`."""
    text = _(
        "Lend a mentee until a day, to another mentor: a bundle of all that is shared, to read and "
        "to edit. It comes back with mentor return. What is private stays behind."
    )
    options = (
        click.Option(
            ["--until"], default="", metavar=_("DATE"), help=_("The day on which it is to be back.")
        ),
        click.Option(["--to", "who"], default="", metavar=_("TEXT"), help=_("To whom.")),
        *_file_options(),
        click.Option(
            ["--end"], is_flag=True, help=_("Instead: call it off; the copy does not come back.")
        ),
    )
    return command("lend", _lend, text, name_argument(), *options)


def return_command() -> click.Command:
    """Make `mentor return`."""
    text = _(
        "Give a mentee back who was lent to you: a bundle with what has changed, and nothing "
        "private. Then your copy can be deleted for good."
    )
    options = (
        *_file_options(),
        click.Option(
            ["--delete/--keep"],
            default=None,
            help=_("Whether to delete your copy for good (default: ask; keep it if not possible)."),
        ),
    )
    return command("return", _return, text, name_argument(), *options)


def _file_options() -> tuple[click.Option, ...]:
    return (
        click.Option(
            ["-o", "--output", "where"],
            default="",
            metavar=_("FILE"),
            help=_("The file (default: a new one in the folder of documents)."),
        ),
        click.Option(["--seal"], is_flag=True, help=_("Ask for a word that opens it.")),
        click.Option(["--dry-run"], is_flag=True, help=_("Only say what would be written.")),
    )


# Lending


def _lend(
    call: Call,
    *,
    name: str,
    until: str,
    who: str,
    where: str,
    seal: bool,
    dry_run: bool,
    end: bool,
) -> None:
    with call.open() as store:
        mentee = find_mentee(store, name)
        if end:
            _call_off(store, mentee)
            return
        if why := why_not_lent(store, mentee):
            raise Problem(why, Status.FILE if store.on_server else Status.USAGE)
        loans = store.of(Loan, mentee.id)
        loan = _loan(store, mentee, until, line(who))
        data = lent_bundle(store, mentee, loan, known_name(store))
        path = path_of(call, loan_name(store, mentee), where)
        if dry_run:
            _say_dry(path, data)
        else:
            data = sealed(data) if seal else data
            try:
                made = write_lent(store, mentee, loan, path, data, make_folder=not where)
            except NotWritten as problem:
                raise Problem(str(problem), Status.FILE) from problem
            say_whole(str(made))
            text = _("Give the file to {name}, who adds it with mentor receive.")
            if not loan.who:
                text = _("Give the file to the other mentor, who adds it with mentor receive.")
            say_wrapped(text.format(name=loan.who))
        _complain_private(store, mentee)
        complain(odd_text(store, mentee))
    if already := loan_text(lent(loans)):
        text = _("{name} is {lent} already; this is one more copy.")
        complain(text.format(name=mentee.name, lent=already))


def _loan(store: Store, mentee: Mentee, until: str, who: str) -> Loan:
    try:
        day = parse_date(until, today())
    except EntryError as wrong:
        raise Problem(str(wrong)) from wrong
    if day is None:
        raise Problem(_("Say until when it is lent: --until DATE."))
    if day < today():
        raise Problem(_("--until is before today."))
    return new_loan(store, mentee, who, day, today())


def _call_off(store: Store, mentee: Mentee) -> None:
    said = call_off(store, mentee)
    if not said:
        raise Problem(_("{name} is not lent.").format(name=mentee.name))
    text = _("Called off: {name} was {lent}. A copy that comes back now is refused.")
    say_wrapped(text.format(name=mentee.name, lent=said))


def _private(store: Store, mentee: Mentee) -> int:
    """Return how many records of a mentee are private here."""
    return len(private_of(mentee_view(store, mentee)))


def _complain_private(store: Store, mentee: Mentee) -> None:
    private = _private(store, mentee)
    if private:
        text = ngettext(
            "1 private record stays here.", "{count} private records stay here.", private
        )
        complain(text.format(count=private))


def _say_dry(path: Path, data: bytes) -> None:
    say_whole(str(path))
    for one in counted_by(table for table, docs in tables_in(data).items() for _doc in docs):
        say_wrapped(one, "  ")


# Giving back


def _return(
    call: Call, *, name: str, where: str, seal: bool, dry_run: bool, delete: bool | None
) -> None:
    with call.open() as store:
        mentee = find_mentee(store, name)
        loan = borrowed(store.of(Loan, mentee.id))
        if loan is None:
            raise Problem(_("{name} was not lent to you.").format(name=mentee.name))
        back = give_back(store, mentee, loan)
        path = path_of(call, return_name(store, mentee), where)
        if dry_run:
            say_whole(str(path))
            _say_back(back)
            _complain_private(store, mentee)
            return
        data = sealed(back.data) if seal else back.data
        try:
            made = write_back(store, loan, back, path, data, make_folder=not where)
        except NotWritten as problem:
            raise Problem(str(problem), Status.FILE) from problem
        say_whole(str(made))
        _say_back(back)
        text = _("Give the file to {name}, who adds it with mentor receive.")
        say_wrapped(text.format(name=loan.who))
        if delete is None:
            delete = _asked(mentee)
        if delete:
            private = _private(store, mentee)
            delete_copy(call, store, mentee)
            if private:
                text = ngettext(
                    "1 private record of yours went with the copy.",
                    "{count} private records of yours went with the copy.",
                    private,
                )
                complain(text.format(count=private))
        else:
            _complain_private(store, mentee)
            text = _("Your copy is still here; mentor purge deletes it for good.")
            say_wrapped(text)


def _say_back(back: GivingBack) -> None:
    for text, tables in ((_("Changed: {what}"), back.changed), (_("Deleted: {what}"), back.gone)):
        if tables:
            say_wrapped(text.format(what=", ".join(counted_by(tables))), "  ")
    if not (back.changed or back.gone):
        say_wrapped(_("Nothing was changed."), "  ")


def _asked(mentee: Mentee) -> bool:
    """Ask whether to delete the copy; no, where nobody can be asked."""
    if not sys.stdin.isatty():
        return False
    text = _("Delete your copy of {name} for good now? Your private notes about {name} go with it.")
    asked = text.format(name=clean(mentee.name, lines=False))
    return click.confirm(asked, default=False, err=True)
