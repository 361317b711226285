"""`mentor handover` and `mentor receive`: a mentorship goes on with another mentor."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Final

import click

from data.citizens import hint_of
from data.clock import today
from data.dates import show_date
from data.documents.files import NotWritten, write_new
from data.documents.names import handover_name
from data.documents.written_files import note_files
from data.i18n import _, ngettext
from data.method.hold import is_held
from data.method.retention import private_of
from data.paths import documents_folder
from data.privacy.bundle import ENDING, Bundle, BundleError, bundle_of, read_bundle
from data.privacy.receiving import Arrival, look_into, renewed, taken_in
from data.privacy.sealing import SealError, is_sealed, seal, unseal
from data.queries.all_about import texts_of
from data.queries.field_names import counted_by
from data.queries.own_person import own_person
from data.queries.views import mentee_view
from data.records import Mentee, Person
from data.storage.history import take_in
from data.storage.reasons import reason
from data.storage.upkeep.deleted_ids import deleted_in
from data.store.store import Store
from data.text import clean
from tui.cli.base import command, find_mentee, name_argument, say_whole, say_wrapped
from tui.cli.call import Call, Problem, Status, complain

_CHECKSUM: Final = re.compile("[0-9a-f]{16,}")
"""What is no word of anybody, but may hold ten digits in a row."""
_LARGEST: Final = 300 << 20
"""A bundle is at most so long."""


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
    text = _("Add a mentorship from another mentor's bundle: from today you are the mentor.")
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
        data = bundle_of(store, mentee)
        private = len(private_of(mentee_view(store, mentee)))
        path = _path(call, store, mentee, where)
        tables = read_bundle(data).tables
        hint = hint_of(text for text in texts_of(tables) if not _CHECKSUM.fullmatch(text))
        if dry_run:
            every = (table for table, docs in tables.items() for _doc in docs)
            say_whole(str(path))
            for line in counted_by(every):
                say_wrapped(line, "  ")
        else:
            data = _sealed(data) if seal else data
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


def _path(call: Call, store: Store, mentee: Mentee, where: str) -> Path:
    name = handover_name(store, mentee) + ENDING
    path = (
        Path(where).expanduser() if where else documents_folder(call.settings.documents, os.environ)
    )
    return path / name if not where or path.is_dir() else path


def _sealed(data: bytes) -> bytes:
    word = _word(_("Word that opens it"))
    if sys.stdin.isatty() and word != _word(_("Again")):
        raise Problem(_("The two words are not the same. Nothing was written."))
    try:
        return seal(data, word)
    except SealError as problem:
        raise Problem(str(problem)) from problem


def _word(asked: str) -> str:
    """Ask for a word, which is not shown; where there is no terminal, read a line."""
    if sys.stdin.isatty():
        return str(click.prompt(asked, hide_input=True, err=True))
    return sys.stdin.readline().rstrip("\n")


# Receiving


def _receive(
    call: Call, *, bundle: str, dry_run: bool, same_people: str | None, again: bool
) -> None:
    found = _read(bundle)
    with call.open() as store:
        found = _not_deleted(call, found, again=again)
        arrival = look_into(store, found)
        for line in _told(arrival):
            say_wrapped(clean(line, lines=False))
        if dry_run or arrival.is_empty:
            return
        same = _same(arrival, same_people)
        mentor, made = own_person(store)
        changes = [*made, *taken_in(arrival, mentor, same, today())]
        store.commit(changes, _("Hand-over of {name}").format(name=found.name))
    take_in(call.path, found.key, found.history)
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
        text = _("{name} was deleted for good here. Nothing was added; --again adds them again.")
        raise Problem(text.format(name=bundle.name))
    return renewed(bundle, is_deleted)


def _read(file: str) -> Bundle:
    path = Path(file).expanduser()
    try:
        with path.open("rb") as opened:
            # a device has no size: what is too large for a bundle is not read on
            data = opened.read(_LARGEST + 1)
    except OSError as error:
        text = _("{file} cannot be read: {why}.")
        raise Problem(text.format(file=path.name or path, why=reason(error))) from error
    if len(data) > _LARGEST:
        raise Problem(_("{file} is too large to be a bundle.").format(file=path.name))
    try:
        if is_sealed(data):
            data = unseal(data, _word(_("Word that opens it")))
        return read_bundle(data)
    except (BundleError, SealError) as problem:
        raise Problem(str(problem)) from problem


def _told(arrival: Arrival) -> list[str]:
    """Return what a bundle would bring, a line each."""
    bundle = arrival.bundle
    text = _("{name}, handed over by {by} on {date}.")
    lines = [text.format(name=bundle.name, by=bundle.made_by, date=_day(bundle.made_at))]
    if arrival.is_empty:
        return [*lines, _("It was added before: nothing changes.")]
    lines += [f"  {line}" for line in counted_by(one.table for one in arrival.new)]
    if arrival.here:
        lines += [f"  {line}" for line in _here(arrival)]
    lines += [
        _("There is another mentee here with that name, since {date}.").format(
            date=show_date(one.start) or "–"
        )
        for one in arrival.same_mentee_name
    ]
    return lines


def _here(arrival: Arrival) -> Iterator[str]:
    """Say what of a bundle is in the records already, and what becomes of it."""
    people = sum(isinstance(one, Person) for one in arrival.here)
    if people:
        text = ngettext(
            "{count} person is already in your list of people, and is used as it is there",
            "{count} people are already in your list of people, and are used as they are there",
            people,
        )
        yield text.format(count=people)
    if others := len(arrival.here) - people:
        text = ngettext(
            "{count} entry was added before, and stays as it is here",
            "{count} entries were added before, and stay as they are here",
            others,
        )
        yield text.format(count=others)


def _day(moment: str) -> str:
    try:
        return show_date(datetime.fromisoformat(moment).date())
    except ValueError:
        return moment


def _same(arrival: Arrival, same_people: str | None) -> list[str]:
    """Return the ids of those who come and are people here already; ask where it is not said."""
    if same_people is not None:
        return [come.id for come, _here in arrival.namesakes] if same_people == "yes" else []
    if arrival.namesakes and not sys.stdin.isatty():
        names = ", ".join(come.name for come, _here in arrival.namesakes)
        text = _("People of these names are here already: {names}. Say --same-people yes or no.")
        raise Problem(text.format(names=names))
    return [come.id for come, here in arrival.namesakes if _asked(come, here)]


def _asked(come: Person, here: Person) -> bool:
    text = _("Is {name} ({one}) the same as {name} here ({other})?")
    about = [one.title or one.contact or "–" for one in (come, here)]
    asked = text.format(name=come.name, one=about[0], other=about[1])
    return click.confirm(clean(asked, lines=False), err=True)
