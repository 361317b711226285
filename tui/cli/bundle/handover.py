"""`mentor handover` and `mentor receive`: a mentorship goes on with another mentor."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

import click

from data.citizens import hint_of
from data.clock import today
from data.documents.files import NotWritten, write_new
from data.documents.names import handover_name
from data.documents.written_files import note_files
from data.i18n import _, ngettext
from data.method.hold import is_held
from data.method.retention import private_of
from data.privacy.bundle import Bundle, bundle_of, odd_text
from data.privacy.loan_files import role_instead, there_already, why_not_handed_over
from data.privacy.on_server import take_in_history
from data.privacy.receiving import Arrival, look_into, renewed, taken_in
from data.queries.all_about import texts_of
from data.queries.field_names import counted_by
from data.queries.own_person import own_person
from data.queries.views import mentee_view
from data.storage.problems import ErrorKind, StorageError
from data.storage.upkeep.deleted_ids import deleted_in
from data.text import clean
from tui.cli.base import command, find_mentee, name_argument, say_whole, say_wrapped
from tui.cli.bundle.files import (
    day_of,
    deleted_text,
    path_of,
    read_file,
    same_people_of,
    sealed,
    tables_in,
    told_of,
)
from tui.cli.call import Call, Problem, Status, complain

_CHECKSUM: Final = re.compile("[0-9a-f]{16,}")
"""What is no word of anybody, but may hold ten digits in a row."""


def handover_command() -> click.Command:
    """Make `mentor handover`."""
    text = _(
        "Write a bundle for the next mentor: everything about a mentee that is shared, with the "
        "history. What is private stays behind."
    )
    options = (
        click.Option(
            ["-o", "--output", "where"],
            default="",
            metavar=_("FILE"),
            help=_("The file (default: a new one in the folder of documents)."),
        ),
        click.Option(["--seal"], is_flag=True, help=_("Ask for a word that opens it.")),
        click.Option(["--dry-run"], is_flag=True, help=_("Only say what would be written.")),
    )
    return command("handover", _handover, text, name_argument(), *options)


def receive_command() -> click.Command:
    """Make `mentor receive`."""
    text = _(
        "Add another mentor's bundle. Handed over: from today you are the mentor. Lent: a copy "
        "until a day. Given back: what has changed there is put together with yours."
    )
    params = (
        click.Argument(["bundle"], metavar=_("FILE")),
        click.Option(
            ["--dry-run"], is_flag=True, help=_("Only say what would come; change nothing.")
        ),
        click.Option(
            ["--same-people"],
            type=click.Choice(["yes", "no"]),
            help=_("Whether people of the same name are the same (default: ask about each)."),
        ),
        click.Option(
            ["--again"], is_flag=True, help=_("Also somebody who was deleted for good here.")
        ),
    )
    return command("receive", _receive, text, *params)


# Handing over


def _handover(call: Call, *, name: str, where: str, seal: bool, dry_run: bool) -> None:
    with call.read() as store:
        mentee = find_mentee(store, name)
        if why := why_not_handed_over(store, mentee):
            raise Problem(why)
        data, odd = bundle_of(store, mentee), odd_text(store, mentee)
        private, instead = len(private_of(mentee_view(store, mentee))), role_instead(store)
        complain(instead)
        path = path_of(call, handover_name(store, mentee), where)
        tables = tables_in(data)
        hint = hint_of(text for text in texts_of(tables) if not _CHECKSUM.fullmatch(text))
        if dry_run:
            every = (table for table, docs in tables.items() for _doc in docs)
            say_whole(str(path))
            for line in counted_by(every):
                say_wrapped(line, "  ")
        else:
            data = sealed(data) if seal else data
            try:
                made = write_new(path, data, make_folder=not where)
            except NotWritten as problem:
                raise Problem(str(problem), Status.FILE) from problem
            note_files(store, mentee, [made], "handover")
            say_whole(str(made))
    if is_held(mentee):
        text = _("{name} is on hold: that goes along, and nothing may be deleted there either.")
        complain(text.format(name=mentee.name))
    if hint:
        complain(f"{hint}.")
    if private:
        text = ngettext(
            "1 private record stays here.", "{count} private records stay here.", private
        )
        complain(text.format(count=private))
    complain(odd)


# Receiving


def _receive(
    call: Call, *, bundle: str, dry_run: bool, same_people: str | None, again: bool
) -> None:
    found = read_file(bundle)
    if found.loan is not None:
        from tui.cli.bundle.receive_loan import receive_loan  # most bundles hand over

        receive_loan(call, found, dry_run=dry_run, same_people=same_people, again=again)
        return
    with call.open() as store:
        found = _not_deleted(call, found, again=again)
        arrival = look_into(store, found)
        for line in _told(arrival):
            say_wrapped(clean(line, lines=False))
        if dry_run or arrival.is_empty:
            return
        same = same_people_of(arrival.namesakes, same_people)
        mentor, made = own_person(store)
        changes = [*made, *taken_in(arrival, mentor, same, today())]
        try:
            store.commit(changes, _("Hand-over of {name}").format(name=found.name))
        except StorageError as problem:
            if problem.kind is not ErrorKind.NO_ACCESS:
                raise
            raise Problem(there_already(found.name, found.made_by), Status.FILE) from problem
    take_in_history(call.path, found.key, found.history)
    say_wrapped(_("{name} is added; from today you are the mentor.").format(name=found.name))


def _not_deleted(call: Call, bundle: Bundle, *, again: bool) -> Bundle:
    """Return a bundle without what was deleted for good here.

    Of a mentee who was deleted there is none, but `again`: then one with ids of its own.
    """
    is_deleted = deleted_in(call.path)
    if not is_deleted(bundle.mentee_id):
        left = {
            table: [doc for doc in docs if not is_deleted(str(doc["id"]))]
            for table, docs in bundle.tables.items()
        }
        return replace(bundle, tables=left)
    if not again:
        raise Problem(deleted_text(bundle))
    return renewed(bundle, is_deleted)


def _told(arrival: Arrival) -> list[str]:
    """Return what a bundle would bring, a line each."""
    bundle = arrival.bundle
    text = _("{name}, handed over by {by} on {date}.")
    lines = [text.format(name=bundle.name, by=bundle.made_by, date=day_of(bundle.made_at))]
    if arrival.is_empty:
        return [*lines, _("It was added before: nothing changes.")]
    return [*lines, *told_of(arrival)]
