"""`mentor extract NAME`: all that is kept about a mentee, for the mentee who asks for it."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import click

from data.clock import today
from data.dates import EntryError, show_date
from data.documents.files import NotWritten
from data.documents.written_files import note_files
from data.i18n import _
from data.method.hold import answer_by, is_held
from data.paths import documents_folder
from data.privacy.extract import (
    Extract,
    Where,
    extract_of,
    ids_about,
    look,
    note_asked,
    note_given,
    write_extract,
)
from data.privacy.here import note_here
from data.records import Mentee
from data.store.store import Store
from data.typed_dates import parse_date
from tui.cli.base import command, find_mentee, name_argument, say_whole, say_wrapped
from tui.cli.call import Call, Problem, Status, complain
from tui.cli.progress import Progress


def extract_command() -> click.Command:
    """Make `mentor extract`."""
    text = _(
        "Write all that is kept about a mentee into a folder, private notes too: for the mentee "
        "who asks for it. From then on nothing about them is deleted; there is a month to answer."
    )
    options = (
        click.Option(
            ["-o", "--output", "where"],
            default="",
            metavar=_("FOLDER"),
            help=_("The folder (default: a new one in the folder of documents)."),
        ),
        click.Option(
            ["--asked"],
            default="",
            metavar=_("DATE"),
            help=_("The day on which they asked (default: today, or as noted before)."),
        ),
        click.Option(
            ["--given"], is_flag=True, help=_("Instead: note that they have got it today.")
        ),
        click.Option(["--dry-run"], is_flag=True, help=_("Only say what would be written.")),
    )
    return command("extract", _extract, text, name_argument(), *options)


def _extract(call: Call, *, name: str, where: str, asked: str, given: bool, dry_run: bool) -> None:
    with call.open() as store:
        mentee = find_mentee(store, name)
        if given:
            _note_given(store, mentee, dry_run=dry_run)
            return
        on = _day(asked, mentee)
        _refuse_no_folder(where)
        if dry_run:
            _tell(call, store, mentee, where, on)
            return
        if on != mentee.extract_asked_on or mentee.held_since is None:
            store.commit([note_asked(mentee, on)], _("Extract: {name}").format(name=mentee.name))
            mentee = store.get(Mentee, mentee.id) or mentee
        with Progress() as progress:
            found = _found(call, store, mentee, where, progress)
            try:
                path = write_extract(found, lambda at, of: progress.tell(_writing(at, of)))
            except NotWritten as problem:
                raise Problem(str(problem), Status.FILE) from problem
        note_files(store, mentee, path.iterdir(), "extract", whole=True)
    say_whole(str(path))
    text = _("On hold since {since}; the answer is due by {date}.")
    since = mentee.held_since or today()
    complain(text.format(since=show_date(since), date=show_date(answer_by(on))))


def _found(call: Call, store: Store, mentee: Mentee, where: str, progress: Progress) -> Extract:
    documents = documents_folder(call.settings.documents, os.environ)
    note_here(call.path, call.settings)
    places = Where(call.path, os.environ, documents)
    progress.tell(_("Looking through everything"))
    looked = look(mentee.id, ids_about(store, mentee), places)
    return extract_of(store, mentee, places, looked, where)


def _refuse_no_folder(where: str) -> None:
    if where == "-" or (where and Path(where).exists() and not Path(where).is_dir()):
        said = _("{where} is no folder, and an extract is several files: name a folder.")
        raise Problem(said.format(where=where))


def _tell(call: Call, store: Store, mentee: Mentee, where: str, on: date) -> None:
    """Say what would be written, and that there would be a hold. Nothing is changed."""
    with Progress() as progress:
        found = _found(call, store, mentee, where, progress)
    say_whole(
        str(found.path), *(f"  {name}.{format}" for name, format, _document in found.documents)
    )
    say_whole(f"  {found.records[0]}")
    text = _("{name} would be on hold, and the answer due by {date}.")
    say_wrapped(text.format(name=mentee.name, date=show_date(answer_by(on))))


def _writing(number: int, total: int) -> str:
    text = _("Writing document {number} of {total}")
    return text.format(number=number, total=total)


def _day(typed: str, mentee: Mentee) -> date:
    """Return the day on which the mentee asked: as typed, as noted before, or today."""
    if not typed:
        waits = mentee.extract_asked_on is not None and mentee.extract_given_on is None
        return mentee.extract_asked_on if waits and mentee.extract_asked_on else today()
    try:
        day = parse_date(typed, today())
    except EntryError as problem:
        raise Problem(str(problem)) from problem
    if day is None or day > today():
        raise Problem(_("They cannot have asked after today: type the day on which they did."))
    return day


def _note_given(store: Store, mentee: Mentee, *, dry_run: bool) -> None:
    if mentee.extract_asked_on is None:
        raise Problem(_("{name} has not asked for their data.").format(name=mentee.name))
    if dry_run:
        say_wrapped(_("It would be noted that {name} has got it today.").format(name=mentee.name))
        return
    store.commit([note_given(mentee)], _("Extract: {name}").format(name=mentee.name))
    say_wrapped(_("{name} has got their data today.").format(name=mentee.name))
    if is_held(mentee):
        command_line = f'mentor hold "{mentee.name}" off'
        say_wrapped(_("The hold stays; this ends it: {command}").format(command=command_line))
